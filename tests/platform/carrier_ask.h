/* What the carrier is asked, over HTTP. Called without any lock; each blocks for at most CARRIER_MS. */
#pragma once

#include "tests/platform/carrier.h"

enum parcel_state {
    PARCEL_UNKNOWN,
    PARCEL_COLLECTED,
    PARCEL_UNDER_WAY,
    PARCEL_DELIVERED,
    PARCEL_RETURNED,
    PARCEL_STATES
};
extern const char *const parcel_words[PARCEL_STATES]; /* "unknown", "collected", ... */

struct parcel_news {
    enum parcel_state state;
    char at[21]; /* since when, RFC 3339 */
};

enum carrier_outcome {
    CARRIER_E_AWAY = 1, /* no answer, or none in time */
    CARRIER_E_RUBBISH,  /* an answer that is none */
    CARRIER_E_UNKNOWN,  /* it knows no such parcel, or will not go there */
};

struct parcel_to {
    const char *name, *address, *phone;
};

/* 0 or CARRIER_E_... */
NODISCARD int carrier_ask_number(char out[CARRIER_NUMBER], const char *url, const char *order,
                                 const struct parcel_to *to);
NODISCARD int carrier_ask_state(struct parcel_news *out, const char *url, const char *number);
/* Is it a number that may stand in an address? 6 to 40 of 0-9 and A-Z. */
bool carrier_is_number(const char *text);
