/* The frame around every screen: where it may be on the panel, row of buttons, place of the keys. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/frame.h"

enum {
    LOWERED_H = 1200, /* of the reference panel: what a seated person reaches */
    SHORT_H = 1500,   /* under it the header is one row */
    READABLE_W = 1180,
    EDGE = 24,
};

/* ---- places -------------------------------------------------------------------------- */

static struct rect whole(const struct scene *s)
{
    return (struct rect){ 0, 0, s->panel.width, s->panel.height };
}

static void take_actions(struct scene *s)
{
    int height = s->theme->button_h;
    s->actions = (struct rect){ s->room.x + EDGE, scene_bottom(s) - EDGE - height,
                                s->room.w - 2 * EDGE, height };
}

void scene_column(struct scene *s)
{
    int width = s->room.w - 2 * s->theme->margin;
    s->w = s->is_wide && width > READABLE_W ? READABLE_W : width;
    s->x = s->room.x + (s->room.w - s->w) / 2;
}

void frame_take_room(struct scene *s, struct rect room)
{
    s->room = room;
    s->head = room;
    scene_column(s);
    take_actions(s);
}

/* Lowered: the place's name and the time stay above, where nobody needs to reach. */
void frame_add_upper(struct scene *s)
{
    struct page *p = s->page;
    int h = s->room.y, line = scene_line(s, TYPE_H2), y = (h - 128 - 24 - 2 * line) / 2;
    page_add(p, (struct widget){ .kind = &widget_band,
                                 .box = { 0, 0, s->panel.width, h },
                                 .color = COLOR_BRAND });
    page_add(p, (struct widget){ .kind = &widget_icon,
                                 .box = { 0, y, s->panel.width, 128 },
                                 .icon = "account_balance",
                                 .type = TYPE_ICON_XL,
                                 .color = COLOR_ON_BRAND_2 });
    if (s->view->catalogue)
        page_add(
            p, (struct widget){ .kind = &widget_label,
                                .box = { s->theme->margin, y + 152,
                                         s->panel.width - 2 * s->theme->margin, line },
                                .label = scene_words(s, &catalogue_point(s->view->catalogue)->name),
                                .type = TYPE_H2,
                                .align = ALIGN_CENTER,
                                .color = COLOR_ON_BRAND });
    page_add(
        p, (struct widget){ .kind = &widget_label,
                            .box = { 0, y + 152 + line, s->panel.width, scene_line(s, TYPE_BODY) },
                            .label = scene_clock(s),
                            .type = TYPE_BODY,
                            .align = ALIGN_CENTER,
                            .color = COLOR_ON_BRAND_2 });
}

void frame_begin(struct scene *s)
{
    struct rect room = whole(s);
    s->is_wide = s->panel.width > s->panel.height;
    bool is_lowered = s->view->preferences.is_lowered && !s->is_wide && room.h > LOWERED_H;
    s->sheet = (struct rect){ 0 };
    s->has_scrollers = false;
    s->y = 0;
    s->is_in_scroll = false;
    s->is_lowered = is_lowered;
    if (is_lowered)
        room = (struct rect){ 0, room.h - LOWERED_H, room.w, LOWERED_H };
    s->band_h = band_height(s);
    if (!is_lowered) { /* lowered, the line stands above the room, where nobody needs to reach */
        room.y += s->band_h;
        room.h -= s->band_h;
    }
    s->is_short = room.h < SHORT_H;
    frame_take_room(s, room);
    s->y = room.y;
}

int scene_actions_top(const struct scene *s)
{
    return s->actions.y - EDGE;
}

struct halves scene_halves(const struct scene *s, int percent)
{
    int x = s->room.x + s->theme->margin, width = s->room.w - 2 * s->theme->margin, gap = 40;
    int left = (width - gap) * percent / 100;
    return (struct halves){ { x, 0, left, 0 }, { x + left + gap, 0, width - left - gap, 0 } };
}

void scene_use(struct scene *s, struct rect column)
{
    s->x = column.x;
    s->w = column.w;
}
