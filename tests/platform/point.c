/* What a kiosk may know of its point today, as one small signed document, made anew when anything in it has changed and
 * every few minutes, so that its age says something. */
#include "tests/platform/point.h"
#include "tests/platform/visits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"

enum { REMAKE_MS = 5 * 60 * 1000, LEARN_MOST = 50, POINT_FILE_MAX = 64 * 1024 };

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS learned(id TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS ticket(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kiosk TEXT "
    "NOT NULL, receipt TEXT NOT NULL, number TEXT NOT NULL, theme TEXT NOT NULL, day TEXT NOT NULL,"
    " is_first INTEGER NOT NULL, arrived_ms INTEGER NOT NULL, state TEXT NOT NULL DEFAULT "
    "'waiting',"
    " counter TEXT NOT NULL DEFAULT '', called_ms INTEGER NOT NULL DEFAULT 0, done_ms INTEGER NOT "
    "NULL DEFAULT 0);"
    "CREATE TABLE IF NOT EXISTS booking(id TEXT PRIMARY KEY, kiosk TEXT NOT NULL, receipt TEXT NOT "
    "NULL,"
    " service TEXT NOT NULL, calendar TEXT NOT NULL, day TEXT NOT NULL, half TEXT NOT NULL, tail "
    "TEXT NOT NULL,"
    " state TEXT NOT NULL DEFAULT 'received') WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS stars(id TEXT PRIMARY KEY, month TEXT NOT NULL, level INTEGER NOT "
    "NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS prefix(kiosk TEXT PRIMARY KEY, n INTEGER NOT NULL UNIQUE) WITHOUT "
    "ROWID;"
    "CREATE TABLE IF NOT EXISTS point(kiosk TEXT PRIMARY KEY, content TEXT NOT NULL, version "
    "INTEGER NOT NULL,"
    " made_ms INTEGER NOT NULL, body TEXT NOT NULL, signature TEXT NOT NULL) WITHOUT ROWID;";

int point_begin(struct platform *p, const char *path)
{
    char complaint[JSON_COMPLAINT];
    if (sqlite3_exec(p->db, schema, NULL, NULL, NULL) != SQLITE_OK || urgent_begin(p) ||
        levels_begin(p) || visits_begin(p))
        return -EIO;
    if (!path)
        return 0;
    p->point = json_parse_file(path, POINT_FILE_MAX, complaint);
    if (p->point)
        return 0;
    log_line(LOG_ERROR, "county", "%s: %s", path, complaint);
    return -EBADMSG;
}

void point_end(struct platform *p)
{
    json_decref(p->point);
}

void point_today(char date[TODAY_TEXT], int64_t wall_ms)
{
    char text[21];
    clock_format_utc(text, wall_ms + POINT_OFFSET_MS);
    snprintf(date, TODAY_TEXT, "%.4s%.2s%.2s", text, text + 5, text + 8);
}

/* ---- opening what concerns the desk ---------------------------------------------------------- */

struct unopened {
    char id[UUID_TEXT], kind[16], kiosk[KIOSK_ID_MAX + 1], receipt[RECEIPT_TEXT], submitted[21];
};

static size_t list_unopened(struct platform *p, struct unopened out[LEARN_MOST])
{
    size_t count = 0;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *q =
        sql(p,
            "SELECT id, kind, kiosk, receipt, submitted_at FROM item WHERE kind IN"
            " ('ticket','appointment','rating') AND id NOT IN (SELECT id FROM learned)"
            " ORDER BY n LIMIT ?",
            "i", (int64_t)LEARN_MOST);
    while (q && count < LEARN_MOST && sqlite3_step(q) == SQLITE_ROW) {
        struct unopened *u = &out[count++];
        snprintf(u->id, sizeof(u->id), "%s", sql_text(q, 0));
        snprintf(u->kind, sizeof(u->kind), "%s", sql_text(q, 1));
        snprintf(u->kiosk, sizeof(u->kiosk), "%s", sql_text(q, 2));
        snprintf(u->receipt, sizeof(u->receipt), "%s", sql_text(q, 3));
        snprintf(u->submitted, sizeof(u->submitted), "%s", sql_text(q, 4));
    }
    sqlite3_finalize(q);
    pthread_mutex_unlock(&p->lock);
    return count;
}

static int note_rating(struct platform *p, const json_t *item, const struct unopened *u)
{
    char date[TODAY_TEXT], month[7];
    int64_t level = json_integer_value(json_object_get(json_object_get(item, "rating"), "level"));
    point_today(date, system_clock.wall_ms(&system_clock));
    snprintf(month, sizeof(month), "%.6s", date);
    if (level < 1 || level > 5)
        return 0;
    return sql_do(p, "INSERT OR IGNORE INTO stars VALUES(?,?,?)", "tti", u->id, month, level);
}

/* What cannot be opened is noted as seen: the desk shows it as it shows others of its kind. */
static void note(struct platform *p, const struct unopened *u, const json_t *item)
{
    pthread_mutex_lock(&p->lock);
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (!r && item && !strcmp(u->kind, "ticket"))
        r = tickets_note(p, item, u->id, u->kiosk, u->receipt, u->submitted);
    if (!r && item && !strcmp(u->kind, "appointment"))
        r = bookings_note(p, item, u->id, u->kiosk, u->receipt);
    if (!r && item && !strcmp(u->kind, "rating"))
        r = note_rating(p, item, u);
    if (!r)
        r = sql_do(p, "INSERT OR IGNORE INTO learned VALUES(?)", "t", u->id);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
}

bool point_learn(struct platform *p)
{
    struct unopened list[LEARN_MOST];
    matter_learn(p,
                 NULL); /* a bundle's visit holds a place, and what gives it back comes after it */
    size_t count = list_unopened(p, list);
    for (size_t i = 0; i < count; i++) {
        char line[UUID_TEXT + 8];
        snprintf(line, sizeof(line), "open %s", list[i].id);
        AUTO(json_release) json_t *opened = opener_ask(p, line);
        if (!opened)
            return false;
        note(p, &list[i], json_object_get(opened, "item"));
    }
    return true;
}

/* ---- the document ---------------------------------------------------------------------------- */

static int64_t number_of(struct platform *p, const char *text, const char *argument)
{
    int64_t value = -1;
    sqlite3_stmt *q = sql(p, text, "t", argument);
    if (q && sqlite3_step(q) == SQLITE_ROW && sqlite3_column_type(q, 0) != SQLITE_NULL)
        value = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return value;
}

static void add_known(json_t *o, const char *key, int64_t value)
{
    if (value >= 0)
        json_object_set_new(o, key, json_integer(value));
}

/* Ended in time: before the first day that was named for it, or on the spot. */
#define ON_TIME                                                                                 \
    "SELECT 100*sum(due IS NULL OR done<=due)/count(*) FROM (SELECT max(f.changed_at) AS done," \
    " (SELECT min(d.due) FROM feed d WHERE d.receipt_hash=f.receipt_hash AND d.due<>'') AS due" \
    " FROM feed f WHERE f.state IN ('granted','denied') AND f.changed_at LIKE ?||'%'"           \
    " GROUP BY f.receipt_hash)"

static json_t *month_json(struct platform *p, int64_t now_ms)
{
    char date[TODAY_TEXT], month[7], dashed[8];
    point_today(date, now_ms);
    snprintf(month, sizeof(month), "%.6s", date);
    snprintf(dashed, sizeof(dashed), "%.4s-%.2s", date, date + 4);
    json_t *o = json_pack("{ss}", "month", month);
    add_known(
        o, "cases",
        number_of(p,
                  "SELECT count(*) FROM item WHERE kind='application' AND received_at LIKE ?||'%'",
                  dashed));
    add_known(o, "on_time", number_of(p, ON_TIME, dashed));
    add_known(o, "rating",
              number_of(p, "SELECT sum(level)*10/count(*) FROM stars WHERE month=?", month));
    add_known(o, "ratings", number_of(p, "SELECT count(*) FROM stars WHERE month=?", month));
    add_known(o, "minutes", tickets_minutes(p, now_ms));
    return o;
}

/* A letter for each kiosk, for good: A to Z, then AA. */
static int prefix_of(struct platform *p, char out[4], const char *kiosk)
{
    int r = sql_do(p, "INSERT OR IGNORE INTO prefix SELECT ?, coalesce(max(n)+1, 0) FROM prefix",
                   "t", kiosk);
    int64_t n = r ? -1 : number_of(p, "SELECT n FROM prefix WHERE kiosk=?", kiosk);
    if (n < 0 || n >= 26 + 26 * 26)
        return -ERANGE;
    if (n < 26)
        snprintf(out, 4, "%c", (char)('A' + n));
    else
        snprintf(out, 4, "%c%c", (char)('A' + (n - 26) / 26), (char)('A' + (n - 26) % 26));
    return 0;
}

/* Inside the lock: all but version and time. */
static json_t *content(struct platform *p, const char *kiosk, bool is_known, int64_t now_ms)
{
    char prefix[4];
    const json_t *places = json_object_get(p->point, "places"),
                 *points = json_object_get(p->point, "points");
    json_t *o = json_pack("{ss, ss}", "type", "point", "kiosk_id", kiosk);
    if (!prefix_of(p, prefix, kiosk))
        json_object_set_new(o, "prefix", json_string(prefix));
    if (is_known) {
        json_object_set_new(o, "queues", tickets_queues(p, now_ms));
        json_object_set_new(o, "calendars", calendars_free(p, now_ms));
    }
    if (places)
        json_object_set(o, "places", (json_t *)(uintptr_t)places);
    if (points)
        json_object_set(o, "points", (json_t *)(uintptr_t)points);
    json_object_set_new(o, "month", month_json(p, now_ms));
    json_t *profile = level_profile(p, kiosk);
    if (profile)
        json_object_set_new(o, "profile", profile);
    return o;
}

/* Inside the lock: sign what is new, keep it. */
static int remake(struct platform *p, const char *kiosk, json_t *o, const char *text,
                  int64_t now_ms)
{
    struct bytes body AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    char made[21];
    int64_t last = number_of(p, "SELECT version FROM point WHERE kiosk=?", kiosk),
            version = now_ms > last ? now_ms : last + 1;
    clock_format_utc(made, now_ms);
    json_object_set_new(o, "version", json_integer(version));
    json_object_set_new(o, "made", json_string(made));
    char *whole = json_canonical(o);
    int r = whole ? bytes_append_text(&body, whole) : -ENOMEM;
    if (!r)
        r = documents_sign(&signature, p, &body);
    if (!r)
        r = sql_do(p, "INSERT OR REPLACE INTO point VALUES(?,?,?,?,?,?)", "ttiitt", kiosk, text,
                   version, now_ms, whole, (const char *)signature.data);
    json_text_free(whole);
    return r;
}

static int refresh(struct platform *p, const char *kiosk, bool is_known)
{
    int64_t now_ms = system_clock.wall_ms(&system_clock);
    bool is_current = false;
    AUTO(json_release) json_t *o = content(p, kiosk, is_known, now_ms);
    char *text = o ? json_canonical(o) : NULL;
    if (!text)
        return -ENOMEM;
    sqlite3_stmt *q = sql(p, "SELECT content, made_ms FROM point WHERE kiosk=?", "t", kiosk);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        is_current = !strcmp(sql_text(q, 0), text) &&
                     now_ms - sqlite3_column_int64(q, 1) < REMAKE_MS &&
                     now_ms >= sqlite3_column_int64(q, 1);
    sqlite3_finalize(q);
    int r = is_current ? 0 : remake(p, kiosk, o, text, now_ms);
    json_text_free(text);
    return r;
}

/* Inside the lock. */
static void answer(struct platform *p, const struct request_in *q, struct reply *r)
{
    char etag[32];
    sqlite3_stmt *row =
        sql(p, "SELECT version, body, signature FROM point WHERE kiosk=?", "t", q->kiosk);
    r->status = 503;
    if (row && sqlite3_step(row) == SQLITE_ROW) {
        snprintf(etag, sizeof(etag), "\"%lld\"", (long long)sqlite3_column_int64(row, 0));
        reply_header(r, "ETag", etag);
        r->status = strcmp(request_header_in(q, "If-None-Match"), etag) ? 200 : 304;
    }
    if (r->status == 200) {
        r->type = "application/json";
        reply_header(r, "Document-Signature", sql_text(row, 2));
        if (bytes_append_text(&r->body, sql_text(row, 1)))
            r->status = 500;
    }
    sqlite3_finalize(row);
}

void point_get(struct platform *p, const struct request_in *q, struct reply *r)
{
    if (!p->point) {
        reply_problem(r, 404, "not-found", "this county says nothing about its points");
        return;
    }
    bool is_known = point_learn(p);
    pthread_mutex_lock(&p->lock);
    if (refresh(p, q->kiosk, is_known))
        reply_problem(r, 503, "storage", "the document about the point could not be made");
    else
        answer(p, q, r);
    pthread_mutex_unlock(&p->lock);
}
