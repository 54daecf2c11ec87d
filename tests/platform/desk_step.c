/* What a clerk does to a case: read, tried on the table, kept, told. And the county's day. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "tests/platform/carrier.h"
#include "tests/platform/desk.h"
#include "tests/platform/ratings.h"
#include "tests/platform/wish.h"

enum { TURN_MAX = 400 /* days at once */ };

/* ---- and done; inside the lock --------------------------------------------------------- */

static int commit(struct platform *p, const struct matter *m, const struct matter_step *step)
{
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = carrier_follow(p, m);
    if (!r)
        r = matter_record(p, m, step);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

/* The alarm stays with the case; its kiosk has nothing to hear of it. */
static void raise_alarm(struct platform *p, struct reply *r, const struct matter *m,
                        const struct wish *w)
{
    char at[21], date[9];
    county_now(p, at);
    day_to_text(date, county_today(p));
    int failed = sql_do(p, "BEGIN IMMEDIATE", "");
    if (!failed)
        failed = matter_store(p, m);
    if (!failed)
        failed = sql_do(p,
                        "INSERT INTO matter_step(item, at, day, what, article, reason, note)"
                        " VALUES(?,?,?,'alarm','Art. 11; Licensing Law 32','',?)",
                        "tttt", m->id, at, date, w->note);
    if (!failed)
        failed = sql_do(p, "COMMIT", "");
    if (failed)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    wish_refuse(r, CASE_E_NOTICE);
}

static void finish(struct platform *p, struct reply *r, struct matter *m, const struct wish *w,
                   const struct case_transition *row)
{
    const struct matter_step done = { w->event, row->article, w->reason, w->note, NULL };
    wish_keep(p, m, w, row->article);
    if (commit(p, m, &done)) {
        reply_problem(r, 503, "storage", "the step could not be stored");
        return;
    }
    pthread_cond_broadcast(&p->news);
    reply_json(r, 200, json_pack("{ss, ss}", "id", m->id, "state", matter_state(m)));
}

static void try_step(struct platform *p, struct reply *r, struct matter *m, const struct wish *w)
{
    const struct desk_word *word = wish_word(w);
    const struct case_transition *row = word->word ? case_row(m->file.state, word->event) : NULL;
    bool is_set_out = wish_is_set_out(w);
    struct wish_detail d;
    if (!row || (is_set_out && !matter_may_be_set_out(m))) {
        wish_refuse(r, CASE_E_EVENT);
        return;
    }
    const char *complaint = wish_complain(m, w);
    if (complaint) {
        reply_problem(r, 400, "bad-step", complaint);
        return;
    }
    wish_detail(&d, p, m, w);
    int outcome =
        is_set_out ? 0
                   : case_happen(&m->file, &p->calendar, word->event, county_today(p), &d.detail);
    if (!outcome)
        finish(p, r, m, w, row);
    else if (outcome == CASE_E_NOTICE)
        raise_alarm(p, r, m, w);
    else
        wish_refuse(r, outcome);
}

static void step(struct platform *p, struct reply *r, const struct wish *w)
{
    struct matter m;
    int failed = matter_load(p, &m, w->id);
    if (failed == -ENOENT)
        reply_problem(r, 404, "not-found", "no such application");
    else if (failed)
        reply_problem(r, 503, "storage", "the case cannot be read");
    else if (m.part_count)
        desk_step_parts(p, r, w);
    else if (w->part)
        reply_problem(r, 404, "not-found", "no such part");
    else
        try_step(p, r, &m, w);
}

/* ---- requests ---------------------------------------------------------------------------- */

void desk_step(struct platform *p, const struct request_in *q, struct reply *r)
{
    AUTO(json_release) json_t *o = request_json(q, r);
    if (o)
        desk_step_of(p, o, r);
}

void desk_step_of(struct platform *p, const json_t *o, struct reply *r)
{
    struct json_reader reader = { 0 };
    struct wish w = { 0 };
    char number[CARRIER_NUMBER] = "";
    wish_read(&reader, &w, o);
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-step", reader.complaint);
        return;
    }
    if (matter_days(p)) {
        reply_problem(r, 503, "storage", "the day could not be begun");
        return;
    }
    /* Words for somebody in particular are not said before it is known how to address them. */
    uint8_t uuid[UUID_BYTES];
    if (!uuid_parse(uuid, w.id) && !claim_learn(p, w.id) && (*w.note || *w.reason)) {
        reply_problem(r, 503, "opener",
                      "county-open does not answer: words for the resident cannot be addressed");
        return;
    }
    bool wants_number = carrier_is_there(p) && !strcmp(w.event, "deliver") &&
                        !strcmp(w.kind, "post") && !*w.tracking;
    if (wants_number && !carrier_order(p, w.id, w.part, number, r))
        return;
    w.tracking = wants_number ? number : w.tracking;
    matter_learn(p, w.id); /* whose days count: it stands inside the seal */
    pthread_mutex_lock(&p->lock);
    step(p, r, &w);
    if (r->status == 200 && ratings_apply(p, w.id))
        log_line(LOG_ERROR, "county", "a rating could not be joined to its case");
    pthread_mutex_unlock(&p->lock);
}

static void say_day(struct platform *p, struct reply *r, size_t happened)
{
    char today[11];
    pthread_mutex_lock(&p->lock);
    county_day_text(today, county_today(p));
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200,
               json_pack("{ss, sb, sI}", "today", today, "is_practice", p->is_practice, "happened",
                         (json_int_t)happened));
}

void desk_today(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    say_day(p, r, 0);
}

/* Only a desk for practice may turn days on: what a day brings is law to every case. */
void desk_turn(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    size_t happened = 0;
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    int64_t days = json_need_integer(&reader, o, "days", 1, TURN_MAX);
    if (!p->is_practice)
        reply_problem(r, 403, "not-practice", "days are turned on only with --practice");
    else if (!json_is_clean(&reader))
        reply_problem(r, 400, "bad-argument", reader.complaint);
    else if (matter_turn_days(p, (int)days, &happened))
        reply_problem(r, 503, "storage", "the days could not be stored");
    else
        say_day(p, r, happened);
}
