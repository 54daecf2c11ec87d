/* links: sync/queue firmware/seal firmware/base */
#include <stdio.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "sync/queue/audit.h"
#include "sync/queue/events.h"
#include "tests/support/check.h"
#include "tests/support/stick_keys.h"
#include "tests/support/storm.h"

/* The chain of what staff did: it only grows, survives power cuts and a damaged database, and no record of it can be changed, left
 * out or added without its being seen. */

static struct stick_keys keys;
static struct fake_clock machine;
static struct store *store;

static void open_store(void)
{
    struct store_options so = { .data = storm_disk(),
                                .spool = storm_disk(),
                                .folder = "/storm",
                                .clock = &machine.base,
                                .vfs = STORM_VFS,
                                .ballast_bytes = 4096 };
    CHECK_EQ(store_open(&store, &so), 0);
}

static int begin(void **state)
{
    (void)state;
    log_set_level((enum log_level)0);
    machine = fake_clock_at(1000, INT64_C(1795600000000));
    storm_begin(1);
    open_store();
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

static void work(int from, int to)
{
    for (int i = from; i <= to; i++) {
        fake_clock_advance(&machine, 60000);
        events_add(store, "staff-action", "S-2026-0007 paper roll %d", i);
        events_add(store, "disk-low", "not of staff");
    }
}

/* ---- as kiosk-syncd writes it -------------------------------------------------------- */

static void add_record(void *context, const struct audit_record *r,
                       const uint8_t hash[SHA256_BYTES])
{
    char hex[2 * SHA256_BYTES + 1];
    hex_encode(hex, hash, SHA256_BYTES);
    json_array_append_new(context, json_pack("{sI, sI, ss, ss, ss}", "n", (json_int_t)r->n, "at_ms",
                                             (json_int_t)r->at_ms, "what", r->what, "detail",
                                             r->detail, "hash", hex));
}

static json_t *write_log(int64_t most)
{
    uint8_t before[SHA256_BYTES], head[SHA256_BYTES];
    char hex[2 * SHA256_BYTES + 1], head_hex[2 * SHA256_BYTES + 1];
    int64_t n;
    json_t *list = json_array();
    CHECK_EQ(audit_head(store, &n, head), 0);
    CHECK_EQ(audit_list(store, most, before, add_record, list), 0);
    hex_encode(hex, before, SHA256_BYTES);
    hex_encode(head_hex, head, SHA256_BYTES);
    return json_pack("{ss, s{sI, ss, ss, so}}", "kiosk_id", "K0012", "audit", "n", (json_int_t)n,
                     "head", head_hex, "before", hex, "records", list);
}

static int count_each(void *context, const struct audit_record *r, const uint8_t hash[SHA256_BYTES])
{
    (void)r;
    (void)hash;
    ++*(int *)context;
    return 0;
}

/* Signed by the kiosk as it is, and read again. Takes the document. */
static int read_back(json_t *o, struct audit_part *part, int64_t *broken_at, int *count)
{
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    char *text = json_canonical(o);
    json_decref(o);
    CHECK_EQ(bytes_append_text(&document, text), 0);
    json_text_free(text);
    CHECK_EQ(
        document_sign(&signature, document.data, document.length, &keys.kiosk_key, &keys.kiosk_pem),
        0);
    *count = 0;
    return audit_read(part, broken_at, &keys.kiosk_ca, &document, &signature, count_each,
                      count);
}

/* ---- tests --------------------------------------------------------------------------- */

static void test_audit_only_what_staff_did_stands_in_it_and_every_link_fits(void **state)
{
    struct audit_part part;
    int64_t broken_at;
    int count;
    (void)state;
    CHECK_EQ(read_back(write_log(100), &part, &broken_at, &count), 0);
    CHECK_EQ(count, 0);
    work(1, 30);
    CHECK_EQ(read_back(write_log(100), &part, &broken_at, &count), 0);
    CHECK_EQ(count, 30);
    CHECK_EQ(part.first, 1);
    CHECK_EQ(part.last, 30);
    CHECK_STR(part.kiosk, "K0012");
    CHECK_EQ(read_back(write_log(10), &part, &broken_at, &count), 0); /* the last ten of them */
    CHECK_EQ(part.first, 21);
    CHECK_EQ(count, 10);
}

static void test_audit_a_changed_record_is_found_whoever_signs_it(void **state)
{
    static const char *const changes[] = { "detail", "what", "at_ms", "hash", "n" };
    struct audit_part part;
    int64_t broken_at;
    int count;
    (void)state;
    work(1, 9);
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        json_t *o = write_log(100);
        json_t *r = json_array_get(json_object_get(json_object_get(o, "audit"), "records"), 4);
        json_t *was = json_object_get(r, changes[i]);
        json_object_set_new(r, changes[i],
                            json_is_integer(was) ? json_integer(json_integer_value(was) + 1)
                            : strcmp(changes[i], "hash")
                                ? json_string("staff-other")
                                : json_string("00112233445566778899aabbccddeeff"
                                              "00112233445566778899aabbccddeeff"));
        if (read_back(o, &part, &broken_at, &count) != AUDIT_E_BROKEN)
            fail_msg("a changed %s is believed", changes[i]);
        CHECK(broken_at == 5 || broken_at == 6);
    }
}

static void test_audit_a_record_left_out_or_cut_off_is_found(void **state)
{
    struct audit_part part;
    int64_t broken_at;
    int count;
    (void)state;
    work(1, 9);
    for (size_t i = 0; i < 9; i++) {
        json_t *o = write_log(100);
        json_array_remove(json_object_get(json_object_get(o, "audit"), "records"), i);
        CHECK_EQ(read_back(o, &part, &broken_at, &count), AUDIT_E_BROKEN);
    }
    json_t *o = write_log(100);
    json_object_set_new(o, "kiosk_id", json_string("K0077"));
    CHECK_EQ(read_back(o, &part, &broken_at, &count), AUDIT_E_SIGNATURE);
    o = write_log(100);
    json_object_del(o, "audit");
    CHECK_EQ(read_back(o, &part, &broken_at, &count), AUDIT_E_FORMAT);
}

static void test_audit_survives_a_power_cut_at_every_moment(void **state)
{
    struct audit_part part;
    int64_t broken_at, operations;
    int count;
    (void)state;
    work(1, 3);
    storm_cut_at(0);
    work(4, 5);
    operations = (int64_t)storm_operations();
    for (int64_t cut = 1; cut <= operations; cut++) {
        end(NULL);
        begin(NULL);
        work(1, 3);
        storm_cut_at((uint64_t)cut);
        work(4, 5);
        store_free(store);
        storm_light();
        open_store();
        CHECK_EQ(read_back(write_log(100), &part, &broken_at, &count), 0);
        if (count < 3 || count > 5)
            fail_msg("cut %lld: %d records", (long long)cut, count);
        work(6, 7);
        CHECK_EQ(read_back(write_log(100), &part, &broken_at, &count), 0);
    }
    CHECK(operations > 8);
}

static void test_audit_comes_through_a_damaged_database(void **state)
{
    struct audit_part part;
    int64_t broken_at;
    int count;
    (void)state;
    work(1, 20);
    store_free(store);
    for (uint64_t at = 0; at < 60; at++)
        CHECK(storm_damage("queue.db", 100 + at, 0xA5)); /* the schema's page */
    open_store();
    int r = read_back(write_log(100), &part, &broken_at, &count);
    /* Nothing or all of it; never a piece that passes for the whole. */
    CHECK_EQ(r, 0);
    CHECK(count == 0 || count == 20);
}

static int start(void **state)
{
    (void)state;
    stick_keys_make(&keys);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    stick_keys_clear(&keys);
    return 0;
}

#define A(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        A(test_audit_only_what_staff_did_stands_in_it_and_every_link_fits),
        A(test_audit_a_changed_record_is_found_whoever_signs_it),
        A(test_audit_a_record_left_out_or_cut_off_is_found),
        A(test_audit_survives_a_power_cut_at_every_moment),
        A(test_audit_comes_through_a_damaged_database),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
