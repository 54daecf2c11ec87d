/* Ink line: one drawn character as a line of JSON, the form of build/handwriting:
 *   {"width": 600, "height": 600, "strokes": [[[x, y, ms], ...], ...]}
 * Foreign bytes. Width, height, times and unknown members are read over: the shape alone counts. */
#pragma once

#include <stddef.h>

#include "firmware/base/fault.h"
#include "firmware/base/json.h"
#include "ui/input/handwriting/trace.h"

enum { INK_LINE_POINTS_MAX = 1 << 20 };
enum ink_line_outcome {
    INK_LINE_E_BAD = 1, /* `complaint` is a sentence about it */
};

/* Read a line. On 0 *points is the caller's, to be ended with free(); *count is 0 where no stroke has
 * a point. Else *points is NULL. Returns 0, INK_LINE_E_BAD, or a fault (< 0). */
NODISCARD int ink_line_read(struct handwriting_point **points, size_t *count, const char *line,
                            size_t length, char complaint[JSON_COMPLAINT]);
