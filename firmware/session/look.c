/* What the screen may know of a session: its view, made anew whenever somebody looks. */
#include <string.h>

#include "firmware/session/acts.h"
#include "firmware/session/figures.h"

static unsigned impairments(const struct session *s)
{
    unsigned bits = 0;
    bits |= s->has_reader ? 0 : IMPAIRED_READER;
    /* Where none belongs, none is missing: the number on the screen is what one gets. */
    bits |= s->has_printer || !point_prints(desk_news(s)) ? 0 : IMPAIRED_PRINTER;
    bits |= s->link.is_there && s->link.is_up ? 0 : IMPAIRED_NETWORK;
    bits |= session_can_submit(s) ? 0 : IMPAIRED_SUBMIT;
    return bits;
}

static void look_at_draft(struct session_view *view, const struct session *s)
{
    const struct visit *v = &s->visit;
    view->page = v->page;
    view->focus = v->focus;
    view->only = v->only;
    view->spelling = &v->spelling;
    view->is_ink_focus = v->focus >= 0 && v->spelling.way == WAY_PICTURE;
    view->is_revealed = v->revealed_until_ms != 0;
    view->has_errors_shown = v->has_errors_shown;
    view->has_consented = v->has_consented;
    view->is_affirmed = v->is_affirmed;
    view->signature = &v->signature;
    if (v->service)
        parts_look(&view->parts, s);
    view->fetched = &v->fetched;
    if (v->has_draft && v->service) {
        checklist_look(&view->papers, s);
        waive_look(&view->waive, s);
        view->spared = fetch_spared(s);
    }
}

static void look_at_rules(struct session_view *view, const struct session *s)
{
    const struct visit *v = &s->visit;
    precheck_look(&view->precheck, s);
    view->leaflet = leaflet_look(s);
    view->hint = hint_now(s);
    view->needs_no_return = session_needs_no_return(s);
    view->is_elsewhere = desk_is_elsewhere(s, v->service);
    view->is_hinted = v->service && v->service == v->hints.taken;
}

static void look_at_outcome(struct session_view *view, const struct session *s)
{
    const struct visit *v = &s->visit;
    memcpy(view->receipt, v->receipt, sizeof(view->receipt));
    memcpy(view->token_hex, v->token, sizeof(view->token_hex));
    snprintf(view->refusal, sizeof(view->refusal), "%s",
             *v->refusal ? v->refusal : s->link.refusal);
    view->is_unknown_outcome = v->is_unknown_outcome;
    view->is_offline = v->was_offline;
    view->paper = v->paper.state;
    view->is_reprint = v->paper.prints > 1;
    view->can_print_again = outcome_can_print_again(s);
    view->rating = v->rating;
    view->instant = v->instant;
    desk_look(&view->desk, s);
    view->asked = v->asked;
    progress_look(&view->progress, s);
    view->withdrawal = withdrawal_look(s);
    view->aside = aside_look(s);
    memcpy(view->claim, v->claim, sizeof(view->claim));
    view->trips_before = v->trips_before;
    view->is_asked_again = v->is_asked_again;
}

const struct session_view *session_view(const struct session *s)
{
    struct session_view *view = (struct session_view *)&s->view;
    const struct visit *v = &s->visit;
    char day[9];
    const char *today = session_today(s, day);
    memset(view, 0, sizeof(*view));
    view->revision = s->revision;
    view->screen = v->screen;
    view->under = v->under;
    view->language = v->language;
    view->preferences = v->preferences;
    view->tongues = s->config.tongues;
    view->catalogue = s->catalogue;
    view->theme = v->theme;
    view->service = v->service;
    view->impaired = impairments(s);
    view->has_card = v->has_person;
    view->is_card_present = v->is_card_present;
    memcpy(view->name, v->masked_name, sizeof(view->name));
    view->age = v->has_person && today ? age_in_years(v->person.birth, today) : -1;
    view->trouble = v->trouble;
    memcpy(view->typed, v->typed, sizeof(view->typed));
    view->found_count = v->found_count;
    memcpy(view->found, v->found, sizeof(view->found));
    view->is_near = v->is_near;
    look_at_rules(view, s);
    look_at_draft(view, s);
    look_at_outcome(view, s);
    agency_look(&view->agency, s);
    view->helper = v->helper;
    view->bell = v->bell;
    handoff_look(&view->handoff, s);
    view->enrol = s->enrol;
    view->helper.mode = session_help_mode(s);
    bool is_filling = v->help_from == SCREEN_FORM || v->help_from == SCREEN_REVIEW ||
                      v->help_from == SCREEN_PAPERS;
    view->can_be_helped = v->screen == SCREEN_HELP && is_filling && !agency_is_acting(s);
    view->can_be_agent =
        v->screen == SCREEN_HELP && (v->help_from == SCREEN_ATTRACT || v->help_from == SCREEN_HOME);
    course_look(&view->course, s);
    view->is_practice = v->is_practice;
    view->is_unattended = hours_are_unattended(s);
    view->rest = rest_now(s);
    view->ends_ms = session_deadline_ms(s);
    return view;
}
