#include "ui/canvas/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ui/canvas/shape.h"

int canvas_new(struct canvas **out, int width, int height)
{
    struct canvas *c = calloc(1, sizeof(*c));
    if (!c)
        return fault_raise(-ENOMEM);
    c->pixels = calloc((size_t)width * (size_t)height, sizeof(*c->pixels));
    if (!c->pixels) {
        free(c);
        return fault_raise(-ENOMEM);
    }
    c->width = width;
    c->height = height;
    c->clip = (struct rect){ 0, 0, width, height };
    *out = c;
    return 0;
}

void canvas_free(struct canvas *c)
{
    if (!c)
        return;
    explicit_bzero(c->pixels, (size_t)c->width * (size_t)c->height * sizeof(*c->pixels));
    shapes_free(c->shapes);
    free(c->pixels);
    free(c);
}

static inline uint32_t *row_at(const struct canvas *c, int y)
{
    return c->pixels + (size_t)y * (size_t)c->width;
}

static struct rect visible(const struct canvas *c, struct rect r)
{
    struct rect whole = { 0, 0, c->width, c->height };
    return rect_intersect(rect_intersect(c->clip, whole), r);
}

/* Red and blue share one multiplication; alpha 0 to 255 is stretched to 256 so that 255 is exact.
 */
static inline uint32_t blend(uint32_t under, uint32_t color, unsigned alpha)
{
    alpha += alpha >> 7;
    uint32_t rb = under & 0xff00ff, g = under & 0x00ff00;
    rb += (((color & 0xff00ff) - rb) * alpha) >> 8;
    g += (((color & 0x00ff00) - g) * alpha) >> 8;
    return 0xff000000u | (rb & 0xff00ff) | (g & 0x00ff00);
}

static void span(uint32_t *p, int count, uint32_t color, unsigned alpha)
{
    if (alpha >= 255)
        for (int i = 0; i < count; i++)
            p[i] = 0xff000000u | color;
    else if (alpha)
        for (int i = 0; i < count; i++)
            p[i] = blend(p[i], color, alpha);
}

void canvas_fill(struct canvas *c, struct rect r, uint32_t color)
{
    r = visible(c, r);
    for (int y = r.y; y < r.y + r.h; y++)
        span(row_at(c, y) + r.x, r.w, color, 255);
}

/* ---- rounded rectangles -------------------------------------------------------------- */

static unsigned scaled(unsigned cover, unsigned alpha)
{
    return (cover * alpha + 127) / 255;
}

/* The part of a corner's row where coverage changes: read forwards at the left, backwards at the
 * right. */
static void corner_row(uint32_t *row, int x, struct rect v, const uint8_t *cover, int length,
                       bool is_right, uint32_t color, unsigned alpha)
{
    int first = x > v.x ? x : v.x, last = x + length < v.x + v.w ? x + length : v.x + v.w;
    const uint8_t *at = is_right ? cover + length - 1 + x : cover - x;
    int step = is_right ? -1 : 1;
    for (int i = first; i < last; i++) {
        unsigned a = at[i * step];
        row[i] = blend(row[i], color, alpha == 255 ? a : scaled(a, alpha));
    }
}

/* Corners come from a tile that is worked out once for each radius, line and blur; from `settled`
 * on a row has one coverage up to the other corner. `v` is what may be drawn. */
static void paint_tiled(struct canvas *c, struct rect r, const struct shape_tile *t, struct rect v,
                        uint32_t color, unsigned alpha)
{
    struct rect w = rect_grow(r, t->pad);
    int half = w.w / 2;
    for (int y = v.y; y < v.y + v.h; y++) {
        uint32_t *row = row_at(c, y);
        int at = y - w.y < w.y + w.h - 1 - y ? y - w.y : w.y + w.h - 1 - y;
        at = at < t->n ? at : t->n - 1;
        const uint8_t *cover = t->cover + (size_t)at * (size_t)t->n;
        int settled = t->settled[at] < half ? t->settled[at] : half;
        unsigned middle = cover[settled < t->n ? settled : t->n - 1];
        corner_row(row, w.x, v, cover, settled, false, color, alpha);
        corner_row(row, w.x + w.w - settled, v, cover, settled, true, color, alpha);
        int from = w.x + settled > v.x ? w.x + settled : v.x,
            to = w.x + w.w - settled < v.x + v.w ? w.x + w.w - settled : v.x + v.w;
        bool is_hidden = t->is_soft && middle == 255;
        if (to > from && !is_hidden)
            span(row + from, to - from, color, middle == 255 ? alpha : scaled(middle, alpha));
    }
}

/* Half of the shorter side at most, as in a pill or a disc. */
static struct shape fitted(struct shape shape, struct rect r)
{
    int most = (r.w < r.h ? r.w : r.h) / 2;
    if (shape.radius > most)
        shape.radius = most;
    return shape;
}

static void paint_shape(struct canvas *c, struct rect r, struct shape shape, uint32_t color,
                        unsigned alpha)
{
    struct rect v = visible(c, rect_grow(r, shape_pad(shape)));
    if (rect_is_empty(v))
        return;
    bool is_even = r.w % 2 == 0 && r.h % 2 == 0;
    struct shape fit = fitted(shape, r);
    const struct shape_tile *t = shape_tile(&c->shapes, fit);
    /* Two corners side by side need no column between them only when both are halves. */
    int need = t ? 2 * (t->n - (is_even && !fit.blur && !fit.line)) : 0;
    if (t && r.w + 2 * t->pad >= need && r.h + 2 * t->pad >= need) {
        paint_tiled(c, r, t, v, color, alpha);
        return;
    }
    for (int y = v.y; y < v.y + v.h; y++) {
        uint32_t *row = row_at(c, y);
        for (int x = v.x; x < v.x + v.w; x++) {
            unsigned a = scaled(shape_cover(shape, r, x, y), alpha);
            if (a)
                row[x] = blend(row[x], color, a);
        }
    }
}

void canvas_round(struct canvas *c, struct rect r, int radius, uint32_t color, unsigned alpha)
{
    paint_shape(c, r, (struct shape){ .radius = radius }, color, alpha);
}

void canvas_outline(struct canvas *c, struct rect r, int radius, int thickness, uint32_t color)
{
    if (c->watch && c->watch->outline)
        c->watch->outline(c->watch, c, r, color);
    paint_shape(c, r, (struct shape){ .radius = radius, .line = thickness }, color, 255);
}

void canvas_shadow(struct canvas *c, struct rect r, int radius, int blur, uint32_t color,
                   unsigned alpha)
{
    paint_shape(c, r, (struct shape){ .radius = radius, .blur = blur }, color, alpha);
}

void canvas_mask(struct canvas *c, const struct mask *m, int x, int y, uint32_t color)
{
    struct rect v = visible(c, (struct rect){ x, y, m->width, m->height });
    for (int j = v.y; j < v.y + v.h; j++) {
        uint32_t *row = row_at(c, j);
        const uint8_t *alpha = m->alpha + (size_t)(j - y) * (size_t)m->width - x;
        for (int i = v.x; i < v.x + v.w; i++)
            row[i] = blend(row[i], color, alpha[i]);
    }
}

static inline float clamp01(float v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

void canvas_stroke(struct canvas *c, float x0, float y0, float x1, float y1, float width,
                   uint32_t color)
{
    float half = width * 0.5f, dx = x1 - x0, dy = y1 - y0, square = dx * dx + dy * dy;
    int left = (int)floorf((x0 < x1 ? x0 : x1) - half) - 1,
        right = (int)ceilf((x0 < x1 ? x1 : x0) + half) + 1;
    int top = (int)floorf((y0 < y1 ? y0 : y1) - half) - 1,
        bottom = (int)ceilf((y0 < y1 ? y1 : y0) + half) + 1;
    struct rect v = visible(c, (struct rect){ left, top, right - left, bottom - top });
    for (int y = v.y; y < v.y + v.h; y++) {
        uint32_t *row = row_at(c, y);
        for (int x = v.x; x < v.x + v.w; x++) {
            float px = (float)x + 0.5f - x0, py = (float)y + 0.5f - y0;
            float t = square > 0 ? clamp01((px * dx + py * dy) / square) : 0;
            float ex = px - t * dx, ey = py - t * dy;
            float cover = clamp01(half + 0.5f - sqrtf(ex * ex + ey * ey));
            if (cover > 0)
                row[x] = blend(row[x], color, (unsigned)(cover * 255 + 0.5f));
        }
    }
}
