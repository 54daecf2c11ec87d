/* Ink: strokes of a finger on a pad, with times. A signature or words written by hand. Plain
 * memory, person data: whoever owns one wipes it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { INK_POINTS_MAX = 4096, INK_STROKES_MAX = 256 };

struct ink_point {
    int16_t x, y;  /* px of the pad, origin top left */
    uint32_t ms;   /* since the first touch */
    bool is_start; /* first point of a stroke */
};

struct ink {
    int16_t width, height; /* of the pad */
    bool is_down;          /* a stroke is being drawn */
    size_t point_count, stroke_count;
    int64_t began_ms; /* boot clock at the first touch */
    struct ink_point points[INK_POINTS_MAX];
};

/* A finger went down, moved, went up at (x, y) of the pad. Points outside are clamped to the edge;
 * a point nearer than 2 px to the last is dropped; a full pad ignores what follows. Returns whether
 * anything changed.
 */
bool ink_begin(struct ink *ink, int x, int y, int64_t now_ms);
bool ink_move(struct ink *ink, int x, int y, int64_t now_ms);
bool ink_end(struct ink *ink);
/* Take back the last stroke. */
bool ink_undo(struct ink *ink);
/* Empty it and wipe the points; the size stays. */
void ink_clear(struct ink *ink);
/* Enough to count as written: more than a dot (the path is at least 40 px long). */
bool ink_is_written(const struct ink *ink);
