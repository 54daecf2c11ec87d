/* An application is taken back by whoever made it: what that means, once confirmed, and the number of the withdrawal. */
#include <string.h>

#include "ui/screen/outcome.h"
#include "ui/screen/progress.h"
#include "ui/screen/scene.h"

static void ask_card(struct scene *s, int bottom)
{
    bool is_broken = s->view->impaired & IMPAIRED_READER;
    scene_message_between(s, bottom, is_broken ? 140 : 0, STYLE_QUIET, "contactless",
                          tr("Now tap your ID card"),
                          tr("Only whoever made the application can withdraw it. Lay the card on "
                             "the reader and leave it there."));
    if (is_broken)
        flow_notice(s, STYLE_WARNING, "credit_card",
                    tr("The card reader does not work at the moment. Please go to the counter for "
                       "this matter."));
}

static void add_application(struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    const struct service *service = s->view->withdrawal.service;
    struct widget *card = flow_card(s);
    if (service)
        flow_fact(s, tr("Matter"), scene_words(s, &service->name), false);
    flow_fact(s, tr("Application"), s->view->withdrawal.about, !*c->state);
    if (*c->state)
        flow_fact(s, tr("How it stands"), scene_case_title(c->state), true);
    flow_card_end(s, card);
    flow_gap(s, 24);
}

static void ask(struct scene *s, int bottom)
{
    flow_gap(s, s->is_short ? 16 : 40);
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H1, tr("Do you want to withdraw this application?"));
    flow_gap(s, 24);
    if (s->view->withdrawal.state ==
        WITHDRAWAL_FAILED) { /* above all: a small panel shows no more */
        flow_notice(s, STYLE_DANGER, "info",
                    tr("This could not be stored. Please try again, or call the counter."));
        flow_gap(s, 24);
    }
    add_application(s);
    flow_notice(s, STYLE_QUIET, "info",
                tr("The county then stops its work and decides nothing. You can apply again at any "
                   "time."));
    flow_end(s, bottom);
}

static void show_kept(struct scene *s, int bottom)
{
    const struct withdrawal_view *w = &s->view->withdrawal;
    bool is_down = s->view->impaired & IMPAIRED_NETWORK;
    struct halves h = scene_halves(s, 50);
    flow_gap(s, s->is_short ? 16 : 40);
    int top = s->y;
    scene_use(s, (struct rect){ h.left.x, 0, s->room.w - 2 * s->theme->margin, 0 });
    flow_begin(s, bottom);
    if (s->is_wide)
        scene_use(s, h.left);
    outcome_add_title(s, tr("Noted"),
                      is_down ? tr("It is stored here and goes to the county by itself.")
                              : tr("It is on its way to the county."));
    outcome_add_number(s, "receipt", tr("Number of the withdrawal"), w->receipt,
                       tr("Keep it, or photograph the code. With it you can ask for the answer."));
    int left = s->y;
    if (s->is_wide) {
        scene_use(s, h.right);
        s->y = top;
    }
    outcome_add_paper(s, w->paper, w->can_print_again);
    add_application(s);
    flow_notice(s, STYLE_QUIET, "info",
                tr("The county compares your card with the application. Once it is withdrawn you "
                   "see it under its number."));
    flow_gap(s, 24);
    s->y = (s->y > left ? s->y : left) - 24;
    scene_column(s);
    flow_end(s, bottom);
}

static void send_it(struct scene *s, int bottom)
{
    scene_message_between(s, bottom, 100, STYLE_QUIET, "lock", tr("Being sealed and stored"),
                          tr("One moment, please."));
    flow_spinner(s);
}

void screen_withdraw(struct scene *s)
{
    enum withdrawal_state state = s->view->withdrawal.state;
    bool is_kept = state == WITHDRAWAL_KEPT, is_sending = state == WITHDRAWAL_SENDING;
    bool is_asked = !is_kept && !is_sending && s->view->has_card;
    struct button_spec yes = { "primary", tr("Withdraw it"), "cancel", EV_NEXT, "", "" };
    struct button_spec on = {
        "primary", tr("See how it stands"), "arrow_forward", EV_NEXT, "", ""
    };
    struct button_spec no = { "other",      is_asked ? tr("Keep it") : tr("Back"),
                              "arrow_back", EV_BACK,
                              "",           "" };
    struct button_spec end = { "end", tr("Finish"), "logout", EV_EXIT, "", "" };
    scene_header(s, tr("Withdraw an application"), is_kept || is_sending ? 0 : EV_BACK);
    int bottom = scene_actions_top(s);
    if (is_kept)
        show_kept(s, bottom);
    else if (is_sending)
        send_it(s, bottom);
    else if (is_asked)
        ask(s, bottom);
    else
        ask_card(s, bottom);
    scene_actions(s,
                  is_kept    ? &on
                  : is_asked ? &yes
                             : NULL,
                  is_kept      ? &end
                  : is_sending ? NULL
                               : &no);
}

/* On the page of progress. */
void progress_add_withdraw(struct scene *s)
{
    const struct withdrawal_view *w = &s->view->withdrawal;
    if (!w->is_offered)
        return;
    if (w->is_on_its_way)
        flow_notice(s, STYLE_QUIET, "info", tr("Your withdrawal is on its way to the county."));
    else
        page_add(s->page, (struct widget){ .id = "withdraw",
                                           .kind = &widget_button,
                                           .box = { s->x, s->y, s->w, s->theme->button_h },
                                           .style = STYLE_SECONDARY,
                                           .icon = "cancel",
                                           .label = tr("Withdraw this application"),
                                           .is_in_scroll = true,
                                           .action = scene_action(EV_OPEN_WITHDRAW, "", "") });
    flow_gap(s, (w->is_on_its_way ? 0 : s->theme->button_h) + 24);
}
