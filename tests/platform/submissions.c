/* Items: each judged alone, accepted ones and their feed entries in one transaction, committed before the answer. The id is
 * unique for ever; the same id with the same hash is a duplicate, with another hash a conflict. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "tests/platform/platform.h"

enum { ITEMS_MAX = 50, SEALED_MAX = 64 * 1024, BLOB_MAX = 64 * 1024 * 1024 };

struct incoming {
    const char *id, *sha256, *kind, *install_id, *key_id, *after, *sealed_text;
    int64_t seq, suite, size;
    struct bytes sealed;
};

static json_t *result(const char *id, const char *outcome)
{
    return json_pack("{ss, ss}", "id", id, "outcome", outcome);
}

static json_t *rejected(const char *id, const char *why)
{
    json_t *o = result(id, "rejected");
    json_object_set_new(o, "problem", json_pack("{ss, ss}", "type", "https://onetrip.example/problems/bad-item", "title", why));
    return o;
}

static void read_item(struct json_reader *r, struct incoming *i, const json_t *o)
{
    *i = (struct incoming){ .id = json_need_string(r, o, "id", UUID_TEXT - 1) };
    i->sha256 = json_need_string(r, o, "sha256", 64);
    i->kind = json_need_string(r, o, "kind", 24);
    i->install_id = json_need_string(r, o, "install_id", UUID_TEXT - 1);
    i->key_id = json_need_string(r, o, "key_id", SEAL_KEY_ID - 1);
    i->after = json_want_string(r, o, "after", UUID_TEXT - 1, "");
    i->seq = json_need_integer(r, o, "seq", 1, INT64_MAX);
    i->suite = json_need_integer(r, o, "suite", 1, 2);
    i->size = json_need_integer(r, o, "size", 1, BLOB_MAX);
    i->sealed_text = json_string_value(json_object_get(o, "sealed"));
}

/* The verdict on an id that is here already, or NULL. */
static json_t *known(struct platform *p, const char *id, const char *sha256, const char *kiosk)
{
    json_t *o = NULL;
    sqlite3_stmt *q = sql(p, "SELECT sha256, kiosk, server_ref FROM item WHERE id=?", "t", id);
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        bool is_same = !strcmp(sql_text(q, 0), sha256) && !strcmp(sql_text(q, 1), kiosk);
        o = result(id, is_same ? "duplicate" : "conflict");
        if (is_same)
            json_object_set_new(o, "server_ref", json_string(sql_text(q, 2)));
    }
    sqlite3_finalize(q);
    return o;
}

/* Join the parts of a blob; -ENOENT when some are missing. */
static int join_blob(struct platform *p, struct bytes *out, const char *sha256)
{
    sqlite3_stmt *q = sql(p, "SELECT n, data FROM part WHERE sha256=? ORDER BY n", "t", sha256);
    int r = q ? 0 : -EIO;
    for (int64_t n = 0; !r && sqlite3_step(q) == SQLITE_ROW; n++)
        r = sqlite3_column_int64(q, 0) != n
                ? -ENOENT
                : bytes_append(out, sqlite3_column_blob(q, 1), (size_t)sqlite3_column_bytes(q, 1));
    sqlite3_finalize(q);
    return r;
}

static bool fits_hash(const struct incoming *i)
{
    uint8_t sum[SHA256_BYTES];
    char hex[2 * SHA256_BYTES + 1];
    sha256(sum, i->sealed.data, i->sealed.length);
    hex_encode(hex, sum, sizeof(sum));
    return (int64_t)i->sealed.length == i->size && !strcmp(hex, i->sha256);
}

/* The sealed bytes, inline or as a blob. NULL when they are here and whole, else the verdict. */
static json_t *fetch_sealed(struct platform *p, struct incoming *i)
{
    if (i->sealed_text) {
        bool is_whole = !base64_decode(&i->sealed, i->sealed_text, strlen(i->sealed_text)) && i->sealed.length <= SEALED_MAX;
        return is_whole && fits_hash(i) ? NULL : rejected(i->id, "the sealed bytes do not fit size and hash");
    }
    return !join_blob(p, &i->sealed, i->sha256) && fits_hash(i) ? NULL : result(i->id, "missing_blobs");
}

static bool is_stored(struct platform *p, const char *id)
{
    sqlite3_stmt *q = sql(p, "SELECT 1 FROM item WHERE id=?", "t", id);
    bool found = q && sqlite3_step(q) == SQLITE_ROW;
    sqlite3_finalize(q);
    return found;
}

static json_t *store_item(struct platform *p, const char *kiosk, const struct incoming *i)
{
    char receipt[RECEIPT_TEXT], now[21], server_ref[64];
    receipt_format(receipt, kiosk, (uint64_t)i->seq);
    now_utc(now);
    snprintf(server_ref, sizeof(server_ref), "DEMO-%.4s-%s", now, receipt);
    int r = sql_do(p,
                   "INSERT INTO item(id, sha256, kiosk, install_id, seq, kind, suite, key_id, receipt, received_at, server_ref,"
                   " state, sealed) VALUES(?,?,?,?,?,?,?,?,?,?,?,'received',?)",
                   "ttttititttt" "b", i->id, i->sha256, kiosk, i->install_id, i->seq, i->kind, i->suite, i->key_id, receipt,
                   now, server_ref, i->sealed.data, i->sealed.length);
    if (!r)
        r = feed_add(p, kiosk, receipt, "received", "", NULL, server_ref, "");
    if (!r && !i->sealed_text)
        r = sql_do(p, "DELETE FROM part WHERE sha256=?", "t", i->sha256);
    if (r)
        return result(i->id, "retry");
    json_t *o = result(i->id, "accepted");
    json_object_set_new(o, "server_ref", json_string(server_ref));
    json_object_set_new(o, "received_at", json_string(now));
    return o;
}

static json_t *judge(struct platform *p, const char *kiosk, const json_t *o)
{
    struct json_reader r = { 0 };
    struct incoming i;
    uint8_t id[UUID_BYTES];
    read_item(&r, &i, o);
    if (json_is_clean(&r) && uuid_parse(id, i.id))
        json_complain(&r, "id is no UUID");
    if (!json_is_clean(&r))
        return rejected(i.id && *i.id ? i.id : "00000000-0000-7000-8000-000000000000", r.complaint);
    json_t *verdict = known(p, i.id, i.sha256, kiosk);
    if (!verdict && *i.after && !is_stored(p, i.after))
        verdict = result(i.id, "wait");
    if (!verdict)
        verdict = fetch_sealed(p, &i);
    if (!verdict)
        verdict = store_item(p, kiosk, &i);
    bytes_clear(&i.sealed);
    return verdict;
}

static bool has_true_digest(const struct request_in *q)
{
    uint8_t sum[SHA256_BYTES];
    char want[80];
    struct bytes text AUTO_BYTES = { 0 };
    sha256(sum, q->body.data, q->body.length);
    if (base64_encode(&text, sum, sizeof(sum)))
        return false;
    snprintf(want, sizeof(want), "sha-256=:%.*s:", (int)text.length, (const char *)text.data);
    return !strcmp(request_header_in(q, "Content-Digest"), want);
}

void submissions_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    if (!has_true_digest(q)) {
        reply_problem(r, 408, "damaged", "the content does not fit its Content-Digest: send it again");
        return;
    }
    AUTO(json_release) json_t *batch = request_json(q, r);
    if (!batch)
        return;
    const json_t *items = json_object_get(batch, "items");
    size_t count = json_array_size(items);
    if (!count || count > ITEMS_MAX) {
        reply_problem(r, count ? 413 : 400, "items", "a batch has 1 to 50 items");
        return;
    }
    json_t *results = json_array();
    pthread_mutex_lock(&p->lock);
    int failed = sql_do(p, "BEGIN IMMEDIATE", "");
    for (size_t i = 0; !failed && i < count; i++)
        json_array_append_new(results, judge(p, q->kiosk, json_array_get(items, i)));
    if (!failed)
        failed = sql_do(p, "COMMIT", "");
    if (failed)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    else
        faults_committed(p);
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    if (failed) {
        json_decref(results);
        reply_problem(r, 503, "storage", "the platform could not store the batch");
        return;
    }
    reply_json(r, 200, json_pack("{so}", "results", results));
}

void submissions_get(struct platform *p, const struct request_in *q, struct reply *r, const char *id)
{
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s = sql(p, "SELECT server_ref, received_at FROM item WHERE id=? AND kiosk=?", "tt", id, q->kiosk);
    if (s && sqlite3_step(s) == SQLITE_ROW)
        reply_json(r, 200, json_pack("{ss, ss, ss, ss}", "id", id, "outcome", "accepted", "server_ref", sql_text(s, 0),
                                     "received_at", sql_text(s, 1)));
    else
        reply_problem(r, 404, "not-found", "no such item of this kiosk");
    sqlite3_finalize(s);
    pthread_mutex_unlock(&p->lock);
}
