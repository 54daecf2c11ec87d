#include "sync/queue/audit.h"

#include <string.h>

#include "firmware/base/text.h"
#include "sync/queue/inside.h"

/* db.h results; *n 0 when there is none. */
static int hash_at(struct store *s, int64_t most, int64_t *n, uint8_t hash[SHA256_BYTES])
{
    *n = 0;
    memset(hash, 0, SHA256_BYTES);
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_AUDIT_HEAD];
    int r = DB_QUERY(s->db, q, DB_I(most));
    if (r)
        return r == DB_E_DONE ? 0 : r;
    *n = db_i64(q, 0);
    return db_blob(hash, SHA256_BYTES, q, 1) ? 0 : DB_E_CORRUPT;
}

int audit_add(struct store *s, const char *what, const char *detail)
{
    uint8_t hash[SHA256_BYTES];
    struct audit_record record = { .at_ms = store_now(s, CLOCK_UNSET).wall_ms };
    text_copy(record.what, sizeof(record.what), what);
    text_copy(record.detail, sizeof(record.detail), detail);
    int r = store_need(s);
    if (!r)
        r = store_result(s, hash_at(s, INT64_MAX, &record.n, hash));
    if (r)
        return r;
    record.n++;
    audit_link(hash, hash, &record);
    return store_result(s, DB_CHANGE(s->db, Q_AUDIT_ADD, DB_I(record.n), DB_I(record.at_ms),
                                     DB_T(record.what), DB_T(record.detail),
                                     DB_B(hash, sizeof(hash))));
}

int audit_head(struct store *s, int64_t *n, uint8_t head[SHA256_BYTES])
{
    int r = store_need(s);
    return r ? r : store_result(s, hash_at(s, INT64_MAX, n, head));
}

int audit_list(struct store *s, int64_t most, uint8_t before[SHA256_BYTES],
               void (*each)(void *context, const struct audit_record *record,
                            const uint8_t hash[SHA256_BYTES]),
               void *context)
{
    int64_t last, at;
    int r = store_need(s);
    if (!r)
        r = store_result(s, hash_at(s, INT64_MAX, &last, before));
    if (!r)
        r = store_result(s, hash_at(s, last > most ? last - most : 0, &at, before));
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_AUDIT_LIST];
    for (r = DB_QUERY(s->db, q, DB_I(at)); !r; r = db_step(s->db, q)) {
        uint8_t hash[SHA256_BYTES];
        struct audit_record record = { .n = db_i64(q, 0), .at_ms = db_i64(q, 1) };
        db_text(record.what, sizeof(record.what), q, 2);
        db_text(record.detail, sizeof(record.detail), q, 3);
        db_blob(hash, sizeof(hash), q, 4);
        each(context, &record, hash);
    }
    return r == DB_E_DONE ? 0 : store_result(s, r);
}
