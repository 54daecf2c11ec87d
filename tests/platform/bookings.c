/* Bookings: half-days with so many places each, confirmed or not by a clerk, given back by number and telephone. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/point.h"

enum { AHEAD_USUAL = 10, AHEAD_MOST = 20, LIST_MOST = 200, WHEN_TEXT = 48, TAIL = 4 };

static bool is_day(const char *text)
{
    return strlen(text) == 8 && strspn(text, "0123456789") == 8;
}

/* "2026-11-27 14:00-17:00" of the calendar's rule, or the half in a word; inside the lock. */
static void when(char out[WHEN_TEXT], const struct platform *p, const char *calendar,
                 const char *date, const char *half)
{
    const json_t *calendars = json_object_get(p->point, "calendars");
    const char *from = "", *to = "";
    for (size_t i = 0; i < json_array_size(calendars); i++) {
        const json_t *c = json_array_get(calendars, i), *rules = json_object_get(c, "rules");
        for (size_t k = 0; !strcmp(json_text_at(c, "name"), calendar) && k < json_array_size(rules);
             k++)
            if (!strcmp(json_text_at(json_array_get(rules, k), "half"), half)) {
                from = json_text_at(json_array_get(rules, k), "from");
                to = json_text_at(json_array_get(rules, k), "to");
            }
    }
    snprintf(out, WHEN_TEXT, "%.4s-%.2s-%.2s %s%s%s", date, date + 4, date + 6, *from ? from : half,
             *from ? "–" : "", to);
}

static int set_state(struct platform *p, const char *id, const char *state, const char *note)
{
    int r = -ENOENT;
    sqlite3_stmt *q = sql(p,
                          "SELECT b.kiosk, b.receipt, b.calendar, b.day, b.half, i.server_ref FROM"
                          " booking b JOIN item i ON i.id=b.id WHERE b.id=?",
                          "t", id);
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        char text[WHEN_TEXT];
        when(text, p, sql_text(q, 2), sql_text(q, 3), sql_text(q, 4));
        AUTO(json_release) json_t *facts = json_pack("{ss}", "when", text);
        struct feed_news news = {
            .state = state, .server_ref = sql_text(q, 5), .note = note, .facts = facts
        };
        r = feed_add(p, sql_text(q, 0), sql_text(q, 1), &news);
    }
    sqlite3_finalize(q);
    if (!r)
        r = sql_do(p, "UPDATE booking SET state=? WHERE id=?", "tt", state, id);
    return r ? r : sql_do(p, "UPDATE item SET state=? WHERE id=?", "tt", state, id);
}

/* Whoever knows the number and how the telephone number ends; others change nothing. */
static int note_cancel(struct platform *p, const json_t *cancel, const char *kiosk)
{
    char id[UUID_TEXT] = "";
    sqlite3_stmt *q =
        sql(p,
            "SELECT id FROM booking WHERE kiosk=? AND receipt=? AND tail=? AND tail<>''"
            " AND state IN ('received','confirmed')",
            "ttt", kiosk, json_text_at(cancel, "receipt"), json_text_at(cancel, "phone_tail"));
    if (q && sqlite3_step(q) == SQLITE_ROW)
        snprintf(id, sizeof(id), "%s", sql_text(q, 0));
    sqlite3_finalize(q);
    return *id ? set_state(p, id, "cancelled", "") : 0;
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

/* ---- the calendar; inside the lock ----------------------------------------------------------- */

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

static void add_day(struct platform *p, json_t *halves, const json_t *c, int64_t wall_ms)
{
    char date[TODAY_TEXT];
    const json_t *rules = json_object_get(c, "rules");
    char weekday = (char)('1' + ((wall_ms + POINT_OFFSET_MS) / 86400000 + 3) % 7);
    point_today(date, wall_ms);
    for (size_t i = 0; i < json_array_size(rules); i++) {
        const json_t *rule = json_array_get(rules, i);
        const char *half = json_text_at(rule, "half");
        if (!strchr(json_text_at(rule, "days"), weekday))
            continue;
        int64_t left = json_integer_value(json_object_get(rule, "capacity")) -
                       taken(p, json_text_at(c, "name"), date, half);
        json_array_append_new(halves,
                              json_pack("{ss, ss, ss, ss, sI}", "day", date, "half", half, "from",
                                        json_text_at(rule, "from"), "to", json_text_at(rule, "to"),
                                        "free", (json_int_t)(left > 0 ? left : 0)));
    }
}

json_t *bookings_calendars(struct platform *p, int64_t now_ms)
{
    json_t *list = json_array();
    const json_t *calendars = json_object_get(p->point, "calendars");
    for (size_t i = 0; i < json_array_size(calendars); i++) {
        const json_t *c = json_array_get(calendars, i);
        json_t *halves = json_array();
        int64_t ahead = json_integer_value(json_object_get(c, "ahead"));
        ahead = ahead > 0 && ahead <= AHEAD_MOST ? ahead : AHEAD_USUAL;
        for (int64_t d = 1; d <= ahead; d++)
            add_day(p, halves, c, now_ms + d * 86400000);
        json_array_append_new(
            list, json_pack("{ss, so}", "name", json_text_at(c, "name"), "halves", halves));
    }
    return list;
}

/* ---- for the clerk --------------------------------------------------------------------------- */

void bookings_list(struct platform *p, const struct request_in *q, struct reply *r)
{
    bool is_known = point_learn(p);
    json_t *list = json_array();
    (void)q;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s = sql(p,
                          "SELECT id, receipt, service, calendar, day, half, state FROM booking"
                          " ORDER BY day, half, receipt LIMIT ?",
                          "i", (int64_t)LIST_MOST);
    while (s && sqlite3_step(s) == SQLITE_ROW)
        json_array_append_new(list, json_pack("{ss, ss, ss, ss, ss, ss, ss}", "id", sql_text(s, 0),
                                              "receipt", sql_text(s, 1), "service", sql_text(s, 2),
                                              "calendar", sql_text(s, 3), "day", sql_text(s, 4),
                                              "half", sql_text(s, 5), "state", sql_text(s, 6)));
    sqlite3_finalize(s);
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{sb, so}", "known", is_known, "bookings", list));
}

/* Inside the lock: from which state a booking may go there. */
static bool may(struct platform *p, const char *id, const char *state, bool *is_there)
{
    bool is_open = false;
    sqlite3_stmt *q = sql(p, "SELECT state FROM booking WHERE id=?", "t", id);
    *is_there = q && sqlite3_step(q) == SQLITE_ROW;
    if (*is_there)
        is_open = !strcmp(sql_text(q, 0), "received") ||
                  (!strcmp(sql_text(q, 0), "confirmed") && !strcmp(state, "cancelled"));
    sqlite3_finalize(q);
    return is_open;
}

/* {"id","state":"confirmed"|"cancelled"} */
void bookings_decide(struct platform *p, const struct request_in *q, struct reply *r)
{
    AUTO(json_release) json_t *o = request_json(q, r);
    const char *id = json_text_at(o, "id"), *state = json_text_at(o, "state");
    bool is_there = false;
    int failed = 0;
    if (!o)
        return;
    if (strcmp(state, "confirmed") != 0 && strcmp(state, "cancelled") != 0) {
        reply_problem(r, 400, "bad-decision", "state must be confirmed or cancelled");
        return;
    }
    pthread_mutex_lock(&p->lock);
    bool is_step = may(p, id, state, &is_there);
    if (is_step)
        failed = sql_do(p, "BEGIN IMMEDIATE", "");
    if (is_step && !failed) {
        failed = set_state(p, id, state, "");
        if (!failed)
            failed = sql_do(p, "COMMIT", "");
        if (failed)
            sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    }
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    if (!is_step)
        reply_problem(r, is_there ? 409 : 404, is_there ? "step" : "not-found",
                      is_there ? "this does not follow from the booking's state"
                               : "no such booking");
    else if (failed)
        reply_problem(r, 503, "storage", "the decision could not be stored");
    else
        reply_json(r, 200, json_pack("{ss, ss}", "id", id, "state", state));
}
