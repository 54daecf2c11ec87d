/* links: firmware/service firmware/update drivers/stick firmware/seal firmware/base */
#include "tests/support/shift_rig.h"

static void type_into(const char *field, const char *text)
{
    press(SHIFT_FIELD, field);
    for (; *text; text++)
        press(SHIFT_DIGIT, (const char[]){ *text, 0 });
}

static void facts(const char *trouble, int64_t tries)
{
    struct shift_news news = { .kind = SHIFT_FACTS };
    news.facts.is_known = true;
    news.facts.way.tries = tries;
    snprintf(news.facts.way.cable, sizeof(news.facts.way.cable), "in");
    snprintf(news.facts.way.address, sizeof(news.facts.way.address), "10.3.0.20");
    snprintf(news.facts.way.trouble, sizeof(news.facts.way.trouble), "%s", trouble);
    hear(news);
}

static void open_setup(void)
{
    come_in(ROLE_TECHNICIAN);
    press(SHIFT_OPEN, "network");
    press(SHIFT_OPEN, "wired");
    CHECK_EQ(view()->page, SHIFT_WIRED);
    CHECK_EQ(rig.last.kind, ORDER_SETTINGS);
    hear((struct shift_news){ .kind = SHIFT_SETTINGS });
}

static void test_shift_network_test_lasts_until_the_way_was_really_tried(void **state)
{
    (void)state;
    come_in(ROLE_TECHNICIAN);
    press(SHIFT_OPEN, "network");
    facts("silent", 7);
    press(SHIFT_DO, "");
    CHECK_EQ(rig.last.kind, ORDER_SYNC);
    hear((struct shift_news){ .kind = SHIFT_ANSWERED });
    facts("silent", 7); /* how it was before */
    CHECK_EQ(view()->work, STEP_NOW);
    facts("name", 8);
    CHECK_EQ(view()->work, STEP_WELL);
    CHECK_EQ(view()->way.lines[REACH_NAME].state, REACH_FAILED);
    press(SHIFT_DO, "");
    hear((struct shift_news){ .kind = SHIFT_ANSWERED, .said = SAY_SYNCD });
    CHECK_EQ(view()->work, STEP_FAILED);
}

static void test_shift_network_keeps_a_fixed_address_and_tests_the_way_with_it(void **state)
{
    (void)state;
    open_setup();
    CHECK(!view()->wired.typed.is_fixed);
    type_into("0", "1"); /* by DHCP there is nothing to type */
    CHECK_STR(view()->wired.typed.text[WIRED_ADDRESS], "");
    press(SHIFT_MODE, "fixed");
    type_into("0", "10.3.0.20x");
    type_into("1", "24");
    type_into("2", "10.3.0.12");
    press(SHIFT_ERASE, "");
    type_into("3", "10.3.0.53");
    press(SHIFT_DO, "");
    CHECK_EQ(rig.last.kind, ORDER_WIRED);
    CHECK_STR(rig.last.wired.text[WIRED_ADDRESS], "10.3.0.20");
    CHECK_STR(rig.last.wired.text[WIRED_GATEWAY], "10.3.0.1");
    CHECK_STR(rig.note, "network set fixed 10.3.0.20");
    press(SHIFT_DIGIT, "9"); /* too late */
    hear((struct shift_news){ .kind = SHIFT_KEPT });
    CHECK_EQ(view()->page, SHIFT_NETWORK);
    CHECK_EQ(view()->wired.step, STEP_WELL);
    CHECK_EQ(rig.last.kind, ORDER_SYNC);
    CHECK_EQ(view()->work, STEP_NOW);
}

static void test_shift_network_orders_nothing_that_is_wrong_and_shows_where(void **state)
{
    (void)state;
    open_setup();
    press(SHIFT_MODE, "fixed");
    type_into("0", "10.3.0.20");
    type_into("1", "24");
    type_into("2", "10.4.0.1");
    type_into("3", "10.3.0.53");
    press(SHIFT_DO, "");
    CHECK_EQ(rig.orders[ORDER_WIRED], 0);
    CHECK_EQ(view()->wired.trouble, WIRED_GATEWAY_AWAY);
    CHECK_EQ(view()->wired.field, WIRED_GATEWAY);
    press(SHIFT_ERASE, "");
    CHECK_EQ(view()->wired.trouble, WIRED_FINE);
}

static void test_shift_network_says_when_nobody_keeps_the_setting(void **state)
{
    (void)state;
    open_setup();
    press(SHIFT_MODE, "dhcp");
    press(SHIFT_DO, "");
    hear((struct shift_news){ .kind = SHIFT_KEPT, .said = SAY_NO_SETTINGS });
    CHECK_EQ(view()->page, SHIFT_WIRED);
    CHECK_EQ(view()->wired.step, STEP_FAILED);
    CHECK_EQ(view()->why, SAY_NO_SETTINGS);
    press(SHIFT_BACK, "");
    CHECK_EQ(view()->page, SHIFT_NETWORK);
}

static void test_shift_network_what_is_typed_is_not_replaced_by_what_comes_late(void **state)
{
    (void)state;
    struct shift_news late = { .kind = SHIFT_SETTINGS, .wired = { .is_fixed = false } };
    open_setup();
    press(SHIFT_MODE, "fixed");
    type_into("0", "10.3");
    hear(late);
    CHECK_STR(view()->wired.typed.text[WIRED_ADDRESS], "10.3");
}

static void test_shift_network_is_the_technicians_also_without_a_clock(void **state)
{
    (void)state;
    struct shift_news news = { .kind = SHIFT_PIN_SAID };
    come_in(ROLE_INSPECTOR);
    press(SHIFT_OPEN, "network");
    CHECK_EQ(view()->page, SHIFT_MENU);
    plug(SAY_CLOCK, ROLE_TECHNICIAN);
    type("480913");
    press(SHIFT_ENTER, "");
    news.pin.is_right = true;
    hear(news);
    press(SHIFT_OPEN, "wired"); /* not from the menu */
    CHECK_EQ(view()->page, SHIFT_MENU);
    press(SHIFT_OPEN, "network");
    press(SHIFT_OPEN, "wired");
    CHECK_EQ(view()->page, SHIFT_WIRED);
}

static void test_shift_of_a_new_kiosk_joins_it_and_opens_nothing_of_a_queue(void **state)
{
    (void)state;
    struct shift_news joined = { .kind = SHIFT_JOINED,
                                 .join = { JOIN_REQUESTED, "", "1A2B-3C4D" } };
    rig.is_new = true;
    come_in(ROLE_TECHNICIAN);
    rig.is_new = false;
    press(SHIFT_OPEN, "carry");
    CHECK_EQ(view()->page, SHIFT_MENU);
    press(SHIFT_OPEN, "join");
    press(SHIFT_DO, "");
    CHECK_EQ(rig.last.kind, ORDER_JOIN);
    CHECK(view()->is_busy);
    press(SHIFT_END, ""); /* the stick is being written */
    CHECK_EQ(view()->page, SHIFT_JOIN);
    hear(joined);
    CHECK(!view()->is_busy);
    CHECK_EQ(view()->joining.step, JOIN_REQUESTED);
    CHECK_STR(rig.note, "join well requested");
    press(SHIFT_DO, ""); /* the stick came back */
    joined.join = (struct join_report){ JOIN_DONE, "K0099", "1A2B-3C4D" };
    hear(joined);
    CHECK_STR(view()->joining.kiosk, "K0099");
    int orders = rig.orders[ORDER_JOIN];
    press(SHIFT_DO, "");
    CHECK_EQ(rig.orders[ORDER_JOIN], orders); /* once is enough */
}

RUN(T(test_shift_network_test_lasts_until_the_way_was_really_tried),
    T(test_shift_network_keeps_a_fixed_address_and_tests_the_way_with_it),
    T(test_shift_network_orders_nothing_that_is_wrong_and_shows_where),
    T(test_shift_network_says_when_nobody_keeps_the_setting),
    T(test_shift_network_what_is_typed_is_not_replaced_by_what_comes_late),
    T(test_shift_network_is_the_technicians_also_without_a_clock),
    T(test_shift_of_a_new_kiosk_joins_it_and_opens_nothing_of_a_queue))
