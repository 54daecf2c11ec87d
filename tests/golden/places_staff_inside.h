/* What the files of staff pages share. */
#pragma once

#include "tests/golden/places_staff.h"

/* A technician is in, and has opened this page. */
void staff_page(struct visits *v, const char *word);
/* From where one is; visits.is_lost when it did not open. */
void staff_open(struct visits *v, const char *word);
void staff_press(struct visits *v, enum shift_event event, const char *value);
/* The queue of an ordinary day. */
struct shift_news staff_facts_of(const struct visits *v);
