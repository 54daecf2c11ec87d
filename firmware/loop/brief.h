/* A wait that is over before one has looked is no page: while what was confirmed is being kept, the page before stays on the
 * glass for a moment, its button pressed. A page that is drawn only to be replaced costs a resident the time of its drawing.
 * One thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "firmware/session/view.h"

enum { BRIEF_MS = 100 }; /* what is answered sooner is felt as done at once (Miller 1968) */

struct brief {
    enum screen screen; /* the last that was asked about */
    int64_t until_ms;   /* of a wait that is not shown; 0: none is */
};

/* True: `screen` is not to be drawn yet. Ask before every drawing, with the boot clock. */
bool brief_holds(struct brief *b, enum screen screen, int64_t now_ms);
/* Boot clock: when a wait has lasted long enough to be shown; INT64_MAX: none is held. */
int64_t brief_deadline_ms(const struct brief *b);
