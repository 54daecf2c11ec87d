#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "tests/platform/matter.h"
#include "tests/platform/ratings.h"
#include "tests/platform/withdrawals.h"
#include "tests/platform/waivers.h"

enum { SCHEMA = 3 };

static const char schema[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA "
    "trusted_schema=OFF;"
    "BEGIN IMMEDIATE;"
    "CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS kiosk(id TEXT PRIMARY KEY, install_id TEXT NOT NULL, boot_id TEXT "
    "NOT NULL DEFAULT '',"
    "  last_boot_id TEXT NOT NULL DEFAULT '', last_seq INTEGER NOT NULL DEFAULT 0, seen_at TEXT "
    "NOT NULL DEFAULT '') WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS code(code TEXT PRIMARY KEY, kiosk TEXT NOT NULL, until_ms INTEGER "
    "NOT NULL, key_hash TEXT,"
    "  certificate TEXT) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS item(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sha256 TEXT "
    "NOT NULL, kiosk TEXT NOT NULL,"
    "  install_id TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, suite INTEGER NOT NULL, "
    "key_id TEXT NOT NULL,"
    "  receipt TEXT NOT NULL, submitted_at TEXT NOT NULL, clock_basis TEXT NOT NULL, received_at "
    "TEXT NOT NULL,"
    "  server_ref TEXT NOT NULL, state TEXT NOT NULL, sealed BLOB NOT NULL);"
    "CREATE INDEX IF NOT EXISTS item_by_hash ON item(kiosk, sha256);"
    "CREATE TABLE IF NOT EXISTS feed(pos INTEGER PRIMARY KEY AUTOINCREMENT, kiosk TEXT NOT NULL, "
    "receipt_hash TEXT NOT NULL,"
    "  state TEXT NOT NULL, changed_at TEXT NOT NULL, due TEXT NOT NULL, missing TEXT NOT NULL, "
    "server_ref TEXT NOT NULL,"
    "  note TEXT NOT NULL, facts TEXT NOT NULL DEFAULT '{}');"
    "CREATE INDEX IF NOT EXISTS feed_by_kiosk ON feed(kiosk, pos);"
    "CREATE TABLE IF NOT EXISTS part(kiosk TEXT NOT NULL, sha256 TEXT NOT NULL, n INTEGER NOT "
    "NULL, size INTEGER NOT NULL,"
    "  at_ms INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY(kiosk, sha256, n));"
    "CREATE TABLE IF NOT EXISTS event(kiosk TEXT NOT NULL, install_id TEXT NOT NULL, n INTEGER NOT "
    "NULL, what TEXT NOT NULL,"
    "  detail TEXT NOT NULL, PRIMARY KEY(kiosk, install_id, n)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS claim(item TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS escalation(id TEXT PRIMARY KEY, kiosk TEXT NOT NULL, receipt TEXT "
    "NOT NULL, server_ref TEXT NOT NULL,"
    "  opened INTEGER NOT NULL, weight INTEGER NOT NULL, level INTEGER NOT NULL DEFAULT 1, "
    "answered INTEGER NOT NULL DEFAULT 0,"
    "  answer TEXT NOT NULL DEFAULT '', is_learnt INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;"
    "PRAGMA user_version=3; COMMIT;";

static int bind_all(sqlite3_stmt *q, const char *format, va_list args)
{
    int r = SQLITE_OK;
    for (int i = 1; format[i - 1] && r == SQLITE_OK; i++) {
        const void *data;
        switch (format[i - 1]) {
        case 't':
            r = sqlite3_bind_text(q, i, va_arg(args, const char *), -1, SQLITE_TRANSIENT);
            break;
        case 'i':
            r = sqlite3_bind_int64(q, i, va_arg(args, int64_t));
            break;
        case 'b':
            data = va_arg(args, const void *);
            r = sqlite3_bind_blob64(q, i, data, va_arg(args, size_t), SQLITE_TRANSIENT);
            break;
        default:
            r = sqlite3_bind_null(q, i);
        }
    }
    return r;
}

static sqlite3_stmt *prepare(struct platform *p, const char *text, const char *format, va_list args)
{
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(p->db, text, -1, &q, NULL) != SQLITE_OK ||
        bind_all(q, format, args) != SQLITE_OK) {
        log_line(LOG_ERROR, "county", "%s: %s", text, sqlite3_errmsg(p->db));
        sqlite3_finalize(q);
        return NULL;
    }
    return q;
}

sqlite3_stmt *sql(struct platform *p, const char *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    sqlite3_stmt *q = prepare(p, text, format, args);
    va_end(args);
    return q;
}

int sql_do(struct platform *p, const char *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    sqlite3_stmt *q = prepare(p, text, format, args);
    va_end(args);
    int r = q ? sqlite3_step(q) : SQLITE_ERROR;
    if (q && r != SQLITE_DONE && r != SQLITE_ROW)
        log_line(LOG_ERROR, "county", "%s: %s", text, sqlite3_errmsg(p->db));
    sqlite3_finalize(q);
    return r == SQLITE_DONE || r == SQLITE_ROW ? 0 : -EIO;
}

const char *sql_text(sqlite3_stmt *q, int column)
{
    const char *text = (const char *)sqlite3_column_text(q, column);
    return text ? text : "";
}

static int load_epoch(struct platform *p)
{
    sqlite3_stmt *q = sql(p, "SELECT value FROM meta WHERE key='epoch'", "");
    if (!q)
        return -EIO;
    bool is_there = sqlite3_step(q) == SQLITE_ROW;
    if (is_there)
        snprintf(p->epoch, sizeof(p->epoch), "%s", sql_text(q, 0));
    sqlite3_finalize(q);
    if (is_there)
        return 0;
    uint8_t id[UUID_BYTES];
    uuid_v7(id, &p->ids);
    uuid_format(p->epoch, id);
    return sql_do(p, "INSERT INTO meta VALUES('epoch', ?)", "t", p->epoch);
}

/* 0 for a new file; 1 was not written down yet. */
static int schema_of(sqlite3 *db)
{
    static const char question[] =
        "SELECT CASE WHEN user_version=0 AND EXISTS(SELECT 1 FROM sqlite_master) THEN 1"
        " ELSE user_version END FROM pragma_user_version";
    sqlite3_stmt *q = NULL;
    int version = -1;
    if (sqlite3_prepare_v2(db, question, -1, &q, NULL) == SQLITE_OK &&
        sqlite3_step(q) == SQLITE_ROW)
        version = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    return version;
}

int store_begin(struct platform *p)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/county.db", p->data);
    if (sqlite3_open(path, &p->db) != SQLITE_OK) {
        log_line(LOG_ERROR, "county", "%s: %s", path, sqlite3_errmsg(p->db));
        return -EIO;
    }
    sqlite3_busy_timeout(p->db, 5000);
    int version = schema_of(p->db);
    if (version > 0 && version != SCHEMA) {
        log_line(LOG_ERROR, "county", "%s is of another version (%d): begin with an empty folder",
                 path, version);
        return -EINVAL;
    }
    if (version < 0 || sqlite3_exec(p->db, schema, NULL, NULL, NULL) != SQLITE_OK) {
        log_line(LOG_ERROR, "county", "%s: %s", path, sqlite3_errmsg(p->db));
        return -EIO;
    }
    /* Parts whose item never came. */
    int64_t week_ago = system_clock.wall_ms(&system_clock) - INT64_C(7) * 24 * 3600 * 1000;
    int r = sql_do(p, "DELETE FROM part WHERE at_ms<?", "i", week_ago);
    if (!r)
        r = load_epoch(p);
    if (!r)
        r = matter_begin(p);
    if (!r)
        r = waivers_begin(p);
    if (!r)
        r = ratings_begin(p);
    if (!r)
        r = withdrawals_begin(p);
    return r ? r : days_begin(p);
}
