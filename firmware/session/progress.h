/* Looking up a case: what the visit holds of it, and what its screen may know. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "firmware/session/paper_job.h"

struct agency_tasks;

/* In struct visit. */
struct progress_visit {
    struct paper_job paper; /* the slip about the case, apart from that of a receipt */
};

/* In struct session_view. */
struct progress_view {
    enum paper_state paper; /* of the slip about this case */
    bool can_print;
    const struct agency_tasks *matters;   /* what the card found */
    bool is_listing;                      /* they are what is shown */
    int64_t matters_ms;                   /* wall: how old that is; 0 not known */
    const struct agency_tasks *elsewhere; /* what the county has of this card besides */
    int64_t elsewhere_ms;                 /* wall: when it said so; 0 it did not */
    bool is_asking_county;
    bool is_this_kiosk_alone; /* the county could not be asked */
};
