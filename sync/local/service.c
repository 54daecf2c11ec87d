#include "sync/local/service.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "sync/queue/cases.h"
#include "sync/queue/docs.h"
#include "sync/queue/events.h"
#include "sync/queue/prints.h"
#include "sync/queue/tickets.h"

enum { LIST_MAX = 1000, OPEN_MAX = 64, EVENTS_MAX = 500 };

static const char *text_of(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "";
}

static bool hex_of(uint8_t *out, size_t length, const json_t *o, const char *key)
{
    return !hex_decode(out, length, text_of(o, key));
}

static json_t *fail(const char **error, char reason[FEED_REASON_TEXT], const char *word,
                    const char *sentence)
{
    *error = word;
    snprintf(reason, FEED_REASON_TEXT, "%s", sentence);
    return NULL;
}

static json_t *fail_store(int r, const char **error, char reason[FEED_REASON_TEXT])
{
    if (r == STORE_E_NONE)
        return fail(error, reason, "not-found", "there is no such entry");
    if (r == STORE_E_FULL)
        return fail(error, reason, "disk-full", "the disk is full");
    return fail(error, reason, "storage", "the store does not work at the moment");
}

static void put_uuid(json_t *o, const char *key, const uint8_t id[UUID_BYTES])
{
    char text[UUID_TEXT];
    uuid_format(text, id);
    json_object_set_new(o, key, json_string(text));
}

static void put_hex(json_t *o, const char *key, const uint8_t *data, size_t length)
{
    char text[2 * SHA256_BYTES + 1];
    hex_encode(text, data, length);
    json_object_set_new(o, key, json_string(text));
}

/* ---- status -------------------------------------------------------------------------- */

const char *service_refusal(const struct service *s)
{
    if (!feed_is_enrolled(s->feed))
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
    return o ? o : fail(error, reason, "storage", "no memory");
}

/* The printer's owner has just started: what it had on the wire is uncertain now. */
static json_t *op_hello(struct service *s, const json_t *q, struct bytes *body, const char **error,
                        char *reason)
{
    if (!strcmp(text_of(q, "client"), "kiosk") && store_is_up(s->store) && prints_orphan(s->store))
        return fail(error, reason, "storage", "open print attempts could not be marked");
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
        return fail(error, reason, "bad-request", "token must be 32 hex digits");
    if (!is_day(json_object_get(q, "ticket_day")))
        return fail(error, reason, "bad-request",
                    "ticket_day must be a day like 20261126, or empty");
    const char *refusal = service_refusal(s);
    if (*refusal)
        return fail(error, reason, refusal, "nothing can be accepted now");
    int r = outbox_reserve(s->store, &given, token, county_clock_quality(s->clock));
    if (r)
        return fail_store(r, error, reason);
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
    return fail_store(r, error, reason);
}

static bool take_uuid(bool *has, uint8_t out[UUID_BYTES], const json_t *o, const char *key)
{
    *has = json_object_get(o, key) != NULL;
    return !*has || !uuid_parse(out, text_of(o, key));
}

const char *service_read_submission(struct submission *out, struct message *m)
{
    const json_t *q = m->head;
    const char *key_id = text_of(q, "key_id");
    *out = (struct submission){ .suite = (int)json_integer_value(json_object_get(q, "suite")) };
    if (!hex_of(out->token, sizeof(out->token), q, "token"))
        return "token must be 32 hex digits";
    if (uuid_parse(out->id, text_of(q, "id")))
        return "id must be a UUID";
    if (item_kind_parse(&out->kind, text_of(q, "kind")))
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
        return fail(error, reason, *refusal ? refusal : "storage", "nothing can be accepted now");
    case SUBMIT_UNKNOWN_TOKEN:
        return fail(error, reason, "unknown-token",
                    "this token has no reservation: reserve and seal again");
    case SUBMIT_HASH:
        return fail(error, reason, "hash-mismatch", "the bytes do not fit their SHA-256");
    case SUBMIT_FULL:
        return fail(error, reason, "disk-full", "the disk is full: nothing was stored");
    case SUBMIT_DOUBT:
        return fail(error, reason, "unknown-outcome", "storing failed after it had begun");
    case SUBMIT_STORAGE:
        break;
    }
    return fail(error, reason, "storage", "storing failed: nothing was stored");
}

/* ---- documents and cases ------------------------------------------------------------- */

static json_t *op_doc(struct service *s, const json_t *q, struct bytes *body, const char **error,
                      char *reason)
{
    struct doc_facts facts;
    const char *name = text_of(q, "name");
    bool is_known = false;
    for (int i = 0; i < DOC_COUNT; i++)
        is_known |= !strcmp(feed_doc_names[i], name);
    if (!is_known)
        return fail(error, reason, "bad-request",
                    "name is none of keys, catalogue, config, updates, point");
    int r = docs_facts(s->store, name, &facts);
    if (r)
        return fail_store(r, error, reason);
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
    return r ? fail_store(r, error, reason)
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
    if (receipt_parse(receipt, text_of(q, "receipt")))
        return fail(error, reason, "bad-request", "receipt is no receipt number");
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
        return fail_store(r, error, reason);
    json_t *o = json_pack("{sb, ss, ss, sI, ss}", "found", true, "where",
                          state == ITEM_ACCEPTED ? "sent" : "here", "state", "", "as_of_ms",
                          (json_int_t)feed_as_of_ms(s->feed), "server_ref", server_ref);
    return with_kind(o, s, receipt);
}

/* ---- printing ------------------------------------------------------------------------ */

static json_t *op_print_begin(struct service *s, const json_t *q, struct bytes *body,
                              const char **error, char *reason)
{
    struct print_job job = { .is_reprint = json_is_true(json_object_get(q, "is_reprint")) };
    int64_t attempt;
    (void)body;
    if (!hex_of(job.job, sizeof(job.job), q, "job"))
        return fail(error, reason, "bad-request", "job must be 32 hex digits");
    const char *receipt = text_of(q, "receipt");
    if (*receipt && receipt_parse(job.receipt, receipt))
        return fail(error, reason, "bad-request", "receipt is no receipt number");
    snprintf(job.kind, sizeof(job.kind), "%s", text_of(q, "kind"));
    int r = prints_begin(s->store, &attempt, &job);
    if (r == STORE_E_NONE)
        return fail(error, reason, "refused", "this job may not be printed again without a mark");
    return r ? fail_store(r, error, reason) : json_pack("{sI}", "attempt", (json_int_t)attempt);
}

static json_t *op_print_state(struct service *s, const json_t *q, struct bytes *body,
                              const char **error, char *reason)
{
    struct print_progress p = { .bytes_sent =
                                    json_integer_value(json_object_get(q, "bytes_sent")) };
    (void)body;
    if (print_state_parse(&p.state, text_of(q, "state")))
        return fail(error, reason, "bad-request",
                    "state is none of sending, sent, confirmed, uncertain, failed-clean");
    snprintf(p.level, sizeof(p.level), "%.1s", text_of(q, "level"));
    snprintf(p.detail, sizeof(p.detail), "%s", text_of(q, "detail"));
    int r = prints_state(s->store, json_integer_value(json_object_get(q, "attempt")), &p);
    if (r == PRINT_E_ILLEGAL)
        return fail(error, reason, "refused", "no such step from the state of this attempt");
    return r ? fail_store(r, error, reason) : json_object();
}

static json_t *op_print_open(struct service *s, const json_t *q, struct bytes *body,
                             const char **error, char *reason)
{
    struct print_open rows[OPEN_MAX];
    size_t count = 0;
    (void)q;
    (void)body;
    int r = prints_open(s->store, rows, OPEN_MAX, &count);
    if (r)
        return fail_store(r, error, reason);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *o = json_pack("{sI, ss, sI}", "attempt", (json_int_t)rows[i].attempt, "receipt",
                              rows[i].receipt, "at_ms", (json_int_t)rows[i].at_ms);
        put_hex(o, "job", rows[i].job, UUID_BYTES);
        json_array_append_new(list, o);
    }
    return json_pack("{so}", "attempts", list);
}

/* ---- for staff ----------------------------------------------------------------------- */

static json_t *row_json(const struct outbox_row *row)
{
    json_t *o = json_pack("{sI, ss, ss, ss, sI, sI, ss, sI}", "seq", (json_int_t)row->seq,
                          "receipt", row->receipt, "kind", item_kind_word(row->kind), "state",
                          item_state_word(row->state), "size", (json_int_t)row->size, "tries",
                          (json_int_t)row->tries, "problem", row->problem, "accepted_ms",
                          (json_int_t)row->accepted_ms);
    put_uuid(o, "id", row->id);
    return o;
}

static json_t *op_queue_list(struct service *s, const json_t *q, struct bytes *body,
                             const char **error, char *reason)
{
    static struct outbox_row rows[LIST_MAX]; /* large; one thread */
    enum item_state state = ITEM_STATE_END;
    const char *word = text_of(q, "state");
    size_t count = 0;
    (void)body;
    if (*word && item_state_parse(&state, word))
        return fail(error, reason, "bad-request", "state is none of queued, held, accepted, dead");
    int r = outbox_list(s->store, rows, LIST_MAX, &count, state);
    if (r)
        return fail_store(r, error, reason);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, row_json(&rows[i]));
    return json_pack("{so}", "items", list);
}

static json_t *op_events(struct service *s, const json_t *q, struct bytes *body, const char **error,
                         char *reason)
{
    static struct event events[EVENTS_MAX];
    size_t count = 0;
    (void)body;
    int r = events_list(s->store, events, EVENTS_MAX, &count,
                        json_integer_value(json_object_get(q, "from")), false);
    if (r)
        return fail_store(r, error, reason);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("{sI, ss, ss, sI}", "n", (json_int_t)events[i].n,
                                              "what", events[i].what, "detail", events[i].detail,
                                              "wall_ms", (json_int_t)events[i].wall_ms));
    return json_pack("{so}", "events", list);
}

static json_t *op_sync_now(struct service *s, const json_t *q, struct bytes *body,
                           const char **error, char *reason)
{
    (void)q;
    (void)body;
    (void)error;
    (void)reason;
    link_hurry(s->link);
    if (!feed_is_enrolled(s->feed)) /* else the heartbeat goes now, and would only wait for this */
        link_try(s->link);
    sender_hurry(s->sender);
    feed_hurry(s->feed);
    return json_object();
}

static json_t *op_item_release(struct service *s, const json_t *q, struct bytes *body,
                               const char **error, char *reason)
{
    (void)body;
    int r = outbox_release(s->store, json_integer_value(json_object_get(q, "seq")));
    if (r)
        return fail_store(r, error, reason);
    sender_hurry(s->sender);
    return json_object();
}

operation service_find(const char *op)
{
    static const struct {
        const char *name;
        operation run;
    } operations[] = {
        { "hello", op_hello },
        { "status", op_status },
        { "reserve", op_reserve },
        { "doc", op_doc },
        { "case", op_case },
        { "print-begin", op_print_begin },
        { "print-state", op_print_state },
        { "print-open", op_print_open },
        { "queue-list", op_queue_list },
        { "events", op_events },
        { "sync-now", op_sync_now },
        { "item-release", op_item_release },
    };
    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
        if (!strcmp(operations[i].name, op))
            return operations[i].run;
    return NULL;
}
