/* Telephone calls about a case (SS-36): each gets a number, an owner and what came of it. The resident's timeline says that
 * they were telephoned; what was said stays between the two. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/desk.h"
#include "tests/platform/matter.h"

enum { TEXT_CHARACTERS = 60, NUMBER_TEXT = 32, CALLS_MOST = 100 };

static const char schema[] = "CREATE TABLE IF NOT EXISTS call(n INTEGER PRIMARY KEY, number TEXT "
                             "NOT NULL UNIQUE, about TEXT NOT NULL,"
                             " line TEXT NOT NULL, owner TEXT NOT NULL, outcome TEXT NOT NULL, "
                             "answer TEXT NOT NULL, day TEXT NOT NULL);";

int calls_begin(struct platform *p)
{
    return sqlite3_exec(p->db, schema, NULL, NULL, NULL) == SQLITE_OK ? 0 : -EIO;
}

static bool is_one_of(const char *word, const char *const *words)
{
    while (*words && strcmp(*words, word) != 0)
        words++;
    return *words != NULL;
}

struct call_in {
    const char *id, *line, *owner, *outcome, *answer;
};

static void read_call(struct json_reader *r, struct call_in *out, const json_t *o)
{
    static const char *const lines[] = { "call-back", "12345", "notice", NULL },
                             *const outcomes[] = { "reached", "no-answer", "wrong-number", NULL };
    out->id = json_need_string(r, o, "id", UUID_TEXT - 1);
    out->line = json_need_string(r, o, "line", 16);
    out->outcome = json_need_string(r, o, "outcome", 16);
    out->owner = json_need_string(r, o, "owner", 4 * (size_t)TEXT_CHARACTERS);
    const json_t *answer = json_object_get(o, "answer"); /* there may be none: nobody was reached */
    const char *said = json_string_value(answer);
    out->answer = said ? said : "";
    if (!json_is_clean(r))
        return;
    if (answer && !said)
        json_complain(r, "answer must be a text");
    if (!json_is_clean(r))
        return;
    if (!is_one_of(out->line, lines))
        json_complain(r, "line must be call-back, 12345 or notice");
    if (!is_one_of(out->outcome, outcomes))
        json_complain(r, "outcome must be reached, no-answer or wrong-number");
    if (!*out->owner || text_count(out->owner) > TEXT_CHARACTERS ||
        text_count(out->answer) > TEXT_CHARACTERS)
        json_complain(r, "owner must have 1 to %d characters, answer at most as many",
                      TEXT_CHARACTERS);
    if (!strcmp(out->outcome, "reached") && !*out->answer)
        json_complain(r, "answer must say what came of it");
}

/* "T20261127-003": the day's third. Inside the lock and a transaction. */
static int number_of(struct platform *p, char out[NUMBER_TEXT], const char *date)
{
    int64_t count = -1;
    sqlite3_stmt *q = sql(p, "SELECT count(*) FROM call WHERE day=?", "t", date);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        count = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    unsigned nth = (unsigned)((count + 1) % 100000); /* no day has so many calls */
    snprintf(out, NUMBER_TEXT, "T%s-%03u", date, nth);
    return count < 0 ? -EIO : 0;
}

static int keep(struct platform *p, char number[NUMBER_TEXT], const struct matter *m,
                const struct call_in *c)
{
    const struct matter_step step = { strcmp(c->outcome, "reached") ? "phoned_in_vain" : "phoned",
                                      "", c->answer, c->owner, NULL };
    char date[9];
    day_to_text(date, county_today(p));
    int r = number_of(p, number, date);
    if (!r)
        r = sql_do(p,
                   "INSERT INTO call(number, about, line, owner, outcome, answer, day) "
                   "VALUES(?,?,?,?,?,?,?)",
                   "ttttttt", number, c->id, c->line, c->owner, c->outcome, c->answer, date);
    if (!r)
        r = matter_note(p, m, &step);
    return r ? r : matter_tell(p, m, "");
}

static void record(struct platform *p, struct reply *r, const struct call_in *c)
{
    struct matter m;
    char number[NUMBER_TEXT];
    int failed = matter_load(p, &m, c->id);
    if (failed == -ENOENT) {
        reply_problem(r, 404, "not-found", "no such case");
        return;
    }
    if (!failed)
        failed = sql_do(p, "BEGIN IMMEDIATE", "");
    if (!failed)
        failed = keep(p, number, &m, c);
    if (!failed)
        failed = sql_do(p, "COMMIT", "");
    if (failed) {
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
        reply_problem(r, 503, "storage", "the call could not be stored");
        return;
    }
    pthread_cond_broadcast(&p->news);
    reply_json(r, 200, json_pack("{ss}", "number", number));
}

void calls_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    struct call_in c = { 0 };
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    read_call(&reader, &c, o);
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-call", reader.complaint);
        return;
    }
    pthread_mutex_lock(&p->lock);
    record(p, r, &c);
    pthread_mutex_unlock(&p->lock);
}

json_t *calls_of(struct platform *p, const char *id)
{
    json_t *list = json_array();
    sqlite3_stmt *q = sql(p,
                          "SELECT number, line, owner, outcome, answer, day FROM call WHERE about=?"
                          " ORDER BY n LIMIT ?",
                          "ti", id, (int64_t)CALLS_MOST);
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(list, json_pack("{ss, ss, ss, ss, ss, ss}", "number", sql_text(q, 0),
                                              "line", sql_text(q, 1), "owner", sql_text(q, 2),
                                              "outcome", sql_text(q, 3), "answer", sql_text(q, 4),
                                              "day", sql_text(q, 5)));
    sqlite3_finalize(q);
    return list;
}
