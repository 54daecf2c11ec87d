/* From what has happened to the bundle that does all of it at once (SS-08): on the page of a theme, and on the guide of a
 * matter that is a part of one. */
#include "ui/screen/life_event.h"

#include <stdio.h>
#include <string.h>

bool life_event_is_asked(const struct service *service)
{
    return *service->life_event.in[LANGUAGE_ZH] != 0;
}

static const char *at_once(struct scene *s, const struct service *bundle)
{
    return page_format(s->page, tr("%s: %zu matters at once"), scene_words(s, &bundle->life_event),
                       bundle->part_count);
}

void life_events_add(struct scene *s, const struct theme *theme)
{
    const struct catalogue *c = s->view->catalogue;
    bool has_any = false;
    for (size_t i = 0; i < catalogue_service_count(c); i++) {
        const struct service *service = catalogue_service(c, i);
        if (!life_event_is_asked(service) || strcmp(service->theme, theme->id))
            continue;
        if (!has_any) {
            flow_heading(s, TYPE_H3, tr("Has one of these happened?"));
            flow_gap(s, 16);
        }
        has_any = true;
        struct widget row = { .icon = service->icon,
                              .label = scene_words(s, &service->name),
                              .detail = at_once(s, service),
                              .value = "",
                              .action = scene_action(EV_OPEN_SERVICE, service->code, "") };
        snprintf(row.id, sizeof(row.id), "service:%s", service->code);
        flow_row(s, row);
        flow_gap(s, s->theme->gutter);
    }
    if (!has_any)
        return;
    flow_gap(s, 8);
    flow_heading(s, TYPE_H3, tr("Single matters"));
    flow_gap(s, 16);
}

void life_event_add_guide(struct scene *s)
{
    const struct service *bundle = catalogue_bundle_with(s->view->catalogue, s->view->service);
    if (!bundle)
        return;
    flow_row(s, (struct widget){ .id = "bundle",
                                 .icon = bundle->icon,
                                 .label = scene_words(s, &bundle->name),
                                 .detail = at_once(s, bundle),
                                 .value = "",
                                 .action = scene_action(EV_TAKE_BUNDLE, "", "") });
    flow_gap(s, 24);
}
