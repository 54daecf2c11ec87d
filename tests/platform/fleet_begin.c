#include <stdio.h>
#include <stdlib.h>

#include "firmware/base/log.h"
#include "tests/platform/fleet_inside.h"
#include "tests/platform/logs.h"

static const char tables[] =
    "CREATE TABLE IF NOT EXISTS fleet_health(kiosk TEXT PRIMARY KEY, seen_ms INTEGER NOT NULL, "
    "body TEXT NOT "
    "NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS fleet_card(kiosk TEXT PRIMARY KEY, name TEXT NOT NULL, place TEXT "
    "NOT NULL,"
    "  revoked_ms INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS fleet_event(kiosk TEXT NOT NULL, install_id TEXT NOT NULL, n "
    "INTEGER NOT NULL,"
    "  at_ms INTEGER NOT NULL, heard_ms INTEGER NOT NULL, PRIMARY KEY(kiosk, install_id, n)) "
    "WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS fleet_certificate(serial TEXT NOT NULL, kiosk TEXT NOT NULL, "
    "seen_ms INTEGER NOT "
    "NULL,"
    "  revoked_ms INTEGER NOT NULL, PRIMARY KEY(serial, kiosk)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS rollout(id INTEGER PRIMARY KEY AUTOINCREMENT, version TEXT NOT "
    "NULL, board TEXT NOT "
    "NULL,"
    "  file TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, replaces TEXT NOT NULL, "
    "first TEXT NOT "
    "NULL,"
    "  stage INTEGER NOT NULL, stage_ms INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT "
    "NULL,"
    "  fail_limit INTEGER NOT NULL, patience INTEGER NOT NULL, hold_s INTEGER NOT NULL, from_hour "
    "INTEGER NOT NULL,"
    "  to_hour INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS rollout_outcome(rollout INTEGER NOT NULL, kiosk TEXT NOT NULL, "
    "outcome TEXT NOT "
    "NULL,"
    "  reason TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY(rollout, kiosk)) WITHOUT ROWID;";

int fleet_begin(struct platform *p, const char *updates_dir)
{
    p->fleet = calloc(1, sizeof(*p->fleet));
    if (!p->fleet)
        return -ENOMEM;
    snprintf(p->fleet->dir, sizeof(p->fleet->dir), "%s", updates_dir ? updates_dir : "");
    if (sqlite3_exec(p->db, tables, NULL, NULL, NULL) != SQLITE_OK) {
        log_line(LOG_ERROR, "county", "%s", sqlite3_errmsg(p->db));
        return -EIO;
    }
    if (logs_begin(p))
        return -EIO;
    bool has_any = false;
    sqlite3_stmt *q = sql(p,
                          "SELECT coalesce((SELECT value FROM meta WHERE key='updates_version'),0),"
                          " EXISTS(SELECT 1 FROM rollout)",
                          "");
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        p->fleet->version = sqlite3_column_int64(q, 0);
        has_any = sqlite3_column_int(q, 1);
    }
    sqlite3_finalize(q);
    /* Under a new version: it may have ended between a change and its list. */
    return q ? rollouts_remake(p, has_any) : -EIO;
}

void fleet_end(struct platform *p)
{
    if (!p->fleet)
        return;
    bytes_clear(&p->fleet->document);
    bytes_clear(&p->fleet->signature);
    free(p->fleet);
}
