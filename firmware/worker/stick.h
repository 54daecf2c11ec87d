/* The service stick's thread: notices a stick that the system has mounted, judges its token, does what a shift orders
 * with the stick and with kiosk-syncd, and notices when it is pulled.
 *
 * Owns the stick and a connection of its own to the local socket, so that neither a slow stick nor a large queue holds
 * up the screen or a resident's submission. Everything it finds out comes as POST_STAFF. */
#pragma once

#include "firmware/service/shift.h"
#include "firmware/worker/post.h"

struct stick_worker; /* body in stick_inside.h */

struct stick_config {
    const char *mounts;   /* folder whose folders are mount points; NULL: no sticks here */
    const char *socket;   /* of kiosk-syncd */
    const char *settings; /* socket of whoever keeps what staff set; NULL: nobody */
    const char *trust;    /* folder of the county's CA certificates */
    const struct clock *clock;
    struct queue *to;
};

/* Strings and what is pointed to outlive it. 0 or a fault. */
NODISCARD int stick_start(struct stick_worker **out, const struct stick_config *config);
void stick_stop(struct stick_worker
                    *w); /* joins; what a stick is in the middle of goes on first, at most 30 s */
/* Copies; takes `report`. Orders are carried out in order, each answered by its news. */
void stick_order(struct stick_worker *w, const struct shift_order *order);
