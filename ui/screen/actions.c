/* The row of buttons at the bottom, and the place of the keys above or beside it. */
#include <stdio.h>

#include "ui/screen/frame.h"

enum {
    EDGE = 24,
    LOWERED_TYPING_H = 1380, /* of the room, where the keys need it */
    SHEET_KEYS_H = SHEET_H - 136,
};

/* ---- actions ------------------------------------------------------------------------- */

static void add_action(struct scene *s, const struct button_spec *b, struct rect box,
                       enum widget_style style)
{
    struct widget w = { .kind = &widget_button,
                        .box = box,
                        .style = style,
                        .label = b->label,
                        .icon = b->icon,
                        .action = { b->verb, b->name, b->value } };
    snprintf(w.id, sizeof(w.id), "%s", b->id);
    page_add(s->page, w);
}

static int action_w(const struct scene *s, const struct button_spec *b, int least, int most)
{
    int w = frame_button_w(s, TYPE_H3, b->icon, b->label);
    return w < least ? least : w > most ? most : w;
}

/* Beside the actions on a wide panel, where height is what there is least of. Returns where they
 * end. */
static int add_scrollers(struct scene *s, int x, int gap)
{
    int width = 0;
    const char *words[] = { tr("Up"), tr("Down") };
    for (size_t i = 0; i < 2; i++) {
        int w = frame_button_w(s, TYPE_SMALL_STRONG, "expand_less", words[i]);
        width = w > width ? w : width;
    }
    width = width < s->theme->target + 20 ? s->theme->target + 20 : width;
    flow_add_scroller(s, "up", "expand_less", words[0], UI_UP,
                      (struct rect){ x, s->actions.y, width, s->actions.h },
                      page_can_scroll(s->page, false));
    x += width + gap;
    flow_add_scroller(s, "down", "expand_more", words[1], UI_DOWN,
                      (struct rect){ x, s->actions.y, width, s->actions.h },
                      page_can_scroll(s->page, true));
    return x + width + gap;
}

void scene_actions(struct scene *s, const struct button_spec *primary,
                   const struct button_spec *other)
{
    struct button_spec help = { "help", tr("Help"), "support_agent", EV_OPEN_HELP, "", "" };
    struct rect row = s->actions;
    int gap = s->theme->gutter, x = row.x, right = row.x + row.w, most = row.w * 30 / 100;
    enum screen screen = s->view->screen;
    bool is_helped = screen == SCREEN_HELP || screen == SCREEN_HELPER ||
                     screen == SCREEN_HELPER_BACK || screen == SCREEN_STAFF ||
                     screen == SCREEN_FETCHING || screen == SCREEN_ENROL;
    bool has_help = !page_find(s->page, "help") && !is_helped;
    /* Where room is short the header's "back" is enough. */
    bool is_spared =
        s->has_scrollers && s->theme->is_elder && row.w < 1400 && page_find(s->page, "back");
    if (other && !is_spared) {
        int w = action_w(s, other, 220, has_help ? most : row.w * 40 / 100);
        add_action(s, other, (struct rect){ x, row.y, w, row.h }, STYLE_SECONDARY);
        x += w + gap;
    }
    if (has_help) {
        int w = action_w(s, &help, 180, most);
        add_action(s, &help, (struct rect){ x, row.y, w, row.h }, STYLE_SECONDARY);
        x += w + gap;
    }
    if (s->has_scrollers)
        x = add_scrollers(s, x, gap);
    if (!primary)
        return;
    int width = right - x;
    if (s->is_wide && width > 720)
        width = 720;
    add_action(s, primary, (struct rect){ right - width, row.y, width, row.h }, STYLE_PRIMARY);
}

/* ---- keys ---------------------------------------------------------------------------- */

/* What a question needs above the keys where height is short: its name, a box, a sentence. */
static int least_above(const struct scene *s)
{
    return s->theme->field_h + 2 * scene_line(s, TYPE_STRONG) + 90;
}

/* Lowered, a question may begin a little higher, so that its keys stay as large as they must be. */
static void raise_room(struct scene *s)
{
    int by = LOWERED_TYPING_H - s->room.h;
    if (!s->is_lowered || by <= 0 || s->room.y < by)
        return;
    frame_take_room(s, (struct rect){ s->room.x, s->room.y - by, s->room.w, s->room.h + by });
    s->y = s->room.y;
}

void scene_expect_sheet(struct scene *s)
{
    raise_room(s);
    int actions = s->theme->button_h + EDGE, bottom = scene_bottom(s);
    if (s->is_wide) {
        bool is_large = s->room.w >= 1700;
        int w = is_large ? PAGE_W : s->room.w * 21 / 32;
        int top = s->room.y + (is_large ? scene_header_h(s) : 0);
        s->sheet = (struct rect){ s->room.x + s->room.w - w, top, w, bottom - top };
        if (!is_large)
            s->head.w = s->room.w - w;
        s->x = s->room.x + (is_large ? s->theme->margin : EDGE);
        s->w = s->sheet.x - s->x - (is_large ? s->theme->margin : EDGE);
    } else {
        bool is_date = s->view->spelling->way == WAY_DATE;
        int help = is_date ? scene_line(s, TYPE_SMALL) + EDGE : 0; /* below the question's name */
        int keys = s->room.h - scene_header_h(s) - actions - least_above(s) - help;
        int most = is_date ? sheet_month_h(s->theme) : SHEET_KEYS_H;
        keys = keys > most ? most : keys;
        s->sheet = (struct rect){ s->room.x, bottom - keys - actions, s->room.w, keys + actions };
    }
    s->actions = (struct rect){ s->sheet.x + EDGE, bottom - actions, s->sheet.w - 2 * EDGE,
                                s->theme->button_h };
}

struct rect scene_keys_area(const struct scene *s)
{
    struct rect area = s->sheet;
    area.h -= s->theme->button_h + EDGE;
    return area;
}

void scene_add_sheet(struct scene *s, const struct sheet *sheet)
{
    page_add(s->page,
             (struct widget){ .kind = &widget_band, .box = s->sheet, .color = COLOR_SHEET });
    sheet_add(s->page, sheet);
}
