/* Liveness of kiosks; two boards with one identity show as boot ids that take turns. */
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/platform.h"

/* Inside the lock: is this boot one that another has followed already? */
static bool is_twin(struct platform *p, const char *kiosk, const char *boot_id)
{
    bool found = false;
    sqlite3_stmt *q = sql(p, "SELECT boot_id, last_boot_id FROM kiosk WHERE id=?", "t", kiosk);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        found = strcmp(sql_text(q, 0), boot_id) != 0 && !strcmp(sql_text(q, 1), boot_id);
    sqlite3_finalize(q);
    return found;
}

static int note(struct platform *p, const char *kiosk, const char *install_id, const char *boot_id)
{
    char now[21];
    now_utc(now);
    return sql_do(p,
                  "INSERT INTO kiosk(id, install_id, boot_id, seen_at) VALUES(?,?,?,?) ON CONFLICT(id) DO UPDATE SET"
                  " last_boot_id=CASE WHEN boot_id=excluded.boot_id THEN last_boot_id ELSE boot_id END,"
                  " boot_id=excluded.boot_id, seen_at=excluded.seen_at",
                  "tttt", kiosk, install_id, boot_id, now);
}

static int64_t store_events(struct platform *p, const char *kiosk, const char *install_id, const json_t *events)
{
    int64_t last = 0;
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *e = json_array_get(events, i);
        const char *what = json_string_value(json_object_get(e, "what")), *detail = json_string_value(json_object_get(e, "detail"));
        int64_t n = json_integer_value(json_object_get(e, "n"));
        if (!what || n < 1 || sql_do(p, "INSERT OR IGNORE INTO event VALUES(?,?,?,?,?)", "ttitt", kiosk, install_id, n, what, detail ? detail : ""))
            return last;
        last = n;
    }
    return last;
}

void heartbeats_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    struct json_reader reader = { 0 };
    const char *install_id = json_need_string(&reader, o, "install_id", UUID_TEXT - 1);
    const char *boot_id = json_need_string(&reader, o, "boot_id", UUID_TEXT - 1);
    const json_t *events = json_want_array(&reader, o, "events", 100);
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-heartbeat", reader.complaint);
        return;
    }
    pthread_mutex_lock(&p->lock);
    bool has_twin = is_twin(p, q->kiosk, boot_id);
    int failed = note(p, q->kiosk, install_id, boot_id);
    int64_t stored = failed ? 0 : store_events(p, q->kiosk, install_id, events);
    pthread_mutex_unlock(&p->lock);
    if (has_twin) {
        reply_problem(r, 409, "kiosk-identity-conflict", "another board uses this kiosk identity");
        return;
    }
    reply_json(r, 200, json_pack("{sI, sI, sI, sI}", "keys_version", (json_int_t)p->documents[DOCUMENT_KEYS].version,
                                 "catalogue_version", (json_int_t)p->documents[DOCUMENT_CATALOGUE].version, "config_version",
                                 (json_int_t)p->documents[DOCUMENT_CONFIG].version, "events_stored_to", (json_int_t)stored));
}
