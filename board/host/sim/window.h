/* The bench window: a hand with cards, paper and cables, and the slip that came out. Whatever a button does goes through the
 * same commands as the control socket. Main thread of kiosk-sim. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "board/host/sim/printer_model.h"
#include "ui/text/text.h"

struct sim_window; /* body in window.c */

/* What is to be seen on the bench now. */
struct sim_bench {
    const char *card; /* file of the person on the plate, "" for none */
    bool has_reader, has_printer, has_link, is_cover_open;
    enum sim_paper paper;
    size_t slip_count;
    struct sim_slip slip; /* the last one, while slip_count is not 0 */
};

struct sim_window_ports {
    void *context;
    /* Carry out a command of the control socket (man kiosk-sim). Borrowed. */
    void (*command)(void *context, const json_t *request);
    void (*look)(void *context, struct sim_bench *out);
};

/* `persons` is the folder of person files. -ENODEV without a display. */
NODISCARD int sim_window_new(struct sim_window **out, const char *persons,
                             const struct font_files *fonts, const struct sim_window_ports *ports);
void sim_window_free(struct sim_window *w);
AUTO_DEFINE(struct sim_window, sim_window_free)
/* Take input and show what changed; call every 30 ms or so. False: the window was closed. */
bool sim_window_tick(struct sim_window *w);
/* The window's picture as PNG, for who cannot see the display. */
NODISCARD int sim_window_png(const struct sim_window *w, const char *path);
