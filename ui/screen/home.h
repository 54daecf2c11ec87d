/* What the two homes share. Inside ui/screen only. */
#pragma once

#include "ui/screen/frame.h"

/* Five tasks and a person, below the head; or every theme when asked for. */
void screen_home_elder(struct scene *s);
/* What the resident seems entitled to, as wide as the column, with the gap behind it; nothing when there is nothing, or
 * no more than `room` px for it. */
void home_add_hint(struct scene *s, int room);
/* The point's own matters that the catalogue has, at most `max`, the most frequent first; 0: it has none. */
size_t home_own(const struct scene *s, const struct service **out, size_t max);
/* They, above `bottom`, and a row for the rest: that row alone where there is no more room, nothing where there is none
 * (the search begins with them too). False: the point has nothing of its own. */
bool home_add_own(struct scene *s, int bottom);
/* All of them, in one row; only where there are any. */
struct widget home_own_row(struct scene *s, size_t count);
/* The point has something of its own, and no room was found for it above. */
bool home_misses_own(const struct scene *s);
/* Tiles of all themes at s->y. */
void home_themes(struct scene *s, int columns, int tile_h);
