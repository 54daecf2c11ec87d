/* Ways to the answer about a bundle: rows of `places`. */
#pragma once

#include "tests/golden/visits.h"

void place_parts_open(struct visits *v);
void place_parts_partial(struct visits *v);
void place_waived(struct visits *v);
void place_parts_many(struct visits *v);
