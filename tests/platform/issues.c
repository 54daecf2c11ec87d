/* What went wrong, gathered by cause (SS-59): matter and reason, or kiosk and part. Whose it is, whether it is being mended,
 * what was changed for that; and it opens again by itself when it comes again. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/matter.h"
#include "tests/platform/measures.h"

enum { UTC_OFFSET_MS = 8 * 3600 * 1000, DAY_MS = 86400000, OWNER_MOST = 30, CHANGED_MOST = 100 };

/* ---- one more ------------------------------------------------------------------------ */

int issue_add(struct platform *p, const struct mishap *m)
{
    int64_t ms = system_clock.wall_ms(&system_clock);
    (void)clock_parse_utc(&ms, m->at);
    int64_t on = (ms + UTC_OFFSET_MS) / DAY_MS;
    return sql_do(p,
                  "INSERT INTO issue(source, about, cause, count, first, last)"
                  " VALUES(?1,?2,?3,?4,?5,?5) ON CONFLICT(source, about, cause) DO UPDATE SET"
                  " count=count+?4, first=min(first,?5), last=max(last,?5),"
                  " returned=returned+(state='mended' AND ?6>mended_at),"
                  " state=CASE WHEN state='mended' AND ?6>mended_at THEN 'open' ELSE state END",
                  "tttiit", m->source, m->about, m->cause, m->count, on, m->at);
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

static json_t *issue_json(const struct platform *p, sqlite3_stmt *q)
{
    char first[9], last[9], mended[9] = "";
    int64_t ms;
    const char *source = sql_text(q, 1), *about = sql_text(q, 2);
    const char *name = in_chinese(matter_service(p, about), "name");
    day_to_text(first, (day)sqlite3_column_int64(q, 5));
    day_to_text(last, (day)sqlite3_column_int64(q, 6));
    if (!clock_parse_utc(&ms, sql_text(q, 10)))
        day_to_text(mended, (day)((ms + UTC_OFFSET_MS) / DAY_MS));
    return json_pack("{sI, ss, ss, ss, ss, sI, ss, ss, ss, ss, ss, ss, sI}", "n",
                     (json_int_t)sqlite3_column_int64(q, 0), "source", source, "about", about,
                     "name", *name ? name : about, "cause", sql_text(q, 3), "count",
                     (json_int_t)sqlite3_column_int64(q, 4), "first", first, "last", last, "state",
                     sql_text(q, 7), "owner", owner_of(p, source, about, sql_text(q, 8)), "changed",
                     sql_text(q, 9), "mended", mended, "returned",
                     (json_int_t)sqlite3_column_int64(q, 11));
}

#define COLUMNS \
    "n, source, about, cause, count, first, last, state, owner, changed, mended_at, returned"

/* Open ones first, those that came most often before the others. */
void issues_list(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    bool is_known = measures_learn(p);
    json_t *list = json_array();
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s =
        sql(p, "SELECT " COLUMNS " FROM issue ORDER BY state='mended', count DESC, n", "");
    while (s && sqlite3_step(s) == SQLITE_ROW)
        json_array_append_new(list, issue_json(p, s));
    sqlite3_finalize(s);
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{sb, so}", "known", is_known, "issues", list));
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

/* Inside the lock. */
static void set_state(struct platform *p, struct reply *r, const struct wish *w)
{
    char now[21];
    bool is_mended = !strcmp(w->state, "mended");
    now_utc(now);
    int failed = sql_do(p,
                        "UPDATE issue SET state=?2, owner=CASE WHEN ?3='' THEN owner ELSE ?3 END,"
                        " changed=CASE WHEN ?4='' THEN changed ELSE ?4 END,"
                        " mended_at=CASE WHEN ?5 THEN ?6 ELSE mended_at END WHERE n=?1",
                        "itttit", w->n, w->state, w->owner, w->changed, (int64_t)is_mended, now);
    if (failed)
        reply_problem(r, 503, "storage", "the issue could not be stored");
    else if (!sqlite3_changes(p->db))
        reply_problem(r, 404, "not-found", "no such issue");
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
