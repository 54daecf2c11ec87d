/* The cable to the county: a TCP relay on loopback that can be pulled. Bytes are carried, never read. One thread: the caller
 * polls. */
#pragma once

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

struct relay; /* body in relay.c */

enum { RELAY_POLLS = 1 + 2 * 32 };

/* Listens on a free port of 127.0.0.1 and carries every connection to `target` (HOST:PORT with a numeric address). */
NODISCARD int relay_new(struct relay **out, const char *target);
void relay_free(struct relay *r);
AUTO_DEFINE(struct relay, relay_free)
uint16_t relay_port(const struct relay *r);
/* Pulled: connections are cut and new ones refused. */
void relay_plug(struct relay *r, bool is_plugged);
bool relay_is_plugged(const struct relay *r);
/* Fills in what to wait for; returns how many. */
size_t relay_polls(const struct relay *r, struct pollfd polls[RELAY_POLLS]);
/* Call after poll() with the same array. */
void relay_take(struct relay *r, const struct pollfd *polls, size_t count);
