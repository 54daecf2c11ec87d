/* links: tests/platform firmware/case firmware/calendar sync/carry sync/feed sync/uplink sync/queue firmware/service firmware/update drivers/stick firmware/seal firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "firmware/base/log.h"
#include "tests/support/carry_world.h"
#include "tests/support/check.h"

/* Three kiosks that are never online, three sticks, one county: 500 items. Sticks are swapped, copied and put back as they
 * were days ago, cut short, left half written. In the end each item is at the county once, and every kiosk knows. */

static void test_500_items_of_three_kiosks_arrive_once_however_sticks_travel(void **state)
{
    (void)state;
    log_set_level((enum log_level)0);
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct world w;
        world_build(&w, seed);
        for (unsigned step = 0; step < 250; step++)
            world_happens(&w);
        while (w.made < ITEMS)
            world_apply(&w);
        unsigned rounds = world_go_round(&w);
        world_check_end(&w);
        print_message("journey %u: %u replayed, %u damaged, %u broken off, %u by network, "
                      "%u rounds to the end\n",
                      (unsigned)seed, w.replayed, w.cut, w.broken_off, w.by_network, rounds);
        CHECK(rounds <= 3);
        world_tear_down(&w);
    }
}

static void test_what_is_on_the_stick_already_is_not_written_again(void **state)
{
    struct world w;
    struct errand_report first, second;
    (void)state;
    world_build(&w, 50);
    carry_kiosk_submit(&w.kiosks[0], 0, 30, 300);
    CHECK_EQ(carry_kiosk_errand(&w.kiosks[0], &first, w.sticks[0], NULL), SAY_WELL);
    CHECK_EQ(carry_kiosk_errand(&w.kiosks[0], &second, w.sticks[0], NULL), SAY_WELL);
    CHECK_EQ(first.loads, 1);
    CHECK_EQ(first.items, 30);
    CHECK_EQ(second.loads, 0);
    CHECK_EQ(second.loads_there, 1);
    world_tear_down(&w);
}

/* The medium has rotted: size and name are as they were. */
static void test_a_load_that_rotted_on_the_way_is_written_anew(void **state)
{
    struct world w;
    struct errand_report report;
    char path[1200];
    (void)state;
    world_build(&w, 53);
    carry_kiosk_submit(&w.kiosks[0], 0, 8, 300);
    world_errand(&w, 0, 0);
    snprintf(path, sizeof(path),
             "cd '%s/ONETRIP' && printf x | dd of=$(ls out-*) bs=1 seek=900 conv=notrunc "
             "status=none",
             w.sticks[0]);
    CHECK_EQ(system(path), 0);
    CHECK_EQ(stick_county_visit(w.county, w.sticks[0], false), 1);
    CHECK_EQ(stick_county_ask(w.county, "SELECT count(*) FROM item"), 0);
    CHECK_EQ(carry_kiosk_errand(&w.kiosks[0], &report, w.sticks[0], NULL), SAY_WELL);
    CHECK_EQ(report.loads, 1);
    CHECK_EQ(stick_county_visit(w.county, w.sticks[0], false), 0);
    CHECK_EQ(stick_county_ask(w.county, "SELECT count(*) FROM item"), 8);
    world_tear_down(&w);
}

static void test_large_items_travel_in_loads_of_their_own(void **state)
{
    struct world w;
    struct errand_report report;
    (void)state;
    world_build(&w, 51);
    carry_kiosk_submit(&w.kiosks[1], 0, 3, 3 * 1024 * 1024);
    carry_kiosk_submit(&w.kiosks[1], 3, 2, 300);
    CHECK_EQ(carry_kiosk_errand(&w.kiosks[1], &report, w.sticks[1], NULL), SAY_WELL);
    CHECK_EQ(report.loads, 3);
    CHECK_EQ(report.items, 5);
    CHECK_EQ(stick_county_visit(w.county, w.sticks[1], false), 0);
    CHECK_EQ(stick_county_ask(w.county, "SELECT count(*) FROM item"), 5);
    CHECK_EQ(carry_kiosk_errand(&w.kiosks[1], &report, w.sticks[1], NULL), SAY_WELL);
    CHECK_EQ(report.settled, 5);
    world_tear_down(&w);
}

/* The county loses what it had and says so; an answer of before it must not settle what is lost. */
static void test_a_restored_county_gets_again_what_it_lost(void **state)
{
    struct world w;
    struct errand_report report;
    (void)state;
    world_build(&w, 52);
    carry_kiosk_submit(&w.kiosks[0], 0, 10, 300);
    world_errand(&w, 0, 0);
    CHECK_EQ(stick_county_visit(w.county, w.sticks[0], false), 0);
    world_copy_stick(w.sticks[1], w.sticks[0]); /* the answer of before */
    CHECK_EQ(carry_kiosk_errand(&w.kiosks[0], &report, w.sticks[0], NULL), SAY_WELL);
    CHECK_EQ(report.settled, 10);
    stick_county_restore(w.county, 4);
    CHECK_EQ(stick_county_visit(w.county, w.sticks[0], false), 0);
    CHECK_EQ(carry_kiosk_errand(&w.kiosks[0], &report, w.sticks[0], NULL), SAY_WELL);
    CHECK_EQ(carry_kiosk_count(&w.kiosks[0], ITEM_QUEUED), 6); /* four are in the new answer */
    CHECK_EQ(report.items, 6);
    CHECK_EQ(carry_kiosk_errand(&w.kiosks[0], &report, w.sticks[1], NULL), SAY_WELL);
    CHECK_EQ(report.trouble, SAY_HISTORY);
    CHECK_EQ(carry_kiosk_count(&w.kiosks[0], ITEM_QUEUED), 6);
    CHECK_EQ(stick_county_visit(w.county, w.sticks[0], false), 0);
    CHECK_EQ(stick_county_ask(w.county, "SELECT count(*) FROM item"), 10);
    world_errand(&w, 0, 0);
    CHECK_EQ(carry_kiosk_count(&w.kiosks[0], ITEM_ACCEPTED), 10);
    world_tear_down(&w);
}

/* A stick is on its way for days; the moment of pressing is reckoned from the moment of writing. */
static void test_the_moment_of_an_application_survives_the_journey(void **state)
{
    struct world w;
    (void)state;
    world_build(&w, 54);
    struct carry_kiosk *k = &w.kiosks[0];
    k->clock.wall = 1700000000000; /* 2023-11-14T22:13:20Z: long before this test runs */
    carry_kiosk_submit(k, 0, 1, 300);
    fake_clock_advance(&k->clock, 3600 * 1000);
    k->clock.wall += 90 * 1000; /* the county's time, heard in between, was 90 s ahead */
    world_errand(&w, 0, 0);
    CHECK_EQ(stick_county_visit(w.county, w.sticks[0], false), 0);
    CHECK_EQ(stick_county_ask(w.county, "SELECT submitted_at='2023-11-14T22:14:50Z' AND "
                                        "clock_basis='boot' FROM item"),
             1);
    world_tear_down(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_500_items_of_three_kiosks_arrive_once_however_sticks_travel),
        T(test_what_is_on_the_stick_already_is_not_written_again),
        T(test_a_load_that_rotted_on_the_way_is_written_anew),
        T(test_large_items_travel_in_loads_of_their_own),
        T(test_a_restored_county_gets_again_what_it_lost),
        T(test_the_moment_of_an_application_survives_the_journey),
    };
    return cmocka_run_group_tests(tests, world_start, world_stop);
}
