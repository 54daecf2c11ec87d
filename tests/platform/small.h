/* Small counts stay untold: whoever knows a village knows who the one case of last month was. Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { SMALL_LEAST = 5 }; /* the smallest count of people that is told; nought is told */

/* A table with its sums: `cells` holds rows x columns counts, row by row; the last column is the sum of each row, the
 * last row that of each column. Sets `hidden` (as many) wherever 1 to 4 stand, and then as much more as is needed so
 * that no line tells by its sum what it hides: in every line nothing is hidden, or two cells or more, and what is
 * hidden beside a sum that is told comes to SMALL_LEAST at least. Terminates: it only ever hides more. */
void small_hide(const int *cells, bool *hidden, size_t rows, size_t columns);
