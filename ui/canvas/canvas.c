#include "ui/canvas/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

struct shape {
    float cx, cy, hx, hy, radius; /* centre, half sides */
};

static struct shape shape_of(struct rect r, int radius)
{
    float hx = (float)r.w * 0.5f, hy = (float)r.h * 0.5f, limit = hx < hy ? hx : hy;
    return (struct shape){ (float)r.x + hx, (float)r.y + hy, hx, hy,
                           (float)radius < limit ? (float)radius : limit };
}

/* Signed distance of a pixel's middle to the edge, negative inside. sqrtf: hypotf is five times
 * slower. */
static inline float distance(const struct shape *s, int x, int y)
{
    float qx = fabsf((float)x + 0.5f - s->cx) - s->hx + s->radius;
    float qy = fabsf((float)y + 0.5f - s->cy) - s->hy + s->radius;
    float ox = qx > 0 ? qx : 0, oy = qy > 0 ? qy : 0, inside = qx > qy ? qx : qy;
    return sqrtf(ox * ox + oy * oy) + (inside < 0 ? inside : 0) - s->radius;
}

struct paint {
    struct shape shape;
    float inner; /* outlines: distance at which the hole begins; 0: none */
    float blur;  /* 0: crisp */
    uint32_t color;
    unsigned alpha;
};

static inline float clamp01(float v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

static inline unsigned coverage(const struct paint *p, int x, int y)
{
    float d = distance(&p->shape, x, y), cover;
    if (p->blur > 0) {
        float t = clamp01((d / p->blur + 1) * 0.5f);
        cover = 1 - t * t * (3 - 2 * t);
    } else {
        cover = clamp01(0.5f - d);
        if (p->inner > 0)
            cover -= clamp01(0.5f - d - p->inner);
    }
    return (unsigned)(cover * (float)p->alpha + 0.5f);
}

static void paint_pixels(uint32_t *row, int y, int from, int to, const struct paint *p)
{
    for (int x = from; x < to; x++) {
        unsigned a = coverage(p, x, y);
        if (a)
            row[x] = blend(row[x], p->color, a);
    }
}

/* Only the corners need a distance for each pixel: between them coverage depends on the row alone.
 */
static void paint_shape(struct canvas *c, struct rect r, const struct paint *p)
{
    float band = p->inner > p->shape.radius ? p->inner : p->shape.radius;
    int pad = (int)ceilf(p->blur) + 1, edge = (int)ceilf(band) + pad;
    struct rect v = visible(c, rect_grow(r, pad));
    int left = r.x + edge, right = r.x + r.w - edge;
    for (int y = v.y; y < v.y + v.h; y++) {
        uint32_t *row = row_at(c, y);
        int from = left > v.x ? left : v.x, to = right < v.x + v.w ? right : v.x + v.w;
        if (from >= to) {
            paint_pixels(row, y, v.x, v.x + v.w, p);
            continue;
        }
        paint_pixels(row, y, v.x, from, p);
        /* Far from left and right edges the nearest edge is above or below, or nothing is near. */
        span(row + from, to - from, p->color, coverage(p, (left + right) / 2, y));
        paint_pixels(row, y, to, v.x + v.w, p);
    }
}

void canvas_round(struct canvas *c, struct rect r, int radius, uint32_t color, unsigned alpha)
{
    struct paint p = { .shape = shape_of(r, radius), .color = color, .alpha = alpha };
    paint_shape(c, r, &p);
}

void canvas_outline(struct canvas *c, struct rect r, int radius, int thickness, uint32_t color)
{
    if (c->watch && c->watch->outline)
        c->watch->outline(c->watch, c, r, color);
    struct paint p = {
        .shape = shape_of(r, radius), .inner = (float)thickness, .color = color, .alpha = 255
    };
    paint_shape(c, r, &p);
}

void canvas_shadow(struct canvas *c, struct rect r, int radius, int blur, uint32_t color,
                   unsigned alpha)
{
    struct paint p = {
        .shape = shape_of(r, radius), .blur = (float)blur, .color = color, .alpha = alpha
    };
    paint_shape(c, r, &p);
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
