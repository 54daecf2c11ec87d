/* Rows of lists: an icon on a disc, a title with a badge, facts below, a chevron. Choices of a
 * question. */
#include "ui/widget/paint.h"

enum { INSET = 32, BADGE_PAD = 14 };

static int badge_width(const struct widget *w, const struct look *l)
{
    return *w->value
               ? text_width(l->text, paint_type(l, TYPE_SMALL_STRONG), w->value) + 2 * BADGE_PAD
               : 0;
}

static void draw_badge(const struct widget *w, const struct look *l, struct rect at)
{
    struct soft soft = paint_soft(w->style == STYLE_PLAIN ? STYLE_SUCCESS : w->style);
    int height = paint_type(l, TYPE_SMALL_STRONG).line_px + 6;
    struct rect box = { at.x, at.y + (at.h - height) / 2, at.w, height };
    paint_strip(l, box, 10, soft);
    paint_line(l, TYPE_SMALL_STRONG, w->value, box, ALIGN_CENTER, soft.text);
}

static void draw_disc(const struct widget *w, const struct look *l, struct rect disc)
{
    bool is_strong = w->number[0];
    enum color fill = is_strong ? COLOR_PRIMARY : COLOR_SOFT;
    canvas_round(l->canvas, disc, disc.h / 2, paint_color(l, fill), 255);
    paint_icon(l, is_strong ? TYPE_ICON_L : TYPE_ICON_M, w->icon, disc,
               is_strong ? COLOR_ON_PRIMARY : COLOR_ACCENT);
}

/* At the end of the last line of the facts, where that leaves room. */
static void draw_badge_behind(const struct widget *w, const struct look *l, struct rect facts)
{
    struct type small = paint_type(l, TYPE_SMALL);
    struct wrapped lines;
    text_wrap(&lines, l->text, small, w->detail, facts.w, ROW_LINES);
    int last = lines.count && !lines.is_cut ? lines.lines[lines.count - 1].width : facts.w;
    int badge = badge_width(w, l);
    if (last + 16 + badge <= facts.w)
        draw_badge(w, l,
                   (struct rect){ facts.x + last + 16, facts.y + facts.h - small.line_px + 2, badge,
                                  small.line_px });
}

/* Title with its badge, and the facts below. */
static void draw_row_words(const struct widget *w, const struct look *l, int left, int room)
{
    struct rect b = w->box;
    enum type_token token = w->type ? w->type : TYPE_H3;
    struct type title = paint_type(l, token);
    int badge = badge_width(w, l), width = text_width(l->text, title, w->label);
    /* The badge stands behind a short title, or behind the facts when the title needs its line. */
    bool has_badge = badge && width + 16 + badge <= room;
    int title_h = text_block_height(l->text, title, w->label, room, ROW_LINES);
    int detail_h = *w->detail ? text_block_height(l->text, paint_type(l, TYPE_SMALL), w->detail,
                                                  room, ROW_LINES)
                              : 0;
    int top = b.y + (b.h - title_h - detail_h) / 2;
    paint_block(l, token, w->label, (struct rect){ left, top, room, title_h }, ROW_LINES,
                ALIGN_LEFT, COLOR_TEXT);
    if (has_badge)
        draw_badge(w, l, (struct rect){ left + width + 16, top, badge, title.line_px });
    if (detail_h)
        paint_block(l, TYPE_SMALL, w->detail, (struct rect){ left, top + title_h, room, detail_h },
                    ROW_LINES, ALIGN_LEFT, COLOR_TEXT_2);
    if (badge && !has_badge)
        draw_badge_behind(w, l, (struct rect){ left, top + title_h, room, detail_h });
}

int widget_row_room(const struct theme_tokens *t, const struct widget *w, int width)
{
    int disc = *w->icon ? t->disc + 28 : 0;
    return width - INSET - disc - (w->action.verb ? 92 : INSET);
}

static void draw_row(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    int radius = l->theme->radius_card, left = b.x + INSET, disc = l->theme->disc;
    paint_card(l, b, radius, w->is_pressed ? COLOR_SURFACE_PRESSED : COLOR_SURFACE);
    if (w->is_focused)
        paint_focus(l, b, radius);
    if (*w->icon) {
        draw_disc(w, l, (struct rect){ left, b.y + (b.h - disc) / 2, disc, disc });
        left += disc + 28;
    }
    if (w->action.verb)
        paint_icon(l, TYPE_ICON_M, "chevron_right", (struct rect){ b.x + b.w - 82, b.y, 56, b.h },
                   COLOR_PRIMARY);
    draw_row_words(w, l, left, widget_row_room(l->theme, w, b.w));
}

int widget_choice_room(const struct theme_tokens *t, int width)
{
    return width - 24 - t->types[TYPE_ICON_M].px - 20 - 20;
}

static void draw_choice(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    int radius = l->theme->radius_button, side = paint_type(l, TYPE_ICON_M).px;
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
    paint_icon(l, TYPE_ICON_M, mark, (struct rect){ b.x + 24, b.y, side, b.h },
               w->is_selected ? COLOR_PRIMARY : COLOR_BORDER);
    struct rect words = { b.x + 24 + side + 20, b.y, widget_choice_room(l->theme, b.w), b.h };
    enum type_token type = w->type ? w->type : TYPE_BODY;
    if (!*w->detail) {
        paint_centered(l, type, w->label, words, is_several ? CONSENT_LINES : 3, ALIGN_LEFT,
                       COLOR_TEXT);
        return;
    }
    int label_h = text_block_height(l->text, paint_type(l, type), w->label, words.w, 3);
    int detail_h = text_block_height(l->text, paint_type(l, TYPE_SMALL), w->detail, words.w, 3);
    int top = b.y + (b.h - label_h - detail_h) / 2;
    paint_block(l, type, w->label, (struct rect){ words.x, top, words.w, label_h }, 3, ALIGN_LEFT,
                COLOR_TEXT);
    paint_block(l, TYPE_SMALL, w->detail,
                (struct rect){ words.x, top + label_h, words.w, detail_h }, 3, ALIGN_LEFT,
                COLOR_TEXT_2);
}

int widget_notice_room(const struct theme_tokens *t, int width)
{
    return width - 28 - t->types[TYPE_ICON_M].px - 20 - 24;
}

static void draw_notice(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    int side = paint_type(l, TYPE_ICON_M).px;
    struct soft soft = paint_soft(w->style == STYLE_PLAIN ? STYLE_QUIET : w->style);
    paint_strip(l, b, l->theme->radius_button, soft);
    struct rect icon = { b.x + 28, b.y, side, b.h };
    if (w->number[0])
        paint_spinner(l, icon, w->number[0], soft.strong);
    else
        paint_icon(l, TYPE_ICON_M, w->icon, icon, soft.strong);
    paint_centered(
        l, w->type ? w->type : TYPE_SMALL, w->label,
        (struct rect){ b.x + 28 + side + 20, b.y, widget_notice_room(l->theme, b.w), b.h },
        w->max_lines ? w->max_lines : 3, ALIGN_LEFT, soft.text);
}

/* Name left and value right, or the name above where the width is short. */
static void draw_fact(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    bool is_stacked = w->number[1];
    int label_w = is_stacked ? b.w : b.w * FACT_LABEL_PERCENT / 100;
    enum type_token small = is_stacked ? TYPE_SMALL : TYPE_BODY;
    int used = paint_block(l, small, w->label, (struct rect){ b.x, b.y + 12, label_w, b.h - 24 }, 3,
                           ALIGN_LEFT, COLOR_TEXT_2);
    struct rect value = { b.x + label_w + FACT_GAP, b.y + 12, b.w - label_w - FACT_GAP, b.h - 24 };
    if (is_stacked)
        value = (struct rect){ b.x, b.y + 12 + used, b.w, b.h - 24 - used };
    paint_block(l, w->type ? w->type : TYPE_BODY, w->value, value, FACT_LINES, ALIGN_LEFT,
                w->is_error ? COLOR_DANGER : COLOR_TEXT);
    if (!w->number[0])
        canvas_fill(l->canvas, (struct rect){ b.x, b.y + b.h - 2, b.w, 2 },
                    paint_color(l, COLOR_LINE));
}

enum { MOMENT_GAP = 28, MOMENT_LINES = 5 };

int widget_moment_height(struct text *text, const struct theme_tokens *theme, const char *label,
                         int width)
{
    int side = theme->types[TYPE_ICON_S].px + 8;
    return text_block_height(text, theme->types[TYPE_H3], label, width - side - MOMENT_GAP,
                             MOMENT_LINES);
}

static void draw_moment(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    struct soft soft = paint_soft(w->style);
    bool is_past = w->style != STYLE_PLAIN;
    int side = paint_type(l, TYPE_ICON_S).px + 8, line = paint_type(l, TYPE_H3).line_px;
    struct rect dot = { b.x, b.y + (line - side) / 2, side, side };
    if (w->number[0])
        canvas_fill(l->canvas, (struct rect){ b.x + side / 2 - 2, dot.y + side, 4, b.h - side + 2 },
                    paint_color(l, COLOR_TRACK));
    canvas_round(l->canvas, dot, side / 2, paint_color(l, is_past ? soft.strong : COLOR_TRACK),
                 255);
    if (is_past)
        paint_icon(l, TYPE_ICON_S, w->icon, dot, COLOR_SURFACE);
    struct rect words = { b.x + side + MOMENT_GAP, b.y, b.w - side - MOMENT_GAP, b.h };
    int used = paint_block(l, TYPE_H3, w->label, words, MOMENT_LINES, ALIGN_LEFT,
                           is_past ? COLOR_TEXT : COLOR_TEXT_2);
    if (*w->detail)
        paint_block(l, TYPE_SMALL, w->detail,
                    (struct rect){ words.x, b.y + used, words.w, b.h - used }, 2, ALIGN_LEFT,
                    COLOR_TEXT_2);
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
