#include "sync/queue/cases.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/queue/events.h"
#include "sync/queue/inside.h"

static int put(struct db *db, const struct case_entry *e)
{
    return DB_CHANGE(db, Q_STATUS_PUT, DB_B(e->receipt_hash, SHA256_BYTES), DB_T(e->state),
                     DB_T(e->changed), DB_T(e->due), DB_T(e->missing), DB_T(e->server_ref),
                     DB_T(e->note), DB_I(e->until_ms), DB_T(e->facts), DB_T(e->timeline));
}

int cases_store(struct store *s, const struct case_entry *entries, size_t count, const char *cursor)
{
    int r = store_need(s);
    if (r)
        return r;
    r = db_begin(s->db);
    for (size_t i = 0; !r && i < count; i++)
        r = put(s->db, &entries[i]);
    if (!r)
        r = DB_CHANGE(s->db, Q_META_SET, DB_T("feed_cursor"), DB_T(cursor));
    return store_result(s, db_end(s->db, r));
}

int cases_carry(struct store *s, const struct case_entry *entries, size_t count, bool is_newest)
{
    int r = store_need(s);
    if (r)
        return r;
    r = db_begin(s->db);
    for (size_t i = 0; !r && i < count; i++) {
        const struct case_entry *e = &entries[i];
        r = DB_CHANGE(s->db, Q_CARRY_STATUS, DB_B(e->receipt_hash, SHA256_BYTES), DB_T(e->state),
                      DB_T(e->changed), DB_T(e->due), DB_T(e->missing), DB_T(e->server_ref),
                      DB_T(e->note), DB_I(e->until_ms), DB_T(e->facts), DB_I(is_newest),
                      DB_T(e->timeline));
    }
    return store_result(s, db_end(s->db, r));
}

int cases_find(struct store *s, struct case_entry *out, const char *receipt)
{
    memset(out, 0, sizeof(*out));
    int r = store_need(s);
    if (r)
        return r;
    sha256(out->receipt_hash, receipt, strlen(receipt));
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_STATUS_GET];
    r = DB_QUERY(s->db, q, DB_B(out->receipt_hash, SHA256_BYTES));
    if (r)
        return store_result(s, r);
    db_text(out->state, sizeof(out->state), q, 0);
    db_text(out->changed, sizeof(out->changed), q, 1);
    db_text(out->due, sizeof(out->due), q, 2);
    db_text(out->missing, sizeof(out->missing), q, 3);
    db_text(out->server_ref, sizeof(out->server_ref), q, 4);
    db_text(out->note, sizeof(out->note), q, 5);
    db_text(out->facts, sizeof(out->facts), q, 6);
    db_text(out->timeline, sizeof(out->timeline), q, 7);
    return 0;
}

/* ---- what is late -------------------------------------------------------------------- */

enum { UTC_OFFSET_MS = 8 * 3600 * 1000, RAISE_MOST = 200, DAY_TEXT = 9 };

/* DB_E_DONE: none. */
static int next_late(struct store *s, const char *now, const char *today, char ref[CASE_REF_TEXT],
                     char day[DAY_TEXT])
{
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_CASE_LATE];
    int r = DB_QUERY(s->db, q, DB_T(now), DB_T(today));
    if (r)
        return r;
    db_text(ref, CASE_REF_TEXT, q, 0);
    db_text(day, DAY_TEXT, q, 1);
    return 0;
}

/* Event and mark go together. */
static int raise_one(struct store *s, const char *ref, const char *day, int64_t county_ms)
{
    int r = db_begin(s->db);
    if (r)
        return r;
    r = DB_CHANGE(s->db, Q_CASE_RAISED, DB_T(ref), DB_T(day), DB_I(county_ms));
    if (!r)
        events_add(s, "case-late", "%s %s", ref, day);
    return db_end(s->db, r);
}

int cases_raise_late(struct store *s, int64_t county_ms, unsigned *raised)
{
    char now[21], local[21], today[DAY_TEXT], ref[CASE_REF_TEXT], day[DAY_TEXT];
    *raised = 0;
    int r = store_need(s);
    clock_format_utc(now, county_ms);
    clock_format_utc(local, county_ms + UTC_OFFSET_MS);
    snprintf(today, sizeof(today), "%.4s%.2s%.2s", local, local + 5, local + 8);
    while (!r && *raised < RAISE_MOST) {
        r = next_late(s, now, today, ref, day);
        if (!r)
            r = raise_one(s, ref, day, county_ms);
        *raised += !r;
    }
    return r == DB_E_DONE ? 0 : store_result(s, r);
}
