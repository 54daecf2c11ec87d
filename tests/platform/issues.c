/* What went wrong, gathered by cause (SS-59): matter and reason, or kiosk and part. Whose it is, whether it is being mended,
 * what was changed for that; and it opens again by itself when it comes again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "tests/platform/issue_level.h"
#include "tests/platform/matter.h"
#include "tests/platform/measures.h"

enum {
    UTC_OFFSET_MS = 8 * 3600 * 1000,
    DAY_MS = 86400000,
    OWNER_MOST = 30,
    CHANGED_MOST = 100,
    STATE_TEXT = 9,
    RULE_MAX = 64 * 1024
};

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS issue(n INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL,"
    " about TEXT NOT NULL, cause TEXT NOT NULL, count INTEGER NOT NULL, first INTEGER NOT NULL,"
    " last INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'open', owner TEXT NOT NULL DEFAULT '',"
    " changed TEXT NOT NULL DEFAULT '', mended_at TEXT NOT NULL DEFAULT '',"
    " returned INTEGER NOT NULL DEFAULT 0, UNIQUE(source, about, cause));";

int issues_begin(struct platform *p, const char *issue_levels)
{
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *o = json_parse_file(issue_levels, RULE_MAX, complaint);
    p->issue_rule = calloc(1, sizeof(*p->issue_rule));
    if (!p->issue_rule)
        return -ENOMEM;
    if (!o || issue_rule_read(p->issue_rule, o, complaint)) {
        log_line(LOG_ERROR, "county", "%s: %s", issue_levels, complaint);
        return -EBADMSG;
    }
    if (sqlite3_exec(p->db, schema, NULL, NULL, NULL) != SQLITE_OK)
        return -EIO;
    return issue_stand_begin(p);
}

void issues_end(struct platform *p)
{
    free(p->issue_rule);
}

/* ---- one more ------------------------------------------------------------------------ */

/* Its number; 0: there is none yet. `state` is how it stood. */
static int64_t find(struct platform *p, const struct mishap *m, char state[STATE_TEXT])
{
    int64_t n = 0;
    sqlite3_stmt *q = sql(p, "SELECT n, state FROM issue WHERE source=? AND about=? AND cause=?",
                          "ttt", m->source, m->about, m->cause);
    *state = 0;
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        n = sqlite3_column_int64(q, 0);
        (void)text_copy(state, STATE_TEXT, sql_text(q, 1));
    }
    sqlite3_finalize(q);
    return n;
}

/* New, opened again, or one more of what is open. */
static int follow(struct platform *p, const struct mishap *m, bool was_open)
{
    char state[STATE_TEXT];
    int64_t n = find(p, m, state);
    int r = issue_stand_at(p, n, m->kiosk);
    if (r || !strcmp(state, "mended"))
        return r;
    return was_open ? issue_stand_follow(p, n) : issue_stand_anew(p, n);
}

int issue_add(struct platform *p, const struct mishap *m)
{
    char before[STATE_TEXT];
    int64_t ms = system_clock.wall_ms(&system_clock);
    (void)clock_parse_utc(&ms, m->at);
    int64_t on = (ms + UTC_OFFSET_MS) / DAY_MS;
    bool was_open = find(p, m, before) && strcmp(before, "mended") != 0;
    int r = sql_do(p,
                   "INSERT INTO issue(source, about, cause, count, first, last)"
                   " VALUES(?1,?2,?3,?4,?5,?5) ON CONFLICT(source, about, cause) DO UPDATE SET"
                   " count=count+?4, first=min(first,?5), last=max(last,?5),"
                   " returned=returned+(state='mended' AND ?6>mended_at),"
                   " state=CASE WHEN state='mended' AND ?6>mended_at THEN 'open' ELSE state END",
                   "tttiit", m->source, m->about, m->cause, m->count, on, m->at);
    return r ? r : follow(p, m, was_open);
}

/* ---- the list ------------------------------------------------------------------------ */

static const char *in_chinese(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(json_object_get(o, key), "zh"));
    return text ? text : "";
}

/* An office until somebody takes it up: that of the matter, or whoever looks after kiosks. */
static const char *owner_of(const struct platform *p, const char *source, const char *about,
                            const char *owner)
{
    if (*owner)
        return owner;
    if (!strcmp(source, "fault"))
        return "终端运维";
    const char *department = in_chinese(matter_service(p, about), "department");
    return *department ? department : "便民服务中心";
}

static json_t *issue_json(struct platform *p, sqlite3_stmt *q)
{
    char first[9], last[9], mended[9] = "";
    int64_t ms;
    const char *source = sql_text(q, 1), *about = sql_text(q, 2);
    const char *name = in_chinese(matter_service(p, about), "name");
    day_to_text(first, (day)sqlite3_column_int64(q, 5));
    day_to_text(last, (day)sqlite3_column_int64(q, 6));
    if (!clock_parse_utc(&ms, sql_text(q, 10)))
        day_to_text(mended, (day)((ms + UTC_OFFSET_MS) / DAY_MS));
    json_t *o = json_pack("{sI, ss, ss, ss, ss, sI, ss, ss, ss, ss, ss, ss, sI}", "n",
                          (json_int_t)sqlite3_column_int64(q, 0), "source", source, "about", about,
                          "name", *name ? name : about, "cause", sql_text(q, 3), "count",
                          (json_int_t)sqlite3_column_int64(q, 4), "first", first, "last", last,
                          "state", sql_text(q, 7), "owner",
                          owner_of(p, source, about, sql_text(q, 8)), "changed", sql_text(q, 9),
                          "mended", mended, "returned", (json_int_t)sqlite3_column_int64(q, 11));
    issue_stand_told(p, o, sqlite3_column_int64(q, 0), owner_of(p, source, about, ""));
    return o;
}

#define ROWS                                                                                  \
    "SELECT i.n, source, about, cause, count, first, last, state, owner, changed, mended_at," \
    " returned FROM issue i LEFT JOIN issue_stand s ON s.n=i.n"                               \
    " ORDER BY state='mended', s.level DESC, count DESC, i.n"

static int age_all(struct platform *p)
{
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (!r)
        r = issue_stand_all(p);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

/* Open ones first, by their level, then those that came most often. */
void issues_list(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    bool is_known = measures_learn(p);
    json_t *list = json_array();
    pthread_mutex_lock(&p->lock);
    int failed = age_all(p);
    sqlite3_stmt *s = failed ? NULL : sql(p, ROWS, "");
    while (s && sqlite3_step(s) == SQLITE_ROW)
        json_array_append_new(list, issue_json(p, s));
    sqlite3_finalize(s);
    pthread_mutex_unlock(&p->lock);
    if (!failed) {
        reply_json(r, 200, json_pack("{sb, so}", "known", is_known, "issues", list));
        return;
    }
    json_decref(list);
    reply_problem(r, 503, "storage", "the levels could not be stored");
}

/* ---- what is done about it ----------------------------------------------------------- */

struct wish {
    int64_t n;
    const char *state, *owner, *changed;
};

static void read_wish(struct json_reader *r, struct wish *w, const json_t *o)
{
    w->n = json_need_integer(r, o, "n", 1, INT64_MAX);
    w->state = json_need_string(r, o, "state", 8);
    w->owner = json_want_string(r, o, "owner", 4 * OWNER_MOST, "");
    w->changed = json_want_string(r, o, "changed", 4 * CHANGED_MOST, "");
    bool is_mended = !strcmp(w->state, "mended");
    if (!is_mended && strcmp(w->state, "mending") != 0 && strcmp(w->state, "open") != 0)
        json_complain(r, "state must be open, mending or mended");
    if (text_count(w->owner) > OWNER_MOST)
        json_complain(r, "owner must have at most %d characters", OWNER_MOST);
    if (text_count(w->changed) > CHANGED_MOST)
        json_complain(r, "changed must have at most %d characters", CHANGED_MOST);
    if (is_mended && !*w->changed)
        json_complain(r, "what was changed must be said: nothing mends by itself");
}

/* Inside the lock: what is missed until now stays missed, and what opens again begins anew. */
static int store(struct platform *p, const struct wish *w)
{
    char now[21];
    bool is_mended = !strcmp(w->state, "mended"), was_mended = false;
    sqlite3_stmt *q = sql(p, "SELECT state='mended' FROM issue WHERE n=?", "i", w->n);
    int r = q && sqlite3_step(q) == SQLITE_ROW ? 0 : -ENOENT;
    was_mended = !r && sqlite3_column_int(q, 0) != 0;
    sqlite3_finalize(q);
    now_utc(now);
    if (!r && !was_mended)
        r = issue_stand_follow(p, w->n);
    if (!r)
        r = sql_do(p,
                   "UPDATE issue SET state=?2, owner=CASE WHEN ?3='' THEN owner ELSE ?3 END,"
                   " changed=CASE WHEN ?4='' THEN changed ELSE ?4 END,"
                   " mended_at=CASE WHEN ?5 THEN ?6 ELSE mended_at END WHERE n=?1",
                   "itttit", w->n, w->state, w->owner, w->changed, (int64_t)is_mended, now);
    return r || !was_mended || is_mended ? r : issue_stand_anew(p, w->n);
}

/* Inside the lock. */
static void set_state(struct platform *p, struct reply *r, const struct wish *w)
{
    int failed = sql_do(p, "BEGIN IMMEDIATE", "");
    if (!failed)
        failed = store(p, w);
    if (!failed)
        failed = sql_do(p, "COMMIT", "");
    if (failed)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    if (failed == -ENOENT)
        reply_problem(r, 404, "not-found", "no such issue");
    else if (failed)
        reply_problem(r, 503, "storage", "the issue could not be stored");
    else
        reply_json(r, 200, json_pack("{sI, ss}", "n", (json_int_t)w->n, "state", w->state));
}

void issues_state_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    struct wish w = { 0 };
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    read_wish(&reader, &w, o);
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-issue", reader.complaint);
        return;
    }
    pthread_mutex_lock(&p->lock);
    set_state(p, r, &w);
    pthread_mutex_unlock(&p->lock);
}
