/* Acts from "confirm" to the slip, and of looking up a case. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/calendar/calendar.h"
#include "firmware/session/acts.h"
#include "firmware/session/figures.h"

/* ---- review and submission ------------------------------------------------------------------- */

enum screen act_edit_page(struct session *s, const struct event *e)
{
    if (e->number < 0 || (size_t)e->number >= s->visit.service->page_count)
        return stay();
    draft_show_page(s, (size_t)e->number, DRAFT_FIRST);
    draft_focus(s, -1);
    return SCREEN_FORM;
}

enum screen act_back_to_form(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.screen == SCREEN_REVIEW && checklist_is_asked(s)) {
        checklist_show(s, CHECKLIST_LAST);
        return SCREEN_PAPERS;
    }
    size_t page = s->visit.service->page_count - 1;
    while (page && !session_page_is_asked(s, page))
        page--;
    draft_show_page(s, page, DRAFT_LAST);
    draft_focus(s, -1);
    return SCREEN_FORM;
}

enum screen act_reveal(struct session *s, const struct event *e)
{
    (void)e;
    bool is_shown = s->visit.revealed_until_ms != 0;
    s->visit.revealed_until_ms = is_shown ? 0 : session_now(s) + 10000;
    s->visit.has_errors_shown = false; /* whoever reads again is not led away from what he reads */
    return stay();
}

/* Whoever cannot see the pad confirms by keys: only while the screen is read out, so that no stray
 * key signs for somebody who sees it. */
enum screen act_affirm(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.preferences.is_speech_on)
        s->visit.is_affirmed = !s->visit.is_affirmed;
    return stay();
}

enum screen act_consent(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.has_consented = !s->visit.has_consented;
    return stay();
}

enum screen act_confirm(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    (void)e;
    bool is_signed = !session_needs_signature(s) || v->is_affirmed || ink_is_written(&v->signature);
    bool is_ready = is_signed && (!v->service->needs_consent || v->has_consented);
    if (!is_ready) {
        v->has_errors_shown = true;
        return stay();
    }
    if (v->helper.is_helping)
        return SCREEN_HELPER_BACK;
    if (!agency_still_holds(s))
        return SCREEN_AGENT_CONSENT;
    session_enter(s, SCREEN_SUBMITTING);
    submit_start(s); /* may go on to SCREEN_NOT_SAVED at once */
    return stay();
}

enum screen act_try_again(struct session *s, const struct event *e)
{
    (void)e;
    session_enter(s, SCREEN_SUBMITTING);
    submit_start(s);
    return stay();
}

static bool is_ours(const struct session *s, const char *token)
{
    return s->visit.has_draft && token && !strcmp(token, s->visit.token);
}

static bool is_waited_for(const struct session *s)
{
    return s->visit.screen == SCREEN_SUBMITTING || s->visit.screen == SCREEN_NOT_SAVED;
}

enum screen act_reserved(struct session *s, const struct event *e)
{
    if (rating_reserved(s, e->reservation) || desk_reserved(s, e->reservation) ||
        withdrawal_reserved(s, e->reservation) || aside_reserved(s, e->reservation) ||
        !is_ours(s, e->reservation->token))
        return stay();
    s->visit.reservation = *e->reservation;
    s->visit.has_reservation = true;
    s->visit.is_reserving = false;
    if (s->visit.screen == SCREEN_SUBMITTING && !s->visit.is_sent)
        submit_start(s);
    return stay();
}

static int make_slip(struct slip **out, const struct session *s)
{
    if (!s->has_printer)
        return -ENODEV;
    if (s->visit.screen == SCREEN_TICKET)
        return slip_ticket(out, s);
    return s->visit.service->reach == REACH_BOOK ? slip_booking(out, s) : slip_receipt(out, s);
}

void outcome_print(struct session *s)
{
    struct visit *v = &s->visit;
    struct slip *slip = NULL;
    int failed = make_slip(&slip, s);
    bool is_ticket = v->screen == SCREEN_TICKET;
    paper_job_send(s, &v->paper, failed, slip, is_ticket ? v->desk.ticket.receipt : v->receipt);
}

/* Has the same person handed in the same matter lately? Asked about after the receipt (SS-58). Once for each matter and
 * visit: a second child is no second trip. */
static void count_trip(struct session *s)
{
    struct visit *v = &s->visit;
    char text[9];
    const char *today = session_today(s, text);
    v->trips_before = 0;
    v->is_asked_again = false;
    if (!v->has_person || v->is_practice || session_is_anonymous(s) || !today ||
        v->counted == v->service)
        return;
    v->trips_before =
        trips_note(&s->trips, v->person.number, v->service->code, day_from_text(today));
    v->counted = v->service;
}

enum screen act_submitted(struct session *s, const struct event *e)
{
    if (aside_stored(s, e->name, e->value))
        return s->visit.screen == SCREEN_ASIDE ? SCREEN_ASIDE_KEPT : stay();
    if (rating_stored(s, e->name, true) || desk_stored(s, e->name, true) ||
        withdrawal_stored(s, e->name, e->value))
        return stay();
    if (!is_ours(s, e->name))
        return stay();
    if (!is_waited_for(s))
        return stay(); /* said twice */
    snprintf(s->visit.receipt, sizeof(s->visit.receipt), "%s", e->value);
    agency_remember(s);
    matters_remember(s);
    count_trip(s);
    figures_done(s);
    if (!instant_begin(s))
        outcome_print(s);
    return SCREEN_DONE;
}

enum screen act_not_submitted(struct session *s, const struct event *e)
{
    if (rating_stored(s, e->name, false) || desk_stored(s, e->name, false) ||
        aside_stored(s, e->name, NULL) || withdrawal_stored(s, e->name, NULL))
        return stay();
    if (!is_ours(s, e->name))
        return stay();
    if (*s->visit.receipt)
        return stay();
    snprintf(s->visit.refusal, sizeof(s->visit.refusal), "%s", e->value);
    s->visit.is_unknown_outcome = !strcmp(e->value, "unknown-outcome");
    s->visit.is_reserving = s->visit.is_sent = false;
    /* A refused reservation while the form is being filled in matters only when it is handed over.
     */
    return s->visit.screen == SCREEN_SUBMITTING ? SCREEN_NOT_SAVED : stay();
}

/* ---- the slip -------------------------------------------------------------------------------- */

/* Two copies where an agent acts: the resident's is out, now the agent's. */
static void print_other_copy(struct session *s)
{
    struct visit *v = &s->visit;
    bool is_first = agency_is_acting(s) && !v->agency.copy && !session_is_anonymous(s);
    if (v->screen != SCREEN_DONE && v->screen != SCREEN_RATING)
        return;
    if (v->paper.state != PAPER_DONE || !is_first)
        return;
    v->agency.copy = 1;
    v->paper = (struct paper_job){ 0 };
    outcome_print(s);
}

enum screen act_print_state(struct session *s, const struct event *e)
{
    bool is_beside = progress_print_state(s, e) || course_printed(s, e) || aside_printed(s, e) ||
                     leaflet_printed(s, e) || handoff_printed(s, e) || withdrawal_printed(s, e);
    if (!is_beside && paper_job_heard(&s->visit.paper, e))
        print_other_copy(s);
    return stay();
}

enum screen act_slip_good(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.paper.state = PAPER_DONE;
    print_other_copy(s);
    return stay();
}

bool outcome_can_print_again(const struct session *s)
{
    return paper_job_can_print(s, &s->visit.paper);
}

/* Two more tries, marked as reprints if anything may have come out before; then the number on the
 * screen has to do. */
enum screen act_slip_bad(struct session *s, const struct event *e)
{
    (void)e;
    if (outcome_can_print_again(s))
        outcome_print(s);
    else
        s->visit.paper.state = PAPER_FAILED;
    return stay();
}

/* The slip with which an agent tells a resident to come. */
enum screen act_agent_notice(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    const struct agency_tasks *tasks = &v->agency.tasks;
    for (size_t i = 0; e->name && i < tasks->count; i++) {
        struct slip *slip = NULL;
        if (strcmp(tasks->list[i].receipt, e->name) != 0)
            continue;
        int failed = s->has_printer ? slip_call(&slip, s, &tasks->list[i]) : -ENODEV;
        v->paper = (struct paper_job){ 0 };
        paper_job_send(s, &v->paper, failed, slip, tasks->list[i].receipt);
        break;
    }
    return stay();
}

/* ---- progress -------------------------------------------------------------------------------- */

enum screen act_type_number(struct session *s, const struct event *e)
{
    size_t used = strlen(s->visit.typed);
    for (const char *c = e->value ? e->value : ""; *c && used + 1 < RECEIPT_TEXT; c++) {
        bool is_letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
        if (!is_letter && !(*c >= '0' && *c <= '9') && *c != '-')
            continue;
        s->visit.typed[used++] = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
        s->visit.typed[used] = 0;
    }
    s->visit.matters.is_typing = true; /* a list that comes now must not take the keys away */
    s->visit.asked.where = CASE_UNASKED;
    return stay();
}

enum screen act_erase_number(struct session *s, const struct event *e)
{
    (void)e;
    typed_erase(s);
    s->visit.asked.where = CASE_UNASKED;
    return stay();
}

enum screen act_clear_number(struct session *s, const struct event *e)
{
    (void)e;
    explicit_bzero(s->visit.typed, sizeof(s->visit.typed));
    explicit_bzero(&s->visit.asked, sizeof(s->visit.asked));
    return stay();
}

enum screen act_ask_case(struct session *s, const struct event *e)
{
    struct case_view *asked = &s->visit.asked;
    char last[RECEIPT_TEXT];
    (void)e;
    memcpy(last, asked->receipt, sizeof(last));
    explicit_bzero(asked, sizeof(*asked));
    bool is_number = !receipt_parse(asked->receipt, s->visit.typed);
    if (!is_number || strcmp(asked->receipt, last) != 0)
        progress_turn_page(s);
    if (!is_number) {
        asked->where = CASE_BAD_NUMBER;
        return stay();
    }
    snprintf(s->visit.typed, sizeof(s->visit.typed), "%s", asked->receipt);
    asked->where = s->link.is_there ? CASE_ASKING : CASE_UNAVAILABLE;
    if (s->link.is_there)
        s->config.ports->ask_case(s->config.context, asked->receipt);
    return stay();
}

/* A slip held before the scanner: how does it stand? */
enum screen act_scanned(struct session *s, const struct event *e)
{
    act_begin_progress(s, &(struct event){ .kind = EV_OPEN_PROGRESS });
    snprintf(s->visit.typed, sizeof(s->visit.typed), "%s", e->value);
    act_ask_case(s, e);
    return SCREEN_PROGRESS;
}

const char *case_fact(const struct case_view *c, const char *name)
{
    for (size_t i = 0; i < c->fact_count; i++)
        if (!strcmp(c->facts[i].name, name))
            return c->facts[i].value;
    return "";
}
