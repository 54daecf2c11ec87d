/* The control socket: one JSON object a line in, one a line out, for several clients at once. One thread, no waiting: the
 * caller polls. */
#pragma once

#include <jansson.h>
#include <poll.h>
#include <stddef.h>

#include "firmware/base/fault.h"

struct control; /* body in control.c */

enum { CONTROL_CLIENTS = 16, CONTROL_POLLS = 1 + CONTROL_CLIENTS };

/* Carries out one request and returns the reply, owned by the caller; NULL without memory. */
struct control_port {
    void *context;
    json_t *(*command)(void *context, const json_t *request);
};

/* {"ok":false,"error":...} */
json_t *control_refusal(const char *error);

/* Listens at `path`, mode 0600; a socket that is left from before is replaced. 0 or a fault. */
NODISCARD int control_new(struct control **out, const char *path, const struct control_port *port);
void control_free(struct control *c); /* removes the socket; NULL is fine */
AUTO_DEFINE(struct control, control_free)
size_t control_polls(const struct control *c, struct pollfd polls[CONTROL_POLLS]);
/* Call after poll() with the same array. */
void control_turn(struct control *c, const struct pollfd *polls, size_t count);
