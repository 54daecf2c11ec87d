/* Words on the page: a block of text, a heading, an icon, plain areas behind others. */
#include "ui/widget/paint.h"

static void draw_label(const struct widget *w, const struct look *l)
{
    size_t lines = w->max_lines ? w->max_lines : 1;
    paint_block(l, w->type, w->label, w->box, lines, w->align, w->color);
}

static void draw_icon(const struct widget *w, const struct look *l)
{
    if (w->style != STYLE_PLAIN) {
        struct soft soft = paint_soft(w->style);
        paint_strip(l, w->box, w->box.h / 2, soft);
        paint_icon(l, w->type, w->icon, w->box, soft.strong);
        return;
    }
    paint_icon(l, w->type, w->icon, w->box, w->color);
}

static void draw_panel(const struct widget *w, const struct look *l)
{
    if (w->style == STYLE_PLAIN)
        paint_card(l, w->box, l->theme->radius_card, COLOR_SURFACE);
    else
        paint_strip(l, w->box, l->theme->radius_card, paint_soft(w->style));
}

static void draw_band(const struct widget *w, const struct look *l)
{
    canvas_fill(l->canvas, w->box, paint_color(l, w->color));
}

const struct widget_kind widget_label = { .role = "text", .draw = draw_label };
const struct widget_kind widget_heading = { .role = "heading", .draw = draw_label };
const struct widget_kind widget_icon = { .role = "image", .draw = draw_icon };
const struct widget_kind widget_panel = { .role = "group", .draw = draw_panel };
const struct widget_kind widget_band = { .role = "group", .draw = draw_band };
