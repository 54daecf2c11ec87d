/* Rectangles in pixels, and the set of them that must be drawn again. Pure. */
#pragma once

#include <stdbool.h>

struct rect {
    int x, y, w, h;
};

bool rect_is_empty(struct rect r);
bool rect_contains(struct rect r, int x, int y);
bool rect_touches(struct rect a, struct rect b);
struct rect rect_intersect(struct rect a, struct rect b); /* empty when they do not touch */
struct rect
rect_unite(struct rect a,
           struct rect b); /* the smallest around both; an empty one counts for nothing */
struct rect rect_grow(struct rect r, int by); /* `by` pixels on every side; negative shrinks */
bool rect_equals(struct rect a, struct rect b);

enum { DAMAGE_RECTS = 16 };

/* At most DAMAGE_RECTS disjoint rectangles; when full, the two that waste least are united. */
struct damage {
    int count;
    struct rect rects[DAMAGE_RECTS];
};

void damage_add(struct damage *d, struct rect r);
