/* links: firmware/case firmware/calendar firmware/base */
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "firmware/case/promise.h"

static struct calendar cal;

static int learn_years(void **state)
{
    (void)state;
    for (int year = 2025; year <= 2026; year++) {
        char path[80], complaint[CALENDAR_COMPLAINT];
        size_t length;
        snprintf(path, sizeof(path), "../assets/calendar/%d.json", year);
        char *text = test_file(path, &length);
        int r = calendar_learn(&cal, text, length, complaint);
        free(text);
        if (r)
            return r;
    }
    return 0;
}

static day on(const char *text)
{
    return day_from_text(text);
}

static struct promise_check opened(const char *decided)
{
    struct promise_check c;
    promise_open(&c, &cal, on(decided), PROMISE_CHECK_DAYS);
    return c;
}

/* ---- what may not be ----------------------------------------------------------------- */

static void test_promise_nothing_is_found_before_anything_was_granted(void **state)
{
    (void)state;
    struct promise_check c = { .state = PROMISE_NONE };
    CHECK_EQ(promise_keep(&c, on("20260105")), CASE_E_EVENT);
    CHECK_EQ(promise_demand(&c, &cal, on("20260105"), 10, "x"), CASE_E_EVENT);
    CHECK_EQ(promise_break(&c, on("20260105"), "x"), CASE_E_EVENT);
    CHECK_EQ(c.state, PROMISE_NONE);
}

static void
test_promise_article_14_nothing_is_revoked_without_a_demand_or_before_its_day(void **state)
{
    (void)state;
    struct promise_check c = opened("20260105");
    CHECK_EQ(promise_break(&c, on("20260301"), "not as promised"), CASE_E_EVENT);
    CHECK_EQ(promise_demand(&c, &cal, on("20260112"), 10, "the premises are a garage"), 0);
    CHECK_EQ(c.demand_by, calendar_add(&cal, on("20260112"), 10, NULL));
    CHECK_EQ(promise_break(&c, c.demand_by, "still a garage"), CASE_E_TIME);
    CHECK_EQ(c.state, PROMISE_DEMANDED);
    CHECK_EQ(promise_break(&c, c.demand_by + 1, ""), CASE_E_REASON);
    CHECK_EQ(promise_break(&c, c.demand_by + 1, "still a garage"), 0);
    CHECK_EQ(c.state, PROMISE_BROKEN);
    CHECK_EQ(promise_keep(&c, c.demand_by + 2), CASE_E_EVENT);
}

static void test_promise_article_14_a_demand_is_written_has_a_day_and_comes_once(void **state)
{
    (void)state;
    struct promise_check c = opened("20260105");
    CHECK_EQ(promise_demand(&c, &cal, on("20260112"), 10, NULL), CASE_E_REASON);
    CHECK_EQ(promise_demand(&c, &cal, on("20260112"), 0, "x"), CASE_E_TIME);
    CHECK_EQ(promise_demand(&c, &cal, on("20260112"), PROMISE_DEMAND_DAYS_MAX + 1, "x"),
             CASE_E_TIME);
    CHECK_EQ(promise_demand(&c, &cal, on("20260102"), 10, "x"), CASE_E_TIME); /* not yet decided */
    CHECK_EQ(c.state, PROMISE_OPEN);
    CHECK_EQ(promise_demand(&c, &cal, on("20260112"), 10, "x"), 0);
    CHECK_EQ(promise_demand(&c, &cal, on("20260113"), 10, "x"), CASE_E_EVENT);
}

/* ---- what it comes to ---------------------------------------------------------------- */

static void test_promise_article_14_is_checked_within_60_working_days_over_any_holiday(void **state)
{
    (void)state;
    for (day d = on("20250102"); d < on("20260801"); d++) {
        struct promise_check c;
        promise_open(&c, &cal, d, PROMISE_CHECK_DAYS);
        CHECK_EQ(calendar_count(&cal, d, c.check_by), PROMISE_CHECK_DAYS);
        promise_open(&c, &cal, d, 90); /* no county may take longer */
        CHECK_EQ(calendar_count(&cal, d, c.check_by), PROMISE_CHECK_DAYS);
    }
}

static void test_promise_that_was_put_right_is_kept(void **state)
{
    (void)state;
    struct promise_check c = opened("20260105");
    CHECK_EQ(promise_demand(&c, &cal, on("20260112"), 10, "no sign at the door"), 0);
    CHECK_EQ(promise_keep(&c, on("20260115")), 0);
    CHECK_EQ(c.state, PROMISE_KEPT);
    CHECK_EQ(c.closed, on("20260115"));
}

/* ---- days ---------------------------------------------------------------------------- */

static size_t seen(const struct promise_check *c, day from, day to, enum promise_happening what)
{
    size_t count = 0;
    for (day d = from; d <= to; d++) {
        enum promise_happening out[PROMISE_HAPPENINGS_MAX];
        size_t n = promise_day(c, &cal, d, out);
        for (size_t i = 0; i < n; i++)
            count += out[i] == what;
    }
    return count;
}

static void test_promise_each_day_is_said_once_and_no_clock_revokes(void **state)
{
    (void)state;
    struct promise_check c = opened("20260105");
    day from = c.decided, to = c.check_by + 40;
    CHECK_EQ(seen(&c, from, to, PROMISE_CHECK_SOON), 1);
    CHECK_EQ(seen(&c, from, to, PROMISE_CHECK_LATE), 1);
    CHECK_EQ(seen(&c, from, to, PROMISE_REMIND), 0);
    CHECK_EQ(promise_demand(&c, &cal, on("20260112"), 10, "x"), 0);
    CHECK_EQ(seen(&c, from, to, PROMISE_CHECK_LATE), 0);
    CHECK_EQ(seen(&c, on("20260112"), to, PROMISE_REMIND), 1);
    CHECK_EQ(seen(&c, on("20260112"), to, PROMISE_DEMAND_LAPSED), 1);
    CHECK_EQ(c.state, PROMISE_DEMANDED);
    CHECK_EQ(promise_keep(&c, on("20260113")), 0);
    CHECK_EQ(seen(&c, from, to, PROMISE_REMIND) + seen(&c, from, to, PROMISE_DEMAND_LAPSED), 0);
}

static void test_promise_article_14_only_what_was_granted_is_revoked(void **state)
{
    (void)state;
    for (int s = 0; s < CASE_STATES; s++) {
        const struct case_transition *row = case_row((enum case_state)s, CASE_EV_ANNUL);
        bool is_granted = s == CASE_DONE_OK || s == CASE_DELIVERED || s == CASE_RATED;
        CHECK_EQ(row != NULL, is_granted);
        if (row)
            CHECK(row->has_reason && row->by == ACTOR_COUNTY);
    }
    CHECK(case_is_over(CASE_ANNULLED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_promise_nothing_is_found_before_anything_was_granted),
        T(test_promise_article_14_nothing_is_revoked_without_a_demand_or_before_its_day),
        T(test_promise_article_14_a_demand_is_written_has_a_day_and_comes_once),
        T(test_promise_article_14_is_checked_within_60_working_days_over_any_holiday),
        T(test_promise_that_was_put_right_is_kept),
        T(test_promise_each_day_is_said_once_and_no_clock_revokes),
        T(test_promise_article_14_only_what_was_granted_is_revoked),
    };
    return cmocka_run_group_tests(tests, learn_years, NULL);
}
