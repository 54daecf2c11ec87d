/* What the pages of "At this point" share. Inside ui/screen only. */
#pragma once

#include "ui/screen/scene.h"

/* Texts of the county's word are replaced in the middle of a visit: they are copied into the page. */
const char *desk_words(struct scene *s, const struct point_words *w);
/* Of another point: whether it is open and when; how one comes there and how far it is. */
const char *desk_open_words(struct scene *s, const struct point_other *o);
const char *desk_road_words(struct scene *s, const struct point_other *o);
/* How old what is shown is, in one small line; nothing when nothing is known. */
void desk_age(struct scene *s);
/* "3 people are waiting, about 18 minutes"; NULL when it is not known now. */
const char *desk_queue(struct scene *s, const char *theme, bool is_first);
/* The matter in hand is not done at this point: where it is instead. Nothing when it is done here. */
void elsewhere_add(struct scene *s);
