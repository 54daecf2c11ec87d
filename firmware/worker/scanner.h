/* The code scanner's thread: opens the scanner when there is one and posts each code as one text (POST_SCAN).
 *
 * Owns the device and its bus. The text stands in the post alone, which wipes it; nothing of it is logged. */
#pragma once

#include "firmware/worker/post.h"

struct scanner_worker; /* body in scanner.c */

/* `usbip`: HOST:PORT of simulated devices, NULL for real USB. `clock` and `to` outlive it. 0 or a fault. */
NODISCARD int scanner_start(struct scanner_worker **out, const char *usbip,
                            const struct clock *clock, struct queue *to);
void scanner_stop(struct scanner_worker *s); /* joins, at most 3 s; NULL is fine */
