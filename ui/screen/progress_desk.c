/* How a booking, a number in the queue or a withdrawal stands. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/progress.h"

bool progress_is_of_desk(const struct case_view *c)
{
    return !strcmp(c->kind, "appointment") || !strcmp(c->kind, "ticket") ||
           !strcmp(c->kind, "withdrawal");
}

bool progress_desk_words(struct state_words *out, const struct case_view *c)
{
    static const struct {
        const char *kind, *state;
        struct state_words words;
    } rows[] = {
        { "appointment",
          "received",
          { N_("Asked for"),
            N_("The county has your booking and will confirm it. It does not hold yet."),
            "schedule", STYLE_WARNING, -2 } },
        { "appointment",
          "confirmed",
          { N_("Confirmed"), N_("Please come at the time below."), "check", STYLE_SUCCESS, -2 } },
        { "appointment",
          "cancelled",
          { N_("Cancelled"),
            N_("This booking does not hold any more. You may still come without one."), "info",
            STYLE_QUIET, -2 } },
        { "withdrawal",
          "received",
          { N_("The county has your withdrawal"),
            N_("It is compared with the application. There is no answer yet."), "schedule",
            STYLE_WARNING, -2 } },
        { "withdrawal",
          "withdrawn",
          { N_("The application is withdrawn"), N_("You can apply again at any time."), "check",
            STYLE_SUCCESS, -2 } },
        { "withdrawal",
          "not_accepted",
          { N_("It could not be withdrawn"),
            N_("Why stands below. You may also ask at the counter."), "warning", STYLE_WARNING,
            -2 } },
        { "ticket",
          "received",
          { N_("In the queue"), N_("You are called in your turn."), "group", STYLE_SUCCESS, -2 } },
        { "ticket",
          "called",
          { N_("It is your turn"), N_("Please go to the counter below."), "check", STYLE_SUCCESS,
            -2 } },
        { "ticket",
          "closed",
          { N_("Done"), N_("This number has been served."), "info", STYLE_QUIET, -2 } },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(rows[i].kind, c->kind) && !strcmp(rows[i].state, c->state)) {
            *out = rows[i].words;
            return true;
        }
    return false;
}

/* Why an application stays as it is, though somebody wanted it back. */
static void add_why(struct scene *s)
{
    static const struct {
        const char *why, *words;
    } rows[] = {
        { "person", N_("The card is not that of the applicant.") },
        { "over", N_("It was decided before the withdrawal came, or is over.") },
        { "unreadable",
          N_("The county could not read the withdrawal. Please withdraw once more.") },
    };
    const struct case_view *c = &s->view->asked;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(c->kind, "withdrawal") && !strcmp(case_fact(c, "why"), rows[i].why))
            flow_fact(s, tr("Why"), tr(rows[i].words), false);
}

void progress_desk_facts(struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    static const struct {
        const char *name, *label;
    } told[] = { { "when", N_("When") },
                 { "counter", N_("Counter") },
                 { "number", N_("Number") },
                 { "about", N_("Application") } };
    for (size_t i = 0; progress_is_of_desk(c) && i < sizeof(told) / sizeof(told[0]); i++)
        if (*case_fact(c, told[i].name))
            flow_fact(s, tr(told[i].label), page_text(s->page, case_fact(c, told[i].name)), false);
    add_why(s);
}

void progress_add_cancel(struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    bool is_open = !*c->state || !strcmp(c->state, "received") || !strcmp(c->state, "confirmed");
    bool is_visit = case_visit_held(&c->timeline.parts);
    bool is_booking = !strcmp(c->kind, "appointment") && is_open && c->where != CASE_NOT_FOUND;
    if (!is_booking && !is_visit)
        return;
    page_add(s->page, (struct widget){ .id = "cancel-booking",
                                       .kind = &widget_button,
                                       .box = { s->x, s->y, s->w, s->theme->button_h },
                                       .style = STYLE_SECONDARY,
                                       .icon = "cancel",
                                       .label = is_visit ? tr("Give this time back")
                                                         : tr("Cancel this booking"),
                                       .is_in_scroll = true,
                                       .action = scene_action(EV_OPEN_CANCEL, "", "") });
    flow_gap(s, s->theme->button_h + 24);
}
