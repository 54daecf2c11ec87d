/* links: firmware/session firmware/practice firmware/case firmware/calendar firmware/point firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

static const struct bell *bell(void)
{
    return &session_view(rig.session)->bell;
}

static void ring(void)
{
    tap(EV_OPEN_HELP);
    tap(EV_RING);
}

static void stored(void)
{
    reserve_answered();
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
}

static void county_says(const char *receipt, const char *state, const char *by)
{
    struct case_view answer = { .where = CASE_COUNTY, .fact_count = 1 };
    struct event e = { .kind = EV_CASE, .answer = &answer };
    snprintf(answer.receipt, sizeof(answer.receipt), "%s", receipt);
    snprintf(answer.state, sizeof(answer.state), "%s", state);
    snprintf(answer.facts[0].name, sizeof(answer.facts[0].name), "by");
    snprintf(answer.facts[0].value, sizeof(answer.facts[0].value), "%s", by);
    session_handle(rig.session, &e);
}

static void wait_ms(int64_t ms)
{
    rig.clock.boot += ms;
    tap(EV_TIME);
}

/* ---- without the county ------------------------------------------------------------------ */

static void test_bell_offline_is_said_aloud_and_told_later(void **state)
{
    (void)state;
    setup();
    link_is(true, false);
    to_home();
    ring();
    CHECK_EQ(rig.rings, 1);
    CHECK_EQ(bell()->state, BELL_RINGING);
    CHECK(bell()->is_offline);
    stored();
    CHECK_STR(rig.kind, "bell");
    wait_ms(BELL_ANSWER_MS);
    CHECK_EQ(bell()->state, BELL_UNANSWERED);
    CHECK(bell()->is_kept);
    CHECK_EQ(screen(), SCREEN_HELP);
    teardown();
}

static void test_bell_that_cannot_be_kept_is_said_aloud_all_the_same(void **state)
{
    (void)state;
    setup();
    link_is(false, false);
    ring();
    CHECK_EQ(rig.rings, 1);
    CHECK_EQ(rig.reserves, 0);
    wait_ms(BELL_ANSWER_MS);
    CHECK_EQ(bell()->state, BELL_UNANSWERED);
    CHECK(!bell()->is_kept);
    teardown();
}

static void test_bell_refused_by_the_queue_is_never_said_to_be_kept(void **state)
{
    (void)state;
    setup();
    ring();
    reserve_answered();
    happen(EV_NOT_SUBMITTED, rig.token, "disk");
    wait_ms(BELL_ANSWER_MS);
    CHECK_EQ(bell()->state, BELL_UNANSWERED);
    CHECK(!bell()->is_kept);
    teardown();
}

/* ---- with it ----------------------------------------------------------------------------- */

static void test_bell_names_the_matter_and_nobody(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    happen(EV_OPEN_SERVICE, "D01", "");
    ring();
    stored();
    AUTO(json_release) json_t *item = opened_item();
    const json_t *manifest = json_object_get(item, "manifest");
    CHECK_STR(json_string_value(json_object_get(manifest, "kind")), "bell");
    CHECK_STR(json_string_value(json_object_get(manifest, "item_code")), "D01");
    CHECK(json_is_null(json_object_get(item, "resident")));
    CHECK_EQ(json_object_size(item), 3);
    teardown();
}

static void test_bell_is_answered_by_name_on_whatever_page(void **state)
{
    (void)state;
    setup();
    fill_subsidy();
    ring();
    stored();
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    int asked = rig.asks;
    tap(EV_CASES);
    CHECK_EQ(rig.asks, asked + 1);
    county_says("K0012-000009-X", "coming", "another's");
    CHECK_EQ(bell()->state, BELL_RINGING);
    county_says("K0012-000001-X", "coming", "李明");
    CHECK_EQ(bell()->state, BELL_COMING);
    CHECK_STR(bell()->by, "李明");
    CHECK_EQ(screen(), SCREEN_REVIEW);
    CHECK_STR(answer_to("kind"), "limb");
    wait_ms(BELL_ANSWER_MS);
    CHECK_EQ(bell()->state, BELL_COMING);
    teardown();
}

static void test_bell_whoever_comes_late_is_still_said_to_come(void **state)
{
    (void)state;
    setup();
    ring();
    stored();
    wait_ms(BELL_ANSWER_MS);
    tap(EV_CASES);
    county_says("K0012-000001-X", "coming", "李明");
    CHECK_EQ(bell()->state, BELL_COMING);
    teardown();
}

static void test_bell_that_the_county_found_late_is_unanswered(void **state)
{
    (void)state;
    setup();
    ring();
    stored();
    county_says("K0012-000001-X", "open", "");
    CHECK_EQ(bell()->state, BELL_UNANSWERED);
    tap(EV_RING);
    CHECK_EQ(bell()->state, BELL_RINGING);
    CHECK_EQ(rig.rings, 2);
    teardown();
}

static void test_bell_rings_once_however_often_it_is_touched(void **state)
{
    (void)state;
    setup();
    ring();
    tap(EV_RING);
    tap(EV_RING);
    CHECK_EQ(rig.rings, 1);
    CHECK_EQ(rig.reserves, 1);
    teardown();
}

static void test_bell_of_one_visit_is_unknown_to_the_next(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    ring();
    stored();
    tap(EV_EXIT);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK(is_clean());
    county_says("K0012-000001-X", "coming", "李明");
    CHECK_EQ(bell()->state, BELL_QUIET);
    teardown();
}

static void test_bell_in_practice_calls_nobody(void **state)
{
    (void)state;
    setup();
    CHECK(session_begin_practice(rig.session));
    ring();
    CHECK_EQ(rig.rings, 0);
    CHECK_EQ(rig.reserves, 0);
    CHECK_EQ(bell()->state, BELL_QUIET);
    teardown();
}

RUN(T(test_bell_offline_is_said_aloud_and_told_later),
    T(test_bell_that_cannot_be_kept_is_said_aloud_all_the_same),
    T(test_bell_refused_by_the_queue_is_never_said_to_be_kept),
    T(test_bell_names_the_matter_and_nobody), T(test_bell_is_answered_by_name_on_whatever_page),
    T(test_bell_whoever_comes_late_is_still_said_to_come),
    T(test_bell_that_the_county_found_late_is_unanswered),
    T(test_bell_rings_once_however_often_it_is_touched),
    T(test_bell_of_one_visit_is_unknown_to_the_next), T(test_bell_in_practice_calls_nobody))
