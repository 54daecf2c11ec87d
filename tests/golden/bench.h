/* How fast pages are drawn: the figures of the UI guide, on the machine at hand. */
#pragma once

#include "tests/golden/visits.h"

/* Prints one line a figure with its limit; 0 when all hold, 1 when one does not. */
int bench_run(struct visits *v);
