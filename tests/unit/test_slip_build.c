/* links: tests/golden/slips firmware/slip firmware/base */
#include <stdlib.h>

#include "tests/golden/slips/samples.h"
#include "tests/support/check.h"

/* A made-up number with a right check character (persons of tests/data). */
#define NUMBER "933999190001010027"

static struct slip *sample(size_t i, enum slip_language language, bool is_double, unsigned copy)
{
    struct slip *s = NULL;
    struct slip_head head = slip_sample_head(language, is_double, copy);
    CHECK_EQ(slip_samples[i].build(&s, &head), 0);
    return s;
}

static bool says(const struct slip *s, const char *words)
{
    for (size_t i = 0; i < s->count; i++)
        if (strstr(s->lines[i].text, words) ||
            (s->lines[i].label && strstr(s->lines[i].label, words)))
            return true;
    return false;
}

static size_t count_of(const struct slip *s, enum slip_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++)
        n += s->lines[i].kind == kind;
    return n;
}

/* ---- what must never be on paper ------------------------------------------------------ */

static void test_slip_with_a_whole_id_number_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_told;
    } rows[] = { { NUMBER, true },
                 { "号码" NUMBER "，", true },
                 { "x" NUMBER, true },
                 { "9339991900010100"
                   "28",
                   false },             /* its check character does not fit */
                 { "1" NUMBER, false }, /* 19 digits: an account */
                 { NUMBER "1", false },
                 { "9****************7", false },
                 { "9339991900130100", false },
                 { "933999190013010027", false }, /* no such month */
                 { "", false } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_EQ(slip_tells_number(rows[i].text), rows[i].is_told);
    AUTO(slip_free) struct slip *s = NULL;
    CHECK_EQ(slip_new(&s), 0);
    slip_add(s, SLIP_PAIR, "ID", NUMBER);
    CHECK_EQ(slip_finish(s), -EPERM);
}

static void test_slip_that_was_refused_is_not_shortened_either(void **state)
{
    (void)state;
    AUTO(slip_free) struct slip *s = NULL, *brief = NULL;
    CHECK_EQ(slip_new(&s), 0);
    slip_add(s, SLIP_TITLE, NULL, NUMBER);
    CHECK_EQ(slip_shorten(&brief, s, "问"), -EPERM);
    CHECK_EQ(brief, NULL);
}

static void test_slip_builders_refuse_an_unmasked_number(void **state)
{
    (void)state;
    struct slip *s = NULL;
    const struct slip_who who = { "*秀英", NUMBER };
    struct slip_head head = slip_sample_head(SLIP_ZH, false, 0);
    CHECK_EQ(
        slip_build_receipt(&s, &head, &(struct slip_receipt_text){ .number = "K1", .who = &who }),
        -EPERM);
    CHECK_EQ(slip_build_gap(&s, &head, &(struct slip_gap_text){ .who = &who }), -EPERM);
    CHECK_EQ(slip_build_notice(&s, &head, &(struct slip_notice_text){ .who = &who }), -EPERM);
    CHECK_EQ(slip_build_escalation(&s, &head,
                                   &(struct slip_escalation_text){ .reason = { NUMBER, NULL } }),
             -EPERM);
    CHECK_EQ(s, NULL);
}

/* ---- every kind ------------------------------------------------------------------------ */

static void test_slips_of_every_kind_name_the_point_and_a_phone(void **state)
{
    (void)state;
    for (size_t i = 0; i < slip_sample_count; i++)
        for (int language = 0; language < SLIP_LANGUAGES; language++) {
            AUTO(slip_free) struct slip *s = sample(i, (enum slip_language)language, false, 0);
            CHECK(says(s, "柯桥区福全街道便民服务中心"));
            CHECK(says(s, "0575-85550123"));
            CHECK_EQ(count_of(s, SLIP_TITLE), 1);
            CHECK_EQ(count_of(s, SLIP_FOOTER), 1);
            CHECK_EQ(count_of(s, SLIP_MARK), 0);
        }
}

/* Whoever helps at the counter reads Chinese, whatever the resident reads (SS-61). */
static void test_slips_that_are_not_chinese_are_chinese_too(void **state)
{
    (void)state;
    static const char *const titles[][2] = {
        { "收件回执", "Receipt" },
        { "未实名收件回执", "Receipt without a name" },
        { "容缺受理单", "papers to follow" },
        { "一次性告知单", "What is missing" },
        { "排队号", "Queue ticket" },
        { "办不成事登记单", "We will see to it" },
        { "上岗检查单", "Readiness check" },
        { "练习证明", "Certificate of practice" },
        { "简要回执", "Short receipt" },
        { "办事指南", "Guide" },
        { "办件进度单", "How your case stands" },
        { "去哪里办", "Where to go" },
        { "收件回执", "Receipt" },
        { "预约单", "Booking" },
        { "撤回申请回执", "Withdrawal of an application" },
        { "手机接着办", "Go on by phone" },
    };
    CHECK_EQ(slip_sample_count, sizeof(titles) / sizeof(titles[0]));
    for (size_t i = 0; i < slip_sample_count; i++) {
        AUTO(slip_free) struct slip *zh = sample(i, SLIP_ZH, false, 0);
        AUTO(slip_free) struct slip *en = sample(i, SLIP_EN, false, 0);
        CHECK(says(zh, titles[i][0]) && !says(zh, titles[i][1]));
        CHECK(says(en, titles[i][0]) && says(en, titles[i][1]));
        CHECK_EQ(count_of(zh, SLIP_SECOND), zh->count && says(zh, "打印于") ? 1 : 0);
    }
}

static void test_receipt_says_what_a_village_asks_for(void **state)
{
    (void)state;
    AUTO(slip_free) struct slip *s = sample(0, SLIP_ZH, true, 0);
    CHECK(s->is_double_size);
    CHECK(says(s, "K0012-000042-7") && says(s, "*秀英") && says(s, "3****************5"));
    CHECK(says(s, "不收费") && says(s, "10 个工作日") && says(s, "2026-12-10 前"));
    CHECK(says(s, "免提交") && says(s, "可以后补") && says(s, "12345"));
    CHECK_EQ(count_of(s, SLIP_TICKED), 4);
    CHECK_EQ(count_of(s, SLIP_BOX), 1);
    CHECK_EQ(count_of(s, SLIP_QR), 1);
}

static void test_guest_receipt_names_nobody_and_carries_the_claim_code(void **state)
{
    (void)state;
    AUTO(slip_free) struct slip *s = sample(1, SLIP_EN, false, 0);
    CHECK(!says(s, "申请人") && !says(s, "证件号码"));
    CHECK_EQ(count_of(s, SLIP_NAME), 0);
    CHECK_EQ(count_of(s, SLIP_NUMBER), 2);
    CHECK(says(s, "CODE-9WDVSQ5ZMMZ0N-2") && says(s, "It cannot be replaced."));
    CHECK(!says(s, "with this number") && !says(s, "Scan for progress"));
}

static void test_receipt_of_a_helped_case_names_both(void **state)
{
    (void)state;
    AUTO(slip_free) struct slip *s = NULL;
    const struct slip_who who = { "*桂珍", "3****************1" }, agent = { "*建国", NULL };
    struct slip_head head = slip_sample_head(SLIP_ZH, false, 0);
    CHECK_EQ(
        slip_build_receipt(
            &s, &head, &(struct slip_receipt_text){ .number = "K1", .who = &who, .agent = &agent }),
        0);
    CHECK(says(s, "*桂珍") && says(s, "代办人") && says(s, "*建国"));
}

static void test_reprint_is_marked_before_anything_else(void **state)
{
    (void)state;
    for (int language = 0; language < SLIP_LANGUAGES; language++) {
        AUTO(slip_free) struct slip *s = sample(0, (enum slip_language)language, false, 3);
        CHECK_EQ(s->lines[0].kind, SLIP_MARK);
        CHECK_STR(s->lines[0].text, "补打 REPRINT");
        CHECK(strstr(s->lines[0].label, language == SLIP_ZH ? "第 3 次补打" : "copy 3"));
        CHECK(strstr(s->lines[0].label, "2026-11-26 21:23"));
    }
}

static void test_escalation_names_its_owner_and_three_dates(void **state)
{
    (void)state;
    AUTO(slip_free) struct slip *s = sample(5, SLIP_ZH, false, 0);
    CHECK(says(s, "章师傅") && says(s, "2026-11-27") && says(s, "2026-12-03"));
    CHECK_EQ(count_of(s, SLIP_STEP_DONE), 1);
    CHECK_EQ(count_of(s, SLIP_STEP), 2);
}

static void test_empty_texts_leave_their_lines_out(void **state)
{
    (void)state;
    AUTO(slip_free) struct slip *s = NULL, *t = NULL, *g = NULL, *r = NULL;
    struct slip_head head = { .language = SLIP_EN };
    CHECK_EQ(slip_build_receipt(&s, &head, &(struct slip_receipt_text){ .number = "K1" }), 0);
    CHECK_EQ(count_of(s, SLIP_QR) + count_of(s, SLIP_PAIR) + count_of(s, SLIP_BOX), 0);
    CHECK(says(s, "12345")); /* without a phone of its own, the hotline */
    CHECK_EQ(slip_build_ticket(&t, &head, &(struct slip_ticket_text){ .ticket = "B7" }), 0);
    CHECK_EQ(count_of(t, SLIP_BLOCK) + count_of(t, SLIP_HEADING), 0);
    CHECK_EQ(slip_build_guide(&g, &head, &(struct slip_guide_text){ .matter = { "事", NULL } }), 0);
    CHECK_EQ(count_of(g, SLIP_HEADING), 0);
    CHECK_EQ(slip_build_readiness(&r, &head, &(struct slip_readiness_text){ .paper_mm = -1 }), 0);
    CHECK_EQ(count_of(r, SLIP_PAIR), 0);
}

/* ---- when paper is short --------------------------------------------------------------- */

static void test_shortened_slip_keeps_number_code_and_where_to_ask(void **state)
{
    (void)state;
    AUTO(slip_free)
    struct slip *s = sample(0, SLIP_ZH, true, 2), *brief = NULL, *bare = NULL, *none = NULL;
    CHECK_EQ(slip_shorten(&brief, s, "问服务台"), 0);
    CHECK(brief->count <= 7 && !brief->is_double_size);
    CHECK(says(brief, "K0012-000042-7") && says(brief, "补打") && says(brief, "问服务台"));
    CHECK_EQ(count_of(brief, SLIP_QR), 1);
    CHECK_EQ(count_of(brief, SLIP_NAME) + count_of(brief, SLIP_PAIR), 0);
    CHECK_EQ(slip_new(&bare), 0);
    slip_add(bare, SLIP_TEXT, NULL, "x");
    CHECK_EQ(slip_shorten(&none, bare, "12345"), 0);
    CHECK_EQ(none->count, 1);
}

/* ---- the document ---------------------------------------------------------------------- */

static void test_slip_columns_come_back_as_they_went_in(void **state)
{
    (void)state;
    AUTO(slip_free) struct slip *s = NULL, *copy = NULL;
    const struct slip_cell cells[] = { { "前面", "3 人" }, { "", "12\x1f 分" }, { "窗口", "" } };
    const char *label, *value;
    size_t label_n, value_n;
    CHECK_EQ(slip_new(&s), 0);
    slip_add_columns(s, cells, 3);
    CHECK_EQ(slip_copy(&copy, s), 0);
    CHECK(slip_column(&copy->lines[0], 1, &label, &label_n, &value, &value_n));
    CHECK_EQ(label_n, 0);
    CHECK_EQ(value_n, strlen("12 分")); /* a control from outside never ends a cell */
    CHECK_BYTES(value, "12 分", value_n);
    CHECK(slip_column(&copy->lines[0], 2, &label, &label_n, &value, &value_n));
    CHECK_EQ(value_n, 0);
    CHECK(!slip_column(&copy->lines[0], 3, &label, &label_n, &value, &value_n));
    slip_add_columns(s, cells, 0);
    CHECK_EQ(slip_finish(s), -EINVAL);
    slip_add_columns(s, cells, 1); /* after a failure nothing more is taken */
    slip_add(s, SLIP_TEXT, NULL, "x");
    CHECK_EQ(s->count, 1);
}

static void test_slip_limits(void **state)
{
    (void)state;
    AUTO(slip_free) struct slip *s = NULL, *more = NULL;
    char *long_text = calloc(1, 3 * SLIP_TEXT_MAX);
    if (!long_text)
        abort();
    for (size_t i = 0; i + 3 < 3 * SLIP_TEXT_MAX; i += 3)
        memcpy(long_text + i, "村", 3);
    CHECK_EQ(slip_new(&s), 0);
    slip_add(s, SLIP_TEXT, "\x01l\x7f", long_text);
    CHECK_EQ(strlen(s->lines[0].text), SLIP_TEXT_MAX); /* whole characters */
    CHECK_STR(s->lines[0].label, "l");
    for (int i = 1; i < SLIP_LINES_MAX; i++)
        slip_add(s, SLIP_SPACE, NULL, "\xff");
    CHECK_EQ(slip_finish(s), 0);
    CHECK_STR(s->lines[1].text, "\xef\xbf\xbd");
    CHECK_EQ(slip_copy(&more, s), 0);
    CHECK_EQ(more->count, SLIP_LINES_MAX);
    slip_add(s, SLIP_TEXT, NULL, "one too many");
    CHECK_EQ(slip_finish(s), -E2BIG);
    free(long_text);
}

RUN(T(test_slip_with_a_whole_id_number_is_refused),
    T(test_slip_that_was_refused_is_not_shortened_either),
    T(test_slip_builders_refuse_an_unmasked_number),
    T(test_slips_of_every_kind_name_the_point_and_a_phone),
    T(test_slips_that_are_not_chinese_are_chinese_too),
    T(test_receipt_says_what_a_village_asks_for),
    T(test_guest_receipt_names_nobody_and_carries_the_claim_code),
    T(test_receipt_of_a_helped_case_names_both), T(test_reprint_is_marked_before_anything_else),
    T(test_escalation_names_its_owner_and_three_dates), T(test_empty_texts_leave_their_lines_out),
    T(test_shortened_slip_keeps_number_code_and_where_to_ask),
    T(test_slip_columns_come_back_as_they_went_in), T(test_slip_limits))
