/* Walks to the pages of the review, and what comes of it (places.c lists them). */
#pragma once

#include "tests/golden/visits.h"

void place_review(struct visits *v);
void place_review_missing(struct visits *v);
void place_review_signed(struct visits *v);
void place_review_shown(struct visits *v);
void place_reserve(struct visits *v);
void place_submitting(struct visits *v);
void place_done(struct visits *v);
void place_done_failed(struct visits *v);
void place_done_offline(struct visits *v);
void place_not_saved(struct visits *v);
void place_not_certain(struct visits *v);
void place_rating(struct visits *v);
void place_rating_bad(struct visits *v);
void place_done_paper(struct visits *v);
void place_done_ask(struct visits *v);
