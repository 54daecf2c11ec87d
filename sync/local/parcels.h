/* Requests about parcels, read strictly. */
#pragma once

#include "sync/feed/parcels.h"
#include "sync/local/service.h"

/* Is it one of them? */
bool parcels_are_meant(const char *op);
/* NULL: `out` is filled, its body borrowed from `m`; else a sentence for "bad-request". */
const char *parcels_read(struct parcel_errand *out, const struct message *m);
