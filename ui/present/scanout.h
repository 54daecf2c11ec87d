/* Pure parts of showing a picture on a panel: which mode, where on the glass, and the copy itself. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/canvas/canvas.h"

/* How far the picture is turned clockwise to stand upright on the panel as it is mounted. */
enum turn { TURN_NONE, TURN_90, TURN_180, TURN_270 };

struct scan_mode {
    int width, height; /* of the panel as it is wired, before any turn */
    int refresh_hz;
    bool is_preferred, is_interlaced;
};

/* The mode that a picture of `width` x `height` (after the turn) fits best: the same size, otherwise the one the
 * panel prefers, otherwise the largest. Among equals the one nearest to 60 Hz; interlaced ones only when there is
 * nothing else. Index, or -1 when there is none. */
int scan_choose_mode(const struct scan_mode *modes, size_t count, enum turn turn, int width,
                     int height);

/* Mapped memory of a panel, 32 bits a pixel. */
struct scanout {
    uint8_t *pixels;
    int width, height; /* as wired */
    size_t pitch_bytes;
    enum turn turn;
    struct rect picture; /* where the canvas is on the glass, in upright pixels; inside the glass */
};

/* The glass seen upright. */
struct rect scan_glass(const struct scanout *s);
/* The canvas in the middle; a glass too small cuts its right and bottom. */
void scan_place(struct scanout *s, int canvas_width, int canvas_height);
/* Copy what changed. Returns the rectangle as wired that was written; empty when none of it is seen. */
struct rect scan_copy(struct scanout *s, const struct canvas *c, struct rect changed);
