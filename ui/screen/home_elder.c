/* The home of the elder version: five tasks in words of daily life, and a person. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/desk.h"
#include "ui/screen/home.h"

enum { THEMES = 2, TASKS = 6, LEAST_ROW_W = 640, LEAST_ROW_H = 180 };

/* The themes of what is done most by people of this age, each once. */
static size_t likely_themes(const struct scene *s, const struct theme *out[THEMES])
{
    const struct service *popular[8];
    const struct catalogue *c = s->view->catalogue;
    size_t count = catalogue_popular(c, s->view->age, popular, 8), found = 0;
    for (size_t i = 0; i < count && found < THEMES; i++) {
        const struct theme *t = catalogue_find_theme(c, popular[i]->theme);
        bool is_new = t != NULL;
        for (size_t k = 0; k < found; k++)
            is_new = is_new && out[k] != t;
        if (is_new)
            out[found++] = t;
    }
    return found;
}

/* The first matters of a theme by name. */
static const char *examples(struct scene *s, const struct theme *theme)
{
    const struct catalogue *c = s->view->catalogue;
    const char *between = s->view->language == LANGUAGE_ZH ? "、" : ", ";
    char text[256] = "";
    size_t used = 0, named = 0;
    for (size_t i = 0; i < catalogue_service_count(c) && named < 2; i++) {
        const struct service *service = catalogue_service(c, i);
        if (strcmp(service->theme, theme->id))
            continue;
        int n = snprintf(text + used, sizeof(text) - used, "%s%s", named ? between : "",
                         scene_words(s, &service->short_name));
        used += n > 0 && (size_t)n < sizeof(text) - used ? (size_t)n : 0;
        named++;
    }
    return page_text(s->page, text);
}

/* The point's own in place of the likely themes: the first at once, the others behind one row. */
static size_t list_own(struct scene *s, struct widget out[TASKS])
{
    const struct service *own[POINT_OWN];
    size_t count = home_own(s, own, POINT_OWN);
    if (!count)
        return 0;
    out[0] = (struct widget){ .icon = own[0]->icon,
                              .label = scene_words(s, &own[0]->short_name),
                              .detail = scene_words(s, &own[0]->name),
                              .action = scene_action(EV_OPEN_SERVICE, own[0]->code, "") };
    snprintf(out[0].id, sizeof(out[0].id), "service:%s", own[0]->code);
    if (count == 1)
        return 1;
    const char *name = desk_words(s, &point_own(s->view->desk.news)->name);
    out[1] = (struct widget){ .id = "own",
                              .icon = "apps",
                              .label = name,
                              .detail = page_format(s->page, tr("All %d matters of this point"),
                                                    (int)count),
                              .action = scene_action(EV_OPEN_OWN, "", "") };
    return 2;
}

static size_t list_tasks(struct scene *s, struct widget out[TASKS], bool is_even)
{
    const struct theme *themes[THEMES];
    size_t first = list_own(s, out), found = first ? 0 : likely_themes(s, themes), n = 0;
    for (; n < found; n++) {
        out[n] = (struct widget){ .icon = themes[n]->icon,
                                  .label = scene_words(s, &themes[n]->name),
                                  .detail = examples(s, themes[n]),
                                  .action = scene_action(EV_OPEN_THEME, themes[n]->id, "") };
        snprintf(out[n].id, sizeof(out[n].id), "theme:%s", themes[n]->id);
    }
    n = first ? first : n;
    out[n++] = (struct widget){ .id = "progress",
                                .icon = "schedule",
                                .label = tr("Is it done yet?"),
                                .detail = tr("With the number on your slip"),
                                .action = scene_action(EV_OPEN_PROGRESS, "", "") };
    out[n++] = (struct widget){ .id = "point",
                                .icon = "group",
                                .label = tr("At this point"),
                                .detail = tr("Take a number, book, find the way"),
                                .action = scene_action(EV_OPEN_POINT, "", "") };
    out[n++] = (struct widget){ .id = "more",
                                .icon = "apps",
                                .label = tr("Another service"),
                                .detail = tr("All services on one page"),
                                .action = scene_action(UI_MORE, "", "") };
    if (is_even) /* two columns: the sixth place is not left empty */
        out[n++] = (struct widget){ .id = "person",
                                    .icon = "support_agent",
                                    .label = tr("Ask a person to help me"),
                                    .detail = "",
                                    .action = scene_action(EV_OPEN_HELP, "", "") };
    return n;
}

static void add_person(struct scene *s)
{
    page_add(s->page,
             (struct widget){ .id = "person",
                              .kind = &widget_button,
                              .box = { s->x, s->y, s->w, s->theme->button_h + 20 },
                              .style = STYLE_PRIMARY,
                              .type = TYPE_H2,
                              .icon = "support_agent",
                              .label = s->view->is_unattended ? tr("How to get help")
                                                              : tr("Ask a person to help me"),
                              .action = scene_action(EV_OPEN_HELP, "", "") });
    s->y += s->theme->button_h + 20;
}

/* Below a hint rows are lower: what a task is called comes first. */
static bool has_room_for_detail(struct scene *s, const struct widget *w)
{
    int room = widget_row_room(s->theme, w, w->box.w);
    return text_block_height(s->text, s->theme->types[w->type], w->label, room, ROW_LINES) +
               text_block_height(s->text, s->theme->types[TYPE_SMALL], w->detail, room,
                                 ROW_LINES) <=
           w->box.h;
}

static void add_tasks(struct scene *s, int bottom)
{
    struct widget tasks[TASKS];
    /* One below the other while each has room for its words. */
    bool is_even = s->is_wide || bottom - s->y < 5 * LEAST_ROW_H;
    size_t count = list_tasks(s, tasks, is_even);
    int columns = is_even ? 2 : 1, rows = ((int)count + columns - 1) / columns,
        gap = s->theme->gutter;
    int width = (s->w - (columns - 1) * gap) / columns;
    int height = (bottom - s->y - (rows - 1) * gap) / rows;
    height = height > 250 ? 250 : height;
    for (size_t i = 0; i < count; i++) {
        struct widget w = tasks[i];
        bool is_tile = width < LEAST_ROW_W;
        w.kind = is_tile ? &widget_tile : &widget_row;
        w.type = is_tile ? TYPE_H3 : TYPE_H2;
        w.number[0] = 1;
        w.box = (struct rect){ s->x + (int)i % columns * (width + gap),
                               s->y + (int)i / columns * (height + gap), width, height };
        if (!is_tile && !has_room_for_detail(s, &w))
            w.detail = "";
        page_add(s->page, w);
    }
    s->y += rows * (height + gap) - gap;
}

static void add_every_theme(struct scene *s)
{
    int columns = s->is_wide ? 4 : 2, rows = 8 / columns, gap = s->theme->gutter,
        bottom = scene_bottom(s) - s->theme->button_h - 2 * gap;
    int tile = (bottom - s->y - (rows - 1) * gap) / rows;
    home_themes(s, columns, tile > 280 ? 280 : tile);
    page_add(s->page, (struct widget){ .id = "less",
                                       .kind = &widget_button,
                                       .box = { s->x, bottom + gap, s->w, s->theme->button_h },
                                       .style = STYLE_SECONDARY,
                                       .icon = "arrow_back",
                                       .label = tr("Back"),
                                       .action = scene_action(UI_LESS, "", "") });
}

void screen_home_elder(struct scene *s)
{
    flow_gap(s, s->is_short ? 20 : 36);
    scene_column(s);
    s->x = s->room.x + s->theme->margin;
    s->w = s->room.w - 2 * s->theme->margin;
    if (s->around->is_more) {
        add_every_theme(s);
        return;
    }
    int rows = 3, least = rows * s->theme->target + (rows - 1) * s->theme->gutter + 24;
    home_add_hint(s, scene_bottom(s) - s->y - least);
    int person = s->theme->button_h + 20, bottom = scene_bottom(s) - 24;
    bool has_person = !s->is_wide && bottom - s->y - person > 5 * LEAST_ROW_H;
    add_tasks(s, has_person ? bottom - person - s->theme->gutter : bottom);
    if (!has_person)
        return;
    flow_gap(s, s->theme->gutter + 8);
    add_person(s);
}
