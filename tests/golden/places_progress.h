/* Walks to the pages of what became of a matter (places.c lists them). */
#pragma once

#include "tests/golden/visits.h"

void place_progress(struct visits *v);
void place_progress_bad(struct visits *v);
void place_progress_away(struct visits *v);
void place_ask(struct visits *v);
/* The county's word about the number that was asked after. */
void place_tell(struct visits *v, struct case_view c);
void place_answer(struct visits *v, struct case_view c);
void place_progress_correction(struct visits *v);
void place_progress_granted(struct visits *v);
void place_progress_denied(struct visits *v);
void place_progress_accepted(struct visits *v);
void place_progress_late(struct visits *v);
void place_progress_gap(struct visits *v);
void place_progress_paused(struct visits *v);
void place_progress_pickup(struct visits *v);
void place_progress_posted(struct visits *v);
void place_progress_parcel(struct visits *v);
void place_progress_returned(struct visits *v);
void place_progress_refused(struct visits *v);
void place_progress_here(struct visits *v);
void place_progress_unknown(struct visits *v);
