/* From where a touch panel says that a finger is to where it is on the glass: six numbers, found from touches on crosses by least
 * squares. Kept for each panel by its name. Pure; any thread. Both sides are canvas pixels. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "firmware/base/fault.h"

enum { TOUCH_PANEL_NAME = 64, TOUCH_PANELS = 4 };

struct touch_point {
    double x, y;
};
struct touch_pair {
    struct touch_point felt, meant; /* what the panel said; where the cross was */
};
/* x' = m[0] x + m[1] y + m[2]; y' = m[3] x + m[4] y + m[5] */
struct touch_map {
    double m[6];
};
extern const struct touch_map touch_map_none; /* changes nothing */

enum touch_map_outcome {
    TOUCH_MAP_E_DEGENERATE =
        1,                /* the touches lie on a line, on a spot, or much too near each other */
    TOUCH_MAP_E_RESIDUAL, /* no such map brings each of them near its cross: one was missed */
};

/* The map that leaves the least squares of distances. At least three pairs; at most TOUCH_PAIRS are looked at. `width` and `height` of
 * the glass say what is near: a touch may end up 1.5 % of its shorter side away from its cross. */
enum { TOUCH_PAIRS = 8 };
NODISCARD int touch_map_fit(struct touch_map *out, const struct touch_pair *pairs, size_t count,
                            int width, int height);
struct touch_point touch_map_apply(const struct touch_map *m, double x, double y);
/* Was a cross at `meant` met well enough (4 % of the shorter side)? */
bool touch_map_meets(const struct touch_map *m, struct touch_pair pair, int width, int height);

/* ---- kept -------------------------------------------------------------------------------- */
struct touch_maps {
    struct {
        char panel[TOUCH_PANEL_NAME];
        struct touch_map map;
    } rows[TOUCH_PANELS];
    size_t count;
};
/* 1 to 63 of letters, digits, blanks and . : _ - */
bool touch_panel_is_name(const char *name);
/* touch_map_none for a panel that none is kept for. */
struct touch_map touch_maps_find(const struct touch_maps *all, const char *panel);
/* Puts it there, in place of the panel's own or, when there are too many, of the oldest. */
void touch_maps_put(struct touch_maps *all, const char *panel, const struct touch_map *map);
/* [{"panel":"…","map":[6 numbers]}, …], the oldest first. NULL without memory. */
json_t *touch_maps_json(const struct touch_maps *all);
/* Rows that are not well formed, or would put fingers elsewhere altogether, are left out. */
void touch_maps_read(struct touch_maps *out, const json_t *list);
json_t *touch_map_json(const struct touch_map *m);
bool touch_map_read(struct touch_map *out, const json_t *list);
