/* What can be done here, by count (SS-24): how many matters, how many of them from end to end or on the spot, by theme. Inside
 * ui/screen only. */
#pragma once

#include "ui/screen/scene.h"

/* All of them, with a line for each theme. */
void counts_add_all(struct scene *s);
/* One line for a theme's page. */
void counts_add_theme(struct scene *s, const char *theme);
