#include "tests/platform/checks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/bundle.h"
#include "tests/platform/desk.h"

enum { LIST_MAX = 200, TEXT_CHARACTERS = 200 };
static const char article[] = "Art. 14";

#define WITH_CHECK                                                                \
    "SELECT item FROM matter WHERE json_extract(file,'$.check.state')>0 ORDER BY" \
    " json_extract(file,'$.check.state') IN (1,2) DESC, json_extract(file,'$.check.check_by')"

/* ---- the list ------------------------------------------------------------------------ */

static json_t *row_of(struct platform *p, const struct matter *m)
{
    const struct promise_check *c = &m->check.check;
    char whole[UUID_TEXT], decided[11], by[11], demand[11], closed[11];
    day today = county_today(p);
    bool is_open = c->state == PROMISE_OPEN, is_demanded = c->state == PROMISE_DEMANDED;
    const json_t *name = json_object_get(matter_service(p, m->service), "short_name");
    text_copy(whole, sizeof(whole), m->id);
    county_day_text(decided, c->decided);
    county_day_text(by, c->check_by);
    county_day_text(demand, c->demand_by);
    county_day_text(closed, c->closed);
    json_t *o = json_pack(
        "{ss, si, ss, ss, s{ss, ss}, ss, ss, ss, ss, ss, sb, si}", "id", whole, "part", m->part.no,
        "receipt", m->receipt, "state", promise_words[c->state], "what", "zh", m->check.what[0],
        "en", m->check.what[1], "decided", decided, "check_by", by, "demand_by", demand, "closed",
        closed, "reason", m->reason, "is_late",
        (is_open && today > c->check_by) || (is_demanded && today > c->demand_by), "days_left",
        calendar_count(&p->calendar, today, is_demanded ? c->demand_by : c->check_by));
    if (m->part.no)
        json_object_set_new(o, "name",
                            json_pack("{ss, ss}", "zh", m->part.name[0], "en", m->part.name[1]));
    else if (name)
        json_object_set(o, "name", (json_t *)(uintptr_t)name);
    return o;
}

void checks_list(struct platform *p, const struct request_in *q, struct reply *r)
{
    json_t *list = json_array();
    (void)q;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s = sql(p, WITH_CHECK " LIMIT ?", "i", (int64_t)LIST_MAX);
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        struct matter m;
        if (!matter_load(p, &m, sql_text(s, 0)))
            json_array_append_new(list, row_of(p, &m));
    }
    sqlite3_finalize(s);
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{so}", "checks", list));
}

/* ---- kept, or not -------------------------------------------------------------------- */

struct finding {
    const char *id, *event, *reason, *note;
    int part, days;
};

/* The words of the three steps, as the record and the kiosk have them. */
static const struct {
    const char *event, *what;
} steps[] = { { "kept", "promise_kept" }, { "demand", "promise_demand" }, { "break", "annul" } };

static const char *step_of(const char *event)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (!strcmp(steps[i].event, event))
            return steps[i].what;
    return NULL;
}

/* 0 or CASE_E_...: the check and, when it is broken, the case itself. */
static int try_finding(struct platform *p, struct bundle_case *b, struct matter *m,
                       const struct finding *f)
{
    const struct case_detail county = { .by = ACTOR_COUNTY, .reason = f->reason };
    day today = county_today(p);
    if (!strcmp(f->event, "kept"))
        return promise_keep(&m->check.check, today);
    if (!strcmp(f->event, "demand"))
        return promise_demand(&m->check.check, &p->calendar, today, f->days, f->reason);
    int outcome = promise_break(&m->check.check, today, f->reason);
    if (outcome)
        return outcome;
    return b ? bundle_happen(p, b, m, CASE_EV_ANNUL, &county)
             : case_happen(&m->file, &p->calendar, CASE_EV_ANNUL, today, &county);
}

static int record(struct platform *p, struct bundle_case *b, struct matter *m,
                  const struct finding *f)
{
    const struct matter_step step = { step_of(f->event), article, f->reason, f->note, NULL };
    text_copy(m->reason, sizeof(m->reason), f->reason);
    text_copy(m->article, sizeof(m->article), article);
    if (!b)
        return matter_record(p, m, &step);
    b->parts[m->part.no - 1] = *m;
    int r = matter_note(p, m, &step);
    return r ? r : bundle_settle(p, b, f->note);
}

static void refuse(struct reply *r, const struct finding *f, int outcome)
{
    static const char too_soon[] =
        "a decision is revoked only when the day of the demand has gone by in vain (Art. 14)";
    if (outcome == CASE_E_TIME && !strcmp(f->event, "break"))
        reply_problem(r, 409, "step", too_soon);
    else if (outcome == CASE_E_TIME)
        reply_problem(r, 400, "step", "a day is missing: within how many working days?");
    else if (outcome == CASE_E_REASON)
        reply_problem(r, 400, "step", "this needs a reason in writing");
    else
        reply_problem(r, 409, "step", "Art. 14 has no such step from here");
}

static void find_and_take(struct platform *p, struct reply *r, const struct finding *f)
{
    struct matter m;
    struct bundle_case *b = NULL;
    int failed = matter_load(p, &m, f->id);
    if (!failed && f->part)
        failed = bundle_load(p, &b, f->id);
    if (failed || (b && (size_t)f->part > b->count)) {
        reply_problem(r, 404, "not-found", "no such application or part");
        free(b);
        return;
    }
    if (b)
        m = b->parts[f->part - 1];
    failed = sql_do(p, "BEGIN IMMEDIATE", "");
    int outcome = failed ? 0 : try_finding(p, b, &m, f);
    if (!failed && !outcome)
        failed = record(p, b, &m, f);
    if (!failed && !outcome)
        failed = sql_do(p, "COMMIT", "");
    if (failed || outcome)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    if (failed)
        reply_problem(r, 503, "storage", "it could not be stored");
    else if (outcome)
        refuse(r, f, outcome);
    else
        reply_json(r, 200, row_of(p, &m));
    free(b);
}

/* An empty text is as good as none. */
static const char *line(struct json_reader *r, const json_t *o, const char *key)
{
    const json_t *value = json_object_get(o, key);
    bool is_empty = json_is_string(value) && !json_string_length(value);
    return is_empty ? "" : json_want_string(r, o, key, 4 * (size_t)TEXT_CHARACTERS, "");
}

static void read(struct json_reader *r, struct finding *f, const json_t *o)
{
    *f = (struct finding){ .id = json_need_string(r, o, "id", UUID_TEXT - 1) };
    f->event = json_need_string(r, o, "event", 8);
    f->reason = line(r, o, "reason");
    f->note = line(r, o, "note");
    f->part = (int)json_want_integer(r, o, "part", 0, CHILDREN_MAX, 0);
    f->days = (int)json_want_integer(r, o, "days", 0, PROMISE_DEMAND_DAYS_MAX, 0);
    if (json_is_clean(r) && !step_of(f->event))
        json_complain(r, "event must be kept, demand or break");
    if (json_is_clean(r) &&
        (text_count(f->reason) > TEXT_CHARACTERS || text_count(f->note) > TEXT_CHARACTERS))
        json_complain(r, "reason and note must have at most %d characters", TEXT_CHARACTERS);
}

void checks_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    struct finding f;
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    read(&reader, &f, o);
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-finding", reader.complaint);
        return;
    }
    if (matter_days(p)) {
        reply_problem(r, 503, "storage", "the day could not be begun");
        return;
    }
    pthread_mutex_lock(&p->lock);
    find_and_take(p, r, &f);
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
}

/* ---- a day --------------------------------------------------------------------------- */

static const char *const happenings[] = {
    [PROMISE_CHECK_SOON] = "check_soon",
    [PROMISE_CHECK_LATE] = "check_late",
    [PROMISE_REMIND] = "promise_reminded",
    [PROMISE_DEMAND_LAPSED] = "promise_lapsed",
};

/* The resident hears of what is theirs to do; that an office is late with its check is the office's. */
static int happen(struct platform *p, const struct matter *m, enum promise_happening what)
{
    const struct matter_step step = { happenings[what], article, "", "", NULL };
    bool is_told = what == PROMISE_REMIND && !m->part.no;
    return is_told ? matter_record(p, m, &step) : matter_note(p, m, &step);
}

static int day_of(struct platform *p, const char *id, day today, size_t *happened)
{
    enum promise_happening out[PROMISE_HAPPENINGS_MAX];
    struct matter m;
    int r = matter_load(p, &m, id);
    size_t count = r ? 0 : promise_day(&m.check.check, &p->calendar, today, out);
    for (size_t i = 0; !r && i < count; i++) {
        r = happen(p, &m, out[i]);
        ++*happened;
    }
    return r;
}

int checks_day(struct platform *p, day today, size_t *happened)
{
    AUTO(json_release) json_t *ids = json_array();
    sqlite3_stmt *q =
        sql(p, "SELECT item FROM matter WHERE json_extract(file,'$.check.state') IN (1,2)", "");
    int r = 0;
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(ids, json_string(sql_text(q, 0)));
    sqlite3_finalize(q);
    for (size_t i = 0; !r && i < json_array_size(ids); i++)
        r = day_of(p, json_string_value(json_array_get(ids, i)), today, happened);
    return r;
}
