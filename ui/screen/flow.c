/* One thing below the other: text, notices, rows, facts, and the area that scrolls. */
#include <stdio.h>

#include "ui/screen/scene.h"

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

struct widget *flow_row(struct scene *s, struct widget row)
{
    int room = widget_row_room(s->theme, &row, s->w);
    int height = block_height(s, row.type ? row.type : TYPE_H3, row.label, room, 2) +
                 block_height(s, TYPE_SMALL, row.detail ? row.detail : "", room, 2) + 56;
    row.kind = &widget_row;
    return place(s, row, height < s->theme->row_h ? s->theme->row_h : height);
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

static void add_scroller(struct scene *s, const char *id, const char *icon, const char *label,
                         int verb, struct rect box, bool can_move)
{
    struct widget w = { .kind = &widget_button,
                        .box = box,
                        .style = STYLE_SECONDARY,
                        .icon = icon,
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
    bool overflows = content > bottom - area.y;
    int end = overflows ? bottom - button - 32 : bottom;
    s->is_in_scroll = false;
    area.h = end - area.y;
    page_set_scroll(s->page, area, content);
    s->y = bottom;
    if (!overflows)
        return;
    page_add(s->page, (struct widget){ .kind = &widget_band,
                                       .box = { area.x, end, area.w, 2 },
                                       .color = COLOR_LINE });
    add_scroller(s, "up", "expand_less", tr("Up"), UI_UP,
                 (struct rect){ s->x, end + 16, half, button }, page_can_scroll(s->page, false));
    add_scroller(s, "down", "expand_more", tr("More below"), UI_DOWN,
                 (struct rect){ s->x + half + gap, end + 16, half, button },
                 page_can_scroll(s->page, true));
}
