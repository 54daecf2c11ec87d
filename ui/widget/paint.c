#include "ui/widget/paint.h"

void paint_card(const struct look *l, struct rect box, int radius, enum color fill)
{
    if (l->theme->has_shadows) {
        struct rect below = { box.x, box.y + 4, box.w, box.h };
        canvas_shadow(l->canvas, below, radius, 12, paint_color(l, COLOR_SHADOW), 34);
    }
    canvas_round(l->canvas, box, radius, paint_color(l, fill), 255);
    if (l->theme->card_line)
        canvas_outline(l->canvas, box, radius, l->theme->card_line, paint_color(l, COLOR_BORDER));
}

void paint_focus(const struct look *l, struct rect box, int radius)
{
    canvas_outline(l->canvas, rect_grow(box, 6), radius + 6, 6, paint_color(l, COLOR_FOCUS));
}

void paint_dashes(const struct look *l, struct rect box, enum color color)
{
    enum { DASH = 14, STEP = 26, LINE = 3, CORNER = 16 };
    uint32_t c = paint_color(l, color);
    for (int x = box.x + CORNER; x + DASH <= box.x + box.w - CORNER; x += STEP) {
        canvas_fill(l->canvas, (struct rect){ x, box.y, DASH, LINE }, c);
        canvas_fill(l->canvas, (struct rect){ x, box.y + box.h - LINE, DASH, LINE }, c);
    }
    for (int y = box.y + CORNER; y + DASH <= box.y + box.h - CORNER; y += STEP) {
        canvas_fill(l->canvas, (struct rect){ box.x, y, LINE, DASH }, c);
        canvas_fill(l->canvas, (struct rect){ box.x + box.w - LINE, y, LINE, DASH }, c);
    }
}

void paint_line(const struct look *l, enum type_token type, const char *text, struct rect box,
                enum align align, enum color color)
{
    text_draw(l->text, l->canvas, paint_type(l, type), text, strlen(text), box, align,
              paint_color(l, color));
}

int paint_block(const struct look *l, enum type_token type, const char *text, struct rect box,
                size_t max_lines, enum align align, enum color color)
{
    return text_draw_block(l->text, l->canvas, paint_type(l, type), text, box, max_lines, align,
                           paint_color(l, color));
}

void paint_centered(const struct look *l, enum type_token type, const char *text, struct rect box,
                    size_t max_lines, enum align align, enum color color)
{
    struct type t = paint_type(l, type);
    int height = text_block_height(l->text, t, text, box.w, max_lines);
    struct rect at = { box.x, box.y + (box.h - height) / 2, box.w, height };
    text_draw_block(l->text, l->canvas, t, text, at, max_lines, align, paint_color(l, color));
}

void paint_icon(const struct look *l, enum type_token type, const char *icon, struct rect box,
                enum color color)
{
    paint_line(l, type, icon_named(icon), box, ALIGN_CENTER, color);
}

void paint_icon_and_label(const struct look *l, enum type_token icon_type, enum type_token type,
                          const char *icon, const char *label, struct rect box, enum color color)
{
    if (!*icon) {
        paint_centered(l, type, label, box, 2, ALIGN_CENTER, color);
        return;
    }
    struct type t = paint_type(l, type);
    int side = paint_type(l, icon_type).px, gap = side / 4;
    int room = box.w - side - gap, width = text_width(l->text, t, label);
    if (width > room) {
        struct wrapped w;
        text_wrap(&w, l->text, t, label, room, 2);
        width = 0;
        for (size_t i = 0; i < w.count; i++)
            width = w.lines[i].width > width ? w.lines[i].width : width;
    }
    int x = box.x + (box.w - side - gap - width) / 2;
    paint_icon(l, icon_type, icon, (struct rect){ x, box.y, side, box.h }, color);
    struct rect words = { x + side + gap, box.y, width + 2, box.h };
    paint_centered(l, type, label, words, 2, ALIGN_LEFT, color);
}

struct soft paint_soft(enum widget_style style)
{
    switch (style) {
    case STYLE_SUCCESS:
        return (struct soft){ COLOR_SUCCESS_SOFT, COLOR_ON_SUCCESS_SOFT, COLOR_SUCCESS };
    case STYLE_WARNING:
        return (struct soft){ COLOR_WARNING_SOFT, COLOR_ON_WARNING_SOFT, COLOR_WARNING };
    case STYLE_DANGER:
        return (struct soft){ COLOR_DANGER_SOFT, COLOR_DANGER, COLOR_DANGER };
    case STYLE_PLAIN:
        return (struct soft){ COLOR_SURFACE, COLOR_TEXT, COLOR_PRIMARY };
    default:
        return (struct soft){ COLOR_SOFT, COLOR_ON_SOFT, COLOR_PRIMARY };
    }
}

void paint_strip(const struct look *l, struct rect box, int radius, struct soft soft)
{
    canvas_round(l->canvas, box, radius, paint_color(l, soft.fill), 255);
    if (l->theme->is_contrast)
        canvas_outline(l->canvas, box, radius, 2, paint_color(l, soft.strong));
}
