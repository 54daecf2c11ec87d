/* links: firmware/card firmware/base */
#include "firmware/card/person.h"
#include "tests/support/check.h"

/* The table of section 7.4, row by row. */
static void test_number_vectors(void **state)
{
    (void)state;
    static const struct {
        const char *number;
        int outcome, typed;
    } rows[] = {
        { "339999199001010013", 0, 0 },
        { "339999199001010021", 0, 0 },
        { "33999919900101003X", 0, 0 },
        { "33999919900101003x", 0, 1 },
        { "33999919900101003x", NUMBER_E_CHARACTER, 0 },
        { "339999200002290032", 0, 0 },
        { "810000190001010018", 0, 0 },
        { "820000190001010028", 0, 0 },
        { "830000190001010038", 0, 0 },
        { "933999190001010019", 0, 0 },
        { "339999199001010010", NUMBER_E_CHECK, 0 },
        { "33999919900101001", NUMBER_E_LENGTH, 0 },
        { "33999919000229001X", NUMBER_E_DATE, 0 },
        { "339999199013010010", NUMBER_E_DATE, 0 },
        { "339999 199001010013", NUMBER_E_LENGTH, 0 },
        { "339999 19900101001", NUMBER_E_CHARACTER, 0 },
        { "", NUMBER_E_LENGTH, 0 },
        { "33999919900101001３", NUMBER_E_LENGTH, 1 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_EQ(number_check(rows[i].number, NULL, rows[i].typed), rows[i].outcome);
}

static void test_number_of_somebody_not_born_yet_is_refused(void **state)
{
    (void)state;
    CHECK_EQ(number_check("339999200002290032", "20000228", false), NUMBER_E_DATE);
    CHECK_EQ(number_check("339999200002290032", "20000229", false), 0);
}

static void test_number_check_catches_every_single_wrong_digit(void **state)
{
    (void)state;
    char number[19] = "339999199001010013";
    for (int i = 0; i < 6; i++)
        for (char d = '0'; d <= '9'; d++) {
            char was = number[i];
            number[i] = d;
            CHECK_EQ(number_check(number, NULL, false), d == was ? 0 : NUMBER_E_CHECK);
            number[i] = was;
        }
}

static void test_date_knows_leap_years(void **state)
{
    (void)state;
    CHECK(date_is_real("20000229") && date_is_real("20240229") && date_is_real("20261231"));
    CHECK(!date_is_real("19000229") && !date_is_real("20230229") && !date_is_real("20260431"));
    CHECK(!date_is_real("2026-1-1") && !date_is_real("202601011") && !date_is_real("00000101"));
}

static void test_age_counts_full_years(void **state)
{
    (void)state;
    CHECK_EQ(age_in_years("19440301", "20260228"), 81);
    CHECK_EQ(age_in_years("19440301", "20260301"), 82);
    CHECK_EQ(age_in_years("20270101", "20260301"), -1);
    CHECK_EQ(age_in_years("", "20260301"), -1);
}

static void test_codes_have_names_in_both_languages_and_unknown_ones_stay(void **state)
{
    (void)state;
    CHECK_STR(nation_name("01", false), "汉");
    CHECK_STR(nation_name("31", false), "达斡尔");
    CHECK_STR(nation_name("46", true), "Deang");
    CHECK_STR(nation_name("97", true), "Other");
    CHECK_STR(nation_name("77", false), "77");
    CHECK_STR(nation_name("", true), "");
    for (int i = 1; i <= 56; i++) {
        char code[3] = { (char)('0' + i / 10), (char)('0' + i % 10), 0 };
        CHECK(nation_name(code, false) != code && nation_name(code, true) != code);
    }
    CHECK_STR(sex_name('1', true), "Male");
    CHECK_STR(sex_name('2', false), "女");
    CHECK_STR(sex_name('7', false), "未知");
}

/* The province's rules, verbatim (rules 4.4). */
static void test_mask_rules(void **state)
{
    (void)state;
    char out[MASKED_TEXT];
    mask_name(out, "王小明");
    CHECK_STR(out, "*小明");
    mask_name(out, "𬭎㛃");
    CHECK_STR(out, "*㛃");
    mask_name(out, "");
    CHECK_STR(out, "");
    mask_number_strong(out, "339999199001010013");
    CHECK_STR(out, "3****************3");
    mask_number_ordinary(out, "339999199001010013");
    CHECK_STR(out, "3***99199001*****3");
    mask_phone(out, "13812345678");
    CHECK_STR(out, "138****5678");
    mask_phone(out, "0575-84123456");
    CHECK_STR(out, "0575-****3456");
    mask_account(out, "6228480402564890018");
    CHECK_STR(out, "622848*********0018");
    mask_account(out, "12345678");
    CHECK_STR(out, "12****78");
    mask_other(out, "浙江省测试市样例路1号");
    CHECK_STR(out, "浙江省*****路1号");
}

RUN(T(test_number_vectors), T(test_number_of_somebody_not_born_yet_is_refused),
    T(test_number_check_catches_every_single_wrong_digit), T(test_date_knows_leap_years), T(test_age_counts_full_years),
    T(test_codes_have_names_in_both_languages_and_unknown_ones_stay), T(test_mask_rules))
