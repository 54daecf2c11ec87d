/* What can still be read of a damaged database. The spool log has the queue; this is for the rest.
 * Items are not taken: a damaged page might call one accepted that is not, and sending it again
 * does no harm. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/queue/inside.h"

struct table {
    const char *name, *columns;
    int column_count;
    bool is_numbered; /* its rowid is a number that must stay */
};

static const struct table tables[] = {
    { "meta", "k,v", 2, false },
    { "doc", "name,version,etag,body,sig", 5, false },
    { "status", "receipt_hash,state,changed,due,missing,server_ref,note,until_ms,facts,timeline",
      10, false },
    /* The same from a file that an older firmware wrote; what is there already stays. */
    { "status", "receipt_hash,state,changed,due,missing,server_ref,note,until_ms", 8, false },
    { "event", "n,boot_id,boot_ms,wall_ms,what,detail,is_stored", 7, true },
    { "audit", "n,at_ms,what,detail,hash", 5, true },
    { "handover", "n,what,serial,at_ms", 4, true },
    { "figure", "month,what,about,detail,n,sent", 6, false },
    { "print_attempt",
      "attempt,job,receipt,is_reprint,kind,state,level,bytes_sent,detail,is_orphan,at_ms,changed_"
      "ms",
      12, true },
};

/* A walk gives up after this many unreadable places. */
enum { PATIENCE = 2000 };

static int insert_statement(struct db *to, const struct table *t, sqlite3_stmt **out)
{
    /* One mark for each column; no table has more than the text holds. */
    static const char marks[] = "?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?";
    char sql[512];
    snprintf(sql, sizeof(sql), "INSERT OR IGNORE INTO %s(%s) VALUES(%.*s)", t->name, t->columns,
             2 * t->column_count - 1, marks);
    return sqlite3_prepare_v2(to->handle, sql, -1, out, NULL) ? fault_raise(-EPROTO) : 0;
}

static int copy_row(struct db *to, sqlite3_stmt *insert, sqlite3_stmt *row, int columns,
                    unsigned *rows)
{
    for (int i = 0; i < columns; i++)
        if (sqlite3_bind_value(insert, i + 1, sqlite3_column_value(row, i + 1)))
            return fault_raise(-ENOMEM);
    int r = db_step(to, insert);
    db_reset(insert);
    if (r == DB_E_CONSTRAINT)
        return 0; /* a torn row is no loss that anyone could mend */
    if (r == DB_E_DONE)
        ++*rows;
    return r == DB_E_DONE ? 0 : r;
}

/* The next row at or behind `from`, stepping over what cannot be read. Its rowid, or -1 at the end.
 */
static int64_t next_row(sqlite3_stmt *select, int64_t from, int *patience)
{
    for (int64_t jump = 1; *patience > 0; --*patience) {
        sqlite3_reset(select);
        sqlite3_bind_int64(select, 1, from);
        int code = sqlite3_step(select);
        if (code == SQLITE_ROW)
            return sqlite3_column_int64(select, 0);
        if (code == SQLITE_DONE)
            return -1;
        from += jump;
        jump = jump < 16 ? jump * 2 : jump;
    }
    return -1;
}

static int walk(struct db *to, struct db *from, const struct table *t, unsigned *rows)
{
    char sql[512];
    sqlite3_stmt *select = NULL, *insert = NULL;
    int patience = PATIENCE;
    snprintf(sql, sizeof(sql), "SELECT rowid,%s FROM %s WHERE rowid>=? ORDER BY rowid LIMIT 1",
             t->columns, t->name);
    if (sqlite3_prepare_v2(from->handle, sql, -1, &select, NULL))
        return 0; /* not even the schema can be read */
    int r = insert_statement(to, t, &insert);
    for (int64_t at = 1; !r && (at = next_row(select, at, &patience)) > 0; at++)
        r = copy_row(to, insert, select, t->column_count, rows);
    sqlite3_finalize(select);
    sqlite3_finalize(insert);
    return r;
}

static void read_floor(struct db *from, int64_t *floor)
{
    sqlite3_stmt *q = NULL;
    if (!sqlite3_prepare_v2(from->handle, "SELECT v FROM meta WHERE k='seq_floor'", -1, &q, NULL) &&
        sqlite3_step(q) == SQLITE_ROW && sqlite3_column_int64(q, 0) > *floor)
        *floor = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
}

int salvage_file(struct db *to, const char *path, const char *vfs, int64_t *seq_floor,
                 unsigned *rows)
{
    AUTO(db_free) struct db *from = NULL;
    *rows = 0;
    int r = db_open_damaged(&from, path, vfs);
    if (r)
        return r == -ENOMEM ? r : 0; /* nothing to be had */
    read_floor(from, seq_floor);
    r = db_begin(to);
    if (r)
        return r;
    for (size_t i = 0; !r && i < sizeof(tables) / sizeof(*tables); i++)
        r = walk(to, from, &tables[i], rows);
    return db_end(to, r);
}
