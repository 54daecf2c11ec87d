/* One of several words that letters or strokes may mean: flat and large; the likeliest is filled. */
#include "ui/widget/paint.h"

static void draw_candidate(const struct widget *w, const struct look *l)
{
    bool is_first = w->style == STYLE_PRIMARY;
    enum color fill = w->is_pressed ? (is_first ? COLOR_PRIMARY_PRESSED : COLOR_SURFACE_PRESSED)
                      : is_first    ? COLOR_PRIMARY
                                    : COLOR_SURFACE;
    struct rect edge = { w->box.x + w->box.w - 2, w->box.y + 12, 2, w->box.h - 24 };
    canvas_round(l->canvas, w->box, l->theme->radius_key, paint_color(l, fill), 255);
    if (!is_first)
        canvas_fill(l->canvas, edge, paint_color(l, COLOR_LINE));
    if (w->is_focused)
        paint_focus(l, w->box, l->theme->radius_key);
    paint_line(l, TYPE_INPUT, w->label, rect_grow(w->box, -8), ALIGN_CENTER,
               is_first ? COLOR_ON_PRIMARY : COLOR_TEXT);
}

const struct widget_kind widget_candidate = { .role = "candidate",
                                              .draw = draw_candidate,
                                              .is_pressed_shown = true };
