/* Liveness of kiosks; two boards with one identity show as boot ids that take turns. */
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/fleet.h"

enum { EVENTS_MAX = 100, WHAT_MAX = 64, DETAIL_MAX = 500 };

struct beat {
    const char *install_id, *boot_id;
    int64_t last_seq;
    const json_t *events, *whole;
};

/* ---- reading
 * ------------------------------------------------------------------------------------- */

static void read_events(struct json_reader *r, const json_t *events)
{
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *e = json_array_get(events, i);
        json_enter(r, "events");
        json_enter_index(r, i);
        (void)json_need_integer(r, e, "n", 1, INT64_MAX);
        (void)json_need_string(r, e, "what", WHAT_MAX);
        const char *detail = json_string_value(json_object_get(e, "detail"));
        if (detail && strlen(detail) > DETAIL_MAX)
            json_complain(r, "detail must have at most %d bytes", DETAIL_MAX);
        json_leave(r);
        json_leave(r);
    }
}

static void read_beat(struct json_reader *r, struct beat *out, const json_t *o)
{
    uint8_t id[UUID_BYTES];
    out->install_id = json_need_string(r, o, "install_id", UUID_TEXT - 1);
    out->boot_id = json_need_string(r, o, "boot_id", UUID_TEXT - 1);
    out->last_seq =
        json_want_integer(r, json_need_object(r, o, "queue"), "last_seq", 0, INT64_MAX / 2, 0);
    out->events = json_want_array(r, o, "events", EVENTS_MAX);
    if (json_is_clean(r) && (uuid_parse(id, out->install_id) || uuid_parse(id, out->boot_id)))
        json_complain(r, "install_id and boot_id must be UUIDs");
    read_events(r, out->events);
}

/* ---- storing; inside the lock
 * -------------------------------------------------------------------- */

/* Is this boot one that another has followed already? */
static bool is_twin(struct platform *p, const char *kiosk, const char *boot_id)
{
    bool found = false;
    sqlite3_stmt *q = sql(p, "SELECT boot_id, last_boot_id FROM kiosk WHERE id=?", "t", kiosk);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        found = strcmp(sql_text(q, 0), boot_id) != 0 && !strcmp(sql_text(q, 1), boot_id);
    sqlite3_finalize(q);
    return found;
}

static int note(struct platform *p, const char *kiosk, const struct beat *b)
{
    char now[21];
    now_utc(now);
    return sql_do(p,
                  "UPDATE kiosk SET last_boot_id=CASE WHEN boot_id=?2 THEN last_boot_id ELSE "
                  "boot_id END, boot_id=?2, seen_at=?3,"
                  " last_seq=max(last_seq, ?4) WHERE id=?1",
                  "ttti", kiosk, b->boot_id, now, b->last_seq);
}

static int store_events(struct platform *p, const char *kiosk, const struct beat *b, int64_t *last)
{
    int r = 0;
    *last = 0;
    for (size_t i = 0; !r && i < json_array_size(b->events); i++) {
        const json_t *e = json_array_get(b->events, i);
        const char *detail = json_string_value(json_object_get(e, "detail"));
        int64_t n = json_integer_value(json_object_get(e, "n"));
        r = sql_do(p, "INSERT OR IGNORE INTO event VALUES(?,?,?,?,?)", "ttitt", kiosk,
                   b->install_id, n, json_string_value(json_object_get(e, "what")),
                   detail ? detail : "");
        if (!r)
            r = fleet_note_event(p, kiosk, b->install_id, n,
                                 json_integer_value(json_object_get(e, "at_ms")));
        if (n > *last)
            *last = n;
    }
    return r;
}

static int store(struct platform *p, const char *kiosk, const struct beat *b, int64_t *last)
{
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = note(p, kiosk, b);
    if (!r)
        r = fleet_note(p, kiosk, b->whole);
    if (!r)
        r = store_events(p, kiosk, b, last);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

void heartbeats_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    struct beat b = { 0 };
    int64_t last = 0;
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    read_beat(&reader, &b, o);
    b.whole = o;
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-heartbeat", reader.complaint);
        return;
    }
    pthread_mutex_lock(&p->lock);
    bool has_twin = is_twin(p, q->kiosk, b.boot_id);
    int failed = store(p, q->kiosk, &b, &last);
    int64_t updates = rollouts_version(p);
    pthread_mutex_unlock(&p->lock);
    if (failed)
        reply_problem(r, 503, "storage", "the platform could not store the heartbeat");
    else if (has_twin)
        reply_problem(r, 409, "kiosk-identity-conflict", "another board uses this kiosk identity");
    else
        reply_json(r, 200,
                   json_pack("{sI, sI, sI, sI, sI}", "updates_version", (json_int_t)updates,
                             "keys_version", (json_int_t)p->documents[DOCUMENT_KEYS].version,
                             "catalogue_version",
                             (json_int_t)p->documents[DOCUMENT_CATALOGUE].version, "config_version",
                             (json_int_t)p->documents[DOCUMENT_CONFIG].version, "events_stored_to",
                             (json_int_t)last));
}
