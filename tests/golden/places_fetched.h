/* Places of one card: asking the county, and what it holds. */
#pragma once

#include "tests/golden/visits.h"

void place_fetching(struct visits *v);
void place_fetched(struct visits *v);
void place_fetched_errors(struct visits *v);
void place_fetched_disputed(struct visits *v);
void place_papers_disputed(struct visits *v);
void place_review_fetched(struct visits *v);
