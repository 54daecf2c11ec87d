/* links: firmware/session firmware/practice firmware/case firmware/calendar firmware/point firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

static const struct session_view *view(void)
{
    return session_view(rig.session);
}

static void leave(void)
{
    tap(EV_EXIT);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    fake_clock_advance(&rig.clock, INT64_C(86400000) * 3);
}

static void hand_in_again(void)
{
    rig.submits = 0;
    to_done();
}

static void test_trips_knows_who_was_here_for_the_same_matter_and_only_that(void **state)
{
    (void)state;
    static struct trips t;
    trips_begin(&t);
    CHECK_EQ(trips_note(&t, person_a.number, "D01", 1000), 0);
    CHECK_EQ(trips_note(&t, person_a.number, "D01", 1000 + TRIPS_DAYS), 1);
    CHECK_EQ(trips_note(&t, person_a.number, "D01", 1001 + TRIPS_DAYS),
             1); /* the first is too old */
    CHECK(!memmem(&t, sizeof(t), person_a.number, 18));
}

/* The tags are two bytes of an HMAC under the key: the same under another key says something else. */
static void test_trips_tags_depend_on_a_key_that_is_drawn_anew(void **state)
{
    (void)state;
    static struct trips a, b;
    uint8_t sum[SHA256_BYTES];
    static const char text[] = "339999199001010013|D01";
    trips_begin(&a);
    trips_begin(&b);
    CHECK(memcmp(a.key, b.key, sizeof(a.key)) != 0);
    (void)trips_note(&a, person_a.number, "D01", 1);
    hmac_sha256(sum, a.key, sizeof(a.key), text, strlen(text));
    CHECK_EQ(a.list[0].tag, sum[0] << 8 | sum[1]);
}

/* Of a thousand strangers hardly one is taken for somebody who was here, and each tag fits many people. */
static void test_trips_takes_few_strangers_for_somebody_who_was_here(void **state)
{
    (void)state;
    static struct trips t;
    char number[24];
    int wrong = 0;
    trips_begin(&t);
    for (int i = 0; i < 1000; i++) {
        snprintf(number, sizeof(number), "33999919%010d", i);
        wrong += trips_note(&t, number, "D01", 1000) != 0;
    }
    CHECK(wrong < 40); /* 7.6 expected */
    static bool seen[65536];
    int shared = 0;
    for (int i = 0; i < 200000; i++) {
        uint8_t sum[SHA256_BYTES];
        int n = snprintf(number, sizeof(number), "%d", i);
        hmac_sha256(sum, t.key, sizeof(t.key), number, (size_t)n);
        shared += seen[sum[0] << 8 | sum[1]];
        seen[sum[0] << 8 | sum[1]] = true;
    }
    CHECK(shared > 100000);
}

static void test_trips_keeps_no_more_than_its_places(void **state)
{
    (void)state;
    static struct trips t;
    char number[24];
    trips_begin(&t);
    for (int i = 0; i < TRIPS_KEPT + 1; i++) {
        snprintf(number, sizeof(number), "%d", i);
        (void)trips_note(&t, number, "D01", 1000);
    }
    CHECK_EQ(t.count, TRIPS_KEPT + 1);
}

static void test_again_is_asked_after_the_receipt_of_a_second_trip_and_never_before(void **state)
{
    (void)state;
    setup();
    to_done();
    CHECK_EQ(view()->trips_before, 0);
    tap(EV_OPEN_AGAIN);
    CHECK_EQ(screen(), SCREEN_DONE);
    leave();
    rig.submits = 0;
    fill_subsidy();
    tap(EV_OPEN_AGAIN);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    CHECK_EQ(view()->trips_before, 0);
    tap(EV_EXIT);
    tap(EV_END);
    hand_in_again();
    CHECK_EQ(view()->trips_before, 1);
    tap(EV_OPEN_AGAIN);
    CHECK_EQ(screen(), SCREEN_ASIDE);
    session_handle(rig.session,
                   &(struct event){ .kind = EV_ASIDE_CHOOSE, .name = "", .number = 2 });
    tap(EV_NEXT);
    reserve_answered();
    happen(EV_SUBMITTED, rig.token, "K0012-000002-Y");
    CHECK_STR(rig.kind, "repeat");
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(json_string_value(json_object_get(item, "reason")), "no-answer");
    CHECK_EQ(json_integer_value(json_object_get(item, "trips")), 2);
    CHECK_STR(json_string_value(json_object_get(item, "case")), "K0012-000001-X");
    CHECK(json_is_null(json_object_get(item, "resident")));
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_DONE);
    CHECK(view()->is_asked_again);
    teardown();
}

static void test_again_is_not_for_another_matter_another_person_or_the_same_visit(void **state)
{
    (void)state;
    setup();
    to_done();
    tap(EV_NEXT); /* another matter: the same one for a second child */
    rig.submits = 0;
    submit_subsidy();
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(view()->trips_before, 0);
    teardown();
}

static void test_what_is_kept_of_a_trip_after_the_visit_names_nobody(void **state)
{
    (void)state;
    setup();
    to_done();
    leave();
    CHECK(is_clean());
    CHECK_EQ(rig.session->trips.count, 1);
    teardown();
}

RUN(T(test_trips_knows_who_was_here_for_the_same_matter_and_only_that),
    T(test_trips_tags_depend_on_a_key_that_is_drawn_anew),
    T(test_trips_takes_few_strangers_for_somebody_who_was_here),
    T(test_trips_keeps_no_more_than_its_places),
    T(test_again_is_asked_after_the_receipt_of_a_second_trip_and_never_before),
    T(test_again_is_not_for_another_matter_another_person_or_the_same_visit),
    T(test_what_is_kept_of_a_trip_after_the_visit_names_nobody))
