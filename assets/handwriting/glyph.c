#include "assets/handwriting/glyph.h"

#include <math.h>
#include <stdlib.h>

static const float SPACING = 0.07f; /* of the points of a stroke once read */

static float distance(float x0, float y0, float x1, float y1)
{
    return sqrtf((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
}

static void add_point(struct glyph_stroke *s, float x, float y)
{
    if (s->count == GLYPH_STROKE_POINTS_MAX)
        return;
    s->x[s->count] = x;
    s->y[s->count++] = y;
}

/* Fill in points, so that what bends a stroke finds something to bend. */
static void densify(struct glyph_stroke *s)
{
    struct glyph_stroke dense = { 0 };
    float spacing = SPACING, length = 0;
    for (int i = 1; i < s->count; i++)
        length += distance(s->x[i - 1], s->y[i - 1], s->x[i], s->y[i]);
    spacing = fmaxf(spacing, length / (GLYPH_STROKE_POINTS_MAX - 20));
    for (int i = 0; i < s->count; i++) {
        if (i) {
            float l = distance(s->x[i - 1], s->y[i - 1], s->x[i], s->y[i]);
            int pieces = (int)(l / spacing) + 1;
            for (int k = 1; k < pieces; k++) {
                float t = (float)k / (float)pieces;
                add_point(&dense, s->x[i - 1] + (s->x[i] - s->x[i - 1]) * t,
                          s->y[i - 1] + (s->y[i] - s->y[i - 1]) * t);
            }
        }
        add_point(&dense, s->x[i], s->y[i]);
    }
    *s = dense;
}

bool glyph_read(struct glyph *glyph, const char *text)
{
    *glyph = (struct glyph){ 0 };
    while (*text && *text != '\n') {
        struct glyph_stroke *s = &glyph->strokes[glyph->count];
        char *end = NULL;
        float x = (float)strtol(text, &end, 10);
        if (end == text || *end != ',' || glyph->count == GLYPH_STROKES_MAX - 1)
            return false;
        text = end + 1;
        float y = (float)strtol(text, &end, 10);
        if (end == text)
            return false;
        add_point(s, x / 512 - 1, y / 512 - 1);
        glyph->count += *end == ';';
        text = end + (*end == ';' || *end == ' ');
    }
    glyph->count += glyph->strokes[glyph->count].count > 0;
    for (int i = 0; i < glyph->count; i++)
        densify(&glyph->strokes[i]);
    return glyph->count > 0;
}

size_t glyph_ink(const struct glyph *glyph, struct handwriting_point *points, size_t max)
{
    size_t n = 0;
    bool goes_on = false;
    for (int i = 0; i < glyph->count; i++) {
        const struct glyph_stroke *s = &glyph->strokes[i];
        for (int k = 0; k < s->count && n < max; k++)
            points[n++] = (struct handwriting_point){ s->x[k], s->y[k], !k && !goes_on };
        goes_on = s->is_joined;
    }
    return n;
}
