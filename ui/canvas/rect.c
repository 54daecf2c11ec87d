#include "ui/canvas/rect.h"

#include <stdint.h>

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

bool rect_is_empty(struct rect r)
{
    return r.w <= 0 || r.h <= 0;
}

bool rect_contains(struct rect r, int x, int y)
{
    return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}

struct rect rect_intersect(struct rect a, struct rect b)
{
    int x = most(a.x, b.x), y = most(a.y, b.y);
    struct rect r = { x, y, least(a.x + a.w, b.x + b.w) - x, least(a.y + a.h, b.y + b.h) - y };
    return rect_is_empty(r) ? (struct rect){ 0 } : r;
}

bool rect_touches(struct rect a, struct rect b)
{
    return !rect_is_empty(rect_intersect(a, b));
}

struct rect rect_unite(struct rect a, struct rect b)
{
    if (rect_is_empty(a))
        return b;
    if (rect_is_empty(b))
        return a;
    int x = least(a.x, b.x), y = least(a.y, b.y);
    return (struct rect){ x, y, most(a.x + a.w, b.x + b.w) - x, most(a.y + a.h, b.y + b.h) - y };
}

struct rect rect_grow(struct rect r, int by)
{
    return (struct rect){ r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by };
}

bool rect_equals(struct rect a, struct rect b)
{
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

static int64_t area(struct rect r)
{
    return (int64_t)r.w * r.h;
}

/* Pixels drawn for nothing if both became one. */
static int64_t waste(struct rect a, struct rect b)
{
    return area(rect_unite(a, b)) - area(a) - area(b);
}

static void drop(struct damage *d, int i)
{
    d->rects[i] = d->rects[--d->count];
}

/* Unite the cheapest pair, which frees one place. */
static void squeeze(struct damage *d)
{
    int first = 0, second = 1;
    for (int i = 0; i < d->count; i++)
        for (int k = i + 1; k < d->count; k++)
            if (waste(d->rects[i], d->rects[k]) < waste(d->rects[first], d->rects[second])) {
                first = i;
                second = k;
            }
    struct rect both = rect_unite(d->rects[first], d->rects[second]);
    drop(d, second);
    drop(d, first);
    damage_add(d, both);
}

void damage_add(struct damage *d, struct rect r)
{
    if (rect_is_empty(r))
        return;
    /* Whatever it overlaps joins it; the result may then overlap others, so start over. */
    for (int i = 0; i < d->count;) {
        if (rect_touches(d->rects[i], r)) {
            r = rect_unite(d->rects[i], r);
            drop(d, i);
            i = 0;
        } else {
            i++;
        }
    }
    if (d->count < DAMAGE_RECTS) {
        d->rects[d->count++] = r;
        return;
    }
    squeeze(d); /* what that united may now touch r */
    damage_add(d, r);
}
