/* A number in the queue of people: what for, who goes first, and the number (SS-07). */
#include <stdio.h>
#include <string.h>

#include "ui/screen/desk.h"
#include "ui/screen/paper.h"

static const char *theme_name(struct scene *s)
{
    const struct theme *t = catalogue_find_theme(s->view->catalogue, s->view->desk.ticket.theme);
    return t ? scene_words(s, &t->name) : tr("Something else");
}

static void add_choice(struct scene *s, const char *group, const char *value, const char *icon,
                       const char *label, const char *detail)
{
    struct widget row = { .icon = icon,
                          .label = label,
                          .detail = detail ? detail : "",
                          .action = { EV_CHOOSE, group, page_text(s->page, value) } };
    snprintf(row.id, sizeof(row.id), "%s:%s", group, value);
    flow_row(s, row);
    flow_gap(s, s->theme->gap);
}

/* ---- what for ------------------------------------------------------------------------ */

/* Side by side, so that all are seen at once; large letters need the whole width. */
static void add_themes(struct scene *s)
{
    const struct catalogue *c = s->view->catalogue;
    size_t count = catalogue_theme_count(c) + 1;
    int columns = s->theme->is_elder && !s->is_wide ? 1 : 2, gap = s->theme->gutter, x = s->x,
        w = s->w, row_y = s->y, below = s->y;
    for (size_t i = 0; i < count; i++) {
        const struct theme *t = i + 1 < count ? catalogue_theme(c, i) : NULL;
        int column = (int)i % columns;
        row_y = column ? row_y : below;
        s->w = (w - (columns - 1) * gap) / columns;
        s->x = x + column * (s->w + gap);
        s->y = row_y;
        if (t)
            add_choice(s, "theme", t->id, t->icon, scene_words(s, &t->name),
                       desk_queue(s, t->id, false));
        else
            add_choice(s, "theme", DESK_OTHER, "help", tr("Something else"),
                       desk_queue(s, DESK_OTHER, false));
        below = s->y > below ? s->y : below;
    }
    s->x = x;
    s->w = w;
    s->y = below;
}

/* What is urgent has a lane of its own; it is one touch away wherever a number is asked for. */
static void add_urgent(struct scene *s)
{
    flow_gap(s, s->theme->gap);
    flow_row(s, (struct widget){ .id = "urgent",
                                 .icon = "timer",
                                 .label = tr("It is urgent"),
                                 .detail = tr("It cannot wait until tomorrow"),
                                 .action = { EV_CHOOSE, "urgent", DESK_URGENT } });
    flow_gap(s, s->theme->gap);
}

static void ask_theme(struct scene *s, int bottom)
{
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H1, tr("What is it about?"));
    flow_gap(s, 20);
    if (s->view->desk.ticket.urgency) {
        flow_notice(s, STYLE_WARNING, "timer", tr("Urgent: staff confirm it at the counter"));
        flow_gap(s, 20);
    }
    add_themes(s);
    if (!s->view->desk.ticket.urgency)
        add_urgent(s);
    desk_age(s);
    flow_end(s, bottom);
}

static void ask_why(struct scene *s, int bottom)
{
    static const struct {
        enum desk_urgency why;
        const char *icon, *label, *detail;
    } rows[] = {
        { URGENT_DEADLINE, "event", N_("A deadline ends today or tomorrow"),
          N_("Set by law, a court, a school, an employer or a contract") },
        { URGENT_HEALTH, "medical_services", N_("Somebody's health or safety is at stake"), "" },
        { URGENT_DEATH, "home", N_("Somebody has died"), "" },
        { URGENT_TRAVEL, "explore", N_("I leave today or tomorrow"),
          N_("And cannot come back soon") },
    };
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H1, tr("Why can it not wait?"));
    flow_gap(s, 8);
    flow_text(
        s, TYPE_BODY, COLOR_TEXT_2,
        tr("You are called earlier; staff ask about it at the counter. Whoever has waited long is "
           "not passed over."),
        4);
    flow_gap(s, 20);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        add_choice(s, "why", desk_urgent_words[rows[i].why], rows[i].icon, tr(rows[i].label),
                   *rows[i].detail ? tr(rows[i].detail) : NULL);
    flow_end(s, bottom);
}

/* ---- who goes first ------------------------------------------------------------------ */

static void ask_priority(struct scene *s, int bottom)
{
    static const struct {
        const char *value, *icon, *label;
    } rows[] = {
        { "none", "group", N_("None of these") },
        { "old", "elderly", N_("I am 60 or older") },
        { "disabled", "accessible", N_("I am disabled, or accompany somebody who is") },
        { "pregnant", "family_restroom", N_("I am pregnant, or have a baby with me") },
        { "soldier", "star", N_("I am a soldier or veteran") },
    };
    const char *queue = desk_queue(s, s->view->desk.ticket.theme, false);
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H1, tr("Does one of these fit you?"));
    flow_gap(s, 8);
    flow_text(s, TYPE_BODY, COLOR_TEXT_2,
              tr("Then you are called earlier. Nobody asks for a proof; your number comes with "
                 "this touch."),
              4);
    flow_gap(s, 20);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        add_choice(s, "priority", rows[i].value, rows[i].icon, tr(rows[i].label),
                   i || !queue ? NULL : queue);
    add_urgent(s);
    flow_end(s, bottom);
}

/* ---- the number ---------------------------------------------------------------------- */

static void add_paper(struct scene *s)
{
    struct paper_words words = {
        .printing = tr("Your slip is being printed"),
        .done = tr("Your slip is ready: please take it"),
        .failed = tr("Please remember your number, or photograph it. It holds without a slip."),
    };
    paper_add_state(s, &words, s->view->paper, s->view->can_print_again);
}

static void add_number(struct scene *s)
{
    const struct desk_ticket *t = &s->view->desk.ticket;
    flow_text(s, TYPE_BODY, COLOR_TEXT_2, tr("Your number in the queue"), 1)->align = ALIGN_CENTER;
    struct widget *w = flow_text(s, TYPE_DISPLAY, COLOR_TEXT, page_text(s->page, t->number), 1);
    w->align = ALIGN_CENTER;
    snprintf(w->id, sizeof(w->id), "ticket");
    flow_gap(s, 28);
}

static void add_facts(struct scene *s)
{
    const struct desk_ticket *t = &s->view->desk.ticket;
    const char *ahead =
        !t->has_queue ? tr("not known at the moment; please watch the screen in the hall")
        : t->ahead ? page_format(s->page, tr("%d people, about %d minutes"), t->ahead, t->minutes)
                   : tr("nobody: you are next");
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Matter"), theme_name(s), false);
    flow_fact(s, tr("Before you"), ahead, false);
    if (t->urgency)
        flow_fact(s, tr("Order"), tr("Urgent: staff confirm it at the counter"), false);
    else if (t->priority)
        flow_fact(s, tr("Order"), tr("You are called earlier"), false);
    flow_fact(s, tr("Where"), scene_words(s, &catalogue_point(s->view->catalogue)->window), true);
    flow_card_end(s, card);
    flow_gap(s, 24);
}

static void show_held(struct scene *s, int bottom)
{
    flow_begin(s, bottom);
    add_number(s);
    add_facts(s);
    add_paper(s);
    if (s->view->impaired & IMPAIRED_NETWORK) {
        flow_notice(s, STYLE_QUIET, "wifi_off",
                    tr("The network is down. Please show your number at the counter, so that you "
                       "are called in your turn."));
        flow_gap(s, 24);
    }
    flow_end(s, bottom);
}

static void show_refused(struct scene *s, int bottom)
{
    scene_message_between(s, bottom, 0, STYLE_WARNING, "info",
                          tr("No number can be given here now"),
                          tr("Please go to the counter and say that you are waiting. Nobody is "
                             "turned away."));
}

void screen_ticket(struct scene *s)
{
    enum ticket_step step = s->view->desk.ticket.step;
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec finish = { "primary", tr("Finish"), "check", EV_EXIT, "", "" };
    struct button_spec again = { "primary", tr("Try again"), "refresh", EV_NEXT, "", "" };
    scene_header(s, tr("Take a number"), step == TICKET_TAKING ? 0 : EV_BACK);
    int bottom = scene_actions_top(s);
    flow_gap(s, s->is_short ? 20 : 36);
    if (step == TICKET_CHOOSING)
        ask_theme(s, bottom);
    else if (step == TICKET_WHY)
        ask_why(s, bottom);
    else if (step == TICKET_ASKING)
        ask_priority(s, bottom);
    else if (step == TICKET_HELD)
        show_held(s, bottom);
    else if (step == TICKET_REFUSED)
        show_refused(s, bottom);
    else {
        scene_message_between(s, bottom, 100, STYLE_QUIET, "group", tr("One moment, please."),
                              tr("Your number is being fetched."));
        flow_spinner(s);
    }
    scene_actions(s,
                  step == TICKET_HELD      ? &finish
                  : step == TICKET_REFUSED ? &again
                                           : NULL,
                  step == TICKET_TAKING ? NULL : &back);
}
