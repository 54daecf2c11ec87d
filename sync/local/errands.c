#include "sync/local/errands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/seal/sign.h"
#include "sync/carry/answer.h"
#include "sync/carry/gate.h"
#include "sync/carry/out.h"
#include "sync/feed/files.h"
#include "sync/queue/audit.h"
#include "sync/queue/events.h"

/* ---- who is at the machine ----------------------------------------------------------- */

static json_t *gate_json(const struct gate_answer *a)
{
    return json_pack("{sb, sb, sI, si}", "may", a->may, "blocked", a->is_blocked, "wait_ms",
                     (json_int_t)a->wait_ms, "left", a->left);
}

static json_t *op_staff_begin(struct service *s, const json_t *q, struct bytes *body,
                              const char **error, char *reason)
{
    struct gate_answer a;
    (void)body;
    int r = gate_begin(&a, s->store, json_text_at(q, "serial"));
    if (r == GATE_E_SERIAL)
        return service_fail(error, reason, "bad-request", "serial is no serial of a stick");
    if (r)
        return service_fail_storage(error, reason);
    return gate_json(&a);
}

static json_t *op_staff_end(struct service *s, const json_t *q, struct bytes *body,
                            const char **error, char *reason)
{
    (void)body;
    struct gate_answer a;
    int r = gate_end(&a, s->store, json_text_at(q, "serial"),
                     json_is_true(json_object_get(q, "right")));
    if (r == GATE_E_SERIAL)
        return service_fail(error, reason, "bad-request", "serial is no serial of a stick");
    return r ? service_fail_storage(error, reason) : gate_json(&a);
}

static bool is_plain(const char *text, size_t most, const char *letters)
{
    size_t length = strlen(text);
    return length <= most && strspn(text, letters) == length;
}

/* Words and figures only: nothing that anybody typed gets into the events. */
static json_t *op_staff_note(struct service *s, const json_t *q, struct bytes *body,
                             const char **error, char *reason)
{
    static const char words[] = "abcdefghijklmnopqrstuvwxyz-";
    static const char figures[] = "abcdefghijklmnopqrstuvwxyz0123456789 -=:.";
    const char *serial = json_text_at(q, "serial"), *action = json_text_at(q, "action"),
               *detail = json_text_at(q, "detail");
    (void)body;
    if (!*action || !is_plain(action, 24, words) || !is_plain(detail, 100, figures) ||
        !is_plain(serial, GATE_SERIAL - 1, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"))
        return service_fail(error, reason, "bad-request",
                            "action and detail are words and figures");
    if (!store_is_up(s->store))
        return service_fail_storage(error, reason);
    events_add(s->store, "staff-action", "%s %s %s", serial, action, detail);
    return json_object();
}

/* ---- out ----------------------------------------------------------------------------- */

static bool is_there(void *context, const char *name, size_t bytes)
{
    const json_t *have = context;
    for (size_t i = 0; i < json_array_size(have); i++) {
        const json_t *file = json_array_get(have, i);
        if (!strcmp(json_text_at(file, "name"), name) &&
            json_integer_value(json_object_get(file, "bytes")) == (json_int_t)bytes)
            return true;
    }
    return false;
}

static int read_identity(const struct service *s, struct bytes *key, struct bytes *certificate)
{
    int r = s->key ? key_file_read(key, s->key) : -ENOENT;
    return r ? r : file_read(certificate, s->folder, "cert.pem");
}

static json_t *load_json(const struct carry_load *l)
{
    return json_pack("{ss, sI, sI, si, sI, sb, sb}", "name", l->name, "first",
                     (json_int_t)l->facts.first, "last", (json_int_t)l->facts.last, "count",
                     (int)l->facts.count, "bytes", (json_int_t)l->file_bytes, "there", l->is_there,
                     "done", false);
}

static json_t *op_carry_out(struct service *s, const json_t *q, struct bytes *body,
                            const char **error, char *reason)
{
    struct bytes key AUTO_BYTES = { 0 }, certificate AUTO_BYTES = { 0 };
    struct carry_self self = { .quality = county_clock_quality(s->clock),
                               .key_pem = &key,
                               .certificate_pem = &certificate };
    struct carry_load load = { 0 };
    memcpy(self.install_id, s->install_id, UUID_BYTES);
    if (!feed_is_enrolled(s->feed) || read_identity(s, &key, &certificate))
        return service_fail(error, reason, "unenrolled",
                            "this kiosk has no certificate to sign with");
    int r = carry_out_next(&load, s->store, &self, json_integer_value(json_object_get(q, "after")),
                           is_there, json_object_get(q, "have"));
    if (r == CARRY_OUT_E_DONE)
        return json_pack("{sb}", "done", true);
    if (r == CARRY_OUT_E_IDENTITY)
        return service_fail(error, reason, "unenrolled",
                            "the certificate of this kiosk is not usable");
    if (r)
        return service_fail_storage(error, reason);
    *body = load.file;
    return load_json(&load);
}

/* ---- in ------------------------------------------------------------------------------ */

static json_t *say_answer(struct service *s, const struct bytes *document,
                          const struct bytes *signature)
{
    static const char *const words[] = { "well",        "signature", "format",
                                         "other-kiosk", "history",   "not-now" };
    struct answer_taken taken;
    int r = answer_take(&taken, s->store, s->trust, document, signature);
    const char *said = r < 0 || r > ANSWER_E_DOWN ? "not-now" : words[r];
    /* The history it spoke of is the one the link compares with from now on: a restoration that the network tells of later
     * must not pass for the first history ever heard of. */
    if (!r && store_get_text(s->store, "server_epoch", s->link->epoch, sizeof(s->link->epoch)))
        log_line(LOG_WARNING, "carry", "the county's history could not be read back");
    return json_pack("{ss, si, si, si, si, si, sb}", "said", said, "settled", (int)taken.settled,
                     "known", (int)taken.known, "refused", (int)taken.refused, "strange",
                     (int)taken.strange, "cases", (int)taken.cases, "restored", taken.is_restored);
}

static json_t *say_document(struct service *s, int doc, const struct bytes *document,
                            const struct bytes *signature)
{
    static const char *const words[] = {
        [FEED_CARRIED] = "well",         [FEED_SAME] = "same",
        [FEED_OLDER] = "older",          [FEED_SIGNATURE] = "signature",
        [FEED_OTHER] = "other-document", [FEED_NOT_NOW] = "not-now",
    };
    enum feed_carried r = feed_carry_document(s->feed, (enum feed_doc)doc, document, signature);
    return json_pack("{ss, sI}", "said", words[r], "version",
                     (json_int_t)feed_doc_version(s->feed, (enum feed_doc)doc));
}

bool errand_split(const struct bytes *body, struct bytes *document, struct bytes *signature)
{
    uint32_t length = body->length >= 4 ? get_be32(body->data) : UINT32_MAX;
    if (length > SIGNATURE_MAX || length > body->length - 4)
        return false;
    return !bytes_append(signature, body->data + 4, length) &&
           !bytes_append(document, body->data + 4 + length, body->length - 4 - length);
}

static json_t *op_carry_in(struct service *s, const json_t *q, struct bytes *body,
                           const char **error, char *reason)
{
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    const char *name = json_text_at(q, "name");
    bool is_whole = errand_split(body, &document, &signature);
    bytes_clear(body);
    if (!is_whole)
        return service_fail(error, reason, "bad-request",
                            "the body must be signature and document");
    if (!strcmp(name, "answer"))
        return say_answer(s, &document, &signature);
    for (int i = 0; i < DOC_COUNT; i++)
        /* Those are of now, and of updates that only the network brings. */
        if (i != DOC_POINT && i != DOC_UPDATES && !strcmp(feed_doc_names[i], name))
            return say_document(s, i, &document, &signature);
    return service_fail(error, reason, "bad-request",
                        "name is none of keys, catalogue, config and answer");
}

/* ---- what this kiosk signs -------------------------------------------------------- */

/* ---- the chain of what staff did ----------------------------------------------------- */

enum { AUDIT_RECORDS = 500 };

static void add_record(void *context, const struct audit_record *record,
                       const uint8_t hash[SHA256_BYTES])
{
    char hex[2 * SHA256_BYTES + 1];
    hex_encode(hex, hash, SHA256_BYTES);
    json_array_append_new(context, json_pack("{sI, sI, ss, ss, ss}", "n", (json_int_t)record->n,
                                             "at_ms", (json_int_t)record->at_ms, "what",
                                             record->what, "detail", record->detail, "hash", hex));
}

/* Its head; with the records, the last of them too. NULL while the store fails. */
static json_t *audit_json(struct service *s, bool has_records)
{
    uint8_t head[SHA256_BYTES], before[SHA256_BYTES];
    char hex[2 * SHA256_BYTES + 1];
    int64_t n;
    if (audit_head(s->store, &n, head))
        return NULL;
    hex_encode(hex, head, sizeof(head));
    json_t *o = json_pack("{sI, ss}", "n", (json_int_t)n, "head", hex);
    json_t *list = has_records ? json_array() : NULL;
    if (!list)
        return o;
    int r = audit_list(s->store, AUDIT_RECORDS, before, add_record, list);
    hex_encode(hex, before, sizeof(before));
    json_object_set_new(o, "before", json_string(hex));
    json_object_set_new(o, "records", list);
    if (!r)
        return o;
    json_decref(o);
    return NULL;
}

/* Signed with the key of this kiosk. The wrapping is ours, so that nobody gets a signature on anything else: `content`
 * (taken over) stands under `name` in a document whose `type` says what it is, and `audit` (taken over) beside it. */
static json_t *sign_own(struct service *s, struct bytes *body, const char *type, const char *name,
                        json_t *content, json_t *audit, const char **error, char *reason)
{
    AUTO(json_release) json_t *chain = audit;
    struct bytes key AUTO_BYTES = { 0 }, certificate AUTO_BYTES = { 0 };
    struct bytes signature AUTO_BYTES = { 0 };
    char when[21];
    AUTO(json_release) json_t *held = content;
    if (!chain)
        return service_fail_storage(error, reason);
    if (!feed_is_enrolled(s->feed) || read_identity(s, &key, &certificate))
        return service_fail(error, reason, "unenrolled",
                            "this kiosk has no certificate to sign with");
    clock_format_utc(when, store_now(s->store, CLOCK_UNSET).wall_ms);
    AUTO(json_release)
    json_t *o = json_pack("{ss, si, ss, ss, si, sO, sO}", "type", type, "version", 1, "kiosk_id",
                          store_kiosk(s->store), "at", when, "clock_quality",
                          (int)county_clock_quality(s->clock), name, held, "audit", chain);
    char *text = o ? json_canonical(o) : NULL;
    int r = text ? document_sign(&signature, text, strlen(text), &key, &certificate) : -ENOMEM;
    if (!r)
        r = bytes_append_be32(body, (uint32_t)signature.length);
    if (!r)
        r = bytes_append(body, signature.data, signature.length);
    if (!r)
        r = bytes_append_text(body, text);
    json_text_free(text);
    if (r)
        bytes_clear(body);
    return r ? service_fail_storage(error, reason) : json_object();
}

/* The certificate of the morning. */
static json_t *op_readiness(struct service *s, const json_t *q, struct bytes *body,
                            const char **error, char *reason)
{
    json_t *report = json_object_get(q, "report");
    if (!json_is_object(report))
        return service_fail(error, reason, "bad-request", "report is missing");
    return sign_own(s, body, "readiness", "report", json_incref(report), audit_json(s, false),
                    error, reason);
}

/* A stick that is lost on the way tells nobody what happens where: what was signed travels sealed, and the envelope is signed too.
 * Without a key of the county nothing goes out. */
static json_t *seal_log(struct service *s, struct bytes *body, const struct bytes *inner,
                        const char **error, char *reason)
{
    struct bytes signature AUTO_BYTES = { 0 }, sealed AUTO_BYTES = { 0 }, text AUTO_BYTES = { 0 };
    char key_id[SEAL_KEY_ID];
    size_t cut = 4 + get_be32(inner->data);
    int64_t now = s->clock->base.wall_ms(&s->clock->base);
    if (!feed_has_keys(s->feed))
        return service_fail(error, reason, "no-key",
                            "there is no valid key of the county to seal it to");
    int r = base64_encode(&signature, inner->data + 4, cut - 4);
    AUTO(json_release)
    json_t *o = r ? NULL
                  : json_pack("{ss%, ss%}", "document", inner->data + cut, inner->length - cut,
                              "signature", signature.data, signature.length);
    char *plain = o ? json_canonical(o) : NULL;
    r = plain ? seal_item(&sealed, key_id, feed_keys(s->feed), plain, strlen(plain), now) : -ENOMEM;
    json_text_free(plain);
    if (!r)
        r = base64_encode(&text, sealed.data, sealed.length);
    if (r)
        return service_fail_storage(error, reason);
    return sign_own(s, body, "events-sealed", "sealed",
                    json_stringn((const char *)text.data, text.length), audit_json(s, false), error,
                    reason);
}

/* Events for whoever comes by instead of the network: the same that the county gets with the heartbeat. */
static json_t *op_log(struct service *s, const json_t *q, struct bytes *body, const char **error,
                      char *reason)
{
    enum { LOG_EVENTS = 500 };
    static struct event events[LOG_EVENTS]; /* large; one thread */
    size_t count = 0;
    if (events_list(s->store, events, LOG_EVENTS, &count,
                    json_integer_value(json_object_get(q, "from")), false))
        return service_fail_storage(error, reason);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("{sI, ss, ss, sI}", "n", (json_int_t)events[i].n,
                                              "what", events[i].what, "detail", events[i].detail,
                                              "wall_ms", (json_int_t)events[i].wall_ms));
    struct bytes inner AUTO_BYTES = { 0 };
    json_t *reply = sign_own(s, &inner, "events", "events", list,
                             audit_json(s, count < LOG_EVENTS /* the last file */), error, reason);
    if (reply) {
        json_decref(reply);
        reply = seal_log(s, body, &inner, error, reason);
    }
    if (reply) {
        json_object_set_new(reply, "count", json_integer((json_int_t)count));
        json_object_set_new(
            reply, "next",
            json_integer(count == LOG_EVENTS ? (json_int_t)events[count - 1].n + 1 : 0));
    }
    return reply;
}

operation errands_find(const char *op)
{
    static const struct {
        const char *name;
        operation run;
    } operations[] = {
        { "staff-begin", op_staff_begin },
        { "staff-end", op_staff_end },
        { "staff-note", op_staff_note },
        { "carry-out", op_carry_out },
        { "carry-in", op_carry_in },
        { "readiness", op_readiness },
        { "log", op_log },
    };
    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
        if (!strcmp(operations[i].name, op))
            return operations[i].run;
    return NULL;
}
