#include "sync/queue/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/queue/events.h"
#include "sync/queue/inside.h"

enum {
    RETRY_MS = 10000,
    LOOK_MS = 10000,
    BALLAST_BYTES = 8 * 1024 * 1024,
    REPLAY_WINDOW_DAYS = 7,
    /* Hundredths of a percent of the disk that must be free. */
    WARN_SPACE = 2000,
    SHORT_SPACE = 1000,
    REFUSE_SPACE = 500,
};
static const int64_t day_ms = 24 * 3600 * 1000;

int store_open(struct store **out, const struct store_options *options)
{
    AUTO(store_free) struct store *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    s->options = *options;
    s->ids.clock = options->clock;
    s->replay_window_ms = REPLAY_WINDOW_DAYS * day_ms;
    s->free_space = 10000;
    if (!s->options.segment_bytes)
        s->options.segment_bytes = SPOOL_SEGMENT_BYTES;
    if (!s->options.ballast_bytes)
        s->options.ballast_bytes = BALLAST_BYTES;
    int r = store_bring_up(s);
    if (r > 0 || r == -ENOMEM)
        return r;
    if (r)
        store_take_down(s);
    s->looked_ms = options->clock->boot_ms(options->clock) - LOOK_MS;
    store_tick(s, false, 0);
    *out = TAKE(s);
    return 0;
}

void store_free(struct store *s)
{
    if (!s)
        return;
    if (s->db && db_checkpoint(s->db))
        log_line(LOG_WARNING, "queue",
                 "the last checkpoint failed; the log will be read at the next start");
    db_free(s->db);
    spool_free(s->spool);
    free(s);
}

void store_set_kiosk(struct store *s, const char *kiosk_id)
{
    snprintf(s->kiosk_id, sizeof(s->kiosk_id), "%s", kiosk_id);
}

const char *store_kiosk(const struct store *s)
{
    return s->kiosk_id;
}

const uint8_t *store_boot_id(const struct store *s)
{
    return s->options.boot_id;
}

struct moment store_now(const struct store *s, enum clock_quality quality)
{
    const struct clock *clock = s->options.clock;
    struct moment now = { .boot_ms = clock->boot_ms(clock),
                          .wall_ms = clock->wall_ms(clock),
                          .quality = quality };
    memcpy(now.boot_id, s->options.boot_id, UUID_BYTES);
    return now;
}

/* ---- up and down --------------------------------------------------------------------- */
bool store_is_up(const struct store *s)
{
    return s->db != NULL;
}

bool store_is_new(const struct store *s)
{
    return s->is_new;
}

int store_need(const struct store *s)
{
    return s->db ? 0 : STORE_E_DOWN;
}

void store_take_down(struct store *s)
{
    db_free(s->db);
    spool_free(s->spool);
    s->db = NULL;
    s->spool = NULL;
    s->retry_ms = s->options.clock->boot_ms(s->options.clock) + (s->was_up ? 0 : RETRY_MS);
    if (s->was_up)
        log_line(LOG_ERROR, "queue", "the store is down: its disk fails or its file is damaged");
    s->was_up = false;
}

int store_result(struct store *s, int r)
{
    if (s->db && s->db->trouble != DB_FINE) {
        db_rollback(s->db);
        store_take_down(s);
        return STORE_E_DOWN;
    }
    switch (r) {
    case DB_E_DONE:
        return STORE_E_NONE;
    case DB_E_FULL:
        store_release_ballast(s);
        return STORE_E_FULL;
    case DB_E_CONSTRAINT:
    case DB_E_BUSY:
    case DB_E_CORRUPT:
    case DB_E_NEWER:
        return fault_fold(r);
    }
    return r;
}

static void heal(struct store *s, int64_t now)
{
    if (s->db || now < s->retry_ms)
        return;
    int r = store_bring_up(s);
    if (!r)
        return;
    log_line(LOG_ERROR, "queue", "the store stays down; next try in %d s", RETRY_MS / 1000);
    store_take_down(s);
}

/* ---- space --------------------------------------------------------------------------- */
void store_release_ballast(struct store *s)
{
    s->was_full = true;
    s->level = DISK_REFUSE;
    if (!s->has_ballast)
        return;
    if (!s->options.data->remove(s->options.data, BALLAST_NAME))
        log_line(LOG_WARNING, "queue", "the disk is full: the ballast was released");
    s->has_ballast = false;
}

static void refill_ballast(struct store *s)
{
    const struct disk *disk = s->options.data;
    struct disk_file *file = NULL;
    if (s->has_ballast || s->free_space < SHORT_SPACE)
        return;
    int r = disk->create(disk, &file, BALLAST_NAME, s->options.ballast_bytes);
    if (!r)
        disk->close(file);
    s->has_ballast = !r || r == -EEXIST;
    if (s->has_ballast)
        s->was_full = false;
}

static enum disk_level level_of(const struct store *s)
{
    if (s->free_space < REFUSE_SPACE || s->was_full)
        return DISK_REFUSE;
    return s->free_space < SHORT_SPACE  ? DISK_SHORT
           : s->free_space < WARN_SPACE ? DISK_WARN
                                        : DISK_OK;
}

static int least_free_space(const struct store *s)
{
    int data = s->options.data->free_space(s->options.data);
    int spool = s->options.spool->free_space(s->options.spool);
    return data < spool ? data : spool;
}

static void look_at_disk(struct store *s)
{
    static const char *const what[] = { "disk-ok", "disk-low", "disk-short", "disk-refuse" };
    int space = least_free_space(s);
    if (space < 0)
        return;
    s->free_space = space;
    refill_ballast(s);
    enum disk_level level = level_of(s);
    if (level != s->level && s->db)
        events_add(s, what[level], "%d percent free", store_free_percent(s));
    s->level = level;
}

enum disk_level store_disk_level(const struct store *s)
{
    return s->level;
}

int store_free_percent(const struct store *s)
{
    return s->free_space / 100;
}

void store_tick(struct store *s, bool is_idle, int64_t county_ms)
{
    int64_t now = s->options.clock->boot_ms(s->options.clock);
    heal(s, now);
    if (now >= s->looked_ms + LOOK_MS) {
        look_at_disk(s);
        s->looked_ms = now;
    }
    if (s->db && s->replay_due && s->level != DISK_REFUSE && store_result(s, store_replay(s)))
        log_line(LOG_WARNING, "queue", "the log could not be read back yet");
    if (s->spool && is_idle)
        spool_prepare(s->spool);
    if (s->db && is_idle && county_ms)
        upkeep_run(s, county_ms);
}

int64_t store_next_ms(const struct store *s)
{
    int64_t look = s->looked_ms + LOOK_MS;
    return !s->db && s->retry_ms < look ? s->retry_ms : look;
}

void store_set_replay_window(struct store *s, int64_t window_ms)
{
    s->replay_window_ms = window_ms;
}

int64_t store_replay_window(const struct store *s)
{
    return s->replay_window_ms;
}

/* ---- meta ---------------------------------------------------------------------------- */
static int get(struct store *s, const char *key, char *text, size_t capacity, int64_t *number)
{
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_META_GET];
    r = DB_QUERY(s->db, q, DB_T(key));
    if (!r && text)
        db_text(text, capacity, q, 0);
    if (!r && number)
        *number = db_i64(q, 0);
    return store_result(s, r);
}

static int set(struct store *s, const char *key, struct db_value value)
{
    int r = store_need(s);
    return r ? r : store_result(s, DB_CHANGE(s->db, Q_META_SET, DB_T(key), value));
}

int store_get_text(struct store *s, const char *key, char *out, size_t capacity)
{
    return get(s, key, out, capacity, NULL);
}

int store_set_text(struct store *s, const char *key, const char *value)
{
    return set(s, key, DB_T(value));
}

int store_get_i64(struct store *s, const char *key, int64_t *out)
{
    return get(s, key, NULL, 0, out);
}

int store_set_i64(struct store *s, const char *key, int64_t value)
{
    return set(s, key, DB_I(value));
}

int store_raise_floor(struct store *s, int64_t floor)
{
    if (floor > INT64_C(1) << 60)
        return fault_raise(-ERANGE);
    if (floor <= s->seq_floor) {
        /* The block at hand may begin below it: this kiosk is a restored copy, and those numbers are used. */
        if (floor > s->seq_last)
            s->seq_last = floor;
        return store_need(s);
    }
    int r = store_set_i64(s, "seq_floor", floor);
    if (!r)
        s->seq_last = s->seq_floor = floor;
    return r;
}
