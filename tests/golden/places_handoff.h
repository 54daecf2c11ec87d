/* Ways to the pages of a form that goes on elsewhere; rows of `places`. */
#pragma once

#include "tests/golden/visits.h"

void place_to_phone(struct visits *v);
void place_to_phone_moving(struct visits *v);
void place_to_phone_away(struct visits *v);
void place_to_phone_slip(struct visits *v);
void place_from_phone(struct visits *v);
void place_from_phone_card(struct visits *v);
void place_from_phone_bad(struct visits *v);
void place_from_phone_moving(struct visits *v);
void place_from_phone_used(struct visits *v);
void place_from_phone_other(struct visits *v);
void place_from_phone_form(struct visits *v);
