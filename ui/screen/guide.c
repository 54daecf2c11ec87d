/* What a matter is, who may do it, what it takes: before anything is asked. */
#include <stdio.h>

#include "ui/screen/scene.h"

static const char *days(struct scene *s, int count)
{
    return count > 0 ? page_format(s->page, tr("%d working days"), count)
                     : tr("on the spot, once checked");
}

static void add_facts(struct scene *s)
{
    const struct service *service = s->view->service;
    struct widget *card =
        page_add(s->page, (struct widget){ .kind = &widget_panel, .is_in_scroll = true });
    int top = s->y;
    flow_gap(s, 12);
    flow_fact(s, tr("Who may apply"), scene_words(s, &service->who), false);
    const char *promised = days(s, service->promised_days);
    if (service->legal_days > 0)
        promised =
            page_format(s->page, "%s (%s %d)", promised, tr("by law at most"), service->legal_days);
    flow_fact(s, tr("How long"), promised, false);
    flow_fact(s, tr("Fee"), scene_words(s, &service->fee), false);
    flow_fact(s, tr("Office"), scene_words(s, &service->department), false);
    flow_fact(s, tr("Basis"), scene_words(s, &service->basis), true);
    flow_gap(s, 12);
    card->box = (struct rect){ MARGIN, top, INNER_W, s->y - top };
}

struct column {
    enum material_how how;
    enum widget_style style;
    const char *icon, *title;
};

static void add_material(struct scene *s, const struct material *m, const struct column *c)
{
    const char *name = scene_words(s, &m->name), *source = scene_words(s, &m->source),
               *detail = source;
    if (c->how == MATERIAL_LATER)
        detail = page_format(s->page, tr("within %d working days"), m->late_days);
    else if (c->how == MATERIAL_FETCHED && s->view->impaired & IMPAIRED_NETWORK)
        detail = scene_words(s, &m->offline);
    int title_h = text_block_height(s->text, s->theme->types[TYPE_STRONG], name, INNER_W - 148, 2);
    int detail_h =
        text_block_height(s->text, s->theme->types[TYPE_SMALL], detail, INNER_W - 148, 2);
    int top = s->y;
    page_add(s->page, (struct widget){ .kind = &widget_icon,
                                       .box = { MARGIN + 32, top + 14, 56, 56 },
                                       .style = c->style,
                                       .icon = c->icon,
                                       .type = TYPE_ICON_S,
                                       .is_in_scroll = true });
    page_add(s->page, (struct widget){ .kind = &widget_label,
                                       .box = { MARGIN + 116, top + 10, INNER_W - 148, title_h },
                                       .label = name,
                                       .type = TYPE_STRONG,
                                       .color = COLOR_TEXT,
                                       .max_lines = 2,
                                       .is_in_scroll = true });
    page_add(s->page,
             (struct widget){ .kind = &widget_label,
                              .box = { MARGIN + 116, top + 10 + title_h, INNER_W - 148, detail_h },
                              .label = detail,
                              .type = TYPE_SMALL,
                              .color = COLOR_TEXT_2,
                              .max_lines = 2,
                              .is_in_scroll = true });
    s->y += title_h + detail_h + 26;
}

static void add_materials(struct scene *s)
{
    static const struct column columns[] = {
        { MATERIAL_FETCHED, STYLE_SUCCESS, "check", N_("Not needed from you: looked up for you") },
        { MATERIAL_BRING, STYLE_QUIET, "badge", N_("Please have ready") },
        { MATERIAL_LATER, STYLE_WARNING, "schedule", N_("May follow later") },
    };
    const struct service *service = s->view->service;
    for (size_t c = 0; c < sizeof(columns) / sizeof(columns[0]); c++) {
        struct widget *card = NULL;
        int top = 0;
        for (size_t i = 0; i < service->material_count; i++) {
            if (service->materials[i].how != columns[c].how)
                continue;
            if (!card) {
                flow_gap(s, 28);
                flow_heading(s, TYPE_H3, tr(columns[c].title));
                flow_gap(s, 14);
                card = page_add(s->page,
                                (struct widget){ .kind = &widget_panel, .is_in_scroll = true });
                top = s->y;
                flow_gap(s, 8);
            }
            add_material(s, &service->materials[i], &columns[c]);
        }
        if (card) {
            flow_gap(s, 8);
            card->box = (struct rect){ MARGIN, top, INNER_W, s->y - top };
        }
    }
}

static bool can_start(const struct scene *s)
{
    enum service_reach reach = s->view->service->reach;
    return reach == REACH_KIOSK || reach == REACH_AGENT;
}

void screen_guide(struct scene *s)
{
    const struct session_view *v = s->view;
    int bottom = PAGE_H - 160;
    scene_header(s, scene_words(s, &v->service->short_name), EV_BACK);
    if (can_start(s))
        scene_steps(s, 0);
    else
        flow_gap(s, 28);
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H2, scene_words(s, &v->service->name));
    flow_gap(s, 12);
    flow_text(s, TYPE_BODY, COLOR_TEXT_2, scene_words(s, &v->service->gives), 8);
    flow_gap(s, 24);
    if (v->impaired & IMPAIRED_SUBMIT) {
        flow_notice(s, STYLE_WARNING, "warning",
                    page_format(s->page, "%s %s",
                                tr("This cannot be submitted here at the moment. Please go to:"),
                                scene_words(s, &catalogue_point(v->catalogue)->window)));
        flow_gap(s, 24);
    }
    add_facts(s);
    add_materials(s);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "", EV_BACK, "", "" };
    struct button_spec start = { "primary",
                                 page_format(s->page, tr("Start (about %d min)"),
                                             v->service->minutes),
                                 "arrow_forward",
                                 EV_NEXT,
                                 "",
                                 "" };
    scene_actions(s, can_start(s) ? &start : NULL, &back);
}
