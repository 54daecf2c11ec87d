/* Where fingers are on the glass: what the panel says, through the calibration that is kept for it or on trial. */
#pragma once

#include "firmware/base/touch_map.h"
#include "ui/present/present.h"

struct glass {
    struct touch_maps kept;
    struct touch_map map, trial; /* map: of `panel` */
    char panel[TOUCH_PANEL_NAME];
    bool is_tried, has_map;
    int width, height;
};

void glass_open(struct glass *g, int width, int height);
/* How panels were calibrated. */
void glass_learn(struct glass *g, const struct touch_maps *kept);
/* NULL: no trial any longer. */
void glass_try(struct glass *g, const struct touch_map *map);
/* Where a finger is that `panel` felt at (*x, *y): on the glass, whatever the map says. */
void glass_place(struct glass *g, const char *panel, int *x, int *y);
