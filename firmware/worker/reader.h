/* The ID reader's thread: polls the reader and turns what happens on its plate into events for the
 * session.
 *
 * Owns the device and its bus. A person read is wiped here as soon as the post that carries it is
 * on its way. */
#pragma once

#include "firmware/worker/post.h"

struct reader; /* body in reader.c */

/* `usbip`: HOST:PORT of simulated devices, NULL for real USB. `clock` and `to` outlive it. 0 or a
 * fault. */
NODISCARD int reader_start(struct reader **out, const char *usbip, const struct clock *clock,
                           struct queue *to);
void reader_stop(struct reader *r); /* joins, at most one device deadline (3 s); NULL is fine */
