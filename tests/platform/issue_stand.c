/* The level of each issue as it is kept: since when, what its age brought, who let their time pass, at how many kiosks it
 * was seen. The rule is issue_level.h's. */
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/issue_level.h"
#include "tests/platform/matter.h"
#include "tests/platform/measures.h"

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS issue_stand(n INTEGER PRIMARY KEY, level INTEGER NOT NULL,"
    " since INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS issue_missed(n INTEGER NOT NULL, level INTEGER NOT NULL,"
    " due INTEGER NOT NULL, PRIMARY KEY(n, level)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS issue_kiosk(n INTEGER NOT NULL, kiosk TEXT NOT NULL,"
    " PRIMARY KEY(n, kiosk)) WITHOUT ROWID;";

int issue_stand_begin(struct platform *p)
{
    return sqlite3_exec(p->db, schema, NULL, NULL, NULL) == SQLITE_OK ? 0 : -EIO;
}

int issue_stand_at(struct platform *p, int64_t n, const char *kiosk)
{
    return *kiosk ? sql_do(p, "INSERT OR IGNORE INTO issue_kiosk VALUES(?,?)", "it", n, kiosk) : 0;
}

/* ---- keeping ------------------------------------------------------------------------- */

static int deserved(struct platform *p, int64_t n)
{
    int level = 1;
    sqlite3_stmt *q =
        sql(p,
            "SELECT source, cause, count, returned, (SELECT count(*) FROM issue_kiosk k WHERE"
            " k.n=i.n) FROM issue i WHERE n=?",
            "i", n);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        level = issue_level_of(p->issue_rule,
                               &(struct issue_facts){ .source = sql_text(q, 0),
                                                      .cause = sql_text(q, 1),
                                                      .times = sqlite3_column_int64(q, 2),
                                                      .returned = sqlite3_column_int64(q, 3),
                                                      .kiosks = sqlite3_column_int64(q, 4) });
    sqlite3_finalize(q);
    return level;
}

static bool load(struct platform *p, struct issue_stand *out, int64_t n)
{
    sqlite3_stmt *q = sql(p, "SELECT level, since FROM issue_stand WHERE n=?", "i", n);
    bool is_there = q && sqlite3_step(q) == SQLITE_ROW;
    if (is_there)
        *out = (struct issue_stand){ sqlite3_column_int(q, 0), (day)sqlite3_column_int64(q, 1) };
    sqlite3_finalize(q);
    return is_there;
}

static int store(struct platform *p, int64_t n, struct issue_stand s)
{
    return sql_do(p, "INSERT OR REPLACE INTO issue_stand VALUES(?,?,?)", "iii", n, (int64_t)s.level,
                  (int64_t)s.since);
}

struct misser {
    struct platform *p;
    int64_t n;
};

static int miss(void *context, struct issue_stand was, day due)
{
    struct misser *m = context;
    return sql_do(m->p, "INSERT OR REPLACE INTO issue_missed VALUES(?,?,?)", "iii", m->n,
                  (int64_t)was.level, (int64_t)due);
}

int issue_stand_anew(struct platform *p, int64_t n)
{
    int r = sql_do(p, "DELETE FROM issue_missed WHERE n=?", "i", n);
    return r ? r : store(p, n, (struct issue_stand){ deserved(p, n), county_today(p) });
}

/* One from a database that is older than levels begins today. */
int issue_stand_follow(struct platform *p, int64_t n)
{
    struct issue_stand s, was;
    struct misser m = { p, n };
    if (!load(p, &s, n))
        return issue_stand_anew(p, n);
    was = s;
    int r = issue_climb(&s, p->issue_rule, &p->calendar, county_today(p), &m, miss);
    issue_lift(&s, deserved(p, n), county_today(p));
    return r || (s.level == was.level && s.since == was.since) ? r : store(p, n, s);
}

int issue_stand_all(struct platform *p)
{
    int r = 0;
    AUTO(json_release) json_t *open = json_array();
    sqlite3_stmt *q = sql(p, "SELECT n FROM issue WHERE state<>'mended'", "");
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(open, json_integer(sqlite3_column_int64(q, 0)));
    sqlite3_finalize(q);
    for (size_t i = 0; !r && i < json_array_size(open); i++)
        r = issue_stand_follow(p, json_integer_value(json_array_get(open, i)));
    return r;
}

/* ---- telling ------------------------------------------------------------------------- */

static json_t *who(const struct platform *p, int level, const char *office)
{
    const struct issue_layer *layer = &p->issue_rule->layers[level - 1];
    return json_pack("{ss, ss}", "zh", layer->is_of_matter ? office : layer->owner[0], "en",
                     layer->owner[1]);
}

static json_t *missed(struct platform *p, int64_t n, const char *office)
{
    char due[9];
    json_t *list = json_array();
    sqlite3_stmt *q =
        sql(p, "SELECT level, due FROM issue_missed WHERE n=? ORDER BY level", "i", n);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        int level = sqlite3_column_int(q, 0);
        day_to_text(due, (day)sqlite3_column_int64(q, 1));
        json_array_append_new(list, json_pack("{si, so, ss}", "level", level, "who",
                                              who(p, level, office), "due", due));
    }
    sqlite3_finalize(q);
    return list;
}

void issue_stand_told(struct platform *p, json_t *issue, int64_t n, const char *office)
{
    struct issue_stand s = { 1, county_today(p) };
    char since[9], due[9];
    int64_t kiosks = 0;
    (void)load(p, &s, n);
    day last = issue_due(p->issue_rule, &p->calendar, s);
    day_to_text(since, s.since);
    day_to_text(due, last);
    sqlite3_stmt *q = sql(p, "SELECT count(*) FROM issue_kiosk WHERE n=?", "i", n);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        kiosks = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    AUTO(json_release)
    json_t *more = json_pack("{si, so, ss, ss, si, sI, so}", "level", s.level, "answers_for",
                             who(p, s.level, office), "since", since, "due", due, "left",
                             calendar_count(&p->calendar, county_today(p), last), "kiosks",
                             (json_int_t)kiosks, "missed", missed(p, n, office));
    json_object_update(issue, more);
}
