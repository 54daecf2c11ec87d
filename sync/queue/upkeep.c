/* Retention, the nightly copy, and what makes deleted content really go. All by county time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/queue/events.h"
#include "sync/queue/inside.h"

static const int64_t hour_ms = 3600 * 1000;
static const int64_t metadata_days = 30, damaged_days = 30, print_days = 30, note_days = 180,
                     figure_days = 400;

static int changes(const struct store *s)
{
    return sqlite3_changes(s->db->handle);
}

static int is_segment_done(void *context, int64_t from, int64_t to)
{
    struct store *s = context;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_SEGMENT_NEEDED];
    int r = DB_QUERY(s->db, q, DB_I(from), DB_I(to), DB_I(s->kept_ms - s->replay_window_ms));
    return r == DB_E_DONE ? 1 : r > 0 ? fault_fold(r) : r;
}

/* A year and its month of comparison. */
static int purge_figures(struct store *s, int64_t now)
{
    char utc[21], month[8];
    clock_format_utc(utc, now - figure_days * 24 * hour_ms);
    snprintf(month, sizeof(month), "%.4s%.2s", utc, utc + 5);
    return DB_CHANGE(s->db, Q_FIGURE_PURGE, DB_T(month));
}

static int purge(struct store *s, int64_t now, int *gone)
{
    int64_t month_ago = now - metadata_days * 24 * hour_ms;
    int r = DB_CHANGE(s->db, Q_SCRUB_CHUNKS, DB_I(now - s->replay_window_ms));
    *gone += r ? 0 : changes(s);
    if (!r)
        r = DB_CHANGE(s->db, Q_ITEM_PURGE, DB_I(month_ago));
    *gone += r ? 0 : changes(s);
    if (!r)
        r = DB_CHANGE(s->db, Q_STATUS_PURGE, DB_I(now));
    *gone += r ? 0 : changes(s);
    if (!r)
        r = DB_CHANGE(s->db, Q_PRINT_PURGE, DB_I(now - print_days * 24 * hour_ms));
    if (!r)
        r = DB_CHANGE(s->db, Q_NOTE_PURGE, DB_I(now - note_days * 24 * hour_ms));
    if (!r)
        r = DB_CHANGE(s->db, Q_RAISED_PURGE, DB_I(now - figure_days * 24 * hour_ms));
    return r ? r : purge_figures(s, now);
}

/* Segments first, then the rows' positions: a crash in between leaves rows that point at nothing,
 * which the next start mends; the other order would bring purged items back. */
static int retire_segments(struct store *s)
{
    unsigned retired = 0;
    int r = spool_retire(s->spool, is_segment_done, s, &retired);
    return r || !retired ? r : store_forget_lost_segments(s);
}

static int keep(struct store *s, int64_t now)
{
    int gone = 0;
    s->kept_ms = now;
    int r = retire_segments(s);
    if (!r)
        r = db_begin(s->db);
    if (!r)
        r = db_end(s->db, purge(s, now, &gone));
    if (!r && gone) {
        /* Secure delete overwrote the pages; the WAL still has the old ones until it is cut. */
        r = db_exec(s->db, "PRAGMA incremental_vacuum(2000)");
        if (!r)
            r = db_checkpoint(s->db);
    }
    return r;
}

/* ---- the nightly copy ---------------------------------------------------------------- */
static bool is_night(int64_t county_ms)
{
    int64_t hour = (county_ms / hour_ms + 8) % 24; /* UTC+8 */
    return hour >= 2 && hour < 5;
}

static bool is_copy_due(const struct store *s, int64_t now)
{
    int64_t age = now - s->copied_ms;
    return (is_night(now) && age > 20 * hour_ms) || age > 48 * hour_ms;
}

static int flush_file(const struct disk *disk, const char *name)
{
    struct disk_file *f = NULL;
    int r = disk->open(disk, &f, name);
    if (r)
        return r;
    r = disk->flush(f);
    disk->close(f);
    return r;
}

static int copy_database(struct store *s)
{
    static const char name[] = COPY_NAME ".new";
    const struct disk *disk = s->options.data;
    char path[STORE_PATH];
    snprintf(path, sizeof(path), "%s/%s", s->options.folder, name);
    int r = disk->remove(disk, name);
    if (!r)
        r = db_copy(s->db, path);
    if (!r)
        r = flush_file(disk, name); /* VACUUM INTO does not */
    return r ? r : disk->rename(disk, name, COPY_NAME);
}

struct old_files {
    const struct disk *disk;
    int64_t before_s;
    char name[80]; /* one at a time: a folder does not like to shrink while it is read */
};

static void find_old(void *context, const char *name)
{
    struct old_files *o = context;
    static const char prefix[] = DATABASE_NAME ".damaged-";
    if (strncmp(name, prefix, sizeof(prefix) - 1) != 0 || strlen(name) >= sizeof(o->name))
        return;
    if (strtoll(name + sizeof(prefix) - 1, NULL, 10) < o->before_s)
        snprintf(o->name, sizeof(o->name), "%s", name);
}

static void remove_old_damaged(struct store *s, int64_t now)
{
    struct old_files o = { .disk = s->options.data,
                           .before_s = (now - damaged_days * 24 * hour_ms) / 1000 };
    for (int i = 0; i < 10; i++) {
        o.name[0] = 0;
        if (o.disk->list(o.disk, find_old, &o) || !o.name[0] || o.disk->remove(o.disk, o.name))
            return;
    }
}

static void copy_at_night(struct store *s, int64_t now)
{
    int64_t checked_ms = 0;
    s->copied_ms = now;
    int r = copy_database(s);
    if (r && r != DB_E_FULL)
        log_line(LOG_WARNING, "queue", "no copy of the database was made");
    remove_old_damaged(s, now);
    if (!s->db || s->db->trouble != DB_FINE)
        return;
    if (store_get_i64(s, "checked_ms", &checked_ms) == 0 && now - checked_ms < 7 * 24 * hour_ms)
        return;
    r = db_check(s->db, true);
    if (!r)
        r = store_set_i64(s, "checked_ms", now);
    if (r)
        log_line(LOG_WARNING, "queue", "the weekly check of the database failed");
}

void upkeep_run(struct store *s, int64_t county_ms)
{
    if (county_ms - s->kept_ms >= hour_ms || county_ms < s->kept_ms) {
        int r = store_result(s, keep(s, county_ms));
        if (r)
            log_line(LOG_WARNING, "queue", "retention could not be carried out");
    }
    if (!s->db)
        return;
    if (!s->copied_ms && store_get_i64(s, "copied_ms", &s->copied_ms) < 0)
        return;
    if (s->db && is_copy_due(s, county_ms)) {
        copy_at_night(s, county_ms);
        int r = s->db ? store_result(s, s->db->trouble ? DB_E_CORRUPT : 0) : 0;
        if (!r)
            r = store_set_i64(s, "copied_ms", county_ms);
        if (r)
            log_line(LOG_WARNING, "queue", "the time of the copy was not noted");
    }
}
