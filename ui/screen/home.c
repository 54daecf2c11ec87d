/* Finding a matter: home with its search, recommendations and themes. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/desk.h"
#include "ui/screen/home.h"

enum { STATUS_H = 80, LIST_ROWS = 3 };

static const char *greeting(struct scene *s)
{
    const struct session_view *v = s->view;
    return v->has_card ? page_format(s->page, tr("Hello, %s"), v->name)
                       : tr("What would you like to do?");
}

static const char *below_greeting(const struct scene *s)
{
    if (s->theme->is_elder)
        return tr("Touch what you would like to do");
    return s->view->has_card ? tr("Identified by your ID card")
                             : tr("Tap your ID card whenever a matter needs it");
}

/* Exit at the right of the band; returns where words must end. */
static int add_exit(struct scene *s, int y)
{
    int w = frame_button_w(s, TYPE_H3, "logout", tr("Exit")), height = s->theme->head_h,
        right = s->room.x + s->room.w - s->theme->margin;
    page_add(s->page, (struct widget){ .id = "exit",
                                       .kind = &widget_button,
                                       .box = { right - w, y, w, height },
                                       .style = STYLE_ON_BRAND,
                                       .icon = "logout",
                                       .label = tr("Exit"),
                                       .action = scene_action(EV_EXIT, "", "") });
    return right - w - 24;
}

/* `tall`: there is room for two lines below the greeting. */
static void add_greeting(struct scene *s, int y, int right, bool tall)
{
    int x = s->room.x + s->theme->margin, width = right - x;
    const char *words = greeting(s);
    enum type_token type = TYPE_H1;
    if (text_width(s->text, s->theme->types[type], words) > width)
        type = TYPE_H2;
    int line = scene_line(s, type), small = scene_line(s, TYPE_SMALL);
    bool is_one = text_width(s->text, s->theme->types[type], words) <= width;
    page_add(s->page, (struct widget){ .id = "title",
                                       .kind = &widget_heading,
                                       .box = { x, y, width, is_one ? line : 2 * line },
                                       .label = words,
                                       .type = type,
                                       .color = COLOR_ON_BRAND,
                                       .max_lines = is_one ? 1 : 2 });
    bool has_room = text_width(s->text, s->theme->types[TYPE_SMALL], below_greeting(s)) <=
                    (tall ? 2 : 1) * width;
    if (is_one && has_room)
        page_add(s->page, (struct widget){ .kind = &widget_label,
                                           .box = { x, y + line, width, (tall ? 2 : 1) * small },
                                           .label = below_greeting(s),
                                           .type = TYPE_SMALL,
                                           .color = COLOR_ON_BRAND_2,
                                           .max_lines = tall ? 2 : 1 });
}

static void add_search_box(struct scene *s, struct rect box)
{
    const char *hint = box.w < 700 ? tr("A word, or the first letters of the pinyin")
                                   : tr("Search: a word, or the first letters of the pinyin");
    page_add(s->page, (struct widget){ .id = "search",
                                       .kind = &widget_field,
                                       .box = box,
                                       .label = tr("Search"),
                                       .detail = hint,
                                       .icon = "search",
                                       .action = scene_action(EV_OPEN_SEARCH, "", "") });
}

/* Greeting, exit and (not in the elder version) the search box on the brand's band. */
static void add_head(struct scene *s)
{
    int head = s->theme->head_h, x = s->room.x + s->theme->margin,
        width = s->room.w - 2 * s->theme->margin, top = s->room.y;
    bool has_search = !s->theme->is_elder;
    if (s->is_short && s->is_wide) {
        int bottom = top + (head > s->theme->field_h ? head : s->theme->field_h) + 28;
        scene_brand(s, bottom);
        int right = add_exit(s, top + 14 + (bottom - top - 28 - head) / 2);
        int box = has_search ? width * 42 / 100 : 0;
        if (has_search)
            add_search_box(s, (struct rect){ right - box, top + 14, box, s->theme->field_h });
        add_greeting(s, top + 14, right - box - 24, false);
        s->y = bottom;
        return;
    }
    int start = top + (s->is_short ? 16 : STATUS_H + 20);
    int words = scene_line(s, TYPE_H1) + 2 * scene_line(s, TYPE_SMALL);
    int bottom = start + words + (has_search ? s->theme->field_h + 24 : 0) - 8;
    scene_brand(s, bottom);
    add_greeting(s, start, add_exit(s, start + 8), true);
    if (has_search)
        add_search_box(
            s, (struct rect){ x, bottom - s->theme->field_h - 32, width, s->theme->field_h });
    s->y = bottom;
}

/* ---- the ordinary home --------------------------------------------------------------- */

/* As many recommendations as fit above `bottom`, at most three. */
static void add_popular(struct scene *s, int bottom)
{
    const struct service *popular[LIST_ROWS];
    if (home_add_own(s, bottom))
        return;
    size_t count = catalogue_popular(s->view->catalogue, s->view->age, popular, LIST_ROWS);
    int y = s->y + scene_line(s, TYPE_H3) + 16;
    size_t fits = 0;
    for (; fits < count; fits++) {
        y += flow_service_height(s, popular[fits], false);
        if (y - s->theme->gutter > bottom)
            break;
    }
    if (!fits)
        return;
    flow_heading(s, TYPE_H3, tr("Often done here"));
    flow_gap(s, 16);
    for (size_t i = 0; i < fits; i++)
        flow_service(s, popular[i], false);
}

void home_themes(struct scene *s, int columns, int tile_h)
{
    int gap = s->theme->gutter, width = (s->w - (columns - 1) * gap) / columns;
    size_t count = catalogue_theme_count(s->view->catalogue);
    for (size_t i = 0; i < count; i++) {
        const struct theme *theme = catalogue_theme(s->view->catalogue, i);
        struct widget w = { .kind = &widget_tile,
                            .box = { s->x + (int)i % columns * (width + gap),
                                     s->y + (int)i / columns * (tile_h + gap), width, tile_h },
                            .icon = theme->icon,
                            .label = scene_words(s, &theme->name),
                            .action = { EV_OPEN_THEME, theme->id, "" } };
        snprintf(w.id, sizeof(w.id), "theme:%s", theme->id);
        page_add(s->page, w);
    }
    s->y += ((int)count + columns - 1) / columns * (tile_h + gap) - gap;
}

static void add_tool(struct scene *s, const char *id, const char *icon, const char *label, int verb,
                     struct rect box)
{
    struct widget w = { .kind = &widget_button,
                        .box = box,
                        .style = STYLE_SECONDARY,
                        .icon = icon,
                        .label = label,
                        .action = scene_action(verb, "", "") };
    snprintf(w.id, sizeof(w.id), "%s", id);
    page_add(s->page, w);
}

/* The two tools side by side, or one above the other where their words have no room. */
static int tools_height(const struct scene *s, int width)
{
    int half = (width - s->theme->gutter) / 2; /* a button has two lines */
    bool is_stacked =
        half < frame_button_w(s, TYPE_H3, "schedule", tr("How is my case going?")) * 2 / 3;
    return is_stacked ? 2 * s->theme->button_h + s->theme->gap : s->theme->button_h;
}

/* A third tool: what the point has of its own if there was no room for it, else for whoever helps somebody; where the words of three have room; the help page has it in any case. */
static bool add_three(struct scene *s)
{
    int gap = s->theme->gutter, each = (s->w - 2 * gap) / 3, height = s->theme->button_h;
    bool is_own = home_misses_own(s);
    if ((!scene_has_agents(s) && !is_own) ||
        each < frame_button_w(s, TYPE_H3, "schedule", tr("How is my case going?")) * 2 / 3)
        return false;
    add_tool(s, "progress", "schedule", tr("How is my case going?"), EV_OPEN_PROGRESS,
             (struct rect){ s->x, s->y, each, height });
    add_tool(s, "point", "location_on", tr("At this point"), EV_OPEN_POINT,
             (struct rect){ s->x + each + gap, s->y, each, height });
    struct rect third = { s->x + 2 * (each + gap), s->y, each, height };
    if (is_own)
        add_tool(s, "own", "apps", desk_words(s, &point_own(s->view->desk.news)->name), EV_OPEN_OWN,
                 third);
    else
        add_tool(s, "agent", "handshake", tr("I help somebody"), EV_OPEN_AGENT, third);
    s->y += height;
    return true;
}

static void add_tools(struct scene *s)
{
    if (add_three(s))
        return;
    int height = s->theme->button_h, all = tools_height(s, s->w), gap = s->theme->gutter,
        half = (s->w - gap) / 2;
    bool is_stacked = all > height;
    struct rect first = { s->x, s->y, is_stacked ? s->w : half, height }, second = first;
    second.x += is_stacked ? 0 : half + gap;
    second.y += is_stacked ? all - height : 0;
    add_tool(s, "progress", "schedule", tr("How is my case going?"), EV_OPEN_PROGRESS, first);
    add_tool(s, "point", "location_on", tr("At this point"), EV_OPEN_POINT, second);
    s->y += all;
}

static void add_services(struct scene *s, int columns, int tile_h)
{
    flow_heading(s, TYPE_H3, tr("All services"));
    flow_gap(s, 16);
    home_themes(s, columns, tile_h);
}

static void add_columns(struct scene *s)
{
    bool is_small = s->room.h < 900;
    struct halves h = scene_halves(s, is_small ? 38 : 42);
    int columns = is_small ? 2 : 4, rows = 8 / columns, gap = s->theme->gutter;
    int top = s->y, bottom = scene_bottom(s), tools = tools_height(s, h.left.w) + 24;
    scene_use(s, h.right);
    int heading = scene_line(s, TYPE_H3) + 16;
    int tile = (bottom - top - heading - (rows - 1) * gap - 24) / rows;
    add_services(s, columns, tile > 280 ? 280 : tile);
    scene_use(s, h.left);
    s->y = top;
    home_add_hint(s, bottom - tools - s->y);
    add_popular(s, bottom - tools - s->theme->gutter);
    s->y = s->y > bottom - tools ? bottom - tools : s->y;
    add_tools(s);
}

static void screen_home_plain(struct scene *s)
{
    add_head(s);
    flow_gap(s, s->is_short ? 24 : 36);
    if (s->is_wide) {
        add_columns(s);
        return;
    }
    const struct theme_tokens *t = s->theme;
    int gap = s->is_short ? 20 : 28, bottom = scene_bottom(s);
    int fixed =
        scene_line(s, TYPE_H3) + 16 + 2 * t->tile_h + t->gutter + gap + tools_height(s, s->w) + 24;
    home_add_hint(s, bottom - fixed - gap - s->y);
    add_popular(s, bottom - fixed - gap);
    flow_gap(s, gap - t->gutter);
    add_services(s, 4, t->tile_h);
    flow_gap(s, gap);
    add_tools(s);
}

void screen_home(struct scene *s)
{
    scene_bar(s);
    if (!s->theme->is_elder) {
        screen_home_plain(s);
        return;
    }
    add_head(s);
    screen_home_elder(s);
}
