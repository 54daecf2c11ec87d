/* A kiosk-syncd's updater on a disk that loses power, with a county that has a bundle and may serve it badly. One at a time. */
#pragma once

#include "firmware/base/clock.h"
#include "sync/queue/events.h"
#include "sync/update/place.h"
#include "sync/update/updater.h"
#include "tests/support/storm.h"

enum { DEPOT_BUNDLE_BYTES = 5 * 1024 * 1024 + 12345 };

enum twist {
    TWIST_NONE,
    TWIST_BYTE,     /* one byte of the file is another */
    TWIST_SHORT,    /* the body ends early */
    TWIST_LONG,     /* the body goes on */
    TWIST_ENDLESS,  /* beyond what the wire takes */
    TWIST_RANGE,    /* another piece, said so */
    TWIST_NO_RANGE, /* 206 without Content-Range */
    TWIST_OTHER_SIZE,
    TWIST_WHOLE,     /* 200 */
    TWIST_SHORTER,   /* 416 */
    TWIST_ELSEWHERE, /* 302 */
    TWIST_ABSENT,    /* 404 */
    TWIST_REFUSED,   /* 403 */
    TWIST_BUSY,      /* 503, Retry-After */
    TWIST_PORTAL,    /* a stranger answers */
    TWIST_DEAD,      /* the line breaks */
    TWIST_COUNT,
};

struct update_depot {
    struct fake_clock machine;
    struct county_clock clock;
    struct store *store;
    struct link link;
    struct wire wire;
    struct request flying;
    bool is_flying;
    struct updater *updater;
    const char *board, *version;
    enum twist twist;
    int twist_from,
        twist_count;            /* which pieces asked for it hits; twist_count -1: all from there */
    int asked, served, answers; /* of the installer, told */
    int64_t first_byte;         /* of the last piece asked for */
};
extern struct update_depot depot;

/* An empty disk, power on, 02:00 in the county. */
void depot_begin(uint64_t seed);
void depot_end(void);
/* The process ends and starts anew on what the disk has. */
void depot_restart(void);
/* Power fails now, if it has not; then it is back and the process starts anew. */
void depot_cut(void);
/* The county's document from now on; `more` are further members of its one entry, "" none. Versions of the document count up. */
void depot_offer(const char *version, const char *more);
void depot_offer_nothing(void);
/* Let `ms` pass. */
void depot_live(int64_t ms);
/* A member of updater_json(); static storage. */
const char *depot_says(const char *member);
/* The file in the place of updates, byte for byte the county's? */
bool depot_bundle_is_whole(void);
/* All DEPOT_BUNDLE_BYTES of the county's. */
const uint8_t *depot_bundle(void);
bool depot_has_file(const char *name);
void depot_put_file(const char *name, const char *text);
int depot_events(const char *what);
/* Hex of the bundle's SHA-256. */
const char *depot_sum(void);
