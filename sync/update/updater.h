/* Fetches firmware updates and hands them to the installer: what the county's document `updates` offers this kiosk, piece by
 * piece, at night, slowly, while there is room for a month of applications besides; checked against size and SHA-256, flushed,
 * and only then announced (place.h). What the installer answers is told to the county once.
 *
 * It installs nothing and its word counts for nothing: the installer verifies the document's signature, that it offers this very
 * file to this board, and the bundle's own signature (firmware/update/admit.h). Whoever takes this process over can keep an update
 * away, and no more. One thread, never blocks for longer than a piece of 256 KiB takes to write or 1 MiB to sum up. */
#pragma once

#include <jansson.h>

#include "sync/queue/disk.h"
#include "sync/queue/store.h"
#include "sync/uplink/link.h"

struct updater; /* body in inside.h */

struct updater_options {
    const struct disk *disk; /* <data>/updates, and nothing else in it */
    struct store *store;
    struct link *link;
    struct chance *chance;
    void (*answered)(
        void *context); /* the installer has answered: the county should hear soon. May be NULL */
    void *context;
    const char *board, *version; /* what runs here; "" not known: nothing is fetched */
};

enum {
    UPDATE_PIECE_BYTES = 256 * 1024,
    UPDATE_RATE = 128 * 1024,          /* bytes a second, unless the configuration says otherwise */
    UPDATE_SPREAD_MS = 20 * 60 * 1000, /* when the night begins, not all at once */
    UPDATE_WRONG_SUMS = 3,             /* whole fetches of one file that turned out wrong: enough */
    UPDATE_INSTALLS = 3,               /* of one file, whose slot was lost in between: enough */
    UPDATE_LOOK_MS = 30 * 1000,        /* has the installer answered? */
};
/* Of the disk stays free, whatever else: a quarter, 4 GiB at most. Is there room for `more`? */
bool update_has_room(int64_t free_bytes, int64_t total_bytes, int64_t more);

/* Everything in `options` is borrowed. What an earlier run began is gone on with. */
NODISCARD int updater_new(struct updater **out, const struct updater_options *options);
void updater_free(struct updater *u);
AUTO_DEFINE(struct updater, updater_free)

/* ---- by hand -------------------------------------------------------------------------- */
/* Staff have a bundle on a stick, with the county's list that has it. It goes the same way as one that was fetched: summed up,
 * announced, judged anew by the installer; but at once, whatever the hour and the stage. A piece of the same file that was fetched
 * already is not asked for. Ten minutes without a piece and it is given up. */
enum hand_outcome {
    HAND_E_FORMAT = 1, /* no list of updates */
    HAND_E_OTHER,      /* the list does not have this file for this board */
    HAND_E_SAME,       /* that version runs already */
    HAND_E_OLDER,      /* older, and not signed as a way back from what runs */
    HAND_E_WAITS,      /* one lies ready for the installer, or is on trial */
    HAND_E_ROOM,       /* the rest of the disk is kept for applications */
    HAND_E_DISK,
    HAND_E_PLACE, /* a piece that does not follow on the last, or nothing was begun */
    HAND_E_END,
};
/* *have: bytes that are here already; pieces go on from there. 0, HAND_E_... or a fault; nothing is written unless 0. */
NODISCARD int updater_hand_begin(struct updater *u, int64_t *have, const struct bytes *manifest,
                                 const struct bytes *signature,
                                 const uint8_t sha256_of[SHA256_BYTES]);
NODISCARD int updater_hand_piece(struct updater *u, int64_t at, const void *data, size_t length);
/* All pieces are here: it is summed up and announced (`state`: checking, then ready or stuck). Or no more will come. */
NODISCARD int updater_hand_end(struct updater *u, bool is_whole);

/* The stored document `updates` is another one. */
void updater_hear(struct updater *u);
void updater_set_rate(struct updater *u, int64_t bytes_per_s);
void updater_tick(struct updater *u);
int64_t updater_next_ms(const struct updater *u); /* boot clock */

enum updater_state {
    UPDATER_NONE,    /* nothing is offered that does not run here already */
    UPDATER_WAITING, /* for the night, for room, or for a better line: `trouble` says */
    UPDATER_FETCHING,
    UPDATER_CHECKING, /* all of it is here */
    UPDATER_READY,    /* the installer's turn */
    UPDATER_STUCK,    /* given up until the county offers something else */
    UPDATER_STATES,
};
enum updater_state updater_state(const struct updater *u);
/* {"state", "version", "percent", "trouble", "last": {"version", "outcome", "reason"}}: for status, heartbeat and staff. NULL
 * without memory. */
json_t *updater_json(const struct updater *u);
