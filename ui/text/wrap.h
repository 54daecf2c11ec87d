/* Where a line may end: Chinese breaks after any character except where punctuation forbids it,
 * Latin between words. Pure; widths come from the caller. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WRAP_LINES_MAX = 32 };

struct wrap_line {
    size_t start, length; /* bytes of the text; blanks at the end are not part of it */
    int width;            /* px */
};

struct wrapped {
    size_t count;
    bool is_cut; /* there was more than max_lines took: draw "…" after the last line, room is left
                    for it */
    struct wrap_line lines[WRAP_LINES_MAX];
};

/* Advance of one character in pixels. */
typedef int (*wrap_advance)(void *context, uint32_t cp);

/* No line begins with ，。、；：？！）》” and the like or ends with （《“ and the like (GB/T
 * 15834 5.1); a word longer than a line is cut where the line ends. '\n' always ends a line.
 * max_lines at most WRAP_LINES_MAX. */
void wrap_text(struct wrapped *out, const char *text, int max_width, size_t max_lines,
               wrap_advance advance, void *context);
