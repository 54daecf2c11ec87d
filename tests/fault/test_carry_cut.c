/* links: sync/local sync/update firmware/update sync/carry sync/feed sync/uplink sync/queue firmware/service drivers/stick firmware/seal firmware/base */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "firmware/base/log.h"
#include "sync/carry/load.h"
#include "firmware/base/json.h"
#include "sync/queue/outbox.h"
#include "tests/support/check.h"
#include "tests/support/stick_kiosk.h"
#include "tests/support/stick_storm.h"
#include "tests/support/storm.h"

/* Power cuts at every write and flush while answers come in from a stick, and while loads go onto one. Half an errand is as
 * good as none: done again, everything is settled once, and no file of half a length bears a whole one's name. */

enum { ITEMS = 6, SETTLED = 4 };

static struct stick_keys keys;
static struct trust *trust;
static char mount[512], *answer_text;
static struct bytes answer_body;

/* ---- in: the kiosk's own disk loses power -------------------------------------------- */

static struct stick_kiosk kiosk;

/* An answer that accepts the first items of the queue as it is now, framed for carry-in. */
static void make_answer(void)
{
    struct bytes signature AUTO_BYTES = { 0 };
    json_t *results = json_array();
    int64_t after = 0;
    bytes_clear(&answer_body);
    json_text_free(answer_text);
    for (int i = 0; i < SETTLED; i++) {
        struct claim c;
        char id[UUID_TEXT], sum[2 * SHA256_BYTES + 1];
        CHECK_EQ(outbox_next_open(kiosk.store, &c, after), 0);
        uuid_format(id, c.item.id);
        hex_encode(sum, c.item.sha256, SHA256_BYTES);
        json_array_append_new(results, json_pack("{ss, ss, ss, ss}", "id", id, "sha256", sum,
                                                 "outcome", "accepted", "server_ref", "REF"));
        after = c.item.seq;
        claim_clear(&c);
    }
    json_t *o = json_pack("{ss, si, ss, ss, si, ss, so, s[{ss, ss, ss}]}", "type", "carry-answer",
                          "version", 1, "kiosk_id", "K0012", "epoch",
                          "01900000-0000-7000-8000-000000000001", "number", 1, "made",
                          "2026-11-20T08:00:00Z", "results", results, "entries", "receipt_hash",
                          "00000000000000000000000000000000000000000000000000000000000000aa",
                          "state", "accepted", "changed_at", "2026-11-20T08:00:00Z");
    CHECK(o != NULL);
    answer_text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    CHECK_EQ(document_sign(&signature, answer_text, strlen(answer_text), &keys.signer_key,
                           &keys.signer_pem),
             0);
    CHECK_EQ(bytes_append_be32(&answer_body, (uint32_t)signature.length), 0);
    CHECK_EQ(bytes_append(&answer_body, signature.data, signature.length), 0);
    CHECK_EQ(bytes_append_text(&answer_body, answer_text), 0);
}

/* What was said; *settled of it. "" when there was no answer to the question. */
static const char *bring(int *settled)
{
    static char said[40];
    struct message reply AUTO_MESSAGE = { 0 };
    CHECK_EQ(stick_kiosk_ask(&kiosk, json_pack("{ss, ss}", "op", "carry-in", "name", "answer"),
                             answer_body.data, answer_body.length, &reply),
             0);
    const char *word = json_string_value(json_object_get(reply.head, "said"));
    snprintf(said, sizeof(said), "%s", word ? word : "");
    *settled = (int)json_integer_value(json_object_get(reply.head, "settled"));
    return said;
}

static void check_settled(uint64_t cut)
{
    struct outbox_counts n;
    CHECK_EQ(outbox_count(kiosk.store, &n), 0);
    if (n.by_state[ITEM_ACCEPTED] != SETTLED || n.by_state[ITEM_QUEUED] != ITEMS - SETTLED)
        fail_msg("cut %llu: %lld accepted, %lld queued", (unsigned long long)cut,
                 (long long)n.by_state[ITEM_ACCEPTED], (long long)n.by_state[ITEM_QUEUED]);
}

/* Returns how many operations the errand took. */
static uint64_t answer_under(uint64_t seed, uint64_t cut)
{
    int settled;
    storm_begin(seed);
    CHECK(stick_kiosk_open(&kiosk, test_folder(), &keys, trust));
    stick_kiosk_submit(&kiosk, ITEMS);
    make_answer();
    storm_cut_at(cut);
    const char *said = bring(&settled);
    bool was_told = !strcmp(said, "well");
    uint64_t operations = storm_operations();
    stick_kiosk_close(&kiosk);
    storm_light();
    CHECK(stick_kiosk_open(&kiosk, test_folder(), &keys, trust));
    if (was_told)
        check_settled(cut); /* what was said to be settled is so */
    CHECK_STR(bring(&settled), "well");
    check_settled(cut);
    CHECK_STR(bring(&settled), "well");
    CHECK_EQ(settled, 0);
    check_settled(cut);
    stick_kiosk_close(&kiosk);
    return operations;
}

static void test_an_answer_is_taken_once_wherever_the_power_fails(void **state)
{
    (void)state;
    uint64_t operations = answer_under(1, 0);
    CHECK(operations > 10);
    for (uint64_t cut = 1; cut <= operations; cut++)
        for (uint64_t seed = 1; seed <= 4; seed++)
            answer_under(seed, cut);
    print_message("%llu operations, 4 ways each\n", (unsigned long long)operations);
}

/* ---- out: the stick loses power ------------------------------------------------------ */

static struct bytes file;
static char load_file_name[LOAD_NAME];

static void make_load(void)
{
    struct bytes records AUTO_BYTES = { 0 };
    struct load_facts f = { .kiosk = "K0012" };
    uint8_t body[900];
    for (int n = 1; n <= 4; n++) {
        struct item i = { .seq = n, .kind = ITEM_RATING, .suite = 1, .size = sizeof(body) };
        memset(body, n, sizeof(body));
        memset(i.id, n, UUID_BYTES);
        sha256(i.sha256, body, sizeof(body));
        CHECK_EQ(load_add(&records, &i, body), 0);
    }
    load_measure(&f, &records);
    load_name(load_file_name, &f);
    CHECK_EQ(load_write(&file, &f, &records, &keys.kiosk_key, &keys.kiosk_pem), 0);
}

static struct stick *plug_in(void)
{
    struct stick *s = NULL;
    stick_storm_reset();
    CHECK_EQ(stick_open(&s, mount, &stick_storm_calls), 0);
    return s;
}

/* 0: there and whole. */
static int state_of(struct stick *s)
{
    struct bytes back AUTO_BYTES = { 0 };
    struct load_facts f;
    int r = stick_read(s, &back, load_file_name);
    if (!r)
        CHECK_EQ(load_read(&f, back.data, back.length), 0);
    return r;
}

static uint64_t write_under(uint64_t seed, uint64_t cut, bool is_there_before)
{
    storm_begin(seed);
    struct stick *s = plug_in();
    if (is_there_before)
        CHECK_EQ(stick_write(s, load_file_name, file.data, file.length), 0);
    storm_cut_at(cut);
    int r = stick_write(s, load_file_name, file.data, file.length);
    uint64_t operations = storm_operations();
    stick_free(s);
    stick_storm_reset();
    storm_light();
    s = plug_in();
    int after = state_of(s);
    if (!r || is_there_before)
        CHECK_EQ(after, 0);
    CHECK(!after || after == STICK_E_ABSENT);
    CHECK_EQ(stick_write(s, load_file_name, file.data, file.length), 0);
    CHECK_EQ(state_of(s), 0);
    stick_free(s);
    stick_storm_reset();
    return operations;
}

static void test_a_load_is_whole_or_not_there_wherever_the_stick_is_pulled(void **state)
{
    (void)state;
    make_load();
    uint64_t operations = write_under(1, 0, false);
    CHECK(operations > 12);
    for (uint64_t cut = 1; cut <= operations + 1; cut++)
        for (uint64_t seed = 1; seed <= 8; seed++) {
            write_under(seed, cut, false);
            write_under(seed, cut, true);
        }
    print_message("%llu operations, 16 ways each\n", (unsigned long long)operations);
}

/* The instrument: without the flush before the renaming a file of half a length would bear the name. */
static int no_flush(int fd)
{
    (void)fd;
    return 0;
}

static void test_a_stick_that_lies_about_flushing_is_found_out(void **state)
{
    struct stick_calls lying = stick_storm_calls;
    unsigned found = 0;
    (void)state;
    lying.flush = no_flush;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct bytes back AUTO_BYTES = { 0 };
        struct load_facts f;
        struct stick *s = NULL;
        storm_begin(seed);
        stick_storm_reset();
        CHECK_EQ(stick_open(&s, mount, &lying), 0);
        CHECK_EQ(stick_write(s, load_file_name, file.data, file.length), 0);
        stick_free(s);
        storm_light();
        s = plug_in();
        if (!stick_read(s, &back, load_file_name) && load_read(&f, back.data, back.length))
            found++;
        stick_free(s);
    }
    CHECK(found > 3);
}

static int start(void **state)
{
    (void)state;
    log_set_level((enum log_level)0);
    stick_keys_make(&keys);
    stick_keys_write(&keys, test_folder());
    snprintf(mount, sizeof(mount), "%s/stick", test_folder());
    return mkdir(mount, 0700) ? -1 : trust_load(&trust, test_folder());
}

static int stop(void **state)
{
    (void)state;
    bytes_clear(&file);
    bytes_clear(&answer_body);
    json_text_free(answer_text);
    trust_free(trust);
    stick_keys_clear(&keys);
    stick_storm_reset();
    storm_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_an_answer_is_taken_once_wherever_the_power_fails),
        T(test_a_load_is_whole_or_not_there_wherever_the_stick_is_pulled),
        T(test_a_stick_that_lies_about_flushing_is_found_out),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
