/* Paper to write on with a finger: a signature, or words in one's own hand. */
#include "ui/widget/paint.h"

enum { INK_PX = 8 };

/* The ink has its own measure; the pad may be drawn smaller. */
static void draw_ink(const struct widget *w, const struct look *l)
{
    const struct ink *ink = w->ink;
    float sx = ink->width > 0 ? (float)w->box.w / (float)ink->width : 1,
          sy = ink->height > 0 ? (float)w->box.h / (float)ink->height : 1;
    uint32_t color = paint_color(l, COLOR_TEXT);
    for (size_t i = 0; i < ink->point_count; i++) {
        const struct ink_point *to = &ink->points[i], *from = to->is_start ? to : to - 1;
        float ax = (float)w->box.x + sx * (float)from->x,
              ay = (float)w->box.y + sy * (float)from->y;
        float bx = (float)w->box.x + sx * (float)to->x, by = (float)w->box.y + sy * (float)to->y;
        float left = ax < bx ? ax : bx, top = ay < by ? ay : by;
        struct rect around = { (int)left, (int)top, (int)(ax > bx ? ax : bx) - (int)left + 1,
                               (int)(ay > by ? ay : by) - (int)top + 1 };
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
                   paint_color(l, w->is_error ? COLOR_DANGER : COLOR_TEXT_2));
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
