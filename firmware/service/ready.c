#include "firmware/service/ready.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/seal/sign.h"

static const int64_t day_ms = INT64_C(24) * 3600 * 1000;
enum {
    OLDEST_USUAL_S = 2 * 24 * 3600,
    KEY_SOON_DAYS = 7,
    CERTIFICATE_SOON_DAYS = 14,
    DISK_LOW_PERCENT = 15,
    WORN_PERCENT = 80,
};

static const struct {
    const char *word, *zh, *en;
} checks[READY_END] = {
    [READY_READER] = { "reader", "读卡器", "Card reader" },
    [READY_PRINTER] = { "printer", "打印机", "Printer" },
    [READY_PAPER] = { "paper", "纸卷", "Paper" },
    [READY_SLIPS] = { "slips", "没确认的回执", "Uncertain slips" },
    [READY_SCREEN] = { "screen", "触摸屏", "Touch screen" },
    [READY_FONTS] = { "fonts", "字体", "Fonts" },
    [READY_SOUND] = { "sound", "语音", "Speech" },
    [READY_KEYPAD] = { "keypad", "小键盘", "Keypad" },
    [READY_SCANNER] = { "scanner", "扫码器", "Code scanner" },
    [READY_COUNTY] = { "county", "县平台连接", "Link to the county" },
    [READY_KEYS] = { "keys", "加密密钥", "Sealing keys" },
    [READY_CERTIFICATE] = { "certificate", "本机证书", "Certificate of this kiosk" },
    [READY_HOLIDAYS] = { "holidays", "节假日表", "Holidays" },
    [READY_CATALOGUE] = { "catalogue", "事项目录", "Catalogue" },
    [READY_QUEUE] = { "queue", "待发事项", "Waiting items" },
    [READY_PARKED] = { "parked", "搁置事项", "Parked items" },
    [READY_DISK] = { "disk", "存储", "Storage" },
    [READY_MEDIUM] = { "medium", "存储卡健康", "Health of the storage" },
    [READY_CLOCK] = { "clock", "时间", "Clock" },
};

static const char *const state_words[] = { "well", "look", "failed", "stops", "none" };

const char *ready_id_word(enum ready_id id)
{
    return (size_t)id < READY_END ? checks[id].word : "";
}

const char *ready_state_word(enum ready_state state)
{
    return (size_t)state <= READY_NONE ? state_words[state] : "";
}

static void say(struct readiness *r, enum ready_id id, enum ready_state state, int64_t figure,
                const char *zh, const char *en)
{
    r->checks[r->count++] = (struct ready_check){ .id = id,
                                                  .state = state,
                                                  .figure = figure,
                                                  .what_zh = checks[id].zh,
                                                  .what_en = checks[id].en,
                                                  .says_zh = zh,
                                                  .says_en = en };
}

/* It answers: has anybody seen it work today? */
static void judge_tried(struct readiness *r, enum ready_id id, enum ready_tried tried,
                        enum ready_state worst)
{
    static const struct {
        enum ready_state state;
        const char *zh, *en;
    } rows[] = {
        [TRIED_NOT] = { READY_LOOK, "有应答，今天还没有试过",
                        "answers, but nobody tried it today" },
        [TRIED_WELL] = { READY_WELL, "正常，试过了", "works: it was tried" },
        [TRIED_BAD] = { READY_FAILED, "试过，不好用", "was tried and does not work" },
    };
    enum ready_state state = tried == TRIED_BAD ? worst : rows[tried].state;
    say(r, id, state, -1, rows[tried].zh, rows[tried].en);
    r->checks[r->count - 1].tried = tried;
}

static void judge_device(struct readiness *r, const struct ready_facts *f, enum ready_id id,
                         enum ready_device device, enum ready_state worst)
{
    switch (device) {
    case DEVICE_WELL:
        judge_tried(r, id, f->tried[id], worst);
        return;
    case DEVICE_NOT_FITTED:
        say(r, id, READY_NONE, -1, "未安装", "not fitted");
        return;
    case DEVICE_ABSENT:
        say(r, id, worst, -1, "没有找到，请检查接线", "not found: look at its cable");
        return;
    case DEVICE_TROUBLE:
        break;
    }
    say(r, id, worst, -1, "有故障，请看设备页", "has trouble: see the devices page");
}

static void judge_paper(struct readiness *r, const struct ready_facts *f)
{
    if (f->paper_mm < 0)
        say(r, READY_PAPER, READY_LOOK, -1, "余量未知，请看一眼", "how much is left is not known");
    else if (!f->paper_mm)
        say(r, READY_PAPER, READY_FAILED, 0, "没有纸了", "there is none");
    else if (f->paper_mm < f->paper_need_mm)
        say(r, READY_PAPER, READY_LOOK, f->paper_mm, "可能用不到今天结束，请备一卷",
            "may not last the day: have a roll ready");
    else
        say(r, READY_PAPER, READY_WELL, f->paper_mm, "够用", "enough");
    if (f->uncertain_slips)
        say(r, READY_SLIPS, READY_LOOK, f->uncertain_slips, "请看有没有打出来",
            "look whether they came out");
    else
        say(r, READY_SLIPS, READY_WELL, 0, "没有", "none");
}

/* What runs out soon is said while there is time to bring the next. */
static void judge_keys(struct readiness *r, const struct ready_facts *f)
{
    bool is_short = f->key_days >= 0 && f->key_days < KEY_SOON_DAYS;
    if (!f->has_keys)
        say(r, READY_KEYS, READY_STOPS, -1, "没有有效密钥，不能受理，可以用服务盘带来",
            "none valid: nothing can be taken in; a stick can bring them");
    else
        say(r, READY_KEYS, is_short ? READY_LOOK : READY_WELL, f->key_days,
            is_short ? "快过期了，请联网或用服务盘带新的，还剩天数" : "有效，还剩天数",
            is_short ? "soon over: connect it or bring new ones; days left" : "valid; days left");
    if (f->certificate_days < 0)
        say(r, READY_CERTIFICATE, f->is_joined ? READY_LOOK : READY_STOPS, -1,
            f->is_joined ? "已过期，联网后自动换新" : "没有",
            f->is_joined ? "run out: it is renewed once there is a network" : "none");
    else if (f->certificate_days < CERTIFICATE_SOON_DAYS)
        say(r, READY_CERTIFICATE, READY_LOOK, f->certificate_days,
            "快过期了，请让本机联网，还剩天数", "soon over: connect this kiosk; days left");
    else
        say(r, READY_CERTIFICATE, READY_WELL, f->certificate_days, "有效，还剩天数",
            "valid; days left");
}

static void judge_holidays(struct readiness *r, const struct ready_facts *f)
{
    if (!f->has_holidays)
        say(r, READY_HOLIDAYS, READY_LOOK, -1, "没有今年的，办结日期可能算不准",
            "none for this year: days that are promised may be wrong");
    else if (f->needs_next_holidays)
        say(r, READY_HOLIDAYS, READY_LOOK, -1, "还没有明年的，请更新本机软件",
            "none for next year yet: update this kiosk");
    else
        say(r, READY_HOLIDAYS, READY_WELL, -1, "已装入", "here");
}

static void judge_fonts(struct readiness *r, const struct ready_facts *f)
{
    if (!f->has_fonts)
        say(r, READY_FONTS, READY_STOPS, -1, "缺汉字字体，请报修",
            "the Chinese font is missing: call for repair");
    else if (!f->has_rare_fonts)
        say(r, READY_FONTS, READY_LOOK, -1, "缺生僻字字体，有的姓名显示不出来",
            "the font of rare characters is missing: some names cannot be shown");
    else
        say(r, READY_FONTS, READY_WELL, -1, "齐全，含生僻字", "all here, rare characters too");
}

static void judge_county(struct readiness *r, const struct ready_facts *f)
{
    bool is_long = f->wall_ms - f->last_contact_ms > 3 * day_ms;
    if (!f->is_joined)
        say(r, READY_COUNTY, READY_STOPS, -1, "还没有加入县平台", "has not joined a county");
    else if (f->is_link_up)
        say(r, READY_COUNTY, READY_WELL, -1, "正常", "up");
    else if (!f->last_contact_ms || is_long)
        say(r, READY_COUNTY, READY_LOOK, -1, "断网三天以上，请安排摆渡",
            "down for three days or more: have the queue carried by stick");
    else
        say(r, READY_COUNTY, READY_LOOK, -1, "断网，先存着，联网后自动发送",
            "down: what comes in waits here");
    judge_keys(r, f);
    if (f->catalogue_version > 0)
        say(r, READY_CATALOGUE, READY_WELL, f->catalogue_version, "已装入", "here");
    else
        say(r, READY_CATALOGUE, READY_LOOK, 0, "用的是出厂目录", "the one it was built with");
    judge_holidays(r, f);
}

static void judge_queue(struct readiness *r, const struct ready_facts *f)
{
    bool is_old = f->queued && f->oldest_s > OLDEST_USUAL_S;
    say(r, READY_QUEUE, is_old ? READY_LOOK : READY_WELL, f->queued,
        is_old ? "最早的已等两天以上，请摆渡" : "正常",
        is_old ? "the oldest waits for more than two days: carry it" : "as usual");
    if (f->parked)
        say(r, READY_PARKED, READY_LOOK, f->parked, "需要处理，见待发页", "see the queue page");
    else
        say(r, READY_PARKED, READY_WELL, 0, "没有", "none");
}

static void judge_medium(struct readiness *r, const struct ready_medium *m)
{
    if (m->errors > 0)
        say(r, READY_MEDIUM, READY_LOOK, m->errors, "文件系统出过错，请报修，次数",
            "the file system had errors: call for repair; how many");
    else if (m->worn_percent >= WORN_PERCENT)
        say(r, READY_MEDIUM, READY_LOOK, m->worn_percent, "寿命快到了，请安排更换，已用百分比",
            "worn: have it replaced; percent of its life");
    else if (m->worn_percent >= 0)
        say(r, READY_MEDIUM, READY_WELL, m->worn_percent, "正常，寿命已用百分比",
            "no errors; percent of its life");
    else
        say(r, READY_MEDIUM, READY_WELL, -1, m->errors < 0 ? "读不到健康数据" : "没有出过错",
            m->errors < 0 ? "it does not tell" : "no errors");
}

static void judge_storage(struct readiness *r, const struct ready_facts *f)
{
    bool is_low = f->disk_free_percent >= 0 && f->disk_free_percent < DISK_LOW_PERCENT;
    if (!f->is_store_up || f->is_disk_full)
        say(r, READY_DISK, READY_STOPS, -1, f->is_store_up ? "已满，不能受理" : "有故障，不能受理",
            f->is_store_up ? "full: nothing can be taken in" : "fails: nothing can be taken in");
    else
        say(r, READY_DISK, is_low ? READY_LOOK : READY_WELL, f->disk_free_percent,
            is_low ? "空间不多，空闲百分比" : "正常，空闲百分比",
            is_low ? "space is low; percent free" : "works; percent free");
    judge_medium(r, &f->medium);
    if (f->clock_quality >= CLOCK_HTTP_DATE)
        say(r, READY_CLOCK, READY_WELL, -1, "已校准", "set");
    else
        say(r, READY_CLOCK, READY_LOOK, -1, "没有校准，请核对屏幕上的时间",
            "not set by anybody: compare it with yours");
}

void readiness_judge(struct readiness *out, const struct ready_facts *f)
{
    *out = (struct readiness){ .may_open = true };
    judge_device(out, f, READY_READER, f->reader, READY_FAILED);
    judge_device(out, f, READY_PRINTER, f->printer, READY_FAILED);
    judge_paper(out, f);
    judge_device(out, f, READY_SCREEN, f->screen, READY_STOPS);
    judge_fonts(out, f);
    judge_device(out, f, READY_SOUND, f->sound, READY_FAILED);
    judge_device(out, f, READY_KEYPAD, f->keypad, READY_FAILED);
    judge_device(out, f, READY_SCANNER, f->scanner, READY_FAILED);
    judge_county(out, f);
    judge_queue(out, f);
    judge_storage(out, f);
    for (size_t i = 0; i < out->count; i++) {
        out->may_open &= out->checks[i].state != READY_STOPS;
        out->to_look_after +=
            out->checks[i].state != READY_WELL && out->checks[i].state != READY_NONE;
    }
}

json_t *readiness_json(const struct readiness *r, const char *serial)
{
    json_t *list = json_array();
    for (size_t i = 0; i < r->count; i++) {
        json_t *o = json_pack("{ss, ss}", "id", ready_id_word(r->checks[i].id), "state",
                              ready_state_word(r->checks[i].state));
        if (r->checks[i].figure >= 0)
            json_object_set_new(o, "figure", json_integer(r->checks[i].figure));
        if (r->checks[i].tried != TRIED_NOT)
            json_object_set_new(o, "tried", json_boolean(r->checks[i].tried == TRIED_WELL));
        json_array_append_new(list, o);
    }
    return json_pack("{so, sb, ss}", "checks", list, "may_open", r->may_open, "stick", serial);
}

enum saying readiness_verify(char kiosk[65], const struct bytes *kiosk_ca_pem,
                             const struct bytes *document, const struct bytes *signature)
{
    char complaint[JSON_COMPLAINT];
    kiosk[0] = 0;
    if (!document->length || document_signer(kiosk, kiosk_ca_pem, document->data, document->length,
                                             signature->data, signature->length, 0))
        return SAY_SIGNATURE;
    AUTO(json_release) json_t *o = json_parse(document->data, document->length, complaint);
    const char *type = json_string_value(json_object_get(o, "type"));
    const char *named = json_string_value(json_object_get(o, "kiosk_id"));
    if (!type || strcmp(type, "readiness") != 0 || !named)
        return SAY_FORMAT;
    return strcmp(named, kiosk) != 0 ? SAY_SIGNATURE : SAY_WELL;
}
