/* Ways to the answer about a bundle: rows of `places`. */
#pragma once

#include "tests/golden/visits.h"

/* The county's word about a bundle, as it comes; each `@` in it is what a clerk wrote. */
void place_told(struct visits *v, const char *state, const char *form, const char *first,
                const char *second);
void place_parts_open(struct visits *v);
void place_parts_partial(struct visits *v);
void place_waived(struct visits *v);
void place_parts_many(struct visits *v);
