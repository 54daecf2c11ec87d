/* What a clerk does to a case: read, tried on the table, kept, told. And the county's day. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/desk.h"
#include "tests/platform/matter.h"

enum {
    TEXT_CHARACTERS = 200,
    TEXT_BYTES = 800,
    NOTICE_DAYS_MAX = 60,
    TURN_MAX = 400, /* days at once */
};

struct wish {
    const char *id, *event, *reason, *note, *material;
    const char *kind, *counter, *tracking; /* of the delivery */
    const json_t *materials;
    int days;
    bool has_changed;
};

/* ---- what is asked ------------------------------------------------------------------- */

static bool has_control(const char *text)
{
    uint32_t cp;
    for (size_t left = strlen(text), n; left; text += n, left -= n) {
        n = text_decode(&cp, text, left);
        if (text_is_control(cp))
            return true;
    }
    return false;
}

static bool is_material(const char *id)
{
    return id && *id && strlen(id) < CASE_MATERIAL &&
           strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(id);
}

/* An empty text is as good as none. */
static const char *line(struct json_reader *r, const json_t *o, const char *key, size_t most)
{
    const json_t *value = json_object_get(o, key);
    bool is_empty = json_is_string(value) && !json_string_length(value);
    const char *text = is_empty ? "" : json_want_string(r, o, key, most, "");
    if (text_count(text) > TEXT_CHARACTERS || has_control(text))
        json_complain(r, "%s must have at most %d characters, on one line", key, TEXT_CHARACTERS);
    return text;
}

static void read_delivery(struct json_reader *r, struct wish *w, const json_t *o)
{
    const json_t *d = json_object_get(o, "delivery");
    w->kind = w->counter = w->tracking = "";
    if (!d)
        return;
    w->kind = json_need_string(r, d, "kind", 12);
    w->counter = line(r, d, "counter", 64);
    w->tracking = line(r, d, "tracking", 40);
}

static void read_wish(struct json_reader *r, struct wish *w, const json_t *o)
{
    *w = (struct wish){ .id = json_need_string(r, o, "id", UUID_TEXT - 1) };
    w->event = json_need_string(r, o, "event", 16);
    w->reason = line(r, o, "reason", TEXT_BYTES);
    w->note = line(r, o, "note", TEXT_BYTES);
    w->material = line(r, o, "material", CASE_MATERIAL - 1);
    w->days = (int)json_want_integer(r, o, "days", 0, NOTICE_DAYS_MAX, 0);
    w->has_changed = json_want_bool(r, o, "has_changed", false);
    w->materials = json_want_array(r, o, "materials", MATTER_MISSING_MAX);
    for (size_t i = 0; i < json_array_size(w->materials); i++)
        if (!is_material(json_string_value(json_array_get(w->materials, i))))
            json_complain(r, "materials must hold ids of materials");
    read_delivery(r, w, o);
}

/* ---- what it comes to ------------------------------------------------------------------ */

static const struct desk_word *find_word(const char *event)
{
    const struct desk_word *w = desk_words;
    while (w->word && strcmp(w->word, event) != 0)
        w++;
    return w;
}

static enum delivery_kind kind_of(const char *word)
{
    int kind = DELIVERY_KINDS - 1;
    while (kind > DELIVERY_NONE && strcmp(delivery_words[kind], word) != 0)
        kind--;
    return (enum delivery_kind)kind;
}

/* How it leaves. What waits at a counter gets a code of six digits; a parcel has its number. */
static const char *take_delivery(struct matter *m, const struct wish *w, bool is_set_out)
{
    uint32_t random;
    enum delivery_kind kind = is_set_out ? DELIVERY_PICKUP : kind_of(w->kind);
    if (!is_set_out && m->delivery.kind == DELIVERY_PICKUP && kind == DELIVERY_NONE)
        return NULL; /* it waited, and now it is handed over */
    if (kind == DELIVERY_NONE)
        return "delivery.kind must be post, pickup, electronic or account";
    if (kind == DELIVERY_POST && !*w->tracking)
        return "what goes by post needs its tracking number";
    if (kind == DELIVERY_PICKUP && !*w->counter)
        return "what is collected needs its counter";
    m->delivery = (struct delivery){ .kind = kind };
    text_copy(m->delivery.tracking, sizeof(m->delivery.tracking), w->tracking);
    text_copy(m->delivery.counter, sizeof(m->delivery.counter), w->counter);
    if (kind == DELIVERY_PICKUP) {
        random_bytes(&random, sizeof(random));
        snprintf(m->delivery.code, sizeof(m->delivery.code), "%06u", random % 1000000);
    }
    return NULL;
}

/* Only what the published guide lets follow later may be a gap (Art. 4, Art. 11 par. 2). */
static void set_gaps(const struct platform *p, const struct matter *m, const struct wish *w,
                     struct case_owed *owed, struct case_detail *d)
{
    const json_t *service = matter_service(p, m->service);
    d->gap_count = json_array_size(w->materials);
    for (size_t i = 0; i < d->gap_count; i++) {
        const char *id = json_string_value(json_array_get(w->materials, i));
        const json_t *material = matter_material(service, id);
        owed[i].material = id;
        owed[i].late_days = (int)json_integer_value(json_object_get(material, "late_days"));
    }
    d->gaps = owed;
}

static void set_missing(struct matter *m, const struct wish *w)
{
    m->missing_count = 0;
    for (size_t i = 0; i < json_array_size(w->materials); i++)
        text_copy(m->missing[m->missing_count++], CASE_MATERIAL,
                  json_string_value(json_array_get(w->materials, i)));
}

static int happen(struct platform *p, struct matter *m, const struct wish *w,
                  const struct desk_word *word)
{
    struct case_owed owed[MATTER_MISSING_MAX];
    struct case_detail d = { .by = word->by,
                             .reason = w->reason,
                             .has_changed = w->has_changed,
                             .days = w->days,
                             .material = w->material };
    if (word->event == CASE_EV_ACCEPT_GAP)
        set_gaps(p, m, w, owed, &d);
    return case_happen(&m->file, &p->calendar, word->event, county_today(p), &d);
}

/* ---- and done; inside the lock --------------------------------------------------------- */

static int commit(struct platform *p, const struct matter *m, const struct matter_step *step)
{
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = matter_record(p, m, step);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

static void refuse(struct reply *r, int outcome)
{
    static const char *const why[] = {
        [CASE_E_EVENT] = "the statute has no such step from here",
        [CASE_E_ACTOR] = "this is not for the county to do",
        [CASE_E_TIME] = "a day is missing: within how many working days?",
        [CASE_E_REASON] = "this needs a reason in writing",
        [CASE_E_GAP] = "the guide does not let this paper follow later, or it is not owed",
        [CASE_E_NOTICE] =
            "a second notice is not lawful (Art. 11; Licensing Law 32): an alarm is raised",
        [CASE_E_FULL] = "more papers than a case can hold",
    };
    int status =
        outcome == CASE_E_EVENT || outcome == CASE_E_ACTOR || outcome == CASE_E_NOTICE ? 409 : 400;
    reply_problem(r, status, outcome == CASE_E_NOTICE ? "second-notice" : "step", why[outcome]);
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
    refuse(r, CASE_E_NOTICE);
}

static void finish(struct platform *p, struct reply *r, struct matter *m, const struct wish *w,
                   const struct case_transition *row)
{
    const struct matter_step done = { w->event, row->article, w->reason, w->note, NULL };
    text_copy(m->reason, sizeof(m->reason), w->reason);
    text_copy(m->article, sizeof(m->article), row->article);
    if (row->on == CASE_EV_NOTIFY)
        set_missing(m, w);
    if (commit(p, m, &done)) {
        reply_problem(r, 503, "storage", "the step could not be stored");
        return;
    }
    pthread_cond_broadcast(&p->news);
    reply_json(r, 200, json_pack("{ss, ss}", "id", m->id, "state", matter_state(m)));
}

/* What the table does not ask, but the county's own order does: a sentence, or NULL. */
static const char *complain(struct matter *m, const struct wish *w,
                            const struct case_transition *row, bool is_set_out)
{
    if (row->on == CASE_EV_DELIVER)
        return take_delivery(m, w, is_set_out);
    if (row->on == CASE_EV_NOTIFY && !json_array_size(w->materials))
        return "a notice names everything that is missing, at once";
    return NULL;
}

static void try_step(struct platform *p, struct reply *r, struct matter *m, const struct wish *w)
{
    const struct desk_word *word = find_word(w->event);
    const struct case_transition *row = word->word ? case_row(m->file.state, word->event) : NULL;
    bool is_set_out = !strcmp(w->event, "set_out");
    if (!row || (is_set_out && !matter_may_be_set_out(m))) {
        refuse(r, CASE_E_EVENT);
        return;
    }
    const char *complaint = complain(m, w, row, is_set_out);
    if (complaint) {
        reply_problem(r, 400, "bad-step", complaint);
        return;
    }
    int outcome = is_set_out ? 0 : happen(p, m, w, word);
    if (!outcome)
        finish(p, r, m, w, row);
    else if (outcome == CASE_E_NOTICE)
        raise_alarm(p, r, m, w);
    else
        refuse(r, outcome);
}

static void step(struct platform *p, struct reply *r, const struct wish *w)
{
    struct matter m;
    int failed = matter_load(p, &m, w->id);
    if (failed == -ENOENT)
        reply_problem(r, 404, "not-found", "no such application");
    else if (failed)
        reply_problem(r, 503, "storage", "the case cannot be read");
    else
        try_step(p, r, &m, w);
}

/* ---- requests ---------------------------------------------------------------------------- */

void desk_step(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    struct wish w = { 0 };
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    read_wish(&reader, &w, o);
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
    matter_learn(p, w.id); /* whose days count: it stands inside the seal */
    pthread_mutex_lock(&p->lock);
    step(p, r, &w);
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
