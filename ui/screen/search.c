/* Lists of matters: a theme's, and what was found. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/counts.h"
#include "ui/screen/home.h"
#include "ui/screen/life_event.h"

void screen_theme(struct scene *s)
{
    const struct session_view *v = s->view;
    scene_bar(s);
    scene_header(s, scene_words(s, &v->theme->name), EV_BACK);
    flow_gap(s, s->is_short ? 20 : 36);
    flow_begin(s, scene_bottom(s));
    counts_add_theme(s, v->theme->id);
    flow_gap(s, 16);
    life_events_add(s, v->theme);
    for (size_t i = 0; i < catalogue_service_count(v->catalogue); i++) {
        const struct service *service = catalogue_service(v->catalogue, i);
        if (life_event_is_asked(service) || strcmp(service->theme, v->theme->id))
            continue;
        flow_service(s, service, true);
    }
    if (*scene_words(s, &v->theme->window))
        flow_notice(s, STYLE_QUIET, "info", scene_words(s, &v->theme->window));
    flow_end(s, scene_bottom(s));
}

static void add_results(struct scene *s)
{
    const struct session_view *v = s->view;
    const struct service *popular[3];
    size_t count = v->found_count;
    const struct service *const *rows = v->found;
    if (!*v->typed) {
        count = home_own(s, popular, 3);
        if (!count)
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
    scene_expect_sheet(s);
    int bottom = s->is_wide ? scene_bottom(s) : s->sheet.y;
    scene_header(s, tr("Search"), EV_BACK);
    flow_gap(s, s->is_short ? 16 : 28);
    page_add(s->page, (struct widget){ .id = "field:search",
                                       .kind = &widget_field,
                                       .box = { s->x, s->y, s->w, s->theme->field_h },
                                       .label = tr("Search"),
                                       .detail = tr("A word, or the first letters of the pinyin"),
                                       .value = v->typed,
                                       .pending = page_text(s->page, v->spelling->letters),
                                       .icon = "search",
                                       .is_focused = true,
                                       .is_caret = true });
    s->y += s->theme->field_h + 24;
    flow_begin(s, bottom);
    add_results(s);
    flow_end(s, bottom);
    keyboard_add(s, NULL);
}
