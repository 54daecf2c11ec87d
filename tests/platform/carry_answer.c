/* Answers to kiosks that cannot be reached: documents of at most 200 results and 200 cases each, numbered upwards for ever,
 * so that a kiosk knows which is the later one. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/carry.h"

enum { EACH_MAX = 100 }; /* each with a whole timeline it stays below 1 MiB */
static const int64_t window_ms = INT64_C(90) * 24 * 3600 * 1000;

static int64_t window_from(void)
{
    return system_clock.wall_ms(&system_clock) - window_ms;
}

int carry_kiosks(struct platform *p, int (*each)(void *context, const char *kiosk), void *context)
{
    sqlite3_stmt *q = sql(p, "SELECT DISTINCT kiosk FROM carried WHERE at_ms>=? ORDER BY kiosk",
                          "i", window_from());
    int r = q ? 0 : -EIO;
    while (!r && sqlite3_step(q) == SQLITE_ROW)
        r = each(context, sql_text(q, 0));
    sqlite3_finalize(q);
    return r;
}

/* ---- what goes in -------------------------------------------------------------------- */

/* All rows of the query, each made an object by `make`. NULL when the database cannot be read. */
static json_t *gather(sqlite3_stmt *q, json_t *(*make)(sqlite3_stmt *q))
{
    json_t *list = q ? json_array() : NULL;
    while (list && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(list, make(q));
    sqlite3_finalize(q);
    return list;
}

static json_t *result_json(sqlite3_stmt *q)
{
    json_t *o = json_pack("{ss, ss, ss}", "id", sql_text(q, 0), "sha256", sql_text(q, 1), "outcome",
                          sql_text(q, 2));
    if (*sql_text(q, 3))
        json_object_set_new(o, "problem", json_string(sql_text(q, 3)));
    if (*sql_text(q, 4))
        json_object_set_new(o, "server_ref", json_string(sql_text(q, 4)));
    return o;
}

static json_t *case_json(sqlite3_stmt *q)
{
    return feed_entry(q, 1, sql_text(q, 0));
}

static json_t *results_of(struct platform *p, const char *kiosk)
{
    return gather(sql(p,
                      "SELECT c.id, c.sha256, c.outcome, c.problem, coalesce(i.server_ref,'')"
                      " FROM carried c LEFT JOIN item i ON i.id=c.id"
                      " WHERE c.kiosk=? AND c.at_ms>=? ORDER BY c.id",
                      "ti", kiosk, window_from()),
                  result_json);
}

/* The last word on each case. */
static json_t *cases_of(struct platform *p, const char *kiosk)
{
    return gather(sql(p,
                      "SELECT receipt_hash, state, changed_at, due, missing, server_ref, note,"
                      " facts, coalesce(t.body,'{}') FROM feed f"
                      " LEFT JOIN feed_timeline t ON t.pos=f.pos WHERE kiosk=?1 AND f.pos IN"
                      " (SELECT max(pos) FROM feed WHERE kiosk=?1 GROUP BY receipt_hash)"
                      " ORDER BY f.pos",
                      "t", kiosk),
                  case_json);
}

/* ---- the documents ------------------------------------------------------------------- */

static int next_number(struct platform *p, int64_t *out)
{
    int r = sql_do(p,
                   "INSERT INTO meta VALUES('carry_number','1') ON CONFLICT(key) DO UPDATE SET"
                   " value=CAST(value AS INTEGER)+1",
                   "");
    sqlite3_stmt *q = r ? NULL : sql(p, "SELECT value FROM meta WHERE key='carry_number'", "");
    if (q && sqlite3_step(q) == SQLITE_ROW)
        *out = sqlite3_column_int64(q, 0);
    else
        r = -EIO;
    sqlite3_finalize(q);
    return r;
}

/* Histories of before a restoration, as the operator who restored it wrote them down. */
static json_t *earlier_histories(struct platform *p)
{
    char complaint[JSON_COMPLAINT];
    sqlite3_stmt *q = sql(p, "SELECT value FROM meta WHERE key='epochs_before'", "");
    json_t *list = q && sqlite3_step(q) == SQLITE_ROW
                       ? json_parse(sql_text(q, 0), strlen(sql_text(q, 0)), complaint)
                       : NULL;
    sqlite3_finalize(q);
    return list ? list : json_array();
}

static json_t *slice(const json_t *list, size_t from)
{
    json_t *out = json_array();
    for (size_t i = from; i < json_array_size(list) && i < from + EACH_MAX; i++)
        json_array_append(out, json_array_get(list, i));
    return out;
}

static char *write_answer(struct platform *p, const char *kiosk, int64_t number,
                          const json_t *results, const json_t *cases, size_t from)
{
    char made[21];
    now_utc(made);
    AUTO(json_release)
    json_t *o = json_pack("{ss, si, ss, ss, so, sI, ss, so, so}", "type", "carry-answer", "version",
                          1, "kiosk_id", kiosk, "epoch", p->epoch, "before", earlier_histories(p),
                          "number", (json_int_t)number, "made", made, "results",
                          slice(results, from), "entries", slice(cases, from));
    return o ? json_canonical(o) : NULL;
}

int carry_answers(struct platform *p, const char *kiosk,
                  int (*each)(void *context, const char *name, const char *document), void *context)
{
    AUTO(json_release) json_t *results = results_of(p, kiosk);
    AUTO(json_release) json_t *cases = cases_of(p, kiosk);
    int r = results && cases ? 0 : -EIO;
    size_t count = json_array_size(results), more = json_array_size(cases);
    for (size_t from = 0; !r && from < (count > more ? count : more); from += EACH_MAX) {
        char name[CARRY_ANSWER_NAME];
        int64_t number = 0;
        r = next_number(p, &number);
        char *document = r ? NULL : write_answer(p, kiosk, number, results, cases, from);
        snprintf(name, sizeof(name), "ack-%s-%08llx", kiosk, (unsigned long long)number);
        if (!r)
            r = document ? each(context, name, document) : -ENOMEM;
        json_text_free(document);
    }
    return r;
}
