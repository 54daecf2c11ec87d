/* On the spot (即办, SS-16): a matter that the county decides as it comes in. The slip waits a moment for the answer, so that
 * it carries it; nobody waits long, and nothing is lost without it. Part of the visit and of its view. */
#pragma once

#include <stdint.h>

enum { INSTANT_WAIT_MS = 5000, INSTANT_NUMBER = 64 };

enum instant_state {
    INSTANT_NONE,
    INSTANT_WAITING, /* handed in; the slip waits for the answer */
    INSTANT_GRANTED, /* `number` is that of the result, "" when it has none */
    INSTANT_LATER,   /* not at once: under progress, as any other matter */
};

struct instant {
    enum instant_state state;
    int64_t until_ms; /* boot clock: how long the slip waits */
    char number[INSTANT_NUMBER];
};
