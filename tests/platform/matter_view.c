/* A case as the kiosk is told it, and as the clerk sees it. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/desk.h"
#include "tests/platform/bundle.h"
#include "tests/platform/carrier.h"
#include "tests/platform/ratings.h"
#include "tests/platform/waivers.h"

static void set_day(json_t *o, const char *key, day d)
{
    char text[11];
    county_day_text(text, d);
    if (*text)
        json_object_set_new(o, key, json_string(text));
}

static void set_text(json_t *o, const char *key, const char *text)
{
    if (*text)
        json_object_set_new(o, key, json_string(text));
}

/* ---- what is owed ------------------------------------------------------------------------ */

static bool is_owing_gaps(const struct matter *m)
{
    return m->part_count || m->file.state == CASE_ACCEPTED_GAP || m->file.state == CASE_PAUSED;
}

void matter_each_owed(const struct matter *m, void *context,
                      void (*add)(void *context, const char *material, day due))
{
    for (size_t i = 0; m->file.state == CASE_CORRECT && i < m->missing_count; i++)
        add(context, m->missing[i], m->file.correct_by);
    for (size_t i = 0; is_owing_gaps(m) && i < m->file.gap_count; i++)
        if (!m->file.gaps[i].is_closed)
            add(context, m->file.gaps[i].material, m->file.gaps[i].due);
}

static void add_id(void *list, const char *material, day due)
{
    (void)due;
    json_array_append_new(list, json_string(material));
}

static void add_owed(void *list, const char *material, day due)
{
    json_t *o = json_pack("{ss}", "material", material);
    set_day(o, "due", due);
    json_array_append_new(list, o);
}

json_t *matter_owed_ids(const struct matter *m)
{
    json_t *list = json_array();
    matter_each_owed(m, list, add_id);
    return list;
}

day matter_due(struct platform *p, const struct matter *m)
{
    const struct case_file *c = &m->file;
    day first = DAY_NONE;
    if (c->state == CASE_CORRECT && !m->part_count)
        return c->correct_by;
    for (size_t i = 0; (c->state == CASE_ACCEPTED_GAP || m->part_count) && i < c->gap_count; i++)
        if (!c->gaps[i].is_closed && (first == DAY_NONE || c->gaps[i].due < first))
            first = c->gaps[i].due;
    if (first != DAY_NONE || case_is_over(c->state) || c->state == CASE_PAUSED)
        return first;
    return case_promised_by(c, &p->calendar, county_today(p), NULL);
}

/* ---- clocks, steps, the way out -------------------------------------------------------------- */

static void add_clocks(struct platform *p, json_t *o, const struct matter *m)
{
    const struct case_file *c = &m->file;
    if (m->part.no && !m->part.has_begun)
        return; /* its time has not begun */
    bool is_provisional = false;
    day today = county_today(p),
        by = case_promised_by(c, &p->calendar, c->finished != DAY_NONE ? c->finished : today,
                              &is_provisional);
    set_day(o, "promised_by", by);
    set_day(o, "legal_by", case_legal_by(c, &p->calendar, today, NULL));
    set_day(o, "paused_since", c->paused);
    if (by != DAY_NONE)
        json_object_set_new(o, "days_left", json_integer(case_days_left(c, &p->calendar, today)));
    if (is_provisional)
        json_object_set_new(o, "is_provisional", json_true());
}

static json_t *steps_of(struct platform *p, const struct matter *m)
{
    json_t *list = json_array();
    sqlite3_stmt *q =
        sql(p,
            "SELECT what, day FROM matter_step WHERE item=? AND what NOT IN ('alarm', 'check_soon',"
            " 'check_late') ORDER BY n DESC LIMIT ?", /* what concerns the office alone */
            "ti", m->id, (int64_t)MATTER_STEPS_MAX);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        json_t *o =
            json_pack("{ss, ss}", "what", sql_text(q, 0), "lane", matter_lane(sql_text(q, 0)));
        set_day(o, "day", day_from_text(sql_text(q, 1)));
        json_array_insert_new(list, 0, o);
    }
    sqlite3_finalize(q);
    return list;
}

static json_t *delivery_of(struct platform *p, const struct matter *m)
{
    json_t *o = json_pack("{ss}", "kind", delivery_words[m->delivery.kind]);
    set_text(o, "code", m->delivery.code);
    set_text(o, "counter", m->delivery.counter);
    set_text(o, "tracking", m->delivery.tracking);
    carrier_told(o, p, m->id);
    return o;
}

/* Nothing to bring and nothing to fetch (SS-49): the result comes by itself, or has come. */
static bool needs_no_return(const struct platform *p, const struct matter *m)
{
    const json_t *ways = json_object_get(matter_service(p, m->service), "delivery");
    AUTO(json_release) json_t *owed = matter_owed_ids(m);
    if (json_array_size(owed) || m->file.state == CASE_DONE_NO || !*m->service)
        return false;
    if (m->delivery.kind != DELIVERY_NONE)
        return m->delivery.kind != DELIVERY_PICKUP;
    for (size_t i = 0; i < json_array_size(ways); i++) {
        const char *way = json_string_value(json_array_get(ways, i));
        if (!way || !strcmp(way, "pickup"))
            return false;
    }
    return m->file.state == CASE_ACCEPTED || m->file.state == CASE_DONE_OK;
}

json_t *matter_timeline(struct platform *p, const struct matter *m)
{
    const json_t *office = json_object_get(matter_service(p, m->service), "department");
    json_t *o = json_object(), *owed = json_array();
    add_clocks(p, o, m);
    matter_each_owed(m, owed, add_owed);
    if (json_array_size(owed))
        json_object_set(o, "owed", owed);
    json_decref(owed);
    if (office && !m->elsewhere.is_forwarded) /* else the other county decides */
        json_object_set(o, "office", (json_t *)(uintptr_t)office);
    set_text(o, "reason", m->reason);
    set_text(o, "article", m->article);
    if (m->delivery.kind != DELIVERY_NONE)
        json_object_set_new(o, "delivery", delivery_of(p, m));
    if (needs_no_return(p, m))
        json_object_set_new(o, "no_return", json_true());
    json_object_set_new(o, "steps", steps_of(p, m));
    matter_more_told(o, m);
    json_t *waived = waivers_told(p, m->id);
    if (waived)
        json_object_set_new(o, "waived", waived);
    if (m->part_count)
        json_object_set_new(o, "parts", bundle_told(p, m));
    return o;
}

/* ---- the clerk's page --------------------------------------------------------------------------- */

json_t *matter_allowed(const struct matter *m)
{
    json_t *list = json_array();
    for (const struct desk_word *w = desk_words; w->word; w++) {
        const struct case_transition *row = case_row(m->file.state, w->event);
        bool is_set_out = !strcmp(w->word, "set_out");
        if (!row || !(row->by & w->by) || (is_set_out && !matter_may_be_set_out(m)))
            continue;
        json_array_append_new(list, json_pack("{ss, ss, sb}", "event", w->word, "article",
                                              row->article, "has_reason", row->has_reason));
    }
    return list;
}

static json_t *record_of(struct platform *p, const struct matter *m)
{
    json_t *list = json_array();
    sqlite3_stmt *q = sql(p,
                          "SELECT what, at, article, reason, note FROM matter_step WHERE item=?"
                          " ORDER BY n",
                          "t", m->id);
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(list, json_pack("{ss, ss, ss, ss, ss, ss}", "what", sql_text(q, 0),
                                              "at", sql_text(q, 1), "article", sql_text(q, 2),
                                              "reason", sql_text(q, 3), "note", sql_text(q, 4),
                                              "lane", matter_lane(sql_text(q, 0))));
    sqlite3_finalize(q);
    return list;
}

json_t *matter_desk(struct platform *p, const struct matter *m)
{
    char today[11];
    county_day_text(today, county_today(p));
    json_t *o = json_pack("{ss, ss, ss, ss, si, sb, so, so, so}", "state", matter_state(m),
                          "name_zh", case_state_name(m->file.state, false), "name_en",
                          case_state_name(m->file.state, true), "today", today, "notices",
                          m->file.notices, "has_alarm", m->file.has_alarm, "allowed",
                          m->part_count ? json_array() : matter_allowed(m), "record",
                          record_of(p, m), "timeline", matter_timeline(p, m));
    json_object_set_new(o, "waived", waivers_record(p, m->id));
    json_object_set_new(o, "calls", calls_of(p, m->id));
    json_t *rating = ratings_of(p, m->id);
    if (rating)
        json_object_set_new(o, "rating", rating);
    return o;
}
