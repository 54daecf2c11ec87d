/* The county's calendars: half-days with so many places each. Which are offered, what is left of them; whoever holds a place
 * holds it as a booking (bookings.c) or as the visit of a bundle (visits.c), which are counted alike. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/point.h"

enum { AHEAD_USUAL = 10, AHEAD_MOST = 20 };

static const json_t *find(const struct platform *p, const char *name)
{
    const json_t *calendars = json_object_get(p->point, "calendars");
    for (size_t i = 0; i < json_array_size(calendars); i++)
        if (!strcmp(json_text_at(json_array_get(calendars, i), "name"), name))
            return json_array_get(calendars, i);
    return NULL;
}

const char *calendar_for(const struct platform *p, const char *service, const char *kind)
{
    return find(p, service) ? service : find(p, kind) ? kind : NULL;
}

void calendar_hours(char out[HOURS_TEXT], const struct platform *p, const char *calendar,
                    const char *half)
{
    const json_t *rules = json_object_get(find(p, calendar), "rules");
    *out = 0;
    for (size_t k = 0; k < json_array_size(rules); k++) {
        const json_t *rule = json_array_get(rules, k);
        if (!strcmp(json_text_at(rule, "half"), half))
            snprintf(out, HOURS_TEXT, "%.5s–%.5s", json_text_at(rule, "from"),
                     json_text_at(rule, "to"));
    }
}

void calendar_when(char out[WHEN_TEXT], const struct platform *p, const char *calendar,
                   const char *date, const char *half)
{
    char hours[HOURS_TEXT];
    calendar_hours(hours, p, calendar, half);
    snprintf(out, WHEN_TEXT, "%.4s-%.2s-%.2s %s", date, date + 4, date + 6, *hours ? hours : half);
}

/* ---- what is left; inside the lock ----------------------------------------------------------- */

static int64_t taken(struct platform *p, const char *calendar, const char *date, const char *half)
{
    int64_t count = 0;
    sqlite3_stmt *q = sql(p,
                          "SELECT count(*) FROM booking WHERE calendar=? AND day=? AND half=? AND"
                          " state IN ('received','confirmed')",
                          "ttt", calendar, date, half);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        count = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return count;
}

/* On a holiday by who works every day alone. */
static bool is_offered(const char *days, int weekday)
{
    return weekday == CALENDAR_HOLIDAY ? strlen(days) == 7 : strchr(days, '0' + weekday) != NULL;
}

static void add_day(struct platform *p, json_t *halves, const json_t *c, int64_t wall_ms)
{
    char date[TODAY_TEXT];
    const json_t *rules = json_object_get(c, "rules");
    int weekday = calendar_hours_day(&p->calendar, (day)((wall_ms + POINT_OFFSET_MS) / 86400000));
    point_today(date, wall_ms);
    for (size_t i = 0; i < json_array_size(rules); i++) {
        const json_t *rule = json_array_get(rules, i);
        const char *half = json_text_at(rule, "half");
        if (!is_offered(json_text_at(rule, "days"), weekday))
            continue;
        int64_t left = json_integer_value(json_object_get(rule, "capacity")) -
                       taken(p, json_text_at(c, "name"), date, half);
        json_array_append_new(halves,
                              json_pack("{ss, ss, ss, ss, sI}", "day", date, "half", half, "from",
                                        json_text_at(rule, "from"), "to", json_text_at(rule, "to"),
                                        "free", (json_int_t)(left > 0 ? left : 0)));
    }
}

static json_t *halves_of(struct platform *p, const json_t *c, int64_t now_ms)
{
    json_t *halves = json_array();
    int64_t ahead = json_integer_value(json_object_get(c, "ahead"));
    ahead = ahead > 0 && ahead <= AHEAD_MOST ? ahead : AHEAD_USUAL;
    for (int64_t d = 1; d <= ahead; d++)
        add_day(p, halves, c, now_ms + d * 86400000);
    return halves;
}

json_t *calendars_free(struct platform *p, int64_t now_ms)
{
    json_t *list = json_array();
    const json_t *calendars = json_object_get(p->point, "calendars");
    for (size_t i = 0; i < json_array_size(calendars); i++) {
        const json_t *c = json_array_get(calendars, i);
        json_array_append_new(list, json_pack("{ss, so}", "name", json_text_at(c, "name"), "halves",
                                              halves_of(p, c, now_ms)));
    }
    return list;
}

int64_t calendar_free(struct platform *p, const char *calendar, const char *date, const char *half)
{
    int64_t now_ms = system_clock.wall_ms(&system_clock);
    AUTO(json_release) json_t *halves = halves_of(p, find(p, calendar), now_ms);
    for (size_t i = 0; i < json_array_size(halves); i++) {
        const json_t *h = json_array_get(halves, i);
        if (!strcmp(json_text_at(h, "day"), date) && !strcmp(json_text_at(h, "half"), half))
            return json_integer_value(json_object_get(h, "free"));
    }
    return -1;
}
