/* Buttons: rest, pressed, disabled; primary, outlined, on the header, quiet. */
#include "ui/widget/paint.h"

struct dress {
    enum color fill, text, outline;
    int line; /* 0: no outline */
};

static struct dress dress_of(const struct widget *w)
{
    if (w->is_disabled)
        return (struct dress){ COLOR_DISABLED, COLOR_ON_DISABLED, COLOR_DISABLED, 0 };
    switch (w->style) {
    case STYLE_PRIMARY:
        return (struct dress){ w->is_pressed ? COLOR_PRIMARY_PRESSED : COLOR_PRIMARY,
                               COLOR_ON_PRIMARY, 0, 0 };
    case STYLE_DANGER:
        return (struct dress){ w->is_pressed ? COLOR_DANGER_SOFT : COLOR_SURFACE, COLOR_DANGER,
                               COLOR_DANGER, 3 };
    case STYLE_ON_BRAND:
        return (struct dress){ w->is_pressed ? COLOR_BRAND_PRESSED : COLOR_BRAND, COLOR_ON_BRAND,
                               COLOR_ON_BRAND_2, 2 };
    case STYLE_QUIET:
        return (struct dress){ w->is_pressed ? COLOR_SURFACE_PRESSED : COLOR_SOFT, COLOR_ON_SOFT, 0,
                               0 };
    default:
        return (struct dress){ w->is_pressed ? COLOR_SURFACE_PRESSED : COLOR_SURFACE, COLOR_PRIMARY,
                               COLOR_PRIMARY, 3 };
    }
}

static void draw_button(const struct widget *w, const struct look *l)
{
    struct dress d = dress_of(w);
    int radius = l->theme->radius_button;
    canvas_round(l->canvas, w->box, radius, paint_color(l, d.fill), 255);
    if (d.line)
        canvas_outline(l->canvas, w->box, radius, d.line, paint_color(l, d.outline));
    if (w->is_focused)
        paint_focus(l, w->box, radius);
    enum type_token type = w->type ? w->type : TYPE_H3;
    enum type_token icon = w->box.h >= 90 ? TYPE_ICON_M : TYPE_ICON_S;
    paint_icon_and_label(l, icon, type, w->icon, w->label, rect_grow(w->box, -12), d.text);
}

static void draw_tile(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    int radius = l->theme->radius_card;
    paint_card(l, b, radius, w->is_pressed ? COLOR_SURFACE_PRESSED : COLOR_SURFACE);
    if (w->is_focused)
        paint_focus(l, b, radius);
    struct rect icon = { b.x, b.y + b.h * 38 / 208, b.w, 64 };
    paint_icon(l, TYPE_ICON_L, w->icon, icon, COLOR_BRAND);
    struct rect words = { b.x + 10, icon.y + icon.h + 6, b.w - 20,
                          b.y + b.h - icon.y - icon.h - 18 };
    /* A long English name takes two lines of the smaller size rather than being cut. */
    struct type big = paint_type(l, TYPE_STRONG);
    bool is_long = text_width(l->text, big, w->label) > words.w;
    paint_centered(l, is_long ? TYPE_SMALL_STRONG : TYPE_STRONG, w->label, words, 2, ALIGN_CENTER,
                   COLOR_TEXT);
}

static void draw_bar_item(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    if (w->is_pressed)
        canvas_round(l->canvas, rect_grow(b, -8), l->theme->radius_button,
                     paint_color(l, COLOR_SURFACE_PRESSED), 255);
    enum color color = w->is_disabled ? COLOR_ON_DISABLED : COLOR_BRAND;
    paint_icon(l, TYPE_ICON_M, w->icon, (struct rect){ b.x, b.y + 20, b.w, 52 }, color);
    paint_line(l, TYPE_SMALL, w->label, (struct rect){ b.x, b.y + 76, b.w, 42 }, ALIGN_CENTER,
               w->is_disabled ? COLOR_ON_DISABLED : COLOR_TEXT_2);
}

static void draw_key(const struct widget *w, const struct look *l)
{
    int radius = l->theme->radius_key;
    bool is_alt = w->style == STYLE_QUIET;
    enum color fill = w->is_pressed               ? COLOR_SURFACE_PRESSED
                      : w->style == STYLE_PRIMARY ? COLOR_PRIMARY
                      : w->is_selected || !is_alt ? COLOR_SURFACE
                                                  : COLOR_KEY_ALT;
    struct rect below = { w->box.x, w->box.y + 3, w->box.w, w->box.h };
    canvas_round(l->canvas, below, radius, paint_color(l, COLOR_BORDER), 110);
    canvas_round(l->canvas, w->box, radius, paint_color(l, fill), 255);
    if (w->is_selected) {
        struct rect under = { w->box.x + 20, w->box.y + w->box.h - 10, w->box.w - 40, 6 };
        canvas_round(l->canvas, under, 3, paint_color(l, COLOR_PRIMARY), 255);
    }
    enum color color = w->is_disabled                                ? COLOR_ON_DISABLED
                       : w->style == STYLE_PRIMARY && !w->is_pressed ? COLOR_ON_PRIMARY
                       : w->is_selected                              ? COLOR_PRIMARY
                                                                     : COLOR_TEXT;
    if (*w->icon && !*w->value)
        paint_icon(l, TYPE_ICON_M, w->icon, w->box, color);
    else if (*w->icon)
        paint_icon_and_label(l, TYPE_ICON_S, w->type ? w->type : TYPE_KEY, w->icon, w->value,
                             w->box, color);
    else
        paint_centered(l, w->type ? w->type : TYPE_KEY, *w->value ? w->value : w->label, w->box, 1,
                       ALIGN_CENTER, color);
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
