/* links: tests/golden board/host ui/speech ui/screen ui/input ui/input/rare ui/input/handwriting ui/widget ui/text ui/canvas ui/present firmware/worker firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/service firmware/update drivers/stick firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/visits_rig.h"
#include "ui/screen/scene.h"

/* Whoever waits sees that something goes on: a sign comes after a moment and turns, on every page that waits. */

enum { LONG_MS = 5000, FEWEST = 12 };

static int show(struct stage *stage)
{
    return stage_update(stage, visits.session).count;
}

static void go(struct stage *stage, const struct place *place, struct wishes w)
{
    visits_begin(&visits, w);
    place->go(&visits);
    stage_show_shift(stage, visits.shift ? shift_view(visits.shift) : NULL);
    (void)show(stage);
    while (stage_deadline_ms(stage) <= visits.clock.boot) /* its fonts are opened meanwhile */
        (void)show(stage);
}

static void pass_on_to(int64_t due)
{
    fake_clock_advance(&visits.clock, due - visits.clock.boot);
}

static void see_it_turn(struct stage *stage, const struct place *place)
{
    int64_t begun = visits.clock.boot;
    printf("%s\n", place->name);
    CHECK_EQ(stage_deadline_ms(stage), begun + SPINNER_AFTER_MS);
    for (int turn = 0; turn < 3; turn++) {
        pass_on_to(begun + SPINNER_AFTER_MS + turn * SPINNER_STEP_MS);
        CHECK(show(stage));
        CHECK_EQ(stage_deadline_ms(stage), visits.clock.boot + SPINNER_STEP_MS);
    }
}

static void test_wait_sign_comes_after_a_moment_and_turns_on_every_page_that_waits(void **state)
{
    AUTO(stage_free) struct stage *stage = open_stage(&panels[0]);
    int seen = 0;
    (void)state;
    for (size_t i = 0; i < place_count; i++)
        if (places[i].wait_ms) {
            go(stage, &places[i], wishes_at(0));
            see_it_turn(stage, &places[i]);
            seen++;
        }
    CHECK(seen >= FEWEST);
}

static const struct place *place_named(const char *name)
{
    for (size_t i = 0; i < place_count; i++)
        if (!strcmp(places[i].name, name))
            return &places[i];
    return NULL;
}

/* One that has typed for minutes has not waited for minutes. */
static void test_wait_sign_counts_from_the_wait_not_from_the_page(void **state)
{
    AUTO(stage_free) struct stage *stage = open_stage(&panels[0]);
    (void)state;
    go(stage, place_named("enrol-typed"), wishes_at(0));
    fake_clock_advance(&visits.clock, LONG_MS);
    (void)show(stage);
    visits_event(&visits, EV_TYPE, "", "222");
    tap(&visits, EV_NEXT);
    (void)show(stage);
    CHECK(session_view(visits.session)->enrol.is_moving);
    CHECK_EQ(stage_deadline_ms(stage), visits.clock.boot + SPINNER_AFTER_MS);
}

static void test_wait_sign_begins_anew_for_whoever_comes_next(void **state)
{
    AUTO(stage_free) struct stage *stage = open_stage(&panels[0]);
    (void)state;
    go(stage, place_named("enrol-asking"), wishes_at(0));
    fake_clock_advance(&visits.clock, LONG_MS);
    (void)show(stage);
    stage_forget(stage);
    (void)show(stage);
    CHECK_EQ(stage_deadline_ms(stage), visits.clock.boot + SPINNER_AFTER_MS);
}

static void test_wait_sign_that_may_not_move_comes_once_and_stands(void **state)
{
    AUTO(stage_free) struct stage *stage = open_stage(&panels[0]);
    (void)state;
    go(stage, place_named("fetching"), wishes_at(0));
    visits_event(&visits, EV_STILL, "", "");
    (void)show(stage);
    pass_on_to(stage_deadline_ms(stage));
    CHECK(show(stage));
    CHECK(stage_deadline_ms(stage) > visits.clock.boot + LONG_MS);
}

static void press(struct stage *stage, const char *id)
{
    const struct widget *w = page_find(stage_page(stage), id);
    struct event e;
    CHECK(w);
    stage_show(stage, w);
    (void)show(stage);
    struct rect box = page_touch_box(stage_page(stage), page_find(stage_page(stage), id));
    struct touch t = { TOUCH_DOWN, box.x + box.w / 2, box.y + box.h / 2, visits.clock.boot };
    CHECK(!stage_touch(stage, t, &e) || e.kind == EV_TOUCHED);
    fake_clock_advance(&visits.clock, 100);
    t.phase = TOUCH_UP;
    t.ms = visits.clock.boot;
    CHECK(stage_touch(stage, t, &e));
    session_handle(visits.session, &e);
    (void)show(stage);
}

static void test_wait_sign_is_stopped_on_the_page_of_help_and_let_go_there(void **state)
{
    AUTO(stage_free) struct stage *stage = open_stage(&panels[0]);
    (void)state;
    go(stage, place_named("help"), wishes_at(0));
    const bool *is_still = &session_view(visits.session)->preferences.is_still;
    CHECK(!*is_still);
    press(stage, "still");
    CHECK(*is_still);
    fake_clock_advance(&visits.clock, 1000); /* no double tap */
    press(stage, "still");
    CHECK(!*is_still);
}

#define T(name) cmocka_unit_test(name)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_wait_sign_comes_after_a_moment_and_turns_on_every_page_that_waits),
        T(test_wait_sign_counts_from_the_wait_not_from_the_page),
        T(test_wait_sign_begins_anew_for_whoever_comes_next),
        T(test_wait_sign_that_may_not_move_comes_once_and_stands),
        T(test_wait_sign_is_stopped_on_the_page_of_help_and_let_go_there),
    };
    return cmocka_run_group_tests(tests, open_visits, close_visits);
}
