#include "tests/platform/ratings.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "tests/platform/desk.h"

enum { AT_ONCE = 20, TAGS_MAX = 6, TEXT_CHARACTERS = 60 };
static const char article[] = "Guobanfa [2019] 51";

int ratings_begin(struct platform *p)
{
    return sql_do(
        p,
        "CREATE TABLE IF NOT EXISTS rating(item TEXT PRIMARY KEY, about TEXT UNIQUE, level"
        " INTEGER NOT NULL DEFAULT 0, tags TEXT NOT NULL DEFAULT '[]', due TEXT NOT NULL"
        " DEFAULT '', revisited TEXT NOT NULL DEFAULT '', words TEXT NOT NULL DEFAULT '',"
        " by TEXT NOT NULL DEFAULT '') WITHOUT ROWID",
        "");
}

/* ---- the case ------------------------------------------------------------------------ */

static bool has_rating(struct platform *p, const char *id)
{
    sqlite3_stmt *q = sql(p, "SELECT 1 FROM rating WHERE about=?", "t", id);
    bool found = q && sqlite3_step(q) == SQLITE_ROW;
    sqlite3_finalize(q);
    return found;
}

static int rate(struct platform *p, const char *id)
{
    static const struct case_detail resident = { .by = ACTOR_RESIDENT };
    static const struct matter_step step = { "rate", article, "", "", NULL };
    struct matter m;
    int r = matter_load(p, &m, id);
    if (r || m.file.state != CASE_DELIVERED)
        return r;
    if (case_happen(&m.file, &p->calendar, CASE_EV_RATE, county_today(p), &resident))
        return fault_raise(-EPROTO);
    text_copy(m.article, sizeof(m.article), article);
    return matter_record(p, &m, &step);
}

int ratings_apply(struct platform *p, const char *id)
{
    if (!has_rating(p, id))
        return 0;
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = rate(p, id);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

/* ---- what came ----------------------------------------------------------------------- */

/* The application that it is about, handed in at the same kiosk and before it; "" none. */
static void find_case(struct platform *p, char out[UUID_TEXT], const char *rating,
                      const char *receipt)
{
    sqlite3_stmt *q = sql(p,
                          "SELECT a.id FROM item a, item r WHERE r.id=? AND a.receipt=? AND"
                          " a.kind='application' AND a.kiosk=r.kiosk AND a.install_id=r.install_id"
                          " AND a.seq<r.seq",
                          "tt", rating, receipt);
    bool found = q && sqlite3_step(q) == SQLITE_ROW;
    text_copy(out, UUID_TEXT, found ? sql_text(q, 0) : "");
    sqlite3_finalize(q);
}

static json_t *tags_of(const json_t *rating)
{
    const json_t *from = json_object_get(rating, "tags");
    json_t *list = json_array();
    for (size_t i = 0; i < json_array_size(from) && i < TAGS_MAX; i++)
        if (json_string_length(json_array_get(from, i)) <= 24)
            json_array_append(list, json_array_get(from, i));
    return list;
}

/* Looked at once: what is about no case, or comes second, is kept as an item and counts for nothing. */
static int join(struct platform *p, const char *item, const json_t *rating)
{
    char about[UUID_TEXT] = "", due[9] = "";
    const char *receipt = json_string_value(json_object_get(rating, "case"));
    json_int_t level = json_integer_value(json_object_get(rating, "level"));
    bool is_grade = level >= 1 && level <= RATING_LEVELS;
    if (receipt && is_grade)
        find_case(p, about, item, receipt);
    if (!*about || has_rating(p, about))
        return sql_do(p, "INSERT OR IGNORE INTO rating(item) VALUES(?)", "t", item);
    if (level <= RATING_BAD)
        day_to_text(due, calendar_add(&p->calendar, county_today(p), RATING_REVISIT_DAYS, NULL));
    AUTO(json_release) json_t *tags = tags_of(rating);
    char *text = json_canonical(tags);
    int r = text ? sql_do(p, "INSERT INTO rating(item, about, level, tags, due) VALUES(?,?,?,?,?)",
                          "ttitt", item, about, (int64_t)level, text, due)
                 : fault_raise(-ENOMEM);
    json_text_free(text);
    return r ? r : ratings_apply(p, about);
}

static json_t *unknown(struct platform *p)
{
    json_t *ids = json_array();
    sqlite3_stmt *q = sql(p,
                          "SELECT i.id FROM item i LEFT JOIN rating r ON r.item=i.id WHERE"
                          " i.kind='rating' AND r.item IS NULL ORDER BY i.n LIMIT ?",
                          "i", (int64_t)AT_ONCE);
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(ids, json_string(sql_text(q, 0)));
    sqlite3_finalize(q);
    return ids;
}

void ratings_learn(struct platform *p)
{
    pthread_mutex_lock(&p->lock);
    AUTO(json_release) json_t *ids = unknown(p);
    pthread_mutex_unlock(&p->lock);
    for (size_t i = 0; i < json_array_size(ids); i++) {
        char line[UUID_TEXT + 8];
        const char *id = json_string_value(json_array_get(ids, i));
        snprintf(line, sizeof(line), "open %.36s", id);
        AUTO(json_release) json_t *opened = opener_ask(p, line);
        if (!opened)
            return; /* county-open is away: later */
        pthread_mutex_lock(&p->lock);
        if (join(p, id, json_object_get(json_object_get(opened, "item"), "rating")))
            log_line(LOG_ERROR, "county", "a rating could not be stored");
        pthread_cond_broadcast(&p->news);
        pthread_mutex_unlock(&p->lock);
    }
}

/* ---- the clerk's page ---------------------------------------------------------------- */

json_t *ratings_of(struct platform *p, const char *id)
{
    char complaint[JSON_COMPLAINT], due[11], revisited[11];
    json_t *o = NULL;
    sqlite3_stmt *q =
        sql(p, "SELECT level, tags, due, revisited, words, by FROM rating WHERE about=?", "t", id);
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        const char *tags = sql_text(q, 1);
        day last = day_from_text(sql_text(q, 2)), done = day_from_text(sql_text(q, 3));
        bool is_late = last != DAY_NONE && done == DAY_NONE && county_today(p) > last;
        county_day_text(due, last);
        county_day_text(revisited, done);
        o = json_pack("{si, so, ss, ss, ss, ss, sb}", "level", sqlite3_column_int(q, 0), "tags",
                      json_parse(tags, strlen(tags), complaint), "due", due, "revisited", revisited,
                      "words", sql_text(q, 4), "by", sql_text(q, 5), "late", is_late);
    }
    sqlite3_finalize(q);
    return o;
}

/* ---- calling back -------------------------------------------------------------------- */

static int keep(struct platform *p, const char *id, const char *words, const char *by)
{
    const struct matter_step step = { "revisit", article, words, by, NULL };
    struct matter m;
    char date[9];
    day_to_text(date, county_today(p));
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = sql_do(p, "UPDATE rating SET revisited=?, words=?, by=? WHERE about=?", "tttt", date, words,
               by, id);
    if (!r)
        r = matter_load(p, &m, id);
    if (!r)
        r = matter_note(p, &m, &step); /* what was said on the telephone stays between the two */
    if (!r)
        r = matter_tell(p, &m, "");
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

static void revisit(struct platform *p, struct reply *r, const char *id, const char *words,
                    const char *by)
{
    AUTO(json_release) json_t *rating = ratings_of(p, id);
    const char *due = json_string_value(json_object_get(rating, "due")),
               *done = json_string_value(json_object_get(rating, "revisited"));
    if (!due || !*due) {
        reply_problem(r, 404, "not-found", "nobody has to be called back about this");
    } else if (*done) {
        reply_problem(r, 409, "revisited", "they were called back already");
    } else if (keep(p, id, words, by)) {
        reply_problem(r, 503, "storage", "it could not be stored");
    } else {
        pthread_cond_broadcast(&p->news);
        reply_json(r, 200, json_pack("{ss}", "id", id));
    }
}

void ratings_revisit_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    const char *id = json_need_string(&reader, o, "id", UUID_TEXT - 1);
    const char *words = json_need_string(&reader, o, "words", 4 * (size_t)TEXT_CHARACTERS);
    const char *by = json_need_string(&reader, o, "by", 4 * (size_t)TEXT_CHARACTERS);
    if (json_is_clean(&reader) && (!*words || !*by || text_count(words) > TEXT_CHARACTERS ||
                                   text_count(by) > TEXT_CHARACTERS))
        json_complain(&reader, "words and by must have 1 to %d characters", TEXT_CHARACTERS);
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-revisit", reader.complaint);
        return;
    }
    pthread_mutex_lock(&p->lock);
    revisit(p, r, id, words, by);
    pthread_mutex_unlock(&p->lock);
}
