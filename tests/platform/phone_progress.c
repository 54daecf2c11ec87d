/* How far a matter is, for a phone that has its number (SS-51, SS-53). A number stands on a slip that may lie on the floor, and the next
 * one is soon guessed: it tells the state, the day and the parcel's way, never what it is about, what was written, whose it is, nor the code
 * by which it is collected. */
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/desk.h"
#include "tests/platform/parcels.h"

static void copy(json_t *out, const json_t *from, const char *key)
{
    json_t *value = json_object_get(from, key);
    if (value)
        json_object_set(out, key, value);
}

static json_t *told(sqlite3_stmt *q, const char *receipt)
{
    char complaint[JSON_COMPLAINT];
    const char *text = sql_text(q, 2);
    AUTO(json_release) json_t *timeline = json_parse(text, strlen(text), complaint);
    const json_t *delivery = json_object_get(timeline, "delivery");
    json_t *o = json_pack("{ss, ss, ss}", "receipt", receipt, "state", sql_text(q, 0), "changed_at",
                          sql_text(q, 1));
    copy(o, timeline, "promised_by");
    copy(o, timeline, "days_left");
    copy(o, delivery, "kind");
    copy(o, delivery, "parcel");
    return o;
}

/* Inside the lock. NULL: nobody has heard of it. */
static json_t *find(struct platform *p, const char *receipt)
{
    uint8_t sum[SHA256_BYTES];
    char hash[HASH_HEX + 1];
    json_t *o = NULL;
    sha256(sum, receipt, strlen(receipt));
    hex_encode(hash, sum, sizeof(sum));
    sqlite3_stmt *q =
        sql(p,
            "SELECT state, changed_at, coalesce(body, '{}') FROM feed LEFT JOIN"
            " feed_timeline USING(pos) WHERE receipt_hash=? ORDER BY pos DESC LIMIT 1",
            "t", hash);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        o = told(q, receipt);
    sqlite3_finalize(q);
    return o;
}

void phone_progress(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    char receipt[RECEIPT_TEXT];
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    const char *said = json_need_string(&reader, o, "receipt", 40);
    if (!json_is_clean(&reader) || receipt_parse(receipt, said)) {
        reply_problem(r, 400, "bad-number", "this is no number of a matter");
        return;
    }
    pthread_mutex_lock(&p->lock);
    json_t *found = find(p, receipt);
    pthread_mutex_unlock(&p->lock);
    if (found)
        reply_json(r, 200, found);
    else
        reply_problem(r, 404, "not-found", "the county has not heard of this number yet");
}
