/* The report of a month, for a point or for the county (SS-70). Figures are defined in docs/figures.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/measures.h"
#include "tests/platform/point.h"

static bool read_month(char out[MONTH_TEXT], const char *text)
{
    int n = 0;
    bool is_month = strlen(text) == MONTH_TEXT - 1 && text_to_int(&n, text) && n >= 200001 &&
                    n % 100 >= 1 && n % 100 <= 12;
    text_copy(out, MONTH_TEXT, is_month ? text : "");
    return is_month;
}

/* Every kiosk that was ever enrolled, for the choice on the page. */
static json_t *kiosks(struct platform *p)
{
    json_t *list = json_array();
    sqlite3_stmt *q = sql(p, "SELECT id FROM kiosk ORDER BY id", "");
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(list, json_string(sql_text(q, 0)));
    sqlite3_finalize(q);
    return list;
}

static json_t *write_report(const struct report *r)
{
    char made[21];
    now_utc(made);
    static const struct {
        const char *name;
        json_t *(*make)(const struct report *r);
    } parts[] = { { "matters", report_matters }, { "villages", report_villages },
                  { "trips", report_trips },     { "ratings", report_ratings },
                  { "times", report_times },     { "unsettled", report_unsettled },
                  { "left", report_left },       { "faults", report_faults } };
    json_t *o = json_pack("{ss, ss, ss, so}", "month", r->month, "kiosk", r->kiosk, "made", made,
                          "kiosks", kiosks(r->p));
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        json_object_set_new(o, parts[i].name, parts[i].make(r));
    return o;
}

void report_get(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct report report = { .p = p, .kiosk = request_argument(q, "kiosk") };
    char today[TODAY_TEXT], month[MONTH_TEXT];
    const char *wish = request_argument(q, "month");
    point_today(today, system_clock.wall_ms(&system_clock));
    snprintf(month, sizeof(month), "%.6s", today);
    if (!read_month(report.month, *wish ? wish : month) || strlen(report.kiosk) > KIOSK_ID_MAX) {
        reply_problem(r, 400, "bad-argument", "month must be YYYYMM, kiosk one of this county");
        return;
    }
    if (!measures_learn(p)) {
        reply_problem(r, 503, "opener", "county-open does not answer: figures would be incomplete");
        return;
    }
    escalations_learn(p);
    pthread_mutex_lock(&p->lock);
    json_t *o = write_report(&report);
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, o);
}
