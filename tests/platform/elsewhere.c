#include "tests/platform/elsewhere.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "tests/platform/desk.h"

enum { COUNTY = 25, LIST_MAX = 200 };
static const char article[] = "Guobanfa [2020] 35";

/* ---- doors --------------------------------------------------------------------------- */

static int make_door(struct platform *p, const char *county)
{
    uint8_t random[TOKEN_HEX / 2];
    char key[TOKEN_HEX];
    random_bytes(random, sizeof(random));
    hex_encode(key, random, sizeof(random));
    return sql_do(p, "INSERT OR IGNORE INTO county_door VALUES(?,?)", "tt", county, key);
}

int elsewhere_begin(struct platform *p)
{
    const json_t *list = json_object_get(p->catalogue_json, "counties");
    int r = sql_do(p,
                   "CREATE TABLE IF NOT EXISTS county_door(county TEXT PRIMARY KEY, key TEXT NOT"
                   " NULL UNIQUE) WITHOUT ROWID",
                   "");
    for (size_t i = 0; !r && i < json_array_size(list); i++) {
        const char *id = json_string_value(json_object_get(json_array_get(list, i), "id"));
        r = id ? make_door(p, id) : 0;
    }
    return r;
}

json_t *elsewhere_doors(struct platform *p)
{
    json_t *doors = json_array();
    const json_t *list = json_object_get(p->catalogue_json, "counties");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *county = json_array_get(list, i);
        const char *id = json_string_value(json_object_get(county, "id"));
        char path[64];
        sqlite3_stmt *q = sql(p, "SELECT key FROM county_door WHERE county=?", "t", id ? id : "");
        if (q && sqlite3_step(q) == SQLITE_ROW) {
            snprintf(path, sizeof(path), "elsewhere.html?token=%s", sql_text(q, 0));
            json_array_append_new(doors, json_pack("{ss, sO, ss}", "county", id, "name",
                                                   json_object_get(county, "name"), "path", path));
        }
        sqlite3_finalize(q);
    }
    return doors;
}

void elsewhere_doors_get(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    pthread_mutex_lock(&p->lock);
    json_t *doors = elsewhere_doors(p);
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{so}", "doors", doors));
}

/* Which county's key came with it; answers by itself when none. Locks. */
static bool enter(struct platform *p, const struct request_in *q, struct reply *r,
                  char county[COUNTY])
{
    const char *bearer = request_header_in(q, "Authorization");
    bool is_bearer = !strncmp(bearer, "Bearer ", 7);
    county[0] = 0;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s =
        sql(p, "SELECT county FROM county_door WHERE key=?", "t", is_bearer ? bearer + 7 : "");
    if (s && sqlite3_step(s) == SQLITE_ROW)
        text_copy(county, COUNTY, sql_text(s, 0));
    sqlite3_finalize(s);
    pthread_mutex_unlock(&p->lock);
    if (!*county)
        reply_problem(r, 403, "token", "open the page by the address that the home county gave");
    return *county != 0;
}

/* ---- forwarding ---------------------------------------------------------------------- */

int elsewhere_forward(struct platform *p, struct matter *m)
{
    static const struct matter_step step = { "forward", article, "", "", NULL };
    m->elsewhere.is_forwarded = true;
    m->elsewhere.since = county_today(p);
    matter_take(p, m, m->elsewhere.name[0], m->elsewhere.phone);
    text_copy(m->article, sizeof(m->article), article);
    return matter_record(p, m, &step);
}

/* ---- what lies with a county --------------------------------------------------------- */

static json_t *row_of(struct platform *p, const struct matter *m)
{
    char since[11];
    const json_t *name = json_object_get(matter_service(p, m->service), "short_name");
    county_day_text(since, m->elsewhere.since);
    json_t *o = json_pack("{ss, ss, ss, ss, ss, ss, ss, so}", "id", m->id, "receipt", m->receipt,
                          "state", matter_state(m), "service", m->service, "since", since, "ref",
                          m->elsewhere.ref, "reason", m->reason, "allowed", matter_allowed(m));
    if (name)
        json_object_set(o, "name", (json_t *)(uintptr_t)name);
    return o;
}

void elsewhere_list(struct platform *p, const struct request_in *q, struct reply *r)
{
    char county[COUNTY];
    if (!enter(p, q, r, county))
        return;
    json_t *list = json_array();
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s = sql(p,
                          "SELECT item FROM matter WHERE json_extract(file,'$.elsewhere.county')=?1"
                          " AND json_extract(file,'$.elsewhere.forwarded') ORDER BY item DESC"
                          " LIMIT ?2",
                          "ti", county, (int64_t)LIST_MAX);
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        struct matter m;
        if (!matter_load(p, &m, sql_text(s, 0)))
            json_array_append_new(list, row_of(p, &m));
    }
    sqlite3_finalize(s);
    pthread_mutex_unlock(&p->lock);
    json_t *o = json_pack("{so, ss}", "cases", list, "county", county);
    const json_t *counties = json_object_get(p->catalogue_json, "counties");
    for (size_t i = 0; i < json_array_size(counties); i++) {
        json_t *one = json_array_get(counties, i);
        if (!strcmp(json_string_value(json_object_get(one, "id")), county))
            json_object_set(o, "name", json_object_get(one, "name"));
    }
    reply_json(r, 200, o);
}

/* Is it one that was forwarded to them? Locks; nobody else's case shows that it is there. */
static bool is_theirs(struct platform *p, struct reply *r, const char *county, const char *id,
                      struct matter *m)
{
    pthread_mutex_lock(&p->lock);
    bool found =
        !matter_load(p, m, id) && m->elsewhere.is_forwarded && !strcmp(m->elsewhere.county, county);
    pthread_mutex_unlock(&p->lock);
    if (!found)
        reply_problem(r, 404, "not-found", "no such application lies with this county");
    return found;
}

void elsewhere_item(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct matter m;
    char county[COUNTY], line[UUID_TEXT + 8];
    const char *id = request_argument(q, "id");
    if (!enter(p, q, r, county) || !is_theirs(p, r, county, id, &m))
        return;
    snprintf(line, sizeof(line), "open %.36s", id);
    json_t *opened = opener_ask(p, line);
    const json_t *service = matter_service(p, m.service);
    if (opened && service) /* in whose words it is read */
        json_object_set(opened, "service", (json_t *)(uintptr_t)service);
    if (opened)
        reply_json(r, 200, opened);
    else
        reply_problem(r, 503, "opener", "county-open does not answer");
}

/* ---- what they decide ---------------------------------------------------------------- */

/* They have it, under their own number. */
static void take_over(struct platform *p, struct reply *r, const char *id, const char *ref)
{
    static const struct matter_step step = { "arrived", article, "", "", NULL };
    struct matter m;
    pthread_mutex_lock(&p->lock);
    int failed = sql_do(p, "BEGIN IMMEDIATE", "");
    if (!failed)
        failed = matter_load(p, &m, id);
    if (!failed) {
        text_copy(m.elsewhere.ref, sizeof(m.elsewhere.ref), ref);
        failed = matter_record(p, &m, &step);
    }
    if (!failed)
        failed = sql_do(p, "COMMIT", "");
    if (failed)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    if (failed)
        reply_problem(r, 503, "storage", "it could not be stored");
    else
        reply_json(r, 200, json_pack("{ss, ss}", "id", id, "ref", ref));
}

void elsewhere_step(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    struct matter m;
    char county[COUNTY];
    if (!enter(p, q, r, county))
        return;
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    const char *id = json_need_string(&reader, o, "id", UUID_TEXT - 1);
    const char *ref = json_want_string(&reader, o, "ref", sizeof(m.elsewhere.ref) - 1, "");
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-step", reader.complaint);
        return;
    }
    if (!is_theirs(p, r, county, id, &m))
        return;
    if (*ref) {
        take_over(p, r, id, ref);
        return;
    }
    json_object_set_new(
        o, "owner", json_pack("{ss, ss}", "name", m.elsewhere.name[0], "phone", m.elsewhere.phone));
    desk_step_of(p, o, r);
}
