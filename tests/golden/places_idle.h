/* The ways to pages on which nobody is here; rows of `places`. */
#pragma once

#include "tests/golden/visits.h"

void place_attract(struct visits *v);
void place_attract_impaired(struct visits *v);
void place_attract_refusing(struct visits *v);
void place_rest_dark(struct visits *v);
void place_rest_change(struct visits *v);
void place_out_of_service(struct visits *v);
void place_enrol(struct visits *v);
void place_enrol_typed(struct visits *v);
void place_enrol_asking(struct visits *v);
void place_enrol_wrong(struct visits *v);
void place_enrol_silent(struct visits *v);
