#include "firmware/loop/glass.h"

#include <string.h>

#include "firmware/base/text.h"

void glass_open(struct glass *g, int width, int height)
{
    *g = (struct glass){ .map = touch_map_none, .width = width, .height = height };
}

void glass_learn(struct glass *g, const struct touch_maps *kept)
{
    g->kept = *kept;
    g->has_map = false;
}

void glass_try(struct glass *g, const struct touch_map *map)
{
    g->is_tried = map != NULL;
    if (map)
        g->trial = *map;
}

static int within(double at, int most)
{
    return at < 0 ? 0 : at > most - 1 ? most - 1 : (int)(at + 0.5);
}

void glass_place(struct glass *g, const char *panel, int *x, int *y)
{
    /* Another panel may have been put in meanwhile. */
    if (!g->has_map || strcmp(g->panel, panel) != 0) {
        text_copy(g->panel, sizeof(g->panel), panel);
        g->map = touch_maps_find(&g->kept, panel);
        g->has_map = true;
    }
    struct touch_point at = touch_map_apply(g->is_tried ? &g->trial : &g->map, *x, *y);
    *x = within(at.x, g->width);
    *y = within(at.y, g->height);
}
