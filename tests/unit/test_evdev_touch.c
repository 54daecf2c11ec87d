/* links: ui/present ui/canvas firmware/base */
#include "tests/support/check.h"
#include "ui/present/evdev.h"

enum { W = 1080, H = 1920 };

static const struct evdev_axis axis_x = { 0, 4095 }, axis_y = { 0, 4095 };

static struct evdev_touch panel(bool is_multi)
{
    struct evdev_touch t;
    struct rect glass = { 0, 0, W, H };
    evdev_touch_start(&t, axis_x, axis_y, is_multi);
    evdev_touch_place(&t, (struct evdev_lie){ 0 }, glass, glass);
    return t;
}

static bool say(struct evdev_touch *t, int type, int code, int value)
{
    struct input_event e = { .type = (__u16)type, .code = (__u16)code, .value = value };
    return evdev_touch_take(t, &e);
}

static void put(struct evdev_touch *t, int slot, int id, int x, int y)
{
    say(t, EV_ABS, ABS_MT_SLOT, slot);
    say(t, EV_ABS, ABS_MT_TRACKING_ID, id);
    say(t, EV_ABS, ABS_MT_POSITION_X, x);
    say(t, EV_ABS, ABS_MT_POSITION_Y, y);
}

static void end_report(struct evdev_touch *t)
{
    say(t, EV_SYN, SYN_REPORT, 0);
}

#define EXPECT(t, want_kind, want_x, want_y) \
    do {                                     \
        struct input got_;                   \
        CHECK(evdev_touch_next((t), &got_)); \
        CHECK_EQ(got_.kind, (want_kind));    \
        CHECK_EQ(got_.x, (want_x));          \
        CHECK_EQ(got_.y, (want_y));          \
    } while (0)

static void expect_nothing(struct evdev_touch *t)
{
    struct input got;
    CHECK(!evdev_touch_next(t, &got));
}

static void test_evdev_one_finger_taps_where_it_is(void **state)
{
    (void)state;
    struct evdev_touch t = panel(true);
    put(&t, 0, 7, 2048, 1024);
    expect_nothing(&t); /* half a report is no touch */
    end_report(&t);
    say(&t, EV_ABS, ABS_MT_TRACKING_ID, -1);
    end_report(&t);
    EXPECT(&t, INPUT_DOWN, 540, 480);
    EXPECT(&t, INPUT_UP, 540, 480);
    expect_nothing(&t);
}

static void test_evdev_the_whole_range_covers_the_whole_glass(void **state)
{
    (void)state;
    struct evdev_touch t = panel(true);
    put(&t, 0, 1, 0, 0);
    end_report(&t);
    put(&t, 0, 1, 4095, 4095);
    end_report(&t);
    put(&t, 0, 1, 99999, -5); /* a panel that says more than it promised */
    end_report(&t);
    EXPECT(&t, INPUT_DOWN, 0, 0);
    EXPECT(&t, INPUT_MOVE, W - 1, 0);
}

/* A palm lies down while somebody writes; it is neither a second stroke nor a jump of the first. */
static void test_evdev_a_second_finger_changes_nothing(void **state)
{
    (void)state;
    struct evdev_touch t = panel(true);
    put(&t, 0, 1, 1000, 1000);
    end_report(&t);
    EXPECT(&t, INPUT_DOWN, 263, 468);
    put(&t, 3, 2, 4000, 4000);
    end_report(&t);
    put(&t, 3, 2, 3000, 3000);
    end_report(&t);
    expect_nothing(&t);
    say(&t, EV_ABS, ABS_MT_SLOT, 0);
    say(&t, EV_ABS, ABS_MT_TRACKING_ID, -1);
    end_report(&t);
    EXPECT(&t, INPUT_UP, 263, 468);
    put(&t, 3, 2, 2000, 2000); /* the palm alone does not count either */
    end_report(&t);
    expect_nothing(&t);
    put(&t, 0, 3, 2048, 2048);
    end_report(&t);
    EXPECT(&t, INPUT_DOWN, 540, 960);
}

/* Lifted and put down again between two reports: the kernel tells only of the new id. */
static void test_evdev_a_new_finger_in_the_same_slot_is_a_new_touch(void **state)
{
    (void)state;
    struct evdev_touch t = panel(true);
    put(&t, 0, 1, 0, 0);
    end_report(&t);
    put(&t, 0, 2, 2048, 2048);
    end_report(&t);
    EXPECT(&t, INPUT_DOWN, 0, 0);
    EXPECT(&t, INPUT_UP, 0, 0);
    EXPECT(&t, INPUT_DOWN, 540, 960);
    expect_nothing(&t);
}

static void test_evdev_lost_events_cancel_the_finger(void **state)
{
    (void)state;
    struct evdev_touch t = panel(true);
    put(&t, 0, 1, 0, 0);
    end_report(&t);
    EXPECT(&t, INPUT_DOWN, 0, 0);
    CHECK(!say(&t, EV_SYN, SYN_DROPPED, 0));
    put(&t, 0, 9, 4000, 4000); /* not to be trusted */
    CHECK(say(&t, EV_SYN, SYN_REPORT, 0));
    EXPECT(&t, INPUT_CANCEL, 0, 0);
    const int ids[] = { -1, 9 };
    evdev_touch_resync(&t, 1, ids, 2);
    say(&t, EV_ABS, ABS_MT_POSITION_X, 100); /* slot 1: an old finger */
    end_report(&t);
    expect_nothing(&t);
    put(&t, 0, 10, 2048, 2048);
    end_report(&t);
    EXPECT(&t, INPUT_DOWN, 540, 960);
}

static void test_evdev_slots_beyond_ours_are_left_alone(void **state)
{
    (void)state;
    struct evdev_touch t = panel(true);
    put(&t, 99, 1, 100, 100);
    put(&t, -1, 2, 100, 100);
    end_report(&t);
    expect_nothing(&t);
    put(&t, EVDEV_SLOTS - 1, 3, 2048, 2048);
    end_report(&t);
    EXPECT(&t, INPUT_DOWN, 540, 960);
}

static void test_evdev_nobody_listening_gets_no_half_touch(void **state)
{
    (void)state;
    struct evdev_touch t = panel(true);
    for (int i = 0; i < 40; i++) {
        put(&t, 0, i, 100 * (i % 40), 0);
        end_report(&t);
        say(&t, EV_ABS, ABS_MT_TRACKING_ID, -1);
        end_report(&t);
    }
    struct input got;
    bool is_down = true; /* whoever listened before may have seen one */
    size_t count = 0;
    while (evdev_touch_next(&t, &got)) {
        CHECK(is_down || got.kind == INPUT_DOWN);
        CHECK(!(is_down && count && got.kind == INPUT_DOWN));
        is_down = got.kind == INPUT_DOWN || got.kind == INPUT_MOVE;
        count++;
    }
    CHECK(!is_down && count <= EVDEV_PENDING);
}

static void test_evdev_moves_nobody_took_are_one(void **state)
{
    (void)state;
    struct evdev_touch t = panel(true);
    put(&t, 0, 1, 0, 0);
    end_report(&t);
    for (int i = 1; i < 100; i++) {
        put(&t, 0, 1, 40 * i, 0);
        end_report(&t);
    }
    EXPECT(&t, INPUT_DOWN, 0, 0);
    EXPECT(&t, INPUT_MOVE, 3960 * W / 4096, 0);
    expect_nothing(&t);
}

/* A panel that was unplugged under the finger. */
static void test_evdev_a_panel_that_goes_cancels(void **state)
{
    (void)state;
    struct evdev_touch t = panel(false);
    say(&t, EV_ABS, ABS_X, 2048);
    say(&t, EV_ABS, ABS_Y, 2048);
    say(&t, EV_KEY, BTN_LEFT, 1);
    end_report(&t);
    EXPECT(&t, INPUT_DOWN, 540, 960);
    evdev_touch_end(&t);
    EXPECT(&t, INPUT_CANCEL, 540, 960);
    evdev_touch_end(&t);
    expect_nothing(&t);
}

static void test_evdev_a_pointer_touches_only_with_its_button(void **state)
{
    (void)state;
    struct evdev_touch t = panel(false);
    say(&t, EV_ABS, ABS_X, 100);
    end_report(&t);
    say(&t, EV_KEY, BTN_RIGHT, 1);
    say(&t, EV_KEY, KEY_ENTER, 1);
    end_report(&t);
    expect_nothing(&t);
    say(&t, EV_KEY, BTN_TOUCH, 1);
    end_report(&t);
    say(&t, EV_KEY, BTN_TOUCH, 2); /* a repeat is no touch */
    say(&t, EV_ABS, ABS_X, 2048);
    end_report(&t);
    say(&t, EV_KEY, BTN_TOUCH, 0);
    end_report(&t);
    EXPECT(&t, INPUT_DOWN, 100 * W / 4096, 0);
    EXPECT(&t, INPUT_MOVE, 540, 0);
    EXPECT(&t, INPUT_UP, 540, 0);
}

static void test_evdev_a_turned_panel_touches_the_turned_picture(void **state)
{
    (void)state;
    static const struct {
        struct evdev_lie lie;
        int x, y;
    } rows[] = {
        { { false, false, false }, 270, 1440 }, { { true, false, false }, 810, 480 },
        { { true, true, false }, 269, 480 },    { { true, false, true }, 810, 1439 },
        { { false, true, true }, 809, 479 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct evdev_touch t = panel(true);
        evdev_touch_place(&t, rows[i].lie, (struct rect){ 0, 0, W, H },
                          (struct rect){ 0, 0, W, H });
        put(&t, 0, 1, 1024, 3072);
        end_report(&t);
        EXPECT(&t, INPUT_DOWN, rows[i].x, rows[i].y);
    }
}

/* The black beside a smaller picture belongs to its edge, never to a place outside the canvas. */
static void test_evdev_touches_beside_the_picture_are_at_its_edge(void **state)
{
    (void)state;
    struct evdev_touch t = panel(true);
    evdev_touch_place(&t, (struct evdev_lie){ 0 }, (struct rect){ 0, 0, 1200, 1920 },
                      (struct rect){ 60, 0, 1080, 1920 });
    put(&t, 0, 1, 0, 0);
    end_report(&t);
    put(&t, 0, 2, 4095, 4095);
    end_report(&t);
    EXPECT(&t, INPUT_DOWN, 0, 0);
    EXPECT(&t, INPUT_UP, 0, 0);
    EXPECT(&t, INPUT_DOWN, 1079, 1919);
}

static void test_evdev_an_axis_without_a_range_is_no_division(void **state)
{
    (void)state;
    struct evdev_touch t = panel(true);
    evdev_touch_start(&t, (struct evdev_axis){ 5, 5 }, (struct evdev_axis){ INT32_MIN, INT32_MAX },
                      true);
    evdev_touch_place(&t, (struct evdev_lie){ 0 }, (struct rect){ 0, 0, W, H },
                      (struct rect){ 0, 0, W, H });
    put(&t, 0, 1, 5, INT32_MAX);
    end_report(&t);
    EXPECT(&t, INPUT_DOWN, 0, H - 1);
}

static void test_evdev_only_devices_of_the_table_are_known(void **state)
{
    (void)state;
    static const struct touch_model models[] = { { 0x0eef, 0xc000, NULL, { 0 } },
                                                 { 0, 0, "Goodix Capacitive TouchScreen", { 0 } },
                                                 { 0 } };
    CHECK(touch_model_find(models, 0x0eef, 0xc000, "anything") == &models[0]);
    CHECK(touch_model_find(models, 0x0eef, 0xc001, "eGalax") == NULL);
    CHECK(touch_model_find(models, 0, 0, "Goodix Capacitive TouchScreen") == &models[1]);
    CHECK(touch_model_find(models, 0, 0, "Goodix") == NULL);
    CHECK(touch_model_find(models, 0x046d, 0xc31c, "Logitech USB Keyboard") == NULL);
    CHECK(touch_model_find(&models[2], 0, 0, "") == NULL);
}

static void test_evdev_panel_has_a_name_that_can_be_written_down(void **state)
{
    char name[EVDEV_NAME];
    (void)state;
    evdev_name(name, "Goodix Capacitive TouchScreen");
    CHECK_STR(name, "Goodix Capacitive TouchScreen");
    evdev_name(name, "a/b\n\"c");
    CHECK_STR(name, "a_b__c");
    evdev_name(name, "");
    CHECK_STR(name, "unnamed");
    evdev_name(name, "0123456789012345678901234567890123456789012345678901234567890123456789");
    CHECK_EQ(strlen(name), EVDEV_NAME - 1);
}

RUN(T(test_evdev_panel_has_a_name_that_can_be_written_down),
    T(test_evdev_one_finger_taps_where_it_is), T(test_evdev_the_whole_range_covers_the_whole_glass),
    T(test_evdev_a_second_finger_changes_nothing),
    T(test_evdev_a_new_finger_in_the_same_slot_is_a_new_touch),
    T(test_evdev_lost_events_cancel_the_finger), T(test_evdev_slots_beyond_ours_are_left_alone),
    T(test_evdev_nobody_listening_gets_no_half_touch), T(test_evdev_moves_nobody_took_are_one),
    T(test_evdev_a_panel_that_goes_cancels), T(test_evdev_a_pointer_touches_only_with_its_button),
    T(test_evdev_a_turned_panel_touches_the_turned_picture),
    T(test_evdev_touches_beside_the_picture_are_at_its_edge),
    T(test_evdev_an_axis_without_a_range_is_no_division),
    T(test_evdev_only_devices_of_the_table_are_known))
