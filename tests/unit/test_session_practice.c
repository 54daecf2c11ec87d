/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

/* Practice, and the hours of the point: what a visit is given by whoever is there. */
#include <string.h>

static const int64_t hour_ms = 3600000;

static bool slip_says(const char *text)
{
    for (size_t i = 0; rig.slip && i < rig.slip->count; i++)
        if (strstr(rig.slip->lines[i].text, text))
            return true;
    return false;
}

/* The care subsidy of somebody who does not exist. */
static void practise_to_done(void)
{
    CHECK(session_begin_practice(rig.session));
    CHECK_EQ(screen(), SCREEN_HOME);
    happen(EV_OPEN_SERVICE, "D01", "");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FETCHED); /* made up, and one of them is wrong */
    happen(EV_SAY_CERTIFICATE, "disability-certificate", "wrong");
    happen(EV_SAY_CERTIFICATE, "household", "right");
    happen(EV_SAY_CERTIFICATE, "aid-status", "right");
    happen(EV_SAY_CERTIFICATE, "citizen-card-account", "right");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "kind", "limb");
    happen(EV_CHOOSE, "grade", "1");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "care", "family");
    tap(EV_NEXT);
    happen(EV_TYPE, "", "13800000000");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_PAPERS);
    happen(EV_ANSWER_PAPER, "disability-certificate", "here");
    tap(EV_NEXT);
    tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_DONE);
}

static void test_practice_walks_a_matter_and_hands_nothing_over(void **state)
{
    (void)state;
    setup();
    practise_to_done();
    CHECK(session_view(rig.session)->is_practice);
    CHECK_EQ(rig.reserves, 0);
    CHECK_EQ(rig.submits, 0);
    CHECK_EQ(rig.notes, 0);
    CHECK_EQ(rig.prints, 1);
    CHECK(slip_says("PRACTICE"));
    tap(EV_OPEN_RATING);
    number(EV_RATE, 5);
    tap(EV_NEXT);
    CHECK_EQ(rig.reserves, 0);
    CHECK_EQ(rig.submits, 0);
    teardown();
}

static void test_practice_asks_nobody_about_a_case(void **state)
{
    (void)state;
    setup();
    practise_to_done();
    happen(EV_OPEN_PROGRESS, "", "mine");
    tap(EV_NEXT);
    CHECK_EQ(session_view(rig.session)->asked.where, CASE_COUNTY);
    CHECK_EQ(rig.asks, 0);
    teardown();
}

static void test_practice_works_where_nothing_can_be_accepted(void **state)
{
    (void)state;
    setup();
    link_is(false, false);
    session_set_keys(rig.session, NULL);
    practise_to_done();
    teardown();
}

static void test_practice_begins_only_while_nobody_is_here(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    CHECK(!session_begin_practice(rig.session));
    CHECK(!session_view(rig.session)->is_practice);
    teardown();
}

static void test_practice_ends_by_itself_and_the_next_visit_is_real(void **state)
{
    (void)state;
    setup();
    practise_to_done();
    for (int turn = 0; turn < 4 && screen() != SCREEN_ATTRACT; turn++) {
        fake_clock_advance(&rig.clock, session_deadline_ms(rig.session) - rig.clock.boot);
        tap(EV_TIME);
    }
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK(is_clean());
    submit_subsidy();
    CHECK_EQ(rig.submits, 1);
    CHECK(!session_view(rig.session)->is_practice);
    teardown();
}

static void test_practice_gives_way_to_a_real_card(void **state)
{
    (void)state;
    setup();
    CHECK(session_begin_practice(rig.session));
    happen(EV_OPEN_SERVICE, "D01", "");
    tap(EV_NEXT);
    card(&person_a);
    CHECK_EQ(screen(), SCREEN_HOME);
    CHECK(!session_view(rig.session)->is_practice);
    CHECK_STR(session_view(rig.session)->name, "*试甲");
    CHECK(!memmem(rig.session, sizeof(*rig.session), "演示人", strlen("演示人")));
    teardown();
}

/* ---- hours ----------------------------------------------------------------------------------- */

/* The rig's day begins at 15:46 on a Wednesday. */
static void put_clock(int64_t minutes)
{
    int64_t by = minutes * 60000;
    fake_clock_advance(&rig.clock, by);
    tap(EV_TIME);
}

static void test_hours_at_ten_in_the_evening_nobody_is_promised(void **state)
{
    (void)state;
    setup();
    CHECK(!session_view(rig.session)->is_unattended);
    put_clock(6 * 60 + 14);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK(session_view(rig.session)->is_unattended);
    card(&person_a);
    CHECK(session_view(rig.session)->preferences.volume < VOLUME_DEFAULT);
    CHECK(session_deadline_ms(rig.session) - rig.clock.boot < 60000);
    teardown();
}

/* Wednesday afternoon, but nobody works: made up, as no year has a holiday then. */
static void test_hours_on_a_holiday_nobody_is_promised_and_offices_are_closed(void **state)
{
    (void)state;
    static const char pack[] = "{\"format\":1,\"year\":2026,\"document\":\"x\",\"published\":"
                               "\"20251101\",\"source\":\"x\","
                               "\"holidays\":[{\"name\":{\"zh\":\"某\",\"en\":\"x\"},\"from\":"
                               "\"20261125\",\"to\":\"20261125\"}],"
                               "\"working\":[]}";
    char complaint[CALENDAR_COMPLAINT];
    setup();
    CHECK(!session_view(rig.session)->is_unattended);
    CHECK_EQ(session_view(rig.session)->desk.weekday, 3);
    if (calendar_learn(&rig.calendar, pack, sizeof(pack) - 1, complaint))
        fail_msg("%s", complaint);
    CHECK(session_view(rig.session)->is_unattended);
    CHECK_EQ(session_view(rig.session)->desk.weekday, CALENDAR_HOLIDAY);
    teardown();
}

static void test_hours_that_strike_end_no_visit(void **state)
{
    (void)state;
    setup();
    put_clock(60 + 13); /* 16:59, some seconds */
    to_form();
    int64_t before = session_deadline_ms(rig.session);
    rig.clock.wall += 5 * hour_ms; /* 22:00, without a touch or a second of patience */
    tap(EV_TIME);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK(session_view(rig.session)->is_unattended);
    CHECK_EQ(session_deadline_ms(rig.session), before);
    CHECK_EQ(session_view(rig.session)->preferences.volume, VOLUME_DEFAULT);
    CHECK_STR(answer_to("kind"), "limb");
    teardown();
}

static void test_hours_are_not_guessed_without_a_clock(void **state)
{
    (void)state;
    setup();
    struct link_facts facts = { .is_there = true, .clock_quality = CLOCK_UNSET };
    session_handle(rig.session, &(struct event){ .kind = EV_LINK, .link = &facts });
    put_clock(6 * 60 + 14);
    CHECK(!session_view(rig.session)->is_unattended);
    teardown();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_practice_walks_a_matter_and_hands_nothing_over),
        cmocka_unit_test(test_practice_asks_nobody_about_a_case),
        cmocka_unit_test(test_practice_works_where_nothing_can_be_accepted),
        cmocka_unit_test(test_practice_begins_only_while_nobody_is_here),
        cmocka_unit_test(test_practice_ends_by_itself_and_the_next_visit_is_real),
        cmocka_unit_test(test_practice_gives_way_to_a_real_card),
        cmocka_unit_test(test_hours_at_ten_in_the_evening_nobody_is_promised),
        cmocka_unit_test(test_hours_on_a_holiday_nobody_is_promised_and_offices_are_closed),
        cmocka_unit_test(test_hours_that_strike_end_no_visit),
        cmocka_unit_test(test_hours_are_not_guessed_without_a_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
