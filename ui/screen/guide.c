/* What a matter is, who may do it, what it takes: before anything is asked. */
#include <stdio.h>

#include "ui/screen/bundle.h"
#include "ui/screen/condition.h"
#include "ui/screen/desk.h"
#include "ui/screen/elsewhere.h"
#include "ui/screen/life_event.h"
#include "ui/screen/paper.h"
#include "ui/screen/scene.h"

static const char *days(struct scene *s, int count)
{
    return count > 0 ? page_format(s->page, tr("%d working days"), count)
                     : tr("on the spot, once checked");
}

static void add_facts(struct scene *s)
{
    const struct service *service = s->view->service;
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Who may apply"), scene_words(s, &service->who), false);
    const char *promised = days(s, service->promised_days);
    if (service->legal_days > 0)
        promised =
            page_format(s->page, "%s (%s %d)", promised, tr("by law at most"), service->legal_days);
    flow_fact(s, tr("How long"), promised, false);
    flow_fact(s, tr("Fee"), scene_words(s, &service->fee), false);
    flow_fact(s, tr("Office"), scene_words(s, &service->department), false);
    flow_fact(s, tr("Basis"), scene_words(s, &service->basis), true);
    flow_card_end(s, card);
}

struct column {
    enum material_how how;
    enum widget_style style;
    const char *icon, *title;
};

void flow_material(struct scene *s, const struct material *m, enum widget_style style,
                   const char *icon)
{
    const char *detail = scene_words(s, &m->source);
    if (m->how == MATERIAL_LATER)
        detail = page_format(s->page, tr("within %d working days"), m->late_days);
    else if (m->how == MATERIAL_FETCHED && s->view->impaired & IMPAIRED_NETWORK)
        detail = scene_words(s, &m->offline);
    flow_mark(s, style, icon, scene_words(s, &m->name), detail);
}

void flow_mark(struct scene *s, enum widget_style style, const char *icon, const char *name,
               const char *detail)
{
    int side = s->theme->types[TYPE_ICON_S].px + 20, x = s->x + 32 + side + 28,
        width = s->x + s->w - 32 - x, top = s->y;
    page_add(s->page, (struct widget){ .kind = &widget_icon,
                                       .box = { s->x + 32, top + 14, side, side },
                                       .style = style,
                                       .icon = icon,
                                       .type = TYPE_ICON_S,
                                       .is_in_scroll = true });
    struct {
        enum type_token type;
        enum color color;
        const char *text;
    } lines[] = { { TYPE_STRONG, COLOR_TEXT, name }, { TYPE_SMALL, COLOR_TEXT_2, detail } };
    /* One line alone stands in the middle of its icon. */
    flow_gap(s, *detail ? 10 : 14 + (side - scene_line(s, TYPE_STRONG)) / 2);
    for (size_t i = 0; i < (*detail ? 2 : 1); i++) {
        int height =
            text_block_height(s->text, s->theme->types[lines[i].type], lines[i].text, width, 14);
        page_add(s->page, (struct widget){ .kind = &widget_label,
                                           .box = { x, s->y, width, height },
                                           .label = lines[i].text,
                                           .type = lines[i].type,
                                           .color = lines[i].color,
                                           .max_lines = 14,
                                           .is_in_scroll = true });
        flow_gap(s, height);
    }
    if (s->y < top + 14 + side)
        s->y = top + 14 + side;
    flow_gap(s, 16);
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
        for (size_t i = 0; i < service->material_count; i++) {
            if (service->materials[i].how != columns[c].how)
                continue;
            if (!card) {
                flow_heading(s, TYPE_H3, tr(columns[c].title));
                flow_gap(s, 14);
                card = flow_card(s);
            }
            flow_material(s, &service->materials[i], columns[c].style, columns[c].icon);
        }
        if (card) {
            flow_card_end(s, card);
            flow_gap(s, 28);
        }
    }
}

static bool can_start(const struct scene *s)
{
    enum service_reach reach = s->view->service->reach;
    return reach != REACH_INFO && !s->view->is_elsewhere;
}

/* Whoever has to go to the counter can queue at once. */
static void add_ticket(struct scene *s)
{
    page_add(s->page, (struct widget){ .id = "ticket",
                                       .kind = &widget_button,
                                       .box = { s->x, s->y, s->w, s->theme->button_h },
                                       .style = STYLE_SECONDARY,
                                       .icon = "group",
                                       .label = tr("Take a number for the counter"),
                                       .is_in_scroll = true,
                                       .action = scene_action(EV_OPEN_TICKET, "", "") });
    flow_gap(s, s->theme->button_h + 24);
}

static void add_summary(struct scene *s)
{
    const struct session_view *v = s->view;
    flow_heading(s, TYPE_H2, scene_words(s, &v->service->name));
    flow_gap(s, 12);
    flow_text(s, TYPE_BODY, COLOR_TEXT_2, scene_words(s, &v->service->gives), 12);
    flow_gap(s, 24);
    if (v->is_hinted) {
        flow_notice(s, STYLE_SUCCESS, "check_circle", scene_words(s, &v->service->hint->words));
        flow_gap(s, 24);
    }
    if (v->service->is_no_return) {
        flow_notice(
            s, STYLE_SUCCESS, "check_circle",
            tr("No need to come again: nothing has to be brought later, nothing collected."));
        flow_gap(s, 24);
    }
    if (v->service->is_urgent) {
        flow_notice(s, STYLE_WARNING, "timer", tr("Urgent: help comes first, papers may follow."));
        flow_gap(s, 24);
    }
    if (v->impaired & IMPAIRED_SUBMIT) {
        flow_notice(s, STYLE_WARNING, "warning",
                    page_format(s->page, "%s %s",
                                tr("This cannot be submitted here at the moment. Please go to:"),
                                scene_words(s, &catalogue_point(v->catalogue)->window)));
        flow_gap(s, 24);
    }
    elsewhere_add(s);
    if (point_has(v->desk.news, POINT_TICKETS) && !v->is_elsewhere &&
        (v->service->reach == REACH_AGENT || v->service->reach == REACH_INFO))
        add_ticket(s);
    life_event_add_guide(s);
    add_facts(s);
    elsewhere_add_guide(s);
    flow_gap(s, 28);
    condition_add_guide(s);
}

/* To read at home, or for whoever is sent with the papers (SS-23). */
static void add_leaflet(struct scene *s)
{
    const struct leaflet_view *l = &s->view->leaflet;
    struct paper_words words = {
        .printing = tr("The guide is being printed for you"),
        .done = tr("The guide is printed: please take it"),
        .failed = tr("The guide cannot be printed now: please photograph this page."),
    };
    if (l->paper == PAPER_OFF && l->can_print)
        paper_add_button(s, "leaflet", "print", tr("Print this guide"), EV_PRINT_LEAFLET);
    paper_add_state(s, &words, l->paper, l->can_print);
}

/* A guide is held against what really happens by those who went there (SS-25). */
static void add_mismatch(struct scene *s)
{
    flow_row(s,
             (struct widget){ .id = "mismatch",
                              .icon = "flag",
                              .label = tr("Not as it really is?"),
                              .detail = tr("Tell us what differs. You need not say who you are."),
                              .value = "",
                              .action = scene_action(EV_OPEN_MISMATCH, "", "") });
    flow_gap(s, 28);
}

/* Facts and materials one below the other, or side by side. */
static void add_contents(struct scene *s, int bottom)
{
    struct halves h = scene_halves(s, 52);
    int top = s->y, left;
    scene_use(s, (struct rect){ h.left.x, 0, s->room.w - 2 * s->theme->margin, 0 });
    if (!s->is_wide)
        scene_column(s);
    flow_begin(s, bottom);
    if (s->is_wide)
        scene_use(s, h.left);
    add_summary(s);
    bundle_add_guide(s);
    left = s->y;
    if (s->is_wide) {
        scene_use(s, h.right);
        s->y = top;
    }
    add_materials(s);
    add_leaflet(s);
    add_mismatch(s);
    s->y = (s->y > left ? s->y : left) - 28;
    scene_column(s);
    flow_end(s, bottom);
}

void screen_guide(struct scene *s)
{
    const struct session_view *v = s->view;
    scene_header(s, scene_words(s, &v->service->short_name), EV_BACK);
    if (can_start(s))
        scene_steps(s, 0);
    else
        flow_gap(s, 28);
    add_contents(s, scene_actions_top(s));
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    /* In large letters the minutes would fall onto a second line; the list before has said them. */
    struct button_spec start = { "primary",
                                 v->preferences.is_elder
                                     ? tr("Start now")
                                     : page_format(s->page, tr("Start (about %d min)"),
                                                   v->service->minutes),
                                 "arrow_forward",
                                 EV_NEXT,
                                 "",
                                 "" };
    struct button_spec book = { "primary", tr("Choose a half-day"), "event", EV_NEXT, "", "" };
    struct button_spec elsewhere = {
        "primary", tr("Where can I do this?"), "location_on", EV_OPEN_PLACES, "", ""
    };
    const struct button_spec *way = !can_start(s) ? &elsewhere
                                    : v->service->reach == REACH_BOOK && v->desk.calendar ? &book
                                                                                          : &start;
    scene_actions(s, way, &back);
}
