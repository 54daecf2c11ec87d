/* Coverage of rounded rectangles, and a store of their corners: the same few are drawn all the time.
 * Inside ui/canvas only. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ui/canvas/rect.h"

struct shape {
    int radius; /* over half the shorter side: a pill or a disc */
    int line;   /* only an edge of this thickness; 0: filled */
    int blur;   /* px either side of the edge; 0: crisp */
};

/* The upper left corner: n x n coverages that begin `pad` px outside. From settled[row] on the row
 * has one coverage; the last row holds down to the lower corner. */
struct shape_tile {
    struct shape shape;
    int n, pad;
    bool is_soft; /* a shadow: its full middle lies under what throws it and is not drawn */
    uint8_t *cover;
    int *settled;
};

struct canvas_shapes; /* body in shape.c */

/* How far it reaches outside its rectangle. */
int shape_pad(struct shape s);
/* 0 to 255 at a pixel's middle. */
unsigned shape_cover(struct shape s, struct rect r, int x, int y);
/* From the store, made when it is new. NULL without memory. */
const struct shape_tile *shape_tile(struct canvas_shapes **store, struct shape s);
void shapes_free(struct canvas_shapes *store); /* NULL is fine */
