/* The county's list of firmware updates (document `updates`, sync/api/county-platform.yaml): which file, for which boards, for
 * which kiosks yet, and from which versions it is a way back. Read and judged here, for everybody who has to: kiosk-syncd that
 * fetches, the installer that installs, the county that rolls out. Whoever believes the document has verified its signature
 * first. Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"
#include "firmware/base/ident.h"
#include "firmware/seal/seal.h"

enum {
    UPDATES_MAX = 8,
    UPDATE_VERSION = 24, /* "1.4.0" */
    UPDATE_BOARD = 32,
    UPDATE_REPLACES = 8,
    UPDATE_KIOSKS = 64,
    UPDATE_COMPLAINT = 320,
};
#define UPDATE_SIZE_MAX (INT64_C(1) << 30) /* no bundle of ours is a tenth of it */

struct update {
    char version[UPDATE_VERSION], board[UPDATE_BOARD];
    int64_t size;
    uint8_t sha256[SHA256_BYTES];
    int from_hour, to_hour; /* of the county's day, to_hour left out; equal: at any time */
    int percent;            /* of all kiosks */
    size_t kiosk_count;
    char kiosks[UPDATE_KIOSKS][KIOSK_ID_MAX + 1]; /* these in any case */
    size_t replaces_count;
    char replaces[UPDATE_REPLACES]
                 [UPDATE_VERSION]; /* higher versions that it may take the place of */
};

struct update_manifest {
    int64_t version;
    size_t count;
    struct update updates[UPDATES_MAX];
};

/* Kinds of updates that are not known here are passed over. 0, or -EBADMSG with a complaint; nothing is written beyond the
 * limits above. */
NODISCARD int update_manifest_read(struct update_manifest *out, const void *json, size_t length,
                                   char complaint[UPDATE_COMPLAINT]);

/* One to four numbers below 100000 with dots between. */
bool update_version_is(const char *text);
/* Below 0, 0, above 0, as for strcmp; a number that is missing counts as 0. Both must be versions. */
int update_version_compare(const char *a, const char *b);
/* Is it night in the county (UTC+8)? */
bool update_is_hour(const struct update *u, int64_t county_ms);
/* Has the county signed it as a way back from the version that runs? */
bool update_is_way_back(const struct update *u, const char *running);
/* Is this kiosk among those that may have it yet? Of `percent` it is always the same ones for one version, and they stay in
 * when the percentage grows. */
bool update_is_for(const struct update *u, const char *kiosk);

struct update_self {
    const char *board, *version, *kiosk;
};
enum update_verdict {
    UPDATE_NONE,    /* nothing for this board */
    UPDATE_CURRENT, /* it runs here already */
    UPDATE_LATER,   /* other kiosks have it first */
    UPDATE_OLDER,   /* older than what runs, and not signed as a way back from it */
    UPDATE_OFFERED,
};
/* The first entry that is offered to `self`, else the verdict that came nearest. *out is NULL unless offered; *is_downgrade:
 * it is a way back, and signed as one. */
enum update_verdict update_choose(const struct update **out, bool *is_downgrade,
                                  const struct update_manifest *m, const struct update_self *self);
