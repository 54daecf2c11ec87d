/* The bench on the simulated world: a window, or a picture for who has no display. Without a bench every call does nothing,
 * so that the loop need not ask. */
#pragma once

#include "board/host/sim/world.h"

struct bench; /* body in bench.c */

/* A window. 0, -ENODEV (no display) or a fault. `w` is borrowed. */
NODISCARD int bench_new(struct bench **out, struct sim_world *w);
void bench_free(struct bench *b);
AUTO_DEFINE(struct bench, bench_free)
/* For poll(): how long until the next tick; -1 without a window. */
int bench_wait_ms(const struct bench *b);
/* Take input and show what changed. False: the window was closed. */
bool bench_tick(struct bench *b);
/* The bench as it looks now, as PNG; needs no window. 0 or a fault. */
NODISCARD int bench_picture(struct sim_world *w, const char *path);
