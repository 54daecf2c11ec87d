/* A form that goes on elsewhere (SS-48): handed to the county's phone page, or fetched from it. What a screen may know of it, and what the
 * visit holds. The parcel is firmware/seal/parcel.h; kiosk-syncd only moves its bytes. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/handoff.h"
#include "firmware/seal/parcel.h"
#include "firmware/session/paper_job.h"

enum handoff_step {
    HANDOFF_ASKING, /* from a phone: the code is being typed; with a whole code it waits for the card */
    HANDOFF_MOVING, /* the county is being asked */
    HANDOFF_READY,  /* to a phone: it lies at the county, and the code is shown */
    HANDOFF_FAILED,
};

/* Each has a sentence of its own. */
enum handoff_trouble {
    HANDOFF_FINE,
    HANDOFF_BAD_CODE, /* a digit is wrong, or some are missing */
    HANDOFF_UNKNOWN,  /* nothing lies under this code */
    HANDOFF_EXPIRED,
    HANDOFF_USED,
    HANDOFF_OTHER_CARD, /* made by somebody else, or for nobody in particular */
    HANDOFF_DAMAGED,
    HANDOFF_NO_MATTER, /* this point does not offer it */
    HANDOFF_OFFLINE,
    HANDOFF_REFUSED, /* the county does not take it */
};

enum { HANDOFF_HOURS = 24 };

struct handoff_view {
    enum handoff_step step;
    enum handoff_trouble trouble;
    char code[HANDOFF_CODE]; /* typed so far, or to be shown */
    const char *address; /* of the phone page with the code, for the QR; "" while there is none */
    int64_t until_ms;    /* wall; 0 not known */
    enum paper_state paper;
    bool can_print, is_filled; /* is_filled: the open form came from a phone */
    bool is_offered;           /* the county has a phone page */
};

/* In struct visit. */
struct handoff {
    enum handoff_step step;
    enum handoff_trouble trouble;
    int from; /* enum screen: where the form was left */
    char code[HANDOFF_CODE];
    char address[160];
    struct parcel_keys keys;
    char label[PARCEL_LABEL_HEX];
    char taker[TOKEN_TEXT]; /* who fetched it, so that a lost answer is no second use */
    bool is_ending;         /* it was opened; the county is told, and only then it counts */
    char text[PARCEL_MAX];  /* what was in it, until then */
    size_t length;
    int64_t until_ms;
    struct paper_job paper;
    bool is_filled;
};
