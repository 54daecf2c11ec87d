/* Paper to write on with a finger: a signature, or words in one's own hand. */
#include "ui/widget/paint.h"

enum { INK_PX = 8 };

static void draw_ink(const struct widget *w, const struct look *l)
{
    const struct ink *ink = w->ink;
    uint32_t color = paint_color(l, COLOR_TEXT);
    for (size_t i = 0; i < ink->point_count; i++) {
        const struct ink_point *b = &ink->points[i], *a = b->is_start ? b : b - 1;
        float ax = (float)(w->box.x + a->x), ay = (float)(w->box.y + a->y);
        float bx = (float)(w->box.x + b->x), by = (float)(w->box.y + b->y);
        struct rect around = { a->x < b->x ? a->x : b->x, a->y < b->y ? a->y : b->y, 0, 0 };
        around.w = (a->x > b->x ? a->x : b->x) - around.x;
        around.h = (a->y > b->y ? a->y : b->y) - around.y;
        around.x += w->box.x;
        around.y += w->box.y;
        if (rect_touches(rect_grow(around, INK_PX), l->canvas->clip))
            canvas_stroke(l->canvas, ax, ay, bx, by, INK_PX, color);
    }
}

static void draw_pad(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    int radius = l->theme->radius_button;
    canvas_round(l->canvas, b, radius, paint_color(l, COLOR_SURFACE), 255);
    canvas_outline(l->canvas, b, radius, w->is_error ? 4 : 2,
                   paint_color(l, w->is_error ? COLOR_DANGER : COLOR_BORDER));
    int lines = w->number[0] ? w->number[0] : 1;
    for (int i = 1; i <= lines; i++) {
        struct rect base = { b.x + 48, b.y + b.h * i / lines - (lines == 1 ? 84 : 24), b.w - 96,
                             2 };
        canvas_fill(l->canvas, base, paint_color(l, COLOR_LINE));
    }
    if (!w->ink || !w->ink->point_count) {
        struct rect words = { b.x + 40, b.y, b.w - 80, b.h - (lines == 1 ? 60 : 0) };
        paint_centered(l, TYPE_BODY, w->label, words, 2, ALIGN_CENTER, COLOR_PLACEHOLDER);
        return;
    }
    draw_ink(w, l);
}

const struct widget_kind widget_pad = { .role = "pad", .draw = draw_pad, .is_pad = true };
