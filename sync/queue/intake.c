/* Numbers given out and what is stored under them: log first, database second. */
#include "sync/queue/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/queue/events.h"
#include "sync/queue/inside.h"

int store_insert_chunks(struct db *db, int64_t seq, const uint8_t *body, size_t size)
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
    return r ? r : store_insert_chunks(s->db, i->seq, body, i->size);
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
        store_read_item(out, q);
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
