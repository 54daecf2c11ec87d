#include "sync/queue/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"

/* The only place where a SQLite code becomes one of ours. Troubles are remembered in the
 * connection. */
static int translate(struct db *db, int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
        return 0;
    case SQLITE_DONE:
        return DB_E_DONE;
    case SQLITE_FULL:
        return DB_E_FULL;
    case SQLITE_CONSTRAINT:
        return DB_E_CONSTRAINT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return DB_E_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        db->trouble = DB_TROUBLE_CORRUPT;
        return DB_E_CORRUPT;
    case SQLITE_NOMEM:
        return fault_raise(-ENOMEM);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL:
        if (db->trouble == DB_FINE)
            db->trouble = DB_TROUBLE_IO;
        log_line(LOG_WARNING, "queue", "database: code %d", code);
        return fault_raise((code & 0xff) == SQLITE_READONLY ? -EROFS : -EIO);
    }
    log_line(LOG_ERROR, "queue", "database: code %d", code);
    return fault_raise(-EPROTO);
}

int db_exec(struct db *db, const char *sql)
{
    return translate(db, sqlite3_exec(db->handle, sql, NULL, NULL, NULL));
}

/* ---- values and rows ----------------------------------------------------------------- */
static int bind_value(sqlite3_stmt *q, int at, const struct db_value *v)
{
    switch (v->type) {
    case DB_NULL:
        break;
    case DB_INTEGER:
        return sqlite3_bind_int64(q, at, v->integer);
    case DB_BYTES:
        return sqlite3_bind_blob64(q, at, v->data, v->length, SQLITE_STATIC);
    case DB_STRING:
        return sqlite3_bind_text64(q, at, v->data, v->length, SQLITE_STATIC, SQLITE_UTF8);
    }
    return sqlite3_bind_null(q, at);
}

int db_bind(struct db *db, sqlite3_stmt *q, const struct db_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int code = bind_value(q, (int)i + 1, &values[i]);
        if (code)
            return translate(db, code);
    }
    return 0;
}

int db_step(struct db *db, sqlite3_stmt *q)
{
    return translate(db, sqlite3_step(q));
}

int db_query(struct db *db, sqlite3_stmt *q, const struct db_value *values, size_t count)
{
    int r = db_bind(db, q, values, count);
    return r ? r : db_step(db, q);
}

int db_change(struct db *db, enum statement which, const struct db_value *values, size_t count)
{
    AUTO(db_reset) sqlite3_stmt *q = db->q[which];
    int r = db_query(db, q, values, count);
    if (!r)
        return fault_raise(-EPROTO); /* a change gives no rows */
    return r == DB_E_DONE ? 0 : r;
}

void db_reset(sqlite3_stmt *q)
{
    sqlite3_reset(q);
    sqlite3_clear_bindings(q);
}

int64_t db_i64(sqlite3_stmt *q, int column)
{
    return sqlite3_column_int64(q, column);
}

void db_text(char *out, size_t capacity, sqlite3_stmt *q, int column)
{
    const char *text = (const char *)sqlite3_column_text(q, column);
    snprintf(out, capacity, "%s", text ? text : "");
}

bool db_blob(void *out, size_t length, sqlite3_stmt *q, int column)
{
    const void *data = sqlite3_column_blob(q, column);
    if (data && (size_t)sqlite3_column_bytes(q, column) == length) {
        memcpy(out, data, length);
        return true;
    }
    memset(out, 0, length);
    return false;
}

/* ---- transactions and whole-file work ------------------------------------------------ */
int db_begin(struct db *db)
{
    return db_exec(db, "BEGIN IMMEDIATE");
}

int db_commit(struct db *db)
{
    return db_exec(db, "COMMIT");
}

void db_rollback(struct db *db)
{
    if (!sqlite3_get_autocommit(db->handle))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

int db_end(struct db *db, int r)
{
    if (!r)
        r = db_commit(db);
    if (r)
        db_rollback(db);
    return r;
}

/* First column of the first row as text. */
static int query_text(struct db *db, const char *sql, char *out, size_t capacity)
{
    sqlite3_stmt *q = NULL;
    int r = translate(db, sqlite3_prepare_v2(db->handle, sql, -1, &q, NULL));
    if (!r)
        r = db_step(db, q);
    if (!r)
        db_text(out, capacity, q, 0);
    sqlite3_finalize(q);
    return r;
}

static int query_i64(struct db *db, const char *sql, int64_t *out)
{
    char text[32];
    int r = query_text(db, sql, text, sizeof(text));
    if (!r)
        *out = strtoll(text, NULL, 10);
    return r;
}

int db_check(struct db *db, bool is_thorough)
{
    char words[200];
    int r = query_text(db, is_thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)",
                       words, sizeof(words));
    if (r)
        return r;
    if (!strcmp(words, "ok"))
        return 0;
    db->trouble = DB_TROUBLE_CORRUPT;
    return DB_E_CORRUPT;
}

int db_checkpoint(struct db *db)
{
    return translate(
        db, sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL));
}

/* ---- opening ------------------------------------------------------------------------- */
static int configure(struct db *db)
{
    static const struct {
        int option, value;
    } hardening[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },
        { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
        { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
        { SQLITE_DBCONFIG_DQS_DML, 0 },
        { SQLITE_DBCONFIG_DQS_DDL, 0 },
    };
    for (size_t i = 0; i < sizeof(hardening) / sizeof(*hardening); i++) {
        int code = sqlite3_db_config(db->handle, hardening[i].option, hardening[i].value, NULL);
        if (code)
            return translate(db, code);
    }
    sqlite3_limit(db->handle, SQLITE_LIMIT_ATTACHED, 1); /* VACUUM INTO attaches its target */
    return translate(db, sqlite3_extended_result_codes(db->handle, 1));
}

static int open_handle(struct db *db, const char *path, const char *vfs, int flags)
{
    int code =
        sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, vfs);
    if (code)
        return translate(db, code);
    return configure(db);
}

/* auto_vacuum stands before journal_mode: on a new file it would stay 0 behind it. A checkpoint
 * each 1000 pages: with 256 the pages that every commit touches went to the file four times as
 * often (submits cost 5 % more). */
static const char opening[] =
    "PRAGMA locking_mode=EXCLUSIVE;" /* before anything that touches the file */
    "PRAGMA auto_vacuum=INCREMENTAL;"
    "PRAGMA journal_mode=WAL;"
    "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
    "PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON;"
    "PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-2048;"
    "PRAGMA wal_autocheckpoint=1000; PRAGMA journal_size_limit=4194304;";

static int open_sequence(struct db *db, const char *synchronous)
{
    char pragma[64], mode[16];
    int r = db_exec(db, opening);
    if (r)
        return r;
    snprintf(pragma, sizeof(pragma), "PRAGMA synchronous=%s", synchronous ? synchronous : "FULL");
    r = db_exec(db, pragma);
    if (!r)
        r = query_text(db, "PRAGMA journal_mode", mode, sizeof(mode));
    /* A file system on which WAL cannot be had would silently change what a commit means. */
    if (!r && strcmp(mode, "wal") != 0)
        r = fault_raise(-ENOTSUP);
    return r ? r : db_check(db, false);
}

static int prepare_all(struct db *db)
{
    for (int i = 0; i < Q_COUNT; i++) {
        int code = sqlite3_prepare_v3(db->handle, statement_sql[i], -1, SQLITE_PREPARE_PERSISTENT,
                                      &db->q[i], NULL);
        if (code) {
            log_line(LOG_ERROR, "queue", "statement %d: %s", i, sqlite3_errmsg(db->handle));
            return translate(db, code);
        }
    }
    return 0;
}

static int newer_outcome(struct db *db, int count)
{
    int64_t least = 0;
    int r = query_i64(db, "SELECT v FROM meta WHERE k='min_reader'", &least);
    if (r == DB_E_DONE)
        return DB_E_NEWER;
    return !r && least > count ? DB_E_NEWER : r;
}

static int migrate_step(struct db *db, const char *step, int version)
{
    char pragma[64];
    snprintf(pragma, sizeof(pragma), "PRAGMA user_version=%d", version);
    int r = db_begin(db);
    if (r)
        return r;
    r = db_exec(db, step);
    if (!r)
        r = db_exec(db, pragma);
    return db_end(db, r);
}

int db_migrate(struct db *db, const char *const *steps, int count, const char *copy_path,
               bool *is_new)
{
    int64_t version = 0;
    int r = query_i64(db, "PRAGMA user_version", &version);
    *is_new = !r && !version;
    if (r || version == count)
        return r;
    if (version > count)
        return newer_outcome(db, count);
    if (version && copy_path)
        r = db_copy(db, copy_path);
    for (int64_t i = version; !r && i < count; i++)
        r = migrate_step(db, steps[i], (int)i + 1);
    return r;
}

static int db_new(struct db **out)
{
    *out = calloc(1, sizeof(**out));
    return *out ? 0 : fault_raise(-ENOMEM);
}

int db_open(struct db **out, const struct db_options *options, bool *is_new)
{
    AUTO(db_free) struct db *db = NULL;
    char copy[4096];
    int r = db_new(&db);
    if (r)
        return r;
    r = open_handle(db, options->path, options->vfs, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!r)
        r = open_sequence(db, options->synchronous);
    snprintf(copy, sizeof(copy), "%s.before-migration", options->path);
    if (!r)
        r = db_migrate(db, schema_steps, schema_version, copy, is_new);
    if (!r)
        r = prepare_all(db);
    if (!r)
        *out = TAKE(db);
    return r == DB_E_DONE ? fault_fold(r) : r;
}

int db_open_damaged(struct db **out, const char *path, const char *vfs)
{
    AUTO(db_free) struct db *db = NULL;
    int r = db_new(&db);
    if (!r)
        r = open_handle(db, path, vfs, SQLITE_OPEN_READWRITE);
    if (!r)
        r = db_exec(
            db, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA query_only=ON; PRAGMA cell_size_check=ON; "
                "PRAGMA cache_size=-512");
    if (!r)
        *out = TAKE(db);
    return r;
}

void db_free(struct db *db)
{
    if (!db)
        return;
    for (int i = 0; i < Q_COUNT; i++)
        sqlite3_finalize(db->q[i]);
    sqlite3_close(db->handle);
    free(db);
}

/* What an earlier copy, perhaps broken off by a cut, left there: it would stop this one for ever. */
static int clear_place(struct db *db, sqlite3_vfs *vfs, const char *path)
{
    int there = 0;
    if (vfs->xAccess(vfs, path, SQLITE_ACCESS_EXISTS, &there) != SQLITE_OK || !there)
        return 0;
    return translate(db, vfs->xDelete(vfs, path, 1));
}

int db_copy(struct db *db, const char *path)
{
    sqlite3_stmt *q = NULL;
    sqlite3_vfs *vfs = NULL;
    if (sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_VFS_POINTER, &vfs) != SQLITE_OK)
        return fault_raise(-EIO);
    int r = clear_place(db, vfs, path);
    if (!r)
        r = translate(db, sqlite3_prepare_v2(db->handle, "VACUUM INTO ?", -1, &q, NULL));
    if (!r)
        r = db_query(db, q, &DB_T(path), 1);
    sqlite3_finalize(q);
    if (r != DB_E_DONE)
        return fault_fold(r);
    AUTO(db_free) struct db *copy = NULL;
    r = db_open_damaged(&copy, path, vfs->zName);
    return r ? r : db_check(copy, false);
}
