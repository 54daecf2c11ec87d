/* Items: each judged alone, accepted ones and their feed entries in one transaction, committed
 * before the answer. The id is unique for ever; the same id with the same hash is a duplicate, with
 * another hash a conflict. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "tests/platform/bells.h"
#include "tests/platform/incoming.h"
#include "tests/platform/matter.h"
#include "tests/platform/withdrawals.h"

enum { ITEMS_MAX = 50, RETRY_S = 30 };

/* ---- verdicts -----------------------------------------------------------------------------------
 */

static json_t *result(const char *id, const char *outcome)
{
    return json_pack("{ss, ss}", "id", id, "outcome", outcome);
}

static json_t *rejected(const char *id, const char *why)
{
    json_t *o = result(id, "rejected");
    json_object_set_new(
        o, "problem",
        json_pack("{ss, ss}", "type", "https://onetrip.example/problems/bad-item", "title", why));
    return o;
}

static json_t *retry(const char *id)
{
    json_t *o = result(id, "retry");
    json_object_set_new(o, "retry_after", json_integer(RETRY_S));
    return o;
}

/* The verdict on an id that is here already, or NULL. */
static json_t *known(struct platform *p, const char *id, const char *sha256, const char *kiosk)
{
    json_t *o = NULL;
    sqlite3_stmt *q = sql(p, "SELECT sha256, kiosk, server_ref FROM item WHERE id=?", "t", id);
    if (!q)
        return retry(id);
    if (sqlite3_step(q) == SQLITE_ROW) {
        bool is_same = !strcmp(sql_text(q, 0), sha256) && !strcmp(sql_text(q, 1), kiosk);
        o = result(id, is_same ? "duplicate" : "conflict");
        if (is_same)
            json_object_set_new(o, "server_ref", json_string(sql_text(q, 2)));
    }
    sqlite3_finalize(q);
    return o;
}

static bool has_come(struct platform *p, const char *kiosk, const char *id)
{
    sqlite3_stmt *q = sql(p, "SELECT 1 FROM item WHERE id=? AND kiosk=?", "tt", id, kiosk);
    bool found = q && sqlite3_step(q) == SQLITE_ROW;
    sqlite3_finalize(q);
    return found;
}

/* ---- the sealed bytes ---------------------------------------------------------------------------
 */

/* Join the parts of a blob; -ENOENT when some are missing. */
static int join_blob(struct platform *p, struct incoming *i, const char *kiosk)
{
    sqlite3_stmt *q = sql(p, "SELECT n, data FROM part WHERE kiosk=? AND sha256=? ORDER BY n", "tt",
                          kiosk, i->sha256);
    int r = q ? 0 : -EIO;
    for (int64_t n = 0; !r && sqlite3_step(q) == SQLITE_ROW; n++)
        r = sqlite3_column_int64(q, 0) != n ? -ENOENT
                                            : bytes_append(&i->sealed, sqlite3_column_blob(q, 1),
                                                           (size_t)sqlite3_column_bytes(q, 1));
    sqlite3_finalize(q);
    return r ? r : (int64_t)i->sealed.length == i->size ? 0 : -ENOENT;
}

/* NULL when the bytes are here and whole, else the verdict. Damage on the way is no fault of the
 * item. */
static json_t *fetch_sealed(struct platform *p, struct incoming *i, const char *kiosk)
{
    if (i->sealed_text)
        return incoming_is_whole(i) ? NULL : retry(i->id);
    int r = join_blob(p, i, kiosk);
    if (r)
        return r == -ENOENT ? result(i->id, "missing_blobs") : retry(i->id);
    if (incoming_is_whole(i))
        return NULL;
    /* All parts are there and are not it: which one is wrong cannot be told. */
    r = sql_do(p, "DELETE FROM part WHERE kiosk=? AND sha256=?", "tt", kiosk, i->sha256);
    return r ? retry(i->id) : result(i->id, "missing_blobs");
}

/* ---- storing ------------------------------------------------------------------------------------
 */

struct batch {
    const char *kiosk;
    struct clock_facts sent;
    int64_t now_ms;
    int64_t
        sent_ms; /* when it was sent, as the county reckons: now, unless it travelled by stick */
};

static int insert_item(struct platform *p, const struct batch *b, const struct incoming *i,
                       const char *now, const char *server_ref)
{
    char receipt[RECEIPT_TEXT], submitted[21];
    receipt_format(receipt, b->kiosk, (uint64_t)i->seq);
    const char *basis = incoming_when(submitted, &i->clock, &b->sent, b->sent_ms);
    int r = sql_do(
        p,
        "INSERT INTO item(id, sha256, kiosk, install_id, seq, kind, suite, key_id, receipt, "
        "submitted_at, clock_basis,"
        " received_at, server_ref, state, sealed) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,'received',?)",
        "ttttitittttttb", i->id, i->sha256, b->kiosk, i->install_id, i->seq, i->kind, i->suite,
        i->key_id, receipt, submitted, basis, now, server_ref, i->sealed.data, i->sealed.length);
    if (!r && !strcmp(i->kind, "application"))
        r = matter_receive(p, i->id);
    else if (!r && !strcmp(i->kind, "escalation"))
        r = escalation_open(p, b->kiosk, i->id, receipt, server_ref);
    else if (!r && !strcmp(i->kind, "bell"))
        r = bell_open(p, b->kiosk, i->id, receipt, server_ref, submitted);
    else if (!r)
        r = feed_add(p, b->kiosk, receipt,
                     &(struct feed_news){ .state = "received", .server_ref = server_ref });
    if (!r && !i->sealed_text)
        r = sql_do(p, "DELETE FROM part WHERE kiosk=? AND sha256=?", "tt", b->kiosk, i->sha256);
    return r;
}

/* All of it or nothing; the others of the batch stay. */
static json_t *store_item(struct platform *p, const struct batch *b, const struct incoming *i)
{
    char now[21], receipt[RECEIPT_TEXT], server_ref[64];
    clock_format_utc(now, b->now_ms);
    receipt_format(receipt, b->kiosk, (uint64_t)i->seq);
    snprintf(server_ref, sizeof(server_ref), "DEMO-%.4s-%s", now, receipt);
    int r = sql_do(p, "SAVEPOINT item", "");
    if (r)
        return retry(i->id);
    r = insert_item(p, b, i, now, server_ref);
    if (r && sql_do(p, "ROLLBACK TO item", ""))
        log_line(LOG_ERROR, "county", "an item could not be taken back");
    if (sql_do(p, "RELEASE item", "") || r)
        return retry(i->id);
    json_t *o = result(i->id, "accepted");
    json_object_set_new(o, "server_ref", json_string(server_ref));
    json_object_set_new(o, "received_at", json_string(now));
    return o;
}

static json_t *judge_incoming(struct platform *p, const struct batch *b, struct incoming *i)
{
    json_t *verdict = known(p, i->id, i->sha256, b->kiosk);
    if (!verdict && *i->after && !has_come(p, b->kiosk, i->after))
        verdict = result(i->id, "wait");
    if (!verdict)
        verdict = fetch_sealed(p, i, b->kiosk);
    return verdict ? verdict : store_item(p, b, i);
}

static json_t *judge(struct platform *p, const struct batch *b, const json_t *o)
{
    struct json_reader r = { 0 };
    struct incoming i;
    incoming_read(&r, &i, o);
    json_t *verdict =
        json_is_clean(&r) ? judge_incoming(p, b, &i) : rejected(incoming_id(o), r.complaint);
    bytes_clear(&i.sealed);
    return verdict;
}

json_t *submissions_take(struct platform *p, const char *kiosk, struct incoming *i,
                         const struct clock_facts *sent, int64_t sent_ms)
{
    struct batch b = { .kiosk = kiosk,
                       .sent = *sent,
                       .now_ms = system_clock.wall_ms(&system_clock),
                       .sent_ms = sent_ms };
    return judge_incoming(p, &b, i);
}

/* Inside the lock. NULL when nothing of it could be committed. */
static json_t *judge_all(struct platform *p, const struct batch *b, const json_t *items)
{
    json_t *results = json_array();
    if (sql_do(p, "BEGIN IMMEDIATE", "")) {
        json_decref(results);
        return NULL;
    }
    for (size_t i = 0; i < json_array_size(items); i++)
        json_array_append_new(results, judge(p, b, json_array_get(items, i)));
    if (!sql_do(p, "COMMIT", ""))
        return results;
    sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    json_decref(results);
    return NULL;
}

/* ---- requests -----------------------------------------------------------------------------------
 */

/* The batch as a whole; false after filling in `r`. */
static bool read_batch(struct batch *out, const json_t *o, struct reply *r)
{
    struct json_reader reader = { 0 };
    const json_t *items = json_object_get(o, "items");
    size_t count = json_array_size(items);
    clock_facts_read(&reader, &out->sent, json_object_get(o, "sent_clock"));
    for (size_t i = 0; i < count; i++)
        if (!incoming_id(json_array_get(items, i)))
            json_complain(&reader, "items[%zu].id must be a UUID of version 7", i);
    if (!count)
        json_complain(&reader, "items must have 1 to %d elements", ITEMS_MAX);
    if (count > ITEMS_MAX)
        reply_problem(r, 413, "too-large", "a batch has at most 50 items");
    else if (!json_is_clean(&reader))
        reply_problem(r, 400, "bad-batch", reader.complaint);
    return count <= ITEMS_MAX && json_is_clean(&reader);
}

void submissions_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct batch b = { .kiosk = q->kiosk, .now_ms = system_clock.wall_ms(&system_clock) };
    b.sent_ms = b.now_ms;
    if (!request_is_whole(q)) {
        reply_problem(r, 408, "damaged",
                      "the content does not fit its Content-Digest: send it again");
        return;
    }
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o || !read_batch(&b, o, r))
        return;
    pthread_mutex_lock(&p->lock);
    json_t *results = judge_all(p, &b, json_object_get(o, "items"));
    if (results)
        faults_committed(p);
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    if (results)
        instant_decide(p, results);
    if (results)
        withdrawals_learn(p);
    if (results)
        reply_json(r, 200, json_pack("{so}", "results", results));
    else
        reply_problem(r, 503, "storage", "the platform could not store the batch");
}

void submissions_get(struct platform *p, const struct request_in *q, struct reply *r,
                     const char *id)
{
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s = sql(p, "SELECT server_ref, received_at FROM item WHERE id=? AND kiosk=?",
                          "tt", id, q->kiosk);
    if (s && sqlite3_step(s) == SQLITE_ROW)
        reply_json(r, 200,
                   json_pack("{ss, ss, ss, ss}", "id", id, "outcome", "accepted", "server_ref",
                             sql_text(s, 0), "received_at", sql_text(s, 1)));
    else
        reply_problem(r, s ? 404 : 503, s ? "not-found" : "storage",
                      s ? "no such item of this kiosk" : "try later");
    sqlite3_finalize(s);
    pthread_mutex_unlock(&p->lock);
}
