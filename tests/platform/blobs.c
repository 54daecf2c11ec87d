/* Large sealed bytes in parts of 256 KiB, in any order, as often as one likes. What a kiosk sends
 * is its own: the same bytes of another are another blob. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "tests/platform/platform.h"

enum { PARTS_MAX = BLOB_MAX / PART_BYTES };
/* Parts of one kiosk whose items have not come yet. */
#define PENDING_MAX (INT64_C(4) * BLOB_MAX)

static bool is_hash(const char *text, size_t length)
{
    return length == HASH_HEX && strspn(text, "0123456789abcdef") >= length;
}

/* ---- what is there; inside the lock -------------------------------------------------- */

struct blob {
    int64_t size, have;
    json_t *parts;
    bool is_item; /* an item of these bytes is stored: nothing more is needed */
};

static int look(struct platform *p, struct blob *out, const char *kiosk, const char *sha256)
{
    *out = (struct blob){ .parts = json_array() };
    sqlite3_stmt *q =
        sql(p, "SELECT n, size, length(data) FROM part WHERE kiosk=? AND sha256=? ORDER BY n", "tt",
            kiosk, sha256);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        json_array_append_new(out->parts, json_integer(sqlite3_column_int64(q, 0)));
        out->size = sqlite3_column_int64(q, 1);
        out->have += sqlite3_column_int64(q, 2);
    }
    sqlite3_finalize(q);
    sqlite3_stmt *item =
        sql(p, "SELECT 1 FROM item WHERE kiosk=? AND sha256=?", "tt", kiosk, sha256);
    out->is_item = item && sqlite3_step(item) == SQLITE_ROW;
    sqlite3_finalize(item);
    return q && item && out->parts ? 0 : -EIO;
}

/* Takes the blob's parts. */
static void reply_blob(struct reply *r, const char *sha256, const struct blob *b)
{
    bool is_complete = b->is_item || (b->have && b->have == b->size);
    reply_json(r, 200,
               json_pack("{ss%, sb, so}", "sha256", sha256, (size_t)HASH_HEX, "complete",
                         is_complete, "parts", b->parts));
}

void blobs_get(struct platform *p, const struct request_in *q, struct reply *r, const char *sha256)
{
    struct blob b = { 0 };
    if (!is_hash(sha256, strlen(sha256))) {
        reply_problem(r, 404, "not-found", "no such blob");
        return;
    }
    pthread_mutex_lock(&p->lock);
    int failed = look(p, &b, q->kiosk, sha256);
    pthread_mutex_unlock(&p->lock);
    if (!failed && (b.is_item || b.have)) {
        reply_blob(r, sha256, &b);
        return;
    }
    json_decref(b.parts);
    if (failed)
        reply_problem(r, 503, "storage", "the platform cannot read its storage");
    else
        reply_problem(r, 404, "not-found", "nothing of this blob is here");
}

/* ---- parts --------------------------------------------------------------------------- */

struct part {
    char sha256[HASH_HEX + 1];
    int n, size;
};

/* "<sha256>/parts/<n>", and `size` of the whole from the query. */
static bool read_part(struct part *out, const struct request_in *q, const char *rest)
{
    const char *slash = strchr(rest, '/');
    if (!slash || !is_hash(rest, (size_t)(slash - rest)) || strncmp(slash, "/parts/", 7) != 0)
        return false;
    snprintf(out->sha256, sizeof(out->sha256), "%s", rest);
    return text_to_int(&out->n, slash + 7) &&
           text_to_int(&out->size, request_argument(q, "size")) && out->n >= 0 &&
           out->n < PARTS_MAX && out->size > 0 && out->size <= BLOB_MAX &&
           out->n * PART_BYTES < out->size;
}

static size_t part_length(const struct part *part)
{
    int left = part->size - part->n * PART_BYTES;
    return (size_t)(left < PART_BYTES ? left : PART_BYTES);
}

static int64_t pending(struct platform *p, const char *kiosk)
{
    int64_t bytes = PENDING_MAX;
    sqlite3_stmt *q =
        sql(p, "SELECT coalesce(sum(length(data)),0) FROM part WHERE kiosk=?", "t", kiosk);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        bytes = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return bytes;
}

/* Inside the lock. Parts that were sent for another size are of no use together with this one. */
static int store_part(struct platform *p, const char *kiosk, const struct part *part,
                      const struct bytes *data)
{
    int r = sql_do(p, "DELETE FROM part WHERE kiosk=? AND sha256=? AND size<>?", "tti", kiosk,
                   part->sha256, (int64_t)part->size);
    if (r)
        return r;
    return sql_do(
        p, "INSERT OR REPLACE INTO part(kiosk, sha256, n, size, at_ms, data) VALUES(?,?,?,?,?,?)",
        "ttiiib", kiosk, part->sha256, (int64_t)part->n, (int64_t)part->size,
        system_clock.wall_ms(&system_clock), data->data, data->length);
}

void blobs_put(struct platform *p, const struct request_in *q, struct reply *r, const char *rest)
{
    struct part part;
    struct blob b = { 0 };
    if (!read_part(&part, q, rest)) {
        reply_problem(r, 422, "bad-part", "this is no part of a blob");
        return;
    }
    if (q->body.length != part_length(&part) || !request_is_whole(q)) {
        reply_problem(r, 422, "bad-part",
                      "the part came in damaged, or has another length than its place in the blob");
        return;
    }
    pthread_mutex_lock(&p->lock);
    int failed = pending(p, q->kiosk) + (int64_t)q->body.length > PENDING_MAX
                     ? -ENOSPC
                     : store_part(p, q->kiosk, &part, &q->body);
    if (!failed)
        failed = look(p, &b, q->kiosk, part.sha256);
    pthread_mutex_unlock(&p->lock);
    if (!failed) {
        reply_blob(r, part.sha256, &b);
        return;
    }
    json_decref(b.parts);
    reply_problem(r, 507, "storage", "there is no room for this part");
}
