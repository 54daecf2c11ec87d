/* Places of one card: asking the county, and what it holds. */
#pragma once

#include "tests/golden/visits.h"

void place_fetching(struct visits *v);
void place_fetched(struct visits *v);
/* On from the page of certificates; nothing on another page. */
void place_all_right(struct visits *v);
void place_fetched_errors(struct visits *v);
void place_fetched_disputed(struct visits *v);
void place_papers_disputed(struct visits *v);
void place_review_fetched(struct visits *v);
/* A matter that is decided on the spot. */
void place_done_deciding(struct visits *v);
void place_done_granted(struct visits *v);
void place_done_undecided(struct visits *v);
