/* The screen goes to a helper, and back before anything is signed. Nothing that was filled in is touched. */
#include <stdio.h>

#include "ui/screen/scene.h"

void screen_helper(struct scene *s)
{
    static const struct {
        const char *value, *icon, *label, *detail;
    } ways[] = {
        { "guide", "handshake", N_("Show the way"),
          N_("The resident fills in; the helper explains.") },
        { "assist", "group", N_("Fill in together"), N_("Both answer, question by question.") },
        { "do", "edit", N_("Fill in for them"), N_("The helper types what the resident says.") },
    };
    int bottom = scene_actions_top(s);
    scene_header(s, tr("Somebody helps me"), EV_BACK);
    flow_gap(s, s->is_short ? 16 : 40);
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H1, tr("How do you help?"));
    flow_gap(s, 12);
    flow_text(
        s, TYPE_BODY, COLOR_TEXT_2,
        tr("What was filled in stays. The resident checks and signs at the end. The slip says how "
           "it was helped with."),
        6);
    flow_gap(s, 28);
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        struct widget row = { .icon = ways[i].icon,
                              .label = tr(ways[i].label),
                              .detail = tr(ways[i].detail),
                              .is_selected = false,
                              .action = scene_action(EV_HELP_MODE, "", ways[i].value) };
        snprintf(row.id, sizeof(row.id), "mode:%s", ways[i].value);
        flow_row(s, row);
        flow_gap(s, s->theme->gutter);
    }
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    scene_actions(s, NULL, &back);
}

/* The five services of a helper (SS-42): for whoever counts the help, never a condition. */
static void add_services(struct scene *s)
{
    static const struct {
        enum help_service service;
        const char *word, *label;
    } services[] = {
        { HELP_WITH_FORM, "form", N_("Filling in the form") },
        { HELP_WITH_ONLINE, "online", N_("Filing online") },
        { HELP_WITH_PHONE, "phone", N_("Signing up with the phone") },
        { HELP_WITH_UPLOAD, "upload", N_("Handing in papers") },
        { HELP_WITH_WHOLE, "whole", N_("The whole matter") },
    };
    int height = s->theme->choice_h;
    flow_heading(s, TYPE_H3, tr("What was helped with? It need not be said."));
    flow_gap(s, 12);
    for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
        struct widget w = { .kind = &widget_choice,
                            .box = { s->x, s->y, s->w, height },
                            .label = tr(services[i].label),
                            .is_selected = s->view->helper.service == services[i].service,
                            .is_in_scroll = s->is_in_scroll,
                            .action = scene_action(EV_HELP_SERVICE, "", services[i].word) };
        snprintf(w.id, sizeof(w.id), "with:%s", services[i].word);
        page_add(s->page, w);
        s->y += height + s->theme->gap;
    }
}

void screen_helper_back(struct scene *s)
{
    int bottom = scene_actions_top(s);
    scene_header(s, tr("Somebody helps me"), EV_BACK);
    flow_gap(s, s->is_short ? 16 : 40);
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H1, tr("Now it is the resident's turn"));
    flow_gap(s, 12);
    flow_text(s, TYPE_BODY, COLOR_TEXT,
              tr("Please give the screen back. Whoever signs reads it first, and signs alone."), 6);
    flow_gap(s, 32);
    add_services(s);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec go_on = { "primary", tr("I am the resident: go on"),
                                 "",        EV_HELPER_RETURNS,
                                 "",        "" };
    scene_actions(s, &go_on, &back);
}
