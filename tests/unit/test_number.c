/* links: firmware/card firmware/base */
#include "firmware/card/person.h"
#include "tests/support/check.h"

static void test_number_vectors_are_judged_as_documented(void **state)
{
    (void)state;
    static const struct {
        const char *number;
        bool typed;
        int want;
    } rows[] = {
        { "339999199001010013", false, 0 }, /* sum 372, remainder 9, check 3 */
        { "339999199001010021", false, 0 }, /* sum 374, remainder 0, check 1 */
        { "33999919900101003X", false, 0 },
        { "33999919900101003x", true, 0 },
        { "33999919900101003x", false, NUMBER_E_CHARACTER },
        { "339999200002290032", false, 0 }, /* 29 February 2000 */
        { "810000190001010018", false, 0 },
        { "810000190001010026", false, 0 },
        { "820000190001010028", false, 0 },
        { "830000190001010038", false, 0 },
        { "933999190001010019", false, 0 },
        { "933999190001010027", false, 0 },
        { "339999199001010010", true, NUMBER_E_CHECK },
        { "33999919900101001", true, NUMBER_E_LENGTH },
        { "3399991990010100133", true, NUMBER_E_LENGTH },
        { "", true, NUMBER_E_LENGTH },
        { "33999919000229001X", true,
          NUMBER_E_DATE }, /* the check character is right, the day is not */
        { "339999199013010010", true, NUMBER_E_DATE }, /* month 13 */
        { "339999 19900101001", true, NUMBER_E_CHARACTER },
        { "339999 199001010013", true, NUMBER_E_LENGTH },
        { "3399991990X1010013", true, NUMBER_E_CHARACTER },
        { "３３９９９９", true, NUMBER_E_CHARACTER }, /* full-width digits: 18 bytes, no digit */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        print_message("%s\n", rows[i].number);
        CHECK_EQ(number_check(rows[i].number, NULL, rows[i].typed), rows[i].want);
    }
}

static void test_number_born_tomorrow_is_refused_when_the_clock_is_trusted(void **state)
{
    (void)state;
    CHECK_EQ(number_check("339999199001010013", "19891231", true), NUMBER_E_DATE);
    CHECK_EQ(number_check("339999199001010013", "19900101", true), 0);
    CHECK_EQ(number_check("339999199001010013", NULL, true), 0);
}

static void test_number_every_mistyped_digit_and_every_swap_of_neighbours_is_noticed(void **state)
{
    (void)state;
    char number[] = "339999199001010013";
    for (size_t i = 0; i < 18; i++) {
        char right = number[i];
        for (char c = '0'; c <= '9'; c++) {
            number[i] = c;
            CHECK_EQ(number_check(number, NULL, true) == 0, c == right);
        }
        number[i] = right;
    }
    for (size_t i = 0; i < 17; i++) {
        char a = number[i], b = number[i + 1];
        number[i] = b;
        number[i + 1] = a;
        CHECK_EQ(number_check(number, NULL, true) == 0, a == b);
        number[i] = a;
        number[i + 1] = b;
    }
}

static void test_number_the_check_character_covers_all_eleven_remainders(void **state)
{
    (void)state;
    CHECK_EQ(number_check_character("33999919900101001"), '3');
    CHECK_EQ(number_check_character("33999919900101003"), 'X');
    char seen[256] = { 0 };
    for (int i = 0; i < 1000; i++) {
        char first17[] = "33999919900101___";
        for (int at = 16, left = i; at > 13; at--, left /= 10)
            first17[at] = (char)('0' + left % 10);
        seen[(unsigned char)number_check_character(first17)] = 1;
    }
    for (const char *c = "0123456789X"; *c; c++)
        CHECK(seen[(unsigned char)*c]);
}

static void test_number_a_2023_card_leads_to_the_2017_number(void **state)
{
    (void)state;
    struct person p = { .layout = CARD_FPR2023,
                        .number = "933999190001010019",
                        .nationality = "XXX",
                        .old_number_link = "011" };
    char old[16];
    CHECK(person_old_number(old, &p));
    CHECK_STR(old, "XXX330100010113"); /* weighted sum 413, check 3 */
    CHECK_EQ(old_number_check_digit("XXX33010001011"), '3');
    p.old_number_link[2] = 0;
    CHECK(!person_old_number(old, &p));
    CHECK_STR(old, "");
    p = (struct person){ .layout = CARD_RESIDENT, .number = "339999199001010013" };
    CHECK(!person_old_number(old, &p));
}

static void test_number_only_days_of_the_calendar_are_dates(void **state)
{
    (void)state;
    static const char *const real[] = { "19000228", "20000229", "20240229",
                                        "20261231", "00010101", "99991231" };
    static const char *const unreal[] = { "19000229", "21000229", "20230229",  "20260431",
                                          "20261301", "20260001", "20260100",  "20260132",
                                          "00000101", "2026010",  "202601011", "",
                                          "2026-1-1", " 2026101", "+2026101",  "2026010x" };
    for (size_t i = 0; i < sizeof(real) / sizeof(real[0]); i++)
        CHECK(date_is_real(real[i]));
    for (size_t i = 0; i < sizeof(unreal) / sizeof(unreal[0]); i++)
        CHECK(!date_is_real(unreal[i]));
}

static void test_number_age_turns_on_the_birthday(void **state)
{
    (void)state;
    CHECK_EQ(age_in_years("19661125", "20261124"), 59);
    CHECK_EQ(age_in_years("19661124", "20261124"), 60);
    CHECK_EQ(age_in_years("20261124", "20261124"), 0);
    CHECK_EQ(age_in_years("20080229", "20260228"), 17);
    CHECK_EQ(age_in_years("20080229", "20260301"), 18);
    CHECK_EQ(age_in_years("20261125", "20261124"), -1); /* not born yet */
    CHECK_EQ(age_in_years("19660230", "20261124"), -1);
    CHECK_EQ(age_in_years("19660228", ""), -1);
}

RUN(T(test_number_vectors_are_judged_as_documented),
    T(test_number_born_tomorrow_is_refused_when_the_clock_is_trusted),
    T(test_number_every_mistyped_digit_and_every_swap_of_neighbours_is_noticed),
    T(test_number_the_check_character_covers_all_eleven_remainders),
    T(test_number_a_2023_card_leads_to_the_2017_number),
    T(test_number_only_days_of_the_calendar_are_dates), T(test_number_age_turns_on_the_birthday))
