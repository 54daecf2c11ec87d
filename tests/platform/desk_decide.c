/* Deciding: which state may follow which, and what goes out to the kiosk with it. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/desk.h"

enum { MISSING_MAX = 14, MATERIAL_MAX = 40, NOTE_CHARACTERS = 200, NOTE_BYTES = 800 };

/* From which state a clerk may go where. A matter done on the spot is granted as it comes in; what
 * has ended stays so. */
static const struct {
    const char *from, *to[9];
} steps[] = {
    { "received",
      { "correction_requested", "accepted", "accepted_gap", "not_accepted", "granted", "denied",
        "withdrawn" } },
    { "correction_requested",
      { "correction_requested", "accepted", "accepted_gap", "not_accepted", "withdrawn",
        "terminated" } },
    { "accepted",
      { "correction_requested", "in_review", "suspended", "granted", "denied", "withdrawn",
        "terminated" } },
    { "accepted_gap",
      { "correction_requested", "accepted", "in_review", "suspended", "granted", "denied",
        "withdrawn", "terminated" } },
    { "in_review",
      { "correction_requested", "suspended", "granted", "denied", "withdrawn", "terminated" } },
    { "suspended", { "in_review", "granted", "denied", "withdrawn", "terminated" } },
};

static bool is_step(const char *from, const char *to)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        for (size_t j = 0; !strcmp(steps[i].from, from) && steps[i].to[j]; j++)
            if (!strcmp(steps[i].to[j], to))
                return true;
    return false;
}

void desk_steps(struct platform *p, const struct request_in *q, struct reply *r)
{
    json_t *all = json_object();
    (void)p;
    (void)q;
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        json_t *list = json_array();
        for (size_t j = 0; steps[i].to[j]; j++)
            json_array_append_new(list, json_string(steps[i].to[j]));
        json_object_set_new(all, steps[i].from, list);
    }
    reply_json(r, 200, all);
}

/* ---- what is asked
 * ------------------------------------------------------------------------------- */

struct decision {
    const char *id, *state, *note, *due;
    const json_t *missing;
};

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

static void judge_texts(struct json_reader *r, const struct decision *d)
{
    int64_t ms;
    if (text_count(d->note) > NOTE_CHARACTERS || has_control(d->note))
        json_complain(r, "note must have at most %d characters, on one line", NOTE_CHARACTERS);
    if (*d->due && clock_parse_utc(&ms, d->due))
        json_complain(r, "due must be a time like 2026-12-10T00:00:00Z");
    for (size_t i = 0; i < json_array_size(d->missing); i++) {
        const char *id = json_string_value(json_array_get(d->missing, i));
        if (!id || !*id || strlen(id) > MATERIAL_MAX ||
            strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(id))
            json_complain(r, "missing must hold ids of materials");
    }
}

/* An empty text is as good as none. */
static const char *text_of(struct json_reader *r, const json_t *o, const char *key, size_t most)
{
    const json_t *value = json_object_get(o, key);
    bool is_empty = json_is_string(value) && !json_string_length(value);
    return is_empty ? "" : json_want_string(r, o, key, most, "");
}

static void read_decision(struct json_reader *r, struct decision *out, const json_t *o)
{
    out->id = json_need_string(r, o, "id", UUID_TEXT - 1);
    out->state = json_need_string(r, o, "state", 24);
    out->note = text_of(r, o, "note", NOTE_BYTES);
    out->due = text_of(r, o, "due", 20);
    out->missing = json_want_array(r, o, "missing", MISSING_MAX);
    if (json_is_clean(r))
        judge_texts(r, out);
}

/* ---- and done; inside the lock
 * ------------------------------------------------------------------- */

struct matter {
    char kiosk[KIOSK_ID_MAX + 1], receipt[RECEIPT_TEXT], state[32], server_ref[64];
};

static bool find(struct platform *p, struct matter *out, const char *id)
{
    sqlite3_stmt *q =
        sql(p, "SELECT kiosk, receipt, state, server_ref FROM item WHERE id=?", "t", id);
    bool found = q && sqlite3_step(q) == SQLITE_ROW;
    if (found) {
        snprintf(out->kiosk, sizeof(out->kiosk), "%s", sql_text(q, 0));
        snprintf(out->receipt, sizeof(out->receipt), "%s", sql_text(q, 1));
        snprintf(out->state, sizeof(out->state), "%s", sql_text(q, 2));
        snprintf(out->server_ref, sizeof(out->server_ref), "%s", sql_text(q, 3));
    }
    sqlite3_finalize(q);
    return found;
}

static int store(struct platform *p, const struct matter *m, const struct decision *d)
{
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = sql_do(p, "UPDATE item SET state=? WHERE id=?", "tt", d->state, d->id);
    if (!r)
        r = feed_add(p, m->kiosk, m->receipt,
                     &(struct feed_news){ .state = d->state,
                                          .due = d->due,
                                          .missing = d->missing,
                                          .server_ref = m->server_ref,
                                          .note = d->note });
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

static void decide(struct platform *p, struct reply *r, const struct decision *d)
{
    struct matter m;
    if (!find(p, &m, d->id)) {
        reply_problem(r, 404, "not-found", "no such application");
    } else if (!is_step(m.state, d->state)) {
        reply_problem(r, 409, "step", "this decision does not follow from the application's state");
    } else if (store(p, &m, d)) {
        reply_problem(r, 503, "storage", "the decision could not be stored");
    } else {
        pthread_cond_broadcast(&p->news);
        reply_json(r, 200, json_pack("{ss, ss}", "id", d->id, "state", d->state));
    }
}

void desk_decide(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    struct decision d = { 0 };
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    read_decision(&reader, &d, o);
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-decision", reader.complaint);
        return;
    }
    pthread_mutex_lock(&p->lock);
    decide(p, r, &d);
    pthread_mutex_unlock(&p->lock);
}
