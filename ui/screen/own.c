/* What this point has of its own (SS-46): the first choice of whoever comes to a port, a market, a park. */
#include <stdio.h>

#include "ui/screen/desk.h"
#include "ui/screen/home.h"

enum { LIST_ROWS = 3 }; /* on the home, as recommendations */

size_t home_own(const struct scene *s, const struct service **out, size_t max)
{
    const struct point_own *own = point_own(s->view->desk.news);
    size_t found = 0;
    for (size_t i = 0; own && i < own->count && found < max; i++) {
        const struct service *service = catalogue_find(s->view->catalogue, own->matters[i]);
        if (service)
            out[found++] = service;
    }
    return found;
}

struct widget home_own_row(struct scene *s, size_t count)
{
    const struct point_own *own = point_own(s->view->desk.news);
    return (struct widget){ .id = "own",
                            .icon = "apps",
                            .label = desk_words(s, &own->name),
                            .detail = page_format(s->page, tr("All %d matters of this point"),
                                                  (int)count),
                            .action = scene_action(EV_OPEN_OWN, "", "") };
}

/* How many of the point's own fit above `bottom` under their heading; with `all` behind them where some are left. */
static size_t own_fitting(struct scene *s, const struct service *const *own, size_t count,
                          const struct widget *all, int bottom)
{
    int y = s->y + scene_line(s, TYPE_H3) + 16, last = flow_row_height(s, all);
    size_t fits = 0;
    for (; fits < count && fits < LIST_ROWS; fits++) {
        y += flow_service_height(s, own[fits], false);
        if (y - s->theme->gutter + (fits + 1 < count ? s->theme->gutter + last : 0) > bottom)
            break;
    }
    return fits;
}

bool home_add_own(struct scene *s, int bottom)
{
    const struct service *own[POINT_OWN];
    size_t count = home_own(s, own, POINT_OWN);
    if (!count)
        return false;
    struct widget all = home_own_row(s, count);
    size_t fits = own_fitting(s, own, count, &all, bottom);
    if (fits) {
        flow_heading(s, TYPE_H3, tr("What is done at this point"));
        flow_gap(s, 16);
    }
    for (size_t i = 0; i < fits; i++)
        flow_service(s, own[i], false);
    if (fits < count && s->y + flow_row_height(s, &all) <= bottom) {
        flow_row(s, all);
        flow_gap(s, s->theme->gutter);
    }
    return true;
}

bool home_misses_own(const struct scene *s)
{
    const struct service *first;
    char id[WIDGET_ID];
    if (!home_own(s, &first, 1) || page_find(s->page, "own"))
        return false;
    snprintf(id, sizeof(id), "service:%s", first->code);
    return !page_find(s->page, id);
}

void screen_own(struct scene *s)
{
    const struct point_own *own = point_own(s->view->desk.news);
    const struct service *matters[POINT_OWN];
    size_t count = home_own(s, matters, POINT_OWN);
    scene_bar(s);
    scene_header(s, own ? desk_words(s, &own->name) : "", EV_BACK);
    flow_gap(s, s->is_short ? 20 : 36);
    flow_begin(s, scene_bottom(s));
    for (size_t i = 0; i < count; i++)
        flow_service(s, matters[i], true);
    flow_notice(s, STYLE_QUIET, "info",
                tr("Everything else can be done here too: go back and look among all services."));
    flow_end(s, scene_bottom(s));
}
