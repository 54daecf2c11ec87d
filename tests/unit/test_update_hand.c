/* links: sync/update firmware/update sync/uplink sync/queue firmware/seal firmware/base */
#include <stdio.h>

#include "tests/support/check.h"
#include "tests/support/update_depot.h"

/* Firmware that staff bring: all or nothing of it lies ready, whatever happens to stick, disk and power in between; and what the
 * network was about goes on afterwards. */

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE, PIECE = UPDATE_PIECE_BYTES };

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

static const char *board = "virt-arm64";

static int begin_by_hand(const char *version, const char *more, int64_t *have)
{
    char text[900];
    uint8_t sum[SHA256_BYTES];
    struct bytes manifest AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    snprintf(text, sizeof(text),
             "{\"version\":9,\"updates\":[{\"kind\":\"firmware\",\"version\":\"%s\",\"board\":"
             "\"%s\",\"size\":%d,\"sha256\":\"%s\",\"percent\":0%s}]}",
             version, board, DEPOT_BUNDLE_BYTES, depot_sum(), more);
    CHECK_EQ(bytes_append_text(&manifest, text), 0);
    CHECK_EQ(bytes_append_text(&signature, "their signature"), 0);
    CHECK_EQ(hex_decode(sum, sizeof(sum), depot_sum()), 0);
    return updater_hand_begin(depot.updater, have, &manifest, &signature, sum);
}

/* Pieces from `from` until `to`; where it stops. */
static int64_t bring(int64_t from, int64_t to)
{
    while (from < to) {
        int64_t n = to - from < PIECE ? to - from : PIECE;
        if (updater_hand_piece(depot.updater, from, depot_bundle() + from, (size_t)n))
            break;
        from += n;
    }
    return from;
}

static void check_ready(void)
{
    struct bytes ready AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    CHECK_EQ(updater_state(depot.updater), UPDATER_READY);
    CHECK(depot_bundle_is_whole());
    CHECK_EQ(place_get(storm_disk(), PLACE_READY, &ready, 1000), 0);
    CHECK_EQ(bytes_append_byte(&ready, 0), 0);
    CHECK(strstr((char *)ready.data, "\"by_hand\":true") != NULL);
    CHECK_EQ(place_get(storm_disk(), PLACE_SIGNATURE, &signature, 1000), 0);
    CHECK_EQ(signature.length, strlen("their signature"));
}

static void check_nothing(void)
{
    CHECK(!depot_has_file(PLACE_READY) && !depot_has_file(PLACE_BUNDLE));
    CHECK(!depot_has_file("part") && !depot_has_file("part.json"));
}

static void bring_all(void)
{
    int64_t have;
    CHECK_EQ(begin_by_hand("1.4.0", "", &have), 0);
    CHECK_EQ(bring(have, DEPOT_BUNDLE_BYTES), DEPOT_BUNDLE_BYTES);
    CHECK_EQ(updater_hand_end(depot.updater, true), 0);
    depot_live(MINUTE);
}

/* ---- well -------------------------------------------------------------------------------- */

static void test_update_hand_is_ready_at_once_though_it_is_day_and_no_stage(void **state)
{
    (void)state;
    fake_clock_advance(&depot.machine, INT64_C(10) * HOUR);
    bring_all();
    check_ready();
    CHECK_STR(depot_says("version"), "1.4.0");
    CHECK_EQ(depot_events("update-by-hand"), 1);
    CHECK_EQ(depot_events("update-ready"), 1);
    CHECK_EQ(depot.asked, 0);
}

static void test_update_hand_survives_a_restart_and_what_the_network_offers(void **state)
{
    (void)state;
    bring_all();
    depot_offer("1.5.0", ",\"board\":\"rpi4\"");
    depot_restart();
    depot_offer_nothing();
    check_ready();
    depot_put_file(PLACE_RESULT,
                   "{\"outcome\":\"installed\",\"reason\":\"\",\"version\":\"1.4.0\"}");
    depot_live(MINUTE);
    CHECK_STR(depot_says("outcome"), "installed");
    check_nothing();
}

static void test_update_hand_goes_on_where_it_surely_was(void **state)
{
    int64_t have;
    (void)state;
    CHECK_EQ(begin_by_hand("1.4.0", "", &have), 0);
    CHECK_EQ(bring(0, 4 * PIECE), 4 * PIECE);
    CHECK_EQ(updater_hand_end(depot.updater, false), 0); /* pulled */
    CHECK(!depot_has_file(PLACE_READY));
    CHECK_EQ(begin_by_hand("1.4.0", "", &have), 0);
    CHECK_EQ(have, 4 * PIECE);
    CHECK_EQ(bring(have, DEPOT_BUNDLE_BYTES), DEPOT_BUNDLE_BYTES);
    CHECK_EQ(updater_hand_end(depot.updater, true), 0);
    depot_live(MINUTE);
    check_ready();
}

static void test_update_hand_takes_a_way_back_that_is_signed(void **state)
{
    int64_t have;
    (void)state;
    CHECK_EQ(begin_by_hand("1.2.0", ",\"replaces\":[\"1.3.0\"]", &have), 0);
    CHECK_EQ(bring(0, DEPOT_BUNDLE_BYTES), DEPOT_BUNDLE_BYTES);
    CHECK_EQ(updater_hand_end(depot.updater, true), 0);
    depot_live(MINUTE);
    check_ready();
}

/* ---- what is not taken -------------------------------------------------------------------- */

static void test_update_hand_refuses_before_a_byte_is_written(void **state)
{
    static const struct {
        const char *version, *more;
        int want;
    } rows[] = {
        { "1.3.0", "", HAND_E_SAME },
        { "1.2.0", "", HAND_E_OLDER },
        { "1.2.0", ",\"replaces\":[\"1.3.1\"]", HAND_E_OLDER },
        { "neu", "", HAND_E_FORMAT },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t have = -1;
        if (begin_by_hand(rows[i].version, rows[i].more, &have) != rows[i].want)
            fail_msg("row %zu", i);
        CHECK_EQ(have, 0);
        check_nothing();
        CHECK_EQ(updater_hand_piece(depot.updater, 0, depot_bundle(), PIECE), HAND_E_PLACE);
        CHECK_EQ(updater_hand_end(depot.updater, true), HAND_E_PLACE);
    }
    int64_t have;
    board = "rpi4";
    CHECK_EQ(begin_by_hand("1.4.0", "", &have), HAND_E_OTHER);
    board = "virt-arm64";
    check_nothing();
}

static void test_update_hand_waits_while_one_lies_ready(void **state)
{
    int64_t have;
    (void)state;
    depot_offer("1.4.0", "");
    depot_live(INT64_C(3) * HOUR);
    CHECK_EQ(updater_state(depot.updater), UPDATER_READY);
    CHECK_EQ(begin_by_hand("1.4.0", "", &have), HAND_E_WAITS);
    CHECK(depot_bundle_is_whole());
}

static void test_update_hand_leaves_room_for_applications(void **state)
{
    int64_t have;
    (void)state;
    storm_set_room(INT64_C(129) << 20, INT64_C(512) << 20);
    CHECK_EQ(begin_by_hand("1.4.0", "", &have), HAND_E_ROOM);
    check_nothing();
}

static void test_update_hand_takes_pieces_in_their_order_alone(void **state)
{
    int64_t have;
    (void)state;
    CHECK_EQ(begin_by_hand("1.4.0", "", &have), 0);
    CHECK_EQ(bring(0, PIECE), PIECE);
    CHECK_EQ(updater_hand_piece(depot.updater, 0, depot_bundle(), PIECE), HAND_E_PLACE);
    CHECK_EQ(updater_hand_piece(depot.updater, 3 * PIECE, depot_bundle(), PIECE), HAND_E_PLACE);
    CHECK_EQ(updater_hand_piece(depot.updater, PIECE, depot_bundle(), DEPOT_BUNDLE_BYTES),
             HAND_E_PLACE);
    CHECK_EQ(updater_hand_end(depot.updater, true), HAND_E_PLACE); /* not all of it */
    CHECK_EQ(bring(PIECE, DEPOT_BUNDLE_BYTES), DEPOT_BUNDLE_BYTES);
    CHECK_EQ(updater_hand_end(depot.updater, true), 0);
    depot_live(MINUTE);
    check_ready();
}

static void test_update_hand_keeps_nothing_that_came_damaged(void **state)
{
    static uint8_t other[PIECE];
    int64_t have;
    (void)state;
    CHECK_EQ(begin_by_hand("1.4.0", "", &have), 0);
    CHECK_EQ(updater_hand_piece(depot.updater, 0, other, PIECE), 0);
    CHECK_EQ(bring(PIECE, DEPOT_BUNDLE_BYTES), DEPOT_BUNDLE_BYTES);
    CHECK_EQ(updater_hand_end(depot.updater, true), 0);
    depot_live(MINUTE);
    CHECK_EQ(updater_state(depot.updater), UPDATER_STUCK);
    CHECK(strstr(depot_says("trouble"), "damaged") != NULL);
    check_nothing();
    bring_all(); /* a second stick */
    check_ready();
}

/* ---- accidents ---------------------------------------------------------------------------- */

static void test_update_hand_that_nobody_ends_gives_way_to_the_network(void **state)
{
    int64_t have;
    (void)state;
    CHECK_EQ(begin_by_hand("1.4.0", "", &have), 0);
    CHECK_EQ(bring(0, 4 * PIECE), 4 * PIECE);
    depot_offer("1.4.0", ",\"from_hour\":0,\"to_hour\":0");
    depot_live(5 * MINUTE);
    CHECK_EQ(depot.asked, 0);
    depot_live(HOUR);
    CHECK_EQ(updater_state(depot.updater), UPDATER_READY);
    CHECK(depot_bundle_is_whole());
    CHECK(depot.asked <= DEPOT_BUNDLE_BYTES / PIECE + 1 - 4); /* what the stick brought counts */
}

static void test_update_hand_cut_anywhere_is_all_or_nothing(void **state)
{
    (void)state;
    for (int write = 1; write < 40; write++) {
        int64_t have;
        depot_end();
        depot_begin((uint64_t)write);
        storm_cut_at((unsigned)write);
        if (!begin_by_hand("1.4.0", "", &have) &&
            bring(have, DEPOT_BUNDLE_BYTES) == DEPOT_BUNDLE_BYTES)
            (void)!updater_hand_end(depot.updater, true);
        depot_live(MINUTE);
        depot_cut();
        if (depot_has_file(PLACE_READY))
            check_ready();
        else
            CHECK(updater_state(depot.updater) != UPDATER_READY);
        if (updater_state(depot.updater) != UPDATER_READY)
            bring_all();
        check_ready();
    }
}

#define U(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        U(test_update_hand_is_ready_at_once_though_it_is_day_and_no_stage),
        U(test_update_hand_survives_a_restart_and_what_the_network_offers),
        U(test_update_hand_goes_on_where_it_surely_was),
        U(test_update_hand_takes_a_way_back_that_is_signed),
        U(test_update_hand_refuses_before_a_byte_is_written),
        U(test_update_hand_waits_while_one_lies_ready),
        U(test_update_hand_leaves_room_for_applications),
        U(test_update_hand_takes_pieces_in_their_order_alone),
        U(test_update_hand_keeps_nothing_that_came_damaged),
        U(test_update_hand_that_nobody_ends_gives_way_to_the_network),
        U(test_update_hand_cut_anywhere_is_all_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
