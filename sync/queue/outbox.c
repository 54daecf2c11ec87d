#include "sync/queue/outbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/queue/events.h"
#include "sync/queue/inside.h"

/* ---- rows ---------------------------------------------------------------------------- */
/* Columns 0 to 15 of a query over ITEM_COLUMNS. */
static void read_item(struct item *i, sqlite3_stmt *q)
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

static int insert_chunks(struct db *db, int64_t seq, const uint8_t *body, size_t size)
{
    int r = 0;
    for (size_t at = 0, n = 0; !r && at < size; at += PART_BYTES, n++) {
        size_t length = size - at < PART_BYTES ? size - at : PART_BYTES;
        r = DB_CHANGE(db, Q_CHUNK_INSERT, DB_I(seq), DB_I((int64_t)n), DB_B(body + at, length));
    }
    return r;
}

int store_insert(struct store *s, const struct item *i, const void *body)
{
    int r = DB_CHANGE(
        s->db, Q_ITEM_INSERT, DB_I(i->seq), DB_B(i->id, UUID_BYTES), DB_B(i->token, UUID_BYTES),
        DB_I(i->kind), DB_BN(i->has_chain, i->chain, UUID_BYTES),
        DB_BN(i->has_after, i->after, UUID_BYTES), DB_I(i->suite), DB_T(i->key_id),
        DB_I((int64_t)i->size), DB_B(i->sha256, SHA256_BYTES), DB_B(i->when.boot_id, UUID_BYTES),
        DB_I(i->when.boot_ms), DB_I(i->when.wall_ms), DB_I(i->when.quality), DB_T(i->receipt),
        DB_I(i->position));
    return r ? r : insert_chunks(s->db, i->seq, body, i->size);
}

/* ---- numbers ------------------------------------------------------------------------- */
static struct reservation *reservation_find(struct store *s, const uint8_t token[UUID_BYTES])
{
    for (size_t i = 0; i < RESERVATIONS; i++)
        if (s->reserved[i].is_used && !memcmp(s->reserved[i].token, token, UUID_BYTES))
            return &s->reserved[i];
    return NULL;
}

/* 0: the database has an item of this token. */
static int find_stored(struct store *s, struct item *out, const uint8_t token[UUID_BYTES])
{
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_BY_TOKEN];
    int r = DB_QUERY(s->db, q, DB_B(token, UUID_BYTES));
    if (!r)
        read_item(out, q);
    return store_result(s, r);
}

/* The block is named in the log and in the database before one number of it is used; each can be
 * lost alone.
 */
static int take_block(struct store *s)
{
    int64_t floor = s->seq_floor + SEQ_BLOCK;
    struct spool_record record = { .kind = SPOOL_FLOOR, .item = { .seq = floor } };
    int r = spool_append(s->spool, &record, 1, floor);
    if (r == SPOOL_E_FULL) {
        store_release_ballast(s);
        return STORE_E_FULL;
    }
    if (r) {
        store_take_down(s);
        return r == SPOOL_E_DOUBT ? STORE_E_DOWN : r;
    }
    r = store_set_i64(s, "seq_floor", floor);
    if (!r)
        s->seq_floor = floor;
    return r;
}

static int reservation_new(struct store *s, struct reservation **out,
                           const uint8_t token[UUID_BYTES], enum clock_quality quality)
{
    int r = s->seq_last < s->seq_floor ? 0 : take_block(s);
    if (r)
        return r;
    struct reservation *v = &s->reserved[s->reserved_next++ % RESERVATIONS];
    *v = (struct reservation){ .is_used = true,
                               .seq = ++s->seq_last,
                               .when = store_now(s, quality) };
    memcpy(v->token, token, UUID_BYTES);
    uuid_v7(v->id, &s->ids);
    receipt_format(v->receipt, s->kiosk_id, (uint64_t)v->seq);
    *out = v;
    return 0;
}

int outbox_reserve(struct store *s, struct reservation_given *out, const uint8_t token[UUID_BYTES],
                   enum clock_quality quality)
{
    struct item stored;
    struct reservation *v = reservation_find(s, token);
    int r = store_need(s);
    if (!r && !v)
        r = find_stored(s, &stored, token);
    if (!r && !v) {
        *out = (struct reservation_given){ .seq = stored.seq, .when = stored.when };
        memcpy(out->id, stored.id, UUID_BYTES);
        memcpy(out->receipt, stored.receipt, RECEIPT_TEXT);
        return 0;
    }
    if (r == STORE_E_NONE)
        r = reservation_new(s, &v, token, quality);
    if (r)
        return r;
    *out = (struct reservation_given){ .seq = v->seq, .when = v->when };
    memcpy(out->id, v->id, UUID_BYTES);
    memcpy(out->receipt, v->receipt, RECEIPT_TEXT);
    return 0;
}

/* ---- taking in ----------------------------------------------------------------------- */
/* Submissions that are new, side by side with what goes into the log. */
struct intake {
    struct store *store;
    struct submission **from;
    struct spool_record *records;
    size_t count;
};

static void fill_record(struct spool_record *record, const struct submission *b,
                        const struct reservation *v)
{
    *record = (struct spool_record){
        .kind = SPOOL_ITEM,
        .item = { .seq = v->seq,
                  .kind = b->kind,
                  .suite = b->suite,
                  .has_chain = b->has_chain,
                  .has_after = b->has_after,
                  .size = b->body.length,
                  .when = v->when },
        .body = b->body.data,
    };
    struct item *i = &record->item;
    memcpy(i->id, v->id, UUID_BYTES);
    memcpy(i->token, b->token, UUID_BYTES);
    memcpy(i->chain, b->chain, UUID_BYTES);
    memcpy(i->after, b->after, UUID_BYTES);
    memcpy(i->sha256, b->sha256, SHA256_BYTES);
    memcpy(i->key_id, b->key_id, SEAL_KEY_ID);
    memcpy(i->receipt, v->receipt, RECEIPT_TEXT);
}

/* An earlier member of the same group with this token: two taps in one moment. */
static const struct submission *find_twin(const struct intake *in, const struct submission *b)
{
    for (size_t i = 0; i < in->count; i++)
        if (!memcmp(in->from[i]->token, b->token, UUID_BYTES))
            return in->from[i];
    return NULL;
}

static void answer_with(struct submission *b, enum submit_result result, const char *receipt,
                        int64_t seq)
{
    b->result = result;
    memcpy(b->receipt, receipt, RECEIPT_TEXT);
    b->seq = seq;
}

static bool has_right_hash(const struct submission *b)
{
    uint8_t sum[SHA256_BYTES];
    sha256(sum, b->body.data, b->body.length);
    return b->body.length && !memcmp(sum, b->sha256, sizeof(sum));
}

static void sort_out(struct intake *in, struct submission *b)
{
    struct item stored = { 0 };
    int r = store_need(in->store);
    if (!r)
        r = find_stored(in->store, &stored, b->token);
    if (!r) {
        answer_with(b, SUBMIT_AGAIN, stored.receipt, stored.seq);
        return;
    }
    struct reservation *v = reservation_find(in->store, b->token);
    if (r != STORE_E_NONE) {
        /* Nobody can look. "Not stored" is said only when it cannot have been. */
        b->result = v && !v->is_tried ? SUBMIT_STORAGE : SUBMIT_DOUBT;
        return;
    }
    if (b->only_again) {
        b->result = SUBMIT_REFUSED;
        return;
    }
    if (!v || memcmp(v->id, b->id, UUID_BYTES) != 0) {
        b->result = SUBMIT_UNKNOWN_TOKEN;
        return;
    }
    answer_with(b, SUBMIT_STORED, v->receipt, v->seq);
    if (!has_right_hash(b)) {
        b->result = SUBMIT_HASH;
    } else if (!find_twin(in, b)) {
        fill_record(&in->records[in->count], b, v);
        in->from[in->count++] = b;
        v->is_tried = true;
    }
}

static int commit_intake(struct intake *in)
{
    struct db *db = in->store->db;
    int r = db_begin(db);
    if (r)
        return r;
    for (size_t i = 0; !r && i < in->count; i++)
        r = store_insert(in->store, &in->records[i].item, in->records[i].body);
    return db_end(db, r);
}

/* Make certain that a replay does not bring back what we are about to call not stored. */
static enum submit_result take_back(struct intake *in, enum submit_result certain)
{
    struct store *s = in->store;
    for (size_t i = 0; i < in->count; i++) {
        struct spool_record *record = &in->records[i];
        struct item voided = { 0 };
        memcpy(voided.id, record->item.id, UUID_BYTES);
        *record = (struct spool_record){ .kind = SPOOL_VOID, .item = voided };
    }
    return s->spool && !spool_append(s->spool, in->records, in->count, s->seq_floor) ? certain
                                                                                     : SUBMIT_DOUBT;
}

static enum submit_result keep_intake(struct intake *in)
{
    struct store *s = in->store;
    int r = spool_append(s->spool, in->records, in->count, s->seq_floor);
    if (r == SPOOL_E_FULL) {
        store_release_ballast(s);
        return SUBMIT_FULL;
    }
    if (r == SPOOL_E_DOUBT) {
        enum submit_result result = take_back(in, SUBMIT_STORAGE);
        store_take_down(s); /* whatever broke one file may have broken the other */
        return result;
    }
    if (r)
        return SUBMIT_STORAGE;
    r = commit_intake(in);
    if (!r)
        return SUBMIT_STORED;
    enum submit_result result = take_back(in, r == DB_E_FULL ? SUBMIT_FULL : SUBMIT_STORAGE);
    r = store_result(s, r);
    log_line(LOG_ERROR, "queue", "%zu submissions were not stored (%d)", in->count, r);
    return result;
}

static void note_doubt(struct store *s, const struct submission *b)
{
    char id[UUID_TEXT];
    uuid_format(id, b->id);
    events_add(s, "submit-unknown-outcome", "%s", id);
}

static void spread_result(struct intake *in, struct submission *group, size_t count,
                          enum submit_result result)
{
    for (size_t i = 0; i < count; i++)
        if (group[i].result == SUBMIT_STORED) {
            const struct submission *twin = find_twin(in, &group[i]);
            group[i].result = result == SUBMIT_STORED && twin != &group[i] ? SUBMIT_AGAIN : result;
        }
    for (size_t i = 0; i < in->count; i++) {
        struct reservation *v = reservation_find(in->store, in->from[i]->token);
        if (v)
            v->is_tried = result == SUBMIT_STORED || result == SUBMIT_DOUBT;
        if (result == SUBMIT_DOUBT)
            note_doubt(in->store, in->from[i]);
    }
}

void outbox_submit(struct store *s, struct submission *group, size_t count)
{
    struct intake in = { .store = s,
                         .from = calloc(count, sizeof(*in.from)),
                         .records = calloc(count, sizeof(*in.records)) };
    for (size_t i = 0; i < count; i++) {
        group[i].result = SUBMIT_STORAGE;
        if (in.from && in.records)
            sort_out(&in, &group[i]);
    }
    if (in.count)
        spread_result(&in, group, count, s->db ? keep_intake(&in) : SUBMIT_STORAGE);
    free(in.from);
    free(in.records);
}

/* ---- sending ------------------------------------------------------------------------- */
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
    read_item(&c->item, q);
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
    read_item(&out->item, q);
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
        r = insert_chunks(s->db, i->seq, body->data, body->length);
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

/* ---- looking ------------------------------------------------------------------------- */
static int64_t age_s(const struct store *s, sqlite3_stmt *q)
{
    struct moment now = store_now(s, CLOCK_UNSET);
    uint8_t boot_id[UUID_BYTES];
    db_blob(boot_id, UUID_BYTES, q, 0);
    bool is_same_boot = !memcmp(boot_id, now.boot_id, UUID_BYTES);
    int64_t age = is_same_boot ? now.boot_ms - db_i64(q, 1) : now.wall_ms - db_i64(q, 2);
    return age > 0 ? age / 1000 : 0;
}

int outbox_count(struct store *s, struct outbox_counts *out)
{
    *out = (struct outbox_counts){ .last_seq = s->seq_last };
    int r = store_need(s);
    if (r)
        return r;
    {
        AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_COUNTS];
        for (r = db_step(s->db, q); !r; r = db_step(s->db, q))
            out->by_state[db_i64(q, 0) & 3] = db_i64(q, 1);
        if (r != DB_E_DONE)
            return store_result(s, r);
    }
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_OLDEST];
    r = db_step(s->db, q);
    if (!r)
        out->oldest_s = age_s(s, q);
    return r == DB_E_DONE ? 0 : store_result(s, r);
}

static void read_row(struct outbox_row *row, sqlite3_stmt *q)
{
    *row = (struct outbox_row){ .seq = db_i64(q, 0),
                                .kind = (enum item_kind)db_i64(q, 3),
                                .state = (enum item_state)db_i64(q, 4),
                                .size = db_i64(q, 5),
                                .tries = db_i64(q, 6),
                                .accepted_ms = db_i64(q, 8) };
    db_blob(row->id, UUID_BYTES, q, 1);
    db_text(row->receipt, sizeof(row->receipt), q, 2);
    db_text(row->problem, sizeof(row->problem), q, 7);
}

int outbox_list(struct store *s, struct outbox_row *out, size_t max, size_t *count,
                enum item_state state)
{
    *count = 0;
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_LIST];
    r = DB_QUERY(s->db, q, DB_I(state == ITEM_STATE_END ? -1 : (int64_t)state), DB_I((int64_t)max));
    for (; !r && *count < max; r = db_step(s->db, q))
        read_row(&out[(*count)++], q);
    return r == DB_E_DONE ? 0 : store_result(s, r);
}

/* The number between the last two dashes of a canonical receipt is seq in Crockford's base 32. */
static int64_t seq_of(const char *receipt)
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const char *end = strrchr(receipt, '-'), *at = strchr(receipt, '-');
    uint64_t seq = 0;
    while (at && ++at < end) {
        const char *digit = strchr(digits, *at);
        if (!digit || seq >> 58)
            return -1;
        seq = seq << 5 | (uint64_t)(digit - digits);
    }
    return (int64_t)seq;
}

int outbox_find(struct store *s, const char *receipt, enum item_state *state,
                char server_ref[SERVER_REF_TEXT])
{
    char stored[RECEIPT_TEXT];
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_BY_SEQ];
    r = DB_QUERY(s->db, q, DB_I(seq_of(receipt)));
    if (r)
        return store_result(s, r);
    db_text(stored, sizeof(stored), q, 0);
    *state = (enum item_state)db_i64(q, 1);
    db_text(server_ref, SERVER_REF_TEXT, q, 3);
    return strcmp(stored, receipt) != 0 ? STORE_E_NONE : 0;
}

int outbox_kind(struct store *s, const char *receipt, enum item_kind *kind)
{
    char stored[RECEIPT_TEXT];
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_BY_SEQ];
    r = DB_QUERY(s->db, q, DB_I(seq_of(receipt)));
    if (r)
        return store_result(s, r);
    db_text(stored, sizeof(stored), q, 0);
    *kind = (enum item_kind)db_i64(q, 5);
    return strcmp(stored, receipt) != 0 ? STORE_E_NONE : 0;
}

static int change_one(struct store *s, enum statement which, const struct db_value *values,
                      size_t count)
{
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[which];
    int r = db_query(s->db, q, values, count);
    if (r)
        return r;
    /* RETURNING gives its row first; the change is committed by the step behind it. */
    r = db_step(s->db, q);
    return r == DB_E_DONE ? 0 : r;
}

int outbox_release(struct store *s, int64_t seq)
{
    int r = store_need(s);
    return r ? r : store_result(s, change_one(s, Q_ITEM_RELEASE, DB_VALUES(DB_I(seq))));
}

int outbox_close(struct store *s, int64_t seq, int64_t county_ms)
{
    int r = store_need(s);
    return r ? r
             : store_result(s, change_one(s, Q_ITEM_CLOSE, DB_VALUES(DB_I(seq), DB_I(county_ms))));
}
