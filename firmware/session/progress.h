/* Looking up a case: what the visit holds of it, and what its screen may know. */
#pragma once

#include <stdbool.h>

/* In struct visit. */
struct progress_visit {
    char job[33]; /* of the slip about the case, apart from that of a receipt */
    int paper;    /* enum paper_state */
    unsigned prints;
};

/* In struct session_view. */
struct progress_view {
    int paper; /* enum paper_state: of the slip about this case */
    bool can_print;
};
