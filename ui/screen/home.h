/* What the two homes share. Inside ui/screen only. */
#pragma once

#include "ui/screen/frame.h"

/* Five tasks and a person, below the head; or every theme when asked for. */
void screen_home_elder(struct scene *s);
/* What the resident seems entitled to, as wide as the column, with the gap behind it; nothing when there is nothing, or
 * no more than `room` px for it. */
void home_add_hint(struct scene *s, int room);
/* Tiles of all themes at s->y. */
void home_themes(struct scene *s, int columns, int tile_h);
