/* States of cases, behind a cursor; a request may wait for news. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/matter.h"

enum { WAIT_MOST_S = 55, LIMIT_USUAL = 200, LIMIT_MOST = 500 };

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static int add(struct platform *p, const char *kiosk, const char *hash,
               const struct feed_news *news)
{
    char now[21];
    county_now(p, now);
    char *list = news->missing ? json_canonical(news->missing) : NULL;
    char *facts = news->facts ? json_canonical(news->facts) : NULL;
    char *timeline = news->timeline ? json_canonical(news->timeline) : NULL;
    int r = sql_do(
        p,
        "INSERT INTO feed(kiosk, receipt_hash, state, changed_at, due, missing, server_ref, note,"
        " facts) VALUES(?,?,?,?,?,?,?,?,?)",
        "ttttttttt", kiosk, hash, news->state, now, or_empty(news->due), list ? list : "[]",
        or_empty(news->server_ref), or_empty(news->note), facts ? facts : "{}");
    if (!r && timeline)
        r = sql_do(p, "INSERT INTO feed_timeline(pos, body) VALUES(?,?)", "it",
                   (int64_t)sqlite3_last_insert_rowid(p->db), timeline);
    json_text_free(list);
    json_text_free(facts);
    json_text_free(timeline);
    return r;
}

int feed_add(struct platform *p, const char *kiosk, const char *receipt,
             const struct feed_news *news)
{
    uint8_t sum[SHA256_BYTES];
    char hash[HASH_HEX + 1];
    sha256(sum, receipt, strlen(receipt));
    hex_encode(hash, sum, sizeof(sum));
    return add(p, kiosk, hash, news);
}

int feed_add_claim(struct platform *p, const char *hash, const struct feed_news *news)
{
    sqlite3_stmt *q = sql(p, "SELECT id FROM kiosk", "");
    int r = q ? 0 : -EIO;
    while (!r && sqlite3_step(q) == SQLITE_ROW)
        r = add(p, sql_text(q, 0), hash, news);
    sqlite3_finalize(q);
    return r;
}

/* Cursor: "<epoch>.<position>", so that one of another history is known. */
static bool read_cursor(const struct platform *p, const char *text, int64_t *position)
{
    size_t length = strlen(p->epoch);
    int value = 0;
    *position = 0;
    if (!*text)
        return true;
    if (strncmp(text, p->epoch, length) != 0 || text[length] != '.' ||
        !text_to_int(&value, text + length + 1) || value < 0)
        return false;
    *position = value;
    return true;
}

static void add_text(json_t *o, const char *name, const char *text)
{
    if (*text)
        json_object_set_new(o, name, json_string(text));
}

static void add_json(json_t *o, const char *name, const char *text)
{
    char complaint[JSON_COMPLAINT];
    if (strcmp(text, "[]") != 0 && strcmp(text, "{}") != 0)
        json_object_set_new(o, name, json_parse(text, strlen(text), complaint));
}

json_t *feed_entry(sqlite3_stmt *q, int at, const char *receipt_hash)
{
    json_t *o = json_pack("{ss, ss, ss}", "receipt_hash", receipt_hash, "state", sql_text(q, at),
                          "changed_at", sql_text(q, at + 1));
    add_text(o, "due", sql_text(q, at + 2));
    add_json(o, "missing", sql_text(q, at + 3));
    add_text(o, "server_ref", sql_text(q, at + 4));
    add_text(o, "note", sql_text(q, at + 5));
    add_json(o, "facts", sql_text(q, at + 6));
    add_json(o, "timeline", sql_text(q, at + 7));
    return o;
}

/* Inside the lock. One entry more than the limit tells whether there is more. */
static json_t *page(struct platform *p, const char *kiosk, int64_t from, int64_t limit)
{
    char cursor[80];
    json_t *entries = json_array();
    int64_t last = from, count = 0;
    sqlite3_stmt *q =
        sql(p,
            "SELECT f.pos, receipt_hash, state, changed_at, due, missing, server_ref, note, facts,"
            " coalesce(t.body,'{}') FROM feed f LEFT JOIN feed_timeline t ON t.pos=f.pos"
            " WHERE kiosk=? AND f.pos>? ORDER BY f.pos LIMIT ?",
            "tii", kiosk, from, limit + 1);
    if (!q) {
        json_decref(entries);
        return NULL;
    }
    while (count < limit && sqlite3_step(q) == SQLITE_ROW) {
        json_array_append_new(entries, feed_entry(q, 2, sql_text(q, 1)));
        last = sqlite3_column_int64(q, 0);
        count++;
    }
    bool has_more = count == limit && sqlite3_step(q) == SQLITE_ROW;
    sqlite3_finalize(q);
    snprintf(cursor, sizeof(cursor), "%s.%lld", p->epoch, (long long)last);
    return json_pack("{ss, sb, so}", "cursor", cursor, "more", has_more, "entries", entries);
}

/* Inside the lock: a page, held back while it would be empty. */
static json_t *wait_for_page(struct platform *p, const char *kiosk, int64_t from, int limit,
                             int wait_s)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until); /* what pthread_cond_timedwait() goes by */
    until.tv_sec += wait_s;
    json_t *o = page(p, kiosk, from, limit);
    p->waiting++;
    while (wait_s && !p->is_ending && !json_array_size(json_object_get(o, "entries")) &&
           !pthread_cond_timedwait(&p->news, &p->lock, &until)) {
        json_decref(o);
        o = page(p, kiosk, from, limit);
    }
    p->waiting--;
    return o;
}

void feed_get(struct platform *p, const struct request_in *q, struct reply *r)
{
    int64_t from;
    int limit = LIMIT_USUAL, wait_s = 0;
    const char *limit_text = request_argument(q, "limit"), *wait_text = request_argument(q, "wait");
    bool is_good = (!*limit_text || text_to_int(&limit, limit_text)) &&
                   (!*wait_text || text_to_int(&wait_s, wait_text));
    if (!is_good || limit < 1 || limit > LIMIT_MOST || wait_s < 0 || wait_s > WAIT_MOST_S) {
        reply_problem(r, 400, "bad-argument", "limit is 1 to 500, wait 0 to 55");
        return;
    }
    if (!read_cursor(p, request_argument(q, "cursor"), &from)) {
        reply_problem(r, 410, "cursor",
                      "this cursor is of another history: start again without one");
        return;
    }
    pthread_mutex_lock(&p->lock);
    json_t *o = wait_for_page(p, q->kiosk, from, limit, wait_s);
    pthread_mutex_unlock(&p->lock);
    if (o)
        reply_json(r, 200, o);
    else
        reply_problem(r, 503, "storage", "the platform cannot read its storage");
}
