/* What staff print: a test page, the readiness slip, a copy of a slip that did not come out. */
#include <stdio.h>
#include <string.h>

#include "firmware/loop/kiosk.h"
#include "firmware/slip/build.h"

enum { FIGURES = 6, FIVE = 5, FIGURE_TEXT = 32 };

static struct slip_words words_of(const struct words *w)
{
    return (struct slip_words){ w->in[LANGUAGE_ZH], w->in[LANGUAGE_EN] };
}

/* "2026-11-25 07:31", the service point's own time. */
static void write_time(char out[24], const struct kiosk *k)
{
    char utc[21];
    int64_t offset = (int64_t)this_board.utc_offset_minutes * 60000;
    clock_format_utc(utc, k->clock.base.wall_ms(&k->clock.base) + offset);
    snprintf(out, 24, "%.10s %.5s", utc, utc + 11);
}

static void write_head(struct slip_head *head, char when[24], const struct kiosk *k)
{
    const struct session_view *v = session_view(k->session);
    *head = (struct slip_head){ .language = v->language == LANGUAGE_ZH ? SLIP_ZH : SLIP_EN };
    write_time(when, k);
    head->printed = shift_view(k->staff.shift)->facts.clock_quality == CLOCK_UNSET ? "" : when;
    if (!k->catalogue)
        return;
    head->point = words_of(&catalogue_point(k->catalogue)->name);
    head->phone = catalogue_point(k->catalogue)->phone;
}

/* ---- the certificate, on paper ------------------------------------------------------------- */

static const char *word_of(enum ready_state state, bool is_zh)
{
    static const char *const words[][2] = { [READY_WELL] = { "well", "正常" },
                                            [READY_LOOK] = { "look after", "留意" },
                                            [READY_FAILED] = { "does not work", "不能用" },
                                            [READY_STOPS] = { "stops work", "不能受理" },
                                            [READY_NONE] = { "not fitted", "未安装" } };
    return words[state][is_zh];
}

static size_t list_counters(struct slip_check *out, char texts[FIGURES][FIGURE_TEXT],
                            const struct shift_view *v)
{
    const struct staff_counters *n = &v->facts.counters;
    const struct {
        const char *zh, *en;
        int64_t figure;
    } rows[FIGURES] = { { "待发事项", "Waiting items", n->queued },
                        { "搁置事项", "Parked items", n->held + n->dead },
                        { "县里已收", "Accepted", n->accepted },
                        { "没确认的回执", "Uncertain slips", (int64_t)v->facts.slip_count },
                        { "密钥版本", "Keys, version", n->keys },
                        { "目录版本", "Catalogue, version", n->catalogue } };
    for (size_t i = 0; i < FIGURES; i++) {
        snprintf(texts[i], FIGURE_TEXT, "%lld", (long long)rows[i].figure);
        out[i] =
            (struct slip_check){ .what = { rows[i].zh, rows[i].en }, .state = { texts[i], NULL } };
    }
    return FIGURES;
}

static int make_readiness(struct slip **out, struct kiosk *k)
{
    const struct shift_view *v = shift_view(k->staff.shift);
    struct slip_check checks[READY_END], counters[FIGURES];
    char figures[FIGURES][FIGURE_TEXT], when[24];
    struct slip_head head;
    write_head(&head, when, k);
    for (size_t i = 0; i < v->readiness.count; i++) {
        const struct ready_check *c = &v->readiness.checks[i];
        checks[i] =
            (struct slip_check){ .what = { c->what_zh, c->what_en },
                                 .state = { word_of(c->state, true), word_of(c->state, false) },
                                 .is_well = c->state == READY_WELL || c->state == READY_NONE };
    }
    const struct slip_readiness_text text = { .check_count = v->readiness.count,
                                              .checks = checks,
                                              .paper_mm = v->devices.paper_left_mm,
                                              .counter_count = list_counters(counters, figures, v),
                                              .counters = counters };
    return slip_build_readiness(out, &head, &text);
}

/* ---- the others ------------------------------------------------------------------------------ */

/* What is left of a receipt without what it said: number, code, where to ask; marked as a copy. */
static int make_copy(struct slip **out, struct kiosk *k, const char *receipt)
{
    char when[24], payload[256];
    struct slip_head head;
    write_head(&head, when, k);
    head.copy = 1;
    snprintf(payload, sizeof(payload), "%s%s", k->options.case_url, receipt);
    const struct slip_short_text text = {
        .number = receipt,
        .payload = payload,
        .ask = k->catalogue ? words_of(&catalogue_point(k->catalogue)->window)
                            : (struct slip_words){ 0 },
    };
    return slip_build_short(out, &head, &text);
}

/* Letters of every size, characters that no printer's own font has, a code, a bar from edge to edge. */
static int make_test(struct slip **out, struct kiosk *k)
{
    char when[24];
    int r = slip_new(out);
    if (r)
        return r;
    struct slip *s = *out;
    write_time(when, k);
    slip_add(s, SLIP_TITLE, "Printer test page", "打印测试");
    slip_add(s, SLIP_PAIR, "打印机", shift_view(k->staff.shift)->devices.printer_name);
    slip_add(s, SLIP_PAIR, "时间", when);
    slip_add(s, SLIP_NAME, "生僻字", "堃 䶮 㛃 𬭎");
    slip_add(s, SLIP_TEXT, NULL,
             "字迹清楚、两边完整、裁切整齐，就是好的。ABCDEFG abcdefg 0123456789");
    slip_add(s, SLIP_NUMBER, "号码", "0123456789");
    slip_add(s, SLIP_QR, "可以扫这个码", "ONETRIP-PRINTER-TEST");
    slip_add(s, SLIP_MARK, NULL, "测试 TEST");
    r = slip_finish(s);
    if (r) {
        slip_free(s);
        *out = NULL;
    }
    return r;
}

/* ---- the month, for the wall ----------------------------------------------------------------- */

/* Shares of too few matters are not told on paper either: a slip hangs where everybody reads it. */
static void write_share(char out[FIGURE_TEXT], const struct point_figures *f, int part, bool is_zh)
{
    bool is_at_least;
    int percent = figures_share(f, part, &is_at_least);
    const char *before = !is_at_least ? "" : is_zh ? "至少 " : "at least ";
    if (percent < 0)
        snprintf(out, FIGURE_TEXT, "%s", is_zh ? "件数太少，不列" : "too few to tell");
    else
        snprintf(out, FIGURE_TEXT, "%s%d%%", before, percent);
}

static int make_figures(struct slip **out, struct kiosk *k)
{
    const struct point_figures *f = &shift_view(k->staff.shift)->facts.figures;
    char when[24], month[FIGURE_TEXT], texts[FIVE][FIGURE_TEXT], done[FIGURE_TEXT];
    struct slip_head head;
    int r = slip_new(out);
    if (r)
        return r;
    struct slip *s = *out;
    write_head(&head, when, k);
    bool is_zh = head.language == SLIP_ZH;
    static const char *const labels[FIVE][2] = { { "One trip was enough", "一次办成" },
                                                 { "Nothing left to bring or fetch", "不用再跑" },
                                                 { "Papers not asked for", "没要的材料" },
                                                 { "Forms spared", "少填的表" },
                                                 { "Working days spared", "少等的工作日" } };
    const int counts[FIVE] = { 0, 0, f->papers, f->forms, f->days };
    for (size_t i = 2; i < FIVE; i++)
        snprintf(texts[i], FIGURE_TEXT, "%d", counts[i]);
    write_share(texts[0], f, f->done - f->again, is_zh);
    write_share(texts[1], f, f->zero, is_zh);
    snprintf(month, sizeof(month), "%.4s-%.2s", f->month, f->month + 4);
    int people = figures_people(f->done);
    snprintf(done, sizeof(done), people < 0 ? is_zh ? "不足 5" : "fewer than 5" : "%d", people);
    slip_add(s, SLIP_TITLE, is_zh ? "This month's figures" : "本月数字",
             is_zh ? "本月数字" : "This month's figures");
    slip_add(s, SLIP_STRONG, NULL, is_zh ? head.point.zh : head.point.en);
    slip_add(s, SLIP_PAIR, is_zh ? "月份" : "Month", month);
    slip_add(s, SLIP_PAIR, is_zh ? "办件" : "Matters", done);
    slip_add(s, SLIP_RULE, NULL, "");
    for (size_t i = 0; i < FIVE; i++)
        slip_add(s, SLIP_PAIR, labels[i][is_zh], texts[i]);
    slip_add(s, SLIP_SMALL, NULL,
             is_zh ? "本机自己数的，里面没有任何人的信息。"
                   : "Counted by this machine. Nothing in it is about a person.");
    r = slip_finish(s);
    if (r) {
        slip_free(s);
        *out = NULL;
    }
    return r;
}

int staff_slip_make(struct slip **out, struct kiosk *k, enum shift_paper what, const char *receipt)
{
    switch (what) {
    case SHIFT_PAPER_TEST:
        return make_test(out, k);
    case SHIFT_PAPER_READINESS:
        return make_readiness(out, k);
    case SHIFT_PAPER_FIGURES:
        return make_figures(out, k);
    case SHIFT_PAPER_COPY:
        break;
    }
    return make_copy(out, k, receipt);
}
