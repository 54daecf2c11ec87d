/* The one SQLite connection: opening, statements, binding, one translation of SQLite's codes.
 * Inside sync/queue only; nobody else sees sqlite3.h.
 *
 * WAL with synchronous=FULL is one flush for each commit; locking_mode=EXCLUSIVE before the first
 * access keeps the WAL index in this process's memory, so no second connection can exist and the
 * WAL-reset race of SQLite < 3.51.3 (two connections checkpointing at once) has nobody to race
 * with. */
#pragma once

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"
#include "sync/queue/statements.h"

enum db_outcome {
    DB_E_DONE = 1,   /* no (further) row */
    DB_E_FULL,       /* no space; the statement was rolled back */
    DB_E_CONSTRAINT, /* UNIQUE, CHECK, ... */
    DB_E_BUSY,       /* another process has the file: a second kiosk-syncd lives */
    DB_E_CORRUPT,    /* the file is damaged or no database */
    DB_E_NEWER,      /* written by a firmware whose files we cannot read */
};

struct db_options {
    const char *path;
    const char *vfs; /* NULL: the machine's */
    const char
        *synchronous; /* NULL: FULL. Tests show with NORMAL that their power cuts can lose rows */
};

/* What has gone wrong since the connection was opened. After either the connection must be closed
 * and the file looked at again: a failed flush may have dropped pages that SQLite believes written.
 */
enum db_trouble { DB_FINE, DB_TROUBLE_IO, DB_TROUBLE_CORRUPT };

struct db {
    sqlite3 *handle;
    sqlite3_stmt *q[Q_COUNT];
    enum db_trouble trouble;
};

/* Open, check (quick_check), migrate, prepare. 0 or DB_E_FULL, DB_E_BUSY, DB_E_CORRUPT, DB_E_NEWER
 * or a fault. *is_new: the schema was made now. */
NODISCARD int db_open(struct db **out, const struct db_options *options, bool *is_new);
/* Another file, read-only and possibly damaged, without checks or statements: for salvage. */
NODISCARD int db_open_damaged(struct db **out, const char *path, const char *vfs);
void db_free(struct db *db);
AUTO_DEFINE(struct db, db_free)

/* A schema step brings user_version from its index to index + 1, in one transaction. */
NODISCARD int db_migrate(struct db *db, const char *const *steps, int count, const char *copy_path,
                         bool *is_new);

/* ---- values and rows ----------------------------------------------------------------- */
struct db_value {
    enum { DB_NULL, DB_INTEGER, DB_BYTES, DB_STRING } type;
    int64_t integer;
    const void *data; /* borrowed until the statement is reset */
    size_t length;
};
#define DB_I(v) ((struct db_value){ .type = DB_INTEGER, .integer = (v) })
#define DB_B(p, n) ((struct db_value){ .type = DB_BYTES, .data = (p), .length = (n) })
#define DB_T(s) ((struct db_value){ .type = DB_STRING, .data = (s), .length = strlen(s) })
#define DB_N() ((struct db_value){ .type = DB_NULL })
/* Bytes that may be absent. */
#define DB_BN(has, p, n) ((has) ? DB_B(p, n) : DB_N())

NODISCARD int db_bind(struct db *db, sqlite3_stmt *q, const struct db_value *values, size_t count);
/* 0: there is a row. DB_E_DONE: there is none, or a change is done. Others of enum db_outcome, or a
 * fault. */
NODISCARD int db_step(struct db *db, sqlite3_stmt *q);
/* Bind and step a change; 0 when done. The statement is reset. */
NODISCARD int db_change(struct db *db, enum statement q, const struct db_value *values,
                        size_t count);
/* Bind and step to the first row; the caller resets (AUTO(db_reset)). 0, DB_E_DONE, ... */
NODISCARD int db_query(struct db *db, sqlite3_stmt *q, const struct db_value *values, size_t count);
#define DB_VALUES(...)                        \
    (const struct db_value[]){ __VA_ARGS__ }, \
        sizeof((const struct db_value[]){ __VA_ARGS__ }) / sizeof(struct db_value)
#define DB_CHANGE(db, q, ...) db_change((db), (q), DB_VALUES(__VA_ARGS__))
#define DB_QUERY(db, q, ...) db_query((db), (q), DB_VALUES(__VA_ARGS__))

void db_reset(sqlite3_stmt *q);
AUTO_DEFINE(sqlite3_stmt, db_reset)

int64_t db_i64(sqlite3_stmt *q, int column);
/* A text cut to the capacity; "" for NULL. */
void db_text(char *out, size_t capacity, sqlite3_stmt *q, int column);
/* Exactly `length` bytes; false (and zeros) for NULL or any other length. */
bool db_blob(void *out, size_t length, sqlite3_stmt *q, int column);

/* ---- transactions and whole-file work ------------------------------------------------ */
NODISCARD int db_begin(struct db *db); /* IMMEDIATE */
NODISCARD int db_commit(struct db *db);
void db_rollback(struct db *db); /* harmless when none is open */
/* Commit when r is 0, else roll back; returns the first thing that went wrong. */
NODISCARD int db_end(struct db *db, int r);
NODISCARD int db_exec(struct db *db, const char *sql);
/* PRAGMA quick_check or integrity_check: 0, DB_E_CORRUPT or a fault. */
NODISCARD int db_check(struct db *db, bool is_thorough);
/* Move the WAL into the file and cut it to nothing, so that deleted content is gone from it too. */
NODISCARD int db_checkpoint(struct db *db);
/* A compact copy at `path` in the place of what is there; verified. Flushing it is the caller's. */
NODISCARD int db_copy(struct db *db, const char *path);
