/* Glyph: the strokes of a character as a font draws them, and the ways in which a hand departs from
 * that. Part of the generator of the handwriting model; not in the kiosk. Arithmetic is basic
 * operations and square roots of IEEE 754 alone, so that every machine makes the same model. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/input/handwriting/trace.h"

enum { GLYPH_STROKES_MAX = 64, GLYPH_STROKE_POINTS_MAX = 64, GLYPH_POINTS_MAX = 4096 };

struct glyph_stroke {
    int count;
    float x[GLYPH_STROKE_POINTS_MAX], y[GLYPH_STROKE_POINTS_MAX];
    bool is_joined; /* the pen is not lifted before the next stroke */
};

struct glyph {
    int count;
    struct glyph_stroke strokes[GLYPH_STROKES_MAX]; /* in a box of -1 to 1, y downwards */
};

/* Read "x,y x,y;x,y ..." in a box of 1024. Returns false if it is not that. */
bool glyph_read(struct glyph *glyph, const char *text);

/* How far a hand departs. Shares are 0 to 1, lengths are of the box's half side. */
struct hand {
    float slant, rotation, stretch; /* of the whole character */
    float bend;                     /* parts wider or narrower than the font has them */
    float shift, scale, turn, bow;  /* of a stroke: place, length, direction, curvature */
    float wobble;                   /* trembling */
    float unhooked, tail, trim;     /* share of hooks left out; ends drawn out; ends cut */
    float swapped, moved, shuffled; /* share of neighbours in other order; of characters with a part
                                       at another time; of characters in any order */
    float joined;                   /* share of pen-ups that are drawn */
    float rounded;                  /* share of corners cut by haste */
};

/* Same seed, same hand, same ink. `glyph` is changed. */
void glyph_write_by_hand(struct glyph *glyph, const struct hand *hand, uint64_t seed);

/* As ink: at most `max` points. Returns their number. */
size_t glyph_ink(const struct glyph *glyph, struct handwriting_point *points, size_t max);
