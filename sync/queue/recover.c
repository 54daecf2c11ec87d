/* The recovery ladder: open, else set aside and rebuild; then make the database agree with the
 * spool log. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/queue/events.h"
#include "sync/queue/inside.h"

static void path_of(char out[STORE_PATH], const struct store *s, const char *name)
{
    snprintf(out, STORE_PATH, "%s/%s", s->options.folder, name);
}

/* ---- the database -------------------------------------------------------------------- */
static int open_file(struct store *s, bool *is_new)
{
    char path[STORE_PATH];
    path_of(path, s, DATABASE_NAME);
    const struct db_options options = { path, s->options.vfs, s->options.synchronous };
    return db_open(&s->db, &options, is_new);
}

/* The damaged file and its WAL get a name that tells when, so that upkeep can end them after 30
 * days. The WAL goes first: a file without it is merely older. */
static int set_aside(struct store *s, char name[64])
{
    const struct disk *disk = s->options.data;
    char wal[80];
    int64_t now = s->options.clock->wall_ms(s->options.clock) / 1000;
    snprintf(name, 64, "%s.damaged-%lld", DATABASE_NAME, (long long)now);
    snprintf(wal, sizeof(wal), "%s-wal", name);
    int r = disk->rename(disk, DATABASE_NAME "-wal", wal);
    if (!r || r == -ENOENT)
        r = disk->rename(disk, DATABASE_NAME, name);
    return r == -ENOENT ? 0 : r;
}

static bool has_file(const struct disk *disk, const char *name)
{
    struct disk_file *file = NULL;
    if (disk->open(disk, &file, name))
        return false;
    disk->close(file);
    return true;
}

static int salvage(struct store *s, const char *name, unsigned *rows)
{
    char path[STORE_PATH];
    int64_t floor = 0;
    if (!has_file(s->options.data, name))
        return 0;
    path_of(path, s, name);
    int r = salvage_file(s->db, path, s->options.vfs, &floor, rows);
    if (!r && floor > s->seq_floor)
        s->seq_floor = floor;
    return r;
}

/* What the count of tickets has come to since the copy nobody knows (tickets.h). */
static int note_tickets_lost(struct store *s)
{
    return DB_CHANGE(s->db, Q_META_SET, DB_T("tickets_lost"), DB_I(1));
}

/* Event numbers must not begin again: the platform would take them for repeats. Seconds are a
 * number that fewer events than that cannot have reached. */
static int note_rebuilt(struct store *s, unsigned rows)
{
    char detail[40];
    struct moment now = store_now(s, CLOCK_UNSET);
    snprintf(detail, sizeof(detail), "%u rows", rows);
    log_line(LOG_ERROR, "queue", "the database was damaged: a new one was made, %u rows salvaged",
             rows);
    int r = note_tickets_lost(s);
    return r ? r
             : DB_CHANGE(s->db, Q_EVENT_ADD_AT, DB_I(now.wall_ms / 1000),
                         DB_B(now.boot_id, UUID_BYTES), DB_I(now.boot_ms), DB_I(now.wall_ms),
                         DB_T("database-rebuilt"), DB_T(detail));
}

static int rebuild(struct store *s)
{
    char name[64];
    bool is_new;
    unsigned rows = 0;
    int r = set_aside(s, name);
    if (!r)
        r = open_file(s, &is_new);
    if (!r)
        r = salvage(s, name, &rows);
    if (!r && !rows)
        r = salvage(s, COPY_NAME, &rows);
    return r ? r : note_rebuilt(s, rows);
}

static int open_database(struct store *s, bool *is_new)
{
    int r = open_file(s, is_new);
    if (r == DB_E_FULL) {
        store_release_ballast(s);
        r = open_file(s, is_new);
    }
    unsigned rows = 0;
    if (!r && *is_new)
        r = salvage(s, COPY_NAME, &rows); /* somebody took the file away but left the copy */
    if (!r && rows)
        r = note_rebuilt(s, rows);
    return r == DB_E_CORRUPT ? rebuild(s) : r;
}

/* ---- the spool log ------------------------------------------------------------------- */
struct void_mark {
    uint8_t id[UUID_BYTES];
    int64_t position;
};

struct replay {
    struct store *store;
    struct void_mark *voids;
    size_t void_count;
    int64_t floor;
    uint64_t pending_bytes; /* in the open transaction */
    unsigned records, restored, unreadable;
};

static int note_record(void *context, const struct spool_record *record)
{
    struct replay *p = context;
    p->records++;
    if (record->kind != SPOOL_VOID) {
        if (record->item.seq > p->floor)
            p->floor = record->item.seq;
        return 0;
    }
    struct void_mark *grown = realloc(p->voids, (p->void_count + 1) * sizeof(*grown));
    if (!grown)
        return fault_raise(-ENOMEM);
    p->voids = grown;
    memcpy(grown[p->void_count].id, record->item.id, UUID_BYTES);
    grown[p->void_count++].position = record->item.position;
    return 0;
}

static bool is_void(const struct replay *p, const struct item *item)
{
    for (size_t i = 0; i < p->void_count; i++)
        if (p->voids[i].position > item->position && !memcmp(p->voids[i].id, item->id, UUID_BYTES))
            return true;
    return false;
}

static bool holds(sqlite3_stmt *q, int column, const void *bytes, size_t length)
{
    return sqlite3_column_bytes(q, column) == (int)length &&
           !memcmp(sqlite3_column_blob(q, column), bytes, length);
}

/* Damage within a text or a blob passes every check of SQLite. The log, whose records carry a sum, says what stood there. */
static bool is_as_logged(sqlite3_stmt *q, const struct item *item)
{
    return db_i64(q, 0) == item->seq && holds(q, 3, item->token, UUID_BYTES) &&
           holds(q, 4, item->receipt, strlen(item->receipt)) &&
           holds(q, 5, item->sha256, SHA256_BYTES) && db_i64(q, 6) == (int64_t)item->size;
}

/* 0: the database has it, DB_E_DONE: it lacks it, or did not have it as it was. */
static int has_row(struct store *s, const struct item *item)
{
    bool is_damaged;
    {
        AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_BY_ID];
        int r = DB_QUERY(s->db, q, DB_B(item->id, UUID_BYTES));
        if (r)
            return r;
        is_damaged = !is_as_logged(q, item);
        if (!is_damaged && db_i64(q, 2) == item->position)
            return 0;
    }
    if (!is_damaged)
        return DB_CHANGE(s->db, Q_ITEM_MOVE, DB_B(item->id, UUID_BYTES), DB_I(item->position));
    events_add(s, "row-damaged", "%lld", (long long)item->seq);
    int r = DB_CHANGE(s->db, Q_ITEM_DROP, DB_B(item->id, UUID_BYTES));
    return r ? r : DB_E_DONE;
}

static int commit_some(struct replay *p, size_t bytes)
{
    struct db *db = p->store->db;
    p->pending_bytes += bytes;
    if (p->pending_bytes < 4 * 1024 * 1024)
        return 0;
    p->pending_bytes = 0;
    int r = db_commit(db);
    return r ? r : db_begin(db);
}

static int restore_record(void *context, const struct spool_record *record)
{
    struct replay *p = context;
    struct bytes body AUTO_BYTES = { 0 };
    if (record->kind != SPOOL_ITEM || is_void(p, &record->item))
        return 0;
    int r = has_row(p->store, &record->item);
    if (r != DB_E_DONE)
        return r;
    r = spool_read(p->store->spool, record->item.position, &body);
    if (r == SPOOL_E_DAMAGED) {
        p->unreadable++; /* a torn tail: nobody was told that it was stored */
        return 0;
    }
    if (!r)
        r = store_insert(p->store, &record->item, body.data);
    if (r == DB_E_CONSTRAINT)
        return 0; /* its token or number is there under another id: the row that stands wins */
    if (r)
        return r;
    p->restored++;
    return commit_some(p, body.length);
}

/* What a failed commit may have left behind after its sender was told "not stored". */
static int apply_voids(struct replay *p)
{
    int r = 0;
    for (size_t i = 0; !r && i < p->void_count; i++)
        r = DB_CHANGE(p->store->db, Q_ITEM_UNDO, DB_B(p->voids[i].id, UUID_BYTES),
                      DB_I(p->voids[i].position));
    return r;
}

enum { SEGMENTS_MAX = 4096 };

/* Rows whose segment was deleted just before a crash. */
int store_forget_lost_segments(struct store *s)
{
    int64_t gone[SEGMENTS_MAX];
    size_t count = 0;
    {
        AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_POSITIONS];
        int r;
        for (r = db_step(s->db, q); !r && count < SEGMENTS_MAX; r = db_step(s->db, q)) {
            int64_t from = (int64_t)((uint64_t)db_i64(q, 0) << 32);
            if (!spool_has(s->spool, from))
                gone[count++] = from;
        }
        if (r && r != DB_E_DONE)
            return r;
    }
    int r = 0;
    for (size_t i = 0; !r && i < count; i++)
        r = DB_CHANGE(s->db, Q_SEGMENT_GONE, DB_I(gone[i]), DB_I(gone[i] + UINT32_MAX));
    return r;
}

static int replay_into_database(struct replay *p)
{
    unsigned damaged = 0;
    struct store *s = p->store;
    int r = spool_scan(s->spool, note_record, p, &damaged);
    if (r)
        return r;
    r = db_begin(s->db);
    if (r)
        return r;
    r = apply_voids(p);
    if (!r)
        r = spool_scan(s->spool, restore_record, p, &damaged);
    if (!r)
        r = store_forget_lost_segments(s);
    r = db_end(s->db, r);
    if (!r && damaged)
        events_add(s, "spool-damaged", "%u places", damaged);
    if (!r && p->restored)
        events_add(s, "spool-replayed", "%u items", p->restored);
    if (!r && p->unreadable)
        events_add(s, "spool-torn", "%u records", p->unreadable);
    return r;
}

int store_replay(struct store *s)
{
    struct replay p = { .store = s };
    int r = replay_into_database(&p);
    free(p.voids);
    s->replay_due = r == DB_E_FULL;
    if (p.floor > s->seq_floor)
        s->seq_floor = p.floor;
    s->is_new = s->is_new && !p.records;
    return r;
}

/* ---- all together -------------------------------------------------------------------- */
static int load_floor(struct store *s)
{
    int64_t floor = 0, last = 0;
    int r = store_get_i64(s, "seq_floor", &floor);
    if (r && r != STORE_E_NONE)
        return r;
    {
        AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_ITEM_LAST_SEQ];
        r = db_step(s->db, q);
        last = r ? 0 : db_i64(q, 0);
    }
    if (floor > s->seq_floor && floor <= INT64_C(1) << 60)
        s->seq_floor = floor;
    if (last > s->seq_floor)
        s->seq_floor = last;
    s->seq_last = s->seq_floor; /* the rest of the block that was open is given up */
    return r;
}

static int reset_waits(struct store *s)
{
    enum { SIX_HOURS_MS = 6 * 3600 * 1000 };
    int64_t now = s->options.clock->boot_ms(s->options.clock);
    return DB_CHANGE(s->db, Q_ITEM_FORGET_WAITS, DB_I(now + SIX_HOURS_MS));
}

int store_bring_up(struct store *s)
{
    bool is_new = false;
    int r = open_database(s, &is_new);
    if (r == DB_E_BUSY || r == DB_E_NEWER)
        return r == DB_E_BUSY ? STORE_OPEN_E_BUSY : STORE_OPEN_E_NEWER;
    s->is_new = is_new && s->db;
    if (!r)
        r = spool_open(&s->spool, s->options.spool, s->options.segment_bytes);
    if (!r)
        r = store_replay(s);
    if (!r && is_new && !s->is_new)
        r = note_tickets_lost(s); /* a log without its database */
    if (r == DB_E_FULL && s->db && s->spool) {
        /* Come up without the rest: what can be sent and deleted makes room for it. */
        store_release_ballast(s);
        r = 0;
    }
    if (!r)
        r = load_floor(s);
    if (!r)
        r = reset_waits(s);
    if (!r)
        s->was_up = true;
    return r > 0 ? fault_fold(r) : r;
}
