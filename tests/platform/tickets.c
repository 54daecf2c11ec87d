/* The queue of people: who waits, whose turn it is, and what the screen in the hall shows. Only tickets of today count. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/bells.h"
#include "tests/platform/fair.h"
#include "tests/platform/point.h"

enum {
    HALL_MOST = 500,
    MINUTES_USUAL = 6,
    MINUTES_LEAST_CASES = 3,
    COUNTER_IDLE_MS = 30 * 60 * 1000,
    SCREEN_ROWS = 6,
    COUNTER_TEXT = 8
};

static bool is_word(const char *text, size_t most)
{
    return *text && strlen(text) <= most &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
               strlen(text);
}

int tickets_note(struct platform *p, const json_t *item, const char *id, const char *kiosk,
                 const char *receipt, const char *submitted_at)
{
    const json_t *t = json_object_get(item, "ticket");
    char date[TODAY_TEXT];
    int64_t arrived_ms = system_clock.wall_ms(&system_clock);
    if (!is_word(json_text_at(t, "number"), 23) ||
        !is_word(json_text_at(t, "theme"), FAIR_THEME - 1))
        return 0;
    /* Taken offline and come later: the turn is that of when it was taken. */
    (void)clock_parse_utc(&arrived_ms, submitted_at);
    point_today(date, arrived_ms);
    bool is_first =
        *json_text_at(t, "priority") && strcmp(json_text_at(t, "priority"), "none") != 0;
    int r = sql_do(p,
                   "INSERT OR IGNORE INTO ticket(id, kiosk, receipt, number, theme, day, is_first,"
                   " arrived_ms) VALUES(?,?,?,?,?,?,?,?)",
                   "ttttttii", id, kiosk, receipt, json_text_at(t, "number"),
                   json_text_at(t, "theme"), date, (int64_t)is_first, arrived_ms);
    return r ? r : urgent_note(p, t, id);
}

/* ---- who waits; inside the lock -------------------------------------------------------------- */

struct hall {
    struct fair_ticket people[HALL_MOST];
    char numbers[HALL_MOST][24];
    char urgent[HALL_MOST][12], why[HALL_MOST][12];
    int64_t rows[HALL_MOST];
    size_t count;
};

static struct hall *look(struct platform *p, int64_t now_ms)
{
    char date[TODAY_TEXT];
    struct hall *h = calloc(1, sizeof(*h));
    point_today(date, now_ms);
    sqlite3_stmt *q = sql(p,
                          "SELECT n, number, theme, is_first, arrived_ms, coalesce(u.state,''),"
                          " coalesce(u.reason,'') FROM ticket t LEFT JOIN urgent u ON u.ticket=n"
                          " WHERE t.state='waiting' AND day=? ORDER BY arrived_ms, n LIMIT ?",
                          "ti", date, (int64_t)HALL_MOST);
    while (h && q && h->count < HALL_MOST && sqlite3_step(q) == SQLITE_ROW) {
        struct fair_ticket *t = &h->people[h->count];
        h->rows[h->count] = t->order = sqlite3_column_int64(q, 0);
        snprintf(h->numbers[h->count], sizeof(h->numbers[0]), "%s", sql_text(q, 1));
        snprintf(t->theme, sizeof(t->theme), "%s", sql_text(q, 2));
        t->is_first = sqlite3_column_int(q, 3);
        t->arrived_ms = sqlite3_column_int64(q, 4);
        snprintf(h->urgent[h->count], sizeof(h->urgent[0]), "%s", sql_text(q, 5));
        snprintf(h->why[h->count], sizeof(h->why[0]), "%s", sql_text(q, 6));
        t->is_urgent = !strcmp(sql_text(q, 5), "confirmed");
        t->is_lane = t->is_urgent || !strcmp(sql_text(q, 5), "said");
        t->is_first |= t->is_lane; /* until staff have looked at it */
        h->count++;
    }
    sqlite3_finalize(q);
    return h;
}

int tickets_minutes(struct platform *p, int64_t now_ms)
{
    char date[TODAY_TEXT], month[7];
    int minutes = -1;
    point_today(date, now_ms);
    snprintf(month, sizeof(month), "%.6s", date);
    sqlite3_stmt *q = sql(p,
                          "SELECT count(*), avg(done_ms-called_ms) FROM ticket WHERE done_ms>0 AND"
                          " day LIKE ?||'%'",
                          "t", month);
    if (q && sqlite3_step(q) == SQLITE_ROW && sqlite3_column_int(q, 0) >= MINUTES_LEAST_CASES)
        minutes = (int)((sqlite3_column_double(q, 1) + 59999) / 60000);
    sqlite3_finalize(q);
    return minutes;
}

/* Counters that have called somebody lately, at least one. */
static int open_counters(struct platform *p, int64_t now_ms)
{
    int count = 0;
    sqlite3_stmt *q = sql(p, "SELECT count(DISTINCT counter) FROM ticket WHERE called_ms>?", "i",
                          now_ms - COUNTER_IDLE_MS);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        count = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    return count > 0 ? count : 1;
}

static json_t *queue_json(const struct hall *h, const char *theme, int pace, int counters,
                          int64_t now_ms)
{
    int all = fair_ahead(h->people, h->count, theme, false, now_ms),
        first = fair_ahead(h->people, h->count, theme, true, now_ms);
    return json_pack("{ss, si, si, si, si}", "theme", theme, "waiting", all, "minutes",
                     (all * pace + counters - 1) / counters, "ahead_priority", first,
                     "minutes_priority", (first * pace + counters - 1) / counters);
}

json_t *tickets_queues(struct platform *p, int64_t now_ms)
{
    json_t *list = json_array();
    const json_t *themes = json_object_get(p->catalogue_json, "themes");
    struct hall *h = look(p, now_ms);
    int known = tickets_minutes(p, now_ms), pace = known > 0 ? known : MINUTES_USUAL,
        counters = open_counters(p, now_ms);
    for (size_t i = 0; h && i < json_array_size(themes); i++)
        json_array_append_new(list, queue_json(h, json_text_at(json_array_get(themes, i), "id"),
                                               pace, counters, now_ms));
    if (h)
        json_array_append_new(list, queue_json(h, "other", pace, counters, now_ms));
    free(h);
    return list;
}

/* ---- for the clerk --------------------------------------------------------------------------- */

/* The newest calls of today; inside the lock. */
static json_t *called_json(struct platform *p, int64_t now_ms)
{
    char date[TODAY_TEXT];
    json_t *list = json_array();
    point_today(date, now_ms);
    sqlite3_stmt *q = sql(p,
                          "SELECT number, counter FROM ticket WHERE day=? AND called_ms>0 AND"
                          " done_ms=0 ORDER BY called_ms DESC, n DESC LIMIT ?",
                          "ti", date, (int64_t)SCREEN_ROWS);
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(
            list, json_pack("{ss, ss}", "number", sql_text(q, 0), "counter", sql_text(q, 1)));
    sqlite3_finalize(q);
    return list;
}

void tickets_called(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    pthread_mutex_lock(&p->lock);
    json_t *list = called_json(p, system_clock.wall_ms(&system_clock));
    json_t *bells = bells_ringing(p);
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{so, so}", "called", list, "bells", bells));
}

void tickets_list(struct platform *p, const struct request_in *q, struct reply *r)
{
    int64_t now_ms = system_clock.wall_ms(&system_clock);
    bool is_known = point_learn(p);
    json_t *list = json_array();
    (void)q;
    pthread_mutex_lock(&p->lock);
    struct hall *h = look(p, now_ms);
    json_t *called = called_json(p, now_ms);
    pthread_mutex_unlock(&p->lock);
    for (size_t i = 0; h && i < h->count; i++)
        json_array_append_new(
            list, json_pack("{ss, ss, sb, sI, ss, ss}", "number", h->numbers[i], "theme",
                            h->people[i].theme, "first", h->people[i].is_first, "minutes",
                            (json_int_t)((now_ms - h->people[i].arrived_ms) / 60000), "urgent",
                            h->urgent[i], "why", h->why[i]));
    free(h);
    reply_json(r, 200,
               json_pack("{sb, so, so}", "known", is_known, "waiting", list, "called", called));
}

/* Inside a transaction: what the kiosk may tell whoever asks with the number of the slip. */
static int tell(struct platform *p, int64_t row, const char *state, const char *counter)
{
    int r = -ENOENT;
    sqlite3_stmt *q = sql(p,
                          "SELECT t.kiosk, t.receipt, t.number, i.server_ref, t.id FROM ticket t"
                          " JOIN item i ON i.id=t.id WHERE t.n=?",
                          "i", row);
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        AUTO(json_release)
        json_t *facts = json_pack("{ss, ss}", "counter", counter, "number", sql_text(q, 2));
        struct feed_news news = { .state = state, .server_ref = sql_text(q, 3), .facts = facts };
        r = feed_add(p, sql_text(q, 0), sql_text(q, 1), &news);
        if (!r)
            r = sql_do(p, "UPDATE item SET state=? WHERE id=?", "tt", state, sql_text(q, 4));
    }
    sqlite3_finalize(q);
    return r;
}

/* Whoever stood at this counter is done. */
static int close_last(struct platform *p, const char *counter, int64_t now_ms)
{
    int64_t rows[SCREEN_ROWS];
    size_t count = 0;
    sqlite3_stmt *q =
        sql(p, "SELECT n FROM ticket WHERE counter=? AND called_ms>0 AND done_ms=0 LIMIT ?", "ti",
            counter, (int64_t)SCREEN_ROWS);
    while (q && count < SCREEN_ROWS && sqlite3_step(q) == SQLITE_ROW)
        rows[count++] = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    int r = 0;
    for (size_t i = 0; !r && i < count; i++) {
        r = sql_do(p, "UPDATE ticket SET state='done', done_ms=? WHERE n=?", "ii", now_ms, rows[i]);
        if (!r)
            r = tell(p, rows[i], "closed", counter);
    }
    return r;
}

static int call(struct platform *p, const struct hall *h, int next, const char *counter,
                int64_t now_ms)
{
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = close_last(p, counter, now_ms);
    if (!r && next >= 0)
        r = sql_do(p, "UPDATE ticket SET state='called', counter=?, called_ms=? WHERE n=?", "tii",
                   counter, now_ms, h->rows[next]);
    if (!r && next >= 0)
        r = tell(p, h->rows[next], "called", counter);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    pthread_cond_broadcast(&p->news);
    return r;
}

enum { THEMES_MOST = 12 };

/* {"counter":"3","themes":[...]}: the next of these themes, of all when none is named. "lane": "urgent" for a counter that
 * takes what is urgent first. */
void tickets_next_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    int64_t now_ms = system_clock.wall_ms(&system_clock);
    AUTO(json_release) json_t *o = request_json(q, r);
    const json_t *list = json_object_get(o, "themes");
    const char *counter = json_text_at(o, "counter"), *themes[THEMES_MOST];
    size_t count = json_array_size(list);
    if (!o)
        return;
    for (size_t i = 0; i < count && i < THEMES_MOST; i++) {
        const char *theme = json_string_value(json_array_get(list, i));
        themes[i] = theme ? theme : "";
    }
    if (!is_word(counter, COUNTER_TEXT) || count > THEMES_MOST) {
        reply_problem(r, 400, "bad-call", "counter must be a short word, themes at most 12");
        return;
    }
    (void)point_learn(p);
    pthread_mutex_lock(&p->lock);
    struct hall *h = look(p, now_ms);
    bool is_lane = !strcmp(json_text_at(o, "lane"), "urgent");
    int next = !h        ? -1
               : is_lane ? fair_next_urgent(h->people, h->count, themes, count)
                         : fair_next(h->people, h->count, themes, count);
    int failed = h ? call(p, h, next, counter, now_ms) : -ENOMEM;
    pthread_mutex_unlock(&p->lock);
    if (failed)
        reply_problem(r, 503, "storage", "the call could not be stored");
    else
        reply_json(r, 200, json_pack("{ss}", "number", next >= 0 ? h->numbers[next] : ""));
    free(h);
}
