/* States of cases: a feed read page by page behind a cursor, each page and its cursor in one commit, held open by the
 * platform while there is nothing new. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "sync/feed/inside.h"
#include "sync/queue/cases.h"

static const char *const states[] = { "received",     "correction_requested",
                                      "accepted",     "accepted_gap",
                                      "not_accepted", "in_review",
                                      "suspended",    "granted",
                                      "denied",       "withdrawn",
                                      "terminated",   "revoked",
                                      "delivered",    "rated",
                                      "open",         "called",
                                      "confirmed",    "answered",
                                      "cancelled",    "closed",
                                      "coming" };

static bool is_state(const char *word)
{
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
        if (!strcmp(states[i], word))
            return true;
    return false;
}

/* A time that is no time is left out rather than shown. */
static void copy_time(char out[CASE_TIME_TEXT], const char *text)
{
    int64_t ms;
    text_copy(out, CASE_TIME_TEXT, !clock_parse_utc(&ms, text) ? text : "");
}

static void copy_missing(char out[CASE_MISSING_TEXT], const json_t *list)
{
    char *text = list ? json_canonical(list) : NULL;
    bool fits = text && strlen(text) < CASE_MISSING_TEXT;
    text_copy(out, CASE_MISSING_TEXT, fits ? text : "[]");
    json_text_free(text);
}

/* Names are words, values short texts; one that is neither makes the whole entry unfit. */
static void copy_facts(char out[CASE_FACTS_TEXT], struct json_reader *r, const json_t *facts)
{
    const char *name;
    json_t *value;
    text_copy(out, CASE_FACTS_TEXT, "{}");
    if (!facts)
        return;
    if (!json_is_object(facts) || json_object_size(facts) > CASE_FACTS) {
        json_complain(r, "facts is no object of at most %d texts", CASE_FACTS);
        return;
    }
    json_object_foreach((json_t *)facts, name, value) if (!json_is_string(value) ||
                                                          strlen(name) >= FACT_NAME ||
                                                          json_string_length(value) >= FACT_TEXT)
        json_complain(r, "facts hold something that is no short text");
    char *text = json_is_clean(r) ? json_canonical(facts) : NULL;
    if (text && strlen(text) >= CASE_FACTS_TEXT)
        json_complain(r, "facts are too long");
    else if (text)
        text_copy(out, CASE_FACTS_TEXT, text);
    json_text_free(text);
}

static void read_entry(struct json_reader *r, struct case_entry *e, const json_t *o)
{
    *e = (struct case_entry){ 0 };
    const char *hash = json_need_string(r, o, "receipt_hash", 2 * SHA256_BYTES);
    const char *state = json_need_string(r, o, "state", CASE_STATE_TEXT - 1);
    if (json_is_clean(r) && hex_decode(e->receipt_hash, SHA256_BYTES, hash))
        json_complain(r, "receipt_hash is no SHA-256");
    if (json_is_clean(r) && !is_state(state))
        json_complain(r, "state is a word this kiosk does not know");
    text_copy(e->state, sizeof(e->state), state);
    copy_time(e->changed, json_want_string(r, o, "changed_at", CASE_TIME_TEXT - 1, ""));
    copy_time(e->due, json_want_string(r, o, "due", CASE_TIME_TEXT - 1, ""));
    copy_missing(e->missing, json_want_array(r, o, "missing", 32));
    text_copy(e->server_ref, sizeof(e->server_ref),
              json_want_string(r, o, "server_ref", CASE_REF_TEXT - 1, ""));
    text_copy(e->note, sizeof(e->note), json_want_string(r, o, "note", CASE_NOTE_TEXT - 1, ""));
    copy_facts(e->facts, r, json_object_get(o, "facts"));
    timeline_copy(e->timeline, json_object_get(o, "timeline"));
    const char *until = json_want_string(r, o, "until", CASE_TIME_TEXT - 1, "");
    if (*until && clock_parse_utc(&e->until_ms, until))
        e->until_ms = 0;
}

/* One bad entry must not hide the others: it is left out and said. */
size_t feed_read_cases(struct case_entry *out, size_t max, const json_t *list)
{
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(list) && count < max; i++) {
        struct json_reader r = { 0 };
        read_entry(&r, &out[count], json_array_get(list, i));
        if (json_is_clean(&r))
            count++;
        else
            log_line(LOG_WARNING, "feed", "status entry %zu is left out: %s", i, r.complaint);
    }
    return count;
}

static int take_page(struct feed *f, const struct answer *a, bool *has_more)
{
    static struct case_entry entries[PAGE_LIMIT]; /* large; one thread, one page at a time */
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *o = json_parse(a->body.data, a->body.length, complaint);
    struct json_reader r = { 0 };
    const char *cursor = json_need_string(&r, o, "cursor", CURSOR_TEXT - 1);
    const json_t *list = json_need_array(&r, o, "entries", 0, 500);
    *has_more = json_want_bool(&r, o, "more", false);
    if (!json_is_clean(&r)) {
        log_line(LOG_ERROR, "feed", "a page of states is not understood: %s",
                 *r.complaint ? r.complaint : complaint);
        return -EBADMSG;
    }
    if (*has_more && !strcmp(cursor, f->cursor)) {
        log_line(LOG_ERROR, "feed", "a page of states leads back to itself");
        return -EBADMSG;
    }
    size_t count = feed_read_cases(entries, PAGE_LIMIT, list);
    int failed = cases_store(f->o.store, entries, count, cursor);
    if (failed)
        return failed;
    text_copy(f->cursor, sizeof(f->cursor), cursor);
    if (count && f->o.watch.cases_changed)
        f->o.watch.cases_changed(f->o.watch.context);
    explicit_bzero(entries, sizeof(entries)); /* a clerk's note may be personal */
    f->is_waiting = !count && !*has_more;
    return 0;
}

static void status_done(void *context, struct answer *a)
{
    struct feed *f = context;
    bool has_more = false;
    bool is_ours = a->transport == TRANSPORT_OK && a->has_epoch;
    bool is_good = feed_ended(f, &f->status, a);
    if (is_ours && a->status == 410 && *f->cursor) {
        feed_restart(f); /* too old a cursor: a snapshot from the start */
        return;
    }
    if (!is_good) {
        f->is_waiting = false; /* a proxy may have cut a long poll: ask without waiting first */
        return;
    }
    if (take_page(f, a, &has_more)) {
        f->status.due_ms = backoff_fail(&f->status.backoff, feed_now(f), f->o.chance);
        return;
    }
    /* While a long queue drains, entries come in a stream: they are read together, not one by one. */
    int64_t pause_ms = has_more || f->is_waiting ? 0 : GATHER_MS;
    if (!has_more)
        f->as_of_ms = feed_wall(f);
    f->status.due_ms = feed_now(f) + pause_ms;
}

static void load_cursor(struct feed *f)
{
    if (!f->is_cursor_loaded &&
        store_get_text(f->o.store, "feed_cursor", f->cursor, sizeof(f->cursor)))
        f->cursor[0] = 0;
    f->is_cursor_loaded = true;
}

/* Cursors are opaque: what a query may not hold is written as %XX (RFC 3986, 2.1). */
static void add_cursor(char *path, size_t capacity, const char *cursor)
{
    size_t used = strlen(path);
    used += (size_t)snprintf(path + used, capacity - used, "&cursor=");
    for (const char *c = cursor; *c && used + 4 < capacity; c++) {
        bool is_plain = (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') ||
                        (*c >= 'a' && *c <= 'z') || strchr("-._~", *c);
        used += (size_t)snprintf(path + used, capacity - used, is_plain ? "%c" : "%%%02X",
                                 (unsigned char)*c);
    }
}

void status_tick(struct feed *f)
{
    char path[WIRE_PATH];
    if (f->status.is_flying || feed_now(f) < f->status.due_ms)
        return;
    if (!store_is_up(f->o.store)) {
        f->status.due_ms = feed_now(f) + LOOK_AGAIN_MS;
        return;
    }
    load_cursor(f);
    int wait_s = f->is_waiting ? POLL_WAIT_S : 0;
    snprintf(path, sizeof(path), "/v1/status-feed?limit=%d&wait=%d", PAGE_LIMIT, wait_s);
    if (*f->cursor)
        add_cursor(path, sizeof(path), f->cursor);
    struct request r = feed_request(f, LANE_FEED, "GET", path);
    r.limit_ms = (wait_s + 30) * 1000;
    r.answer_max = PAGE_MAX;
    r.done = status_done;
    (void)feed_send(f, &f->status, &r);
}
