/* Large sealed bytes in parts of 256 KiB, in any order, as often as one likes. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "tests/platform/platform.h"

enum { PART = 256 * 1024, PARTS_MAX = 256 };

static bool is_hash(const char *text)
{
    return strspn(text, "0123456789abcdef") == 64 && strlen(text) == 64;
}

/* Inside the lock. */
static void reply_state(struct platform *p, struct reply *r, const char *sha256)
{
    json_t *parts = json_array();
    int64_t size = 0, have = 0;
    sqlite3_stmt *q = sql(p, "SELECT n, size, length(data) FROM part WHERE sha256=? ORDER BY n", "t", sha256);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        json_array_append_new(parts, json_integer(sqlite3_column_int64(q, 0)));
        size = sqlite3_column_int64(q, 1);
        have += sqlite3_column_int64(q, 2);
    }
    sqlite3_finalize(q);
    reply_json(r, 200, json_pack("{ss, sb, so}", "sha256", sha256, "complete", have && have == size, "parts", parts));
}

void blobs_get(struct platform *p, const struct request_in *q, struct reply *r, const char *sha256)
{
    (void)q;
    if (!is_hash(sha256)) {
        reply_problem(r, 404, "not-found", "no such blob");
        return;
    }
    pthread_mutex_lock(&p->lock);
    reply_state(p, r, sha256);
    if (!strstr((const char *)r->body.data, "\"parts\":[0") && !strstr((const char *)r->body.data, "\"parts\":[1"))
        reply_problem(r, 404, "not-found", "nothing of this blob is here");
    pthread_mutex_unlock(&p->lock);
}

/* `rest`: "<sha256>/parts/<n>" */
void blobs_put(struct platform *p, const struct request_in *q, struct reply *r, const char *rest)
{
    char sha256[65] = "";
    int n, size;
    snprintf(sha256, sizeof(sha256), "%.64s", rest);
    bool is_path = is_hash(sha256) && !strncmp(rest + 64, "/parts/", 7) && text_to_int(&n, rest + 71) && n >= 0 && n < PARTS_MAX;
    bool is_size = is_path && text_to_int(&size, request_argument(q, "size")) && size > 0 && n * PART < size;
    if (!is_size) {
        reply_problem(r, 422, "bad-part", "this is no part of a blob");
        return;
    }
    size_t want = (size_t)(size - n * PART < PART ? size - n * PART : PART);
    if (q->body.length != want) {
        reply_problem(r, 422, "bad-part", "the part has another length than its place in the blob says");
        return;
    }
    pthread_mutex_lock(&p->lock);
    if (sql_do(p, "INSERT OR REPLACE INTO part VALUES(?,?,?,?)", "tiib", sha256, (int64_t)n, (int64_t)size, q->body.data,
               q->body.length))
        reply_problem(r, 507, "storage", "the part could not be stored");
    else
        reply_state(p, r, sha256);
    pthread_mutex_unlock(&p->lock);
}
