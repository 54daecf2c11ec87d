/* Buttons: rest, pressed, disabled; primary, outlined, on the header, quiet. */
#include "ui/widget/paint.h"

struct dress {
    enum color fill, text, outline;
    int line; /* 0: no outline */
};

static struct dress dress_of(const struct widget *w, bool is_contrast)
{
    if (w->is_disabled)
        return (struct dress){ COLOR_DISABLED, COLOR_ON_DISABLED, COLOR_DISABLED, 0 };
    switch (w->style) {
    case STYLE_PRIMARY:
        return (struct dress){ w->is_pressed ? COLOR_PRIMARY_PRESSED : COLOR_PRIMARY,
                               w->is_pressed ? COLOR_ON_PRIMARY_PRESSED : COLOR_ON_PRIMARY, 0, 0 };
    case STYLE_DANGER:
        return (struct dress){ w->is_pressed ? COLOR_DANGER_SOFT : COLOR_SURFACE, COLOR_DANGER,
                               COLOR_DANGER, 3 };
    case STYLE_ON_BRAND:
        return (struct dress){ w->is_pressed ? COLOR_BRAND_PRESSED : COLOR_BRAND, COLOR_ON_BRAND,
                               COLOR_ON_BRAND_2, 2 };
    case STYLE_QUIET:
        return (struct dress){ w->is_pressed ? COLOR_SURFACE_PRESSED : COLOR_SOFT, COLOR_ON_SOFT,
                               COLOR_ON_SOFT, is_contrast ? 2 : 0 };
    default:
        return (struct dress){ w->is_pressed ? COLOR_SURFACE_PRESSED : COLOR_SURFACE, COLOR_PRIMARY,
                               COLOR_PRIMARY, 3 };
    }
}

/* A switch that is on: filled, and ticked, so that colour is not the only sign. */
static void draw_tick(const struct look *l, struct rect b, enum color color)
{
    struct type t = paint_type(l, TYPE_ICON_S);
    paint_icon(l, TYPE_ICON_S, "check_circle",
               (struct rect){ b.x + b.w - t.px - 8, b.y + 8, t.px, t.px }, color);
}

static void draw_button(const struct widget *w, const struct look *l)
{
    struct dress d = dress_of(w, l->theme->is_contrast);
    int radius = l->theme->radius_button;
    if (w->is_selected && !w->is_pressed)
        d = (struct dress){ COLOR_PRIMARY, COLOR_ON_PRIMARY, COLOR_PRIMARY, 0 };
    canvas_round(l->canvas, w->box, radius, paint_color(l, d.fill), 255);
    if (d.line)
        canvas_outline(l->canvas, w->box, radius, d.line, paint_color(l, d.outline));
    if (w->is_disabled && l->theme->is_contrast)
        paint_dashes(l, w->box, COLOR_ON_DISABLED);
    if (w->is_focused)
        paint_focus(l, w->box, radius);
    if (w->is_selected)
        draw_tick(l, w->box, d.text);
    enum type_token type = w->type ? w->type : TYPE_H3;
    enum type_token icon = w->box.h >= 90 ? TYPE_ICON_M : TYPE_ICON_S;
    paint_icon_and_label(l, icon, type, w->icon, w->label, rect_grow(w->box, -12), d.text);
}

/* A long English name takes more lines of the smaller type rather than being cut. */
static enum type_token tile_type(const struct widget *w, const struct look *l, int width)
{
    bool is_short = text_width(l->text, paint_type(l, TYPE_STRONG), w->label) <= width;
    return is_short ? TYPE_STRONG : TYPE_SMALL_STRONG;
}

static void draw_tile(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    int radius = l->theme->radius_card;
    paint_card(l, b, radius, w->is_pressed ? COLOR_SURFACE_PRESSED : COLOR_SURFACE);
    if (w->is_focused)
        paint_focus(l, b, radius);
    int side = paint_type(l, TYPE_ICON_L).px, width = b.w - 20;
    if (b.w > 2 * b.h) { /* low and wide: side by side */
        int icon = paint_type(l, TYPE_ICON_M).px, x = b.x + 24 + icon + 20;
        struct rect words = { x, b.y, b.x + b.w - 16 - x, b.h };
        paint_icon(l, TYPE_ICON_M, w->icon, (struct rect){ b.x + 24, b.y, icon, b.h },
                   COLOR_ACCENT);
        paint_centered(l, tile_type(w, l, words.w), w->label, words, 3, ALIGN_LEFT, COLOR_TEXT);
        return;
    }
    enum type_token type = w->type ? w->type : tile_type(w, l, width);
    int words_h = text_block_height(l->text, paint_type(l, type), w->label, width, 3);
    int top = b.y + (b.h - side - 12 - words_h) / 2;
    paint_icon(l, TYPE_ICON_L, w->icon, (struct rect){ b.x, top, b.w, side }, COLOR_ACCENT);
    paint_block(l, type, w->label, (struct rect){ b.x + 10, top + side + 12, width, words_h }, 3,
                ALIGN_CENTER, COLOR_TEXT);
}

static void draw_bar_item(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    int side = paint_type(l, TYPE_ICON_M).px, line = paint_type(l, TYPE_SMALL).line_px;
    bool is_on_brand = w->style == STYLE_ON_BRAND, is_lit = w->is_selected && !w->is_pressed;
    enum color at_rest = is_on_brand ? COLOR_ON_BRAND : COLOR_ACCENT,
               pressed = is_on_brand ? COLOR_BRAND_PRESSED : COLOR_SURFACE_PRESSED,
               color = w->is_disabled ? COLOR_ON_DISABLED
                       : is_lit       ? COLOR_ON_PRIMARY
                                      : at_rest;
    if (w->is_pressed || w->is_selected)
        canvas_round(l->canvas, b, l->theme->radius_button,
                     paint_color(l, w->is_pressed ? pressed : COLOR_PRIMARY), 255);
    if (w->is_focused)
        paint_focus(l, rect_grow(b, -6), l->theme->radius_button);
    int top = b.y + (b.h - side - 4 - line) / 2;
    paint_icon(l, TYPE_ICON_M, w->icon, (struct rect){ b.x, top, b.w, side }, color);
    if (is_lit)
        draw_tick(l, b, color);
    paint_line(l, TYPE_SMALL, w->label, (struct rect){ b.x, top + side + 4, b.w, line },
               ALIGN_CENTER, is_lit || w->is_disabled || is_on_brand ? color : COLOR_TEXT_2);
}

/* Room for the words and a smaller line below them? */
static bool has_note(const struct widget *w, const struct look *l)
{
    return w->pending &&
           w->box.h >= paint_type(l, TYPE_BODY).line_px + paint_type(l, TYPE_SMALL).line_px;
}

static void draw_two_lines(const struct widget *w, const struct look *l, const char *words,
                           enum color color)
{
    int above = paint_type(l, TYPE_BODY).line_px, below = paint_type(l, TYPE_SMALL).line_px;
    int y = w->box.y + (w->box.h - above - below) / 2;
    paint_centered(l, TYPE_BODY, words, (struct rect){ w->box.x, y, w->box.w, above }, 1,
                   ALIGN_CENTER, color);
    paint_centered(l, TYPE_SMALL, w->pending, (struct rect){ w->box.x, y + above, w->box.w, below },
                   1, ALIGN_CENTER, color);
}

static void draw_key(const struct widget *w, const struct look *l)
{
    int radius = l->theme->radius_key;
    bool is_alt = w->style == STYLE_QUIET;
    enum color fill = w->is_disabled              ? COLOR_DISABLED
                      : w->is_pressed             ? COLOR_SURFACE_PRESSED
                      : w->style == STYLE_PRIMARY ? COLOR_PRIMARY
                      : w->is_selected || !is_alt ? COLOR_SURFACE
                                                  : COLOR_KEY_ALT;
    struct rect below = { w->box.x, w->box.y + 3, w->box.w, w->box.h };
    if (!l->theme->is_contrast)
        canvas_round(l->canvas, below, radius, paint_color(l, COLOR_BORDER), 110);
    canvas_round(l->canvas, w->box, radius, paint_color(l, fill), 255);
    if (l->theme->is_contrast && w->is_disabled)
        paint_dashes(l, w->box, COLOR_ON_DISABLED);
    else if (l->theme->is_contrast)
        canvas_outline(l->canvas, w->box, radius, 2, paint_color(l, COLOR_BORDER));
    if (w->is_focused)
        paint_focus(l, w->box, radius);
    if (w->is_selected) {
        struct rect under = { w->box.x + 20, w->box.y + w->box.h - 10, w->box.w - 40, 6 };
        canvas_round(l->canvas, under, 3, paint_color(l, COLOR_PRIMARY), 255);
    }
    enum color color = w->is_disabled                                ? COLOR_ON_DISABLED
                       : w->style == STYLE_PRIMARY && !w->is_pressed ? COLOR_ON_PRIMARY
                       : w->is_selected                              ? COLOR_PRIMARY
                                                                     : COLOR_TEXT;
    const char *words = *w->value ? w->value : w->label;
    enum type_token type = w->type ? w->type : TYPE_KEY;
    bool is_long = text_width(l->text, paint_type(l, type), words) > w->box.w - 8;
    if (has_note(w, l))
        draw_two_lines(w, l, words, color);
    else if (*w->icon && !*w->value)
        paint_icon(l, TYPE_ICON_M, w->icon, w->box, color);
    else if (*w->icon)
        paint_icon_and_label(l, TYPE_ICON_S, type, w->icon, w->value, w->box, color);
    else
        paint_centered(l, is_long ? TYPE_SMALL : type, words, rect_grow(w->box, -2),
                       is_long ? 2 : 1, ALIGN_CENTER, color);
}

const struct widget_kind widget_button = { .role = "button",
                                           .draw = draw_button,
                                           .is_pressed_shown = true };
const struct widget_kind widget_tile = { .role = "button",
                                         .draw = draw_tile,
                                         .is_pressed_shown = true };
const struct widget_kind widget_bar_item = { .role = "button",
                                             .draw = draw_bar_item,
                                             .is_pressed_shown = true };
const struct widget_kind widget_key = { .role = "key", .draw = draw_key, .is_pressed_shown = true };
