#include "tests/support/carry_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "firmware/base/json.h"
#include "sync/carry/out.h"
#include "tests/support/check.h"

void carry_kiosk_open(struct carry_kiosk *k, const char *id, const char *folder,
                      const struct bytes *key, const struct bytes *pem, struct trust *trust)
{
    *k = (struct carry_kiosk){
        .clock = fake_clock_at(1000, 1795680000000), .key = key, .pem = pem, .trust = trust
    };
    snprintf(k->id, sizeof(k->id), "%s", id);
    snprintf(k->folder, sizeof(k->folder), "%s", folder);
    CHECK_EQ(folder_open(&k->disk, k->folder), 0);
    struct store_options o = { .data = &k->disk.base,
                               .spool = &k->disk.base,
                               .folder = k->folder,
                               .clock = &k->clock.base,
                               .synchronous = "OFF",
                               .ballast_bytes = 4096 };
    memset(o.boot_id, id[4], sizeof(o.boot_id));
    CHECK_EQ(store_open(&k->store, &o), 0);
    store_set_kiosk(k->store, id);
}

void carry_kiosk_close(struct carry_kiosk *k)
{
    store_free(k->store);
    k->store = NULL;
}

static void fill(struct submission *sub, struct store *s, unsigned n, size_t size)
{
    struct reservation_given given;
    uint8_t piece[64];
    *sub = (struct submission){ .kind = ITEM_APPLICATION,
                                .suite = SEAL_SUITE_CMS_P256,
                                .key_id = "county-1" };
    random_bytes(sub->token, sizeof(sub->token));
    CHECK_EQ(outbox_reserve(s, &given, sub->token, CLOCK_NTP), 0);
    memcpy(sub->id, given.id, UUID_BYTES);
    memset(piece, (int)n, sizeof(piece));
    put_be32(piece, n);
    while (sub->body.length < size)
        CHECK_EQ(bytes_append(&sub->body, piece, sizeof(piece)), 0);
    sha256(sub->sha256, sub->body.data, sub->body.length);
}

void carry_kiosk_submit(struct carry_kiosk *k, unsigned first, unsigned count, size_t size)
{
    for (unsigned n = 0; n < count; n++) {
        struct submission sub;
        fill(&sub, k->store, first + n, size + (first + n) * 37 % 1500);
        outbox_submit(k->store, &sub, 1);
        CHECK_EQ(sub.result, SUBMIT_STORED);
        bytes_clear(&sub.body);
    }
}

int64_t carry_kiosk_count(struct carry_kiosk *k, enum item_state state)
{
    struct outbox_counts n;
    CHECK_EQ(outbox_count(k->store, &n), 0);
    return n.by_state[state];
}

/* ---- kiosk-syncd's part -------------------------------------------------------------- */

static bool is_there(void *context, const char *name, size_t bytes)
{
    const json_t *have = context;
    for (size_t i = 0; i < json_array_size(have); i++) {
        const json_t *o = json_array_get(have, i);
        if (!strcmp(json_string_value(json_object_get(o, "name")), name) &&
            json_integer_value(json_object_get(o, "bytes")) == (json_int_t)bytes)
            return true;
    }
    return false;
}

static json_t *answer_out(struct carry_kiosk *k, const json_t *q, struct bytes *body)
{
    struct carry_self self = { .quality = CLOCK_NTP, .key_pem = k->key, .certificate_pem = k->pem };
    struct carry_load load;
    int r = carry_out_next(&load, k->store, &self, json_integer_value(json_object_get(q, "after")),
                           is_there, json_object_get(q, "have"));
    if (r == CARRY_OUT_E_DONE)
        return json_pack("{sb, sb}", "ok", true, "done", true);
    if (r)
        return json_pack("{sb, ss}", "ok", false, "error", "storage");
    *body = load.file;
    return json_pack("{sb, ss, sI, si, sb, sb}", "ok", true, "name", load.name, "last",
                     (json_int_t)load.facts.last, "count", (int)load.facts.count, "there",
                     load.is_there, "done", false);
}

static json_t *answer_in(struct carry_kiosk *k, const uint8_t *body, size_t length)
{
    static const char *const words[] = { "well",        "signature", "format",
                                         "other-kiosk", "history",   "not-now" };
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    struct answer_taken taken;
    uint32_t cut = get_be32(body);
    CHECK(cut <= length - 4);
    CHECK_EQ(bytes_append(&signature, body + 4, cut), 0);
    CHECK_EQ(bytes_append(&document, body + 4 + cut, length - 4 - cut), 0);
    int r = answer_take(&taken, k->store, k->trust, &document, &signature);
    return json_pack("{sb, ss, si, si, si, si, si}", "ok", true, "said",
                     r < 0 ? "not-now" : words[r], "settled", (int)taken.settled, "known",
                     (int)taken.known, "refused", (int)taken.refused, "strange", (int)taken.strange,
                     "cases", (int)taken.cases);
}

static int ask(void *context, json_t *request, const void *body, size_t length,
               struct message *reply)
{
    struct carry_kiosk *k = context;
    const char *op = json_string_value(json_object_get(request, "op"));
    *reply = (struct message){ 0 };
    if (!k->dies_at || ++k->asked < k->dies_at)
        reply->head = !strcmp(op, "carry-out") ? answer_out(k, request, &reply->body)
                                               : answer_in(k, body, length);
    json_decref(request);
    return reply->head ? 0 : -ETIMEDOUT;
}

enum saying carry_kiosk_errand(struct carry_kiosk *k, struct errand_report *report,
                               const char *mount, const struct stick_calls *calls)
{
    AUTO(stick_free) struct stick *s = NULL;
    const struct errand_ports ports = { ask, NULL, k };
    int r = stick_open(&s, mount, calls);
    return r ? saying_of_stick(r) : errand_run(report, s, k->id, &ports);
}

void carry_stick_new(char out[512], const char *name)
{
    snprintf(out, 512, "%s/%s", test_folder(), name);
    CHECK_EQ(mkdir(out, 0700), 0);
    CHECK_EQ(stick_prepare(out), 0);
}
