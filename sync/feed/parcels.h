/* Parcels between kiosk and county (sync/api/parcel.md): one at a time, each while somebody waits for it. */
#pragma once

#include "sync/feed/feed.h"

enum { PARCEL_BYTES = 16 * 1024, PARCEL_LIMIT_MS = 12 * 1000, PARCEL_LABEL_TEXT = 33 };
enum parcel_what { PARCEL_PUT, PARCEL_GET, PARCEL_END };

struct parcel_errand {
    enum parcel_what what;
    char label[PARCEL_LABEL_TEXT], taker[PARCEL_LABEL_TEXT]; /* 32 hex */
    int hours;                                               /* PARCEL_PUT */
    const struct bytes *body;                                /* copied; PARCEL_PUT */
};

bool feed_parcel_flies(const struct feed *f);
/* `done` is called once, perhaps at once: said "" when it went well (then `body`, borrowed, is what was fetched), else "not-found",
 * "expired", "used", "refused", "busy" or "unreachable". Within PARCEL_LIMIT_MS. */
void feed_parcel(struct feed *f, const struct parcel_errand *errand,
                 void (*done)(void *context, const char *said, const struct bytes *body),
                 void *context);
