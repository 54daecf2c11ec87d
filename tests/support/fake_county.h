/* A county behind the wire, in memory: keeps items by id, answers batches, blobs and /v1/time as the interface says, and
 * misbehaves on request. One at a time; the test's thread. */
#pragma once

#include <stdbool.h>

#include "sync/uplink/wire.h"

enum { COUNTY_ITEMS = 4096, COUNTY_BLOBS = 8 };

struct county_item {
    char id[UUID_TEXT];
    unsigned effects; /* how often it took effect: must stay 1 */
};

/* What happens to the next requests. */
struct mischief {
    bool is_dark;          /* nothing is heard of any request */
    bool drops_answers;    /* the county works, its answers get lost */
    bool is_portal;        /* a captive portal answers instead */
    int status;            /* an error for every upload, 0 none */
    int retry_after_s;     /* with it, -1 not said */
    size_t too_large;      /* 413 for more items than that, 0 never */
    const char *poison_id; /* the batch with this item fails with `poison_status` */
    int poison_status;
    const char *verdict; /* instead of "accepted", for `verdict_id` or all */
    const char *verdict_id;
    bool skips_first;    /* no result for the first item of a batch */
    bool refuses_inline; /* 413 for single items that are not blobs */
};

struct county {
    struct wire wire; /* first */
    struct mischief mischief;
    struct county_item items[COUNTY_ITEMS];
    size_t count;
    const char *epoch;
    struct {
        char sha256[65];
        bool has[256];
        size_t size, have;
    } blobs[COUNTY_BLOBS];
    size_t blob_count;
    struct request flying[LANE_END];
    bool is_flying[LANE_END];
    size_t requests, batches, largest, parts; /* what came */
    const struct clock *clock;
};

void county_begin(struct county *c, const struct clock *clock);
/* Answer what is in flight; false when nothing was. */
bool county_work(struct county *c);
const struct county_item *county_find(const struct county *c, const char *id);
