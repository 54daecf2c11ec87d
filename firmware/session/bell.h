/* The bell (SS-11): a resident calls a person, and sees who comes. Public: part of the session's view.
 *
 * A call holds nothing of the resident: which kiosk, in which language, about which matter. It is a sealed item as any
 * other, so it is told late rather than never; what makes it quick is said aloud at the kiosk and shown at the point. */
#pragma once

#include <stdbool.h>

#include "firmware/base/ident.h"
#include "firmware/case/bell.h"

enum bell_state {
    BELL_QUIET,
    BELL_RINGING, /* said aloud here; on its way, or at the staff */
    BELL_COMING,  /* somebody has answered */
    BELL_UNANSWERED,
};

struct bell {
    enum bell_state state;
    bool is_offline;            /* it could not reach the staff's screen when it was rung */
    bool is_kept;               /* the call is stored: it is told in the end */
    char receipt[RECEIPT_TEXT]; /* of the call; "" until it is kept */
    char by[BELL_NAME_BYTES];   /* who comes */
    char token[33];
    int64_t until_ms; /* boot clock: unanswered from then on */
};
