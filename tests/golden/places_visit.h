/* Walks to the pages of a bundle's joint visit (places.c lists them). */
#pragma once

#include "tests/golden/visits.h"

void place_visit_calendar(struct visits *v);
void place_visit_full(struct visits *v);
void place_visit_moved(struct visits *v);
void place_visit_taken(struct visits *v);
void place_visit_return(struct visits *v);
