/* What has come: the envelopes from the database, what is in them from county-open. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/bundle.h"
#include "tests/platform/desk.h"
#include "tests/platform/ratings.h"
#include "tests/platform/waivers.h"
#include "tests/platform/withdrawals.h"

enum { LIST_MAX = 200, OUTLINES_MAX = 100, OUTLINES_TEXT = OUTLINES_MAX * UUID_TEXT };

/* ---- the list
 * ------------------------------------------------------------------------------------ */

#define ENVELOPE                                                                               \
    "n, id, receipt, kind, kiosk, state, submitted_at, clock_basis, received_at, server_ref, " \
    "length(sealed)"

static json_t *envelope(sqlite3_stmt *q)
{
    return json_pack("{sI, ss, ss, ss, ss, ss, ss, ss, ss, ss, sI}", "n",
                     (json_int_t)sqlite3_column_int64(q, 0), "id", sql_text(q, 1), "receipt",
                     sql_text(q, 2), "kind", sql_text(q, 3), "kiosk", sql_text(q, 4), "state",
                     sql_text(q, 5), "submitted_at", sql_text(q, 6), "clock_basis", sql_text(q, 7),
                     "received_at", sql_text(q, 8), "server_ref", sql_text(q, 9), "size",
                     (json_int_t)sqlite3_column_int64(q, 10));
}

/* What the list shows of a case: days left while it runs, an alarm. Inside the lock. */
static void add_clock(struct platform *p, json_t *o, const char *id)
{
    struct matter m;
    day today = county_today(p);
    if (matter_load(p, &m, id))
        return;
    json_object_set_new(o, "has_alarm", json_boolean(m.file.has_alarm));
    AUTO(json_release) json_t *rating = ratings_of(p, id);
    const char *due = json_string_value(json_object_get(rating, "due")),
               *done = json_string_value(json_object_get(rating, "revisited"));
    if (due && *due && !*done) {
        json_object_set_new(o, "revisit_by", json_string(due));
        json_object_set(o, "revisit_late", json_object_get(rating, "late"));
    }
    if (!case_is_over(m.file.state) && m.file.accepted != DAY_NONE && m.file.paused == DAY_NONE)
        json_object_set_new(o, "days_left",
                            json_integer(case_days_left(&m.file, &p->calendar, today)));
}

void desk_items(struct platform *p, const struct request_in *q, struct reply *r)
{
    int before = 0;
    const char *text = request_argument(q, "before");
    if (*text && (!text_to_int(&before, text) || before < 1)) {
        reply_problem(r, 400, "bad-argument", "before must be the n of an item");
        return;
    }
    ratings_learn(p);
    withdrawals_learn(p);
    json_t *list = json_array();
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s =
        sql(p, "SELECT " ENVELOPE " FROM item WHERE ?1=0 OR n<?1 ORDER BY n DESC LIMIT ?2", "ii",
            (int64_t)before, (int64_t)LIST_MAX);
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        json_t *o = envelope(s);
        add_clock(p, o, sql_text(s, 1));
        json_array_append_new(list, o);
    }
    sqlite3_finalize(s);
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200,
               json_pack("{so, sb}", "items", list, "more", json_array_size(list) == LIST_MAX));
}

/* ids=a,b,c -> which service each is about. */
void desk_outlines(struct platform *p, const struct request_in *q, struct reply *r)
{
    const char *ids = request_argument(q, "ids");
    char line[OUTLINES_TEXT + 16];
    if (!*ids || strlen(ids) > OUTLINES_TEXT || strspn(ids, "0123456789abcdef-,") != strlen(ids)) {
        reply_problem(r, 400, "bad-argument", "ids must be up to 100 ids with commas between them");
        return;
    }
    snprintf(line, sizeof(line), "outline %s", ids);
    json_t *outlines = opener_ask(p, line);
    if (outlines)
        reply_json(r, 200, outlines);
    else
        reply_problem(r, 503, "opener",
                      "county-open does not answer: applications cannot be shown");
}

void desk_count(struct platform *p, const struct request_in *q, struct reply *r)
{
    int64_t count = 0;
    (void)q;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s = sql(p, "SELECT count(*) FROM item", "");
    if (s && sqlite3_step(s) == SQLITE_ROW)
        count = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    int waiting = p->waiting;
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{sI, si}", "items", (json_int_t)count, "waiting", waiting));
}

/* ---- one of them
 * --------------------------------------------------------------------------------- */

/* With its parts, and what may be done to all of them. */
static void add_parts(struct platform *p, json_t *o, const struct matter *m)
{
    json_t *whole = json_object_get(o, "case");
    AUTO(json_release) json_t *bundle = m->part_count ? bundle_desk(p, m) : NULL;
    if (!bundle)
        return;
    json_object_set(o, "parts", json_object_get(bundle, "parts"));
    json_object_set(whole, "allowed", json_object_get(bundle, "allowed"));
}

/* The envelope and its case, or NULL. Locks. */
static json_t *find(struct platform *p, const char *id)
{
    json_t *o = NULL;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *q = sql(p, "SELECT " ENVELOPE " FROM item WHERE id=?", "t", id);
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        struct matter m;
        o = json_pack("{ss, ss, so}", "id", id, "state", sql_text(q, 5), "envelope", envelope(q));
        if (!matter_load(p, &m, id)) {
            json_object_set_new(o, "case", matter_desk(p, &m));
            add_parts(p, o, &m);
        }
    }
    sqlite3_finalize(q);
    pthread_mutex_unlock(&p->lock);
    return o;
}

void desk_item(struct platform *p, const struct request_in *q, struct reply *r)
{
    uint8_t id[UUID_BYTES];
    char line[UUID_TEXT + 8];
    const char *text = request_argument(q, "id");
    bool is_id = !uuid_parse(id, text);
    if (is_id) {
        matter_learn(p, text);
        ratings_learn(p);
    }
    json_t *o = is_id ? find(p, text) : NULL;
    if (!o) {
        reply_problem(r, 404, "not-found", "no such application");
        return;
    }
    snprintf(line, sizeof(line), "open %s", text);
    AUTO(json_release) json_t *opened = opener_ask(p, line);
    const json_t *item = json_object_get(opened, "item"), *error = json_object_get(opened, "error");
    if (item && waivers_learn(p, text, item)) {
        json_decref(o);
        o = find(p, text);
    }
    if (!o) {
        reply_problem(r, 503, "storage", "it could not be read again");
        return;
    }
    if (item)
        json_object_set(o, "item", (json_t *)(uintptr_t)item);
    else
        json_object_set_new(
            o, "error",
            json_string(error ? json_string_value(error) : "county-open does not answer"));
    reply_json(r, 200, o);
}
