/* What the frame, the bar of tools and scene.c share. Inside ui/screen only. */
#pragma once

#include "ui/screen/scene.h"

/* Find the room on the panel; first of all in a page. */
void frame_begin(struct scene *s);
/* The line above the room: its height before anything is laid out (0: none), and itself after all else. */
int band_height(const struct scene *s);
void band_add(struct scene *s);
/* The room from now on, after something has taken its part. */
void frame_take_room(struct scene *s, struct rect room);
/* Lowered: what stands above the room. */
void frame_add_upper(struct scene *s);
/* Width of a button for its icon and words in one line. */
int frame_button_w(const struct scene *s, enum type_token type, const char *icon,
                   const char *label);
/* One of the buttons that scroll, id "up" or "down". */
void flow_add_scroller(struct scene *s, const char *id, const char *icon, const char *label,
                       int verb, struct rect box, bool can_move);
/* Day and time in one line, "" while the clock is not to be trusted. */
const char *scene_clock(struct scene *s);
/* "08:30". */
const char *scene_time(struct scene *s);
