/* Bookings: half-days with so many places each, confirmed or not by a clerk, given back by number and telephone. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/point.h"
#include "tests/platform/visits.h"

enum { LIST_MOST = 200, TAIL = 4 };

static bool is_day(const char *text)
{
    return strlen(text) == 8 && strspn(text, "0123456789") == 8;
}

static int tell(struct platform *p, const char *id, const char *state)
{
    int r = -ENOENT;
    sqlite3_stmt *q = sql(p,
                          "SELECT b.kiosk, b.receipt, b.calendar, b.day, b.half, i.server_ref FROM"
                          " booking b JOIN item i ON i.id=b.id WHERE b.id=?",
                          "t", id);
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        char text[WHEN_TEXT];
        calendar_when(text, p, sql_text(q, 2), sql_text(q, 3), sql_text(q, 4));
        AUTO(json_release) json_t *facts = json_pack("{ss}", "when", text);
        struct feed_news news = { .state = state, .server_ref = sql_text(q, 5), .facts = facts };
        r = feed_add(p, sql_text(q, 0), sql_text(q, 1), &news);
    }
    sqlite3_finalize(q);
    return r ? r : sql_do(p, "UPDATE item SET state=? WHERE id=?", "tt", state, id);
}

/* A visit is told with its bundle, whose own state it does not change. */
static int set_state(struct platform *p, const char *id, const char *state)
{
    int r = sql_do(p, "UPDATE booking SET state=? WHERE id=?", "tt", state, id);
    if (r)
        return r;
    return visit_is(id) ? visit_tell(p, id) : tell(p, id, state);
}

/* Whoever knows the number and how the telephone number ends; others change nothing. */
static int note_cancel(struct platform *p, const json_t *cancel, const char *kiosk)
{
    char id[MATTER_ID] = "";
    sqlite3_stmt *q =
        sql(p,
            "SELECT id FROM booking WHERE kiosk=? AND receipt=? AND tail=? AND tail<>''"
            " AND state IN ('received','confirmed') ORDER BY id",
            "ttt", kiosk, json_text_at(cancel, "receipt"), json_text_at(cancel, "phone_tail"));
    if (q && sqlite3_step(q) == SQLITE_ROW)
        snprintf(id, sizeof(id), "%s", sql_text(q, 0));
    sqlite3_finalize(q);
    if (!*id)
        return 0;
    return visit_is(id) ? visit_return(p, id) : set_state(p, id, "cancelled");
}

int bookings_note(struct platform *p, const json_t *item, const char *id, const char *kiosk,
                  const char *receipt)
{
    const json_t *cancel = json_object_get(item, "cancel"), *form = json_object_get(item, "form");
    const char *phone = json_text_at(form, "phone"), *date = json_text_at(form, "day");
    size_t length = strlen(phone);
    if (cancel) {
        int r = sql_do(p, "UPDATE item SET state='closed' WHERE id=?", "t", id);
        return r ? r : note_cancel(p, cancel, kiosk);
    }
    return sql_do(p,
                  "INSERT OR IGNORE INTO booking(id, kiosk, receipt, service, calendar, day, half,"
                  " tail) VALUES(?,?,?,?,?,?,?,?)",
                  "tttttttt", id, kiosk, receipt,
                  json_text_at(json_object_get(item, "manifest"), "item_code"),
                  json_text_at(json_object_get(item, "booking"), "calendar"),
                  is_day(date) ? date : "", json_text_at(form, "half"),
                  length >= TAIL ? phone + length - TAIL : "");
}

/* ---- for the clerk --------------------------------------------------------------------------- */

/* The name of the part that is a visit; "" for any other booking. */
static void part_name(struct platform *p, char out[2][MATTER_NAME], const char *id)
{
    struct matter m;
    out[0][0] = out[1][0] = 0;
    if (!visit_is(id) || matter_load(p, &m, id))
        return;
    for (size_t i = 0; i < 2; i++)
        (void)text_copy(out[i], MATTER_NAME, m.part.name[i]);
}

static json_t *booking_json(struct platform *p, sqlite3_stmt *s)
{
    char part[2][MATTER_NAME];
    part_name(p, part, sql_text(s, 0));
    return json_pack("{ss, ss, ss, ss, ss, ss, ss, s[ss]}", "id", sql_text(s, 0), "receipt",
                     sql_text(s, 1), "service", sql_text(s, 2), "calendar", sql_text(s, 3), "day",
                     sql_text(s, 4), "half", sql_text(s, 5), "state", sql_text(s, 6), "part",
                     part[0], part[1]);
}

/* What is to come and what has no day yet; what waits for one stands first. */
void bookings_list(struct platform *p, const struct request_in *q, struct reply *r)
{
    bool is_known = point_learn(p);
    json_t *list = json_array();
    char today[TODAY_TEXT];
    (void)q;
    point_today(today, system_clock.wall_ms(&system_clock));
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s = sql(p,
                          "SELECT id, receipt, service, calendar, day, half, state FROM booking"
                          " WHERE day>=? OR (state NOT IN ('cancelled','kept') AND"
                          " (day='' OR state IN ('asked','full')))"
                          " ORDER BY state NOT IN ('asked','full','returned'), day, half, receipt"
                          " LIMIT ?",
                          "ti", today, (int64_t)LIST_MOST);
    while (s && sqlite3_step(s) == SQLITE_ROW)
        json_array_append_new(list, booking_json(p, s));
    sqlite3_finalize(s);
    json_t *calendars = calendars_free(p, system_clock.wall_ms(&system_clock));
    pthread_mutex_unlock(&p->lock);
    reply_json(
        r, 200,
        json_pack("{sb, so, so}", "known", is_known, "bookings", list, "calendars", calendars));
}

/* ---- a decision; inside the lock ----------------------------------------------------- */

struct decision {
    const char *id, *state, *day, *half; /* day "": as it stands */
    char calendar[POINT_NAME];
};

enum refusal { REFUSE_NOTHING, REFUSE_UNKNOWN, REFUSE_STEP, REFUSE_HALF, REFUSE_FULL };

/* From which state a booking may go there. A visit is set or moved as long as it is wanted, and ends with its part alone. */
static bool is_step(const struct decision *d, const char *state)
{
    bool is_held = !strcmp(state, "received") || !strcmp(state, "confirmed");
    bool is_cancel = !strcmp(d->state, "cancelled");
    if (visit_is(d->id) && !is_cancel && *d->day)
        return strcmp(state, "cancelled") != 0 && strcmp(state, "kept") != 0;
    if (is_cancel)
        return is_held && !visit_is(d->id);
    return *d->day ? is_held : !strcmp(state, "received");
}

static enum refusal check(struct platform *p, struct decision *d)
{
    enum refusal refusal = REFUSE_UNKNOWN;
    bool is_same = false;
    sqlite3_stmt *q =
        sql(p, "SELECT state, calendar, day, half FROM booking WHERE id=?", "t", d->id);
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        refusal = is_step(d, sql_text(q, 0)) ? REFUSE_NOTHING : REFUSE_STEP;
        (void)text_copy(d->calendar, sizeof(d->calendar), sql_text(q, 1));
        bool is_held = !strcmp(sql_text(q, 0), "received") || !strcmp(sql_text(q, 0), "confirmed");
        is_same = is_held && !strcmp(sql_text(q, 2), d->day) && !strcmp(sql_text(q, 3), d->half);
    }
    sqlite3_finalize(q);
    if (refusal || !*d->day || is_same)
        return refusal;
    int64_t left = calendar_free(p, d->calendar, d->day, d->half);
    return left < 0 ? REFUSE_HALF : !left ? REFUSE_FULL : REFUSE_NOTHING;
}

static int decide(struct platform *p, const struct decision *d)
{
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (!r && *d->day)
        r = sql_do(p, "UPDATE booking SET day=?, half=? WHERE id=?", "ttt", d->day, d->half, d->id);
    if (!r)
        r = set_state(p, d->id, d->state);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

static void answer(struct reply *r, const struct decision *d, enum refusal refusal, int failed)
{
    static const struct {
        int status;
        const char *word, *title;
    } said[] = {
        [REFUSE_UNKNOWN] = { 404, "not-found", "no such booking" },
        [REFUSE_STEP] = { 409, "step", "this does not follow from the booking's state" },
        [REFUSE_HALF] = { 409, "not-offered", "the calendar does not offer this half-day" },
        [REFUSE_FULL] = { 409, "full", "no place is left on this half-day" },
    };
    if (refusal)
        reply_problem(r, said[refusal].status, said[refusal].word, said[refusal].title);
    else if (failed)
        reply_problem(r, 503, "storage", "the decision could not be stored");
    else
        reply_json(r, 200, json_pack("{ss, ss}", "id", d->id, "state", d->state));
}

/* {"id","state":"confirmed"|"cancelled","day"?,"half"?}: with a day it is moved there, or set */
void bookings_decide(struct platform *p, const struct request_in *q, struct reply *r)
{
    AUTO(json_release) json_t *o = request_json(q, r);
    struct decision d = { json_text_at(o, "id"), json_text_at(o, "state"), json_text_at(o, "day"),
                          json_text_at(o, "half"), "" };
    int failed = 0;
    if (!o)
        return;
    bool is_confirm = !strcmp(d.state, "confirmed");
    if (!is_confirm && strcmp(d.state, "cancelled") != 0) {
        reply_problem(r, 400, "bad-decision", "state must be confirmed or cancelled");
        return;
    }
    if (*d.day && (!is_confirm || !is_day(d.day) || !*d.half)) {
        reply_problem(r, 400, "bad-decision",
                      "day and half must be those of a half-day to confirm");
        return;
    }
    pthread_mutex_lock(&p->lock);
    enum refusal refusal = check(p, &d);
    if (!refusal)
        failed = decide(p, &d);
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    answer(r, &d, refusal, failed);
}
