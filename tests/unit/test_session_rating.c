/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

static const struct rating_view *rating(void)
{
    return &session_view(rig.session)->rating;
}

static void rate(int level)
{
    session_handle(rig.session, &(struct event){ .kind = EV_RATE, .name = "", .number = level });
}

static void reason(int tag)
{
    session_handle(rig.session, &(struct event){ .kind = EV_RATE_TAG, .name = "", .number = tag });
}

static void send(void)
{
    tap(EV_NEXT);
    reserve_answered();
    happen(EV_SUBMITTED, rig.token, "K0012-000002-Y");
}

static void
test_rating_is_sealed_for_the_county_and_names_the_application_not_the_person(void **state)
{
    (void)state;
    setup();
    to_rating();
    rate(2);
    reason(0);
    reason(2);
    reason(2); /* chosen, and not any more */
    send();
    CHECK_EQ(rating()->state, RATING_THANKED);
    CHECK_EQ(rig.submits, 2);
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(json_string_value(json_object_get(json_object_get(item, "manifest"), "kind")),
              "rating");
    json_t *said = json_object_get(item, "rating");
    CHECK_EQ(json_integer_value(json_object_get(said, "level")), 2);
    CHECK_STR(json_string_value(json_object_get(said, "case")), "K0012-000001-X");
    CHECK_EQ(json_array_size(json_object_get(said, "tags")), 1);
    CHECK(json_is_null(json_object_get(item, "resident")));
    teardown();
}

static void test_rating_comes_after_the_receipt_and_once(void **state)
{
    (void)state;
    setup();
    submit_subsidy();
    tap(EV_OPEN_RATING);
    CHECK_EQ(screen(), SCREEN_SUBMITTING);
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    tap(EV_OPEN_RATING);
    rate(5);
    send();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_DONE);
    tap(EV_OPEN_RATING);
    CHECK_EQ(screen(), SCREEN_DONE);
    teardown();
}

static void test_rating_needs_a_grade_and_can_be_left_out(void **state)
{
    (void)state;
    setup();
    to_rating();
    tap(EV_NEXT);
    CHECK_EQ(rating()->state, RATING_OPEN);
    rate(0);
    rate(6);
    CHECK_EQ(rating()->level, 0);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_DONE);
    CHECK_EQ(rig.submits, 1);
    teardown();
}

static void test_rating_that_cannot_be_stored_says_so_and_the_application_stands(void **state)
{
    (void)state;
    setup();
    to_rating();
    rate(4);
    link_is(false, false);
    tap(EV_NEXT);
    CHECK_EQ(rating()->state, RATING_FAILED);
    CHECK_STR(session_view(rig.session)->receipt, "K0012-000001-X");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_DONE);
    teardown();
}

static void test_rating_stored_does_not_print_the_receipt_again(void **state)
{
    (void)state;
    setup();
    to_rating();
    rate(5);
    send();
    CHECK_EQ(rig.prints, 1);
    teardown();
}

static void test_rating_the_slip_is_watched_meanwhile(void **state)
{
    (void)state;
    setup();
    to_rating();
    number(EV_PRINT_STATE, PAPER_ASK);
    CHECK_EQ(session_view(rig.session)->paper, PAPER_ASK);
    teardown();
}

static void test_cover_hides_at_once_and_gives_everything_back(void **state)
{
    (void)state;
    setup();
    to_covered();
    CHECK_EQ(screen(), SCREEN_COVERED);
    tap(EV_CONTINUE);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK(session_view(rig.session)->has_card);
    teardown();
}

static void test_cover_left_alone_is_asked_about_and_ends_the_visit(void **state)
{
    (void)state;
    setup();
    to_covered();
    fake_clock_advance(&rig.clock, 60001);
    tap(EV_TIME);
    CHECK_EQ(screen(), SCREEN_STILL_THERE);
    fake_clock_advance(&rig.clock, 30001);
    tap(EV_TIME);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK(is_clean());
    teardown();
}

RUN(T(test_rating_is_sealed_for_the_county_and_names_the_application_not_the_person),
    T(test_rating_comes_after_the_receipt_and_once),
    T(test_rating_needs_a_grade_and_can_be_left_out),
    T(test_rating_that_cannot_be_stored_says_so_and_the_application_stands),
    T(test_rating_stored_does_not_print_the_receipt_again),
    T(test_rating_the_slip_is_watched_meanwhile),
    T(test_cover_hides_at_once_and_gives_everything_back),
    T(test_cover_left_alone_is_asked_about_and_ends_the_visit))
