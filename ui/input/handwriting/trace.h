/* Trace: the ink of one character as the recogniser sees it, whatever the pad's resolution and the
 * touch screen's rate: the longer side of its box is 1, points lie evenly along the strokes.
 * Plain memory, person data: whoever owns one wipes it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { TRACE_POINTS_MAX = 1200, TRACE_STROKES_MAX = 128 };

/* A point as it was drawn, in any unit; y grows downwards. */
struct handwriting_point {
    float x, y;
    bool is_start; /* first point of a stroke */
};

struct trace {
    size_t count;
    float x[TRACE_POINTS_MAX], y[TRACE_POINTS_MAX];
    bool is_start[TRACE_POINTS_MAX];
};

/* Make `trace` of `count` points. Points that are no finite number below 1e9 are left out; a stroke
 * of one place becomes a short dot. What is beyond TRACE_STROKES_MAX strokes is left out. Returns
 * false if nothing is left. Pure; some microseconds. */
bool trace_make(struct trace *trace, const struct handwriting_point *points, size_t count);
