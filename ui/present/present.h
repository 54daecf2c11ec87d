/* Where the canvas goes and where touches come from: a window, the display and touch panel of a board (KMS, evdev), or nothing at
 * all (tests, and robots on a machine without a display). Main thread only, except present_wake(). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/canvas/canvas.h"

enum input_kind {
    INPUT_DOWN,
    INPUT_MOVE,
    INPUT_UP,
    INPUT_CANCEL,
    INPUT_TEXT,
    INPUT_ERASE,
    INPUT_QUIT,
    INPUT_REDRAW
};

struct input {
    enum input_kind kind;
    int x, y;      /* canvas pixels */
    char text[32]; /* INPUT_TEXT: UTF-8 */
};

struct presenter; /* body in each presenter's file */

/* An SDL window (only user of SDL video and events). `scale_percent` shrinks the picture for small
 * desktops: 0 fits the display. -ENODEV when SDL finds no display. */
NODISCARD int present_window(struct presenter **out, const char *title, int width, int height,
                             int scale_percent);
/* No window: pictures stay in the canvas. */
NODISCARD int present_nowhere(struct presenter **out);
void present_free(struct presenter *p);
AUTO_DEFINE(struct presenter, present_free)

/* Show what changed. */
void present_show(struct presenter *p, const struct canvas *c, const struct damage *damage);
/* Has a picture been shown, and did the display take the last one? */
bool present_is_well(const struct presenter *p);
/* Block until there is input, present_wake() was called or `limit_ms` passed (-1: for ever). */
void present_wait(struct presenter *p, int limit_ms);
/* One piece of input, oldest first; false when there is none. */
bool present_next(struct presenter *p, struct input *out);
/* Name of the panel that the last touch came from, or that the next one will: what a calibration is kept under (letters, digits,
 * blanks and . : _ -, at most 63). "" while there is none; good until the next call. */
const char *present_panel(const struct presenter *p);
/* End a present_wait() from any thread, now or the next one. */
void present_wake(struct presenter *p);

/* Write the canvas as PNG (8-bit RGB). 0 or a fault. Not compiled into board images. */
NODISCARD int present_png(const struct canvas *c, const char *path);
