/* Where a finger is to be laid: a cross in a ring, its middle open so that the very point can be seen. */
#include "ui/widget/paint.h"

enum { LINE = 6, OPEN = 14, DOT = 8 };

static void draw_cross(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    int cx = b.x + b.w / 2, cy = b.y + b.h / 2, arm = b.w / 2 - OPEN;
    uint32_t ink = paint_color(l, COLOR_TEXT);
    canvas_outline(l->canvas, rect_grow(b, -b.w / 6), b.w / 3, LINE, paint_color(l, COLOR_PRIMARY));
    canvas_fill(l->canvas, (struct rect){ b.x, cy - LINE / 2, arm, LINE }, ink);
    canvas_fill(l->canvas, (struct rect){ cx + OPEN, cy - LINE / 2, arm, LINE }, ink);
    canvas_fill(l->canvas, (struct rect){ cx - LINE / 2, b.y, LINE, arm }, ink);
    canvas_fill(l->canvas, (struct rect){ cx - LINE / 2, cy + OPEN, LINE, arm }, ink);
    canvas_round(l->canvas, (struct rect){ cx - DOT / 2, cy - DOT / 2, DOT, DOT }, DOT / 2,
                 paint_color(l, COLOR_DANGER), 255);
}

const struct widget_kind widget_cross = { .role = "image", .draw = draw_cross };
