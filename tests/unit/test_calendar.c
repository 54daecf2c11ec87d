/* links: firmware/calendar firmware/base */
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "firmware/calendar/calendar.h"

static void learn_year(struct calendar *c, int year)
{
    char path[80], complaint[CALENDAR_COMPLAINT];
    size_t length;
    snprintf(path, sizeof(path), "../assets/calendar/%d.json", year);
    char *text = test_file(path, &length);
    if (calendar_learn(c, text, length, complaint))
        fail_msg("%s", complaint);
    free(text);
}

static struct calendar *both_years(void)
{
    static struct calendar c;
    c = (struct calendar){ 0 };
    learn_year(&c, 2025);
    learn_year(&c, 2026);
    return &c;
}

static day on(const char *text)
{
    day d = day_from_text(text);
    CHECK(d != DAY_NONE);
    return d;
}

static void check_day(day d, const char *text)
{
    char got[9];
    day_to_text(got, d);
    CHECK_STR(got, text);
}

/* ---- hostile first --------------------------------------------------------------------- */

#define PACK(year, holidays, working)                                  \
    "{\"format\":1,\"year\":" year                                     \
    ",\"document\":\"x\",\"published\":\"20261101\",\"source\":\"x\"," \
    "\"holidays\":[" holidays "],\"working\":[" working "]}"
#define DAYS(from, to) \
    "{\"name\":{\"zh\":\"某\",\"en\":\"x\"},\"from\":\"" from "\",\"to\":\"" to "\"}"

static void test_calendar_refuses_packs_that_cannot_be_true_and_stays_as_it_was(void **state)
{
    (void)state;
    static const struct {
        const char *pack, *sentence;
    } rows[] = {
        { "", "line 1, column 0: no JSON (it ends too early)" },
        { "[]", "the document must be an object" },
        { "{\"format\":2}", "format: must be a whole number from 1 to 1" },
        { PACK("1999", DAYS("19990101", "19990101"), ""),
          "year: must be a whole number from 2000 to 2099" },
        { PACK("2027", "", ""), "holidays: must be a list of 1 to 20 elements" },
        { PACK("2027", DAYS("20270105", "20270103"), ""), "holidays[0]: to: is before from" },
        { PACK("2027", DAYS("20270101", "20270131"), ""),
          "holidays[0]: to: is more than 20 days after from" },
        { PACK("2027", DAYS("20260101", "20270101"), ""),
          "holidays[0].from: must be a day of 2027 as YYYYMMDD" },
        { PACK("2027", DAYS("20270230", "20270301"), ""),
          "holidays[0].from: must be a day of 2027 as YYYYMMDD" },
        { PACK("2027", DAYS("20270101", "20270103"), "\"20270102\""),
          "working[0]: 20270102 is a holiday too" },
        { PACK("2027", DAYS("20270101", "20270103"), "\"20270104\""),
          "working[0]: 20270104 is no Saturday or Sunday" },
        { PACK("2027", DAYS("20270101", "20270103"), "7"),
          "working[0]: must be a day of 2027 as YYYYMMDD" },
    };
    struct calendar *c = both_years();
    char complaint[CALENDAR_COMPLAINT];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CHECK_EQ(calendar_learn(c, rows[i].pack, strlen(rows[i].pack), complaint), -EINVAL);
        CHECK_STR(complaint, rows[i].sentence);
        CHECK(!calendar_knows(c, 2027));
    }
}

static void test_calendar_days_outside_it_are_none(void **state)
{
    (void)state;
    struct calendar *c = both_years();
    static const char *const bad[] = { "",         "2026",     "20260229", "20261301", "20260100",
                                       "19991231", "2026-1-1", "21000101", "202601011" };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK_EQ(day_from_text(bad[i]), DAY_NONE);
    CHECK_EQ(day_from_text(NULL), DAY_NONE);
    CHECK_EQ(calendar_add(c, DAY_NONE, 3, NULL), DAY_NONE);
    CHECK_EQ(calendar_add(c, on("20991231"), 5, NULL), DAY_NONE);
    CHECK_EQ(calendar_add(c, on("20000103"), -5, NULL), DAY_NONE);
    CHECK_EQ(calendar_add(c, on("20260101"), CALENDAR_SPAN_MAX + 1, NULL), DAY_NONE);
    CHECK_EQ(calendar_count(c, DAY_NONE, on("20260101")), 0);
}

/* ---- what the State Council said ------------------------------------------------------- */

static void test_calendar_knows_holidays_and_the_weekends_worked_instead(void **state)
{
    (void)state;
    static const struct {
        const char *day;
        bool is_working;
    } rows[] = {
        { "20250101", false }, { "20250102", true },  { "20250126", true },  { "20250128", false },
        { "20250204", false }, { "20250205", true },  { "20250208", true },  { "20250209", false },
        { "20250427", true },  { "20250505", false }, { "20250602", false }, { "20250928", true },
        { "20251008", false }, { "20251011", true },  { "20251012", false }, { "20260102", false },
        { "20260104", true },  { "20260214", true },  { "20260223", false }, { "20260228", true },
        { "20260406", false }, { "20260509", true },  { "20260619", false }, { "20260920", true },
        { "20260925", false }, { "20261007", false }, { "20261010", true },  { "20261126", true },
        { "20261128", false },
    };
    struct calendar *c = both_years();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (calendar_is_working(c, on(rows[i].day)) != rows[i].is_working)
            fail_msg("%s", rows[i].day);
    CHECK_EQ(day_of_week(on("20261126")), 3); /* a Thursday */
}

static void
test_calendar_hours_go_by_the_week_but_for_holidays_and_weekends_that_are_worked(void **state)
{
    (void)state;
    const struct calendar *c = both_years();
    CHECK_EQ(calendar_hours_day(c, on("20261125")), 3);
    CHECK_EQ(calendar_hours_day(c, on("20261128")), 6);
    CHECK_EQ(calendar_hours_day(c, on("20261129")), 7);
    CHECK_EQ(calendar_hours_day(c, on("20261001")), CALENDAR_HOLIDAY); /* a Thursday */
    CHECK_EQ(calendar_hours_day(c, on("20261003")), CALENDAR_HOLIDAY); /* a Saturday of it */
    CHECK_EQ(calendar_hours_day(c, on("20261010")), 5); /* a Saturday that is worked */
    CHECK_EQ(calendar_hours_day(c, on("20300101")), 2); /* nothing published yet */
    CHECK_EQ(calendar_hours_day(NULL, on("20261001")), 4);
}

static void test_calendar_counts_across_the_spring_festival(void **state)
{
    (void)state;
    struct calendar *c = both_years();
    bool is_provisional = true;
    /* Friday the 13th; Saturday is worked, nine days off, then Tuesday. */
    check_day(calendar_add(c, on("20260213"), 1, &is_provisional), "20260214");
    CHECK(!is_provisional);
    check_day(calendar_add(c, on("20260213"), 2, NULL), "20260224");
    check_day(calendar_add(c, on("20260213"), 0, NULL), "20260213");
    check_day(calendar_add(c, on("20260224"), -2, NULL), "20260213");
    CHECK_EQ(calendar_count(c, on("20260213"), on("20260224")), 2);
    CHECK_EQ(calendar_count(c, on("20260224"), on("20260213")), -2);
    /* Across the year's end both packs count: Wednesday 31 December, then Sunday 4 January. */
    check_day(calendar_add(c, on("20251231"), 1, NULL), "20260104");
}

static void test_calendar_without_a_pack_has_weekends_and_says_so(void **state)
{
    (void)state;
    struct calendar *c = both_years();
    bool is_provisional = false;
    check_day(calendar_add(c, on("20261230"), 1, &is_provisional), "20261231");
    CHECK(!is_provisional);
    check_day(calendar_add(c, on("20261230"), 2, &is_provisional), "20270101");
    CHECK(is_provisional);
    CHECK(!calendar_knows(c, 2027) && !calendar_knows(c, 1900) && calendar_knows(c, 2026));
    CHECK(calendar_is_working(c, on("20270101")) && !calendar_is_working(c, on("20270102")));
}

static void test_calendar_takes_a_corrected_pack_in_place_of_the_first(void **state)
{
    (void)state;
    static const char first[] = PACK("2027", DAYS("20270101", "20270103"), "\"20270109\""),
                      second[] = PACK("2027", DAYS("20270104", "20270104"), "");
    struct calendar *c = both_years();
    char complaint[CALENDAR_COMPLAINT];
    CHECK_EQ(calendar_learn(c, first, sizeof(first) - 1, complaint), 0);
    CHECK(calendar_is_working(c, on("20270109")) && !calendar_is_working(c, on("20270101")));
    CHECK_EQ(calendar_learn(c, second, sizeof(second) - 1, complaint), 0);
    CHECK(!calendar_is_working(c, on("20270109")) && calendar_is_working(c, on("20270101")));
    CHECK(!calendar_is_working(c, on("20270104")));
}

/* ---- for every day of two years -------------------------------------------------------- */

static void test_calendar_adding_and_counting_undo_each_other_on_every_day(void **state)
{
    (void)state;
    struct calendar *c = both_years();
    for (day d = on("20250101"); d <= on("20261231"); d++)
        for (int n = 1; n < 66; n += 7) {
            day forth = calendar_add(c, d, n, NULL);
            CHECK(calendar_is_working(c, forth));
            CHECK_EQ(calendar_count(c, d, forth), n);
            CHECK_EQ(calendar_count(c, forth, d), -n);
            CHECK(calendar_add(c, d, n + 1, NULL) > forth);
            if (calendar_is_working(c, d))
                CHECK_EQ(calendar_add(c, forth, -n, NULL), d);
        }
}

static void test_calendar_years_have_the_working_days_that_the_law_leaves(void **state)
{
    (void)state;
    struct calendar *c = both_years();
    /* 365 days less 104 weekend days and 13 holidays: moving days about changes nothing. */
    CHECK_EQ(calendar_count(c, on("20241231"), on("20251231")), 248);
    CHECK_EQ(calendar_count(c, on("20251231"), on("20261231")), 248);
}

RUN(T(test_calendar_refuses_packs_that_cannot_be_true_and_stays_as_it_was),
    T(test_calendar_days_outside_it_are_none),
    T(test_calendar_knows_holidays_and_the_weekends_worked_instead),
    T(test_calendar_hours_go_by_the_week_but_for_holidays_and_weekends_that_are_worked),
    T(test_calendar_counts_across_the_spring_festival),
    T(test_calendar_without_a_pack_has_weekends_and_says_so),
    T(test_calendar_takes_a_corrected_pack_in_place_of_the_first),
    T(test_calendar_adding_and_counting_undo_each_other_on_every_day),
    T(test_calendar_years_have_the_working_days_that_the_law_leaves))
