/* links: sync/update firmware/update sync/uplink sync/queue firmware/seal firmware/base */
#include <stdio.h>

#include "tests/support/check.h"
#include "tests/support/update_depot.h"

/* Power cuts at every write, flush and renaming while an update is fetched, and while the installer's answer is taken. ready.json
 * never stands beside anything but the whole file; nothing is lost that cannot be fetched again; an answer is told once. */

enum { HOUR = 3600 * 1000, SEEDS = 4 };

static void check_promise(uint64_t cut, uint64_t seed)
{
    if (depot_has_file(PLACE_READY) && !depot_bundle_is_whole())
        fail_msg("cut %llu, seed %llu: the installer is sent to half a file",
                 (unsigned long long)cut, (unsigned long long)seed);
}

static void offer(void)
{
    depot_offer("1.4.0", ",\"from_hour\":0,\"to_hour\":0");
}

static uint64_t fetch_under(uint64_t seed, uint64_t cut)
{
    depot_begin(seed);
    offer();
    storm_cut_at(cut);
    depot_live(HOUR);
    uint64_t operations = storm_operations();
    CHECK(!cut || storm_is_dark());
    depot_cut();
    check_promise(cut, seed);
    depot_live(6 * HOUR);
    check_promise(cut, seed);
    if (updater_state(depot.updater) != UPDATER_READY || !depot_bundle_is_whole())
        fail_msg("cut %llu, seed %llu: it never arrives (%s)", (unsigned long long)cut,
                 (unsigned long long)seed, depot_says("state"));
    depot_end();
    return operations;
}

static void test_a_power_cut_at_any_moment_of_fetching_costs_time_alone(void **state)
{
    (void)state;
    uint64_t operations = fetch_under(1, 0);
    CHECK(operations > 30);
    for (uint64_t cut = 1; cut <= operations; cut++)
        for (uint64_t seed = 1; seed <= SEEDS; seed++)
            fetch_under(seed, cut);
    print_message("%llu operations, %d ways each\n", (unsigned long long)operations, SEEDS);
}

static uint64_t answer_under(uint64_t seed, uint64_t cut)
{
    depot_begin(seed);
    offer();
    depot_live(HOUR);
    depot_put_file(PLACE_RESULT,
                   "{\"version\":\"1.4.0\",\"outcome\":\"fell-back\",\"reason\":\"no reader\"}");
    storm_cut_at(cut);
    depot_live(2 * UPDATE_LOOK_MS);
    uint64_t operations = storm_operations();
    depot_cut();
    depot_live(6 * HOUR);
    if (depot_events("update-fell-back") != 1)
        fail_msg("cut %llu, seed %llu: told %d times", (unsigned long long)cut,
                 (unsigned long long)seed, depot_events("update-fell-back"));
    CHECK_STR(depot_says("outcome"), "fell-back");
    CHECK_STR(depot_says("state"), "none");
    CHECK(!depot_has_file(PLACE_RESULT) && !depot_has_file(PLACE_READY) &&
          !depot_has_file(PLACE_BUNDLE));
    depot_end();
    return operations;
}

static void test_a_power_cut_while_the_answer_is_taken_tells_it_once(void **state)
{
    (void)state;
    uint64_t operations = answer_under(1, 0);
    CHECK(operations > 8);
    for (uint64_t cut = 1; cut <= operations; cut++)
        for (uint64_t seed = 1; seed <= SEEDS; seed++)
            answer_under(seed, cut);
    print_message("%llu operations, %d ways each\n", (unsigned long long)operations, SEEDS);
}

/* The instrument: on a disk that lies about flushing, half a file does bear the name. */
static void test_a_disk_that_lies_about_flushing_is_found_out(void **state)
{
    unsigned found = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        depot_begin(seed);
        offer();
        storm_lie(true);
        depot_live(HOUR);
        CHECK_EQ(updater_state(depot.updater), UPDATER_READY);
        storm_lie(false);
        depot_cut();
        found += depot_has_file(PLACE_READY) && !depot_bundle_is_whole();
        depot_end();
    }
    CHECK(found > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_a_power_cut_at_any_moment_of_fetching_costs_time_alone),
        T(test_a_power_cut_while_the_answer_is_taken_tells_it_once),
        T(test_a_disk_that_lies_about_flushing_is_found_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
