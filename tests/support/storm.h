/* A disk that loses power: files in memory behind struct disk and behind an SQLite VFS, both on the same platter.
 *
 * What was written and not flushed is at the mercy of the cut: each 512-byte sector keeps its old or its new content, the
 * file its old or new length, and the write under way is torn anywhere. From the cut on every operation fails. One storm at
 * a time; not thread-safe. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "sync/queue/disk.h"

#define STORM_VFS "storm"

/* An empty platter, power on, `seed` for everything left to chance. */
void storm_begin(uint64_t seed);
void storm_end(void);
/* Power fails at the `n`-th write, flush, creation, removal or renaming from now; 0: never. */
void storm_cut_at(uint64_t n);
/* Operations counted since storm_cut_at() or storm_begin(). */
uint64_t storm_operations(void);
/* Flushes among them. */
uint64_t storm_flushes(void);
bool storm_is_dark(void);
/* What the cut left is what is there now; power is on again. */
void storm_light(void);
/* For the options of a store. */
const struct disk *storm_disk(void);
/* Operations that fail with this fault from now on (-ENOSPC, -EIO) instead of a cut; 0: none. Reads go on. */
void storm_refuse(int fault);
/* Flushes say that they worked and do nothing: what a bad disk does, and proof that tests would see it. */
void storm_lie(bool is_lying);
/* What storm_disk() says of its room; 64 GiB, all of it free, at the start. */
void storm_set_room(int64_t free_bytes, int64_t total_bytes);
/* Overwrite bytes of a file, as a failing medium does. False when it has no such file or byte. */
bool storm_damage(const char *name, uint64_t at, uint8_t with);
uint64_t storm_size(const char *name);
