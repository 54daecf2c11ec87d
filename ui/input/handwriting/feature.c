#include "ui/input/handwriting/feature.h"

#include <math.h>
#include <string.h>

static const float LIFTED = 0.6f; /* weight of the lifted pen's way; tried 0.2 to 1 */
static const float SPREAD = 4.2f; /* standard deviations of the ink across the grid */

struct moments {
    float x, y;               /* centre */
    float spread_x, spread_y; /* standard deviation */
};

static struct moments moments_of(const struct trace *t)
{
    float length = 1e-6f, mx = 0, my = 0, vx = 0, vy = 0;
    struct moments m = { 0 };
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 1; i < t->count; i++) {
            if (t->is_start[i])
                continue;
            float dx = t->x[i] - t->x[i - 1], dy = t->y[i] - t->y[i - 1];
            float l = sqrtf(dx * dx + dy * dy);
            float x = (t->x[i] + t->x[i - 1]) / 2, y = (t->y[i] + t->y[i - 1]) / 2;
            if (!pass) {
                length += l;
                mx += l * x;
                my += l * y;
            } else {
                vx += l * (x - m.x) * (x - m.x);
                vy += l * (y - m.y) * (y - m.y);
            }
        }
        m.x = mx / length;
        m.y = my / length;
    }
    m.spread_x = sqrtf(vx / length) + 0.001f;
    m.spread_y = sqrtf(vy / length) + 0.001f;
    return m;
}

/* Part of the shape's proportion is kept, so that a long flat stroke stays flat: a side that is `r`
 * times the other becomes sqrt(sin(r * 90 degrees)) times it; the sine as a polynomial. */
static float side_of(float r)
{
    float a = r * 1.5707963f, s = a * a;
    return sqrtf(a * (1 - s * (0.16666667f - s * (0.0083333f - s * 0.000198413f))));
}

/* Share `amount` between the four cells around (x, y) of a square grid; what is beyond its edge
 * counts for the cell at the edge. */
static void spread(float *grid, int side, float x, float y, const float amount[2], const int to[2])
{
    float left = floorf(x - 0.5f), top = floorf(y - 0.5f);
    for (int corner = 0; corner < 4; corner++) {
        int cx = (int)left + (corner & 1), cy = (int)top + (corner >> 1);
        float share = (corner & 1 ? x - 0.5f - left : left + 1.5f - x) *
                      (corner >> 1 ? y - 0.5f - top : top + 1.5f - y);
        cx = cx < 0 ? 0 : cx >= side ? side - 1 : cx;
        cy = cy < 0 ? 0 : cy >= side ? side - 1 : cy;
        float *cell = grid + (cy * side + cx) * FEATURE_DIRECTIONS;
        cell[to[0]] += share * amount[0];
        cell[to[1]] += share * amount[1];
    }
}

struct place {
    float x, y; /* 0 to 1 across the grid, as a rule */
};

/* One step from a to b. Its vector is split between the two directions beside it, one along an axis
 * and one along a diagonal, so that both together make it. */
static void step(float *grid, int side, struct place a, struct place b, float weight)
{
    float cells = (float)side, dx = (b.x - a.x) * cells, dy = (b.y - a.y) * cells;
    float ax = fabsf(dx), ay = fabsf(dy), low = fminf(ax, ay);
    int pieces = (int)(sqrtf(dx * dx + dy * dy) * 2) + 1;
    float unit = weight / (float)pieces;
    const float amount[2] = { (fmaxf(ax, ay) - low) * unit, low * 1.41421356f * unit };
    const int to[2] = { ax > ay ? (dx > 0 ? 0 : 4) : (dy > 0 ? 2 : 6),
                        dx > 0 ? (dy > 0 ? 1 : 7) : (dy > 0 ? 3 : 5) };
    for (int i = 0; i < pieces; i++) {
        float at = ((float)i + 0.5f) / (float)pieces;
        spread(grid, side, a.x * cells + dx * at, a.y * cells + dy * at, amount, to);
    }
}

void feature_make(float feature[FEATURE_COUNT], const struct trace *trace)
{
    struct moments m = moments_of(trace);
    float big = fmaxf(m.spread_x, m.spread_y);
    float by_x = side_of(m.spread_x / big) / (SPREAD * m.spread_x);
    float by_y = side_of(m.spread_y / big) / (SPREAD * m.spread_y);
    struct place last = { 0 };
    memset(feature, 0, FEATURE_COUNT * sizeof(*feature));
    for (size_t i = 0; i < trace->count; i++) {
        struct place here = { (trace->x[i] - m.x) * by_x + 0.5f,
                              (trace->y[i] - m.y) * by_y + 0.5f };
        bool is_lifted = i && trace->is_start[i];
        if (i)
            step(feature, FEATURE_GRID, last, here, is_lifted ? LIFTED : 1);
        if (is_lifted)
            step(feature + FEATURE_ALL_COUNT, FEATURE_LIFTED_GRID, last, here, 1);
        last = here;
    }
    for (size_t i = 0; i < FEATURE_COUNT; i++)
        feature[i] = sqrtf(feature[i]);
}
