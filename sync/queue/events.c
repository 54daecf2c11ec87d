#include "sync/queue/events.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/queue/audit.h"
#include "sync/queue/inside.h"

enum { EVENTS_KEPT = 2000 };

void events_add(struct store *s, const char *what, const char *format, ...)
{
    char detail[EVENT_DETAIL];
    va_list args;
    va_start(args, format);
    vsnprintf(detail, sizeof(detail), format, args);
    va_end(args);
    log_line(LOG_NOTICE, "queue", "event %s %s", what, detail);
    if (!s->db)
        return;
    /* What staff do stands in the chain too, and there for good. */
    if (!strncmp(what, "staff-", 6) && audit_add(s, what, detail))
        log_line(LOG_ERROR, "queue", "what staff did could not be put into the chain");
    if (!s->db)
        return;
    struct moment now = store_now(s, CLOCK_UNSET);
    int r = DB_CHANGE(s->db, Q_EVENT_ADD, DB_B(now.boot_id, UUID_BYTES), DB_I(now.boot_ms),
                      DB_I(now.wall_ms), DB_T(what), DB_T(detail));
    if (!r)
        r = DB_CHANGE(s->db, Q_EVENT_TRIM, DB_I(EVENTS_KEPT));
    r = store_result(s, r);
    if (r)
        log_line(LOG_WARNING, "queue", "event %s was not stored", what);
}

static int add_marked(struct store *s, const char *key, const char *mark, const char *what,
                      const char *detail)
{
    struct moment now = store_now(s, CLOCK_UNSET);
    int r = DB_CHANGE(s->db, Q_EVENT_ADD, DB_B(now.boot_id, UUID_BYTES), DB_I(now.boot_ms),
                      DB_I(now.wall_ms), DB_T(what), DB_T(detail));
    return r ? r : DB_CHANGE(s->db, Q_META_SET, DB_T(key), DB_T(mark));
}

int events_add_once(struct store *s, const char *key, const char *mark, const char *what,
                    const char *detail)
{
    char before[EVENT_MARK] = "";
    int r = store_get_text(s, key, before, sizeof(before));
    if (!r && !strcmp(before, mark))
        return 0;
    if (r && r != STORE_E_NONE)
        return r;
    log_line(LOG_NOTICE, "queue", "event %s %s", what, detail);
    r = db_begin(s->db);
    if (!r)
        r = db_end(s->db, add_marked(s, key, mark, what, detail));
    return store_result(s, r);
}

int events_list(struct store *s, struct event *out, size_t max, size_t *count, int64_t from,
                bool unsent)
{
    *count = 0;
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_EVENT_LIST];
    r = DB_QUERY(s->db, q, DB_I(from), DB_I(unsent ? 0 : 1), DB_I((int64_t)max));
    for (; !r && *count < max; r = db_step(s->db, q)) {
        struct event *e = &out[(*count)++];
        e->n = db_i64(q, 0);
        db_text(e->what, sizeof(e->what), q, 1);
        db_text(e->detail, sizeof(e->detail), q, 2);
        e->wall_ms = db_i64(q, 3);
    }
    return r == DB_E_DONE ? 0 : store_result(s, r);
}

int events_stored(struct store *s, int64_t n)
{
    int r = store_need(s);
    return r ? r : store_result(s, DB_CHANGE(s->db, Q_EVENT_STORED, DB_I(n)));
}
