/* Calls for a person (SS-11): shown the moment they come, answered by name, and no call is lost: what nobody has answered
 * in time is registered as something that could not be done. */
#include "tests/platform/bells.h"

#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/case/bell.h"

enum { BELLS_SHOWN = 50, LEARN_MOST = 20 };

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS bell(id TEXT PRIMARY KEY, kiosk TEXT NOT NULL, receipt TEXT NOT "
    "NULL,"
    " server_ref TEXT NOT NULL, rung_ms INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'ringing',"
    " by TEXT NOT NULL DEFAULT '', answered_ms INTEGER NOT NULL DEFAULT 0,"
    " matter TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '', is_learnt INTEGER NOT "
    "NULL DEFAULT 0)"
    " WITHOUT ROWID;";

int bells_begin(struct platform *p)
{
    return sqlite3_exec(p->db, schema, NULL, NULL, NULL) == SQLITE_OK ? 0 : -EIO;
}

static int64_t now_of(const struct platform *p)
{
    const int64_t day_ms = 24 * 3600 * 1000;
    return system_clock.wall_ms(&system_clock) + p->day_shift * day_ms;
}

/* ---- coming in, and too late; inside the lock and a transaction -------------------------------- */

static int register_unanswered(struct platform *p, const char *kiosk, const char *id,
                               const char *receipt, const char *server_ref)
{
    int r = sql_do(p, "UPDATE bell SET state='unanswered' WHERE id=?", "t", id);
    return r ? r : escalation_open(p, kiosk, id, receipt, server_ref);
}

int bell_open(struct platform *p, const char *kiosk, const char *id, const char *receipt,
              const char *server_ref, const char *rung_at)
{
    int64_t now_ms = now_of(p), rung_ms = now_ms;
    (void)clock_parse_utc(&rung_ms, rung_at);
    int r = sql_do(p, "INSERT INTO bell(id, kiosk, receipt, server_ref, rung_ms) VALUES(?,?,?,?,?)",
                   "tttti", id, kiosk, receipt, server_ref, rung_ms);
    if (r)
        return r;
    if (now_ms - rung_ms >= BELL_ANSWER_MS)
        return register_unanswered(p, kiosk, id, receipt, server_ref);
    return feed_add(p, kiosk, receipt,
                    &(struct feed_news){ .state = "received", .server_ref = server_ref });
}

struct late {
    char id[UUID_TEXT], kiosk[KIOSK_ID_MAX + 1], receipt[RECEIPT_TEXT], server_ref[64];
};

static size_t list_late(struct platform *p, struct late out[BELLS_SHOWN])
{
    size_t count = 0;
    sqlite3_stmt *q =
        sql(p,
            "SELECT id, kiosk, receipt, server_ref FROM bell WHERE state='ringing' AND"
            " rung_ms<=? ORDER BY rung_ms LIMIT ?",
            "ii", now_of(p) - BELL_ANSWER_MS, (int64_t)BELLS_SHOWN);
    while (q && count < BELLS_SHOWN && sqlite3_step(q) == SQLITE_ROW) {
        struct late *l = &out[count++];
        text_copy(l->id, sizeof(l->id), sql_text(q, 0));
        text_copy(l->kiosk, sizeof(l->kiosk), sql_text(q, 1));
        text_copy(l->receipt, sizeof(l->receipt), sql_text(q, 2));
        text_copy(l->server_ref, sizeof(l->server_ref), sql_text(q, 3));
    }
    sqlite3_finalize(q);
    return count;
}

static int end_change(struct platform *p, int failed)
{
    if (!failed)
        failed = sql_do(p, "COMMIT", "");
    if (failed)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    else
        pthread_cond_broadcast(&p->news);
    return failed;
}

void bells_pass(struct platform *p)
{
    struct late list[BELLS_SHOWN];
    pthread_mutex_lock(&p->lock);
    size_t count = list_late(p, list);
    int r = count ? sql_do(p, "BEGIN IMMEDIATE", "") : 0;
    for (size_t i = 0; !r && i < count; i++)
        r = register_unanswered(p, list[i].kiosk, list[i].id, list[i].receipt, list[i].server_ref);
    if (count)
        (void)end_change(p, r);
    pthread_mutex_unlock(&p->lock);
}

/* ---- what only the opened item says ------------------------------------------------------------ */

static void learn_one(struct platform *p, const char *id)
{
    char line[UUID_TEXT + 8];
    snprintf(line, sizeof(line), "open %.36s", id);
    AUTO(json_release) json_t *opened = opener_ask(p, line);
    const json_t *item = json_object_get(opened, "item"),
                 *manifest = json_object_get(item, "manifest");
    if (!item)
        return;
    pthread_mutex_lock(&p->lock);
    if (sql_do(p, "UPDATE bell SET matter=?, language=?, is_learnt=1 WHERE id=?", "ttt",
               json_text_at(manifest, "item_code"), json_text_at(manifest, "language"), id))
        log_line(LOG_ERROR, "county", "what a call is about could not be noted");
    pthread_mutex_unlock(&p->lock);
}

static void learn(struct platform *p)
{
    char ids[LEARN_MOST][UUID_TEXT];
    size_t count = 0;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *q = sql(p, "SELECT id FROM bell WHERE is_learnt=0 ORDER BY rung_ms DESC LIMIT ?",
                          "i", (int64_t)LEARN_MOST);
    while (q && count < LEARN_MOST && sqlite3_step(q) == SQLITE_ROW)
        text_copy(ids[count++], UUID_TEXT, sql_text(q, 0));
    sqlite3_finalize(q);
    pthread_mutex_unlock(&p->lock);
    for (size_t i = 0; i < count; i++)
        learn_one(p, ids[i]);
}

/* ---- for staff --------------------------------------------------------------------------------- */

json_t *bells_ringing(struct platform *p)
{
    json_t *list = json_array();
    int64_t now_ms = now_of(p);
    sqlite3_stmt *q = sql(p,
                          "SELECT kiosk, rung_ms FROM bell WHERE state='ringing' AND rung_ms>?"
                          " ORDER BY rung_ms LIMIT ?",
                          "ii", now_ms - BELL_ANSWER_MS, (int64_t)BELLS_SHOWN);
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(
            list, json_pack("{ss, sI}", "kiosk", sql_text(q, 0), "seconds",
                            (json_int_t)((now_ms - sqlite3_column_int64(q, 1)) / 1000)));
    sqlite3_finalize(q);
    return list;
}

/* Those that ring, and the last ones that do not any more. */
void bells_list(struct platform *p, const struct request_in *q, struct reply *r)
{
    json_t *list = json_array();
    (void)q;
    bells_pass(p);
    learn(p);
    pthread_mutex_lock(&p->lock);
    int64_t now_ms = now_of(p);
    sqlite3_stmt *row =
        sql(p,
            "SELECT id, kiosk, receipt, rung_ms, state, by, matter, language FROM bell"
            " ORDER BY state<>'ringing', rung_ms DESC LIMIT ?",
            "i", (int64_t)BELLS_SHOWN);
    while (row && sqlite3_step(row) == SQLITE_ROW)
        json_array_append_new(
            list, json_pack("{ss, ss, ss, sI, ss, ss, ss, ss}", "id", sql_text(row, 0), "kiosk",
                            sql_text(row, 1), "receipt", sql_text(row, 2), "seconds",
                            (json_int_t)((now_ms - sqlite3_column_int64(row, 3)) / 1000), "state",
                            sql_text(row, 4), "by", sql_text(row, 5), "matter", sql_text(row, 6),
                            "language", sql_text(row, 7)));
    sqlite3_finalize(row);
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{so}", "bells", list));
}

static int tell_coming(struct platform *p, const char *id, const char *by)
{
    int r = -ENOENT;
    sqlite3_stmt *q = sql(p, "SELECT kiosk, receipt, server_ref FROM bell WHERE id=?", "t", id);
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        AUTO(json_release) json_t *facts = json_pack("{ss}", "by", by);
        struct feed_news news = { .state = "coming", .server_ref = sql_text(q, 2), .facts = facts };
        r = feed_add(p, sql_text(q, 0), sql_text(q, 1), &news);
    }
    sqlite3_finalize(q);
    return r;
}

/* Inside the lock. Who comes after it was registered comes all the same; the registration keeps its owner. */
static const char *state_of(struct platform *p, const char *id)
{
    const char *state = NULL;
    sqlite3_stmt *q = sql(p, "SELECT state FROM bell WHERE id=?", "t", id);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        state = !strcmp(sql_text(q, 0), "ringing")  ? "ringing"
                : !strcmp(sql_text(q, 0), "coming") ? "coming"
                                                    : "unanswered";
    sqlite3_finalize(q);
    return state;
}

static void answer(struct platform *p, struct reply *r, const char *id, const char *by)
{
    const char *state = state_of(p, id);
    if (!state || strcmp(state, "ringing") != 0) {
        reply_problem(r, state ? 409 : 404, state ? state : "not-found",
                      !state                         ? "no such call"
                      : !strcmp(state, "unanswered") ? "it is registered: answer it there"
                                                     : "somebody is coming already");
        return;
    }
    int failed = sql_do(p, "BEGIN IMMEDIATE", "");
    if (!failed)
        failed = sql_do(p, "UPDATE bell SET state='coming', by=?, answered_ms=? WHERE id=?", "tit",
                        by, now_of(p), id);
    if (!failed)
        failed = tell_coming(p, id, by);
    if (!failed)
        failed = sql_do(p, "UPDATE item SET state='coming' WHERE id=?", "t", id);
    if (end_change(p, failed))
        reply_problem(r, 503, "storage", "the answer could not be stored");
    else
        reply_json(r, 200, json_pack("{ss}", "id", id));
}

/* {"id", "by": who comes} */
void bells_answer(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    const char *id = json_need_string(&reader, o, "id", UUID_TEXT - 1);
    const char *by = json_need_string(&reader, o, "by", BELL_NAME_BYTES - 1);
    if (json_is_clean(&reader) && !*by)
        json_complain(&reader, "by must say who comes");
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-answer", reader.complaint);
        return;
    }
    bells_pass(p);
    pthread_mutex_lock(&p->lock);
    answer(p, r, id, by);
    pthread_mutex_unlock(&p->lock);
}
