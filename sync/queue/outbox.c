/* What waits for the county: claimed to be sent, judged by its verdict. */
#include "sync/queue/outbox.h"

#include <string.h>

#include "firmware/base/log.h"
#include "sync/queue/events.h"
#include "sync/queue/inside.h"

void store_read_item(struct item *i, sqlite3_stmt *q)
{
    memset(i, 0, sizeof(*i));
    i->seq = db_i64(q, 0);
    db_blob(i->id, UUID_BYTES, q, 1);
    db_blob(i->token, UUID_BYTES, q, 2);
    i->kind = (enum item_kind)db_i64(q, 3);
    i->has_chain = db_blob(i->chain, UUID_BYTES, q, 4);
    i->has_after = db_blob(i->after, UUID_BYTES, q, 5);
    i->suite = (int)db_i64(q, 6);
    db_text(i->key_id, sizeof(i->key_id), q, 7);
    i->size = (size_t)db_i64(q, 8);
    db_blob(i->sha256, SHA256_BYTES, q, 9);
    db_blob(i->when.boot_id, UUID_BYTES, q, 10);
    i->when.boot_ms = db_i64(q, 11);
    i->when.wall_ms = db_i64(q, 12);
    i->when.quality = (enum clock_quality)db_i64(q, 13);
    db_text(i->receipt, sizeof(i->receipt), q, 14);
    i->position = db_i64(q, 15);
}

void claim_clear(struct claim *c)
{
    bytes_clear(&c->body);
    memset(c, 0, sizeof(*c));
}

/* Column 0 of `q` appended, row by row. */
static int read_chunks(struct store *s, int64_t seq, int64_t from, bool only_one, struct bytes *out)
{
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_CHUNKS];
    size_t before = out->length;
    int r = DB_QUERY(s->db, q, DB_I(seq), DB_I(from));
    for (; !r; r = db_step(s->db, q)) {
        int appended =
            bytes_append(out, sqlite3_column_blob(q, 0), (size_t)sqlite3_column_bytes(q, 0));
        if (appended)
            return appended;
        if (only_one)
            return 0;
    }
    return r == DB_E_DONE && out->length > before ? 0 : r;
}

/* A page of the database can rot without breaking its structure; the hash was taken before anything
 * was stored. */
static bool is_whole(const struct item *i, const struct bytes *body)
{
    uint8_t sum[SHA256_BYTES];
    if (body->length != i->size)
        return false;
    sha256(sum, body->data, body->length);
    return !memcmp(sum, i->sha256, sizeof(sum));
}

/* The spool log stands in for bytes that the database has lost. DB_E_DONE: both have. */
static int read_body(struct store *s, const struct item *i, struct bytes *body, bool *is_from_log)
{
    int r = read_chunks(s, i->seq, 0, false, body);
    *is_from_log = r || !is_whole(i, body);
    if (!*is_from_log)
        return 0;
    body->length = 0;
    if (r && r != DB_E_DONE)
        return r;
    r = i->position ? spool_read(s->spool, i->position, body) : SPOOL_E_DAMAGED;
    return r == SPOOL_E_DAMAGED ? DB_E_DONE : r;
}

static int fill_claim(struct store *s, struct claim *c, sqlite3_stmt *q, size_t inline_max)
{
    *c = (struct claim){ .tries = (int)db_i64(q, 16),
                         .fails = (int)db_i64(q, 17),
                         .as_blob = db_i64(q, 18) };
    store_read_item(&c->item, q);
    if (c->as_blob || c->item.size > inline_max)
        return 0;
    bool is_from_log;
    return read_body(s, &c->item, &c->body, &is_from_log);
}

/* May the row at hand join what is claimed already? */
static bool fits(const struct claim *out, size_t count, size_t bytes, sqlite3_stmt *q,
                 const struct claim_limits *limits)
{
    size_t size = (size_t)db_i64(q, 8);
    if (!count)
        return true;
    if (out[0].fails || db_i64(q, 17))
        return false;
    return size > limits->inline_max || bytes + size <= limits->bytes;
}

int outbox_claim(struct store *s, struct claim *out, size_t *count, int64_t after,
                 const struct claim_limits *limits, bool (*is_taken)(void *context, int64_t seq),
                 void *context)
{
    size_t bytes = 0;
    *count = 0;
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_CLAIM];
    int64_t now = s->options.clock->boot_ms(s->options.clock);
    r = DB_QUERY(s->db, q, DB_I(after), DB_I(now));
    for (; !r && *count < limits->items; r = db_step(s->db, q)) {
        if (is_taken(context, db_i64(q, 0)))
            continue;
        if (!fits(out, *count, bytes, q, limits))
            break;
        r = fill_claim(s, &out[*count], q, limits->inline_max);
        if (r == DB_E_DONE) {
            log_line(LOG_ERROR, "queue", "the bytes of an item are gone");
            r = 0;
            out[*count].as_blob =
                true; /* its parts will be missing too, and the sender sets it aside */
        }
        if (r) {
            claim_clear(&out[*count]);
            break;
        }
        bytes += out[(*count)++].body.length;
    }
    return r == DB_E_DONE ? 0 : store_result(s, r);
}

int outbox_claim_held(struct store *s, struct claim *out, size_t inline_max)
{
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_CLAIM_HELD];
    r = DB_QUERY(s->db, q, DB_I(s->options.clock->boot_ms(s->options.clock)));
    if (!r)
        r = fill_claim(s, out, q, inline_max);
    return store_result(s, r);
}

int outbox_next_open(struct store *s, struct claim *out, int64_t after)
{
    bool is_from_log;
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_CARRY_NEXT];
    *out = (struct claim){ 0 };
    r = DB_QUERY(s->db, q, DB_I(after));
    if (r)
        return store_result(s, r);
    store_read_item(&out->item, q);
    r = read_body(s, &out->item, &out->body, &is_from_log);
    if (r == DB_E_DONE) {
        log_line(LOG_ERROR, "queue", "the bytes of an item are gone");
        r = 0;
    }
    return store_result(s, r);
}

int outbox_by_id(struct store *s, struct outbox_known *out, const uint8_t id[UUID_BYTES])
{
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_CARRY_FIND];
    r = DB_QUERY(s->db, q, DB_B(id, UUID_BYTES));
    if (!r) {
        out->seq = db_i64(q, 0);
        out->state = (enum item_state)db_i64(q, 1);
        db_blob(out->sha256, SHA256_BYTES, q, 2);
    }
    return store_result(s, r);
}

int outbox_next_due(struct store *s, int64_t *due_ms)
{
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_NEXT_DUE];
    r = db_step(s->db, q);
    if (!r && sqlite3_column_type(q, 0) == SQLITE_NULL)
        r = DB_E_DONE;
    if (!r)
        *due_ms = db_i64(q, 0);
    return store_result(s, r);
}

static int replace_chunks(struct store *s, const struct item *i, const struct bytes *body)
{
    int r = db_begin(s->db);
    if (r)
        return r;
    r = DB_CHANGE(s->db, Q_CHUNKS_DROP, DB_I(i->seq));
    if (!r)
        r = store_insert_chunks(s->db, i->seq, body->data, body->length);
    return db_end(s->db, r);
}

int outbox_mend(struct store *s, const struct item *i)
{
    struct bytes body AUTO_BYTES = { 0 };
    bool is_from_log = false;
    int r = store_need(s);
    if (r)
        return r;
    r = read_body(s, i, &body, &is_from_log);
    if (!r && is_from_log) {
        log_line(LOG_WARNING, "queue", "the bytes of an item were damaged and come from the log");
        r = replace_chunks(s, i, &body);
    }
    return store_result(s, r);
}

int outbox_part(struct store *s, int64_t seq, unsigned n, struct bytes *part)
{
    int r = store_need(s);
    return r ? r : store_result(s, read_chunks(s, seq, n, true, part));
}

static int judge(struct store *s, const struct verdict *v, int64_t county_ms)
{
    struct db *db = s->db;
    int64_t then = v->wait_ms ? s->options.clock->boot_ms(s->options.clock) + v->wait_ms : 0;
    switch (v->kind) {
    case VERDICT_ACCEPTED:
        return DB_CHANGE(db, Q_ITEM_ACCEPT, DB_I(v->seq), DB_I(county_ms),
                         *v->server_ref ? DB_T(v->server_ref) : DB_N());
    case VERDICT_DEAD:
        return DB_CHANGE(db, Q_ITEM_BURY, DB_I(v->seq), DB_T(v->problem));
    case VERDICT_HELD:
        return DB_CHANGE(db, Q_ITEM_HOLD, DB_I(v->seq), DB_T(v->problem), DB_I(then));
    case VERDICT_LATER:
    case VERDICT_FAILED:
        return DB_CHANGE(db, Q_ITEM_LATER, DB_I(v->seq), DB_I(then),
                         DB_I(v->kind == VERDICT_FAILED));
    case VERDICT_AS_BLOB:
        return DB_CHANGE(db, Q_ITEM_AS_BLOB, DB_I(v->seq), DB_I(then));
    }
    return 0;
}

int outbox_judge(struct store *s, const struct verdict *verdicts, size_t count, int64_t county_ms)
{
    int r = count ? store_need(s) : 0;
    if (r || !count)
        return r;
    r = db_begin(s->db);
    for (size_t i = 0; !r && i < count; i++)
        r = judge(s, &verdicts[i], county_ms);
    return store_result(s, db_end(s->db, r));
}

int outbox_new_epoch(struct store *s, const char *epoch, int64_t from_ms, int *requeued)
{
    int r = store_need(s);
    if (r)
        return r;
    r = db_begin(s->db);
    if (!r)
        r = DB_CHANGE(s->db, Q_ITEM_REQUEUE, DB_I(from_ms));
    *requeued = r ? 0 : sqlite3_changes(s->db->handle);
    if (!r)
        r = DB_CHANGE(s->db, Q_META_SET, DB_T("server_epoch"), DB_T(epoch));
    if (!r)
        r = DB_CHANGE(s->db, Q_META_SET, DB_T("feed_cursor"), DB_T(""));
    return store_result(s, db_end(s->db, r));
}
