/* Keys, catalogue, configuration and what is new at the point: fetched when they have changed, believed when their signature holds and their version
 * does not go back. What the catalogue says is judged by kiosk, which alone shows it. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/feed/inside.h"
#include "sync/queue/docs.h"
#include "sync/queue/events.h"

static const char *const paths[DOC_COUNT] = { "/v1/keys", "/v1/catalogue", "/v1/config",
                                              "/v1/updates", "/v1/point" };

/* ---- what a document does here ------------------------------------------------------- */

static void apply_config(struct feed *f, const struct bytes *body)
{
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *o = json_parse(body->data, body->length, complaint);
    struct json_reader r = { 0 };
    int64_t heartbeat =
        json_want_integer(&r, o, "heartbeat_seconds", 10, 86400, HEARTBEAT_MS / 1000);
    int64_t days = json_want_integer(&r, o, "replay_window_days", 1, 365, 7);
    int64_t floor = json_want_integer(&r, o, "seq_floor", 0, INT64_C(1) << 60, 0);
    int64_t rate = json_want_integer(&r, o, "update_bytes_per_second", 1024, 1 << 30, 128 * 1024);
    struct sender_limits limits = {
        .items = (size_t)json_want_integer(&r, o, "max_batch_items", 1, 50, 50),
        .bytes = (size_t)json_want_integer(&r, o, "max_batch_bytes", 16 * 1024, 524288, 524288),
    };
    if (!json_is_clean(&r)) {
        log_line(LOG_ERROR, "feed", "the configuration is not used: %s", r.complaint);
        return;
    }
    f->heartbeat_ms = heartbeat * 1000;
    store_set_replay_window(f->o.store, days * 24 * 3600 * 1000);
    sender_set_limits(f->o.sender, &limits);
    if (f->o.watch.update_rate)
        f->o.watch.update_rate(f->o.watch.context, rate);
    if (floor && store_raise_floor(f->o.store, floor))
        log_line(LOG_WARNING, "feed", "the sequence floor could not be stored");
}

static bool apply_keys(struct feed *f, const struct bytes *body)
{
    char complaint[JSON_COMPLAINT] = "a certificate does not chain to the sealing CA";
    struct seal_keys *keys = NULL;
    int r = f->o.trust ? seal_keys_parse(&keys, f->o.trust, body->data, body->length, complaint)
                       : SEAL_E_SIGNATURE;
    if (r) {
        log_line(LOG_ERROR, "feed", "the county's keys are refused: %s", complaint);
        return false;
    }
    seal_keys_free(f->keys);
    f->keys = keys;
    return true;
}

static bool apply(struct feed *f, enum feed_doc doc, const struct bytes *body)
{
    if (doc == DOC_KEYS)
        return apply_keys(f, body);
    if (doc == DOC_CONFIG)
        apply_config(f, body);
    return true;
}

void documents_load(struct feed *f)
{
    for (int i = 0; i < DOC_COUNT; i++) {
        struct bytes body AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
        struct doc_facts facts;
        if (docs_facts(f->o.store, feed_doc_names[i], &facts) ||
            docs_get(f->o.store, feed_doc_names[i], &body, &signature))
            continue;
        if (!apply(f, (enum feed_doc)i, &body))
            continue; /* asked for again without an ETag */
        f->docs[i].version = facts.version;
        memcpy(f->docs[i].etag, facts.etag, sizeof(f->docs[i].etag));
    }
}

/* ---- judging what came --------------------------------------------------------------- */

static int64_t version_of(const struct bytes *body, bool *may_go_back)
{
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *o = json_parse(body->data, body->length, complaint);
    json_int_t version = json_integer_value(json_object_get(o, "version"));
    *may_go_back = json_is_true(json_object_get(o, "rollback"));
    return version > 0 ? version : -1;
}

static const char *fault_of(struct feed *f, enum feed_doc doc, const struct answer *a,
                            int64_t *version)
{
    bool may_go_back;
    if (!f->o.trust || document_verify(f->o.trust, a->body.data, a->body.length, a->signature.data,
                                       a->signature.length, feed_wall(f)))
        return "its signature does not hold";
    *version = version_of(&a->body, &may_go_back);
    if (*version < 0)
        return "it has no version";
    if (*version < f->docs[doc].version && !may_go_back)
        return "it is older than the one here";
    return NULL;
}

/* What has a member that only a document of this kind has; the name it came under proves nothing. */
static bool is_of_kind(enum feed_doc doc, const struct bytes *body)
{
    static const char *const own[DOC_COUNT] = { "keys", "services", NULL, "updates", NULL };
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *o = json_parse(body->data, body->length, complaint);
    bool is_tagged = json_object_get(o, "type") != NULL;
    for (int i = 0; i < DOC_COUNT; i++)
        if (own[i] && json_is_array(json_object_get(o, own[i])) != (i == (int)doc))
            return false;
    return o && !is_tagged;
}

static void note_refusal(struct feed *f, enum feed_doc doc, const char *why)
{
    events_add(f->o.store, "document-refused", "%s by stick: %s", feed_doc_names[doc], why);
}

enum feed_carried feed_carry_document(struct feed *f, enum feed_doc doc, const struct bytes *body,
                                      const struct bytes *signature)
{
    bool may_go_back;
    struct doc_facts facts = { 0 };
    /* Dates are judged by a clock that somebody has set since the start. */
    bool is_told = county_clock_quality(f->o.link->clock) >= CLOCK_HTTP_DATE;
    if (!f->o.trust || !body->length ||
        document_verify(f->o.trust, body->data, body->length, signature->data, signature->length,
                        is_told ? feed_wall(f) : 0)) {
        note_refusal(f, doc, "its signature does not hold");
        return FEED_SIGNATURE;
    }
    facts.version = version_of(body, &may_go_back);
    if (facts.version < 0 || !is_of_kind(doc, body)) {
        note_refusal(f, doc, "it is another document");
        return FEED_OTHER;
    }
    if (facts.version == f->docs[doc].version)
        return FEED_SAME;
    if (facts.version < f->docs[doc].version) {
        note_refusal(f, doc, "it is older than the one here");
        return FEED_OLDER;
    }
    if (!store_is_up(f->o.store))
        return FEED_NOT_NOW;
    if (!apply(f, doc, body)) {
        note_refusal(f, doc, "not usable");
        return FEED_OTHER;
    }
    if (docs_put(f->o.store, feed_doc_names[doc], &facts, body, signature))
        return FEED_NOT_NOW;
    f->docs[doc].version = facts.version;
    f->docs[doc].etag[0] = 0; /* the network's next answer brings its own */
    log_line(LOG_NOTICE, "feed", "%s version %lld by stick", feed_doc_names[doc],
             (long long)facts.version);
    return FEED_CARRIED;
}

static void keep(struct feed *f, enum feed_doc doc, const struct answer *a)
{
    int64_t version = 0;
    struct doc_facts facts = { 0 };
    const char *fault = fault_of(f, doc, a, &version);
    if (fault) {
        log_line(LOG_ERROR, "feed", "%s from the county is refused: %s", feed_doc_names[doc],
                 fault);
        events_add(f->o.store, "document-refused", "%s: %s", feed_doc_names[doc], fault);
        return;
    }
    if (!apply(f, doc, &a->body)) {
        events_add(f->o.store, "document-refused", "%s: not usable", feed_doc_names[doc]);
        return;
    }
    facts.version = version;
    snprintf(facts.etag, sizeof(facts.etag), "%s", a->etag);
    if (docs_put(f->o.store, feed_doc_names[doc], &facts, &a->body, &a->signature)) {
        log_line(LOG_WARNING, "feed", "%s could not be stored", feed_doc_names[doc]);
        return;
    }
    f->docs[doc].version = version;
    memcpy(f->docs[doc].etag, facts.etag, sizeof(facts.etag));
    if (doc != DOC_POINT) /* that one changes with everybody who comes */
        log_line(LOG_NOTICE, "feed", "%s version %lld", feed_doc_names[doc], (long long)version);
    if (doc == DOC_UPDATES && f->o.watch.updates_changed)
        f->o.watch.updates_changed(f->o.watch.context);
}

/* ---- asking -------------------------------------------------------------------------- */

static void document_done(struct feed *f, enum feed_doc doc, struct answer *a)
{
    struct document *d = &f->docs[doc];
    bool is_good = feed_ended(f, &d->when, a);
    bool is_absent = a->transport == TRANSPORT_OK && a->has_epoch && a->status == 404;
    if (is_good && a->status == 200)
        keep(f, doc, a);
    if (is_good || is_absent) /* a county need not have a document of each kind */
        d->when.due_ms =
            feed_now(f) + (is_good && doc == DOC_POINT ? POINT_EVERY_MS : DOC_EVERY_MS);
}

static void keys_done(void *context, struct answer *a)
{
    document_done(context, DOC_KEYS, a);
}

static void catalogue_done(void *context, struct answer *a)
{
    document_done(context, DOC_CATALOGUE, a);
}

static void config_done(void *context, struct answer *a)
{
    document_done(context, DOC_CONFIG, a);
}

static void updates_done(void *context, struct answer *a)
{
    document_done(context, DOC_UPDATES, a);
}

static void point_done(void *context, struct answer *a)
{
    document_done(context, DOC_POINT, a);
}

void documents_hear(struct feed *f, enum feed_doc doc, int64_t version)
{
    if (version > f->docs[doc].version && !f->docs[doc].when.is_flying)
        f->docs[doc].when.due_ms = feed_now(f);
}

static bool any_is_flying(const struct feed *f)
{
    bool flies = f->heartbeat.is_flying || f->renewal.is_flying || f->enrolment.is_flying;
    for (int i = 0; i < DOC_COUNT; i++)
        flies |= f->docs[i].when.is_flying;
    return flies;
}

void documents_tick(struct feed *f)
{
    static void (*const done[DOC_COUNT])(void *, struct answer *) = { keys_done, catalogue_done,
                                                                      config_done, updates_done,
                                                                      point_done };
    for (int i = 0; i < DOC_COUNT && !any_is_flying(f); i++) {
        struct document *d = &f->docs[i];
        /* Short of space: nothing large comes in; the others are small and needed. */
        bool is_kept_out =
            (i == DOC_CATALOGUE || i == DOC_CONFIG) && store_disk_level(f->o.store) >= DISK_SHORT;
        if (feed_now(f) < d->when.due_ms)
            continue;
        if (is_kept_out) {
            d->when.due_ms = feed_now(f) + LOOK_AGAIN_MS;
            continue;
        }
        struct request r = feed_request(f, LANE_CONTROL, "GET", paths[i]);
        r.limit_ms = DOC_LIMIT_MS;
        r.answer_max = i == DOC_POINT ? POINT_MAX : DOC_MAX;
        r.done = done[i];
        if (*d->etag)
            request_header(&r, "If-None-Match: %s", d->etag);
        (void)feed_send(f, &d->when, &r);
    }
}
