/* Paper for one character, with the faint guides of an exercise book (米字格). */
#include "ui/widget/paint.h"

enum { INK_PX = 10, DASH = 14 };

static void dashes(const struct look *l, struct rect b, float dx, float dy)
{
    float x0 = (float)b.x + (float)b.w * (0.5f - dx), y0 = (float)b.y + (float)b.h * (0.5f - dy);
    float x1 = (float)b.x + (float)b.w * (0.5f + dx), y1 = (float)b.y + (float)b.h * (0.5f + dy);
    int steps = b.w / DASH;
    for (int i = 0; i < steps; i += 2) {
        float a = (float)i / (float)steps, z = (float)(i + 1) / (float)steps;
        canvas_stroke(l->canvas, x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * z,
                      y0 + (y1 - y0) * z, 2, paint_color(l, COLOR_LINE));
    }
}

static void draw_strokes(const struct widget *w, const struct look *l)
{
    const struct ink *ink = w->ink;
    float sx = (float)w->box.w / (float)(ink->width ? ink->width : w->box.w);
    float sy = (float)w->box.h / (float)(ink->height ? ink->height : w->box.h);
    uint32_t color = paint_color(l, COLOR_TEXT);
    for (size_t i = 0; i < ink->point_count; i++) {
        const struct ink_point *b = &ink->points[i], *a = b->is_start ? b : b - 1;
        canvas_stroke(l->canvas, (float)w->box.x + sx * (float)a->x,
                      (float)w->box.y + sy * (float)a->y, (float)w->box.x + sx * (float)b->x,
                      (float)w->box.y + sy * (float)b->y, INK_PX, color);
    }
}

static void draw_cell(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    canvas_round(l->canvas, b, l->theme->radius_button, paint_color(l, COLOR_SURFACE), 255);
    canvas_outline(l->canvas, b, l->theme->radius_button, 2, paint_color(l, COLOR_TEXT_2));
    dashes(l, rect_grow(b, -16), 0.5f, 0);
    dashes(l, rect_grow(b, -16), 0, 0.5f);
    dashes(l, rect_grow(b, -16), 0.5f, 0.5f);
    dashes(l, rect_grow(b, -16), 0.5f, -0.5f);
    if (w->ink && w->ink->point_count)
        draw_strokes(w, l);
    else
        paint_centered(l, TYPE_BODY, w->label, (struct rect){ b.x + 40, b.y, b.w - 80, b.h }, 2,
                       ALIGN_CENTER, COLOR_PLACEHOLDER);
}

const struct widget_kind widget_cell = { .role = "pad", .draw = draw_cell, .is_pad = true };
