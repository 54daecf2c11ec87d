/* links: tests/golden board/host ui/speech ui/screen ui/input ui/input/rare ui/input/handwriting ui/widget ui/text ui/canvas ui/present firmware/worker firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/service firmware/update drivers/stick firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/visits_rig.h"

/* Nobody is here: by night the glass is dark, by day it changes its picture now and then, and nothing of it wears into the panel. */

enum { MINUTE_MS = 60000, HOUR_MS = 60 * MINUTE_MS, NIGHT_MINUTES = 8 * 60, DARK_SUM = 3 * 40 };

static struct stage *stage;

static int open_all(void **state)
{
    int r = open_visits(state);
    stage = open_stage(&panels[0]);
    return r;
}

static int close_all(void **state)
{
    stage_free(stage);
    return close_visits(state);
}

/* The day begins at 15:46 on a Wednesday. */
static void begin(void)
{
    visits_begin(&visits, wishes_at(0));
    stage_forget(stage);
    (void)stage_update(stage, visits.session);
}

static enum rest after_minutes(int64_t minutes)
{
    later(&visits, minutes * MINUTE_MS);
    (void)stage_update(stage, visits.session);
    return view(&visits)->rest;
}

static void touch(enum touch_phase phase, int x, int y)
{
    struct event e = { .kind = EV_NONE };
    if (stage_touch(stage, (struct touch){ phase, x, y, visits.clock.boot }, &e))
        session_handle(visits.session, &e);
    (void)stage_update(stage, visits.session);
}

static int brightness(uint32_t pixel)
{
    return (int)(pixel >> 16 & 255) + (int)(pixel >> 8 & 255) + (int)(pixel & 255);
}

static int bright_percent(void)
{
    const struct canvas *c = stage_canvas(stage);
    int64_t bright = 0, all = (int64_t)c->width * c->height;
    for (int y = 0; y < c->height; y++)
        for (int x = 0; x < c->width; x++)
            bright += brightness(c->pixels[y * c->width + x]) > DARK_SUM;
    return (int)(bright * 100 / all);
}

static void test_rest_is_dark_by_night_and_not_while_somebody_may_come(void **state)
{
    (void)state;
    begin();
    CHECK_EQ(after_minutes(6 * 60 + 13), REST_CHANGE); /* 21:59 */
    CHECK(bright_percent() > 90);
    CHECK_EQ(after_minutes(1), REST_DARK);
    CHECK(bright_percent() < 5);
    CHECK_EQ(after_minutes(7 * 60 + 59), REST_DARK); /* 5:59 */
    CHECK_EQ(after_minutes(1), REST_NONE);
    CHECK(bright_percent() > 90);
}

static void test_rest_begins_when_nobody_came_for_minutes(void **state)
{
    (void)state;
    begin();
    CHECK_EQ(after_minutes(7 * 60), REST_DARK);
    touch(TOUCH_DOWN, 1, 1);
    touch(TOUCH_UP, 1, 1);
    CHECK_EQ(after_minutes(2), REST_NONE);
    CHECK_EQ(after_minutes(1), REST_DARK);
}

static void test_rest_wakes_by_a_touch_which_presses_nothing(void **state)
{
    (void)state;
    begin();
    CHECK_EQ(after_minutes(0), REST_NONE);
    const struct widget *w = page_find(stage_page(stage), "begin");
    CHECK(w);
    int x = w->box.x + w->box.w / 2, y = w->box.y + w->box.h / 2;
    CHECK_EQ(after_minutes(7 * 60), REST_DARK);
    CHECK(!page_find(stage_page(stage), "begin"));
    touch(TOUCH_DOWN, x, y);
    CHECK_EQ(view(&visits)->rest, REST_NONE);
    touch(TOUCH_UP, x, y);
    CHECK_EQ(view(&visits)->screen, SCREEN_ATTRACT);
    CHECK(page_find(stage_page(stage), "begin"));
    fake_clock_advance(&visits.clock, 1000);
    touch(TOUCH_DOWN, x, y);
    touch(TOUCH_UP, x, y);
    CHECK_EQ(view(&visits)->screen, SCREEN_HOME);
}

static void test_rest_keeps_nobody_out(void **state)
{
    (void)state;
    begin();
    CHECK_EQ(after_minutes(7 * 60), REST_DARK);
    visits_card(&visits, &visits.person);
    CHECK_EQ(view(&visits)->screen, SCREEN_HOME);
    CHECK_EQ(view(&visits)->rest, REST_NONE);
    begin();
    CHECK_EQ(after_minutes(7 * 60), REST_DARK);
    struct event e = { .kind = EV_NONE };
    CHECK(stage_key(stage, STAGE_KEY_LEFT, &e)); /* of the keypad */
    session_handle(visits.session, &e);
    CHECK_EQ(view(&visits)->rest, REST_NONE);
}

static void test_rest_takes_no_visit_away(void **state)
{
    (void)state;
    begin();
    visits_card(&visits, &visits.person);
    visits.clock.wall += INT64_C(8) * HOUR_MS;
    CHECK_EQ(view(&visits)->rest, REST_NONE);
    CHECK_EQ(view(&visits)->screen, SCREEN_HOME);
}

static void test_rest_changes_the_picture_for_a_minute_of_ten_by_day(void **state)
{
    (void)state;
    begin();
    int changes = 0;
    (void)after_minutes(13); /* 15:59 */
    for (int minute = 0; minute < 60; minute++)
        changes += after_minutes(1) == REST_CHANGE;
    CHECK_EQ(changes, 6);
}

/* A pixel that is lit all night is what a panel keeps. */
static void test_rest_lights_no_pixel_all_night(void **state)
{
    (void)state;
    const struct canvas *c = stage_canvas(stage);
    size_t count = (size_t)c->width * (size_t)c->height;
    int *lit = calloc(count, sizeof(*lit));
    CHECK(lit);
    begin();
    (void)after_minutes(6 * 60 + 13);
    for (int minute = 0; minute < NIGHT_MINUTES; minute++) {
        CHECK_EQ(after_minutes(1), REST_DARK);
        for (int y = 0; y < c->height; y++)
            for (int x = 0; x < c->width; x++)
                lit[y * c->width + x] += brightness(c->pixels[y * c->width + x]) > DARK_SUM;
    }
    int most = 0;
    for (size_t i = 0; i < count; i++)
        most = lit[i] > most ? lit[i] : most;
    printf("most lit: %d of %d minutes\n", most, NIGHT_MINUTES);
    free(lit);
    CHECK(most > 0 && most < NIGHT_MINUTES / 6);
}

static void test_rest_needs_a_clock(void **state)
{
    (void)state;
    struct link_facts facts = { .is_there = true,
                                .is_accepting = true,
                                .clock_quality = CLOCK_UNSET };
    begin();
    session_handle(visits.session, &(struct event){ .kind = EV_LINK, .link = &facts });
    CHECK_EQ(after_minutes(7 * 60), REST_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rest_is_dark_by_night_and_not_while_somebody_may_come),
        cmocka_unit_test(test_rest_begins_when_nobody_came_for_minutes),
        cmocka_unit_test(test_rest_wakes_by_a_touch_which_presses_nothing),
        cmocka_unit_test(test_rest_keeps_nobody_out),
        cmocka_unit_test(test_rest_takes_no_visit_away),
        cmocka_unit_test(test_rest_changes_the_picture_for_a_minute_of_ten_by_day),
        cmocka_unit_test(test_rest_lights_no_pixel_all_night),
        cmocka_unit_test(test_rest_needs_a_clock),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
