/* One thing below the other: text, notices, rows, facts, and the area that scrolls. */
#include <stdio.h>

#include "ui/screen/frame.h"

static struct widget *place(struct scene *s, struct widget w, int height)
{
    w.box = (struct rect){ w.box.w ? w.box.x : s->x, s->y, w.box.w ? w.box.w : s->w, height };
    w.is_in_scroll = s->is_in_scroll;
    s->y += height;
    return page_add(s->page, w);
}

static int block_height(const struct scene *s, enum type_token type, const char *text, int width,
                        size_t lines)
{
    return text_block_height(s->text, s->theme->types[type], text, width, lines);
}

void flow_gap(struct scene *s, int px)
{
    s->y += px;
}

struct widget *flow_text(struct scene *s, enum type_token type, enum color color, const char *text,
                         size_t max_lines)
{
    return place(s,
                 (struct widget){ .kind = &widget_label,
                                  .label = text,
                                  .type = type,
                                  .color = color,
                                  .max_lines = (uint8_t)max_lines },
                 block_height(s, type, text, s->w, max_lines));
}

struct widget *flow_heading(struct scene *s, enum type_token type, const char *text)
{
    struct widget *w = flow_text(s, type, COLOR_TEXT, text, 4);
    w->kind = &widget_heading;
    return w;
}

struct widget *flow_notice(struct scene *s, enum widget_style style, const char *icon,
                           const char *text)
{
    int height = block_height(s, TYPE_SMALL, text, widget_notice_room(s->theme, s->w), 8) + 40;
    return place(
        s,
        (struct widget){
            .kind = &widget_notice, .label = text, .icon = icon, .style = style, .max_lines = 8 },
        height < 88 ? 88 : height);
}

enum { NARROW_ROW = 540 };

int flow_row_height(const struct scene *s, const struct widget *row)
{
    struct widget plain = *row;
    if (s->w < NARROW_ROW) {
        plain.icon = "";
        plain.type = TYPE_STRONG;
    }
    int room = widget_row_room(s->theme, &plain, s->w);
    int height = block_height(s, plain.type ? plain.type : TYPE_H3, row->label, room, ROW_LINES) +
                 block_height(s, TYPE_SMALL, row->detail ? row->detail : "", room, ROW_LINES) + 56;
    return height < s->theme->row_h ? s->theme->row_h : height;
}

struct widget *flow_row(struct scene *s, struct widget row)
{
    if (s->w < NARROW_ROW) { /* the words need the room */
        row.icon = "";
        row.type = TYPE_STRONG;
    }
    row.kind = &widget_row;
    return place(s, row, flow_row_height(s, &row));
}

enum { STACKED_UNDER = 640, CARD_INSET = 32 };

struct widget *flow_fact(struct scene *s, const char *label, const char *value, bool is_last)
{
    int inside = s->w - 2 * CARD_INSET, label_w = inside * FACT_LABEL_PERCENT / 100,
        value_w = inside - label_w - FACT_GAP;
    bool is_stacked = inside < STACKED_UNDER || s->theme->is_elder;
    int height;
    if (is_stacked) {
        height = block_height(s, TYPE_SMALL, label, inside, 3) +
                 block_height(s, TYPE_BODY, value, inside, FACT_LINES);
    } else {
        int label_h = block_height(s, TYPE_BODY, label, label_w, 3);
        int value_h = block_height(s, TYPE_BODY, value, value_w, FACT_LINES);
        height = label_h > value_h ? label_h : value_h;
    }
    return place(s,
                 (struct widget){ .kind = &widget_fact,
                                  .box = { s->x + CARD_INSET, 0, inside, 0 },
                                  .label = label,
                                  .value = value,
                                  .number = { is_last, is_stacked } },
                 height + 26);
}

struct widget *flow_card(struct scene *s)
{
    struct widget *card = page_add(s->page, (struct widget){ .kind = &widget_panel,
                                                             .box = { s->x, s->y, s->w, 0 },
                                                             .is_in_scroll = s->is_in_scroll });
    flow_gap(s, 12);
    return card;
}

void flow_card_end(struct scene *s, struct widget *card)
{
    flow_gap(s, 12);
    card->box.h = s->y - card->box.y;
}

/* ---- the area that scrolls ----------------------------------------------------------- */

/* As wide as the column and its margins, so that a finger beside the text scrolls too. */
static struct rect area_from(const struct scene *s, int top, int bottom)
{
    int margin = s->theme->margin < s->x - s->room.x ? s->theme->margin : s->x - s->room.x;
    int right = s->x + s->w + margin, end = s->room.x + s->room.w;
    right = right > end ? end : right;
    return (struct rect){ s->x - margin, top, right - s->x + margin, bottom - top };
}

void flow_begin(struct scene *s, int bottom)
{
    s->is_in_scroll = true;
    page_set_scroll(s->page, area_from(s, s->y, bottom), 0);
}

enum { LEAST_AREA = 460 };

void flow_add_scroller(struct scene *s, const char *id, const char *icon, const char *label,
                       int verb, struct rect box, bool can_move)
{
    bool is_narrow = box.w < frame_button_w(s, TYPE_H3, icon, label);
    bool has_icon = box.w >= frame_button_w(s, TYPE_SMALL_STRONG, icon, label);
    struct widget w = { .kind = &widget_button,
                        .box = box,
                        .style = STYLE_SECONDARY,
                        .type = is_narrow ? TYPE_SMALL_STRONG : TYPE_H3,
                        .icon = has_icon ? icon : "",
                        .label = label,
                        .is_disabled = !can_move,
                        .action = { can_move ? verb : 0, "", "" } };
    snprintf(w.id, sizeof(w.id), "%s", id);
    page_add(s->page, w);
}

/* What does not fit is reached by two buttons with words as well as by dragging: a drag is no
 * gesture everyone knows. */
void flow_end(struct scene *s, int bottom)
{
    struct rect area = page_scroll_area(s->page);
    int content = s->y + 24 - area.y, button = s->theme->head_h, gap = s->theme->gutter,
        half = (s->w - gap) / 2;
    /* Above keys in a lowered page two buttons would take the place of what they scroll. */
    bool is_sliver = !rect_is_empty(s->sheet) && !s->is_wide && bottom - area.y < LEAST_AREA;
    bool overflows = content > bottom - area.y && !is_sliver;
    /* Large letters leave room for them there only where "back" can go. */
    bool has_room = !s->theme->is_elder || s->actions.w >= 1400 || page_find(s->page, "back");
    bool is_beside =
        s->is_wide && rect_is_empty(s->sheet) && bottom == scene_actions_top(s) && has_room;
    int end = overflows && !is_beside ? bottom - button - 32 : bottom;
    s->is_in_scroll = false;
    area.h = end - area.y;
    page_set_scroll(s->page, area, content);
    s->y = bottom;
    s->has_scrollers = overflows && is_beside;
    if (!overflows || is_beside)
        return;
    page_add(s->page, (struct widget){ .kind = &widget_band,
                                       .box = { area.x, end, area.w, 2 },
                                       .color = COLOR_LINE });
    flow_add_scroller(s, "up", "expand_less", tr("Up"), UI_UP,
                      (struct rect){ s->x, end + 16, half, button },
                      page_can_scroll(s->page, false));
    flow_add_scroller(s, "down", "expand_more", tr("More below"), UI_DOWN,
                      (struct rect){ s->x + half + gap, end + 16, half, button },
                      page_can_scroll(s->page, true));
}
