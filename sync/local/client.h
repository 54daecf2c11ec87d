/* One connection to the local socket: bytes in, bytes out, and replies put into words. Non-blocking; one
 * thread. Whoever does not read, or sends what is no message, is cut off. */
#pragma once

#include "sync/local/service.h"

struct client {
    int fd; /* -1: free */
    uint64_t serial;
    bool wants_events,
        is_stopped; /* is_stopped: waits for an enrolment, so that answers stay in order */
    struct bytes in, out;
};

void client_hang_up(struct client *c); /* again is fine */
/* What came, into `in`. False: hung up, or nothing came. */
bool client_read(struct client *c);
/* As much of `out` as the socket takes now. */
void client_flush(struct client *c);

/* ---- words: all go to `out` ------------------------------------------------------------ */
/* Takes `head`; NULL (no memory) hangs up. `body` may be NULL. */
void client_say(struct client *c, json_t *head, const struct bytes *body);
/* The answer to request `n`. Takes `fields`. */
void client_reply(struct client *c, json_int_t n, json_t *fields, const struct bytes *body);
void client_refuse(struct client *c, json_int_t n, const char *error, const char *reason);
