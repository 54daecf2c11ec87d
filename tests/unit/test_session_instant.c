/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

/* On the spot: the slip waits a moment for the county's answer, and comes out in any case. */

static const char number_of_it[] = "K0012-000001-X";

static void hand_in(const char *code)
{
    card(&person_a);
    happen(EV_OPEN_SERVICE, code, "");
    tap(EV_NEXT);
    CHECK(fill_form(rig.session, NULL));
    CHECK_EQ(screen(), SCREEN_REVIEW);
    reserve_answered();
    tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_SUBMITTING);
    happen(EV_SUBMITTED, rig.token, number_of_it);
    CHECK_EQ(screen(), SCREEN_DONE);
}

static enum instant_state state_now(void)
{
    return session_view(rig.session)->instant.state;
}

static void county_says(const char *receipt, const char *state)
{
    struct case_view c = { .where = CASE_COUNTY, .fact_count = 1 };
    snprintf(c.receipt, sizeof(c.receipt), "%s", receipt);
    snprintf(c.state, sizeof(c.state), "%s", state);
    snprintf(c.facts[0].name, sizeof(c.facts[0].name), "result");
    snprintf(c.facts[0].value, sizeof(c.facts[0].value), "ZM-42");
    session_handle(rig.session, &(struct event){ .kind = EV_CASE, .answer = &c });
}

static void test_instant_slip_waits_and_says_what_was_granted(void **state)
{
    (void)state;
    setup();
    hand_in("J06");
    CHECK_EQ(state_now(), INSTANT_WAITING);
    CHECK_EQ(rig.prints, 0);
    CHECK_EQ(rig.asks, 0);
    tap(EV_CASES);
    CHECK_EQ(rig.asks, 1);
    county_says(number_of_it, "received");
    county_says(number_of_it, "accepted");
    CHECK_EQ(rig.prints, 0);
    county_says(number_of_it, "granted");
    CHECK_EQ(state_now(), INSTANT_GRANTED);
    CHECK_STR(session_view(rig.session)->instant.number, "ZM-42");
    CHECK_EQ(rig.prints, 1);
    CHECK(last_slip_says("Granted on the spot. Its number: ZM-42"));
    tap(EV_CASES);
    county_says(number_of_it, "granted");
    CHECK_EQ(rig.asks, 1);
    CHECK_EQ(rig.prints, 1);
    teardown();
}

static void test_instant_slip_comes_without_the_answer_in_time(void **state)
{
    (void)state;
    setup();
    hand_in("J06");
    fake_clock_advance(&rig.clock, INSTANT_WAIT_MS - 1);
    tap(EV_TOUCHED);
    tap(EV_TIME);
    CHECK_EQ(rig.prints, 0);
    fake_clock_advance(&rig.clock, 1);
    CHECK(session_deadline_ms(rig.session) <= rig.clock.boot);
    tap(EV_TIME);
    CHECK_EQ(screen(), SCREEN_DONE);
    CHECK_EQ(state_now(), INSTANT_LATER);
    CHECK_EQ(rig.prints, 1);
    CHECK(!last_slip_says("Granted on the spot"));
    county_says(number_of_it, "granted"); /* too late for this slip */
    CHECK_EQ(rig.prints, 1);
    teardown();
}

static void test_instant_slip_comes_out_however_the_visit_goes_on(void **state)
{
    static const enum event_kind ends[] = { EV_EXIT, EV_NEXT, EV_CARD_READ };
    (void)state;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        setup();
        hand_in("J06");
        if (ends[i] == EV_CARD_READ)
            card(&person_b);
        else
            tap(ends[i]);
        CHECK_EQ(rig.prints, 1);
        CHECK(last_slip_says(number_of_it));
        if (ends[i] == EV_EXIT)
            CHECK(is_clean());
        county_says(number_of_it, "granted");
        CHECK_EQ(rig.prints, 1);
        teardown();
    }
}

static void test_instant_offline_is_under_progress_at_once(void **state)
{
    (void)state;
    setup();
    link_is(true, false);
    hand_in("J06");
    CHECK_EQ(state_now(), INSTANT_LATER);
    CHECK_EQ(rig.prints, 1);
    teardown();
}

static void test_instant_answer_about_somebody_elses_case_is_not_this_ones(void **state)
{
    (void)state;
    setup();
    hand_in("J06");
    county_says("K0012-000009-Y", "granted");
    CHECK_EQ(state_now(), INSTANT_WAITING);
    CHECK_EQ(rig.prints, 0);
    county_says(number_of_it, "correction_requested");
    CHECK_EQ(state_now(), INSTANT_LATER);
    CHECK_EQ(rig.prints, 1);
    teardown();
}

static void test_instant_other_matters_do_not_wait(void **state)
{
    (void)state;
    setup();
    to_done();
    CHECK_EQ(state_now(), INSTANT_NONE);
    CHECK_EQ(rig.prints, 1);
    tap(EV_CASES);
    CHECK_EQ(rig.asks, 0);
    teardown();
}

RUN(T(test_instant_slip_waits_and_says_what_was_granted),
    T(test_instant_slip_comes_without_the_answer_in_time),
    T(test_instant_slip_comes_out_however_the_visit_goes_on),
    T(test_instant_offline_is_under_progress_at_once),
    T(test_instant_answer_about_somebody_elses_case_is_not_this_ones),
    T(test_instant_other_matters_do_not_wait))
