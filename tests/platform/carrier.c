#include "tests/platform/carrier.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "tests/platform/bundle.h"
#include "tests/platform/carrier_inside.h"

enum { AT_ONCE = 200, FAILURES_MOST = 3, TOLD_EVERY_MS = 6 * 3600 * 1000 };

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS posted(item TEXT PRIMARY KEY, number TEXT NOT NULL, state INTEGER"
    " NOT NULL DEFAULT 0, at TEXT NOT NULL DEFAULT '', heard_at TEXT NOT NULL DEFAULT '', told_ms"
    " INTEGER NOT NULL DEFAULT 0, asked_ms INTEGER NOT NULL DEFAULT 0, is_over INTEGER NOT NULL "
    "DEFAULT 0) WITHOUT ROWID;";

bool carrier_is_there(const struct platform *p)
{
    return p->carrier && *p->carrier->url;
}

/* ---- a case that leaves by post; inside the lock ---------------------------------------------- */

int carrier_follow(struct platform *p, const struct matter *m)
{
    if (m->delivery.kind != DELIVERY_POST || !carrier_is_number(m->delivery.tracking))
        return 0;
    return sql_do(p, "INSERT OR IGNORE INTO posted(item, number) VALUES(?,?)", "tt", m->id,
                  m->delivery.tracking);
}

void carrier_told(json_t *delivery, struct platform *p, const char *item)
{
    sqlite3_stmt *q = sql(p, "SELECT state, at, heard_at FROM posted WHERE item=?", "t", item);
    if (q && carrier_is_there(p) && sqlite3_step(q) == SQLITE_ROW) {
        int64_t state = sqlite3_column_int64(q, 0);
        bool is_known = state > PARCEL_UNKNOWN && state < PARCEL_STATES;
        json_t *o = json_pack("{ss}", "state", parcel_words[is_known ? state : PARCEL_UNKNOWN]);
        if (is_known) {
            json_object_set_new(o, "at", json_string(sql_text(q, 1)));
            json_object_set_new(o, "as_of", json_string(sql_text(q, 2)));
        }
        json_object_set_new(delivery, "parcel", o);
    }
    sqlite3_finalize(q);
}

/* ---- what was heard; inside the lock ------------------------------------------------------------ */

static void last_words(char out[MATTER_REASON], struct platform *p, const char *item)
{
    sqlite3_stmt *q = sql(p,
                          "SELECT note FROM matter_step WHERE item=? AND what='deliver' ORDER BY n"
                          " DESC LIMIT 1",
                          "t", item);
    *out = 0;
    if (q && sqlite3_step(q) == SQLITE_ROW)
        text_copy(out, MATTER_REASON, sql_text(q, 0));
    sqlite3_finalize(q);
}

/* Of a part, the whole is told. `what` "": nothing new happened, but it was heard anew. The clerk's words stay what they were. */
static int tell(struct platform *p, const char *item, const char *what)
{
    const struct matter_step step = { what, "Licensing Law 44", "", "", NULL };
    char whole[UUID_TEXT], note[MATTER_REASON];
    struct bundle_case *b = NULL;
    struct matter m;
    snprintf(whole, sizeof(whole), "%.36s", item);
    last_words(note, p, item);
    int r = matter_load(p, &m, item);
    if (!r && *what)
        r = matter_note(p, &m, &step);
    if (!r && !m.part.no)
        return matter_tell(p, &m, note);
    if (!r)
        r = bundle_load(p, &b, whole);
    if (!r)
        r = bundle_settle(p, b, note);
    free(b);
    return r;
}

static int64_t now_ms(const struct platform *p)
{
    return system_clock.wall_ms(&system_clock) + p->day_shift * INT64_C(86400000);
}

static int keep(struct platform *p, const char *item, const struct parcel_news *n, bool is_new,
                int64_t told_ms)
{
    char heard[21], what[24] = "";
    bool is_due = is_new || now_ms(p) - told_ms >= TOLD_EVERY_MS;
    bool is_over = n->state == PARCEL_DELIVERED || n->state == PARCEL_RETURNED;
    county_now(p, heard);
    if (is_new)
        snprintf(what, sizeof(what), "parcel_%s", parcel_words[n->state]);
    int r =
        sql_do(p, "UPDATE posted SET state=?, at=?, heard_at=?, told_ms=?, is_over=? WHERE item=?",
               "ittiit", (int64_t)n->state, n->at, heard, is_due ? now_ms(p) : told_ms,
               (int64_t)is_over, item);
    return r || !is_due ? r : tell(p, item, what);
}

static int hear(struct platform *p, const char *item, const struct parcel_news *n)
{
    int64_t state = -1, told_ms = 0;
    sqlite3_stmt *q =
        sql(p, "SELECT state, told_ms FROM posted WHERE item=? AND is_over=0", "t", item);
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        state = sqlite3_column_int64(q, 0);
        told_ms = sqlite3_column_int64(q, 1);
    }
    sqlite3_finalize(q);
    if (state < 0)
        return 0;
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (!r)
        r = keep(p, item, n, state != (int64_t)n->state, told_ms);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    pthread_cond_broadcast(&p->news);
    return r;
}

/* ---- a round ------------------------------------------------------------------------------------ */

struct round {
    size_t count, answered;
    struct {
        char item[MATTER_ID], number[CARRIER_NUMBER];
    } parcels[AT_ONCE];
};

/* Those first that were asked after longest ago: a number that this carrier does not know is typed too, and holds up no other. */
static void list(struct platform *p, struct round *r)
{
    sqlite3_stmt *q = sql(p,
                          "SELECT item, number FROM posted WHERE is_over=0 ORDER BY asked_ms LIMIT"
                          " ?",
                          "i", (int64_t)AT_ONCE);
    while (q && sqlite3_step(q) == SQLITE_ROW && r->count < AT_ONCE) {
        text_copy(r->parcels[r->count].item, MATTER_ID, sql_text(q, 0));
        text_copy(r->parcels[r->count].number, CARRIER_NUMBER, sql_text(q, 1));
        r->count++;
    }
    sqlite3_finalize(q);
    for (size_t i = 0; i < r->count; i++)
        if (sql_do(p, "UPDATE posted SET asked_ms=? WHERE item=?", "it", now_ms(p),
                   r->parcels[i].item))
            log_line(LOG_ERROR, "carrier", "it is not noted that a parcel was asked after");
}

/* A carrier that is away is not asked for each of many parcels. */
static void go_round(struct platform *p, struct round *r)
{
    int failures = 0;
    for (size_t i = 0; i < r->count && failures < FAILURES_MOST && !p->is_ending; i++) {
        struct parcel_news news;
        int outcome = carrier_ask_state(&news, p->carrier->url, r->parcels[i].number);
        failures = outcome == CARRIER_E_AWAY ? failures + 1 : 0;
        if (outcome)
            continue;
        pthread_mutex_lock(&p->lock);
        county_now(p, p->carrier->heard_at);
        if (hear(p, r->parcels[i].item, &news))
            log_line(LOG_ERROR, "carrier", "news of a parcel could not be stored");
        pthread_mutex_unlock(&p->lock);
        r->answered++;
    }
    if (r->count && !r->answered)
        log_line(LOG_WARNING, "carrier", "it says nothing of %zu parcels", r->count);
}

static int ask_all(struct platform *p, size_t *count, size_t *answered)
{
    struct round *r = calloc(1, sizeof(*r));
    if (!r)
        return fault_raise(-ENOMEM);
    pthread_mutex_lock(&p->lock);
    list(p, r);
    pthread_mutex_unlock(&p->lock);
    go_round(p, r);
    *count = r->count;
    *answered = r->answered;
    free(r);
    return 0;
}

static void *run(void *context)
{
    struct platform *p = context;
    size_t count, answered;
    struct timespec due;
    pthread_mutex_lock(&p->lock);
    while (!p->is_ending) {
        clock_gettime(CLOCK_MONOTONIC, &due);
        due.tv_sec += p->carrier->every_s;
        while (!p->is_ending && !pthread_cond_timedwait(&p->carrier->wake, &p->lock, &due))
            continue;
        if (p->is_ending)
            break;
        pthread_mutex_unlock(&p->lock);
        if (ask_all(p, &count, &answered))
            log_line(LOG_ERROR, "carrier", "no memory to ask after parcels");
        pthread_mutex_lock(&p->lock);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* ---- the clerk's page ------------------------------------------------------------------------------ */

void carrier_get(struct platform *p, const struct request_in *q, struct reply *r)
{
    int64_t count = 0;
    (void)q;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s = sql(p, "SELECT count(*) FROM posted WHERE is_over=0", "");
    if (s && sqlite3_step(s) == SQLITE_ROW)
        count = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    json_t *o = json_pack("{sb, sI, ss}", "is_there", carrier_is_there(p), "under_way",
                          (json_int_t)count, "heard_at", p->carrier ? p->carrier->heard_at : "");
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, o);
}

void carrier_ask_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    size_t count = 0, answered = 0;
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    if (!carrier_is_there(p))
        reply_problem(r, 404, "not-found", "there is no carrier here");
    else if (ask_all(p, &count, &answered))
        reply_problem(r, 503, "storage", "no memory to ask");
    else
        reply_json(
            r, 200,
            json_pack("{sI, sI}", "asked", (json_int_t)count, "answered", (json_int_t)answered));
}

/* ---- life ------------------------------------------------------------------------------------------- */

static int start(struct platform *p)
{
    pthread_condattr_t attributes;
    int r = -pthread_condattr_init(&attributes);
    if (!r)
        r = -pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    if (!r)
        r = -pthread_cond_init(&p->carrier->wake, &attributes);
    if (!r)
        r = -pthread_create(&p->carrier->thread, NULL, run, p);
    p->carrier->is_running = !r;
    return r;
}

int carrier_begin(struct platform *p, const char *url, int every_s)
{
    if (sqlite3_exec(p->db, schema, NULL, NULL, NULL) != SQLITE_OK)
        return -EIO;
    if (!url)
        return 0;
    p->carrier = calloc(1, sizeof(*p->carrier));
    if (!p->carrier || curl_global_init(CURL_GLOBAL_DEFAULT))
        return fault_raise(-ENOMEM);
    snprintf(p->carrier->url, sizeof(p->carrier->url), "%.255s", url);
    p->carrier->every_s = every_s;
    return start(p);
}

void carrier_end(struct platform *p)
{
    if (!p->carrier)
        return;
    pthread_mutex_lock(&p->lock);
    p->is_ending = true;
    pthread_cond_signal(&p->carrier->wake);
    pthread_mutex_unlock(&p->lock);
    if (p->carrier->is_running)
        pthread_join(p->carrier->thread, NULL);
    free(p->carrier);
    p->carrier = NULL;
    curl_global_cleanup();
}
