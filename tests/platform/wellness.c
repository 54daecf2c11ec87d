#include "tests/platform/wellness.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/fault.h"
#include "firmware/base/json.h"

enum {
    LATE_S = 15 * 60,     /* three heartbeats */
    LOST_S = 2 * 60 * 60, /* somebody should go there */
    HOUR_S = 3600,
    DAY_S = 24 * HOUR_S,
    PAPER_SHORT_MM = 10 * 1000,
    DISK_LOW = 20,
    DISK_SHORT = 10,
    SKEW_S = 120,
    KEY_DAYS = 14,
    CERTIFICATE_DAYS = 7,
};

const char *wellness_colour_word(enum wellness_colour c)
{
    static const char *const words[] = { "green", "amber", "red", "grey" };
    return words[c];
}

static void add(struct wellness *w, enum wellness_colour c, const char *zh, const char *en, ...)
    PRINTF_LIKE(3, 5) PRINTF_LIKE(4, 5);
static void add(struct wellness *w, enum wellness_colour c, const char *zh, const char *en, ...)
{
    va_list args;
    if (w->count == WELLNESS_REASONS)
        return;
    size_t at = w->count++;
    for (; at && c == WELL_RED && w->reasons[at - 1].colour != WELL_RED; at--)
        w->reasons[at] = w->reasons[at - 1];
    w->reasons[at].colour = c;
    va_start(args, en);
    vsnprintf(w->reasons[at].zh, WELLNESS_TEXT, zh, args);
    va_end(args);
    va_start(args, en);
    vsnprintf(w->reasons[at].en, WELLNESS_TEXT, en, args);
    va_end(args);
    w->colour = c > w->colour ? c : w->colour;
}

static int figure(const json_t *o, const char *name, int otherwise)
{
    const json_t *value = json_object_get(o, name);
    double n = json_is_number(value) ? json_number_value(value) : otherwise;
    return n > 1e9 ? 1000000000 : n < -1e9 ? -1000000000 : (int)n;
}

static void judge_silence(struct wellness *w, int64_t silent_s)
{
    int minutes = (int)(silent_s / 60), hours = (int)(silent_s / HOUR_S);
    if (silent_s >= LOST_S)
        add(w, WELL_RED, "%d 小时没有消息", "not heard for %d hours", hours);
    else if (silent_s >= LATE_S)
        add(w, WELL_AMBER, "%d 分钟没有消息", "not heard for %d minutes", minutes);
}

static void judge_device(struct wellness *w, const json_t *o, const char *name, const char *zh,
                         const char *en, enum wellness_colour worst)
{
    const char *state = json_text_at(json_object_get(o, "devices"), name);
    const char *cause = json_text_at(json_object_get(o, "causes"), name);
    char note[60];
    snprintf(note, sizeof(note), "%s%.40s%s", *cause ? " (" : "", cause, *cause ? ")" : "");
    if (!strcmp(state, "failed"))
        add(w, worst, "%s出故障%.0s%s", "%.0s%s does not work%s", zh, en, note);
    else if (!strcmp(state, "absent"))
        add(w, worst, "没有找到%s%.0s%s", "%.0s%s is not found%s", zh, en, note);
    else if (!strcmp(state, "warning"))
        add(w, WELL_AMBER, "%s需要照看%.0s%s", "%.0s%s wants looking after%s", zh, en, note);
}

static void judge_devices(struct wellness *w, const json_t *o)
{
    int paper = figure(o, "paper_mm", -1);
    if (!strcmp(json_text_at(o, "kiosk"), "silent")) {
        add(w, WELL_RED, "服务程序没有运行", "the kiosk itself does not run");
        return;
    }
    if (json_is_true(json_object_get(o, "closed")))
        add(w, WELL_AMBER, "现在不受理", "it takes nothing in at the moment");
    judge_device(w, o, "reader", "读卡器", "the card reader", WELL_RED);
    judge_device(w, o, "printer", "打印机", "the printer", WELL_RED);
    judge_device(w, o, "keypad", "键盘", "the keypad", WELL_AMBER);
    judge_device(w, o, "scanner", "扫码器", "the scanner", WELL_AMBER);
    judge_device(w, o, "sound", "声音", "the sound", WELL_AMBER);
    if (!paper)
        add(w, WELL_RED, "没有纸", "no paper");
    else if (paper > 0 && paper < PAPER_SHORT_MM)
        add(w, WELL_AMBER, "纸还有 %d 米", "%d metres of paper left", paper / 1000);
}

static void judge_machine(struct wellness *w, const json_t *o)
{
    int disk = figure(o, "disk_free_percent", 100), skew = figure(o, "clock_skew_s", 0);
    int keys = figure(o, "key_days", KEY_DAYS), certificate = figure(o, "certificate_days", 90);
    if (disk < DISK_LOW)
        add(w, disk < DISK_SHORT ? WELL_RED : WELL_AMBER, "磁盘只剩 %d%%",
            "%d %% of the disk is free", disk);
    if (skew > SKEW_S || skew < -SKEW_S)
        add(w, WELL_AMBER, "时钟差 %d 秒", "the clock is off by %d s", skew);
    if (keys < 0)
        add(w, WELL_RED, "没有可用的密钥，不能受理",
            "no valid key of the county: it takes nothing in");
    else if (keys < KEY_DAYS)
        add(w, WELL_AMBER, "县里的密钥还有 %d 天", "the county's key lasts %d days more", keys);
    if (certificate < CERTIFICATE_DAYS)
        add(w, certificate < 0 ? WELL_RED : WELL_AMBER, "本机证书还有 %d 天",
            "its certificate lasts %d days more", certificate < 0 ? 0 : certificate);
}

static void judge_queue(struct wellness *w, const json_t *o)
{
    const json_t *q = json_object_get(o, "queue");
    int queued = figure(q, "queued", 0), oldest = figure(q, "oldest_s", 0);
    int aside = figure(q, "held", 0) + figure(q, "dead", 0);
    if (queued > 0 && oldest >= DAY_S)
        add(w, oldest >= 3 * DAY_S ? WELL_RED : WELL_AMBER, "%d 件在等，最早的等了 %d 小时",
            "%d items wait, the oldest for %d hours", queued, oldest / HOUR_S);
    if (aside > 0)
        add(w, WELL_AMBER, "%d 件搁置，要人看", "%d items were set aside: somebody must look",
            aside);
}

static void judge_update(struct wellness *w, const json_t *o)
{
    const json_t *u = json_object_get(o, "update"), *last = json_object_get(u, "last");
    const char *outcome = json_text_at(last, "outcome"), *trouble = json_text_at(u, "trouble");
    if (!strcmp(outcome, "fell-back"))
        add(w, WELL_AMBER, "升级 %.23s 没有成功，已退回：%.60s", "update %.23s fell back: %.60s",
            json_text_at(last, "version"), json_text_at(last, "reason"));
    if (!strcmp(outcome, "refused"))
        add(w, WELL_AMBER, "升级 %.23s 被拒绝：%.60s", "update %.23s was refused: %.60s",
            json_text_at(last, "version"), json_text_at(last, "reason"));
    if (*trouble)
        add(w, WELL_AMBER, "升级：%.100s", "update: %.100s", trouble);
}

void wellness_judge(struct wellness *out, const struct wellness_facts *f)
{
    *out = (struct wellness){ 0 };
    if (f->is_revoked) {
        add(out, WELL_GREY, "证书已吊销", "its certificate was revoked");
        return;
    }
    if (!f->health) {
        add(out, WELL_GREY, "还没有消息", "not heard yet");
        return;
    }
    judge_silence(out, f->silent_s);
    if (f->silent_s >= LOST_S)
        return; /* what it said then is no longer news */
    judge_devices(out, f->health);
    judge_machine(out, f->health);
    judge_queue(out, f->health);
    judge_update(out, f->health);
}
