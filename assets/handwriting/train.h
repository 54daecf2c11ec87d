/* Train: from glyphs and hands to the numbers of a model. Same input, same bytes, on any machine and
 * with any number of threads: work is cut into fixed shares whose results are added in order. */
#pragma once

#include <stdint.h>

#include "assets/handwriting/glyph.h"

struct character {
    uint32_t code;
    float penalty; /* added to its distance; larger if rarer */
    struct glyph glyph;
};

/* Returns the model's bytes, *length of them, to be ended with free(); NULL without memory. About two
 * minutes on two cores; says on stderr how far it is. */
void *train(const struct character *characters, uint32_t count, size_t *length);
