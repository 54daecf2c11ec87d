/* How long it took, against what was promised and what the law allows: cases that were decided in the month. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/matter.h"
#include "tests/platform/measures.h"
#include "tests/platform/small.h"

struct times {
    int decided, in_promise, in_law;
    int taken, promised, by_law, has_law; /* working days, and how many matters have a legal one */
};

/* Working days behind the day it came in; granted as it came: nought. */
static int days_between(const struct calendar *c, const char *from, const char *to)
{
    day a = day_from_text(from), b = day_from_text(to);
    return a == DAY_NONE || b == DAY_NONE ? 0 : calendar_count(c, a, b);
}

static void add_case(struct times *t, struct platform *p, sqlite3_stmt *q)
{
    struct matter m;
    if (matter_load(p, &m, sql_text(q, 0)))
        return;
    bool is_past_law = sqlite3_column_int(q, 4) != 0;
    t->decided++;
    t->in_promise += !sqlite3_column_int(q, 3) && !is_past_law;
    t->in_law += !is_past_law;
    t->taken += days_between(&p->calendar, sql_text(q, 1), sql_text(q, 2));
    t->promised += m.file.promised_days;
    if (m.file.legal_days >= 0) {
        t->by_law += m.file.legal_days;
        t->has_law++;
    }
}

static struct times read_times(const struct report *r)
{
    static const char text[] =
        "SELECT s.item, (SELECT min(day) FROM matter_step WHERE item=s.item AND what='received'),"
        " s.day, (SELECT count(*) FROM matter_step WHERE item=s.item AND what='late'),"
        " (SELECT count(*) FROM matter_step WHERE item=s.item AND what='late_by_law')"
        " FROM matter_step s JOIN item i ON i.id=s.item WHERE s.what IN ('grant','deny')"
        " AND s.day LIKE ?1||'%' AND (?2='' OR i.kiosk=?2)";
    struct times t = { 0 };
    sqlite3_stmt *q = sql(r->p, text, "tt", r->month, r->kiosk);
    while (q && sqlite3_step(q) == SQLITE_ROW)
        add_case(&t, r->p, q);
    sqlite3_finalize(q);
    return t;
}

static json_t *mean_tenths(int sum, int count)
{
    return count < SMALL_LEAST ? json_null() : json_integer(sum * 10 / count);
}

json_t *report_times(const struct report *r)
{
    struct times t = read_times(r);
    int cells[] = { t.in_promise, t.in_law - t.in_promise, t.decided - t.in_law, t.decided };
    bool hidden[4];
    json_t *counts[4];
    small_hide(cells, hidden, 1, 4);
    for (size_t i = 0; i < 4; i++)
        counts[i] = hidden[i] ? json_null() : json_integer(cells[i]);
    return json_pack("{so, so, so, so, so, so, so}", "in_promise", counts[0], "in_law_only",
                     counts[1], "past_law", counts[2], "decided", counts[3], "taken_tenths",
                     mean_tenths(t.taken, t.decided), "promised_tenths",
                     mean_tenths(t.promised, t.decided), "by_law_tenths",
                     mean_tenths(t.by_law, t.has_law));
}
