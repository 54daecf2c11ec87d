/* The way to kiosk-syncd while it is not there. Its socket is waited for, not asked for again and again: the folder tells when
 * it comes. Where the folder cannot be watched the socket is tried every two seconds.
 *
 * Owned by the link's thread. */
#pragma once

#include <stdint.h>

#include "firmware/base/fault.h"

struct link_door {
    const char *path;
    char folder[108]; /* of `path` */
    int watch;        /* of the folder while there is no connection, else < 0 */
    unsigned tries;   /* in vain, since there was news */
};

enum { LINK_DOOR_SOON_MS = 100, LINK_DOOR_ASKED_MS = 2000, LINK_DOOR_REST_MS = 60000 };

/* `path` outlives it. */
struct link_door link_door_at(const char *path);
void link_door_close(struct link_door *d);
/* A connected socket that is the caller's, or a negative errno. Does not wait. */
NODISCARD int link_door_try(struct link_door *d);
/* How long to wait for news before the next try. */
int link_door_rest_ms(const struct link_door *d);
/* Wait until `commands` is readable, there is news, or `limit_ms` is over. */
void link_door_await(struct link_door *d, int commands, int limit_ms);
