/* The way to what a card alone finds; a row of `places`. */
#pragma once

#include "tests/golden/visits.h"

void place_progress_list(struct visits *v);
