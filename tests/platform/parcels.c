#include "tests/platform/parcels.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"

enum {
    PARCEL_BYTES = 16 * 1024,
    LABEL_DIGITS = 32,
    HOURS_MAX = 72,
    PARCELS_MAX = 20000, /* alive at once: a flood fills no disk */
};

static const int64_t hour_ms = INT64_C(3600) * 1000, keep_word_ms = INT64_C(168) * 3600 * 1000;

int parcels_begin(struct platform *p)
{
    return sql_do(p,
                  "CREATE TABLE IF NOT EXISTS parcel(label TEXT PRIMARY KEY, until_ms INTEGER NOT "
                  "NULL, taker TEXT NOT NULL DEFAULT '', data BLOB) WITHOUT ROWID",
                  "");
}

static int64_t now_ms(const struct platform *p)
{
    return system_clock.wall_ms(&system_clock) + p->day_shift * 24 * hour_ms;
}

static bool is_hex(const char *text)
{
    return strlen(text) == LABEL_DIGITS && strspn(text, "0123456789abcdef") == LABEL_DIGITS;
}

/* Inside the lock: what is over loses its bytes, and in the end its word. */
static int sweep(struct platform *p)
{
    int64_t now = now_ms(p);
    int r =
        sql_do(p, "UPDATE parcel SET data=NULL WHERE until_ms<=? AND data IS NOT NULL", "i", now);
    return r ? r : sql_do(p, "DELETE FROM parcel WHERE until_ms<=?", "i", now - keep_word_ms);
}

static void not_here(struct reply *r)
{
    reply_problem(r, 404, "not-found", "there is no parcel under this label");
}

/* Why a row has no bytes any more. */
static void say_gone(struct reply *r, const char *taker)
{
    if (*taker)
        reply_problem(r, 410, "used", "this parcel was opened already");
    else
        reply_problem(r, 410, "expired", "the time of this parcel is over");
}

static bool begin(struct platform *p, const char *label, struct reply *r)
{
    if (!is_hex(label)) {
        reply_problem(r, 400, "label", "a label has 32 hex digits");
        return false;
    }
    pthread_mutex_lock(&p->lock);
    if (!sweep(p))
        return true;
    pthread_mutex_unlock(&p->lock);
    reply_problem(r, 503, "storage", "the store does not work at the moment");
    return false;
}

void parcels_get(struct platform *p, const struct request_in *q, struct reply *r, const char *label)
{
    (void)q;
    if (!begin(p, label, r))
        return;
    sqlite3_stmt *found = sql(p, "SELECT taker, data FROM parcel WHERE label=?", "t", label);
    if (!found || sqlite3_step(found) != SQLITE_ROW)
        not_here(r);
    else if (sqlite3_column_type(found, 1) == SQLITE_NULL)
        say_gone(r, sql_text(found, 0));
    else if (!bytes_append(&r->body, sqlite3_column_blob(found, 1),
                           (size_t)sqlite3_column_bytes(found, 1))) {
        r->status = 200;
        r->type = "application/octet-stream";
    } else
        reply_problem(r, 503, "storage", "no memory");
    sqlite3_finalize(found);
    pthread_mutex_unlock(&p->lock);
}

static bool is_same(struct platform *p, const char *label, const struct bytes *body, bool *is_there)
{
    sqlite3_stmt *q = sql(p, "SELECT data FROM parcel WHERE label=?", "t", label);
    *is_there = q && sqlite3_step(q) == SQLITE_ROW;
    bool is_equal = *is_there && (size_t)sqlite3_column_bytes(q, 0) == body->length &&
                    !memcmp(sqlite3_column_blob(q, 0), body->data, body->length);
    sqlite3_finalize(q);
    return is_equal;
}

static bool is_full(struct platform *p)
{
    sqlite3_stmt *q = sql(p, "SELECT count(*) FROM parcel WHERE data IS NOT NULL", "");
    bool is_full = !q || sqlite3_step(q) != SQLITE_ROW || sqlite3_column_int64(q, 0) >= PARCELS_MAX;
    sqlite3_finalize(q);
    return is_full;
}

/* The same again is the same; other bytes under a label that exists are refused, whoever sends them. */
static void store(struct platform *p, const struct request_in *q, struct reply *r,
                  const char *label, int hours)
{
    bool is_there, is_again = is_same(p, label, &q->body, &is_there);
    if (is_there && !is_again)
        reply_problem(r, 409, "label", "another parcel has this label");
    else if (!is_there && is_full(p))
        reply_problem(r, 503, "full", "too many parcels wait");
    else if (!is_there &&
             sql_do(p, "INSERT INTO parcel(label, until_ms, data) VALUES(?, ?, ?)", "tib", label,
                    now_ms(p) + hours * hour_ms, q->body.data, q->body.length))
        reply_problem(r, 503, "storage", "the store does not work at the moment");
    else
        reply_json(r, is_there ? 200 : 201, json_object());
}

void parcels_put(struct platform *p, const struct request_in *q, struct reply *r, const char *label)
{
    int hours;
    if (!text_to_int(&hours, request_header_in(q, "Parcel-Hours")) || hours < 1 ||
        hours > HOURS_MAX)
        reply_problem(r, 400, "hours", "Parcel-Hours must be 1 to 72");
    else if (!q->body.length || q->body.length > PARCEL_BYTES)
        reply_problem(r, 413, "too-large", "a parcel has 1 to 16384 bytes");
    else if (!request_is_whole(q))
        reply_problem(r, 400, "digest", "the content does not fit its Content-Digest");
    else if (begin(p, label, r)) {
        store(p, q, r, label, hours);
        pthread_mutex_unlock(&p->lock);
    }
}

/* Opened, by whom: once. The same taker may say it again, since its answer may have been lost. */
void parcels_end(struct platform *p, const struct request_in *q, struct reply *r, const char *label)
{
    const char *taker = request_header_in(q, "Parcel-Taker");
    if (!is_hex(taker)) {
        reply_problem(r, 400, "taker", "Parcel-Taker must be 32 hex digits");
        return;
    }
    if (!begin(p, label, r))
        return;
    sqlite3_stmt *found =
        sql(p, "SELECT taker, data IS NOT NULL FROM parcel WHERE label=?", "t", label);
    bool is_there = found && sqlite3_step(found) == SQLITE_ROW;
    bool is_alive = is_there && sqlite3_column_int(found, 1),
         is_ours = is_there && !strcmp(sql_text(found, 0), taker);
    if (!is_there)
        not_here(r);
    else if (!is_alive && !is_ours)
        say_gone(r, sql_text(found, 0));
    sqlite3_finalize(found);
    if (is_alive &&
        sql_do(p, "UPDATE parcel SET taker=?, data=NULL WHERE label=?", "tt", taker, label))
        reply_problem(r, 503, "storage", "the store does not work at the moment");
    else if (is_alive || is_ours)
        reply_json(r, 200, json_object());
    pthread_mutex_unlock(&p->lock);
}
