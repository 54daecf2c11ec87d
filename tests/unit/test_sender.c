/* links: sync/uplink sync/queue firmware/seal firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "firmware/base/log.h"
#include "sync/uplink/sender.h"
#include "tests/support/check.h"
#include "tests/support/fake_county.h"
#include "tests/support/storm.h"

/* The sender against a county that misbehaves, on a clock that jumps to whatever comes next. What must hold always: every
 * item takes effect once, none is lost, and nobody spins while there is nothing to do. */

static struct fake_clock machine;
static struct county_clock clock;
static struct store *store;
static struct link link;
static struct sender *sender;
static struct county county;
static char ids[200][UUID_TEXT];
static int64_t seqs[200];
static size_t put_count;
static const uint8_t install_id[UUID_BYTES] = { 1 };
static char refused; /* set when the identity was refused */

static uint32_t half_below(struct chance *chance, uint32_t limit)
{
    (void)chance;
    return limit / 2;
}
static struct chance chance = { half_below };

static bool is_synchronised(void)
{
    return true;
}

static void identity_refused(void *context)
{
    *(char *)context = 1;
}

static void open_again(void)
{
    struct store_options o = { .data = storm_disk(),
                               .spool = storm_disk(),
                               .folder = "/storm",
                               .clock = &clock.base,
                               .vfs = STORM_VFS,
                               .ballast_bytes = 4096 };
    struct sender_watch watch = { .identity_refused = identity_refused, .context = &refused };
    sender_free(sender);
    store_free(store);
    sender = NULL;
    store = NULL;
    county.is_flying[LANE_CONTROL] = false;
    CHECK_EQ(store_open(&store, &o), 0);
    store_set_kiosk(store, "K0012");
    link_begin(&link, &county.wire, &clock, &chance);
    link.is_enrolled = true;
    CHECK_EQ(sender_new(&sender, store, &link, install_id), 0);
    sender_set_watch(sender, &watch);
}

static int begin(void **state)
{
    (void)state;
    log_set_level((enum log_level)0);
    machine = fake_clock_at(10 * BREAKER_FAILURES * 1000 + FRESH_BOOT_MS, 1795680000000);
    clock = county_clock_new(&machine.base, is_synchronised);
    storm_begin(1);
    county_begin(&county, &machine.base);
    put_count = 0;
    refused = 0;
    open_again();
    return 0;
}

static int end(void **state)
{
    (void)state;
    sender_free(sender);
    store_free(store);
    sender = NULL;
    store = NULL;
    storm_end();
    return 0;
}

static void put(size_t count, size_t size)
{
    for (; count; count--) {
        struct submission s = { .kind = ITEM_RATING,
                                .suite = SEAL_SUITE_CMS_P256,
                                .key_id = "county-1" };
        struct reservation_given r;
        memset(s.token, (int)put_count + 1, sizeof(s.token));
        CHECK_EQ(outbox_reserve(store, &r, s.token, CLOCK_NTP), 0);
        memcpy(s.id, r.id, UUID_BYTES);
        for (size_t i = 0; i < size; i++)
            CHECK_EQ(bytes_append_byte(&s.body, (uint8_t)(i * 3 + put_count)), 0);
        sha256(s.sha256, s.body.data, s.body.length);
        outbox_submit(store, &s, 1);
        CHECK_EQ(s.result, SUBMIT_STORED);
        bytes_clear(&s.body);
        uuid_format(ids[put_count], s.id);
        seqs[put_count++] = s.seq;
    }
    sender_nudge(sender);
}

static int64_t next_due(void)
{
    int64_t a = sender_next_ms(sender), b = link_next_ms(&link);
    return a < b ? a : b;
}

/* Let `ms` pass, doing what is due when it is due. */
static void live(int64_t ms)
{
    int64_t until = machine.boot + ms;
    for (unsigned idle = 0; machine.boot < until;) {
        link_tick(&link);
        sender_tick(sender);
        if (county_work(&county)) {
            idle = 0;
            continue;
        }
        int64_t due = next_due();
        idle = due <= machine.boot ? idle + 1 : 0;
        if (idle > 3)
            fail_msg("it spins: nothing was done and yet it is due at once");
        if (due > until)
            due = until;
        if (due > machine.boot)
            fake_clock_advance(&machine, due - machine.boot);
    }
}

static int64_t in_state(enum item_state state)
{
    struct outbox_counts n;
    CHECK_EQ(outbox_count(store, &n), 0);
    return n.by_state[state];
}

static void check_all_arrived_once(void)
{
    CHECK_EQ(in_state(ITEM_ACCEPTED), put_count);
    CHECK_EQ(county.count, put_count);
    for (size_t i = 0; i < county.count; i++)
        CHECK_EQ(county.items[i].effects, 1);
}

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE };

/* ---- the good day ----------------------------------------------------------------------- */

static void test_sender_delivers_in_full_batches(void **state)
{
    (void)state;
    put(120, 300);
    live(MINUTE);
    check_all_arrived_once();
    CHECK_EQ(county.batches, 3);
    CHECK_EQ(county.largest, 50);
}

static void test_sender_keeps_batches_below_the_limit_of_bytes(void **state)
{
    (void)state;
    put(30, 40000); /* the county checks 512 KiB */
    live(MINUTE);
    check_all_arrived_once();
    CHECK(county.batches >= 4);
}

static void test_sender_with_an_empty_queue_asks_nothing_and_sleeps(void **state)
{
    (void)state;
    live(3 * HOUR);
    CHECK_EQ(county.requests, 0);
}

/* ---- no answer ---------------------------------------------------------------------------- */

/* F1, F2 */
static void test_sender_lost_answers_make_no_second_effect(void **state)
{
    (void)state;
    put(60, 100);
    county.mischief.drops_answers = true;
    live(10 * MINUTE);
    CHECK_EQ(in_state(ITEM_QUEUED), 60);
    county.mischief.drops_answers = false;
    live(30 * MINUTE);
    check_all_arrived_once();
}

/* F22, F31: weeks without a link, then it returns by itself; meanwhile nobody spins. */
static void test_sender_drains_without_help_after_a_long_time_offline(void **state)
{
    (void)state;
    put(10, 100);
    county.mischief.is_dark = true;
    live(60 * 24 * (int64_t)HOUR);
    CHECK_EQ(in_state(ITEM_QUEUED), 10);
    put(10, 100);
    live(HOUR);
    county.mischief.is_dark = false;
    live(20 * MINUTE);
    check_all_arrived_once();
}

static void test_sender_offline_asks_seldom(void **state)
{
    (void)state;
    put(1, 100);
    county.mischief.is_dark = true;
    live(24 * HOUR);
    CHECK(county.requests > 20 && county.requests < 400); /* random waits of up to 15 minutes */
}

static void test_sender_restarted_while_offline_goes_on(void **state)
{
    (void)state;
    put(5, 100);
    county.mischief.is_dark = true;
    live(HOUR);
    open_again();
    live(HOUR);
    county.mischief.is_dark = false;
    live(20 * MINUTE);
    check_all_arrived_once();
}

static void test_sender_before_enrolment_says_nothing_and_sleeps(void **state)
{
    (void)state;
    put(2, 100);
    link.is_enrolled = false;
    live(3 * HOUR);
    CHECK_EQ(county.requests, 0);
    CHECK_EQ(in_state(ITEM_QUEUED), 2);
}

/* F18 */
static void test_sender_behind_a_portal_believes_nothing(void **state)
{
    (void)state;
    put(3, 100);
    county.mischief.is_portal = true;
    live(HOUR);
    CHECK_EQ(in_state(ITEM_QUEUED), 3);
    CHECK_EQ(link.state, LINK_CAPTIVE);
    county.mischief.is_portal = false;
    live(HOUR);
    check_all_arrived_once();
}

/* ---- errors of the whole request ------------------------------------------------------------ */

/* D7: whatever the county says to the request as a whole, for a day, nothing is dropped. */
static void test_sender_no_status_ever_costs_an_item(void **state)
{
    static const int statuses[] = { 201, 204, 302, 400, 401, 403, 404, 408, 409, 413, 415,
                                    418, 422, 425, 426, 429, 500, 502, 503, 504, 599 };
    (void)state;
    for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
        begin(state);
        put(4, 100);
        county.mischief.status = statuses[i];
        live(24 * HOUR);
        if (in_state(ITEM_ACCEPTED) || in_state(ITEM_DEAD) ||
            in_state(ITEM_QUEUED) + in_state(ITEM_HELD) != 4)
            fail_msg("status %d has changed the queue", statuses[i]);
        if (statuses[i] != 413 && statuses[i] != 400 && statuses[i] != 418 && in_state(ITEM_HELD))
            fail_msg("status %d is not an item's fault", statuses[i]);
        county.mischief.status = 0;
        for (size_t k = 0; k < 4; k++)
            (void)!outbox_release(store, seqs[k]);
        sender_hurry(sender);
        link_hurry(&link);
        live(HOUR);
        check_all_arrived_once();
        end(state);
    }
    begin(state);
}

/* F14 */
static void test_sender_waits_as_long_as_it_was_told(void **state)
{
    (void)state;
    put(1, 100);
    county.mischief.status = 503;
    county.mischief.retry_after_s = 600;
    live(9 * MINUTE);
    CHECK_EQ(county.batches, 1);
    live(3 * MINUTE);
    CHECK_EQ(county.batches, 2);
    county.mischief.retry_after_s = 3600; /* longer than the watchdog's patience */
    live(3 * HOUR);
    CHECK(county.batches <= 6);
    CHECK_EQ(in_state(ITEM_QUEUED), 1);
}

/* F20 */
static void test_sender_refused_identity_stops_and_asks_for_a_new_one(void **state)
{
    (void)state;
    put(2, 100);
    county.mischief.status = 401;
    live(10 * MINUTE);
    CHECK(refused);
    CHECK_EQ(link.state, LINK_BLOCKED);
    CHECK_EQ(county.batches, 1);
    county.mischief.status = 0;
    sender_hurry(sender); /* as after a renewal */
    live(MINUTE);
    check_all_arrived_once();
}

/* F13 */
static void test_sender_halves_batches_that_are_too_large(void **state)
{
    (void)state;
    put(50, 100);
    county.mischief.too_large = 7;
    live(10 * MINUTE);
    check_all_arrived_once();
}

static void test_sender_sends_as_a_blob_what_is_too_large_alone(void **state)
{
    (void)state;
    put(1, 5000);
    county.mischief.refuses_inline = true;
    live(10 * MINUTE);
    check_all_arrived_once();
    CHECK_EQ(county.parts, 1);
}

/* ---- one bad item ----------------------------------------------------------------------------- */

/* F16, F33: 400 because of one; the others arrive, the one is held for staff. */
static void test_sender_isolates_the_item_that_the_county_calls_malformed(void **state)
{
    (void)state;
    put(100, 100);
    county.mischief.poison_id = ids[37];
    county.mischief.poison_status = 400;
    live(20 * MINUTE);
    CHECK_EQ(in_state(ITEM_ACCEPTED), 99);
    CHECK_EQ(in_state(ITEM_QUEUED), 1); /* three times over an hour */
    live(3 * HOUR);
    CHECK_EQ(in_state(ITEM_HELD), 1);
    CHECK(!county_find(&county, ids[37]));
}

/* The county crashes on one item: it is found by sending singly, and others do not wait for it. */
static void test_sender_isolates_the_item_on_which_the_county_fails(void **state)
{
    (void)state;
    put(60, 100);
    county.mischief.poison_id = ids[0];
    county.mischief.poison_status = 500;
    live(2 * HOUR);
    CHECK_EQ(in_state(ITEM_ACCEPTED), 59);
    for (int i = 0; i < 12; i++) { /* as others come by and pass */
        put(1, 100);
        live(2 * HOUR);
    }
    CHECK_EQ(in_state(ITEM_HELD), 1);
    county.mischief.poison_id = NULL;
    live(13 * HOUR); /* tried again each six hours */
    check_all_arrived_once();
}

static void test_sender_verdicts_end_where_they_should(void **state)
{
    static const struct {
        const char *word;
        enum item_state ends;
    } rows[] = { { "accepted", ITEM_ACCEPTED }, { "duplicate", ITEM_ACCEPTED },
                 { "conflict", ITEM_DEAD },     { "rejected", ITEM_DEAD },
                 { "wait", ITEM_QUEUED },       { "retry", ITEM_QUEUED },
                 { "nonsense", ITEM_QUEUED } };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        begin(state);
        put(5, 100);
        county.mischief.verdict = rows[i].word;
        county.mischief.verdict_id = ids[2];
        live(HOUR);
        if (in_state(rows[i].ends) != (rows[i].ends == ITEM_ACCEPTED ? 5 : 1))
            fail_msg("%s does not end in %s", rows[i].word, item_state_word(rows[i].ends));
        CHECK(in_state(ITEM_ACCEPTED) >= 4);
        end(state);
    }
    begin(state);
}

/* F17 */
static void test_sender_an_item_without_a_result_goes_again(void **state)
{
    (void)state;
    put(5, 100);
    county.mischief.skips_first = true;
    live(20 * 1000);
    CHECK_EQ(in_state(ITEM_ACCEPTED), 4);
    county.mischief.skips_first = false;
    live(2 * MINUTE);
    check_all_arrived_once();
}

/* ---- large bodies --------------------------------------------------------------------------------- */

/* F37 */
static void test_sender_sends_large_bodies_in_parts_and_others_do_not_wait(void **state)
{
    (void)state;
    put(1, 3 * PART_BYTES + 17);
    put(3, 100);
    live(MINUTE);
    check_all_arrived_once();
    CHECK_EQ(county.parts, 4);
}

static void test_sender_resumes_a_blob_after_a_restart(void **state)
{
    (void)state;
    put(1, 3 * PART_BYTES);
    for (int i = 0; i < 3; i++) { /* asks, first part, second part */
        sender_tick(sender);
        CHECK(county_work(&county));
    }
    CHECK_EQ(county.parts, 2);
    county.is_flying[LANE_UPLOAD] = false;
    open_again();
    live(MINUTE);
    check_all_arrived_once();
    CHECK_EQ(county.parts, 3);
}

/* ---- the store ---------------------------------------------------------------------------------- */

/* A verdict that cannot be stored is not stored; the item goes again and comes back as a duplicate. */
static void test_sender_with_a_failing_disk_loses_nothing_and_sleeps(void **state)
{
    (void)state;
    put(5, 100);
    sender_tick(sender);
    storm_refuse(-EIO);
    CHECK(county_work(&county));
    CHECK(!store_is_up(store));
    live(HOUR);
    storm_refuse(0);
    store_tick(store, true, 0);
    CHECK(store_is_up(store));
    sender_nudge(sender);
    live(HOUR);
    check_all_arrived_once();
}

/* F24 */
static void test_sender_sends_again_to_a_county_restored_from_its_backup(void **state)
{
    int requeued;
    (void)state;
    put(5, 100);
    live(MINUTE);
    check_all_arrived_once();
    county.count = 2; /* the last three are lost */
    county.epoch = "0191f000-0000-7000-8000-0000000000ff";
    CHECK_EQ(outbox_new_epoch(store, county.epoch, 0, &requeued), 0);
    CHECK_EQ(requeued, 5);
    sender_restart(sender);
    live(MINUTE);
    check_all_arrived_once();
}

#define F(name) cmocka_unit_test_setup_teardown(name, begin, end)
RUN(F(test_sender_delivers_in_full_batches), F(test_sender_keeps_batches_below_the_limit_of_bytes),
    F(test_sender_with_an_empty_queue_asks_nothing_and_sleeps),
    F(test_sender_lost_answers_make_no_second_effect),
    F(test_sender_drains_without_help_after_a_long_time_offline),
    F(test_sender_offline_asks_seldom), F(test_sender_restarted_while_offline_goes_on),
    F(test_sender_before_enrolment_says_nothing_and_sleeps),
    F(test_sender_behind_a_portal_believes_nothing), F(test_sender_no_status_ever_costs_an_item),
    F(test_sender_waits_as_long_as_it_was_told),
    F(test_sender_refused_identity_stops_and_asks_for_a_new_one),
    F(test_sender_halves_batches_that_are_too_large),
    F(test_sender_sends_as_a_blob_what_is_too_large_alone),
    F(test_sender_isolates_the_item_that_the_county_calls_malformed),
    F(test_sender_isolates_the_item_on_which_the_county_fails),
    F(test_sender_verdicts_end_where_they_should),
    F(test_sender_an_item_without_a_result_goes_again),
    F(test_sender_sends_large_bodies_in_parts_and_others_do_not_wait),
    F(test_sender_resumes_a_blob_after_a_restart),
    F(test_sender_with_a_failing_disk_loses_nothing_and_sleeps),
    F(test_sender_sends_again_to_a_county_restored_from_its_backup))
