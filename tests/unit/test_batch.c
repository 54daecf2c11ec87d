/* links: sync/uplink sync/queue firmware/seal firmware/base */
#include <stdio.h>
#include <stdlib.h>
#include <zstd.h>

#include "firmware/base/json.h"
#include "sync/uplink/batch.h"
#include "sync/uplink/verdicts.h"
#include "tests/support/check.h"

/* The upload as the platform reads it, and the platform's answer as we do. */

#define ID_1 "0191f000-0000-7000-8000-000000000001"
#define ID_2 "0191f000-0000-7000-8000-000000000002"

static const uint8_t install_id[UUID_BYTES] = { 9 };
static const struct moment sent = { .boot_ms = 77,
                                    .wall_ms = INT64_C(1795509000000),
                                    .quality = CLOCK_HTTP_DATE };

static void add(struct batch *b, int64_t seq, const char *body)
{
    struct claim *c = &b->claims[b->count++];
    *c = (struct claim){ .item = { .seq = seq,
                                   .kind = ITEM_COMPLAINT,
                                   .suite = 1,
                                   .key_id = "county-1",
                                   .when = sent } };
    c->item.id[15] = (uint8_t)seq;
    c->item.size = body ? strlen(body) : 100000;
    sha256(c->item.sha256, body ? body : "", body ? strlen(body) : 0);
    if (body)
        CHECK_EQ(bytes_append_text(&c->body, body), 0);
}

static const char *text_at(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "(none)";
}

static json_t *parse(const void *text, size_t length)
{
    char complaint[JSON_COMPLAINT];
    json_t *o = json_parse(text, length, complaint);
    if (!o)
        fail_msg("%s", complaint);
    return o;
}

/* ---- what goes up -------------------------------------------------------------------------- */

static void test_batch_writes_the_document_of_the_interface(void **state)
{
    AUTO(batch_free) struct batch *b = NULL;
    struct bytes text AUTO_BYTES = { 0 };
    (void)state;
    CHECK_EQ(batch_new(&b), 0);
    add(b, 1, "sealed");
    add(b, 2, NULL);
    b->claims[1].item.has_chain = b->claims[1].item.has_after = true;
    b->claims[1].item.after[15] = 1;
    CHECK_EQ(batch_write(&text, b, install_id, &sent), 0);
    AUTO(json_release) json_t *o = parse(text.data, text.length);
    const json_t *items = json_object_get(o, "items"), *one = json_array_get(items, 0),
                 *two = json_array_get(items, 1);
    CHECK_EQ(json_array_size(items), 2);
    CHECK_STR(text_at(one, "id"), "00000000-0000-0000-0000-000000000001");
    CHECK_STR(text_at(one, "kind"), "complaint");
    CHECK_STR(text_at(one, "install_id"), "09000000-0000-0000-0000-000000000000");
    CHECK_STR(text_at(one, "key_id"), "county-1");
    CHECK_STR(text_at(one, "sealed"), "c2VhbGVk");
    CHECK_STR(text_at(one, "chain"), "(none)");
    CHECK_EQ(json_integer_value(json_object_get(one, "seq")), 1);
    CHECK_EQ(json_integer_value(json_object_get(one, "size")), 6);
    CHECK_EQ(strlen(text_at(one, "sha256")), 64);
    CHECK_STR(text_at(json_object_get(one, "clock"), "wall"), "2026-11-24T08:30:00Z");
    CHECK_STR(text_at(json_object_get(one, "clock"), "clock_quality"), "http-date");
    CHECK_STR(text_at(two, "sealed"), "(none)");
    CHECK_STR(text_at(two, "after"), "00000000-0000-0000-0000-000000000001");
    CHECK_STR(text_at(two, "chain"), "00000000-0000-0000-0000-000000000000");
    CHECK_EQ(json_integer_value(json_object_get(json_object_get(o, "sent_clock"), "boot_ms")), 77);
}

static void test_batch_body_unpacks_to_the_document_and_bears_its_digest(void **state)
{
    AUTO(batch_free) struct batch *b = NULL;
    struct bytes text AUTO_BYTES = { 0 };
    static char plain[4096];
    char digest[BATCH_DIGEST];
    (void)state;
    CHECK_EQ(batch_new(&b), 0);
    add(b, 1, "sealed");
    CHECK_EQ(batch_write(&text, b, install_id, &sent), 0);
    CHECK_EQ(batch_build(b, install_id, &sent, 0), 0);
    size_t length = ZSTD_decompress(plain, sizeof(plain), b->body.data, b->body.length);
    CHECK_EQ(length, text.length);
    CHECK_BYTES(plain, text.data, length);
    CHECK_EQ(content_digest(digest, b->body.data, b->body.length), 0);
    CHECK_STR(b->digest, digest);
    CHECK_EQ(b->claims[0].body.length, 0); /* not kept twice */
    CHECK(batch_has(b, 1) && !batch_has(b, 2) && !batch_has(NULL, 1));
}

static void test_content_digest_is_rfc_9530(void **state)
{
    char digest[BATCH_DIGEST];
    (void)state;
    CHECK_EQ(content_digest(digest, "{\"hello\": \"world\"}", 18), 0);
    CHECK_STR(digest, "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"); /* appendix D */
}

static void key_of(char out[BATCH_KEY], const int64_t *seqs, size_t count, unsigned salt)
{
    AUTO(batch_free) struct batch *b = NULL;
    CHECK_EQ(batch_new(&b), 0);
    for (size_t i = 0; i < count; i++)
        add(b, seqs[i], "x");
    CHECK_EQ(batch_build(b, install_id, &sent, salt), 0);
    memcpy(out, b->key, BATCH_KEY);
}

static void test_batch_key_is_that_of_the_items_in_any_order(void **state)
{
    char abc[BATCH_KEY], cab[BATCH_KEY], ab[BATCH_KEY], salted[BATCH_KEY];
    (void)state;
    key_of(abc, (const int64_t[]){ 1, 2, 3 }, 3, 0);
    key_of(cab, (const int64_t[]){ 3, 1, 2 }, 3, 0);
    key_of(ab, (const int64_t[]){ 1, 2 }, 2, 0);
    key_of(salted, (const int64_t[]){ 1, 2, 3 }, 3, 1);
    CHECK_STR(abc, cab);
    CHECK(strcmp(abc, ab) != 0 && strcmp(abc, salted) != 0);
    CHECK(abc[0] == '"' && abc[strlen(abc) - 1] == '"' && strlen(abc) == 66);
}

static void test_batch_of_fifty_full_items_stays_below_the_limit_of_the_interface(void **state)
{
    AUTO(batch_free) struct batch *b = NULL;
    struct bytes text AUTO_BYTES = { 0 };
    static char body[8001];
    (void)state;
    memset(body, 'x', 8000);
    CHECK_EQ(batch_new(&b), 0);
    for (int64_t i = 1; i <= BATCH_ITEMS_MAX; i++)
        add(b, i, body);
    CHECK_EQ(batch_write(&text, b, install_id, &sent), 0);
    CHECK(text.length > 500000 && text.length < 50 * (8000 * 4 / 3 + 1024));
    AUTO(json_release) json_t *o = parse(text.data, text.length);
    CHECK_EQ(json_array_size(json_object_get(o, "items")), 50);
}

/* A row that rotted in the database still makes a document; what is wrong with it the platform says. */
static void test_batch_writes_json_whatever_the_row_holds(void **state)
{
    AUTO(batch_free) struct batch *b = NULL;
    struct bytes text AUTO_BYTES = { 0 };
    (void)state;
    CHECK_EQ(batch_new(&b), 0);
    add(b, -5, "x");
    struct item *i = &b->claims[0].item;
    i->kind = (enum item_kind)12345;
    memset(i->key_id, '"', sizeof(i->key_id) - 1);
    i->suite = -1;
    i->size = SIZE_MAX;
    i->when = (struct moment){ .boot_ms = INT64_MIN,
                               .wall_ms = INT64_MIN,
                               .quality = (enum clock_quality)999 };
    CHECK_EQ(batch_write(&text, b, install_id, &sent), 0);
    json_decref(parse(text.data, text.length));
    memset(i->key_id, 0xff, sizeof(i->key_id) - 1);
    bytes_clear(&text);
    CHECK_EQ(batch_write(&text, b, install_id, &sent), 0);
    json_decref(parse(text.data, text.length));
}

/* The county names its keys as it likes. */
static void test_batch_writes_any_name_of_a_key(void **state)
{
    static const char *const names[] = { "county-1", "a\"b", "\\", "\t\n", "密钥/2026", "" };
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        AUTO(batch_free) struct batch *b = NULL;
        struct bytes text AUTO_BYTES = { 0 };
        CHECK_EQ(batch_new(&b), 0);
        add(b, 1, "x");
        snprintf(b->claims[0].item.key_id, SEAL_KEY_ID, "%s", names[i]);
        CHECK_EQ(batch_write(&text, b, install_id, &sent), 0);
        AUTO(json_release) json_t *o = parse(text.data, text.length);
        CHECK_STR(text_at(json_array_get(json_object_get(o, "items"), 0), "key_id"), names[i]);
    }
}

/* ---- what comes back ------------------------------------------------------------------------- */

static struct results results;

static int read_results(const char *text)
{
    return verdicts_parse(&results, text, strlen(text));
}

static enum outcome outcome_of(const char *id_text)
{
    uint8_t id[UUID_BYTES];
    CHECK_EQ(uuid_parse(id, id_text), 0);
    const struct result *r = verdicts_find(&results, id);
    return r ? r->outcome : OUTCOME_NONE;
}

static void test_verdicts_are_read_by_id(void **state)
{
    (void)state;
    CHECK_EQ(
        read_results(
            "{\"results\":[{\"id\":\"" ID_2
            "\",\"outcome\":\"rejected\",\"problem\":{\"title\":\"ein Problem\\n\"}},"
            "{\"id\":\"" ID_1
            "\",\"outcome\":\"accepted\",\"server_ref\":\"2026-1\",\"extra\":{}}],\"more\":1}"),
        0);
    CHECK_EQ(results.count, 2);
    CHECK_EQ(outcome_of(ID_1), OUTCOME_ACCEPTED);
    CHECK_EQ(outcome_of(ID_2), OUTCOME_REJECTED);
    CHECK_STR(results.of[0].problem, "ein Problem");
    CHECK_STR(results.of[1].server_ref, "2026-1");
    CHECK_EQ(results.of[1].retry_after_s, -1);
}

static void test_verdicts_every_word_of_the_interface_is_known(void **state)
{
    static const char *const words[OUTCOME_END] = { "?",        "accepted", "duplicate",
                                                    "conflict", "rejected", "missing_blobs",
                                                    "wait",     "retry" };
    (void)state;
    for (int i = 0; i < OUTCOME_END; i++) {
        char text[200];
        snprintf(text, sizeof(text),
                 "{\"results\":[{\"id\":\"" ID_1 "\",\"outcome\":\"%s\",\"retry_after\":%d}]}",
                 words[i], i * 100000);
        CHECK_EQ(read_results(text), 0);
        CHECK_EQ(outcome_of(ID_1), i);
        CHECK_EQ(results.of[0].retry_after_s, i ? 86400 : 0);
    }
}

/* Not a document of the interface: it counts as no answer at all. */
static void test_verdicts_malformed_document_is_no_answer(void **state)
{
    static const char *const bad[] = {
        "",
        "<html>Log in to the network</html>",
        "null",
        "[]",
        "{}",
        "{\"results\":{}}",
        "{\"results\":\"accepted\"}",
        "{\"results\":[]",
        "{\"results\":[]} x",
        "{\"results\":[],\"results\":[]}",
        ("{\"results\":[{\"id\":\"" ID_1 "\",\"outcome\":\"accepted\"}"),
        "{\"results\":[{\"id\":\"\xff\",\"outcome\":\"accepted\"}]}",
        "\xef\xbb\xbf{\"results\":[]}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        if (read_results(bad[i]) != VERDICTS_E_BAD)
            fail_msg("\"%s\" was taken", bad[i]);
    static char many[64 * 1024];
    size_t used = (size_t)snprintf(many, sizeof(many), "{\"results\":[0");
    for (int i = 0; i < RESULTS_MAX; i++)
        used += (size_t)snprintf(many + used, sizeof(many) - used, ",0");
    snprintf(many + used, sizeof(many) - used, "]}");
    CHECK_EQ(read_results(many), VERDICTS_E_BAD);
}

/* An entry that is not well formed judges nothing, and the others stand. F17. */
static void test_verdicts_malformed_entry_judges_nothing(void **state)
{
    static const char *const entries[] = {
        "0",
        "null",
        "[]",
        "{}",
        "{\"id\":\"" ID_1 "\"}",
        "{\"outcome\":\"accepted\"}",
        "{\"id\":\"" ID_1 "\",\"outcome\":true}",
        "{\"id\":\"" ID_1 "\",\"outcome\":\"\"}",
        "{\"id\":\"" ID_1 "\",\"outcome\":\"ACCEPTED\"}",
        "{\"id\":\"" ID_1 "\",\"outcome\":\"accepted \"}",
        "{\"id\":\"" ID_1 "\",\"outcome\":\"half-accepted\"}",
        "{\"id\":\"" ID_1 "\",\"outcome\":\"retry\",\"retry_after\":-1}",
        "{\"id\":\"" ID_1 "\",\"outcome\":\"retry\",\"retry_after\":1.5}",
        "{\"id\":\"" ID_1 "\",\"outcome\":\"accepted\",\"server_ref\":7}",
        "{\"id\":\"0191F000-0000-7000-8000-000000000001\",\"outcome\":\"accepted\"}",
        "{\"id\":\"0191f000000070008000000000000001\",\"outcome\":\"accepted\"}",
        "{\"id\":\"" ID_1 "x\",\"outcome\":\"accepted\"}",
        /* two words on one item are none, even if they agree */
        "{\"id\":\"" ID_1 "\",\"outcome\":\"accepted\"},{\"id\":\"" ID_1
        "\",\"outcome\":\"rejected\"}",
        "{\"id\":\"" ID_1 "\",\"outcome\":\"accepted\"},{\"id\":\"" ID_1
        "\",\"outcome\":\"accepted\"}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(entries) / sizeof(*entries); i++) {
        char text[600];
        snprintf(text, sizeof(text),
                 "{\"results\":[%s,{\"id\":\"" ID_2 "\",\"outcome\":\"duplicate\"}]}", entries[i]);
        CHECK_EQ(read_results(text), 0);
        if (outcome_of(ID_1) != OUTCOME_NONE || outcome_of(ID_2) != OUTCOME_DUPLICATE)
            fail_msg("%s was taken for a verdict", entries[i]);
    }
}

static void test_verdicts_text_of_any_length_is_cut_to_whole_characters(void **state)
{
    (void)state;
    for (size_t length = 140; length < 200; length++) {
        static char text[4096];
        size_t used = (size_t)snprintf(text, sizeof(text),
                                       "{\"results\":[{\"id\":\"" ID_1
                                       "\",\"outcome\":\"rejected\",\"problem\":{\"title\":\"");
        for (size_t i = 0; i < length / 3; i++)
            used += (size_t)snprintf(text + used, sizeof(text) - used, "材");
        snprintf(text + used, sizeof(text) - used, "\"}}]}");
        CHECK_EQ(read_results(text), 0);
        CHECK_EQ(strlen(results.of[0].problem) % 3, 0);
        CHECK(strlen(results.of[0].problem) < RESULT_PROBLEM);
    }
}

/* ---- blobs ------------------------------------------------------------------------------------ */

#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void test_blob_state_tells_which_parts_are_there(void **state)
{
    struct blob_state s;
    uint8_t hash[SHA256_BYTES];
    static const char text[] =
        "{\"sha256\":\"" HASH "\",\"complete\":false,\"parts\":[0,2,255,256,-1,1.5,\"3\",null]}";
    (void)state;
    sha256(hash, "", 0);
    CHECK_EQ(blob_state_parse(&s, hash, text, strlen(text)), 0);
    CHECK(!s.is_complete && s.has[0] && !s.has[1] && s.has[2] && !s.has[3] && s.has[255]);
}

static void test_blob_state_of_another_blob_or_none_is_no_answer(void **state)
{
    static const char *const bad[] = {
        "",
        "{}",
        "{\"complete\":true}",
        "{\"sha256\":\"\",\"complete\":true}",
        "{\"sha256\":\"e3b0\",\"complete\":true}",
        "{\"sha256\":\"f3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\","
        "\"complete\":true}",
        "{\"sha256\":\"" HASH "\",\"complete\":\"yes\"}",
        "{\"sha256\":\"" HASH "\",\"complete\":false,\"parts\":{}}"
    };
    struct blob_state s;
    uint8_t hash[SHA256_BYTES];
    (void)state;
    sha256(hash, "", 0);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        if (blob_state_parse(&s, hash, bad[i], strlen(bad[i])) != VERDICTS_E_BAD)
            fail_msg("%s was taken", bad[i]);
}

RUN(T(test_batch_writes_the_document_of_the_interface),
    T(test_batch_body_unpacks_to_the_document_and_bears_its_digest),
    T(test_content_digest_is_rfc_9530), T(test_batch_key_is_that_of_the_items_in_any_order),
    T(test_batch_of_fifty_full_items_stays_below_the_limit_of_the_interface),
    T(test_batch_writes_json_whatever_the_row_holds), T(test_batch_writes_any_name_of_a_key),
    T(test_verdicts_are_read_by_id), T(test_verdicts_every_word_of_the_interface_is_known),
    T(test_verdicts_malformed_document_is_no_answer),
    T(test_verdicts_malformed_entry_judges_nothing),
    T(test_verdicts_text_of_any_length_is_cut_to_whole_characters),
    T(test_blob_state_tells_which_parts_are_there),
    T(test_blob_state_of_another_blob_or_none_is_no_answer))
