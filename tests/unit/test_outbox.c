/* links: sync/queue firmware/seal firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "firmware/base/log.h"
#include "sync/queue/events.h"
#include "sync/queue/outbox.h"
#include "tests/support/check.h"
#include "tests/support/storm.h"

/* The outbox as its users see it: numbers, receipts, what is claimed in which order, what verdicts do. */

enum { CLAIMS = 60 };

static struct fake_clock clock;
static struct store *store;

static void open_again(void)
{
    struct store_options o = { .data = storm_disk(),
                               .spool = storm_disk(),
                               .folder = "/storm",
                               .clock = &clock.base,
                               .vfs = STORM_VFS,
                               .segment_bytes = 64 * 1024,
                               .ballast_bytes = 4096 };
    memset(o.boot_id, 7, sizeof(o.boot_id));
    store_free(store);
    store = NULL;
    CHECK_EQ(store_open(&store, &o), 0);
    store_set_kiosk(store, "K0012");
}

static int begin(void **state)
{
    (void)state;
    log_set_level((enum log_level)0);
    clock = fake_clock_at(1000, 1795680000000);
    storm_begin(1);
    open_again();
    return 0;
}

static int end(void **state)
{
    (void)state;
    store_free(store);
    store = NULL;
    storm_end();
    return 0;
}

static struct reservation_given reserve(int token)
{
    struct reservation_given r;
    uint8_t bytes[UUID_BYTES];
    memset(bytes, token, sizeof(bytes));
    CHECK_EQ(outbox_reserve(store, &r, bytes, CLOCK_NTP), 0);
    return r;
}

static struct submission submission_of(int token, size_t size)
{
    struct submission s = { .kind = ITEM_APPLICATION,
                            .suite = SEAL_SUITE_CMS_P256,
                            .key_id = "county-1" };
    struct reservation_given r = reserve(token);
    memset(s.token, token, sizeof(s.token));
    memcpy(s.id, r.id, UUID_BYTES);
    for (size_t i = 0; i < size; i++)
        CHECK_EQ(bytes_append_byte(&s.body, (uint8_t)(i + (size_t)token)), 0);
    sha256(s.sha256, s.body.data, s.body.length);
    return s;
}

/* Reserve and submit one; its sequence number. */
static int64_t put(int token, size_t size)
{
    struct submission s = submission_of(token, size);
    outbox_submit(store, &s, 1);
    bytes_clear(&s.body);
    CHECK_EQ(s.result, SUBMIT_STORED);
    return s.seq;
}

static enum submit_result submit(struct submission *s)
{
    outbox_submit(store, s, 1);
    return s->result;
}

static bool none_taken(void *context, int64_t seq)
{
    return context && *(int64_t *)context == seq;
}

/* Sequence numbers of what may be sent now. */
static size_t claim(int64_t seqs[CLAIMS], int64_t after, struct claim_limits limits, int64_t *taken)
{
    static struct claim claims[CLAIMS];
    size_t count = 0;
    CHECK_EQ(outbox_claim(store, claims, &count, after, &limits, none_taken, taken), 0);
    for (size_t i = 0; i < count; i++) {
        seqs[i] = claims[i].item.seq;
        claim_clear(&claims[i]);
    }
    return count;
}

static const struct claim_limits wide = { CLAIMS, 64 * 1024, 512 * 1024 };

static void judge(int64_t seq, enum verdict_kind kind, int64_t wait_ms)
{
    struct verdict v = {
        .seq = seq, .kind = kind, .wait_ms = wait_ms, .server_ref = "REF-1", .problem = "why"
    };
    CHECK_EQ(outbox_judge(store, &v, 1, 1795680000000), 0);
}

static enum item_state state_of(int64_t seq)
{
    static struct outbox_row rows[100];
    size_t count;
    CHECK_EQ(outbox_list(store, rows, 100, &count, ITEM_STATE_END), 0);
    for (size_t i = 0; i < count; i++)
        if (rows[i].seq == seq)
            return rows[i].state;
    return ITEM_STATE_END;
}

/* ---- numbers ----------------------------------------------------------------------------- */

static void test_outbox_reserve_gives_the_same_token_the_same_number(void **state)
{
    (void)state;
    struct reservation_given first = reserve(1), other = reserve(2), again = reserve(1);
    CHECK_EQ(again.seq, first.seq);
    CHECK_STR(again.receipt, first.receipt);
    CHECK_BYTES(again.id, first.id, UUID_BYTES);
    CHECK_EQ(other.seq, first.seq + 1);
    put(1, 10);
    open_again();
    again = reserve(1); /* from the database now */
    CHECK_EQ(again.seq, first.seq);
    CHECK_BYTES(again.id, first.id, UUID_BYTES);
}

static void test_outbox_numbers_have_no_gaps_while_the_process_lives(void **state)
{
    (void)state;
    int64_t first = put(1, 10);
    for (int i = 2; i < 200; i++)
        CHECK_EQ(put(i, 10), first + i - 1);
}

static void test_outbox_numbers_never_come_twice_across_starts(void **state)
{
    int64_t last = 0;
    (void)state;
    for (int i = 1; i < 12; i++) {
        int64_t seq = reserve(i).seq;
        CHECK(seq > last);
        last = seq;
        if (i % 3 == 0)
            CHECK(put(i, 10) == seq);
        open_again();
    }
}

static void test_outbox_numbers_go_on_above_a_floor_from_the_county(void **state)
{
    (void)state;
    int64_t seq = reserve(1).seq; /* a block is open now: 63 more could follow */
    CHECK_EQ(store_raise_floor(store, seq + 20), 0);
    CHECK_EQ(reserve(2).seq, seq + 21);
    CHECK_EQ(store_raise_floor(store, seq + 5), 0); /* said again, or old */
    CHECK_EQ(reserve(3).seq, seq + 22);
    CHECK_EQ(store_raise_floor(store, 5000), 0);
    CHECK_EQ(reserve(4).seq, 5001);
    open_again();
    CHECK(reserve(5).seq > 5001);
}

/* ---- taking in --------------------------------------------------------------------------- */

static void test_outbox_submit_stores_a_token_once_and_answers_it_always(void **state)
{
    (void)state;
    struct submission a = submission_of(1, 100), b = submission_of(1, 100);
    CHECK_EQ(submit(&a), SUBMIT_STORED);
    CHECK_EQ(submit(&b), SUBMIT_AGAIN);
    CHECK_EQ(b.seq, a.seq);
    CHECK_STR(b.receipt, a.receipt);
    open_again();
    CHECK_EQ(submit(&b), SUBMIT_AGAIN);
    int64_t seqs[CLAIMS];
    CHECK_EQ(claim(seqs, 0, wide, NULL), 1);
    bytes_clear(&a.body);
    bytes_clear(&b.body);
}

static void test_outbox_submit_takes_two_taps_in_one_group_as_one(void **state)
{
    (void)state;
    struct submission group[3] = { submission_of(1, 50), submission_of(2, 50),
                                   submission_of(1, 50) };
    outbox_submit(store, group, 3);
    CHECK_EQ(group[0].result, SUBMIT_STORED);
    CHECK_EQ(group[1].result, SUBMIT_STORED);
    CHECK_EQ(group[2].result, SUBMIT_AGAIN);
    CHECK_STR(group[2].receipt, group[0].receipt);
    int64_t seqs[CLAIMS];
    CHECK_EQ(claim(seqs, 0, wide, NULL), 2);
    for (size_t i = 0; i < 3; i++)
        bytes_clear(&group[i].body);
}

static void test_outbox_submit_refuses_what_does_not_fit(void **state)
{
    (void)state;
    struct submission wrong_hash = submission_of(1, 50), stranger = submission_of(2, 50),
                      other_id = submission_of(3, 50), empty = submission_of(4, 0);
    wrong_hash.sha256[5] ^= 1;
    stranger.token[0] ^= 1;
    other_id.id[15] ^= 1;
    CHECK_EQ(submit(&wrong_hash), SUBMIT_HASH);
    CHECK_EQ(submit(&stranger), SUBMIT_UNKNOWN_TOKEN);
    CHECK_EQ(submit(&other_id), SUBMIT_UNKNOWN_TOKEN);
    CHECK_EQ(submit(&empty), SUBMIT_HASH);
    int64_t seqs[CLAIMS];
    CHECK_EQ(claim(seqs, 0, wide, NULL), 0);
    open_again();
    CHECK_EQ(claim(seqs, 0, wide, NULL), 0);
    bytes_clear(&wrong_hash.body);
    bytes_clear(&stranger.body);
    bytes_clear(&other_id.body);
}

static void test_outbox_submit_one_bad_of_a_group_does_not_hold_the_others(void **state)
{
    (void)state;
    struct submission group[3] = { submission_of(1, 50), submission_of(2, 50),
                                   submission_of(3, 50) };
    group[1].sha256[0] ^= 1;
    outbox_submit(store, group, 3);
    CHECK_EQ(group[0].result, SUBMIT_STORED);
    CHECK_EQ(group[1].result, SUBMIT_HASH);
    CHECK_EQ(group[2].result, SUBMIT_STORED);
    for (size_t i = 0; i < 3; i++)
        bytes_clear(&group[i].body);
}

static void test_outbox_submit_when_nothing_new_is_taken_still_knows_what_was_stored(void **state)
{
    (void)state;
    struct submission a = submission_of(1, 50), b = submission_of(2, 50);
    CHECK_EQ(submit(&a), SUBMIT_STORED);
    a.only_again = b.only_again = true;
    CHECK_EQ(submit(&a), SUBMIT_AGAIN);
    CHECK_EQ(submit(&b), SUBMIT_REFUSED);
    bytes_clear(&a.body);
    bytes_clear(&b.body);
}

/* A group costs one flush of the log and one of the database, however many share it. */
static void test_outbox_submit_flushes_once_for_a_group(void **state)
{
    (void)state;
    struct submission one = submission_of(1, 500), group[20];
    for (int i = 0; i < 20; i++)
        group[i] = submission_of(i + 2, 500);
    put(100, 500);
    storm_cut_at(0);
    outbox_submit(store, &one, 1);
    uint64_t alone = storm_flushes();
    storm_cut_at(0);
    outbox_submit(store, group, 20);
    CHECK_EQ(alone, 2);
    CHECK_EQ(storm_flushes(), 2);
    bytes_clear(&one.body);
    for (int i = 0; i < 20; i++)
        bytes_clear(&group[i].body);
}

/* ---- a disk that refuses ------------------------------------------------------------------ */

static void test_outbox_says_not_stored_only_when_it_cannot_have_been(void **state)
{
    (void)state;
    struct submission stored = submission_of(1, 50), fresh = submission_of(2, 50),
                      torn = submission_of(3, 50), stranger = submission_of(4, 50);
    stranger.token[0] = 99;
    CHECK_EQ(submit(&stored), SUBMIT_STORED);
    storm_refuse(-EIO);
    CHECK_EQ(submit(&torn),
             SUBMIT_DOUBT); /* not even the record that takes it back could be written */
    CHECK(!store_is_up(store));
    CHECK_EQ(submit(&stored), SUBMIT_DOUBT);
    CHECK_EQ(submit(&torn), SUBMIT_DOUBT);
    CHECK_EQ(submit(&stranger), SUBMIT_DOUBT);
    CHECK_EQ(submit(&fresh), SUBMIT_STORAGE);
    storm_refuse(0);
    fake_clock_advance(&clock, 60000);
    store_tick(store, true, 0);
    CHECK_EQ(submit(&stored), SUBMIT_AGAIN);
    CHECK_EQ(submit(&fresh), SUBMIT_STORED);
    bytes_clear(&stored.body);
    bytes_clear(&fresh.body);
    bytes_clear(&torn.body);
    bytes_clear(&stranger.body);
}

static void test_outbox_full_disk_is_certain_and_passes(void **state)
{
    (void)state;
    struct submission s = submission_of(1, 70 * 1024); /* needs a segment of its own */
    put(2, 10);
    storm_refuse(-ENOSPC);
    CHECK_EQ(submit(&s), SUBMIT_FULL);
    CHECK_EQ(store_disk_level(store), DISK_REFUSE);
    storm_refuse(0);
    CHECK_EQ(submit(&s), SUBMIT_STORED);
    bytes_clear(&s.body);
}

/* ---- claiming ---------------------------------------------------------------------------- */

static void test_outbox_claim_goes_in_order_and_within_its_limits(void **state)
{
    int64_t seqs[CLAIMS], first = put(1, 1000);
    (void)state;
    for (int i = 2; i <= 10; i++)
        put(i, 1000);
    CHECK_EQ(claim(seqs, 0, (struct claim_limits){ 4, 64 * 1024, 512 * 1024 }, NULL), 4);
    CHECK(seqs[0] == first && seqs[3] == first + 3);
    CHECK_EQ(claim(seqs, 0, (struct claim_limits){ CLAIMS, 64 * 1024, 3500 }, NULL), 3);
    CHECK_EQ(claim(seqs, 0, (struct claim_limits){ CLAIMS, 64 * 1024, 10 }, NULL),
             1); /* the first always fits */
    CHECK_EQ(claim(seqs, first + 5, wide, NULL), 4);
    int64_t taken = first;
    CHECK_EQ(claim(seqs, 0, wide, &taken), 9);
    CHECK_EQ(seqs[0], first + 1);
}

static void test_outbox_claim_waits_until_an_item_is_due(void **state)
{
    int64_t seqs[CLAIMS], due, a = put(1, 10), b = put(2, 10);
    (void)state;
    judge(a, VERDICT_LATER, 5000);
    CHECK_EQ(claim(seqs, 0, wide, NULL), 1);
    CHECK_EQ(seqs[0], b);
    judge(b, VERDICT_LATER, 9000);
    CHECK_EQ(outbox_next_due(store, &due), 0);
    CHECK_EQ(due, 6000);
    fake_clock_advance(&clock, 5000);
    CHECK_EQ(claim(seqs, 0, wide, NULL), 1);
    open_again(); /* the boot clock may have begun anew: waits are forgotten */
    CHECK_EQ(claim(seqs, 0, wide, NULL), 2);
}

static void test_outbox_claim_sends_what_failed_alone_alone(void **state)
{
    int64_t seqs[CLAIMS], a = put(1, 10);
    (void)state;
    put(2, 10);
    put(3, 10);
    judge(a, VERDICT_FAILED, 0);
    CHECK_EQ(claim(seqs, 0, wide, NULL), 1);
    CHECK_EQ(seqs[0], a);
    CHECK_EQ(claim(seqs, a, wide, NULL), 2);
}

static void test_outbox_part_gives_large_bytes_in_pieces(void **state)
{
    struct bytes all AUTO_BYTES = { 0 };
    int64_t seq = put(1, 2 * PART_BYTES + 100);
    (void)state;
    for (unsigned n = 0; n < 3; n++)
        CHECK_EQ(outbox_part(store, seq, n, &all), 0);
    CHECK_EQ(all.length, 2 * PART_BYTES + 100);
    for (size_t i = 0; i < all.length; i++)
        CHECK(all.data[i] == (uint8_t)(i + 1));
    CHECK_EQ(outbox_part(store, seq, 3, &all), STORE_E_NONE);
    CHECK_EQ(outbox_part(store, seq + 1, 0, &all), STORE_E_NONE);
}

/* ---- verdicts ------------------------------------------------------------------------------ */

static void test_outbox_judge_walks_every_state(void **state)
{
    (void)state;
    static const struct {
        enum verdict_kind first, second;
        enum item_state ends;
    } walk[] = {
        { VERDICT_ACCEPTED, VERDICT_ACCEPTED, ITEM_ACCEPTED },
        { VERDICT_ACCEPTED, VERDICT_DEAD, ITEM_ACCEPTED },
        { VERDICT_ACCEPTED, VERDICT_HELD, ITEM_ACCEPTED },
        { VERDICT_ACCEPTED, VERDICT_LATER, ITEM_ACCEPTED },
        { VERDICT_DEAD, VERDICT_HELD, ITEM_DEAD },
        { VERDICT_DEAD, VERDICT_LATER, ITEM_DEAD },
        { VERDICT_DEAD, VERDICT_ACCEPTED, ITEM_ACCEPTED },
        { VERDICT_HELD, VERDICT_DEAD, ITEM_DEAD },
        { VERDICT_HELD, VERDICT_ACCEPTED, ITEM_ACCEPTED },
        { VERDICT_HELD, VERDICT_LATER, ITEM_HELD },
        { VERDICT_LATER, VERDICT_ACCEPTED, ITEM_ACCEPTED },
        { VERDICT_FAILED, VERDICT_HELD, ITEM_HELD },
        { VERDICT_AS_BLOB, VERDICT_AS_BLOB, ITEM_QUEUED },
    };
    for (size_t i = 0; i < sizeof(walk) / sizeof(*walk); i++) {
        int64_t seq = put((int)i + 1, 10);
        judge(seq, walk[i].first, 0);
        judge(seq, walk[i].second, 0);
        if (state_of(seq) != walk[i].ends)
            fail_msg("walk %zu ends in %s", i, item_state_word(state_of(seq)));
    }
}

static void test_outbox_held_items_are_released_by_staff_or_by_their_long_wait(void **state)
{
    struct claim c;
    int64_t seqs[CLAIMS], staff = put(1, 10), tried = put(2, 10), dead = put(3, 10);
    (void)state;
    judge(staff, VERDICT_HELD, 0);
    judge(tried, VERDICT_HELD, 1000);
    judge(dead, VERDICT_DEAD, 0);
    CHECK_EQ(claim(seqs, 0, wide, NULL), 0);
    CHECK_EQ(outbox_claim_held(store, &c, 1000), STORE_E_NONE);
    fake_clock_advance(&clock, 1000);
    CHECK_EQ(outbox_claim_held(store, &c, 1000), 0);
    CHECK_EQ(c.item.seq, tried);
    claim_clear(&c);
    CHECK_EQ(outbox_release(store, staff), 0);
    CHECK_EQ(outbox_release(store, staff), STORE_E_NONE);
    CHECK_EQ(outbox_release(store, dead), STORE_E_NONE);
    CHECK_EQ(claim(seqs, 0, wide, NULL), 1);
    CHECK_EQ(seqs[0], staff);
    CHECK_EQ(outbox_close(store, dead, 1795680000000), 0);
    CHECK_EQ(outbox_close(store, tried, 1795680000000), STORE_E_NONE);
}

static void test_outbox_find_tells_what_became_of_a_receipt(void **state)
{
    char receipt[RECEIPT_TEXT], reference[SERVER_REF_TEXT] = "";
    enum item_state found;
    int64_t seq = put(1, 10);
    (void)state;
    receipt_format(receipt, "K0012", (uint64_t)seq);
    CHECK_EQ(outbox_find(store, receipt, &found, reference), 0);
    CHECK_EQ(found, ITEM_QUEUED);
    judge(seq, VERDICT_ACCEPTED, 0);
    CHECK_EQ(outbox_find(store, receipt, &found, reference), 0);
    CHECK_EQ(found, ITEM_ACCEPTED);
    CHECK_STR(reference, "REF-1");
    receipt_format(receipt, "K0013", (uint64_t)seq); /* another kiosk's */
    CHECK_EQ(outbox_find(store, receipt, &found, reference), STORE_E_NONE);
    receipt_format(receipt, "K0012", (uint64_t)seq + 1);
    CHECK_EQ(outbox_find(store, receipt, &found, reference), STORE_E_NONE);
}

static void test_outbox_new_epoch_sends_again_what_the_county_may_have_lost(void **state)
{
    struct verdict v = { .kind = VERDICT_ACCEPTED };
    char epoch[UUID_TEXT], cursor[16] = "x";
    int64_t seqs[CLAIMS] = { 0 }, old = put(1, 10), recent = put(2, 10), dead = put(3, 10);
    int requeued = 0;
    (void)state;
    CHECK_EQ(store_set_text(store, "feed_cursor", "behind"), 0);
    v.seq = old;
    CHECK_EQ(outbox_judge(store, &v, 1, 1000), 0);
    v.seq = recent;
    CHECK_EQ(outbox_judge(store, &v, 1, 9000), 0);
    judge(dead, VERDICT_DEAD, 0);
    CHECK_EQ(outbox_new_epoch(store, "0191f000-0000-7000-8000-000000000001", 5000, &requeued), 0);
    CHECK_EQ(requeued, 1);
    CHECK_EQ(claim(seqs, 0, wide, NULL), 1);
    CHECK_EQ(seqs[0], recent);
    CHECK_EQ(store_get_text(store, "server_epoch", epoch, sizeof(epoch)), 0);
    CHECK_STR(epoch, "0191f000-0000-7000-8000-000000000001");
    CHECK_EQ(store_get_text(store, "feed_cursor", cursor, sizeof(cursor)), 0);
    CHECK_STR(cursor, "");
}

static void test_outbox_count_sums_up_states_and_age(void **state)
{
    struct outbox_counts n;
    int64_t a = put(1, 10), b = put(2, 10), c = put(3, 10);
    (void)state;
    put(4, 10);
    judge(a, VERDICT_ACCEPTED, 0);
    judge(b, VERDICT_HELD, 0);
    judge(c, VERDICT_DEAD, 0);
    fake_clock_advance(&clock, 65000);
    CHECK_EQ(outbox_count(store, &n), 0);
    for (int i = 0; i < ITEM_STATE_END; i++)
        CHECK_EQ(n.by_state[i], 1);
    CHECK_EQ(n.oldest_s, 65);
    CHECK_EQ(n.last_seq, c + 1);
}

/* ---- retention ------------------------------------------------------------------------------ */

static const int64_t day_ms = 24 * 3600 * 1000;

static void test_outbox_bytes_of_accepted_items_go_after_the_replay_window(void **state)
{
    struct bytes part AUTO_BYTES = { 0 };
    int64_t county = 1795680000000, seq = put(1, 100), kept = put(2, 100);
    (void)state;
    judge(seq, VERDICT_ACCEPTED, 0);
    store_tick(store, true, county + 6 * day_ms);
    CHECK_EQ(outbox_part(store, seq, 0, &part), 0);
    store_tick(store, true, county + 8 * day_ms);
    CHECK_EQ(outbox_part(store, seq, 0, &part), STORE_E_NONE);
    CHECK_EQ(outbox_part(store, kept, 0, &part), 0);
    CHECK_EQ(state_of(seq), ITEM_ACCEPTED); /* that it was delivered is still known */
    CHECK_EQ(state_of(kept), ITEM_QUEUED);
}

#define F(name) cmocka_unit_test_setup_teardown(name, begin, end)
RUN(F(test_outbox_reserve_gives_the_same_token_the_same_number),
    F(test_outbox_numbers_have_no_gaps_while_the_process_lives),
    F(test_outbox_numbers_never_come_twice_across_starts),
    F(test_outbox_numbers_go_on_above_a_floor_from_the_county),
    F(test_outbox_submit_stores_a_token_once_and_answers_it_always),
    F(test_outbox_submit_takes_two_taps_in_one_group_as_one),
    F(test_outbox_submit_refuses_what_does_not_fit),
    F(test_outbox_submit_one_bad_of_a_group_does_not_hold_the_others),
    F(test_outbox_submit_when_nothing_new_is_taken_still_knows_what_was_stored),
    F(test_outbox_submit_flushes_once_for_a_group),
    F(test_outbox_says_not_stored_only_when_it_cannot_have_been),
    F(test_outbox_full_disk_is_certain_and_passes),
    F(test_outbox_claim_goes_in_order_and_within_its_limits),
    F(test_outbox_claim_waits_until_an_item_is_due),
    F(test_outbox_claim_sends_what_failed_alone_alone),
    F(test_outbox_part_gives_large_bytes_in_pieces), F(test_outbox_judge_walks_every_state),
    F(test_outbox_held_items_are_released_by_staff_or_by_their_long_wait),
    F(test_outbox_find_tells_what_became_of_a_receipt),
    F(test_outbox_new_epoch_sends_again_what_the_county_may_have_lost),
    F(test_outbox_count_sums_up_states_and_age),
    F(test_outbox_bytes_of_accepted_items_go_after_the_replay_window))
