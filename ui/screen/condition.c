/* The conditions of a matter: on its guide, and the page for one that does not fit (SS-19, SS-44). That page says which
 * it is and what works instead; it refuses nobody, since a kiosk may not. */
#include "ui/screen/condition.h"

#include <stdio.h>

#include "ui/screen/desk.h"
#include "ui/screen/paper.h"

enum { GAP = 24 };

/* ---- on the guide ------------------------------------------------------------------------ */

static void add_answer(struct scene *s, const struct precheck_row *row, const char *value,
                       const char *label, struct rect box)
{
    bool is_yes = value[0] == 'y';
    struct widget w = { .kind = &widget_choice,
                        .box = box,
                        .label = label,
                        .is_selected = row->said == (is_yes ? TRUTH_YES : TRUTH_NO),
                        .is_in_scroll = s->is_in_scroll,
                        .action = scene_action(EV_SAY_FACT, row->ask->name, value) };
    snprintf(w.id, sizeof(w.id), "fact:%s:%s", row->ask->name, value);
    page_add(s->page, w);
}

/* Nobody has to answer; whoever does learns now what else the form would be filled in for nothing. */
static void add_question(struct scene *s, const struct precheck_row *row)
{
    int inset = 32, gutter = s->theme->gutter, x = s->x + inset,
        width = (s->w - 2 * inset - gutter) / 2, height = s->theme->choice_h;
    struct rect column = { s->x, 0, s->w, 0 };
    scene_use(s, (struct rect){ x, 0, s->w - 2 * inset, 0 });
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2, scene_words(s, &row->ask->question), 4);
    flow_gap(s, 10);
    add_answer(s, row, "yes", tr("Yes"), (struct rect){ x, s->y, width, height });
    add_answer(s, row, "no", tr("No"), (struct rect){ x + width + gutter, s->y, width, height });
    scene_use(s, column);
    flow_gap(s, height + 20);
}

void condition_add_guide(struct scene *s)
{
    const struct precheck_view *p = &s->view->precheck;
    if (!p->count)
        return;
    flow_heading(s, TYPE_H3, tr("Conditions"));
    flow_gap(s, 14);
    struct widget *card = flow_card(s);
    for (size_t i = 0; i < p->count; i++) {
        const struct precheck_row *row = &p->rows[i];
        const char *asks = scene_words(s, &row->rule->asks);
        if (row->truth == TRUTH_YES)
            flow_mark(s, STYLE_SUCCESS, "check", asks, row->ask ? "" : tr("fits"));
        else if (row->truth == TRUTH_NO)
            flow_mark(s, STYLE_WARNING, "warning", asks, tr("does not fit, as far as is known"));
        else
            flow_mark(s, STYLE_QUIET, "badge", asks, "");
        if (row->ask)
            add_question(s, row);
    }
    flow_card_end(s, card);
    flow_gap(s, 28);
}

/* ---- the page ---------------------------------------------------------------------------- */

static void add_rule(struct scene *s)
{
    const struct session_view *v = s->view;
    const struct service_rule *rule = v->precheck.failed;
    bool has_basis = *rule->basis.in[LANGUAGE_ZH] != 0;
    flow_heading(s, TYPE_H2, tr("One condition does not fit"));
    flow_gap(s, 12);
    flow_text(s, TYPE_BODY, COLOR_TEXT, scene_words(s, &rule->refusal), 12);
    flow_gap(s, GAP);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Condition"), scene_words(s, &rule->asks), false);
    flow_fact(s, tr("Basis"), scene_words(s, has_basis ? &rule->basis : &v->service->basis), true);
    flow_card_end(s, card);
    flow_gap(s, 28);
}

static void add_route(struct scene *s)
{
    const struct service *route = s->view->precheck.route;
    if (!route)
        return;
    flow_row(s, (struct widget){ .id = "route",
                                 .icon = route->icon,
                                 .label = scene_words(s, &route->name),
                                 .detail = scene_words(s, &route->gives),
                                 .value = "",
                                 .action = scene_action(EV_TAKE_ROUTE, "", "") });
    flow_gap(s, s->theme->gutter);
}

/* The desk that the rule names, else the one that helps; and when somebody sits there. */
static void add_desk(struct scene *s)
{
    const struct service_rule *rule = s->view->precheck.failed;
    const struct point *point = catalogue_point(s->view->catalogue);
    bool has_where = *rule->where.in[LANGUAGE_ZH] != 0;
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Counter"), scene_words(s, has_where ? &rule->where : &point->window), false);
    flow_fact(s, tr("Staff hours"), scene_words(s, &point->staff_hours), false);
    flow_fact(s, tr("Phone"), point->phone, true);
    flow_card_end(s, card);
    flow_gap(s, s->theme->gutter);
}

static void add_other_point(struct scene *s)
{
    const struct point_other *o = s->view->precheck.other;
    if (!o)
        return;
    flow_row(s, (struct widget){ .id = "places",
                                 .icon = "location_on",
                                 .label = desk_words(s, &o->name),
                                 .detail = page_format(s->page, "%s · %s", desk_open_words(s, o),
                                                       desk_road_words(s, o)),
                                 .value = "",
                                 .action = scene_action(EV_OPEN_PLACES, "", "") });
    flow_gap(s, s->theme->gutter);
}

static void add_slip(struct scene *s)
{
    const struct leaflet_view *l = &s->view->leaflet;
    struct paper_words words = {
        .printing = tr("It is being printed for you"),
        .done = tr("It is printed: please take it"),
        .failed = tr("It cannot be printed now: please note it down or photograph it."),
    };
    if (l->paper == PAPER_OFF && l->can_print)
        paper_add_button(s, "leaflet", "print", tr("Print where to go"), EV_PRINT_LEAFLET);
    paper_add_state(s, &words, l->paper, l->can_print);
}

static void add_all_the_same(struct scene *s)
{
    if (s->view->precheck.can_insist) {
        flow_row(s, (struct widget){ .id = "insist",
                                     .icon = "edit",
                                     .label = tr("I apply all the same"),
                                     .detail = tr("This kiosk refuses nobody: staff look at it and "
                                                  "answer in writing."),
                                     .value = "",
                                     .action = scene_action(EV_INSIST, "", "") });
        flow_gap(s, s->theme->gutter);
    }
    scene_add_unsettled(s, tr("It could not be done"));
}

void screen_condition(struct scene *s)
{
    const struct session_view *v = s->view;
    int bottom = scene_actions_top(s);
    scene_header(s, scene_words(s, &v->service->short_name), EV_BACK);
    flow_gap(s, s->is_short ? 16 : 32);
    flow_begin(s, bottom);
    add_rule(s);
    flow_heading(s, TYPE_H3, tr("What works instead"));
    flow_gap(s, 14);
    add_route(s);
    add_desk(s);
    add_other_point(s);
    flow_gap(s, 8);
    add_slip(s);
    add_all_the_same(s);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec route = {
        "primary", tr("Do this instead"), "arrow_forward", EV_TAKE_ROUTE, "", ""
    };
    scene_actions(s, v->precheck.route ? &route : NULL, &back);
}
