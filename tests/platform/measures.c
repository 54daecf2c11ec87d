/* What has come is counted here: one row for each item, of words and numbers that say nothing of anybody. */
#include "tests/platform/measures.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "tests/platform/point.h"

enum { LEARN_MOST = 100, FIGURE_WORD = 24, BAD_LEVEL = 2 };

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS measure(item TEXT PRIMARY KEY, kiosk TEXT NOT NULL, kind TEXT NOT "
    "NULL,"
    " month TEXT NOT NULL, matter TEXT NOT NULL, way TEXT NOT NULL, service TEXT NOT NULL,"
    " village TEXT NOT NULL, cause TEXT NOT NULL, papers INTEGER NOT NULL, links INTEGER NOT NULL,"
    " level INTEGER NOT NULL, trips INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS measure_by_month ON measure(month, kind);"
    "CREATE TABLE IF NOT EXISTS figure(kiosk TEXT NOT NULL, install_id TEXT NOT NULL, month TEXT "
    "NOT "
    "NULL, what TEXT NOT NULL, about TEXT NOT NULL, detail TEXT NOT NULL, n INTEGER NOT NULL,"
    " PRIMARY KEY(kiosk, install_id, month, what, about, detail)) WITHOUT ROWID;";

int measures_begin(struct platform *p, const char *issue_levels)
{
    int r = sqlite3_exec(p->db, schema, NULL, NULL, NULL) == SQLITE_OK ? 0 : -EIO;
    return r ? r : issues_begin(p, issue_levels);
}

void measures_end(struct platform *p)
{
    issues_end(p);
}

/* ---- one item; inside the lock and a transaction --------------------------------------------- */

struct counted {
    char id[UUID_TEXT], kiosk[KIOSK_ID_MAX + 1], kind[24], at[21];
};

static int64_t number_in(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

static const char *cause_at(const json_t *tally, size_t i)
{
    const char *cause = json_string_value(json_array_get(json_object_get(tally, "causes"), i));
    return cause ? cause : "";
}

/* An answer that this was another matter, or the first time, is none of a second trip. */
static bool was_second_trip(const json_t *tally)
{
    const char *cause = cause_at(tally, 0);
    return number_in(tally, "trips") >= 2 && strcmp(cause, "another-matter") != 0 &&
           strcmp(cause, "first-time") != 0;
}

/* To which issues it goes; NULL: nothing went wrong. */
static const char *source_of(const struct counted *c, const json_t *tally)
{
    if (!strcmp(c->kind, "escalation"))
        return "unsettled";
    if (!strcmp(c->kind, "mismatch"))
        return "guide";
    if (!strcmp(c->kind, "repeat"))
        return was_second_trip(tally) ? "again" : NULL;
    int64_t level = strcmp(c->kind, "rating") ? 0 : number_in(tally, "level");
    return level && level <= BAD_LEVEL ? "rating" : NULL;
}

static int add_issues(struct platform *p, const struct counted *c, const json_t *tally)
{
    const char *source = source_of(c, tally);
    size_t count = json_array_size(json_object_get(tally, "causes"));
    struct mishap m = { source, json_text_at(tally, "matter"), "other", 1, c->at, c->kiosk };
    int r = source && !count ? issue_add(p, &m) : 0;
    for (size_t i = 0; source && !r && i < count; i++) {
        m.cause = cause_at(tally, i);
        r = issue_add(p, &m);
    }
    return r;
}

static int count_one(struct platform *p, const struct counted *c, const json_t *tally)
{
    char date[TODAY_TEXT], month[MONTH_TEXT];
    int64_t ms = system_clock.wall_ms(&system_clock);
    bool is_again = !strcmp(c->kind, "repeat");
    (void)clock_parse_utc(&ms, c->at);
    point_today(date, ms);
    snprintf(month, sizeof(month), "%.6s", date);
    int r =
        sql_do(p, "INSERT INTO measure VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)", "tttttttttiiii", c->id,
               c->kiosk, c->kind, month, json_text_at(tally, "matter"), json_text_at(tally, "way"),
               json_text_at(tally, "service"), json_text_at(tally, "village"), cause_at(tally, 0),
               number_in(tally, "papers"), number_in(tally, "links"), number_in(tally, "level"),
               is_again && !was_second_trip(tally) ? INT64_C(0) : number_in(tally, "trips"));
    return r ? r : add_issues(p, c, tally);
}

/* ---- all that has come ----------------------------------------------------------------------- */

static size_t list_uncounted(struct platform *p, struct counted out[LEARN_MOST])
{
    size_t count = 0;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *q = sql(p,
                          "SELECT id, kiosk, kind, submitted_at FROM item WHERE id NOT IN"
                          " (SELECT item FROM measure) ORDER BY n LIMIT ?",
                          "i", (int64_t)LEARN_MOST);
    while (q && count < LEARN_MOST && sqlite3_step(q) == SQLITE_ROW) {
        struct counted *c = &out[count++];
        text_copy(c->id, sizeof(c->id), sql_text(q, 0));
        text_copy(c->kiosk, sizeof(c->kiosk), sql_text(q, 1));
        text_copy(c->kind, sizeof(c->kind), sql_text(q, 2));
        text_copy(c->at, sizeof(c->at), sql_text(q, 3));
    }
    sqlite3_finalize(q);
    pthread_mutex_unlock(&p->lock);
    return count;
}

static json_t *ask(const struct platform *p, const struct counted *list, size_t count)
{
    char line[16 + LEARN_MOST * UUID_TEXT] = "tally ";
    size_t used = strlen(line);
    for (size_t i = 0; i < count; i++)
        used +=
            (size_t)snprintf(line + used, sizeof(line) - used, "%s%s", i ? "," : "", list[i].id);
    return opener_ask(p, line);
}

/* What two requests have learnt at once, the second one finds counted. */
static bool is_counted(struct platform *p, const char *id)
{
    sqlite3_stmt *q = sql(p, "SELECT 1 FROM measure WHERE item=?", "t", id);
    bool found = q && sqlite3_step(q) == SQLITE_ROW;
    sqlite3_finalize(q);
    return found;
}

static bool count_all(struct platform *p, const struct counted *list, size_t count,
                      const json_t *tallies)
{
    pthread_mutex_lock(&p->lock);
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    for (size_t i = 0; !r && i < count; i++) {
        const json_t *tally = json_object_get(tallies, list[i].id);
        if (tally && !is_counted(p, list[i].id))
            r = count_one(p, &list[i], tally);
        else if (!tally)
            r = -EBADMSG; /* it answers for each that is in the database */
    }
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    pthread_mutex_unlock(&p->lock);
    return !r;
}

/* Cases that ran out of their time stand among their own steps: those since the last look. */
static bool learn_late(struct platform *p)
{
    pthread_mutex_lock(&p->lock);
    int64_t last = 0;
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    sqlite3_stmt *q =
        r ? NULL
          : sql(p,
                "SELECT s.n, s.at, s.what, coalesce(m.service,''), coalesce(i.kiosk,'') FROM"
                " matter_step s LEFT JOIN matter m ON m.item=s.item"
                " LEFT JOIN item i ON i.id=substr(s.item,1,36) WHERE s.what IN "
                "('late','late_by_law')"
                " AND s.n>coalesce((SELECT value FROM meta WHERE key='late_counted'),0)+0"
                " ORDER BY s.n",
                "");
    while (!r && q && sqlite3_step(q) == SQLITE_ROW) {
        bool is_by_law = !strcmp(sql_text(q, 2), "late_by_law");
        last = sqlite3_column_int64(q, 0);
        r = issue_add(p, &(struct mishap){ "late", sql_text(q, 3), is_by_law ? "law" : "promise", 1,
                                           sql_text(q, 1), sql_text(q, 4) });
    }
    sqlite3_finalize(q);
    if (!r && last)
        r = sql_do(p, "INSERT OR REPLACE INTO meta VALUES('late_counted',?)", "i", last);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    pthread_mutex_unlock(&p->lock);
    return !r;
}

bool measures_learn(struct platform *p)
{
    struct counted list[LEARN_MOST];
    size_t count;
    while ((count = list_uncounted(p, list))) {
        AUTO(json_release) json_t *tallies = ask(p, list, count);
        if (!tallies || !count_all(p, list, count, tallies))
            return false;
    }
    return learn_late(p);
}

/* ---- what kiosks count ----------------------------------------------------------------------- */

static bool is_month(const char *text)
{
    return strlen(text) == MONTH_TEXT - 1 && strspn(text, "0123456789") == MONTH_TEXT - 1;
}

static void check_word(struct json_reader *r, const json_t *o, const char *key, bool may_be_empty)
{
    const char *text = may_be_empty ? json_want_string(r, o, key, FIGURE_WORD, "")
                                    : json_need_string(r, o, key, FIGURE_WORD);
    if (strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") !=
        strlen(text))
        json_complain(r, "%s must be a word of letters, digits and dashes", key);
}

void figures_read(struct json_reader *r, const json_t *figures)
{
    for (size_t i = 0; i < json_array_size(figures); i++) {
        const json_t *o = json_array_get(figures, i);
        json_enter(r, "figures");
        json_enter_index(r, i);
        if (!is_month(json_need_string(r, o, "month", MONTH_TEXT - 1)))
            json_complain(r, "month must be YYYYMM");
        check_word(r, o, "what", false);
        check_word(r, o, "about", true);
        check_word(r, o, "detail", true);
        (void)json_need_integer(r, o, "count", 1, INT32_MAX);
        json_leave(r);
        json_leave(r);
    }
}

static int64_t figure_of(struct platform *p, const char *kiosk, const char *install_id,
                         const json_t *o)
{
    sqlite3_stmt *q =
        sql(p,
            "SELECT n FROM figure WHERE kiosk=? AND install_id=? AND month=? AND"
            " what=? AND about=? AND detail=?",
            "tttttt", kiosk, install_id, json_text_at(o, "month"), json_text_at(o, "what"),
            json_text_at(o, "about"), json_text_at(o, "detail"));
    int64_t n = q && sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int64(q, 0) : 0;
    sqlite3_finalize(q);
    return n;
}

/* Whatever else kiosks count has no issue: it stands in the report alone. */
static int add_mishap(struct platform *p, const char *kiosk, const json_t *o, int64_t more)
{
    char now[21];
    const char *what = json_text_at(o, "what");
    bool is_fault = !strcmp(what, "fault");
    if (!is_fault && strcmp(what, "left") != 0)
        return 0;
    now_utc(now);
    return issue_add(p, &(struct mishap){ what, is_fault ? kiosk : json_text_at(o, "about"),
                                          json_text_at(o, "detail"), more, now, kiosk });
}

int figures_store(struct platform *p, const char *kiosk, const char *install_id,
                  const json_t *figures)
{
    int r = 0;
    for (size_t i = 0; !r && i < json_array_size(figures); i++) {
        const json_t *o = json_array_get(figures, i);
        int64_t n = number_in(o, "count"), more = n - figure_of(p, kiosk, install_id, o);
        if (more <= 0)
            continue;
        r = sql_do(p, "INSERT OR REPLACE INTO figure VALUES(?,?,?,?,?,?,?)", "tttttti", kiosk,
                   install_id, json_text_at(o, "month"), json_text_at(o, "what"),
                   json_text_at(o, "about"), json_text_at(o, "detail"), n);
        if (!r)
            r = add_mishap(p, kiosk, o, more);
    }
    return r;
}
