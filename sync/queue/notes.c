#include "sync/queue/notes.h"

#include <string.h>

#include "sync/queue/inside.h"

int notes_keep(struct store *s, const uint8_t label[NOTE_LABEL], const struct note *note)
{
    int r = store_need(s);
    return r ? r
             : store_result(s, DB_CHANGE(s->db, Q_NOTE_PUT, DB_B(label, NOTE_LABEL),
                                         DB_T(note->receipt), DB_B(note->sealed, note->length),
                                         DB_I(store_now(s, CLOCK_UNSET).wall_ms)));
}

int notes_list(struct store *s, const uint8_t label[NOTE_LABEL], struct note out[NOTES_MAX],
               size_t *count)
{
    *count = 0;
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_NOTE_LIST];
    r = DB_QUERY(s->db, q, DB_B(label, NOTE_LABEL), DB_I(NOTES_MAX));
    for (; !r && *count < NOTES_MAX; r = db_step(s->db, q)) {
        struct note *n = &out[(*count)++];
        size_t length = (size_t)sqlite3_column_bytes(q, 1);
        db_text(n->receipt, sizeof(n->receipt), q, 0);
        n->length = length < NOTE_BYTES ? length : NOTE_BYTES;
        db_blob(n->sealed, n->length, q, 1);
    }
    return r == DB_E_DONE ? 0 : store_result(s, r);
}
