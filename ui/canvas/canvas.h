/* The screen as one buffer of 32-bit pixels (0xffRRGGBB), drawn by the CPU, the same on every back
 * end.
 *
 * Shapes have analytic coverage (signed distance), so edges are smooth without oversampling;
 * shadows come from the same distance. Everything is clipped to `clip`. Main thread only. Colours
 * are 0xRRGGBB. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"
#include "ui/canvas/rect.h"

/* 8-bit coverage, row-major; tinted while it is drawn. Text and icons are masks. */
struct mask {
    int width, height;
    uint8_t *alpha;
};

/* Words or an icon about to be drawn: what a linter needs to judge them by. */
struct inscription {
    const char *utf8;
    size_t length;
    int px;            /* size of the type */
    bool is_icon;      /* of the icon font */
    bool is_cut;       /* shortened: there was no room for all of it */
    struct rect box;   /* where it should stay */
    struct rect drawn; /* where it is */
    const struct mask *mask;
    uint32_t color;
};

struct canvas;

/* Told of what is drawn before it is; NULL members are not called. Only tests watch. */
struct canvas_watch {
    void (*text)(struct canvas_watch *w, const struct canvas *c, const struct inscription *what);
    void (*outline)(struct canvas_watch *w, const struct canvas *c, struct rect r, uint32_t color);
};

struct canvas {
    int width, height;
    uint32_t *pixels; /* width * height, row-major */
    struct rect clip;
    struct canvas_watch *watch;   /* NULL: nobody looks */
    struct canvas_shapes *shapes; /* coverage of corners drawn before; body in shape.c */
};

NODISCARD int canvas_new(struct canvas **out, int width, int height);
void canvas_free(struct canvas *c); /* wipes */
AUTO_DEFINE(struct canvas, canvas_free)

void canvas_fill(struct canvas *c, struct rect r, uint32_t color);
/* Rounded rectangle, anti-aliased; alpha 0 to 255. A radius over half the shorter side makes a pill
 * or a disc. */
void canvas_round(struct canvas *c, struct rect r, int radius, uint32_t color, unsigned alpha);
/* The same as a line of `thickness` inside the edge. */
void canvas_outline(struct canvas *c, struct rect r, int radius, int thickness, uint32_t color);
/* Soft shadow of a rounded rectangle that is drawn afterwards: `blur` pixels either side of the
 * edge. Where it would be full nothing is drawn: that lies under what throws it. */
void canvas_shadow(struct canvas *c, struct rect r, int radius, int blur, uint32_t color,
                   unsigned alpha);
void canvas_mask(struct canvas *c, const struct mask *m, int x, int y, uint32_t color);
/* Line with round ends, `width` pixels thick: ink. */
void canvas_stroke(struct canvas *c, float x0, float y0, float x1, float y1, float width,
                   uint32_t color);
