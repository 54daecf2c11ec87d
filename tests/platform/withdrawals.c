#include "tests/platform/withdrawals.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "tests/platform/desk.h"
#include "tests/platform/matter.h"

enum { AT_ONCE = 20 };

int withdrawals_begin(struct platform *p)
{
    return sql_do(
        p,
        "CREATE TABLE IF NOT EXISTS withdrawal(item TEXT PRIMARY KEY, about TEXT NOT NULL,"
        " outcome TEXT NOT NULL) WITHOUT ROWID",
        "");
}

/* ---- which --------------------------------------------------------------------------- */

/* Not looked at yet; or without an answer, and its application has come since. */
static json_t *waiting(struct platform *p)
{
    json_t *ids = json_array();
    sqlite3_stmt *q =
        sql(p,
            "SELECT i.id FROM item i LEFT JOIN withdrawal w ON w.item=i.id WHERE"
            " i.kind='withdrawal' AND (w.item IS NULL OR (w.outcome='' AND EXISTS (SELECT 1 FROM"
            " item a WHERE a.receipt=w.about AND a.kind='application'))) ORDER BY i.n LIMIT ?",
            "i", (int64_t)AT_ONCE);
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(ids, json_string(sql_text(q, 0)));
    sqlite3_finalize(q);
    return ids;
}

/* ---- the application ----------------------------------------------------------------- */

static bool is_withdrawn(struct platform *p, const char *application)
{
    struct matter m;
    pthread_mutex_lock(&p->lock);
    bool is_there = !matter_load(p, &m, application);
    pthread_mutex_unlock(&p->lock);
    return is_there && m.file.state == CASE_WITHDRAWN;
}

/* The step of the statute's table, taken by the resident as it would be at the counter. What is withdrawn already stays
 * so: said twice, or answered before a crash. False: the storage is away, later. */
static bool take_back(struct platform *p, const char *application, bool *is_taken)
{
    struct reply r = { 0 };
    AUTO(json_release)
    json_t *step = json_pack("{ss, ss}", "id", application, "event", "withdraw");
    desk_step_of(p, step, &r);
    int status = r.status;
    reply_clear(&r);
    *is_taken = status == 200 || (status == 409 && is_withdrawn(p, application));
    return status != 503;
}

/* ---- the answer under its own number ------------------------------------------------- */

static int answer(struct platform *p, const char *id, const char *about, const char *why)
{
    const char *state = *why ? "not_accepted" : "withdrawn";
    AUTO(json_release) json_t *facts = json_pack("{ss}", "about", about);
    if (*why)
        json_object_set_new(facts, "why", json_string(why));
    int r = -ENOENT;
    sqlite3_stmt *q = sql(p, "SELECT kiosk, receipt, server_ref FROM item WHERE id=?", "t", id);
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        struct feed_news news = { .state = state, .server_ref = sql_text(q, 2), .facts = facts };
        r = feed_add(p, sql_text(q, 0), sql_text(q, 1), &news);
    }
    sqlite3_finalize(q);
    return r ? r : sql_do(p, "UPDATE item SET state=? WHERE id=?", "tt", state, id);
}

/* `outcome` "": its application has not come yet. */
static int keep(struct platform *p, const char *id, const char *about, const char *outcome)
{
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = sql_do(p, "INSERT OR REPLACE INTO withdrawal VALUES(?,?,?)", "ttt", id, about, outcome);
    if (!r && *outcome)
        r = answer(p, id, about, strcmp(outcome, "done") ? outcome : "");
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

/* ---- one of them --------------------------------------------------------------------- */

/* "" not yet, "done", or why not: a word of the interface (StatusEntry.facts.why). NULL: later. */
static const char *decide(struct platform *p, const json_t *said)
{
    const char *application = json_text_at(said, "application");
    bool is_taken = false;
    if (json_object_get(said, "error"))
        return "unreadable";
    if (!json_is_true(json_object_get(said, "is_known")))
        return "";
    if (!*application)
        return "person";
    if (!take_back(p, application, &is_taken))
        return NULL;
    return is_taken ? "done" : "over";
}

/* False: county-open or the storage is away, so the others need not be tried. */
static bool take(struct platform *p, const char *id)
{
    char line[UUID_TEXT + 16];
    snprintf(line, sizeof(line), "withdrawal %.36s", id);
    AUTO(json_release) json_t *said = opener_ask(p, line);
    const char *outcome = said ? decide(p, said) : NULL;
    if (!outcome)
        return false;
    pthread_mutex_lock(&p->lock);
    int r = keep(p, id, json_text_at(said, "about"), outcome);
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    if (r)
        log_line(LOG_ERROR, "county", "a withdrawal could not be stored (%d): later", r);
    return !r;
}

void withdrawals_learn(struct platform *p)
{
    pthread_mutex_lock(&p->lock);
    AUTO(json_release) json_t *ids = waiting(p);
    pthread_mutex_unlock(&p->lock);
    for (size_t i = 0; i < json_array_size(ids); i++)
        if (!take(p, json_string_value(json_array_get(ids, i))))
            return;
}
