#include "ui/canvas/shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TILES = 32 };

struct canvas_shapes {
    int count, next; /* next: the place that a new one takes when all are used */
    struct shape_tile tiles[TILES];
};

int shape_pad(struct shape s)
{
    return s.blur + 1;
}

static inline float clamp01(float v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

/* Signed distance of a pixel's middle to the edge, negative inside. sqrtf: hypotf is five times
 * slower. */
static float distance(int radius, struct rect r, int x, int y)
{
    float hx = (float)r.w * 0.5f, hy = (float)r.h * 0.5f, limit = hx < hy ? hx : hy;
    float round = (float)radius < limit ? (float)radius : limit;
    float qx = fabsf((float)x + 0.5f - (float)r.x - hx) - hx + round;
    float qy = fabsf((float)y + 0.5f - (float)r.y - hy) - hy + round;
    float ox = qx > 0 ? qx : 0, oy = qy > 0 ? qy : 0, inside = qx > qy ? qx : qy;
    return sqrtf(ox * ox + oy * oy) + (inside < 0 ? inside : 0) - round;
}

unsigned shape_cover(struct shape s, struct rect r, int x, int y)
{
    float d = distance(s.radius, r, x, y), cover;
    if (s.blur > 0) {
        float t = clamp01((d / (float)s.blur + 1) * 0.5f);
        cover = 1 - t * t * (3 - 2 * t);
    } else {
        cover = clamp01(0.5f - d);
        if (s.line > 0)
            cover -= clamp01(0.5f - d - (float)s.line);
    }
    return (unsigned)(cover * 255 + 0.5f);
}

static int settled_from(const uint8_t *row, int n)
{
    int from = n - 1;
    while (from > 0 && row[from - 1] == row[n - 1])
        from--;
    return from;
}

static void drop(struct shape_tile *t)
{
    free(t->cover);
    free(t->settled);
}

static int make(struct shape_tile *t, struct shape s)
{
    int band = s.line > s.radius ? s.line : s.radius, reach = band > s.blur ? band : s.blur,
        pad = shape_pad(s), n = pad + reach + 1;
    struct shape_tile made = {
        s, n, pad, s.blur > 0, malloc((size_t)n * (size_t)n), malloc((size_t)n * sizeof(int))
    };
    if (!made.cover || !made.settled) {
        drop(&made);
        return -1;
    }
    /* Any rectangle with room for two such corners has the same ones. */
    struct rect any = { pad, pad, 4 * n, 4 * n };
    for (int y = 0; y < n; y++) {
        uint8_t *row = made.cover + (size_t)y * (size_t)n;
        for (int x = 0; x < n; x++)
            row[x] = (uint8_t)shape_cover(s, any, x, y);
        made.settled[y] = settled_from(row, n);
    }
    drop(t);
    *t = made;
    return 0;
}

static bool is_same(struct shape a, struct shape b)
{
    return a.radius == b.radius && a.line == b.line && a.blur == b.blur;
}

const struct shape_tile *shape_tile(struct canvas_shapes **store, struct shape s)
{
    if (!*store)
        *store = calloc(1, sizeof(**store));
    struct canvas_shapes *all = *store;
    if (!all)
        return NULL;
    for (int i = 0; i < all->count; i++)
        if (is_same(all->tiles[i].shape, s))
            return &all->tiles[i];
    struct shape_tile *t =
        all->count < TILES ? &all->tiles[all->count] : &all->tiles[all->next % TILES];
    if (make(t, s))
        return NULL;
    if (all->count < TILES)
        all->count++;
    else
        all->next++;
    return t;
}

void shapes_free(struct canvas_shapes *store)
{
    for (int i = 0; store && i < store->count; i++)
        drop(&store->tiles[i]);
    free(store);
}
