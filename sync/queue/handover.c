#include "sync/queue/handover.h"

#include <string.h>

#include "sync/queue/inside.h"

static bool is_word(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    size_t length = strlen(text);
    return length && length < HANDOVER_NOTE_WORD && strspn(text, letters) == length;
}

int handover_leave(struct store *s, const char *what, const char *serial)
{
    if (!is_word(what) || !is_word(serial))
        return HANDOVER_E_WORD;
    int r = store_need(s);
    return r ? r
             : store_result(s, DB_CHANGE(s->db, Q_HANDOVER_LEAVE, DB_T(what), DB_T(serial),
                                         DB_I(store_now(s, CLOCK_UNSET).wall_ms)));
}

int handover_done(struct store *s, int64_t n)
{
    int r = store_need(s);
    return r ? r : store_result(s, DB_CHANGE(s->db, Q_HANDOVER_DONE, DB_I(n)));
}

int handover_list(struct store *s, struct handover_note *out, size_t max, size_t *count)
{
    *count = 0;
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_HANDOVER_LIST];
    r = DB_QUERY(s->db, q, DB_I((int64_t)max));
    for (; !r && *count < max; r = db_step(s->db, q)) {
        struct handover_note *h = &out[(*count)++];
        *h = (struct handover_note){ .n = db_i64(q, 0), .at_ms = db_i64(q, 3) };
        db_text(h->what, sizeof(h->what), q, 1);
        db_text(h->serial, sizeof(h->serial), q, 2);
    }
    return r == DB_E_DONE ? 0 : store_result(s, r);
}
