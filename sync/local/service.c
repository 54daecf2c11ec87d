#include "sync/local/service.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "sync/queue/cases.h"
#include "sync/queue/docs.h"
#include "sync/queue/prints.h"
#include "sync/queue/tickets.h"

static bool hex_of(uint8_t *out, size_t length, const json_t *o, const char *key)
{
    return !hex_decode(out, length, json_text_at(o, key));
}

static void put_uuid(json_t *o, const char *key, const uint8_t id[UUID_BYTES])
{
    char text[UUID_TEXT];
    uuid_format(text, id);
    json_object_set_new(o, key, json_string(text));
}

json_t *service_fail(const char **error, char reason[FEED_REASON_TEXT], const char *word,
                     const char *sentence)
{
    *error = word;
    snprintf(reason, FEED_REASON_TEXT, "%s", sentence);
    return NULL;
}

json_t *service_fail_storage(const char **error, char reason[FEED_REASON_TEXT])
{
    return service_fail(error, reason, "storage", "the store does not work at the moment");
}

json_t *service_fail_store(int r, const char **error, char reason[FEED_REASON_TEXT])
{
    if (r == STORE_E_NONE)
        return service_fail(error, reason, "not-found", "there is no such entry");
    if (r == STORE_E_FULL)
        return service_fail(error, reason, "disk-full", "the disk is full");
    return service_fail_storage(error, reason);
}

/* ---- status -------------------------------------------------------------------------- */

const char *service_refusal(const struct service *s)
{
    if (!*store_kiosk(
            s->store)) /* by which number it goes is all that taking needs of its identity */
        return "unenrolled";
    if (!store_is_up(s->store))
        return "storage";
    if (store_disk_level(s->store) == DISK_REFUSE)
        return "disk-full";
    return feed_has_keys(s->feed) ? "" : "no-key";
}

static json_t *counts_json(const struct service *s)
{
    struct outbox_counts n = { 0 };
    if (outbox_count(s->store, &n))
        n = (struct outbox_counts){ 0 };
    return json_pack("{sI, sI, sI, sI, sI, sI}", "queued", (json_int_t)n.by_state[ITEM_QUEUED],
                     "held", (json_int_t)n.by_state[ITEM_HELD], "dead",
                     (json_int_t)n.by_state[ITEM_DEAD], "accepted",
                     (json_int_t)n.by_state[ITEM_ACCEPTED], "last_seq", (json_int_t)n.last_seq,
                     "oldest_s", (json_int_t)n.oldest_s);
}

json_t *service_status(const struct service *s)
{
    const char *refusal = service_refusal(s);
    bool is_enrolled = feed_is_enrolled(s->feed);
    json_t *docs = json_object();
    for (int i = 0; i < DOC_COUNT; i++)
        json_object_set_new(docs, feed_doc_names[i],
                            json_integer(feed_doc_version(s->feed, (enum feed_doc)i)));
    json_t *o = json_pack(
        "{ss, sb, ss, sb, ss, so, so, sI, si, sf}", "kiosk_id", store_kiosk(s->store), "enrolled",
        is_enrolled, "link", is_enrolled ? link_state_word(s->link->state) : "unenrolled",
        "accepting", !*refusal, "refusal", refusal, "queue", counts_json(s), "docs", docs,
        "last_contact_ms", (json_int_t)s->link->contact_ms, "clock_quality",
        (int)county_clock_quality(s->clock), "clock_skew_s", (double)s->clock->skew_ms / 1000);
    if (o) {
        json_object_set_new(o, "wall_ms", json_integer(s->clock->base.wall_ms(&s->clock->base)));
        put_uuid(o, "install_id", s->install_id);
        feed_add_days(s->feed, o);
        json_object_set_new(o, "disk_free_percent", json_integer(store_free_percent(s->store)));
    }
    service_add_state(s, o);
    return o;
}

void service_gist(char out[SERVICE_GIST], const struct service *s)
{
    int used = snprintf(out, SERVICE_GIST, "%s %s %d %d", store_kiosk(s->store), service_refusal(s),
                        (int)s->link->state, (int)county_clock_quality(s->clock));
    for (int i = 0; i < DOC_COUNT; i++)
        used += snprintf(out + used, (size_t)(SERVICE_GIST - used), " %lld",
                         (long long)feed_doc_version(s->feed, (enum feed_doc)i));
}

static json_t *op_status(struct service *s, const json_t *q, struct bytes *body, const char **error,
                         char *reason)
{
    (void)q;
    (void)body;
    json_t *o = service_status(s);
    return o ? o : service_fail(error, reason, "storage", "no memory");
}

/* The printer's owner has just started: what it had on the wire is uncertain now. */
static json_t *op_hello(struct service *s, const json_t *q, struct bytes *body, const char **error,
                        char *reason)
{
    if (!strcmp(json_text_at(q, "client"), "kiosk") && store_is_up(s->store) &&
        prints_orphan(s->store))
        return service_fail(error, reason, "storage", "open print attempts could not be marked");
    return op_status(s, q, body, error, reason);
}

/* ---- taking in ----------------------------------------------------------------------- */

/* A place in the queue of people comes with the reservation. False: `r` says why not. */
static bool add_ticket(json_t *o, const json_t *q, struct service *s,
                       const uint8_t token[UUID_BYTES], int *r)
{
    int64_t number = 0;
    const char *day = json_string_value(json_object_get(q, "ticket_day"));
    if (!day)
        return true;
    *r = tickets_take(s->store, &number, token, day);
    return !*r && !json_object_set_new(o, "ticket", json_integer(number));
}

static bool is_day(const json_t *day)
{
    const char *text = json_string_value(day);
    return !day || (text && (!*text || (strlen(text) == 8 && strspn(text, "0123456789") == 8)));
}

static json_t *op_reserve(struct service *s, const json_t *q, struct bytes *body,
                          const char **error, char *reason)
{
    uint8_t token[UUID_BYTES];
    struct reservation_given given;
    (void)body;
    if (!hex_of(token, sizeof(token), q, "token"))
        return service_fail(error, reason, "bad-request", "token must be 32 hex digits");
    if (!is_day(json_object_get(q, "ticket_day")))
        return service_fail(error, reason, "bad-request",
                            "ticket_day must be a day like 20261126, or empty");
    const char *refusal = service_refusal(s);
    if (*refusal)
        return service_fail(error, reason, refusal, "nothing can be accepted now");
    int r = outbox_reserve(s->store, &given, token, county_clock_quality(s->clock));
    if (r)
        return service_fail_store(r, error, reason);
    json_t *o = json_pack("{sI, ss, ss, sI, sI, si}", "seq", (json_int_t)given.seq, "receipt",
                          given.receipt, "kiosk_id", store_kiosk(s->store), "boot_ms",
                          (json_int_t)given.when.boot_ms, "wall_ms", (json_int_t)given.when.wall_ms,
                          "clock_quality", (int)given.when.quality);
    put_uuid(o, "id", given.id);
    put_uuid(o, "install_id", s->install_id);
    put_uuid(o, "boot_id", given.when.boot_id);
    if (add_ticket(o, q, s, token, &r))
        return o;
    json_decref(o);
    return service_fail_store(r, error, reason);
}

static bool take_uuid(bool *has, uint8_t out[UUID_BYTES], const json_t *o, const char *key)
{
    *has = json_object_get(o, key) != NULL;
    return !*has || !uuid_parse(out, json_text_at(o, key));
}

const char *service_read_submission(struct submission *out, struct message *m)
{
    const json_t *q = m->head;
    const char *key_id = json_text_at(q, "key_id");
    *out = (struct submission){ .suite = (int)json_integer_value(json_object_get(q, "suite")) };
    if (!hex_of(out->token, sizeof(out->token), q, "token"))
        return "token must be 32 hex digits";
    if (uuid_parse(out->id, json_text_at(q, "id")))
        return "id must be a UUID";
    if (item_kind_parse(&out->kind, json_text_at(q, "kind")))
        return "kind is no kind of item";
    if (out->suite != SEAL_SUITE_CMS_P256)
        return "suite must be 1";
    if (!*key_id || strlen(key_id) >= sizeof(out->key_id))
        return "key_id must have 1 to 64 bytes";
    if (!hex_of(out->sha256, sizeof(out->sha256), q, "sha256"))
        return "sha256 must be 64 hex digits";
    if (!take_uuid(&out->has_chain, out->chain, q, "chain") ||
        !take_uuid(&out->has_after, out->after, q, "after"))
        return "chain and after must be UUIDs";
    if (!m->body.length)
        return "the sealed bytes are missing";
    memcpy(out->key_id, key_id, strlen(key_id) + 1);
    out->body = m->body;
    m->body = (struct bytes){ 0 };
    return NULL;
}

json_t *service_submitted(const struct service *s, const struct submission *b, const char **error,
                          char reason[FEED_REASON_TEXT])
{
    const char *refusal = service_refusal(s);
    switch (b->result) {
    case SUBMIT_STORED:
    case SUBMIT_AGAIN:
        return json_pack("{ss, sI, sb}", "receipt", b->receipt, "seq", (json_int_t)b->seq, "again",
                         b->result == SUBMIT_AGAIN);
    case SUBMIT_REFUSED:
        return service_fail(error, reason, *refusal ? refusal : "storage",
                            "nothing can be accepted now");
    case SUBMIT_UNKNOWN_TOKEN:
        return service_fail(error, reason, "unknown-token",
                            "this token has no reservation: reserve and seal again");
    case SUBMIT_HASH:
        return service_fail(error, reason, "hash-mismatch", "the bytes do not fit their SHA-256");
    case SUBMIT_FULL:
        return service_fail(error, reason, "disk-full", "the disk is full: nothing was stored");
    case SUBMIT_DOUBT:
        return service_fail(error, reason, "unknown-outcome", "storing failed after it had begun");
    case SUBMIT_STORAGE:
        break;
    }
    return service_fail(error, reason, "storage", "storing failed: nothing was stored");
}

/* ---- documents and cases ------------------------------------------------------------- */

static json_t *op_doc(struct service *s, const json_t *q, struct bytes *body, const char **error,
                      char *reason)
{
    struct doc_facts facts;
    const char *name = json_text_at(q, "name");
    bool is_known = false;
    for (int i = 0; i < DOC_COUNT; i++)
        is_known |= !strcmp(feed_doc_names[i], name);
    if (!is_known)
        return service_fail(error, reason, "bad-request",
                            "name is none of keys, catalogue, config, updates, point");
    int r = docs_facts(s->store, name, &facts);
    if (r)
        return service_fail_store(r, error, reason);
    if (facts.version == json_integer_value(json_object_get(q, "have")))
        return json_pack("{sI}", "version", (json_int_t)facts.version);
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    r = docs_get(s->store, name, &document, &signature);
    if (!r)
        r = bytes_append_be32(body, (uint32_t)signature.length);
    if (!r)
        r = bytes_append(body, signature.data, signature.length);
    if (!r)
        r = bytes_append(body, document.data, document.length);
    return r ? service_fail_store(r, error, reason)
             : json_pack("{sI}", "version", (json_int_t)facts.version);
}

static json_t *case_json(const struct service *s, const struct case_entry *e)
{
    char complaint[JSON_COMPLAINT];
    json_t *missing = json_parse(e->missing, strlen(e->missing), complaint);
    json_t *facts = json_parse(e->facts, strlen(e->facts), complaint);
    json_t *timeline = json_parse(e->timeline, strlen(e->timeline), complaint);
    return json_pack("{sb, ss, ss, ss, sI, ss, so, so, so, ss, ss}", "found", true, "where",
                     "county", "state", e->state, "changed_at", e->changed, "as_of_ms",
                     (json_int_t)feed_as_of_ms(s->feed), "due", e->due, "missing",
                     missing ? missing : json_array(), "facts", facts ? facts : json_object(),
                     "timeline", timeline ? timeline : json_object(), "server_ref", e->server_ref,
                     "note", e->note);
}

/* What kind of item a number is about, where this kiosk knows it. */
static json_t *with_kind(json_t *o, struct service *s, const char *receipt)
{
    enum item_kind kind;
    if (o && !outbox_kind(s->store, receipt, &kind))
        json_object_set_new(o, "kind", json_string(item_kind_word(kind)));
    return o;
}

static json_t *op_case(struct service *s, const json_t *q, struct bytes *body, const char **error,
                       char *reason)
{
    char receipt[RECEIPT_TEXT], server_ref[SERVER_REF_TEXT] = "";
    struct case_entry e;
    enum item_state state;
    (void)body;
    if (receipt_parse(receipt, json_text_at(q, "receipt")))
        return service_fail(error, reason, "bad-request", "receipt is no receipt number");
    int r = cases_find(s->store, &e, receipt);
    if (!r) {
        json_t *o = case_json(s, &e);
        explicit_bzero(&e, sizeof(e));
        return with_kind(o, s, receipt);
    }
    if (r == STORE_E_NONE)
        r = outbox_find(s->store, receipt, &state, server_ref);
    if (r == STORE_E_NONE)
        return json_pack("{sb}", "found", false);
    if (r)
        return service_fail_store(r, error, reason);
    json_t *o = json_pack("{sb, ss, ss, sI, ss}", "found", true, "where",
                          state == ITEM_ACCEPTED ? "sent" : "here", "state", "", "as_of_ms",
                          (json_int_t)feed_as_of_ms(s->feed), "server_ref", server_ref);
    return with_kind(o, s, receipt);
}

operation service_find(const char *op)
{
    static const struct {
        const char *name;
        operation run;
    } operations[] = {
        { "hello", op_hello }, { "status", op_status }, { "reserve", op_reserve },
        { "doc", op_doc },     { "case", op_case },
    };
    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
        if (!strcmp(operations[i].name, op))
            return operations[i].run;
    return NULL;
}
