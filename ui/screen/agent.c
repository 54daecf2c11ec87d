/* An agent at the kiosk: their card, what they brought before, the resident's card, and what does not belong. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/paper.h"
#include "ui/screen/scene.h"

bool scene_has_agents(const struct scene *s)
{
    const struct session_view *v = s->view;
    return v->catalogue && catalogue_point(v->catalogue)->agents.count && !v->is_practice &&
           v->agency.step == AGENCY_NONE;
}

/* ---- cards ----------------------------------------------------------------------------------- */

static const char *trouble_text(enum agency_trouble trouble)
{
    static const char *const texts[] = {
        [AGENCY_NO_LIST] = N_("This point has no agents on its list. Please go to the counter."),
        [AGENCY_UNLISTED] = N_(
            "This card is not on the list of this point's agents. A card that was renewed must be "
            "listed anew: the office at the counter can tell."),
        [AGENCY_ENDED] =
            N_("This agent was on the list until a day that is over. The office at the counter can "
               "tell."),
        [AGENCY_EXPIRED] = N_("This card has expired. With it nobody can act for others."),
        [AGENCY_UNREAD] = N_(
            "The card could not be read. Lift it, then lay it flat on the middle of the reader."),
        [AGENCY_OWN_CARD] =
            N_("This is the agent's own card. Please lift it and lay down the resident's card."),
        [AGENCY_THEIR_OLD] =
            N_("The resident's card has expired. Please go to the counter with it."),
        [AGENCY_THIRD_CARD] =
            N_("This card belongs to neither of you. Nothing was read from it into this matter. "
               "Please lay the resident's card down again."),
        [AGENCY_BEYOND] = N_("The agent's list does not hold this matter. The resident can do it "
                             "without an agent, or "
                             "at the counter."),
    };
    bool is_known = trouble < sizeof(texts) / sizeof(texts[0]) && texts[trouble];
    return is_known ? tr(texts[trouble]) : "";
}

static void add_card_page(struct scene *s, const char *title, const char *text, int back)
{
    const char *trouble = trouble_text(s->view->agency.trouble);
    bool is_broken = s->view->impaired & IMPAIRED_READER;
    int bottom = scene_actions_top(s);
    flow_begin(s, bottom);
    scene_message_between(s, bottom, *trouble || is_broken ? 220 : 0, STYLE_QUIET, "contactless",
                          title, text);
    if (*trouble)
        flow_notice(s, STYLE_WARNING, "warning", trouble);
    else if (is_broken)
        flow_notice(
            s, STYLE_WARNING, "credit_card",
            tr("The card reader does not work at the moment. Guides and answers still work."));
    flow_end(s, bottom);
    struct button_spec other = { "other", tr("Back"), "arrow_back", back, "", "" };
    scene_actions(s, NULL, &other);
}

void screen_agent_card(struct scene *s)
{
    scene_header(s, tr("I help somebody"), EV_BACK);
    add_card_page(s, tr("First your own card"),
                  tr("Agents of this village lay down their own ID card. Family members need none: "
                     "they lay down the resident's card and say in the form who they are."),
                  EV_BACK);
}

void screen_agent_resident(struct scene *s)
{
    scene_header(s, tr("Acting for a resident"), EV_BACK);
    add_card_page(
        s, tr("Now the resident's card"),
        s->view->is_card_present
            ? tr("Lift your own card. Then lay the resident's card on the reader and leave it "
                 "there.")
            : tr("Lay the resident's card on the reader and leave it there. The resident stands "
                 "beside you and agrees."),
        EV_BACK);
}

/* ---- what the agent brought ------------------------------------------------------------------- */

static const char *duty_text(enum agency_duty duty)
{
    return duty == DUTY_SIGN      ? tr("Tell the resident to come and sign. Touch for a notice.")
           : duty == DUTY_HAND_IN ? tr("Something is to be handed in. Touch for a notice.")
           : duty == DUTY_NOTIFY  ? tr("Tell the resident. Touch for a notice.")
                                  : tr("Nothing to do now");
}

static const char *duty_badge(enum agency_duty duty)
{
    return duty == DUTY_SIGN      ? tr("Come and sign")
           : duty == DUTY_HAND_IN ? tr("Hand in")
           : duty == DUTY_NOTIFY  ? tr("Notify")
                                  : tr("Wait");
}

static void add_task(struct scene *s, size_t i)
{
    const struct agency_task *t = &s->view->agency.tasks->list[i];
    const struct service *service = catalogue_find(s->view->catalogue, t->code);
    enum agency_duty duty = agency_duty_of(t);
    const char *name = service ? scene_words(s, &service->short_name) : t->code;
    const char *state = *t->state ? scene_case_title(t->state) : tr("No answer yet");
    struct widget row = { .icon = service ? service->icon : "description",
                          .label = name,
                          .detail = page_format(s->page, "%s · %s · %s", t->receipt, state,
                                                duty_text(duty)),
                          .value = duty_badge(duty),
                          .style = duty == DUTY_WAIT ? STYLE_QUIET : STYLE_WARNING };
    if (duty != DUTY_WAIT)
        row.action = scene_action(EV_AGENT_NOTICE, t->receipt, "");
    snprintf(row.id, sizeof(row.id), "task:%zu", i);
    flow_row(s, row);
    flow_gap(s, s->theme->gutter);
}

static void add_tasks(struct scene *s)
{
    const struct agency_tasks *tasks = s->view->agency.tasks;
    flow_heading(s, TYPE_H3, tr("What you brought from here"));
    flow_gap(s, 8);
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2,
              tr("Numbers and matters only. Whose they are is on your slips, not on this machine."),
              4);
    flow_gap(s, 20);
    if (!tasks->is_known)
        flow_notice(s, STYLE_QUIET, "schedule", tr("This cannot be looked up at the moment."));
    else if (!tasks->count)
        flow_notice(s, STYLE_QUIET, "info", tr("Nothing yet, or nothing that is still open."));
    for (size_t i = 0; tasks->is_known && i < tasks->count; i++)
        add_task(s, i);
}

/* An agent takes it as it comes: nobody is asked whether it is whole. */
static void add_notice_state(struct scene *s)
{
    enum paper_state paper = s->view->paper == PAPER_ASK ? PAPER_DONE : s->view->paper;
    struct paper_words words = {
        .printing = tr("The notice is being printed"),
        .done = tr("The notice is ready: please take it along"),
        .failed = tr("No notice can be printed now. Please write the number down."),
    };
    paper_add_state(s, &words, paper, false);
}

void screen_agent_home(struct scene *s)
{
    const struct agency_view *a = &s->view->agency;
    int bottom = scene_actions_top(s);
    scene_header(s, a->role ? scene_words(s, a->role) : "", 0);
    flow_gap(s, s->is_short ? 16 : 40);
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H1, page_format(s->page, tr("Good that you help, %s"), a->agent));
    flow_gap(s, 24);
    add_notice_state(s);
    add_tasks(s);
    flow_end(s, bottom);
    struct button_spec other = { "other", tr("Finish"), "logout", EV_END, "", "" };
    struct button_spec next = { "primary", tr("Act for a resident"), "handshake", EV_NEXT, "", "" };
    scene_actions(s, &next, &other);
}

/* ---- what does not belong --------------------------------------------------------------------- */

void screen_agent_wrong(struct scene *s)
{
    bool is_matter = s->view->agency.trouble == AGENCY_BEYOND;
    int bottom = scene_actions_top(s);
    scene_header(s, tr("Acting for a resident"), 0);
    flow_begin(s, bottom);
    scene_message_between(s, bottom, 0, STYLE_WARNING, is_matter ? "lock" : "badge",
                          is_matter ? tr("Not among the agent's matters")
                                    : tr("This is another card"),
                          trouble_text(s->view->agency.trouble));
    flow_end(s, bottom);
    struct button_spec other = { "end", tr("Finish"), "logout", EV_END, "", "" };
    struct button_spec go_on = { "primary", tr("Go on"), "", EV_CONTINUE, "", "" };
    scene_actions(s, &go_on, &other);
}
