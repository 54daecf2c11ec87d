/* Finding a matter: home, a theme, search. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/scene.h"

static void add_greeting(struct scene *s)
{
    const struct session_view *v = s->view;
    const char *greeting = v->has_card ? page_format(s->page, tr("Hello, %s"), v->name)
                                       : tr("What would you like to do?");
    page_add(s->page, (struct widget){ .id = "title",
                                       .kind = &widget_heading,
                                       .box = { MARGIN, 100, 740, 72 },
                                       .label = greeting,
                                       .type = TYPE_H1,
                                       .color = COLOR_ON_BRAND,
                                       .max_lines = 1 });
    page_add(s->page, (struct widget){
                          .kind = &widget_label,
                          .box = { MARGIN, 176, 740, 42 },
                          .label = v->has_card ? tr("Identified by your ID card")
                                               : tr("Tap your ID card whenever a matter needs it"),
                          .type = TYPE_SMALL,
                          .color = COLOR_ON_BRAND_2 });
    page_add(s->page, (struct widget){ .id = "exit",
                                       .kind = &widget_button,
                                       .box = { PAGE_W - MARGIN - 186, 112, 186, 96 },
                                       .style = STYLE_ON_BRAND,
                                       .icon = "logout",
                                       .label = tr("Exit"),
                                       .action = scene_action(EV_EXIT, "", "") });
    page_add(s->page,
             (struct widget){ .id = "search",
                              .kind = &widget_field,
                              .box = { MARGIN, 254, INNER_W, 116 },
                              .label = tr("Search"),
                              .detail = tr("Search: a word, or the first letters of the pinyin"),
                              .icon = "search",
                              .action = scene_action(EV_OPEN_SEARCH, "", "") });
}

static void add_popular(struct scene *s)
{
    const struct service *popular[3];
    size_t count = catalogue_popular(s->view->catalogue, s->view->age, popular, 3);
    s->y = 406 + 36;
    flow_heading(s, TYPE_H3, tr("Often done here"));
    flow_gap(s, 16);
    for (size_t i = 0; i < count; i++)
        flow_service(s, popular[i], false);
}

static void add_themes(struct scene *s)
{
    const struct theme_tokens *t = s->theme;
    int gap = t->gutter, width = (INNER_W - 3 * gap) / 4;
    size_t count = catalogue_theme_count(s->view->catalogue);
    flow_gap(s, 16);
    flow_heading(s, TYPE_H3, tr("All services"));
    flow_gap(s, 16);
    for (size_t i = 0; i < count && i < 8; i++) {
        const struct theme *theme = catalogue_theme(s->view->catalogue, i);
        struct widget w = { .kind = &widget_tile,
                            .box = { MARGIN + (int)(i % 4) * (width + gap),
                                     s->y + (int)(i / 4) * (t->tile_h + gap), width, t->tile_h },
                            .icon = theme->icon,
                            .label = scene_words(s, &theme->name),
                            .action = { EV_OPEN_THEME, theme->id, "" } };
        snprintf(w.id, sizeof(w.id), "theme:%s", theme->id);
        page_add(s->page, w);
    }
    s->y += (int)((count + 3) / 4) * (t->tile_h + gap);
}

static void add_tools(struct scene *s)
{
    flow_gap(s, 16);
    page_add(s->page, (struct widget){ .id = "progress",
                                       .kind = &widget_button,
                                       .box = { MARGIN, s->y, INNER_W, 120 },
                                       .style = STYLE_QUIET,
                                       .icon = "schedule",
                                       .label = tr("How is my case going?"),
                                       .action = scene_action(EV_OPEN_PROGRESS, "", "") });
}

void screen_home(struct scene *s)
{
    scene_brand(s, 406);
    add_greeting(s);
    add_popular(s);
    add_themes(s);
    add_tools(s);
    scene_bar(s);
}

void screen_theme(struct scene *s)
{
    const struct session_view *v = s->view;
    scene_header(s, scene_words(s, &v->theme->name), EV_BACK);
    flow_gap(s, 36);
    flow_begin(s, BAR_TOP);
    for (size_t i = 0; i < catalogue_service_count(v->catalogue); i++) {
        const struct service *service = catalogue_service(v->catalogue, i);
        if (strcmp(service->theme, v->theme->id))
            continue;
        flow_service(s, service, true);
    }
    if (*scene_words(s, &v->theme->window))
        flow_notice(s, STYLE_QUIET, "info", scene_words(s, &v->theme->window));
    flow_end(s, BAR_TOP);
    scene_bar(s);
}

static void add_results(struct scene *s)
{
    const struct session_view *v = s->view;
    const struct service *popular[3];
    size_t count = v->found_count;
    const struct service *const *rows = v->found;
    if (!*v->typed) {
        count = catalogue_popular(v->catalogue, v->age, popular, 3);
        rows = popular;
        flow_text(s, TYPE_SMALL, COLOR_TEXT_2, tr("Often done here"), 1);
        flow_gap(s, 12);
    } else if (v->is_near || !count) {
        flow_notice(s, STYLE_WARNING, "info",
                    count ? tr("Nothing has just this name. The nearest:")
                          : tr("Nothing found. Try another word, or ask a person."));
        flow_gap(s, 16);
    }
    for (size_t i = 0; i < count; i++)
        flow_service(s, rows[i], true);
}

void screen_search(struct scene *s)
{
    const struct session_view *v = s->view;
    scene_header(s, tr("Search"), EV_BACK);
    flow_gap(s, 28);
    page_add(s->page, (struct widget){ .id = "field:search",
                                       .kind = &widget_field,
                                       .box = { MARGIN, s->y, INNER_W, 112 },
                                       .label = tr("Search"),
                                       .detail = tr("A word, or the first letters of the pinyin"),
                                       .value = v->typed,
                                       .icon = "search",
                                       .is_focused = true,
                                       .is_caret = true });
    s->y += 112 + 24;
    flow_begin(s, SHEET_TOP);
    add_results(s);
    flow_end(s, SHEET_TOP);
    struct sheet sheet = scene_sheet(s, SHEET_TEXT);
    sheet_add(s->page, &sheet);
}
