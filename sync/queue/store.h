/* The durable store of one kiosk: database, spool log, and what heals them. Named operations on it
 * stand in outbox.h, prints.h, cases.h, docs.h and events.h. One thread; one process for each data
 * folder.
 *
 * A store whose disk fails stays open and "down": operations answer STORE_E_DOWN, store_tick()
 * tries to bring it up again. Recovery ladder: reopen and check; else set the database aside, make
 * a new one, rebuild the queue from the spool log, and walk the damaged file (or the nightly copy)
 * for what the log does not hold.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/clock.h"
#include "sync/queue/disk.h"
#include "sync/queue/item.h"

enum store_outcome {
    STORE_E_DOWN = 1, /* the disk fails; nothing can be said or kept now */
    STORE_E_FULL,     /* no space; nothing was changed */
    STORE_E_NONE,     /* there is no such row */
};

struct store_options {
    const struct disk *data;  /* the data folder: database, ballast, copies */
    const struct disk *spool; /* the folder of the spool log; another medium is better */
    const char *folder;       /* path of `data`, for SQLite */
    const struct clock *clock;
    uint8_t boot_id[UUID_BYTES];
    /* For tests; zeros mean the product's values. */
    const char *vfs;
    const char *synchronous;
    uint64_t segment_bytes;
    uint64_t ballast_bytes;
};

struct store;

enum store_open_outcome {
    STORE_OPEN_E_BUSY = 1, /* another kiosk-syncd owns the folder */
    STORE_OPEN_E_NEWER,    /* written by a newer firmware whose files this one cannot read */
};

/* Everything in `options` is borrowed. 0 (perhaps already down), STORE_OPEN_E_..., -ENOMEM. */
NODISCARD int store_open(struct store **out, const struct store_options *options);
/* Checkpoint, then close. */
void store_free(struct store *s);
AUTO_DEFINE(struct store, store_free)

/* The kiosk's number, which stands in every receipt; "" before enrolment. */
void store_set_kiosk(struct store *s, const char *kiosk_id);
const char *store_kiosk(const struct store *s);
struct moment store_now(const struct store *s, enum clock_quality quality);
const uint8_t *store_boot_id(const struct store *s);

bool store_is_up(const struct store *s);
/* Nothing was here when it was opened: a new medium, or one that lost everything. */
bool store_is_new(const struct store *s);
enum disk_level { DISK_OK, DISK_WARN, DISK_SHORT, DISK_REFUSE };
/* As of the last tick: DISK_SHORT stops downloads, DISK_REFUSE new submissions; sending always goes
 * on. */
enum disk_level store_disk_level(const struct store *s);
int store_free_percent(const struct store *s);

/* Heal, look at the disk, refill the ballast, prepare the next segment. `is_idle`: nobody waits.
 * `county_ms` is county time last known, 0 when none: retention never uses the bare wall clock. */
void store_tick(struct store *s, bool is_idle, int64_t county_ms);
/* When store_tick() wants to run, boot clock. */
int64_t store_next_ms(const struct store *s);
/* How long accepted bodies stay (config). */
void store_set_replay_window(struct store *s, int64_t window_ms);
int64_t store_replay_window(const struct store *s);

/* ---- meta
 * ---------------------------------------------------------------------------------------------- 0,
 * STORE_E_NONE, STORE_E_DOWN, STORE_E_FULL or a fault. */
NODISCARD int store_get_text(struct store *s, const char *key, char *out, size_t capacity);
NODISCARD int store_set_text(struct store *s, const char *key, const char *value);
NODISCARD int store_get_i64(struct store *s, const char *key, int64_t *out);
NODISCARD int store_set_i64(struct store *s, const char *key, int64_t value);

/* Sequence numbers up to `floor` count as given away (enrolment and config: this kiosk may be a
 * restored copy). */
NODISCARD int store_raise_floor(struct store *s, int64_t floor);
