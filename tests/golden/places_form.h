/* Walks to the pages of the form (places.c lists them). */
#pragma once

#include "tests/golden/visits.h"

void place_form(struct visits *v);
void place_form_chosen(struct visits *v);
void place_form_errors(struct visits *v);
void place_choose_all(struct visits *v);
void place_go_to_field(struct visits *v, const char *name);
void place_form_digits(struct visits *v);
void place_form_date(struct visits *v);
void place_form_date_month(struct visits *v);
void place_form_date_day(struct visits *v);
void place_form_date_picked(struct visits *v);
void place_form_date_ahead(struct visits *v);
void place_form_places(struct visits *v);
void place_form_roads(struct visits *v);
void place_form_pinyin(struct visits *v);
void place_write_stroke(struct visits *v, int x, int y);
void place_form_hand(struct visits *v);
void place_form_picture(struct visits *v);
void place_form_letters(struct visits *v);
void place_form_rare(struct visits *v);
