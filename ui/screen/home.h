/* What the two homes share. Inside ui/screen only. */
#pragma once

#include "ui/screen/frame.h"

/* Five tasks and a person, below the head; or every theme when asked for. */
void screen_home_elder(struct scene *s);
/* Tiles of all themes at s->y. */
void home_themes(struct scene *s, int columns, int tile_h);
