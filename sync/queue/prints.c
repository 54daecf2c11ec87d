#include "sync/queue/prints.h"

#include <string.h>

#include "sync/queue/inside.h"

static const char *const words[PRINT_STATE_END] = { "sending", "sent", "confirmed", "uncertain",
                                                    "failed-clean" };

int print_state_parse(enum print_state *state, const char *word)
{
    for (int i = 0; i < PRINT_STATE_END; i++)
        if (!strcmp(words[i], word)) {
            *state = (enum print_state)i;
            return 0;
        }
    return -EINVAL;
}

/* Rows: from; columns: to. Saying the same again is harmless, except for what is final. */
static const bool is_legal[PRINT_STATE_END][PRINT_STATE_END] = {
    [PRINT_SENDING] = { true, true, true, true, true },
    [PRINT_SENT] = { false, true, true, true, false },
    [PRINT_CONFIRMED] = { false, false, true, false, false },
    [PRINT_UNCERTAIN] = { false, false, true, true, false },
    [PRINT_FAILED_CLEAN] = { false, false, false, false, true },
};

static int may_begin(struct store *s, const struct print_job *job)
{
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_PRINT_TRIES];
    int r = DB_QUERY(s->db, q, DB_B(job->job, UUID_BYTES), DB_I(PRINT_FAILED_CLEAN));
    if (r || job->is_reprint)
        return r;
    return db_i64(q, 0) >= PRINT_AUTOMATIC_MAX || db_i64(q, 1) ? DB_E_DONE : 0;
}

int prints_begin(struct store *s, int64_t *attempt, const struct print_job *job)
{
    int r = store_need(s);
    if (r)
        return r;
    r = may_begin(s, job);
    if (!r)
        r = DB_CHANGE(s->db, Q_PRINT_BEGIN, DB_B(job->job, UUID_BYTES), DB_T(job->receipt),
                      DB_I(job->is_reprint), DB_T(job->kind), DB_I(PRINT_SENDING),
                      DB_I(store_now(s, CLOCK_UNSET).wall_ms));
    if (!r)
        *attempt = sqlite3_last_insert_rowid(s->db->handle);
    return store_result(s, r);
}

static int check_step(struct store *s, int64_t attempt, const struct print_progress *p)
{
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_PRINT_GET];
    int r = DB_QUERY(s->db, q, DB_I(attempt));
    if (r)
        return store_result(s, r);
    int64_t from = db_i64(q, 0);
    if (from < 0 || from >= PRINT_STATE_END || !is_legal[from][p->state])
        return PRINT_E_ILLEGAL;
    /* One byte accepted and the printer may have made something of it. */
    bool has_bytes = p->bytes_sent || db_i64(q, 1);
    return p->state == PRINT_FAILED_CLEAN && has_bytes ? PRINT_E_ILLEGAL : 0;
}

int prints_state(struct store *s, int64_t attempt, const struct print_progress *p)
{
    int r = store_need(s);
    if (!r)
        r = check_step(s, attempt, p);
    if (r)
        return r;
    return store_result(s, DB_CHANGE(s->db, Q_PRINT_STATE, DB_I(attempt), DB_I(p->state),
                                     DB_T(p->level), DB_I(p->bytes_sent), DB_T(p->detail),
                                     DB_I(store_now(s, CLOCK_UNSET).wall_ms)));
}

int prints_orphan(struct store *s)
{
    int r = store_need(s);
    return r ? r
             : store_result(s, DB_CHANGE(s->db, Q_PRINT_ORPHAN, DB_I(PRINT_UNCERTAIN),
                                         DB_I(store_now(s, CLOCK_UNSET).wall_ms),
                                         DB_I(PRINT_SENDING), DB_I(PRINT_SENT)));
}

int prints_open(struct store *s, struct print_open *out, size_t max, size_t *count)
{
    *count = 0;
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_PRINT_OPEN];
    r = DB_QUERY(s->db, q, DB_I((int64_t)max));
    for (; !r && *count < max; r = db_step(s->db, q)) {
        struct print_open *p = &out[(*count)++];
        p->attempt = db_i64(q, 0);
        db_blob(p->job, UUID_BYTES, q, 1);
        db_text(p->receipt, sizeof(p->receipt), q, 2);
        p->at_ms = db_i64(q, 3);
    }
    return r == DB_E_DONE ? 0 : store_result(s, r);
}
