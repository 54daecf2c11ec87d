/* The sums of a report. Whatever counts people goes through small_hide(): null is told in its place. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/matter.h"
#include "tests/platform/measures.h"
#include "tests/platform/small.h"

enum { ROWS_MOST = 128, GRADES = 5, WORD = 32 };
enum way { WAY_ALONE, WAY_GUIDE, WAY_ASSIST, WAY_DO, WAY_ACT, WAY_VISIT, WAY_SUM, WAYS };

#define OF_KIOSK " AND (?2='' OR kiosk=?2)"

static json_t *told(int count, bool is_hidden)
{
    return is_hidden ? json_null() : json_integer(count);
}

static int one_number(const struct report *r, const char *text)
{
    sqlite3_stmt *q = sql(r->p, text, "tt", r->month, r->kiosk);
    int n = q && sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int(q, 0) : 0;
    sqlite3_finalize(q);
    return n;
}

/* A list of words with their counts, and the sum of it; `text` gives word and count. */
static json_t *list_words(const struct report *r, const char *key, const char *text)
{
    char words[ROWS_MOST][WORD];
    int counts[ROWS_MOST + 1] = { 0 };
    bool hidden[ROWS_MOST + 1];
    size_t n = 0;
    sqlite3_stmt *q = sql(r->p, text, "tt", r->month, r->kiosk);
    while (q && n < ROWS_MOST && sqlite3_step(q) == SQLITE_ROW) {
        text_copy(words[n], WORD, sql_text(q, 0));
        counts[n++] = sqlite3_column_int(q, 1);
    }
    sqlite3_finalize(q);
    for (size_t i = 0; i < n; i++)
        counts[n] += counts[i];
    small_hide(counts, hidden, 1, n + 1);
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(
            list, json_pack("{ss, so}", key, words[i], "count", told(counts[i], hidden[i])));
    return json_pack("{so, so}", "list", list, "count", told(counts[n], hidden[n]));
}

/* ---- matters and ways ---------------------------------------------------------------- */

static const char *const way_words[WAYS] = {
    "alone", "guide", "assist", "do", "act", "visit", "all"
};

static enum way way_of(const char *kind, const char *word)
{
    int way = WAY_ALONE;
    if (!strcmp(kind, "appointment"))
        return WAY_VISIT;
    for (int i = WAY_GUIDE; i <= WAY_ACT; i++)
        way = strcmp(word, way_words[i]) ? way : i;
    return (enum way)way;
}

static const char *name_of(const struct platform *p, const char *code)
{
    const json_t *name = json_object_get(matter_service(p, code), "name");
    const char *text = json_string_value(json_object_get(name, "zh"));
    return text ? text : code;
}

/* A booking counts when it asks for somebody to come home. */
static bool counts(const struct platform *p, const char *kind, const char *code)
{
    const char *booking = json_string_value(json_object_get(matter_service(p, code), "booking"));
    return strcmp(kind, "appointment") != 0 || (booking && !strcmp(booking, "home"));
}

struct matters {
    char codes[ROWS_MOST][WORD];
    int cells[(ROWS_MOST + 1) * WAYS];
    bool hidden[(ROWS_MOST + 1) * WAYS];
    size_t count;
};

static int *row_of(struct matters *m, const char *code)
{
    size_t i = 0;
    while (i < m->count && strcmp(m->codes[i], code) != 0)
        i++;
    if (i == ROWS_MOST)
        i--; /* more matters than any catalogue has */
    if (i == m->count)
        text_copy(m->codes[m->count++], WORD, code);
    return m->cells + i * WAYS;
}

static void read_matters(struct matters *m, const struct report *r)
{
    sqlite3_stmt *q =
        sql(r->p,
            "SELECT kind, matter, way, count(*) FROM measure WHERE month=?1 AND kind IN"
            " ('application','appointment')" OF_KIOSK " GROUP BY 1,2,3 ORDER BY 2",
            "tt", r->month, r->kiosk);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        const char *kind = sql_text(q, 0), *code = sql_text(q, 1);
        if (counts(r->p, kind, code))
            row_of(m, code)[way_of(kind, sql_text(q, 2))] += sqlite3_column_int(q, 3);
    }
    sqlite3_finalize(q);
    int *sums = m->cells + m->count * WAYS;
    for (size_t i = 0; i < m->count * WAYS; i++)
        m->cells[i - i % WAYS + WAY_SUM] += i % WAYS == WAY_SUM ? 0 : m->cells[i];
    for (size_t i = 0; i < m->count * WAYS; i++)
        sums[i % WAYS] += m->cells[i];
}

static json_t *ways_json(const struct matters *m, size_t row)
{
    json_t *o = json_object();
    for (size_t w = 0; w < WAYS; w++)
        json_object_set_new(o, way_words[w],
                            told(m->cells[row * WAYS + w], m->hidden[row * WAYS + w]));
    return o;
}

json_t *report_matters(const struct report *r)
{
    struct matters *m = calloc(1, sizeof(*m));
    json_t *list = json_array();
    if (!m)
        return list;
    read_matters(m, r);
    small_hide(m->cells, m->hidden, m->count + 1, WAYS);
    for (size_t i = 0; i < m->count; i++)
        json_array_append_new(list, json_pack("{ss, ss, so}", "code", m->codes[i], "name",
                                              name_of(r->p, m->codes[i]), "ways", ways_json(m, i)));
    json_t *o = json_pack("{so, so}", "list", list, "all", ways_json(m, m->count));
    json_object_set_new(o, "services",
                        list_words(r, "service",
                                   "SELECT service, count(*) FROM measure WHERE month=?1 AND"
                                   " service<>''" OF_KIOSK " GROUP BY 1 ORDER BY 1"));
    free(m);
    return o;
}

json_t *report_villages(const struct report *r)
{
    return list_words(r, "village",
                      "SELECT village, count(*) FROM measure WHERE month=?1 AND"
                      " kind='application'" OF_KIOSK " GROUP BY 1 ORDER BY 1");
}

/* ---- trips, papers, forms ------------------------------------------------------------ */

json_t *report_trips(const struct report *r)
{
    int handed_in = one_number(r, "SELECT count(*) FROM measure WHERE month=?1 AND"
                                  " kind='application'" OF_KIOSK),
        seen = one_number(r, "SELECT sum(n) FROM figure WHERE month=?1 AND what='again'" OF_KIOSK);
    int told_trips =
        one_number(r, "SELECT count(*) FROM measure WHERE month=?1 AND kind='repeat' AND"
                      " trips>=2" OF_KIOSK);
    /* A kiosk sees who comes again, whether or not they say why. */
    int second = seen > told_trips ? seen : told_trips,
        cells[] = { handed_in - second, second, handed_in };
    bool hidden[3], is_strange = second > handed_in;
    small_hide(cells, hidden, 1, 3);
    return json_pack(
        "{so, so, so, so, si, si}", "handed_in", told(handed_in, hidden[2]), "second",
        told(second, hidden[1]), "saved", told(cells[0], hidden[0] || is_strange), "reasons",
        list_words(r, "cause",
                   "SELECT cause, count(*) FROM measure WHERE month=?1 AND kind='repeat' AND"
                   " trips>=2" OF_KIOSK " GROUP BY 1 ORDER BY 1"),
        "papers_not_asked",
        one_number(
            r, "SELECT sum(papers) FROM measure WHERE month=?1 AND kind='application'" OF_KIOSK),
        "forms_spared",
        one_number(
            r, "SELECT sum(links) FROM measure WHERE month=?1 AND kind='application'" OF_KIOSK));
}

/* ---- ratings ------------------------------------------------------------------------- */

json_t *report_ratings(const struct report *r)
{
    int cells[GRADES + 1] = { 0 }, points = 0;
    bool hidden[GRADES + 1];
    sqlite3_stmt *q = sql(r->p,
                          "SELECT level, count(*) FROM measure WHERE month=?1 AND kind='rating'"
                          " AND level BETWEEN 1 AND 5" OF_KIOSK " GROUP BY 1",
                          "tt", r->month, r->kiosk);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        int level = sqlite3_column_int(q, 0), n = sqlite3_column_int(q, 1);
        cells[level - 1] = n;
        cells[GRADES] += n;
        points += level * n;
    }
    sqlite3_finalize(q);
    small_hide(cells, hidden, 1, GRADES + 1);
    json_t *grades = json_array();
    for (size_t i = 0; i < GRADES; i++)
        json_array_append_new(grades, told(cells[i], hidden[i]));
    bool is_few = cells[GRADES] < SMALL_LEAST;
    return json_pack("{so, so, so}", "count", told(cells[GRADES], hidden[GRADES]), "grades", grades,
                     "mean_tenths",
                     is_few ? json_null() : json_integer(points * 10 / cells[GRADES]));
}

/* ---- what could not be done, what was left, what broke ------------------------------- */

json_t *report_unsettled(const struct report *r)
{
    json_t *o = list_words(r, "cause",
                           "SELECT cause, count(*) FROM measure WHERE month=?1 AND"
                           " kind='escalation'" OF_KIOSK " GROUP BY 1 ORDER BY 1");
    struct escalation_sums s = escalation_month(r->p, r->month, r->kiosk);
    int cells[] = { s.in_time, s.late, s.waiting, s.in_time + s.late + s.waiting };
    bool hidden[4];
    small_hide(cells, hidden, 1, 4);
    json_object_set_new(o, "registered", told(cells[3], hidden[3]));
    json_object_set_new(o, "in_time", told(s.in_time, hidden[0]));
    json_object_set_new(o, "late", told(s.late, hidden[1]));
    json_object_set_new(o, "waiting", told(s.waiting, hidden[2]));
    return o;
}

/* Nobody's own: a form was left at that page, by whomever. Small ones go all the same. */
json_t *report_left(const struct report *r)
{
    json_t *list = json_array();
    sqlite3_stmt *q =
        sql(r->p,
            "SELECT about, detail, sum(n) FROM figure WHERE month=?1 AND what='left'" OF_KIOSK
            " GROUP BY 1,2 HAVING sum(n)>=5 ORDER BY 3 DESC, 1, 2 LIMIT 40",
            "tt", r->month, r->kiosk);
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(list, json_pack("{ss, ss, ss, si}", "code", sql_text(q, 0), "name",
                                              name_of(r->p, sql_text(q, 0)), "page", sql_text(q, 1),
                                              "count", sqlite3_column_int(q, 2)));
    sqlite3_finalize(q);
    return list;
}

/* Machines have no privacy. */
json_t *report_faults(const struct report *r)
{
    json_t *list = json_array();
    sqlite3_stmt *q =
        sql(r->p,
            "SELECT kiosk, detail, sum(n) FROM figure WHERE month=?1 AND what='fault'" OF_KIOSK
            " GROUP BY 1,2 ORDER BY 1,2",
            "tt", r->month, r->kiosk);
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(list, json_pack("{ss, ss, si}", "kiosk", sql_text(q, 0), "part",
                                              sql_text(q, 1), "count", sqlite3_column_int(q, 2)));
    sqlite3_finalize(q);
    return list;
}
