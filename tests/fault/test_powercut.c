/* links: sync/queue firmware/seal firmware/base */
#include <stdlib.h>

#include "firmware/base/log.h"
#include "sync/queue/events.h"
#include "sync/queue/outbox.h"
#include "tests/support/check.h"
#include "tests/support/storm.h"

/* Power cuts at every write and flush of taking in, acknowledging and starting up (design: sync, section 7). The promise:
 * a number that was given to a resident is on the disk exactly once, with its bytes, and what the county has acknowledged
 * is never sent again as something new. */

enum { ITEMS = 6, BODY = 3000 };

struct given {
    bool is_stored; /* as the caller was told, before the dark */
    uint8_t id[UUID_BYTES];
    char receipt[RECEIPT_TEXT];
    int64_t seq;
};

static struct fake_clock clock;
static struct given given[ITEMS];

static int open_store(struct store **out)
{
    struct store_options o = { .data = storm_disk(),
                               .spool = storm_disk(),
                               .folder = "/storm",
                               .clock = &clock.base,
                               .vfs = STORM_VFS,
                               .segment_bytes = 32 * 1024,
                               .ballast_bytes = 4096 };
    memset(o.boot_id, 7, sizeof(o.boot_id));
    int r = store_open(out, &o);
    if (!r)
        store_set_kiosk(*out, "K0012");
    return r;
}

static void fill_body(struct bytes *b, size_t n)
{
    uint8_t data[BODY];
    for (size_t i = 0; i < sizeof(data); i++)
        data[i] = (uint8_t)(i * 7 + n * 13);
    CHECK_EQ(bytes_append(b, data, sizeof(data)), 0);
}

/* Reserve and fill in one submission. False in the dark. */
static bool prepare(struct store *s, struct submission *sub, size_t n)
{
    struct reservation_given r;
    *sub = (struct submission){ .kind = ITEM_APPLICATION,
                                .suite = SEAL_SUITE_CMS_P256,
                                .key_id = "county-1" };
    memset(sub->token, (int)n + 1, sizeof(sub->token));
    if (outbox_reserve(s, &r, sub->token, CLOCK_NTP))
        return false;
    memcpy(sub->id, r.id, UUID_BYTES);
    fill_body(&sub->body, n);
    sha256(sub->sha256, sub->body.data, sub->body.length);
    return true;
}

static void note(const struct submission *sub, size_t n)
{
    given[n].is_stored = sub->result == SUBMIT_STORED;
    memcpy(given[n].id, sub->id, UUID_BYTES);
    memcpy(given[n].receipt, sub->receipt, RECEIPT_TEXT);
    given[n].seq = sub->seq;
}

static void submit(struct store *s, size_t first, size_t count)
{
    struct submission group[ITEMS];
    size_t ready = 0;
    while (ready < count && prepare(s, &group[ready], first + ready))
        ready++;
    if (ready)
        outbox_submit(s, group, ready);
    for (size_t i = 0; i < ready; i++) {
        note(&group[i], first + i);
        bytes_clear(&group[i].body);
    }
}

static void acknowledge(struct store *s, size_t n)
{
    struct verdict v = { .seq = given[n].seq, .kind = VERDICT_ACCEPTED, .server_ref = "REF" };
    if (given[n].is_stored)
        (void)!outbox_judge(s, &v, 1, 1795680000000);
}

/* A day at the kiosk: residents one by one and together, the county's answers in between. */
static void live(struct store *s)
{
    submit(s, 0, 1);
    submit(s, 1, 3);
    acknowledge(s, 0);
    submit(s, 4, 1);
    acknowledge(s, 2);
    store_tick(s, true, 0);
    submit(s, 5, 1);
}

static void check_body(const struct claim *c, size_t n)
{
    struct bytes want AUTO_BYTES = { 0 };
    fill_body(&want, n);
    CHECK_EQ(c->body.length, want.length);
    CHECK_BYTES(c->body.data, want.data, want.length);
}

static bool is_none_taken(void *context, int64_t seq)
{
    (void)context;
    (void)seq;
    return false;
}

/* Queued items by what they were given as; bodies are compared on the way. */
static bool count_queued(struct store *s, size_t seen[ITEMS])
{
    static struct claim claims[64];
    const struct claim_limits limits = { 64, 1 << 20, 1 << 24 };
    size_t count = 0;
    if (outbox_claim(s, claims, &count, 0, &limits, is_none_taken, NULL))
        return false;
    for (size_t i = 0; i < count; i++) {
        for (size_t n = 0; n < ITEMS; n++)
            if (!memcmp(claims[i].item.id, given[n].id, UUID_BYTES)) {
                seen[n]++;
                check_body(&claims[i], n);
            }
        claim_clear(&claims[i]);
    }
    return true;
}

/* What is wrong with item n, or NULL. */
static const char *broken(struct store *s, size_t n, size_t queued)
{
    enum item_state state = ITEM_STATE_END;
    char reference[SERVER_REF_TEXT];
    if (!given[n].is_stored)
        return NULL;
    if (outbox_find(s, given[n].receipt, &state, reference))
        return "lost";
    if (queued > 1)
        return "doubled";
    if ((state == ITEM_QUEUED) != (queued == 1))
        return "neither queued nor done";
    return state == ITEM_ACCEPTED || state == ITEM_QUEUED ? NULL : "in a state nobody put it into";
}

/* Every number that was given out is here once, with its bytes or with the county's acknowledgement. NULL: all is well. */
static const char *broken_promise(struct store *s)
{
    size_t seen[ITEMS] = { 0 };
    if (!store_is_up(s))
        return "the store does not come up again";
    if (!count_queued(s, seen))
        return "the queue cannot be read";
    for (size_t n = 0; n < ITEMS; n++)
        if (broken(s, n, seen[n]))
            return broken(s, n, seen[n]);
    return NULL;
}

static void check_promise(struct store *s, uint64_t cut)
{
    const char *why = broken_promise(s);
    if (why)
        fail_msg("cut %llu: %s", (unsigned long long)cut, why);
}

/* Numbers go on behind the last one given away: none twice. */
static void check_next_number(struct store *s)
{
    struct reservation_given r;
    uint8_t token[UUID_BYTES];
    memset(token, 99, sizeof(token));
    CHECK_EQ(outbox_reserve(s, &r, token, CLOCK_NTP), 0);
    for (size_t n = 0; n < ITEMS; n++)
        CHECK(!given[n].seq || r.seq > given[n].seq);
}

static void begin(uint64_t seed)
{
    memset(given, 0, sizeof(given));
    clock = fake_clock_at(1000, 1795680000000);
    storm_begin(seed);
}

static uint64_t operations_of_a_day(void)
{
    AUTO(store_free) struct store *s = NULL;
    begin(1);
    CHECK_EQ(open_store(&s), 0);
    live(s);
    for (size_t n = 0; n < ITEMS; n++)
        CHECK(given[n].is_stored);
    store_free(TAKE(s));
    return storm_operations();
}

/* Start up again, losing power once more on the way at operation `again` (0: not). */
static struct store *start_again(uint64_t again)
{
    struct store *s = NULL;
    storm_light();
    storm_cut_at(again);
    int r = open_store(&s);
    if (storm_is_dark()) {
        if (!r)
            store_free(s);
        s = NULL;
        storm_light();
        CHECK_EQ(open_store(&s), 0);
    } else {
        CHECK_EQ(r, 0);
        storm_cut_at(0);
    }
    return s;
}

static void cut_and_check(uint64_t seed, uint64_t cut, uint64_t again)
{
    struct store *s = NULL;
    begin(seed);
    storm_cut_at(cut);
    if (!open_store(&s)) {
        live(s);
        store_free(s);
    }
    s = start_again(again);
    check_promise(s, cut);
    check_next_number(s);
    store_free(s);
}

static void test_power_cut_at_every_write_and_flush_loses_no_number(void **state)
{
    (void)state;
    log_set_level((enum log_level)0);
    uint64_t operations = operations_of_a_day();
    CHECK(operations > 50);
    for (uint64_t cut = 1; cut <= operations; cut++)
        for (uint64_t seed = 1; seed <= 6; seed++)
            cut_and_check(seed, cut, 0);
    print_message("%llu operations, 6 ways each\n", (unsigned long long)operations);
}

static void test_power_cut_while_starting_up_after_a_power_cut(void **state)
{
    (void)state;
    uint64_t operations = operations_of_a_day();
    for (uint64_t cut = 1; cut <= operations; cut += 3)
        for (uint64_t again = 1; again <= 24; again++)
            cut_and_check(cut * 31 + again, cut, again);
}

/* The instrument itself: on a disk whose flushes do nothing, promises break and the checks above see it. */
static void test_a_disk_that_lies_about_flushing_is_found_out(void **state)
{
    (void)state;
    unsigned found = 0;
    for (uint64_t cut = 60; cut <= 200; cut += 5) {
        struct store *s = NULL;
        begin(cut);
        storm_lie(true);
        storm_cut_at(cut);
        if (!open_store(&s)) {
            live(s);
            store_free(s);
        }
        storm_lie(false);
        s = start_again(0);
        found += broken_promise(s) != NULL;
        store_free(s);
    }
    CHECK(found > 3);
}

/* F7, F8: the disk refuses; what was promised stays, what was not is refused for certain. */
static void test_disk_that_refuses_keeps_promises_and_recovers(void **state)
{
    (void)state;
    static const int faults[] = { -ENOSPC, -EIO };
    for (size_t i = 0; i < 2; i++) {
        struct store *s = NULL;
        begin(5 + i);
        CHECK_EQ(open_store(&s), 0);
        submit(s, 0, 2);
        CHECK(given[0].is_stored && given[1].is_stored);
        storm_refuse(faults[i]);
        submit(s, 2, 1);
        CHECK(!given[2].is_stored);
        storm_refuse(0);
        fake_clock_advance(&clock, 60000);
        store_tick(s, true, 0);
        CHECK(store_is_up(s));
        submit(s, 3, 1);
        CHECK(given[3].is_stored);
        check_promise(s, 0);
        store_free(s);
    }
}

/* F6: a database whose pages are destroyed anywhere: the queue comes back from the spool log. */
static void test_damaged_database_is_rebuilt_from_the_spool(void **state)
{
    (void)state;
    for (uint64_t at = 0; at < 40; at++) {
        struct store *s = NULL;
        begin(50 + at);
        CHECK_EQ(open_store(&s), 0);
        live(s);
        store_free(s);
        uint64_t size = storm_size("queue.db");
        CHECK(size > 4096);
        for (uint64_t k = 0; k < 64; k++)
            CHECK(storm_damage("queue.db", at * (size - 64) / 40 + k, 0xa5));
        s = NULL;
        CHECK_EQ(open_store(&s), 0);
        check_promise(s, 1000 + at);
        store_free(s);
    }
}

/* F5: a bit flipped in the spool log costs nothing while the database holds the item. */
static void test_damaged_spool_leaves_the_queue_whole(void **state)
{
    (void)state;
    for (uint64_t at = 0; at < 40; at++) {
        struct store *s = NULL;
        begin(90 + at);
        CHECK_EQ(open_store(&s), 0);
        live(s);
        store_free(s);
        CHECK(storm_damage("00000001.seg", at * 401, 0x5a));
        s = NULL;
        CHECK_EQ(open_store(&s), 0);
        check_promise(s, 2000 + at);
        store_free(s);
    }
}

static int stop(void **state)
{
    (void)state;
    storm_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_power_cut_at_every_write_and_flush_loses_no_number),
        T(test_power_cut_while_starting_up_after_a_power_cut),
        T(test_a_disk_that_lies_about_flushing_is_found_out),
        T(test_disk_that_refuses_keeps_promises_and_recovers),
        T(test_damaged_database_is_rebuilt_from_the_spool),
        T(test_damaged_spool_leaves_the_queue_whole),
    };
    return cmocka_run_group_tests(tests, NULL, stop);
}
