/* links: firmware/service firmware/update drivers/stick firmware/seal firmware/base */
#include "tests/support/shift_rig.h"

static void begin_cleaning(enum role role)
{
    come_in(role);
    walk_to(SHIFT_CLEAN);
    CHECK_EQ(view()->page, SHIFT_CLEAN);
    CHECK_EQ(view()->clean_left_ms, SHIFT_CLEAN_MS);
}

static void test_shift_takes_no_touch_while_the_glass_is_wiped(void **state)
{
    (void)state;
    begin_cleaning(ROLE_PAPER);
    for (int event = SHIFT_TOUCHED; event < SHIFT_TIME; event++) {
        press((enum shift_event)event, "menu");
        CHECK_EQ(view()->page, SHIFT_CLEAN);
    }
    later(SHIFT_CLEAN_MS - 1);
    CHECK_EQ(view()->page, SHIFT_CLEAN);
    CHECK_EQ(view()->clean_left_ms, 1);
    later(1);
    CHECK_EQ(view()->page, SHIFT_MENU);
    CHECK_STR(rig.note, "clean the glass");
}

static void test_shift_counts_cleaning_down_second_by_second(void **state)
{
    (void)state;
    begin_cleaning(ROLE_TECHNICIAN);
    for (int second = 1; second < SHIFT_CLEAN_MS / 1000; second++) {
        uint64_t seen = view()->revision;
        int64_t due = shift_deadline_ms(rig.shift) - rig.clock.boot;
        CHECK(due > 0 && due <= 1000);
        later(due);
        CHECK_EQ(view()->clean_left_ms, SHIFT_CLEAN_MS - second * INT64_C(1000));
        CHECK(view()->revision > seen);
    }
}

static void test_shift_ends_when_the_stick_is_pulled_while_the_glass_is_wiped(void **state)
{
    (void)state;
    begin_cleaning(ROLE_CLERK);
    hear((struct shift_news){ .kind = SHIFT_GONE });
    CHECK_EQ(view()->page, SHIFT_AWAY);
    CHECK_EQ(view()->serial[0], 0);
}

static void test_shift_counts_anew_when_the_glass_is_wiped_again(void **state)
{
    (void)state;
    begin_cleaning(ROLE_PAPER);
    later(SHIFT_CLEAN_MS);
    CHECK_EQ(view()->page, SHIFT_MENU);
    walk_to(SHIFT_CLEAN);
    CHECK_EQ(view()->clean_left_ms, SHIFT_CLEAN_MS);
    later(5000);
    CHECK_EQ(view()->page, SHIFT_CLEAN);
}

static void test_shift_lets_no_inspector_wipe(void **state)
{
    (void)state;
    come_in(ROLE_INSPECTOR);
    press(SHIFT_OPEN, "clean");
    CHECK_EQ(view()->page, SHIFT_MENU);
}

RUN(T(test_shift_takes_no_touch_while_the_glass_is_wiped),
    T(test_shift_counts_cleaning_down_second_by_second),
    T(test_shift_ends_when_the_stick_is_pulled_while_the_glass_is_wiped),
    T(test_shift_counts_anew_when_the_glass_is_wiped_again), T(test_shift_lets_no_inspector_wipe))
