/* What has come: the envelopes from the database, what is in them from county-open. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/desk.h"

enum { LIST_MAX = 200, OUTLINES_MAX = 100, OUTLINES_TEXT = OUTLINES_MAX * UUID_TEXT };

/* ---- the list
 * ------------------------------------------------------------------------------------ */

#define ENVELOPE                                                                               \
    "n, id, receipt, kind, kiosk, state, submitted_at, clock_basis, received_at, server_ref, " \
    "length(sealed)"

static json_t *envelope(sqlite3_stmt *q)
{
    return json_pack("{sI, ss, ss, ss, ss, ss, ss, ss, ss, ss, sI}", "n",
                     (json_int_t)sqlite3_column_int64(q, 0), "id", sql_text(q, 1), "receipt",
                     sql_text(q, 2), "kind", sql_text(q, 3), "kiosk", sql_text(q, 4), "state",
                     sql_text(q, 5), "submitted_at", sql_text(q, 6), "clock_basis", sql_text(q, 7),
                     "received_at", sql_text(q, 8), "server_ref", sql_text(q, 9), "size",
                     (json_int_t)sqlite3_column_int64(q, 10));
}

void desk_items(struct platform *p, const struct request_in *q, struct reply *r)
{
    int before = 0;
    const char *text = request_argument(q, "before");
    if (*text && (!text_to_int(&before, text) || before < 1)) {
        reply_problem(r, 400, "bad-argument", "before must be the n of an item");
        return;
    }
    json_t *list = json_array();
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s =
        sql(p, "SELECT " ENVELOPE " FROM item WHERE ?1=0 OR n<?1 ORDER BY n DESC LIMIT ?2", "ii",
            (int64_t)before, (int64_t)LIST_MAX);
    while (s && sqlite3_step(s) == SQLITE_ROW)
        json_array_append_new(list, envelope(s));
    sqlite3_finalize(s);
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200,
               json_pack("{so, sb}", "items", list, "more", json_array_size(list) == LIST_MAX));
}

/* ids=a,b,c -> which service each is about. */
void desk_outlines(struct platform *p, const struct request_in *q, struct reply *r)
{
    const char *ids = request_argument(q, "ids");
    char line[OUTLINES_TEXT + 16];
    if (!*ids || strlen(ids) > OUTLINES_TEXT || strspn(ids, "0123456789abcdef-,") != strlen(ids)) {
        reply_problem(r, 400, "bad-argument", "ids must be up to 100 ids with commas between them");
        return;
    }
    snprintf(line, sizeof(line), "outline %s", ids);
    json_t *outlines = opener_ask(p, line);
    if (outlines)
        reply_json(r, 200, outlines);
    else
        reply_problem(r, 503, "opener",
                      "county-open does not answer: applications cannot be shown");
}

void desk_count(struct platform *p, const struct request_in *q, struct reply *r)
{
    int64_t count = 0;
    (void)q;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s = sql(p, "SELECT count(*) FROM item", "");
    if (s && sqlite3_step(s) == SQLITE_ROW)
        count = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    int waiting = p->waiting;
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{sI, si}", "items", (json_int_t)count, "waiting", waiting));
}

/* ---- one of them
 * --------------------------------------------------------------------------------- */

/* What was decided so far, the first first. Inside the lock. */
static json_t *history(struct platform *p, const char *kiosk, const char *receipt)
{
    uint8_t sum[SHA256_BYTES];
    char hash[HASH_HEX + 1], complaint[JSON_COMPLAINT];
    json_t *list = json_array();
    sha256(sum, receipt, strlen(receipt));
    hex_encode(hash, sum, sizeof(sum));
    sqlite3_stmt *q = sql(p,
                          "SELECT state, changed_at, due, missing, note FROM feed WHERE kiosk=? "
                          "AND receipt_hash=? ORDER BY pos",
                          "tt", kiosk, hash);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        const char *missing = sql_text(q, 3);
        json_array_append_new(list,
                              json_pack("{ss, ss, ss, so, ss}", "state", sql_text(q, 0),
                                        "changed_at", sql_text(q, 1), "due", sql_text(q, 2),
                                        "missing", json_parse(missing, strlen(missing), complaint),
                                        "note", sql_text(q, 4)));
    }
    sqlite3_finalize(q);
    return list;
}

/* The envelope and its history, or NULL. Locks. */
static json_t *find(struct platform *p, const char *id)
{
    json_t *o = NULL;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *q = sql(p, "SELECT " ENVELOPE " FROM item WHERE id=?", "t", id);
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        o = json_pack("{ss, ss, so, so}", "id", id, "state", sql_text(q, 5), "envelope",
                      envelope(q), "history", history(p, sql_text(q, 4), sql_text(q, 2)));
    }
    sqlite3_finalize(q);
    pthread_mutex_unlock(&p->lock);
    return o;
}

void desk_item(struct platform *p, const struct request_in *q, struct reply *r)
{
    uint8_t id[UUID_BYTES];
    char line[UUID_TEXT + 8];
    const char *text = request_argument(q, "id");
    json_t *o = uuid_parse(id, text) ? NULL : find(p, text);
    if (!o) {
        reply_problem(r, 404, "not-found", "no such application");
        return;
    }
    snprintf(line, sizeof(line), "open %s", text);
    AUTO(json_release) json_t *opened = opener_ask(p, line);
    const json_t *item = json_object_get(opened, "item"), *error = json_object_get(opened, "error");
    if (item)
        json_object_set(o, "item", (json_t *)(uintptr_t)item);
    else
        json_object_set_new(
            o, "error",
            json_string(error ? json_string_value(error) : "county-open does not answer"));
    reply_json(r, 200, o);
}
