/* The bench window: the picture of bench_view.h, and a mouse on it. Main thread of kiosk-sim. */
#pragma once

#include "board/host/sim/bench_view.h"

struct sim_window; /* body in window.c */

struct sim_window_ports {
    void *context;
    /* Carry out a line of a scenario. False: `says` tells why not. */
    bool (*line)(void *context, const char *line, char says[BENCH_LINE]);
};

/* -ENODEV without a display. `view` is borrowed. */
NODISCARD int sim_window_new(struct sim_window **out, struct bench_view *view,
                             const struct sim_window_ports *ports);
void sim_window_free(struct sim_window *w);
AUTO_DEFINE(struct sim_window, sim_window_free)
/* Take input and show what changed; call every 30 ms or so. False: the window was closed. */
bool sim_window_tick(struct sim_window *w);
