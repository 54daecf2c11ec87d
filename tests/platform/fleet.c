/* What the county knows of its kiosks: the last heartbeat of each, what happened there, and what officers call it. */
#include "tests/platform/fleet.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/point.h"
#include "tests/platform/wellness.h"

enum { EVENTS_SHOWN = 200, NAME_MAX_BYTES = 120 };

static int64_t now_ms(void)
{
    return system_clock.wall_ms(&system_clock);
}

/* ---- hearing ------------------------------------------------------------------------- */

int fleet_note(struct platform *p, const char *kiosk, const json_t *heartbeat)
{
    AUTO(json_release) json_t *o = json_copy((json_t *)(uintptr_t)heartbeat);
    json_object_del(o, "events"); /* those have a table of their own */
    char *text = o ? json_canonical(o) : NULL;
    int r = text ? sql_do(p, "INSERT OR REPLACE INTO fleet_health VALUES(?,?,?)", "tit", kiosk,
                          now_ms(), text)
                 : -ENOMEM;
    json_text_free(text);
    if (!r) /* it has come in, so its certificate is a new one */
        r = sql_do(p, "UPDATE fleet_card SET revoked_ms=0 WHERE kiosk=? AND revoked_ms>0", "t",
                   kiosk);
    return r ? r : rollouts_hear(p, kiosk, heartbeat);
}

int fleet_note_event(struct platform *p, const char *kiosk, const char *install_id, int64_t n,
                     int64_t at_ms)
{
    return sql_do(p, "INSERT OR IGNORE INTO fleet_event VALUES(?,?,?,?,?)", "ttiii", kiosk,
                  install_id, n, at_ms, now_ms());
}

/* ---- showing; inside the lock -------------------------------------------------------- */

static json_t *reasons_json(const struct wellness *w)
{
    json_t *list = json_array();
    for (size_t i = 0; i < w->count; i++)
        json_array_append_new(list, json_pack("{ss, ss, ss}", "colour",
                                              wellness_colour_word(w->reasons[i].colour), "zh",
                                              w->reasons[i].zh, "en", w->reasons[i].en));
    return list;
}

#define KIOSKS                                                                              \
    "SELECT k.id, coalesce(c.name,''), coalesce(c.place,''), coalesce(h.seen_ms,0), "       \
    "coalesce(h.body,''), coalesce(c.revoked_ms,0) FROM kiosk k LEFT JOIN fleet_card c ON " \
    "c.kiosk=k.id LEFT JOIN fleet_health h ON h.kiosk=k.id"

/* A row of KIOSKS. */
static json_t *kiosk_json(sqlite3_stmt *q, bool is_whole)
{
    char complaint[JSON_COMPLAINT];
    const char *body = sql_text(q, 4);
    AUTO(json_release) json_t *health = *body ? json_parse(body, strlen(body), complaint) : NULL;
    int64_t silent_s = (now_ms() - sqlite3_column_int64(q, 3)) / 1000;
    struct wellness w;
    const struct wellness_facts facts = { health, silent_s, sqlite3_column_int64(q, 5) > 0 };
    wellness_judge(&w, &facts);
    json_t *o = json_pack("{ss, ss, ss, sI, ss, so}", "id", sql_text(q, 0), "name", sql_text(q, 1),
                          "place", sql_text(q, 2), "silent_s", (json_int_t)(health ? silent_s : -1),
                          "colour", wellness_colour_word(w.colour), "reasons", reasons_json(&w));
    static const char *const shown[] = { "firmware", "board", "paper_mm", "update", "queue", NULL };
    for (size_t i = 0; o && !is_whole && shown[i]; i++)
        if (json_object_get(health, shown[i]))
            json_object_set(o, shown[i], json_object_get(health, shown[i]));
    if (o && is_whole && health)
        json_object_set(o, "health", health);
    return o;
}

void fleet_list(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    json_t *list = json_array();
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *row = sql(p, KIOSKS " ORDER BY k.id", "");
    while (row && sqlite3_step(row) == SQLITE_ROW)
        json_array_append_new(list, kiosk_json(row, false));
    sqlite3_finalize(row);
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{so}", "kiosks", list));
}

static json_t *events_json(struct platform *p, const char *kiosk)
{
    json_t *list = json_array();
    sqlite3_stmt *q =
        sql(p,
            "SELECT coalesce(f.at_ms,0), e.what, e.detail FROM event e LEFT JOIN fleet_event f ON "
            "f.kiosk=e.kiosk AND f.install_id=e.install_id AND f.n=e.n WHERE e.kiosk=? "
            "ORDER BY coalesce(f.heard_ms,0) DESC, e.n DESC LIMIT ?",
            "ti", kiosk, (int64_t)EVENTS_SHOWN);
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(list, json_pack("{sI, ss, ss}", "at_ms",
                                              (json_int_t)sqlite3_column_int64(q, 0), "what",
                                              sql_text(q, 1), "detail", sql_text(q, 2)));
    sqlite3_finalize(q);
    return list;
}

void fleet_one(struct platform *p, const struct request_in *q, struct reply *r)
{
    const char *id = request_argument(q, "id");
    json_t *o = NULL;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *row = sql(p, KIOSKS " WHERE k.id=?", "t", id);
    if (row && sqlite3_step(row) == SQLITE_ROW)
        o = kiosk_json(row, true);
    sqlite3_finalize(row);
    if (o) {
        char level[LEVEL_TEXT];
        level_of(p, level, id);
        json_object_set_new(o, "level", json_string(level));
        json_object_set_new(o, "events", events_json(p, id));
    }
    pthread_mutex_unlock(&p->lock);
    if (o)
        reply_json(r, 200, o);
    else
        reply_problem(r, 404, "not-found", "there is no such kiosk");
}

/* ---- what officers call it ----------------------------------------------------------- */

void fleet_name(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    const char *id = json_need_string(&reader, o, "id", KIOSK_ID_MAX);
    const char *name = json_want_string(&reader, o, "name", NAME_MAX_BYTES, "");
    const char *place = json_want_string(&reader, o, "place", NAME_MAX_BYTES, "");
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-name", reader.complaint);
        return;
    }
    if (!kiosk_is_enrolled(p, id)) {
        reply_problem(r, 404, "not-found", "there is no such kiosk");
        return;
    }
    pthread_mutex_lock(&p->lock);
    int failed =
        sql_do(p,
               "INSERT INTO fleet_card(kiosk, name, place) VALUES(?,?,?) ON CONFLICT(kiosk) DO "
               "UPDATE SET name=excluded.name, place=excluded.place",
               "ttt", id, name, place);
    pthread_mutex_unlock(&p->lock);
    if (failed)
        reply_problem(r, 503, "storage", "the name could not be stored");
    else
        reply_json(r, 200, json_object());
}
