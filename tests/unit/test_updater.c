/* links: sync/update firmware/update sync/uplink sync/queue firmware/seal firmware/base */
#include <stdio.h>

#include "tests/support/check.h"
#include "tests/support/update_depot.h"

/* Fetching an update: what a county, a line and a disk can do to it. Whatever it is, the old firmware runs on, and staff and
 * county read why. */

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE, NIGHT = 3 * HOUR, DAY = 24 * HOUR };

static int begin(void **state)
{
    (void)state;
    depot_begin(1);
    return 0;
}

static int end(void **state)
{
    (void)state;
    depot_end();
    return 0;
}

static void fetch_all(void)
{
    depot_offer("1.4.0", "");
    depot_live(NIGHT);
    CHECK_EQ(updater_state(depot.updater), UPDATER_READY);
}

static void check_not_there(void)
{
    CHECK(!depot_has_file(PLACE_READY));
    CHECK(!depot_has_file(PLACE_BUNDLE));
}

/* ---- well ---------------------------------------------------------------------------- */

static void test_updater_fetches_at_night_and_tells_the_installer(void **state)
{
    struct bytes ready AUTO_BYTES = { 0 };
    char want[300];
    (void)state;
    fetch_all();
    CHECK(depot_bundle_is_whole());
    CHECK_EQ(place_get(storm_disk(), PLACE_READY, &ready, 1000), 0);
    CHECK_EQ(bytes_append_byte(&ready, 0), 0);
    snprintf(want, sizeof(want),
             "{\"downgrade\":false,\"file\":\"update.raucb\",\"sha256\":\"%s\",\"size\":%d,"
             "\"version\":\"1.4.0\"}",
             depot_sum(), DEPOT_BUNDLE_BYTES);
    CHECK_STR((char *)ready.data, want);
    CHECK(depot_has_file(PLACE_MANIFEST) && depot_has_file(PLACE_SIGNATURE));
    CHECK_STR(depot_says("percent"), "100");
    CHECK_STR(depot_says("trouble"), "");
    CHECK_EQ(depot.asked, DEPOT_BUNDLE_BYTES / UPDATE_PIECE_BYTES + 1);
    CHECK_EQ(depot_events("update-ready"), 1);
    CHECK(!depot_has_file("part") && !depot_has_file("part.json"));
}

static void test_updater_waits_for_the_night_and_begins_at_a_moment_of_its_own(void **state)
{
    (void)state;
    depot_offer("1.4.0", ",\"from_hour\":3,\"to_hour\":4");
    depot_live(HOUR);
    CHECK_EQ(depot.asked, 0);
    CHECK_EQ(updater_state(depot.updater), UPDATER_WAITING);
    depot_live(9 * MINUTE);
    CHECK_EQ(depot.asked, 0);
    depot_live(HOUR);
    CHECK_EQ(updater_state(depot.updater), UPDATER_READY);
}

static void test_updater_stops_in_the_morning_and_goes_on_the_next_night(void **state)
{
    (void)state;
    depot_offer("1.4.0", ",\"from_hour\":2,\"to_hour\":3");
    updater_set_rate(depot.updater, 1024);
    depot_live(5 * HOUR);
    int first = depot.asked;
    CHECK(first > 5 && first < 20);
    CHECK_EQ(updater_state(depot.updater), UPDATER_WAITING);
    updater_set_rate(depot.updater, 10 * 1024 * 1024);
    depot_live(DAY);
    CHECK_EQ(updater_state(depot.updater), UPDATER_READY);
    CHECK_EQ(depot.asked, DEPOT_BUNDLE_BYTES / UPDATE_PIECE_BYTES + 1); /* nothing twice */
}

static void test_updater_keeps_to_its_rate(void **state)
{
    (void)state;
    depot_offer("1.4.0", ",\"from_hour\":0,\"to_hour\":0");
    updater_set_rate(depot.updater, 64 * 1024);
    depot_live(60 * 1000);
    CHECK(depot.asked >= 14 && depot.asked <= 16);
}

static void test_updater_asks_nothing_while_the_time_of_the_county_is_not_known(void **state)
{
    (void)state;
    depot.clock.is_known = false;
    depot_offer("1.4.0", "");
    depot_live(NIGHT);
    CHECK_EQ(depot.asked, 0);
}

static void test_updater_goes_on_after_a_restart_where_it_surely_was(void **state)
{
    (void)state;
    depot_offer("1.4.0", ",\"from_hour\":0,\"to_hour\":0");
    updater_set_rate(depot.updater, 256 * 1024);
    depot_live(5500);
    CHECK_EQ(depot.asked, 6);
    depot_restart(); /* ends in good order: all of it is noted */
    depot_live(1000);
    CHECK_EQ(depot.first_byte % UPDATE_PIECE_BYTES, 0);
    CHECK(depot.first_byte >= INT64_C(6) * UPDATE_PIECE_BYTES);
    depot_live(HOUR);
    CHECK(depot_bundle_is_whole());
    CHECK_EQ(depot.asked, DEPOT_BUNDLE_BYTES / UPDATE_PIECE_BYTES + 1);
    depot_restart();
    CHECK_EQ(updater_state(depot.updater), UPDATER_READY);
}

/* ---- who is offered what ------------------------------------------------------------- */

static void test_updater_takes_what_is_for_it_alone(void **state)
{
    static const struct {
        const char *version, *more;
        enum updater_state state;
    } rows[] = {
        { "1.3.0", "", UPDATER_NONE },               /* runs here */
        { "1.4.0", ",\"percent\":0", UPDATER_NONE }, /* others first */
        { "1.4.0", ",\"percent\":0,\"kiosks\":[\"K0077\"]", UPDATER_NONE },
        { "1.4.0", ",\"percent\":0,\"kiosks\":[\"K0012\"]", UPDATER_READY },
        { "1.2.9", "", UPDATER_STUCK },                          /* back, unsigned */
        { "1.2.9", ",\"replaces\":[\"1.3.1\"]", UPDATER_STUCK }, /* back from another */
        { "1.2.9", ",\"replaces\":[\"1.3.0\"]", UPDATER_READY },
        { "1.10.0", "", UPDATER_READY },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        depot_end();
        depot_begin(1);
        depot_offer(rows[i].version, rows[i].more);
        depot_live(NIGHT);
        if (updater_state(depot.updater) != rows[i].state)
            fail_msg("row %zu: state %d", i, updater_state(depot.updater));
        CHECK(rows[i].state == UPDATER_READY || !depot.asked);
    }
    depot_offer_nothing(); /* called back */
    CHECK_EQ(updater_state(depot.updater), UPDATER_NONE);
    check_not_there();
}

static void test_updater_lets_go_of_what_is_no_longer_offered(void **state)
{
    (void)state;
    depot_offer("1.4.0", ",\"from_hour\":0,\"to_hour\":0");
    updater_set_rate(depot.updater, 256 * 1024);
    depot_live(3500);
    CHECK(depot_has_file("part"));
    depot_offer_nothing();
    CHECK(!depot_has_file("part"));
    depot_live(HOUR);
    CHECK_EQ(depot.asked, 4);
    fetch_all();
    depot_offer_nothing();
    check_not_there();
    CHECK_STR(depot_says("state"), "none");
}

static void test_updater_takes_nothing_from_a_document_it_cannot_read(void **state)
{
    (void)state;
    depot_offer("1.4.0", ",\"from_hour\":99");
    depot_live(NIGHT);
    CHECK_EQ(depot.asked, 0);
    depot_offer("one", "");
    depot_live(NIGHT);
    CHECK_EQ(depot.asked, 0);
}

/* ---- badly --------------------------------------------------------------------------- */

static void test_updater_survives_every_answer_and_says_what_was_wrong(void **state)
{
    static const struct {
        enum twist twist;
        const char *trouble;
    } rows[] = {
        { TWIST_SHORT, "another piece" },
        { TWIST_LONG, "another piece" },
        { TWIST_ENDLESS, "more than was asked for" },
        { TWIST_RANGE, "another piece" },
        { TWIST_NO_RANGE, "another size" },
        { TWIST_OTHER_SIZE, "another size" },
        { TWIST_WHOLE, "in pieces" },
        { TWIST_SHORTER, "shorter" },
        { TWIST_ELSEWHERE, "points elsewhere" },
        { TWIST_ABSENT, "does not have the file" },
        { TWIST_REFUSED, "refuses this kiosk" },
        { TWIST_BUSY, "busy" },
        { TWIST_PORTAL, "something else answers" },
        { TWIST_DEAD, "cannot be reached" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        depot_end();
        depot_begin(1);
        depot.twist = rows[i].twist;
        depot.twist_from = 5;
        depot.twist_count = -1;
        depot_offer("1.4.0", ",\"from_hour\":0,\"to_hour\":0");
        depot_live(6 * HOUR);
        if (!strstr(depot_says("trouble"), rows[i].trouble))
            fail_msg("%d: %s", rows[i].twist, depot_says("trouble"));
        if (updater_state(depot.updater) != UPDATER_FETCHING &&
            updater_state(depot.updater) != UPDATER_WAITING)
            fail_msg("%d: state %s", rows[i].twist, depot_says("state"));
        check_not_there();
        CHECK(depot.asked < (rows[i].twist == TWIST_BUSY ? 6000 : 120)); /* it does not hammer */
        depot.twist = TWIST_NONE;
        depot_live(6 * HOUR);
        CHECK_EQ(updater_state(depot.updater), UPDATER_READY);
        CHECK(depot_bundle_is_whole());
        CHECK_STR(depot_says("trouble"), "");
    }
}

static void test_updater_that_came_damaged_is_fetched_anew_and_not_for_ever(void **state)
{
    (void)state;
    depot.twist = TWIST_BYTE;
    depot.twist_from = 3;
    depot.twist_count = 1;
    fetch_all();
    CHECK_EQ(depot_events("update-damaged"), 1);
    CHECK(depot_bundle_is_whole());

    depot_end();
    depot_begin(2);
    depot.twist = TWIST_BYTE;
    depot.twist_count = -1;
    depot_offer("1.4.0", ",\"from_hour\":0,\"to_hour\":0");
    depot_live(6 * HOUR);
    CHECK_EQ(updater_state(depot.updater), UPDATER_STUCK);
    CHECK_EQ(depot_events("update-damaged"), UPDATE_WRONG_SUMS);
    CHECK_EQ(depot.asked, UPDATE_WRONG_SUMS * (DEPOT_BUNDLE_BYTES / UPDATE_PIECE_BYTES + 1));
    CHECK(strstr(depot_says("trouble"), "damaged 3 times") != NULL);
    check_not_there();
    int asked = depot.asked;
    depot_restart(); /* a restart is no new budget */
    depot_live(DAY);
    CHECK_EQ(depot.asked, asked);
    CHECK_EQ(updater_state(depot.updater), UPDATER_STUCK);
}

/* What went wrong on the disk between writing and reading is found too. */
static void test_updater_sums_what_the_disk_gives_back(void **state)
{
    (void)state;
    depot_offer("1.4.0", ",\"from_hour\":0,\"to_hour\":0");
    updater_set_rate(depot.updater, 256 * 1024);
    depot_live(2500);
    CHECK(storm_damage("part", 1000, 0xEE));
    updater_set_rate(depot.updater, 10 * 1024 * 1024);
    depot_live(HOUR);
    CHECK_EQ(depot_events("update-damaged"), 1);
    CHECK(depot_bundle_is_whole());
}

/* ---- room ---------------------------------------------------------------------------- */

static void test_updater_leaves_room_for_applications(void **state)
{
    (void)state;
    storm_set_room(INT64_C(129) << 20, INT64_C(512) << 20); /* 1 MiB above the floor */
    depot_offer("1.4.0", ",\"from_hour\":0,\"to_hour\":0");
    depot_live(HOUR);
    CHECK_EQ(depot.asked, 0);
    CHECK(strstr(depot_says("trouble"), "no room") != NULL);
    storm_set_room(INT64_C(140) << 20, INT64_C(512) << 20);
    updater_set_rate(depot.updater, 256 * 1024);
    depot_live(10 * MINUTE + 3000);
    CHECK(depot.asked > 0);
    storm_set_room(INT64_C(129) << 20, INT64_C(512) << 20); /* somebody hands in scans */
    depot_live(5 * MINUTE);
    int asked = depot.asked;
    depot_live(HOUR);
    CHECK_EQ(depot.asked, asked);
    storm_set_room(INT64_C(140) << 20, INT64_C(512) << 20);
    depot_live(HOUR);
    CHECK(depot_bundle_is_whole());
}

static void test_updater_floor_is_a_quarter_and_not_more_than_it_need_be(void **state)
{
    static const int64_t mib = 1 << 20, gib = 1 << 30;
    (void)state;
    CHECK(update_has_room(200 * mib, 512 * mib, 72 * mib));
    CHECK(!update_has_room(200 * mib, 512 * mib, 73 * mib));
    CHECK(update_has_room(5 * gib, 100 * gib, gib));
    CHECK(!update_has_room(4 * gib, 100 * gib, 1));
    CHECK(!update_has_room(10 * mib, 8 * mib, 11 * mib));
    CHECK(!update_has_room(0, 512 * mib, 1));
}

static void test_updater_bears_a_disk_that_refuses(void **state)
{
    (void)state;
    depot_offer("1.4.0", ",\"from_hour\":0,\"to_hour\":0");
    updater_set_rate(depot.updater, 256 * 1024);
    depot_live(2500);
    storm_refuse(-ENOSPC);
    depot_live(5 * MINUTE);
    check_not_there();
    CHECK(*depot_says("trouble"));
    storm_refuse(0);
    depot_live(2 * HOUR);
    CHECK(depot_bundle_is_whole());
}

/* ---- the installer's answer ---------------------------------------------------------- */

static void test_updater_tells_the_answer_once_and_tidies_up(void **state)
{
    static const char *const outcomes[] = { "refused", "fell-back" };
    char text[200], word[40];
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        depot_end();
        depot_begin(1);
        fetch_all();
        snprintf(text, sizeof(text),
                 "{\"version\":\"1.4.0\",\"outcome\":\"%s\",\"reason\":\"the screen stayed dark\"}",
                 outcomes[i]);
        depot_put_file(PLACE_RESULT, text);
        depot_live(2 * UPDATE_LOOK_MS);
        snprintf(word, sizeof(word), "update-%s", outcomes[i]);
        CHECK_EQ(depot_events(word), 1);
        CHECK_EQ(depot.answers, 1);
        CHECK(!depot_has_file(PLACE_RESULT));
        check_not_there();
        CHECK(!depot_has_file(PLACE_MANIFEST) && !depot_has_file(PLACE_SIGNATURE));
        CHECK_STR(depot_says("outcome"), outcomes[i]);
        CHECK_STR(depot_says("reason"), "the screen stayed dark");
        depot.asked = 0;
        depot_restart();
        depot_live(DAY); /* the same file is not tried again */
        CHECK_EQ(depot.asked, 0);
        CHECK_EQ(depot_events(word), 1);
        CHECK_STR(depot_says("outcome"), outcomes[i]);
    }
}

/* It was installed, and still what runs is older than what the county offers: power went in three starts of the new slot, so the one
 * before runs again. */
static void test_updater_fetches_anew_what_was_installed_and_lost_a_few_times(void **state)
{
    (void)state;
    fetch_all();
    for (int times = 1; times <= UPDATE_INSTALLS; times++) {
        depot_live(DAY);
        CHECK_EQ(updater_state(depot.updater), UPDATER_READY);
        depot_put_file(PLACE_RESULT,
                       "{\"version\":\"1.4.0\",\"outcome\":\"installed\",\"reason\":\"\"}");
        depot_live(2 * UPDATE_LOOK_MS);
        CHECK_EQ(depot_events("update-installed"), times);
        CHECK_EQ(depot.answers, times);
        CHECK_STR(depot_says("outcome"), "installed");
    }
    check_not_there();
    depot.asked = 0;
    depot_restart();
    depot_live(DAY);
    CHECK_EQ(depot.asked, 0);
}

/* The county offers the next while the last is still on trial. */
static void test_updater_an_answer_of_the_last_leaves_the_next(void **state)
{
    (void)state;
    fetch_all();
    depot_put_file(PLACE_RESULT,
                   "{\"version\":\"1.3.0\",\"outcome\":\"installed\",\"reason\":\"\"}");
    depot_live(2 * UPDATE_LOOK_MS);
    CHECK_EQ(depot_events("update-installed"), 1);
    CHECK(!depot_has_file(PLACE_RESULT));
    for (int i = 0; i < 2; i++) {
        CHECK_EQ(updater_state(depot.updater), UPDATER_READY);
        CHECK(depot_has_file(PLACE_READY) && depot_bundle_is_whole());
        depot_restart();
        depot_live(2 * UPDATE_LOOK_MS);
    }
    CHECK_EQ(depot_events("update-installed"), 1);
    depot_put_file(PLACE_RESULT,
                   "{\"version\":\"1.4.0\",\"outcome\":\"installed\",\"reason\":\"\"}");
    depot_live(2 * UPDATE_LOOK_MS);
    CHECK_EQ(depot_events("update-installed"), 2);
}

/* Back in the slot before, it is fetched once more until the verdict is here. */
static void test_updater_an_answer_tells_of_which_file_it_is(void **state)
{
    char text[300];
    (void)state;
    for (int is_whole = 0; is_whole < 2; is_whole++) {
        depot_end();
        depot_begin(1);
        if (is_whole) {
            fetch_all();
        } else {
            depot_offer("1.4.0", ",\"from_hour\":0,\"to_hour\":0");
            updater_set_rate(depot.updater, 256 * 1024);
            depot_live(3500);
            CHECK(depot_has_file("part"));
        }
        snprintf(text, sizeof(text),
                 "{\"version\":\"1.4.0\",\"sha256\":\"%s\",\"outcome\":\"fell-back\","
                 "\"reason\":\"the screen stayed dark\"}",
                 depot_sum());
        depot_put_file(PLACE_RESULT, text);
        depot_live(2 * UPDATE_LOOK_MS);
        CHECK_EQ(depot_events("update-fell-back"), 1);
        check_not_there();
        CHECK(!depot_has_file("part"));
        depot.asked = 0;
        depot_restart();
        depot_live(DAY);
        CHECK_EQ(depot.asked, 0);
        CHECK_STR(depot_says("outcome"), "fell-back");
    }
}

static void test_updater_an_answer_of_another_file_leaves_what_is_ready(void **state)
{
    char text[300];
    (void)state;
    fetch_all();
    snprintf(text, sizeof(text),
             "{\"version\":\"1.4.0\",\"sha256\":\"%064d\",\"outcome\":\"fell-back\"}", 7);
    depot_put_file(PLACE_RESULT, text);
    depot_live(2 * UPDATE_LOOK_MS);
    CHECK_EQ(depot_events("update-fell-back"), 1);
    CHECK_EQ(updater_state(depot.updater), UPDATER_READY);
    CHECK(depot_has_file(PLACE_READY) && depot_bundle_is_whole());
}

static void test_updater_the_same_answer_a_second_time_is_news(void **state)
{
    static const char text[] =
        "{\"version\":\"1.4.0\",\"outcome\":\"refused\",\"reason\":\"by stick\"}";
    (void)state;
    for (int i = 0; i < 2; i++) {
        depot_put_file(PLACE_RESULT, text);
        depot_live(2 * UPDATE_LOOK_MS);
        CHECK_EQ(depot_events("update-refused"), i + 1);
    }
}

static void test_updater_an_answer_that_makes_no_sense_is_said_and_gone(void **state)
{
    static const char *const bad[] = { "",
                                       "{",
                                       "[]",
                                       "{\"version\":\"1.4.0\",\"outcome\":\"maybe\"}",
                                       "{\"version\":\"new\",\"outcome\":\"installed\"}",
                                       "{\"outcome\":\"installed\"}" };
    char huge[PLACE_SMALL_MAX + 100];
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        depot_put_file(PLACE_RESULT, bad[i]);
        depot_live(2 * UPDATE_LOOK_MS);
        CHECK(!depot_has_file(PLACE_RESULT));
        CHECK_EQ(depot_events("update-unclear"), (int)i + 1);
    }
    memset(huge, ' ', sizeof(huge) - 1);
    huge[sizeof(huge) - 1] = 0;
    depot_put_file(PLACE_RESULT, huge);
    depot_live(2 * UPDATE_LOOK_MS);
    CHECK(!depot_has_file(PLACE_RESULT));
}

static void test_updater_an_answer_is_one_line_whatever_is_in_it(void **state)
{
    struct install_result r;
    static const char text[] =
        "{\"version\":\"1.4.0\",\"outcome\":\"refused\",\"reason\":\"a\\nb\\u001b[31m\\u202ec\"}";
    (void)state;
    CHECK_EQ(install_result_read(&r, text, sizeof(text) - 1), 0);
    CHECK_STR(r.reason, "a b [31m c");
}

#define U(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        U(test_updater_fetches_at_night_and_tells_the_installer),
        U(test_updater_waits_for_the_night_and_begins_at_a_moment_of_its_own),
        U(test_updater_stops_in_the_morning_and_goes_on_the_next_night),
        U(test_updater_keeps_to_its_rate),
        U(test_updater_asks_nothing_while_the_time_of_the_county_is_not_known),
        U(test_updater_goes_on_after_a_restart_where_it_surely_was),
        U(test_updater_takes_what_is_for_it_alone),
        U(test_updater_lets_go_of_what_is_no_longer_offered),
        U(test_updater_takes_nothing_from_a_document_it_cannot_read),
        U(test_updater_survives_every_answer_and_says_what_was_wrong),
        U(test_updater_that_came_damaged_is_fetched_anew_and_not_for_ever),
        U(test_updater_sums_what_the_disk_gives_back),
        U(test_updater_leaves_room_for_applications),
        U(test_updater_floor_is_a_quarter_and_not_more_than_it_need_be),
        U(test_updater_bears_a_disk_that_refuses),
        U(test_updater_tells_the_answer_once_and_tidies_up),
        U(test_updater_fetches_anew_what_was_installed_and_lost_a_few_times),
        U(test_updater_an_answer_of_the_last_leaves_the_next),
        U(test_updater_an_answer_tells_of_which_file_it_is),
        U(test_updater_an_answer_of_another_file_leaves_what_is_ready),
        U(test_updater_the_same_answer_a_second_time_is_news),
        U(test_updater_an_answer_that_makes_no_sense_is_said_and_gone),
        U(test_updater_an_answer_is_one_line_whatever_is_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
