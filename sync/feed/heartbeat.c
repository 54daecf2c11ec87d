/* "I live": health and events without person data; the answer says which documents have a newer version. */
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/feed/inside.h"
#include "sync/queue/events.h"
#include "sync/queue/handover.h"
#include "sync/queue/outbox.h"

static json_t *queue_json(struct feed *f)
{
    struct outbox_counts n;
    if (outbox_count(f->o.store, &n))
        memset(&n, 0, sizeof(n));
    return json_pack("{sI, sI, sI, sI, sI}", "queued", (json_int_t)n.by_state[ITEM_QUEUED], "held",
                     (json_int_t)n.by_state[ITEM_HELD], "dead", (json_int_t)n.by_state[ITEM_DEAD],
                     "last_seq", (json_int_t)n.last_seq, "oldest_s", (json_int_t)n.oldest_s);
}

static json_t *events_json(struct feed *f)
{
    json_t *list = json_array();
    size_t count = 0;
    struct event *events = calloc(HEARTBEAT_EVENTS, sizeof(*events));
    if (events && events_list(f->o.store, events, HEARTBEAT_EVENTS, &count, 0, true))
        count = 0;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("{sI, ss, ss, sI}", "n", (json_int_t)events[i].n,
                                              "what", events[i].what, "detail", events[i].detail,
                                              "at_ms", (json_int_t)events[i].wall_ms));
    free(events);
    return list;
}

static int64_t days_until(const struct feed *f, int64_t until_ms)
{
    int64_t left = until_ms - feed_wall(f);
    return left < 0 ? -1 : left / (24 * 3600 * 1000);
}

void feed_add_days(const struct feed *f, json_t *o)
{
    json_object_set_new(o, "certificate_days",
                        json_integer((json_int_t)days_until(f, f->certificate_to_ms)));
    json_object_set_new(
        o, "key_days",
        json_integer(f->keys ? (json_int_t)days_until(f, seal_keys_until_ms(f->keys, feed_wall(f)))
                             : -1));
}

/* How old the documents are, and how long keys and certificate last. */
static void add_documents(struct feed *f, json_t *o)
{
    json_t *docs = json_object();
    for (int i = 0; i < DOC_COUNT; i++)
        json_object_set_new(docs, feed_doc_names[i], json_integer((json_int_t)f->docs[i].version));
    json_object_set_new(o, "documents", docs);
    json_object_set_new(o, "clock_quality", json_integer(county_clock_quality(f->o.link->clock)));
    feed_add_days(f, o);
}

static void set_word(json_t *o, const char *key, const char *word)
{
    if (*word)
        json_object_set_new(o, key, json_string(word));
}

static json_t *figures_json(struct feed *f)
{
    json_t *list = json_array();
    if (figures_unsent(f->o.store, f->figures, HEARTBEAT_FIGURES, &f->figure_count))
        f->figure_count = 0;
    for (size_t i = 0; i < f->figure_count; i++) {
        const struct figure *n = &f->figures[i];
        json_t *o = json_pack("{ss, ss, sI}", "month", n->month, "what", n->what, "count",
                              (json_int_t)n->count);
        set_word(o, "about", n->about);
        set_word(o, "detail", n->detail);
        json_array_append_new(list, o);
    }
    return list;
}

/* What one shift left for the next and nobody has settled yet; not who left it. */
static json_t *handover_json(struct feed *f)
{
    struct handover_note notes[HANDOVER_NOTES];
    size_t count = 0;
    json_t *list = json_array();
    if (handover_list(f->o.store, notes, HANDOVER_NOTES, &count))
        count = 0;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("{ss, sI}", "what", notes[i].what, "at_ms",
                                              (json_int_t)notes[i].at_ms));
    return list;
}

static int write_heartbeat(struct feed *f)
{
    char install[UUID_TEXT], boot[UUID_TEXT];
    struct moment now = store_now(f->o.store, county_clock_quality(f->o.link->clock));
    uuid_format(install, f->o.install_id);
    uuid_format(boot, now.boot_id);
    AUTO(json_release)
    json_t *o = json_pack("{ss, ss, sI, ss, sf, so, si, so, so}", "install_id", install, "boot_id",
                          boot, "boot_ms", (json_int_t)now.boot_ms, "firmware", f->o.firmware,
                          "clock_skew_s", (double)f->o.link->clock->skew_ms / 1000, "queue",
                          queue_json(f), "disk_free_percent", store_free_percent(f->o.store),
                          "events", events_json(f), "figures", figures_json(f));
    if (o)
        json_object_set_new(o, "handover", handover_json(f));
    if (o)
        add_documents(f, o);
    if (o && f->o.watch.add_health)
        f->o.watch.add_health(f->o.watch.context, o);
    char *text = o ? json_canonical(o) : NULL;
    bytes_clear(&f->heartbeat_body);
    int r = text ? bytes_append_text(&f->heartbeat_body, text) : -ENOMEM;
    json_text_free(text);
    return r;
}

/* A cloned disk: two boards go by one certificate. Items are taken all the same, people must look. */
static void note_conflict(struct feed *f, const struct answer *a)
{
    char word[PROBLEM_WORD];
    if (a->transport != TRANSPORT_OK || !a->has_epoch || a->status != 409)
        return;
    problem_word(word, a);
    f->heartbeat.due_ms = feed_now(f) + f->heartbeat_ms;
    if (strcmp(word, "kiosk-identity-conflict") != 0 || feed_now(f) < f->conflict_ms)
        return;
    f->conflict_ms = feed_now(f) + CONFLICT_EVERY_MS;
    log_line(LOG_ERROR, "feed",
             "another board uses this kiosk's identity: take one of them away and enrol it anew");
    events_add(f->o.store, "identity-conflict", "told by the platform");
}

static void heartbeat_done(void *context, struct answer *a)
{
    struct feed *f = context;
    char complaint[JSON_COMPLAINT];
    bytes_clear(&f->heartbeat_body);
    if (!feed_ended(f, &f->heartbeat, a)) {
        note_conflict(f, a);
        return;
    }
    f->heartbeat.due_ms = feed_now(f) + (f->beats_again ? 0 : f->heartbeat_ms);
    f->beats_again = false;
    AUTO(json_release) json_t *o = json_parse(a->body.data, a->body.length, complaint);
    struct json_reader r = { 0 };
    int64_t stored = json_want_integer(&r, o, "events_stored_to", 0, INT64_MAX, 0);
    int64_t figures = json_want_integer(&r, o, "figures_stored", 0, INT64_MAX, 0);
    int64_t keys = json_want_integer(&r, o, "keys_version", 0, INT64_MAX, 0);
    int64_t catalogue = json_want_integer(&r, o, "catalogue_version", 0, INT64_MAX, 0);
    int64_t config = json_want_integer(&r, o, "config_version", 0, INT64_MAX, 0);
    int64_t updates = json_want_integer(&r, o, "updates_version", 0, INT64_MAX, 0);
    if (!json_is_clean(&r)) {
        log_line(LOG_WARNING, "feed", "the answer to the heartbeat is not understood: %s",
                 r.complaint);
        return;
    }
    if (stored && events_stored(f->o.store, stored))
        log_line(LOG_WARNING, "feed", "it could not be noted which events have arrived");
    /* A platform that does not know them says nothing of them: then they go again. */
    if (figures == (int64_t)f->figure_count &&
        figures_sent(f->o.store, f->figures, f->figure_count))
        log_line(LOG_WARNING, "feed", "it could not be noted which figures have arrived");
    documents_hear(f, DOC_KEYS, keys);
    documents_hear(f, DOC_CATALOGUE, catalogue);
    documents_hear(f, DOC_CONFIG, config);
    documents_hear(f, DOC_UPDATES, updates);
}

void heartbeat_tick(struct feed *f)
{
    if (f->heartbeat.is_flying || feed_now(f) < f->heartbeat.due_ms)
        return;
    if (!store_is_up(f->o.store)) {
        f->heartbeat.due_ms = feed_now(f) + LOOK_AGAIN_MS;
        return;
    }
    if (write_heartbeat(f)) {
        f->heartbeat.due_ms = feed_now(f) + f->heartbeat_ms;
        return;
    }
    struct request r = feed_request(f, LANE_CONTROL, "POST", "/v1/heartbeats");
    request_header(&r, "Content-Type: application/json");
    r.body = &f->heartbeat_body;
    r.done = heartbeat_done;
    (void)feed_send(f, &f->heartbeat, &r);
}
