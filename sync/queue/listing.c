/* What there is, for staff, the resident and the heartbeat; and what staff set right by hand. */
#include "sync/queue/outbox.h"

#include <string.h>

#include "sync/queue/inside.h"

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

/* Its row in Q_ITEM_BY_SEQ: 0, STORE_E_NONE, or why it cannot be looked at. */
static int find_row(struct store *s, const char *receipt)
{
    char stored[RECEIPT_TEXT];
    sqlite3_stmt *q = s->db->q[Q_ITEM_BY_SEQ];
    int r = DB_QUERY(s->db, q, DB_I(seq_of(receipt)));
    if (r)
        return store_result(s, r);
    db_text(stored, sizeof(stored), q, 0);
    return strcmp(stored, receipt) != 0 ? STORE_E_NONE : 0;
}

int outbox_find(struct store *s, const char *receipt, enum item_state *state,
                char server_ref[SERVER_REF_TEXT])
{
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_BY_SEQ];
    r = find_row(s, receipt);
    if (r)
        return r;
    *state = (enum item_state)db_i64(q, 1);
    db_text(server_ref, SERVER_REF_TEXT, q, 3);
    return 0;
}

int outbox_kind(struct store *s, const char *receipt, enum item_kind *kind)
{
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_BY_SEQ];
    r = find_row(s, receipt);
    if (!r)
        *kind = (enum item_kind)db_i64(q, 5);
    return r;
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
