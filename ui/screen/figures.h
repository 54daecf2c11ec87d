/* Figures of this kiosk, as two pages show them. Inside ui/screen only. */
#pragma once

#include "firmware/point/figures.h"
#include "ui/screen/scene.h"

/* A card of the five (one trip, no trip, papers, forms, days) below how much was done. */
void figures_five(struct scene *s, const struct point_figures *f, const char *done);
/* Which month, and who counted. */
void figures_month_line(struct scene *s, const struct point_figures *f);
