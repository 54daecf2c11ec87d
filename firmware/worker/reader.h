/* The ID readers' thread: polls them and turns what happens on a plate into events for the session.
 *
 * Owns the devices and their bus. A person read is wiped here as soon as the post that carries it is
 * on its way. */
#pragma once

#include "firmware/worker/post.h"
#include "firmware/worker/readers.h"

struct reader; /* body in reader.c */

struct reader_choice {
    const char *usbip;       /* HOST:PORT of simulated devices, NULL for real USB */
    const char *const *ttys; /* serial lines where a reader may be, NULL-terminated; NULL: those of
                                sdt_tty_paths */
};

/* All of it, `clock` and `to` outlive it. 0 or a fault. */
NODISCARD int reader_open(struct reader **out, const struct reader_choice *choice,
                          const struct clock *clock, struct queue *to);
/* The same with simulated devices alone, or real USB and the usual serial lines (NULL). */
NODISCARD int reader_start(struct reader **out, const char *usbip, const struct clock *clock,
                           struct queue *to);
void reader_stop(struct reader *r); /* joins, at most one device deadline (3 s); NULL is fine */
/* What staff may know; any thread. As of the last time something was due. */
void reader_tell_facts(struct reader *r, struct reader_facts *out);
