/* Samples of conditions, hints and leaflets. */
#pragma once

#include "tests/golden/visits.h"

void place_guide_said(struct visits *v);
void place_guide_printed(struct visits *v);
void place_condition(struct visits *v);
void place_condition_window(struct visits *v);
void place_condition_form(struct visits *v);
void place_condition_printed(struct visits *v);
void place_condition_ask(struct visits *v);
void place_theme_events(struct visits *v);
void place_guide_of_part(struct visits *v);
void place_guide_hinted(struct visits *v);
void place_guide_urgent(struct visits *v);
void place_home_hint_sixty(struct visits *v);
