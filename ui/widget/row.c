/* Rows of lists: an icon on a disc, a title with a badge, facts below, a chevron. Choices of a
 * question. */
#include "ui/widget/paint.h"

/* Returns the width taken. */
static int draw_badge(const struct widget *w, const struct look *l, struct rect at)
{
    struct soft soft = paint_soft(w->style == STYLE_PLAIN ? STYLE_SUCCESS : w->style);
    int width = text_width(l->text, paint_type(l, TYPE_SMALL_STRONG), w->value) + 28;
    struct rect box = { at.x, at.y + (at.h - 48) / 2, width, 48 };
    canvas_round(l->canvas, box, 10, paint_color(l, soft.fill), 255);
    paint_line(l, TYPE_SMALL_STRONG, w->value, box, ALIGN_CENTER, soft.text);
    return width;
}

static void draw_row(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    bool is_target = w->action.verb;
    int radius = l->theme->radius_card, left = b.x + 32, right = b.x + b.w - (is_target ? 92 : 32);
    paint_card(l, b, radius, w->is_pressed ? COLOR_SURFACE_PRESSED : COLOR_SURFACE);
    if (w->is_focused)
        paint_focus(l, b, radius);
    if (*w->icon) {
        struct rect disc = { left, b.y + (b.h - 88) / 2, 88, 88 };
        canvas_round(l->canvas, disc, 44, paint_color(l, COLOR_SOFT), 255);
        paint_icon(l, TYPE_ICON_M, w->icon, disc, COLOR_BRAND);
        left += 88 + 28;
    }
    if (is_target)
        paint_icon(l, TYPE_ICON_M, "chevron_right", (struct rect){ b.x + b.w - 82, b.y, 48, b.h },
                   COLOR_PRIMARY);
    struct type title = paint_type(l, TYPE_H3);
    int badge =
        *w->value ? text_width(l->text, paint_type(l, TYPE_SMALL_STRONG), w->value) + 28 + 16 : 0;
    int room = right - left, width = text_width(l->text, title, w->label);
    /* The badge stands behind a short title and goes without it when the title needs the line. */
    bool has_badge = badge && width + badge <= room;
    int title_h = text_block_height(l->text, title, w->label, room, 2);
    int detail_h =
        *w->detail ? text_block_height(l->text, paint_type(l, TYPE_SMALL), w->detail, room, 2) : 0;
    int top = b.y + (b.h - title_h - detail_h) / 2;
    text_draw_block(l->text, l->canvas, title, w->label, (struct rect){ left, top, room, title_h },
                    2, ALIGN_LEFT, paint_color(l, COLOR_TEXT));
    if (has_badge)
        draw_badge(w, l, (struct rect){ left + width + 16, top, badge, title.line_px });
    if (detail_h)
        text_draw_block(l->text, l->canvas, paint_type(l, TYPE_SMALL), w->detail,
                        (struct rect){ left, top + title_h, room, detail_h }, 2, ALIGN_LEFT,
                        paint_color(l, COLOR_TEXT_2));
}

static void draw_choice(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    int radius = l->theme->radius_button;
    bool is_several = w->number[0];
    enum color fill = w->is_pressed    ? COLOR_SURFACE_PRESSED
                      : w->is_selected ? COLOR_SOFT
                                       : COLOR_SURFACE;
    canvas_round(l->canvas, b, radius, paint_color(l, fill), 255);
    enum color edge = w->is_error ? COLOR_DANGER : w->is_selected ? COLOR_PRIMARY : COLOR_BORDER;
    canvas_outline(l->canvas, b, radius, w->is_selected ? 4 : 2, paint_color(l, edge));
    if (w->is_focused)
        paint_focus(l, b, radius);
    const char *mark = w->is_selected ? (is_several ? "check_box" : "radio_on")
                                      : (is_several ? "check_box_off" : "radio_off");
    paint_icon(l, TYPE_ICON_M, mark, (struct rect){ b.x + 24, b.y, 48, b.h },
               w->is_selected ? COLOR_PRIMARY : COLOR_BORDER);
    struct rect words = { b.x + 92, b.y, b.w - 92 - 20, b.h };
    enum type_token type = w->type ? w->type : TYPE_BODY;
    if (!*w->detail) {
        paint_centered(l, type, w->label, words, is_several ? CONSENT_LINES : 2, ALIGN_LEFT,
                       COLOR_TEXT);
        return;
    }
    int label_h = text_block_height(l->text, paint_type(l, type), w->label, words.w, 2);
    int detail_h = text_block_height(l->text, paint_type(l, TYPE_SMALL), w->detail, words.w, 2);
    int top = b.y + (b.h - label_h - detail_h) / 2;
    text_draw_block(l->text, l->canvas, paint_type(l, type), w->label,
                    (struct rect){ words.x, top, words.w, label_h }, 2, ALIGN_LEFT,
                    paint_color(l, COLOR_TEXT));
    text_draw_block(l->text, l->canvas, paint_type(l, TYPE_SMALL), w->detail,
                    (struct rect){ words.x, top + label_h, words.w, detail_h }, 2, ALIGN_LEFT,
                    paint_color(l, COLOR_TEXT_2));
}

static void draw_notice(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    struct soft soft = paint_soft(w->style == STYLE_PLAIN ? STYLE_QUIET : w->style);
    canvas_round(l->canvas, b, l->theme->radius_button, paint_color(l, soft.fill), 255);
    paint_icon(l, TYPE_ICON_M, w->icon, (struct rect){ b.x + 28, b.y, 48, b.h }, soft.strong);
    paint_centered(l, w->type ? w->type : TYPE_SMALL, w->label,
                   (struct rect){ b.x + 96, b.y, b.w - 96 - 24, b.h },
                   w->max_lines ? w->max_lines : 3, ALIGN_LEFT, soft.text);
}

static void draw_fact(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    int label_w = b.w * FACT_LABEL_PERCENT / 100, gap = FACT_GAP;
    struct rect label = { b.x, b.y + 12, label_w, b.h - 24 };
    struct rect value = { b.x + label_w + gap, b.y + 12, b.w - label_w - gap, b.h - 24 };
    text_draw_block(l->text, l->canvas, paint_type(l, TYPE_BODY), w->label, label, 3, ALIGN_LEFT,
                    paint_color(l, COLOR_TEXT_2));
    text_draw_block(l->text, l->canvas, paint_type(l, w->type ? w->type : TYPE_BODY), w->value,
                    value, FACT_LINES, ALIGN_LEFT,
                    paint_color(l, w->is_error ? COLOR_DANGER : COLOR_TEXT));
    if (!w->number[0])
        canvas_fill(l->canvas, (struct rect){ b.x, b.y + b.h - 2, b.w, 2 },
                    paint_color(l, COLOR_LINE));
}

static void draw_moment(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    struct soft soft = paint_soft(w->style);
    bool is_past = w->style != STYLE_PLAIN;
    struct rect dot = { b.x, b.y + 6, 40, 40 };
    if (w->number[0])
        canvas_fill(l->canvas, (struct rect){ b.x + 18, b.y + 46, 4, b.h - 46 + 6 },
                    paint_color(l, COLOR_LINE));
    canvas_round(l->canvas, dot, 20, paint_color(l, is_past ? soft.strong : COLOR_TRACK), 255);
    if (is_past)
        paint_icon(l, TYPE_ICON_S, w->icon, dot, COLOR_SURFACE);
    struct rect words = { b.x + 68, b.y, b.w - 68, 52 };
    paint_line(l, TYPE_H3, w->label, words, ALIGN_LEFT, is_past ? COLOR_TEXT : COLOR_TEXT_2);
    if (*w->detail)
        text_draw_block(l->text, l->canvas, paint_type(l, TYPE_SMALL), w->detail,
                        (struct rect){ words.x, b.y + 52, words.w, 84 }, 2, ALIGN_LEFT,
                        paint_color(l, COLOR_TEXT_2));
}

const struct widget_kind widget_row = { .role = "button",
                                        .draw = draw_row,
                                        .is_pressed_shown = true };
const struct widget_kind widget_choice = { .role = "choice",
                                           .draw = draw_choice,
                                           .is_pressed_shown = true };
const struct widget_kind widget_notice = { .role = "notice", .draw = draw_notice };
const struct widget_kind widget_fact = { .role = "text", .draw = draw_fact };
const struct widget_kind widget_moment = { .role = "text", .draw = draw_moment };
