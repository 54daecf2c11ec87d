/* Walks to the pages of what is reported beside a matter (places.c lists them). */
#pragma once

#include "tests/golden/visits.h"

void place_unsettled(struct visits *v);
void place_unsettled_chosen(struct visits *v);
void place_unsettled_words(struct visits *v);
void place_unsettled_phone(struct visits *v);
void place_unsettled_kept(struct visits *v);
void place_unsettled_failed(struct visits *v);
void place_mismatch(struct visits *v);
void place_done_again(struct visits *v);
void place_again(struct visits *v);
void place_progress_open(struct visits *v);
void place_progress_overdue(struct visits *v);
void place_progress_answered(struct visits *v);
void place_done_claim(struct visits *v);
