/* The tactile keypad's thread: opens the keypad when there is one, again and again, and posts what its keys mean.
 *
 * Owns the device and its bus. What a keypad held when it went is let go before POST_KEY says KEYPAD_GONE, and the
 * headphones are out: nothing goes on speaking in private to nobody. */
#pragma once

#include "firmware/worker/post.h"

struct keypad_worker; /* body in keypad.c */

/* `usbip`: HOST:PORT of simulated devices, NULL for real USB. `clock` and `to` outlive it. 0 or a fault. */
NODISCARD int keypad_start(struct keypad_worker **out, const char *usbip, const struct clock *clock,
                           struct queue *to);
void keypad_stop(struct keypad_worker *k); /* joins, at most 3 s; NULL is fine */
