/* The bench window on the simulated world. Without a window every call does nothing, so that the loop need not ask. */
#pragma once

#include "board/host/sim/world.h"

struct bench; /* body in bench.c */

/* 0, -ENODEV (no display) or a fault. `w` is borrowed. */
NODISCARD int bench_new(struct bench **out, struct sim_world *w);
void bench_free(struct bench *b);
AUTO_DEFINE(struct bench, bench_free)
/* For poll(): how long until the next tick; -1 without a window. */
int bench_wait_ms(const struct bench *b);
/* Take input and show what changed. False: the window was closed. */
bool bench_tick(struct bench *b);
