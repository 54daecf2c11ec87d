/* The frame around every screen: where it may be on the panel, header, bar of tools, row of
 * buttons, place of the keys. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/frame.h"

enum {
    STATUS_H = 80,
    LOWERED_H = 1200, /* of the reference panel: what a seated person reaches */
    SHORT_H = 1500,   /* under it the header is one row */
    READABLE_W = 1180,
    NARROW_W = 700,
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
static void add_upper(struct scene *s)
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

/* ---- header -------------------------------------------------------------------------- */

static bool is_narrow(const struct scene *s)
{
    return s->head.w < NARROW_W;
}

int scene_header_h(const struct scene *s)
{
    int row = s->theme->head_h + 24;
    if (is_narrow(s))
        return row + scene_line(s, TYPE_SMALL_STRONG) * 2 + 12;
    return s->is_short ? row : STATUS_H + row + 12;
}

/* Where the kiosk stands, and the time; where both have no room, the place alone. */
static void add_status(struct scene *s)
{
    struct type small = s->theme->types[TYPE_SMALL];
    int icon = s->theme->types[TYPE_ICON_S].px, left = s->head.x + s->theme->margin,
        right = s->head.x + s->head.w - s->theme->margin, words = left + icon + 8;
    const char *clock = scene_clock(s), *place = "";
    if (s->view->catalogue)
        place = scene_words(s, &catalogue_point(s->view->catalogue)->name);
    int clock_w = text_width(s->text, small, clock) + 8, y = s->room.y;
    bool has_clock = text_width(s->text, small, place) <= right - clock_w - 24 - words;
    bool has_icon = text_width(s->text, small, place) <= right - words;
    words = has_icon ? words : left;
    int place_w = (has_clock ? right - clock_w - 24 : right) - words;
    if (*place) {
        if (has_icon)
            page_add(s->page,
                     (struct widget){ .kind = &widget_icon,
                                      .box = { left - 4, y + (STATUS_H - icon) / 2, icon, icon },
                                      .icon = "account_balance",
                                      .type = TYPE_ICON_S,
                                      .color = COLOR_ON_BRAND_2 });
        page_add(s->page, (struct widget){ .kind = &widget_label,
                                           .box = { words, y + (STATUS_H - small.line_px) / 2,
                                                    place_w, small.line_px },
                                           .label = place,
                                           .type = TYPE_SMALL,
                                           .color = COLOR_ON_BRAND_2 });
    }
    if (has_clock)
        page_add(s->page,
                 (struct widget){ .kind = &widget_label,
                                  .box = { right - clock_w, y + (STATUS_H - small.line_px) / 2,
                                           clock_w, small.line_px },
                                  .label = clock,
                                  .type = TYPE_SMALL,
                                  .align = ALIGN_RIGHT,
                                  .color = COLOR_ON_BRAND_2 });
}

void scene_brand(struct scene *s, int bottom)
{
    if (s->is_lowered && s->view->screen != SCREEN_ATTRACT)
        add_upper(s);
    page_add(s->page,
             (struct widget){ .kind = &widget_band,
                              .box = { s->head.x, s->room.y, s->head.w, bottom - s->room.y },
                              .color = COLOR_BRAND });
    if (s->theme->is_contrast)
        page_add(s->page, (struct widget){ .kind = &widget_band,
                                           .box = { s->head.x, bottom - 3, s->head.w, 3 },
                                           .color = COLOR_LINE });
    if (!s->is_short)
        add_status(s);
    s->y = bottom;
}

int frame_button_w(const struct scene *s, enum type_token type, const char *icon, const char *label)
{
    int side = *icon ? s->theme->types[TYPE_ICON_M].px * 5 / 4 : 0;
    return side + text_width(s->text, s->theme->types[type], label) + 52;
}

static struct rect add_head_button(struct scene *s, const struct button_spec *b, struct rect box)
{
    bool is_tight = box.w < frame_button_w(s, TYPE_H3, b->icon, b->label);
    struct widget w = { .kind = &widget_button,
                        .box = box,
                        .style = STYLE_ON_BRAND,
                        .type = is_tight ? TYPE_SMALL_STRONG : TYPE_H3,
                        .icon = is_tight ? "" : b->icon,
                        .label = b->label,
                        .action = scene_action(b->verb, b->name, b->value) };
    snprintf(w.id, sizeof(w.id), "%s", b->id);
    page_add(s->page, w);
    return box;
}

/* Centred on the page where it fits between the buttons, in the largest of three sizes that does;
 * else between them in two small lines. */
static void add_title(struct scene *s, const char *title, int left, int right, struct rect row)
{
    static const enum type_token sizes[] = { TYPE_H2, TYPE_H3, TYPE_SMALL_STRONG };
    int middle = s->head.x + s->head.w / 2, half = middle - left;
    half = right - middle < half ? right - middle : half;
    for (size_t i = 0; i < 2; i++) {
        if (text_width(s->text, s->theme->types[sizes[i]], title) > 2 * half)
            continue;
        left = middle - half;
        right = middle + half;
        break;
    }
    enum type_token type = TYPE_SMALL_STRONG;
    for (size_t i = 3; i > 0; i--)
        if (text_width(s->text, s->theme->types[sizes[i - 1]], title) <= right - left)
            type = sizes[i - 1];
    bool is_one = text_width(s->text, s->theme->types[type], title) <= right - left;
    int height = scene_line(s, type) * (is_one ? 1 : 2);
    page_add(s->page,
             (struct widget){ .id = "title",
                              .kind = &widget_heading,
                              .box = { left, row.y + (row.h - height) / 2, right - left, height },
                              .label = title,
                              .type = type,
                              .align = ALIGN_CENTER,
                              .color = COLOR_ON_BRAND,
                              .max_lines = is_one ? 1 : 2 });
}

void scene_header_with(struct scene *s, const char *title, const struct button_spec *back,
                       const struct button_spec *end)
{
    int height = scene_header_h(s), margin = is_narrow(s) ? EDGE : s->theme->margin,
        button = s->theme->head_h;
    int top = s->room.y + (s->is_short ? 12 : STATUS_H + 18);
    int left = s->head.x + margin, right = s->head.x + s->head.w - margin;
    scene_brand(s, s->room.y + height);
    int most = is_narrow(s) ? (right - left - 16) / 2 : right - left;
    if (back) {
        int w = frame_button_w(s, TYPE_H3, back->icon, back->label);
        w = w > most ? most : w;
        add_head_button(s, back, (struct rect){ left, top, w, button });
        left += w + 16;
    }
    int w = frame_button_w(s, TYPE_H3, end->icon, end->label);
    w = w > most ? most : w;
    right -= w;
    add_head_button(s, end, (struct rect){ right, top, w, button });
    if (is_narrow(s))
        add_title(s, title, s->head.x + margin, s->head.x + s->head.w - margin,
                  (struct rect){ 0, top + button + 6, 0, height - button - 12 - 12 });
    else
        add_title(s, title, left, right - 16, (struct rect){ 0, top, 0, button });
    s->y = s->room.y + height;
}

void scene_header(struct scene *s, const char *title, int back_verb)
{
    const struct button_spec back = { "back", tr("Back"), "arrow_back", back_verb, "", "" },
                             end = { "exit", tr("Exit"), "logout", EV_EXIT, "", "" };
    scene_header_with(s, title, back_verb ? &back : NULL, &end);
}
