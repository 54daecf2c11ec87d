/* links: firmware/catalogue firmware/card firmware/base */
#include "tests/support/check.h"

#include <stdio.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/catalogue.h"

#define TODAY "20261124"
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

struct attempt {
    const char *value;
    int outcome;
};

static void check_attempts(const struct field *f, const struct attempt *attempts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int got = answer_check(f, attempts[i].value, TODAY);
        if (got != attempts[i].outcome)
            fail_msg("\"%s\" gives %d instead of %d", attempts[i].value, got, attempts[i].outcome);
    }
}

static const struct choice grades[] = {
    { "1", { { "一级", "Grade 1" } }, { { "", "" } } },
    { "2", { { "二级", "Grade 2" } }, { { "", "" } } },
};

/* ---- every kind ---------------------------------------------------------------------- */

static void test_answer_blank_is_missing_only_where_required(void **state)
{
    (void)state;
    static const char *const blanks[] = { "", " ", "   ", "\u3000", " \u3000 \n" };
    for (int kind = 0; kind < FIELD_KIND_COUNT; kind++)
        for (size_t i = 0; i < COUNT(blanks); i++) {
            struct field f = { .kind = (enum field_kind)kind, .max_length = 60, .lines = 2 };
            CHECK_EQ(answer_check(&f, blanks[i], TODAY), 0);
            f.is_required = true;
            CHECK_EQ(answer_check(&f, blanks[i], TODAY), ANSWER_E_EMPTY);
        }
}

static void test_answer_control_characters_stand_in_no_field(void **state)
{
    (void)state;
    static const uint32_t never[] = { 0x00,   0x07,   '\r',   '\t',    0x1b,     0x7f,
                                      0x85,   0x200e, 0x202e, 0x2066,  0xfeff,   0xfffd,
                                      0xfffe, 0xe000, 0xd800, 0x1f600, 0x10ffff, 0x110000 };
    for (int kind = 0; kind < FIELD_KIND_COUNT; kind++)
        for (int mask = 0; mask <= MASK_OTHER; mask++)
            for (size_t i = 0; i < COUNT(never); i++) {
                struct field f = { .kind = (enum field_kind)kind,
                                   .lines = 6,
                                   .mask = (enum field_mask)mask };
                CHECK(!answer_accepts(&f, never[i]));
            }
}

static void test_answer_ill_formed_utf8_is_refused(void **state)
{
    (void)state;
    struct field f = { .kind = FIELD_HAN, .min_length = 1, .max_length = 60, .lines = 1 };
    CHECK_EQ(answer_check(&f, "王\xff", TODAY), ANSWER_E_CHARACTER);
    CHECK_EQ(answer_check(&f, "\xed\xa0\x80", TODAY), ANSWER_E_CHARACTER); /* a surrogate */
    CHECK_EQ(answer_check(&f, "\xe7\x8e", TODAY), ANSWER_E_CHARACTER);
}

/* ---- texts --------------------------------------------------------------------------- */

static void test_answer_name_takes_rare_characters_and_no_digits(void **state)
{
    (void)state;
    static const struct attempt attempts[] = {
        { "王小明", 0 },
        { "𬭎", 0 },
        { "𠀾㛃䶮", 0 },
        { "〇", 0 },
        { "欧阳·买买提", 0 },
        { "Anne-Marie O'Neill", 0 },
        { "José", 0 },
        { "王小明2", ANSWER_E_CHARACTER },
        { "王，小明", ANSWER_E_CHARACTER },
        { "王😀", ANSWER_E_CHARACTER },
        { "王\n明", ANSWER_E_CHARACTER },
    };
    struct field f = {
        .kind = FIELD_HAN, .mask = MASK_NAME, .min_length = 1, .max_length = 30, .lines = 1
    };
    check_attempts(&f, attempts, COUNT(attempts));
}

static void test_answer_prose_takes_both_scripts_and_lines(void **state)
{
    (void)state;
    static const struct attempt attempts[] = {
        { "上周三（11 月 18 日）去过，“没办成”——缺一张表……", 0 },
        { "I went twice; nobody could help (window 3)!", 0 },
        { "第一行\n第二行", 0 },
        { "𬭎记店门口", 0 },
        { "心烦😀", ANSWER_E_CHARACTER },
        { "一\t二", ANSWER_E_CHARACTER },
    };
    struct field f = { .kind = FIELD_HAN, .min_length = 2, .max_length = 200, .lines = 6 };
    check_attempts(&f, attempts, COUNT(attempts));
    f.lines = 1;
    CHECK_EQ(answer_check(&f, "第一行\n第二行", TODAY), ANSWER_E_CHARACTER);
}

static void test_answer_length_is_counted_in_characters(void **state)
{
    (void)state;
    struct field f = { .kind = FIELD_HAN, .min_length = 2, .max_length = 4, .lines = 1 };
    CHECK_EQ(answer_check(&f, "𬭎", TODAY), ANSWER_E_SHORT);
    CHECK_EQ(answer_check(&f, "𬭎𬭎", TODAY), 0);
    CHECK_EQ(answer_check(&f, "𬭎𬭎𬭎𬭎", TODAY), 0);
    CHECK_EQ(answer_check(&f, "一二三四五", TODAY), ANSWER_E_LONG);
}

static void test_answer_that_fits_no_buffer_is_too_long(void **state)
{
    (void)state;
    char value[ANSWER_BYTES + 1] = "";
    struct field f = { .kind = FIELD_HAN, .min_length = 1, .max_length = 200, .lines = 1 };
    for (int i = 0; i < 160; i++)
        memcpy(value + 4 * i, "𬭎", 4); /* 160 characters, 640 bytes */
    value[640] = 0;
    CHECK_EQ(answer_check(&f, value, TODAY), ANSWER_E_LONG);
    value[636] = 0;
    CHECK_EQ(answer_check(&f, value, TODAY), 0);
}

static void test_answer_text_takes_letters_and_digits(void **state)
{
    (void)state;
    static const struct attempt attempts[] = {
        { "TESTER, SAMPLE", 0 },
        { "A-12/3 (b)", 0 },
        { "Zoë", 0 },
        { "浙D12345", ANSWER_E_CHARACTER },
        { "a\nb", ANSWER_E_CHARACTER },
    };
    struct field f = { .kind = FIELD_TEXT, .min_length = 1, .max_length = 60 };
    check_attempts(&f, attempts, COUNT(attempts));
    f.mask = MASK_NAME;
    CHECK_EQ(answer_check(&f, "TESTER, SAMPLE", TODAY), 0);
    CHECK_EQ(answer_check(&f, "TESTER 2", TODAY), ANSWER_E_CHARACTER);
}

static void test_answer_address_takes_house_numbers(void **state)
{
    (void)state;
    struct field f = { .kind = FIELD_ADDRESS, .min_length = 5, .max_length = 100 };
    CHECK_EQ(answer_check(&f, "浙江省测试市样例路1号2幢301-2室", TODAY), 0);
    CHECK_EQ(answer_check(&f, "样例路", TODAY), ANSWER_E_SHORT);
    CHECK_EQ(answer_check(&f, "浙江省测试市\n样例路", TODAY), ANSWER_E_CHARACTER);
}

/* ---- numbers ------------------------------------------------------------------------- */

static void test_answer_number_finds_the_mistyped_digit(void **state)
{
    (void)state;
    static const struct attempt attempts[] = {
        { "339999199001010013", 0 },
        { "33999919900101003X", 0 },
        { "33999919900101003x", 0 },
        { "339999200002290032", 0 },
        { "810000190001010018", 0 },
        { "933999190001010019", 0 },
        { "339999199001010010", ANSWER_E_CHECK },
        { "33999919900101001", ANSWER_E_SHORT },
        { "3399991990010100133", ANSWER_E_LONG },
        { "33999919000229001X", ANSWER_E_DATE },
        { "339999199013010010", ANSWER_E_DATE },
        { "33999X199001010013", ANSWER_E_CHARACTER },
        { "339999 19900101001", ANSWER_E_CHARACTER },
        { "３39999199001010013", ANSWER_E_CHARACTER },
    };
    struct field f = { .kind = FIELD_NUMBER, .is_required = true };
    check_attempts(&f, attempts, COUNT(attempts));
}

static void test_answer_phone_is_mobile_or_landline(void **state)
{
    (void)state;
    static const struct attempt attempts[] = {
        { "13800000000", 0 },
        { "19912345678", 0 },
        { "0575-84123456", 0 },
        { "057584123456", 0 },
        { "0575-8412345", 0 }, /* seven digits, smaller towns */
        { "010-62345678", 0 },
        { "02165432109", 0 },
        { "1380000000", ANSWER_E_SHORT },
        { "1", ANSWER_E_SHORT },
        { "0", ANSWER_E_SHORT },
        { "05", ANSWER_E_SHORT },
        { "0575", ANSWER_E_SHORT },
        { "0575-", ANSWER_E_SHORT },
        { "0575-841", ANSWER_E_SHORT },
        { "138000000000", ANSWER_E_LONG },
        { "0575-841234567", ANSWER_E_LONG },
        { "010-6234567", ANSWER_E_SHORT },
        { "12800000000", ANSWER_E_FORMAT },
        { "84123456", ANSWER_E_FORMAT }, /* the area code is missing */
        { "0575-04123456", ANSWER_E_FORMAT },
        { "0575-8412-3456", ANSWER_E_FORMAT },
        { "05-7584123456", ANSWER_E_FORMAT },
        { "0011-84123456", ANSWER_E_FORMAT },
        { "011-84123456", ANSWER_E_FORMAT },
        { "138-0000-0000", ANSWER_E_FORMAT },
        { "-", ANSWER_E_FORMAT },
        { "138 0000 0000", ANSWER_E_CHARACTER },
        { "+8613800000000", ANSWER_E_CHARACTER },
    };
    struct field f = { .kind = FIELD_PHONE, .is_required = true };
    check_attempts(&f, attempts, COUNT(attempts));
}

static void test_answer_account_finds_the_mistyped_digit_of_a_card(void **state)
{
    (void)state;
    static const struct attempt attempts[] = {
        { "6200000000000005", 0 },                 /* 16 digits, sum 20 */
        { "6222020000000000004", ANSWER_E_CHECK }, /* 19 digits */
        { "6222020000000000000", 0 },
        { "6200000000000006", ANSWER_E_CHECK },
        { "62000000000000006", 0 }, /* 17 digits: an account, no card */
        { "4000000000000000", 0 },  /* not the scheme with the check digit */
        { "12345678", 0 },
        { "123456789012345678901234567890", 0 },
        { "1234567", ANSWER_E_SHORT },
        { "1234567890123456789012345678901", ANSWER_E_LONG },
        { "6200 0000 0000 0005", ANSWER_E_CHARACTER },
    };
    struct field f = { .kind = FIELD_ACCOUNT, .is_required = true };
    check_attempts(&f, attempts, COUNT(attempts));
}

static void test_answer_account_of_19_digits_with_its_luhn_digit_passes(void **state)
{
    (void)state;
    struct field f = { .kind = FIELD_ACCOUNT, .is_required = true };
    char value[] = "6222020000000000000";
    int passed = 0;
    for (char last = '0'; last <= '9'; last++) {
        value[18] = last;
        passed += !answer_check(&f, value, TODAY);
    }
    CHECK_EQ(
        passed,
        1); /* one in ten: so a mistyped digit is found nine times of ten, and never passes twice */
}

static void test_answer_amount_has_at_most_two_decimals(void **state)
{
    (void)state;
    static const struct attempt attempts[] = {
        { "1", 0 },
        { "0.99", ANSWER_E_SMALL },
        { "1234.5", 0 },
        { "1234.50", 0 },
        { "50000", 0 },
        { "50000.01", ANSWER_E_LARGE },
        { "9999999999", ANSWER_E_LARGE },
        { "99999999999999999999999999", ANSWER_E_LARGE },
        { "0", ANSWER_E_SMALL },
        { "1.234", ANSWER_E_FORMAT },
        { "1.", ANSWER_E_FORMAT },
        { ".5", ANSWER_E_FORMAT },
        { "1.2.3", ANSWER_E_FORMAT },
        { "..", ANSWER_E_FORMAT },
        { "007", ANSWER_E_FORMAT },
        { "1,000", ANSWER_E_CHARACTER },
        { "-5", ANSWER_E_CHARACTER },
    };
    struct field f = { .kind = FIELD_AMOUNT, .min_fen = 100, .max_fen = 5000000 };
    check_attempts(&f, attempts, COUNT(attempts));
}

/* ---- dates and choices --------------------------------------------------------------- */

static void test_answer_date_exists_and_lies_between_its_bounds(void **state)
{
    (void)state;
    static const struct attempt attempts[] = {
        { "20240229", 0 },
        { "20000229", 0 },
        { "20230229", ANSWER_E_DATE },
        { "20261301", ANSWER_E_DATE },
        { "20260631", ANSWER_E_DATE },
        { "20261124", 0 },
        { "20261125", ANSWER_E_LATE },
        { "19991231", ANSWER_E_EARLY },
        { "2026112", ANSWER_E_SHORT },
        { "202611241", ANSWER_E_LONG },
        { "2026-1-1", ANSWER_E_CHARACTER },
    };
    struct field f = { .kind = FIELD_DATE, .min_date = "20000101", .max_date = "today" };
    check_attempts(&f, attempts, COUNT(attempts));
}

static void test_answer_date_is_not_judged_by_a_clock_nobody_trusts(void **state)
{
    (void)state;
    struct field f = { .kind = FIELD_DATE, .min_date = "today", .max_date = "20301231" };
    CHECK_EQ(answer_check(&f, "20200101", TODAY), ANSWER_E_EARLY);
    CHECK_EQ(answer_check(&f, "20200101", NULL), 0);
    CHECK_EQ(answer_check(&f, "20310101", NULL),
             ANSWER_E_LATE); /* the fixed bound holds all the same */
}

static void test_answer_choice_is_one_of_the_choices(void **state)
{
    (void)state;
    struct field f = { .kind = FIELD_CHOICE, .choice_count = 2, .choices = grades };
    CHECK_EQ(answer_check(&f, "2", TODAY), 0);
    CHECK_EQ(answer_check(&f, "3", TODAY), ANSWER_E_CHOICE);
    f.kind = FIELD_YES_NO;
    CHECK_EQ(answer_check(&f, "yes", TODAY), 0);
    CHECK_EQ(answer_check(&f, "no", TODAY), 0);
    CHECK_EQ(answer_check(&f, "maybe", TODAY), ANSWER_E_CHOICE);
}

static void test_answer_signature_is_ink_and_never_text(void **state)
{
    (void)state;
    struct field f = { .kind = FIELD_SIGNATURE, .is_required = true };
    CHECK_EQ(answer_check(&f, "王小明", TODAY), ANSWER_E_CHARACTER);
    CHECK(!answer_accepts(&f, 0x738b));
}

static void test_answer_accepts_only_what_the_keyboard_of_a_kind_offers(void **state)
{
    (void)state;
    static const struct {
        enum field_kind kind;
        uint32_t cp;
        bool accepts;
    } keys[] = {
        { FIELD_NUMBER, 'X', true },  { FIELD_NUMBER, 'x', true },   { FIELD_NUMBER, 'y', false },
        { FIELD_PHONE, '-', true },   { FIELD_PHONE, ' ', false },   { FIELD_DATE, '0', true },
        { FIELD_DATE, '/', false },   { FIELD_AMOUNT, '.', true },   { FIELD_AMOUNT, ',', false },
        { FIELD_ACCOUNT, '9', true }, { FIELD_ACCOUNT, 'x', false }, { FIELD_HAN, 0x2cb4e, true },
        { FIELD_HAN, '\n', false },   { FIELD_TEXT, 0x738b, false }, { FIELD_CHOICE, '1', false },
        { FIELD_ADDRESS, '#', true }, { FIELD_YES_NO, 'y', false },  { FIELD_ADDRESS, '\n', false },
    };
    for (size_t i = 0; i < COUNT(keys); i++) {
        struct field f = { .kind = keys[i].kind, .lines = 1 };
        CHECK_EQ(answer_accepts(&f, keys[i].cp), keys[i].accepts);
    }
}

/* ---- showing ------------------------------------------------------------------------- */

static void check_shown(const struct field *f, const char *value, const char *zh, const char *en)
{
    char out[ANSWER_BYTES];
    answer_show(out, f, value, LANGUAGE_ZH);
    CHECK_STR(out, zh);
    answer_show(out, f, value, LANGUAGE_EN);
    CHECK_STR(out, en);
}

static void test_answer_is_shown_as_people_write_it(void **state)
{
    (void)state;
    check_shown(&(struct field){ .kind = FIELD_DATE }, "20261124", "2026年11月24日", "24 Nov 2026");
    check_shown(&(struct field){ .kind = FIELD_DATE }, "2024", "2024年", "2024");
    check_shown(&(struct field){ .kind = FIELD_DATE }, "202402", "2024年2月", "Feb 2024");
    check_shown(&(struct field){ .kind = FIELD_DATE }, "202413", "202413", "202413");
    check_shown(&(struct field){ .kind = FIELD_DATE }, "20240205", "2024年2月5日", "5 Feb 2024");
    check_shown(&(struct field){ .kind = FIELD_YES_NO }, "yes", "是", "Yes");
    check_shown(&(struct field){ .kind = FIELD_YES_NO }, "no", "否", "No");
    check_shown(&(struct field){ .kind = FIELD_AMOUNT }, "5", "5 元", "5 yuan");
    check_shown(&(struct field){ .kind = FIELD_AMOUNT }, "1234.5", "1,234.50 元", "1,234.50 yuan");
    check_shown(&(struct field){ .kind = FIELD_AMOUNT }, "123456789.05", "123,456,789.05 元",
                "123,456,789.05 yuan");
    check_shown(&(struct field){ .kind = FIELD_CHOICE, .choices = grades, .choice_count = 2 }, "2",
                "二级", "Grade 2");
    check_shown(&(struct field){ .kind = FIELD_HAN }, "𬭎记", "𬭎记", "𬭎记");
}

static void test_answer_that_never_passed_is_shown_as_it_is(void **state)
{
    (void)state;
    for (int kind = 0; kind < FIELD_KIND_COUNT; kind++) {
        struct field f = { .kind = (enum field_kind)kind };
        check_shown(&f, "", "", "");
        check_shown(&f, "what?", "what?", "what?");
    }
    check_shown(&(struct field){ .kind = FIELD_DATE }, "20230229", "20230229", "20230229");
    check_shown(&(struct field){ .kind = FIELD_AMOUNT }, "12345678901234567890",
                "12345678901234567890", "12345678901234567890");
    check_shown(&(struct field){ .kind = FIELD_CHOICE, .choices = grades, .choice_count = 2 }, "7",
                "7", "7");
}

static void test_answer_masked_hides_what_the_rules_hide(void **state)
{
    (void)state;
    static const struct {
        enum field_kind kind;
        enum field_mask mask;
        const char *value, *shown;
    } rows[] = {
        { FIELD_HAN, MASK_NAME, "王小明", "*小明" },
        { FIELD_NUMBER, MASK_NUMBER, "339999199001010013", "3***99199001*****3" },
        { FIELD_PHONE, MASK_PHONE, "13812345678", "138****5678" },
        { FIELD_ACCOUNT, MASK_ACCOUNT, "6222021234567890123", "622202*********0123" },
        { FIELD_HAN, MASK_NONE, "样例", "样例" },
        { FIELD_NUMBER, MASK_NUMBER, "", "" },
    };
    char out[ANSWER_BYTES];
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct field f = { .kind = rows[i].kind, .mask = rows[i].mask };
        answer_show_masked(out, &f, rows[i].value, LANGUAGE_ZH);
        CHECK_STR(out, rows[i].shown);
    }
}

static void test_answer_masked_hides_a_choice_by_its_label(void **state)
{
    (void)state;
    struct field f = {
        .kind = FIELD_CHOICE, .mask = MASK_OTHER, .choices = grades, .choice_count = 2
    };
    char out[ANSWER_BYTES];
    answer_show_masked(out, &f, "1", LANGUAGE_EN);
    CHECK(strcmp(out, "Grade 1"));
    CHECK_EQ(text_count(out), 7);
}

RUN(T(test_answer_blank_is_missing_only_where_required),
    T(test_answer_control_characters_stand_in_no_field), T(test_answer_ill_formed_utf8_is_refused),
    T(test_answer_name_takes_rare_characters_and_no_digits),
    T(test_answer_prose_takes_both_scripts_and_lines),
    T(test_answer_length_is_counted_in_characters), T(test_answer_that_fits_no_buffer_is_too_long),
    T(test_answer_text_takes_letters_and_digits), T(test_answer_address_takes_house_numbers),
    T(test_answer_number_finds_the_mistyped_digit), T(test_answer_phone_is_mobile_or_landline),
    T(test_answer_account_finds_the_mistyped_digit_of_a_card),
    T(test_answer_account_of_19_digits_with_its_luhn_digit_passes),
    T(test_answer_amount_has_at_most_two_decimals),
    T(test_answer_date_exists_and_lies_between_its_bounds),
    T(test_answer_date_is_not_judged_by_a_clock_nobody_trusts),
    T(test_answer_choice_is_one_of_the_choices), T(test_answer_signature_is_ink_and_never_text),
    T(test_answer_accepts_only_what_the_keyboard_of_a_kind_offers),
    T(test_answer_is_shown_as_people_write_it), T(test_answer_that_never_passed_is_shown_as_it_is),
    T(test_answer_masked_hides_what_the_rules_hide),
    T(test_answer_masked_hides_a_choice_by_its_label))
