/* The header: where the kiosk stands, the title, back, exit, and the key that covers the page. */
#include <stdio.h>

#include "ui/screen/frame.h"

enum {
    STATUS_H = 80,
    NARROW_W = 700, /* the title goes under the buttons */
    EDGE = 24,
    LEAST_GAP = 12, /* between two targets */
};

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
        frame_add_upper(s);
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

/* Pages on which a passer-by could read what belongs to the visitor: one touch hides everything. */
static bool has_cover(const struct scene *s)
{
    switch (s->view->screen) {
    case SCREEN_FETCHED:
    case SCREEN_FORM:
    case SCREEN_REVIEW:
    case SCREEN_PAPERS:
    case SCREEN_WAIVE:
    case SCREEN_WAIVE_TEXT:
    case SCREEN_NOTICE:
    case SCREEN_PROGRESS:
    case SCREEN_WITHDRAW:
    case SCREEN_DONE:
    case SCREEN_ASIDE:
    case SCREEN_ASIDE_TEXT:
    case SCREEN_TO_PHONE:
    case SCREEN_FROM_PHONE:
    case SCREEN_AGENT_HOME:
    case SCREEN_AGENT_CONSENT:
        return true;
    default:
        return false;
    }
}

static int add_cover(struct scene *s, int right, int top)
{
    int width = text_width(s->text, s->theme->types[TYPE_SMALL], tr("Cover")) + 24;
    width = width < s->theme->head_h ? s->theme->head_h : width;
    page_add(s->page, (struct widget){ .id = "cover",
                                       .kind = &widget_bar_item,
                                       .style = STYLE_ON_BRAND,
                                       .box = { right - width, top, width, s->theme->head_h },
                                       .type = TYPE_SMALL_STRONG,
                                       .icon = "visibility_off",
                                       .label = tr("Cover"),
                                       .action = scene_action(EV_COVER, "", "") });
    return right - width;
}

void scene_header_with(struct scene *s, const char *title, const struct button_spec *back,
                       const struct button_spec *end)
{
    int height = scene_header_h(s), margin = is_narrow(s) ? EDGE : s->theme->margin,
        button = s->theme->head_h;
    int top = s->room.y + (s->is_short ? 12 : STATUS_H + 18);
    int left = s->head.x + margin, right = s->head.x + s->head.w - margin;
    scene_brand(s, s->room.y + height);
    if (has_cover(s) && is_narrow(s))
        right = add_cover(s, right, top) - LEAST_GAP;
    int most = is_narrow(s) ? (right - left - LEAST_GAP) / 2 : right - left;
    if (back) {
        int w = frame_button_w(s, TYPE_H3, back->icon, back->label);
        w = w > most ? most : w;
        add_head_button(s, back, (struct rect){ left, top, w, button });
        left += w + 16;
    }
    int w = end ? frame_button_w(s, TYPE_H3, end->icon, end->label) : 0;
    w = w > most ? most : w;
    right -= w;
    if (end)
        add_head_button(s, end, (struct rect){ right, top, w, button });
    if (has_cover(s) && !is_narrow(s))
        right = add_cover(s, right - LEAST_GAP, top);
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
