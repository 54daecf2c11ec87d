#include "firmware/session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/locked.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/session/acts.h"

/* ---- small things that everything uses ----------------------------------------------- */

int64_t session_now(const struct session *s)
{
    return s->config.clock->boot_ms(s->config.clock);
}

const char *session_tr(const struct session *s, enum language language, const char *msgid)
{
    return s->config.ports->translate(s->config.context, language, msgid);
}

const char *session_today(const struct session *s, char out[9])
{
    char utc[21];
    if (s->link.clock_quality == CLOCK_UNSET)
        return NULL;
    int64_t offset = (int64_t)s->config.utc_offset_minutes * 60000;
    clock_format_utc(utc, s->config.clock->wall_ms(s->config.clock) + offset);
    snprintf(out, 9, "%.4s%.2s%.2s", utc, utc + 5, utc + 8);
    return out;
}

bool session_can_submit(const struct session *s)
{
    if (s->visit.is_practice)
        return true;
    bool has_key =
        s->keys && seal_keys_are_usable(s->keys, s->config.clock->wall_ms(s->config.clock));
    return s->link.is_there && s->link.is_accepting && has_key;
}

void session_enter(struct session *s, enum screen to)
{
    s->visit.screen = to;
    s->visit.touched_ms = s->visit.entered_ms = session_now(s);
    s->visit.revealed_until_ms = 0;
}

/* The stack below may still hold what functions that have returned left there. */
static __attribute__((noinline)) void wipe_stack(void)
{
    char below[128 * 1024];
    explicit_bzero(below, sizeof(below));
}

void session_clean(struct visit *v)
{
    explicit_bzero(v, sizeof(*v));
    v->focus = v->only = -1;
    v->preferences.volume = VOLUME_DEFAULT;
    for (size_t i = 0; i < INK_FIELDS; i++)
        v->written[i].field = -1;
}

void session_forget(struct session *s)
{
    practice_end(s);
    session_clean(&s->visit);
    explicit_bzero(&s->view, sizeof(s->view));
    wipe_stack();
    s->config.ports->forgotten(s->config.context);
}

bool session_is_busy(const struct session *s)
{
    return s->visit.screen != SCREEN_ATTRACT && s->visit.screen != SCREEN_OUT_OF_SERVICE;
}

/* ---- the table ----------------------------------------------------------------------- */

#define IN(name) (UINT64_C(1) << SCREEN_##name)
#define DESK (IN(POINT) | IN(TICKET) | IN(CALENDAR) | IN(PLACES) | IN(FIGURES) | IN(CANCEL))
#define BROWSING \
    (IN(HOME) | IN(THEME) | IN(SEARCH) | IN(GUIDE) | IN(PROGRESS) | IN(NEED_CARD) | DESK)
#define FILLING (IN(FORM) | IN(REVIEW) | IN(PAPERS) | IN(NOTICE))
#define TYPING (IN(FORM) | IN(SEARCH) | IN(ASIDE_TEXT))
#define DRAWING (FILLING | IN(SEARCH) | IN(ASIDE_TEXT) | IN(AGENT_CONSENT))
#define ENDING (IN(DONE) | IN(NOT_SAVED) | IN(RATING))
#define REPORTING (IN(ASIDE) | IN(ASIDE_TEXT) | IN(ASIDE_KEPT))
#define RATED (IN(RATING) | IN(DONE) | IN(ASIDE_KEPT))
#define ASKING (IN(STILL_THERE) | IN(CARD_REMOVED) | IN(LEAVE) | IN(COVERED) | IN(AGENT_WRONG))
#define AGENT_CARDS (IN(AGENT_CARD) | IN(AGENT_HOME) | IN(AGENT_RESIDENT))
#define HELPERS (IN(HELPER) | IN(HELPER_BACK))
#define AIDED (AGENT_CARDS | IN(AGENT_CONSENT) | HELPERS)
#define VISITING \
    (BROWSING | FILLING | IN(SUBMITTING) | ENDING | IN(HELP) | REPORTING | ASKING | AIDED)
#define BEGINNING (IN(READING) | IN(CARD_TROUBLE))

_Static_assert(SCREEN_COUNT <= 64, "a set of screens is one word");

static const struct transition {
    uint64_t in; /* set of screens */
    enum event_kind on;
    enum screen to; /* used when `act` is NULL */
    act act;
} table[] = {
    /* a card begins a visit */
    { IN(ATTRACT) | IN(CARD_TROUBLE), EV_CARD_COMING, 0, act_card_coming },
    { IN(ATTRACT) | BEGINNING, EV_CARD_READ, 0, act_card_begins },
    { IN(ATTRACT) | BEGINNING | IN(NEED_CARD), EV_CARD_TROUBLE, 0, act_card_trouble },
    { BEGINNING, EV_CARD_GONE, 0, act_end_visit },
    { BEGINNING, EV_END, 0, act_end_visit },
    { BEGINNING, EV_EXIT, 0, act_end_visit },
    { IN(CARD_TROUBLE), EV_BEGIN, 0, act_begin_guest },
    { IN(READING), EV_TIME, 0, act_read_too_long },
    { IN(CARD_TROUBLE), EV_TIME, 0, act_end_visit },
    { IN(NEED_CARD), EV_CARD_READ, 0, act_card_begins },
    { IN(NEED_CARD), EV_BACK, SCREEN_GUIDE, NULL },

    /* cards during a visit */
    { VISITING & ~IN(NEED_CARD) & ~AGENT_CARDS, EV_CARD_READ, 0, act_card_again },
    { RATED, EV_CARD_GONE, 0, act_card_taken },
    { IN(SUBMITTING), EV_CARD_GONE, 0, act_card_taken },
    { VISITING & ~RATED & ~IN(SUBMITTING) & ~IN(CARD_REMOVED) & ~AGENT_CARDS & ~IN(AGENT_WRONG),
      EV_CARD_GONE, 0, act_card_gone },

    /* an agent: two cards, one consent */
    { IN(ATTRACT) | IN(HOME) | IN(HELP) | IN(DONE), EV_OPEN_AGENT, 0, act_open_agent },
    { IN(AGENT_CARD), EV_CARD_READ, 0, act_agent_card },
    { IN(AGENT_HOME) | IN(AGENT_RESIDENT), EV_CARD_READ, 0, act_resident_card },
    { AGENT_CARDS, EV_CARD_TROUBLE, 0, act_agent_unread },
    { AGENT_CARDS, EV_CARD_GONE, 0, act_agent_lifted },
    { IN(AGENT_WRONG), EV_CARD_GONE, 0, act_go_on },
    { IN(AGENT_CARD) | IN(AGENT_HOME), EV_BACK, 0, act_agent_back },
    { IN(AGENT_HOME), EV_NEXT, SCREEN_AGENT_RESIDENT, NULL },
    { IN(AGENT_HOME), EV_AGENT_NOTICE, 0, act_agent_notice },
    { AGENT_CARDS | IN(AGENT_CONSENT), EV_AGENT_NOTES, 0, act_agent_notes },
    { IN(AGENT_RESIDENT), EV_BACK, SCREEN_AGENT_HOME, NULL },
    { IN(AGENT_CONSENT), EV_AFFIRM, 0, act_affirm_agency },
    { IN(AGENT_CONSENT), EV_NEXT, 0, act_agree },
    { IN(AGENT_CONSENT), EV_BACK, 0, act_refuse },
    { IN(AGENT_CONSENT), EV_AGENT_REFUSE, 0, act_refuse },

    /* a helper at the screen */
    { IN(HELP), EV_HELPER_TAKES, 0, act_helper_takes },
    { IN(HELPER), EV_HELP_MODE, 0, act_help_mode },
    { IN(HELP) | IN(HELPER_BACK), EV_HELPER_RETURNS, 0, act_helper_returns },
    { HELPERS, EV_BACK, 0, act_leave_helper },

    /* without a card */
    { IN(ATTRACT), EV_BEGIN, 0, act_begin_guest },
    { IN(ATTRACT) | IN(HOME) | IN(DONE), EV_OPEN_PROGRESS, 0, act_begin_progress },
    { IN(ATTRACT) | (VISITING & ~IN(HELP) & ~HELPERS & ~IN(SUBMITTING) & ~ASKING) |
          IN(CARD_TROUBLE),
      EV_OPEN_HELP, 0, act_open_help },
    { IN(ATTRACT) | BEGINNING | VISITING, EV_LANGUAGE, 0, act_set_language },
    { IN(ATTRACT) | BEGINNING | VISITING, EV_ELDER, 0, act_set_elder },
    { IN(ATTRACT) | BEGINNING | VISITING, EV_CONTRAST, 0, act_set_contrast },
    { IN(ATTRACT) | BEGINNING | VISITING, EV_LOWER, 0, act_set_lowered },
    { IN(ATTRACT) | BEGINNING | VISITING, EV_SPEECH, 0, act_set_speech },
    { IN(ATTRACT) | BEGINNING | VISITING, EV_VOLUME, 0, act_set_volume },
    { IN(ATTRACT), EV_TIME, 0, act_end_visit },
    { IN(ATTRACT) | BEGINNING | (VISITING & ~ASKING), EV_TOUCHED, 0, act_keep_awake },
    { IN(ATTRACT) | IN(HOME), EV_OPEN_POINT, 0, act_open_point },
    { IN(POINT), EV_BACK, 0, act_go_home },
    { IN(POINT) | IN(GUIDE), EV_OPEN_TICKET, 0, act_open_ticket },
    { IN(TICKET), EV_CHOOSE, 0, act_ticket_choose },
    { IN(TICKET), EV_NEXT, 0, act_ticket_again },
    { IN(TICKET), EV_BACK, 0, act_leave_ticket },
    { IN(TICKET) | IN(CANCEL), EV_RESERVED, 0, act_reserved },
    { BROWSING | ASKING | IN(HELP), EV_SUBMITTED, 0, act_submitted },
    { IN(TICKET) | IN(CANCEL), EV_NOT_SUBMITTED, 0, act_not_submitted },
    { IN(TICKET), EV_PRINT_STATE, 0, act_print_state },
    { IN(TICKET), EV_SLIP_GOOD, 0, act_slip_good },
    { IN(TICKET), EV_SLIP_BAD, 0, act_slip_bad },
    { IN(POINT) | IN(GUIDE) | IN(NOT_SAVED) | IN(CALENDAR), EV_OPEN_PLACES, 0, act_open_places },
    { IN(PLACES), EV_BACK, 0, act_leave_places },
    { IN(POINT), EV_OPEN_FIGURES, SCREEN_FIGURES, NULL },
    { IN(FIGURES), EV_BACK, SCREEN_POINT, NULL },
    { IN(POINT), EV_OPEN_SERVICE, 0, act_open_service },
    { IN(CALENDAR), EV_CHOOSE, 0, act_calendar_choose },
    { IN(CALENDAR), EV_NEXT, 0, act_calendar_wish },
    { IN(CALENDAR), EV_BACK, SCREEN_GUIDE, NULL },
    { IN(PROGRESS), EV_OPEN_CANCEL, 0, act_open_cancel },
    { IN(CANCEL), EV_TYPE, 0, act_cancel_type },
    { IN(CANCEL), EV_ERASE, 0, act_cancel_erase },
    { IN(CANCEL), EV_CLEAR, 0, act_cancel_erase },
    { IN(CANCEL), EV_NEXT, 0, act_cancel_send },
    { IN(CANCEL), EV_BACK, SCREEN_PROGRESS, NULL },
    { IN(POINT), EV_OPEN_PROGRESS, 0, act_begin_progress },

    /* finding a matter */
    { IN(HOME) | IN(SEARCH) | IN(THEME), EV_OPEN_THEME, 0, act_open_theme },
    { IN(HOME), EV_OPEN_SEARCH, 0, act_open_search },
    { IN(HOME) | IN(THEME) | IN(SEARCH), EV_OPEN_SERVICE, 0, act_open_service },
    { IN(SEARCH), EV_TYPE, 0, act_type_search },
    { IN(SEARCH), EV_ERASE, 0, act_erase_search },
    { IN(SEARCH), EV_CLEAR, 0, act_clear_search },
    { IN(THEME) | IN(SEARCH) | IN(PROGRESS), EV_BACK, 0, act_go_home },
    { IN(GUIDE), EV_BACK, 0, act_leave_guide },
    { IN(GUIDE), EV_NEXT, 0, act_start_form },

    /* the form */
    { IN(FORM), EV_NEXT, 0, act_next_page },
    { IN(FORM), EV_BACK, 0, act_last_page },
    { IN(FORM), EV_FOCUS, 0, act_focus_field },
    { IN(FORM), EV_TYPE, 0, act_type_field },
    { IN(FORM), EV_ERASE, 0, act_erase_field },
    { IN(FORM), EV_CLEAR, 0, act_clear_field },
    { IN(FORM), EV_CHOOSE, 0, act_choose },
    { TYPING, EV_USE_WAY, 0, act_use_way },
    { TYPING, EV_LETTER, 0, act_letter },
    { TYPING, EV_PICK, 0, act_pick },
    { TYPING | IN(HELP) | HELPERS | ASKING, EV_CANDIDATES, 0, act_candidates },
    { DRAWING, EV_INK_BEGIN, 0, act_draw },
    { DRAWING, EV_INK_MOVE, 0, act_draw },
    { DRAWING, EV_INK_END, 0, act_draw },
    { DRAWING, EV_INK_UNDO, 0, act_draw },
    { DRAWING, EV_INK_CLEAR, 0, act_draw },

    /* review and submission */
    { IN(REVIEW), EV_EDIT, 0, act_edit_page },
    { IN(REVIEW), EV_BACK, 0, act_back_to_form },
    { IN(REVIEW), EV_REVEAL, 0, act_reveal },
    { IN(REVIEW), EV_CONSENT, 0, act_consent },
    { IN(REVIEW), EV_AFFIRM, 0, act_affirm },
    { IN(REVIEW), EV_NEXT, 0, act_confirm },
    { FILLING | IN(SUBMITTING) | ASKING | IN(HELP) | HELPERS | IN(AGENT_CONSENT) | RATED |
          IN(ASIDE),
      EV_RESERVED, 0, act_reserved },
    { IN(SUBMITTING) | IN(NOT_SAVED) | RATED | IN(ASIDE) | ASKING | IN(HELP), EV_SUBMITTED, 0,
      act_submitted },
    { FILLING | IN(SUBMITTING) | ASKING | HELPERS | IN(AGENT_CONSENT) | RATED | IN(ASIDE) |
          IN(HELP),
      EV_NOT_SUBMITTED, 0, act_not_submitted },
    { IN(SUBMITTING), EV_TIME, 0, act_no_answer },
    { IN(NOT_SAVED), EV_NEXT, 0, act_try_again },
    { IN(NOT_SAVED), EV_BACK, SCREEN_REVIEW, NULL },
    { IN(REVIEW), EV_OPEN_PAPERS, 0, act_open_papers },
    { IN(PAPERS), EV_ANSWER_PAPER, 0, act_answer_paper },
    { IN(PAPERS), EV_NEXT, 0, act_next_paper },
    { IN(PAPERS), EV_BACK, 0, act_last_paper },
    { IN(NOTICE), EV_HAND_IN, 0, act_hand_in },
    { IN(NOTICE), EV_SLIP_GOOD, 0, act_notice_good },
    { IN(NOTICE), EV_SLIP_BAD, 0, act_notice_bad },
    { IN(NOTICE), EV_BACK, 0, act_back_to_papers },
    { IN(NOTICE), EV_END, 0, act_end_visit },
    { FILLING | IN(SUBMITTING), EV_PRINT_STATE, 0, act_notice_state },

    /* the slip */
    { RATED | IN(STILL_THERE) | IN(PROGRESS) | IN(HELP) | AGENT_CARDS, EV_PRINT_STATE, 0,
      act_print_state },
    { IN(DONE), EV_SLIP_GOOD, 0, act_slip_good },
    { IN(DONE), EV_SLIP_BAD, 0, act_slip_bad },
    { IN(DONE), EV_NEXT, 0, act_another_matter },

    /* the rating */
    { IN(DONE), EV_OPEN_RATING, 0, act_open_rating },
    { IN(RATING), EV_RATE, 0, act_rate },
    { IN(RATING), EV_RATE_TAG, 0, act_rate_tag },
    { IN(RATING), EV_NEXT, 0, act_send_rating },
    { IN(RATING), EV_BACK, SCREEN_DONE, NULL },

    /* what is reported beside the matter */
    { IN(ATTRACT) | (VISITING & ~IN(SUBMITTING) & ~ASKING & ~REPORTING & ~AIDED) | IN(CARD_TROUBLE),
      EV_OPEN_UNSETTLED, 0, act_open_unsettled },
    { IN(GUIDE), EV_OPEN_MISMATCH, 0, act_open_mismatch },
    { IN(DONE), EV_OPEN_AGAIN, 0, act_open_again },
    { IN(ASIDE), EV_ASIDE_CHOOSE, 0, act_aside_choose },
    { IN(ASIDE), EV_ASIDE_TYPE, 0, act_aside_open_text },
    { IN(ASIDE), EV_NEXT, 0, act_aside_send },
    { IN(ASIDE), EV_BACK, 0, act_leave_aside },
    { IN(ASIDE_TEXT), EV_TYPE, 0, act_aside_text },
    { IN(ASIDE_TEXT), EV_ERASE, 0, act_aside_text },
    { IN(ASIDE_TEXT), EV_CLEAR, 0, act_aside_text },
    { IN(ASIDE_TEXT), EV_NEXT, 0, act_aside_text_done },
    { IN(ASIDE_TEXT), EV_BACK, 0, act_aside_text_back },
    { IN(ASIDE_KEPT), EV_NEXT, 0, act_leave_aside },
    { IN(ASIDE_KEPT), EV_SLIP_GOOD, 0, act_aside_slip },
    { IN(ASIDE_KEPT), EV_SLIP_BAD, 0, act_aside_slip },
    { REPORTING, EV_EXIT, 0, act_exit_aside },
    { REPORTING, EV_TIME, 0, act_ask_still_there },

    /* progress */
    { IN(ATTRACT) | IN(HOME) | IN(DONE) | IN(PROGRESS), EV_SCANNED, 0, act_scanned },
    { IN(PROGRESS), EV_TYPE, 0, act_type_number },
    { IN(PROGRESS), EV_ERASE, 0, act_erase_number },
    { IN(PROGRESS), EV_CLEAR, 0, act_clear_number },
    { IN(PROGRESS), EV_NEXT, 0, act_ask_case },
    { IN(PROGRESS) | IN(HELP) | ASKING, EV_CASE, 0, act_case_answer },
    { IN(PROGRESS), EV_PRINT_CASE, 0, act_print_case },

    /* leaving */
    { VISITING & ~IN(SUBMITTING) & ~ASKING, EV_COVER, 0, act_cover },
    { IN(HELP), EV_BACK, 0, act_leave_help },
    { BROWSING | IN(HELP) | ENDING | AIDED, EV_EXIT, 0, act_end_visit },
    { FILLING, EV_EXIT, 0, act_ask_leave },
    { ASKING, EV_CONTINUE, 0, act_go_on },
    { ENDING | ASKING | AIDED, EV_END, 0, act_end_visit },
    { BROWSING | FILLING | ENDING | IN(HELP) | AIDED, EV_TIME, 0, act_ask_still_there },
    { ASKING, EV_TIME, 0, act_end_visit },

    /* staff: a card that is laid down meanwhile begins nothing, since no row says so */
    { IN(ATTRACT) | IN(OUT_OF_SERVICE), EV_STAFF_BEGIN, 0, act_staff_begin },
    { IN(STAFF), EV_STAFF_END, 0, act_end_visit },
    { IN(STAFF), EV_LANGUAGE, 0, act_set_language },
    { IN(STAFF), EV_LOWER, 0, act_set_lowered },
};

/* How long a screen stays without a touch (design: UI guide 7.6). 0: for ever. */
static const int32_t limit_ms[SCREEN_COUNT] = {
    [SCREEN_READING] = 8000,         [SCREEN_CARD_TROUBLE] = 20000, [SCREEN_HOME] = 60000,
    [SCREEN_THEME] = 60000,          [SCREEN_SEARCH] = 60000,       [SCREEN_GUIDE] = 90000,
    [SCREEN_NEED_CARD] = 60000,      [SCREEN_FORM] = 120000,        [SCREEN_REVIEW] = 120000,
    [SCREEN_SUBMITTING] = 10000,     [SCREEN_DONE] = 60000,         [SCREEN_NOT_SAVED] = 120000,
    [SCREEN_RATING] = 60000,         [SCREEN_PROGRESS] = 60000,     [SCREEN_HELP] = 60000,
    [SCREEN_LEAVE] = 30000,          [SCREEN_STILL_THERE] = 30000,  [SCREEN_CARD_REMOVED] = 10000,
    [SCREEN_COVERED] = 60000,        [SCREEN_POINT] = 60000,        [SCREEN_TICKET] = 60000,
    [SCREEN_CALENDAR] = 90000,       [SCREEN_PLACES] = 90000,       [SCREEN_FIGURES] = 60000,
    [SCREEN_CANCEL] = 60000,         [SCREEN_PAPERS] = 120000,      [SCREEN_NOTICE] = 120000,
    [SCREEN_AGENT_CARD] = 60000,     [SCREEN_AGENT_HOME] = 60000,   [SCREEN_AGENT_RESIDENT] = 60000,
    [SCREEN_AGENT_CONSENT] = 180000, [SCREEN_AGENT_WRONG] = 30000,  [SCREEN_HELPER] = 60000,
    [SCREEN_HELPER_BACK] = 120000,   [SCREEN_ASIDE] = 90000,        [SCREEN_ASIDE_TEXT] = 120000,
    [SCREEN_ASIDE_KEPT] = 60000,
};

static const struct transition *row_for(enum screen in, enum event_kind on)
{
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        if (table[i].on == on && (table[i].in & (UINT64_C(1) << in)))
            return &table[i];
    return NULL;
}

static bool is_adjusted(const struct visit *v)
{
    const struct preferences *p = &v->preferences;
    return v->language != LANGUAGE_ZH || p->is_elder || p->is_contrast || p->is_lowered ||
           p->is_speech_on || p->volume != VOLUME_DEFAULT;
}

enum { ACTING_MS = 300000 };

/* With an agent there is talk between two touches; with nobody to help, less is left lying open. */
static int32_t patience_ms(const struct visit *v)
{
    enum { STRICT_PERCENT = 66 };
    int32_t limit = limit_ms[v->screen];
    uint64_t in = UINT64_C(1) << v->screen;
    if (v->agency.step == AGENCY_ACTING && in & (BROWSING | FILLING))
        return ACTING_MS;
    return v->is_strict && in & (BROWSING | FILLING | ENDING | IN(HELP) | AIDED)
               ? limit / 100 * STRICT_PERCENT
               : limit;
}

int64_t session_deadline_ms(const struct session *s)
{
    int64_t reveal = s->visit.revealed_until_ms, due = INT64_MAX;
    int32_t limit = patience_ms(&s->visit);
    bool is_slow = s->visit.preferences.is_elder || s->visit.preferences.is_speech_on;
    /* Whoever chose a language or large letters and walked away leaves the usual page behind. */
    if (s->visit.screen == SCREEN_ATTRACT && is_adjusted(&s->visit))
        limit = 60000;
    /* Slow hands and slow reading: twice the time, except for a card that cannot be read. */
    if (is_slow && limit < ACTING_MS)
        limit *= s->visit.screen == SCREEN_READING || s->visit.screen == SCREEN_SUBMITTING ? 1 : 2;
    /* Once the card is taken from a finished matter there is little left to wait for. */
    if (s->visit.screen == SCREEN_DONE && s->visit.has_person && !s->visit.is_card_present)
        limit /= 2;
    if (limit)
        due = s->visit.touched_ms + limit;
    return reveal && reveal < due ? reveal : due;
}

/* Facts about devices and the queue process hold whoever is here; they need no row. */
static void take_facts(struct session *s, const struct event *e)
{
    if (e->kind == EV_READER)
        s->has_reader = e->number != 0;
    if (e->kind == EV_PRINTER)
        s->has_printer = e->number != 0;
    if (e->kind == EV_LINK)
        s->link = *e->link;
}

static bool is_time(struct session *s)
{
    int64_t now = session_now(s);
    if (s->visit.revealed_until_ms && now >= s->visit.revealed_until_ms) {
        s->visit.revealed_until_ms = 0;
        s->revision++;
    }
    return now >= session_deadline_ms(s);
}

static bool is_by_hand(enum event_kind kind)
{
    return kind > EV_TOUCHED && kind < EV_READER && kind != EV_AGENT_NOTES;
}

/* A real card ends practice: whoever lays it down means it. */
static void leave_practice(struct session *s, const struct event *e)
{
    if (!s->visit.is_practice || (e->kind != EV_CARD_READ && e->kind != EV_CARD_COMING))
        return;
    session_forget(s);
    session_enter(s, s->catalogue ? SCREEN_ATTRACT : SCREEN_OUT_OF_SERVICE);
}

void session_handle(struct session *s, const struct event *e)
{
    take_facts(s, e);
    leave_practice(s, e);
    if (e->kind == EV_TIME && !is_time(s))
        return;
    if (e->kind != EV_TOUCHED)
        s->revision++;
    const struct transition *row = row_for(s->visit.screen, e->kind);
    if (!row)
        return;
    if (is_by_hand(e->kind))
        s->visit.touched_ms = session_now(s);
    bool was_busy = session_is_busy(s);
    enum screen to = row->act ? row->act(s, e) : row->to;
    if (to != (enum screen)STAY)
        session_enter(s, to);
    if (!was_busy && session_is_busy(s) && s->visit.screen != SCREEN_STAFF)
        hours_begin(s);
    practice_answer(s);
}

/* ---- view ---------------------------------------------------------------------------- */

static unsigned impairments(const struct session *s)
{
    unsigned bits = 0;
    bits |= s->has_reader ? 0 : IMPAIRED_READER;
    bits |= s->has_printer ? 0 : IMPAIRED_PRINTER;
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
    if (v->has_draft && v->service)
        checklist_look(&view->papers, s);
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
    view->paper = v->paper;
    view->is_reprint = v->prints > 1;
    view->can_print_again = outcome_can_print_again(s);
    view->rating = v->rating;
    desk_look(&view->desk, s);
    view->asked = v->asked;
    progress_look(&view->progress, s);
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
    look_at_draft(view, s);
    look_at_outcome(view, s);
    agency_look(&view->agency, s);
    view->helper = v->helper;
    view->helper.mode = session_help_mode(s);
    bool is_filling = v->help_from == SCREEN_FORM || v->help_from == SCREEN_REVIEW ||
                      v->help_from == SCREEN_PAPERS;
    view->can_be_helped = v->screen == SCREEN_HELP && is_filling && !agency_is_acting(s);
    view->can_be_agent =
        v->screen == SCREEN_HELP && (v->help_from == SCREEN_ATTRACT || v->help_from == SCREEN_HOME);
    view->is_practice = v->is_practice;
    view->is_unattended = hours_are_unattended(s);
    view->ends_ms = session_deadline_ms(s);
    return view;
}

/* ---- life ---------------------------------------------------------------------------- */

int session_new(struct session **out, const struct session_config *config)
{
    struct session *s = locked_new(sizeof(*s));
    if (!s)
        return -ENOMEM;
    s->config = *config;
    trips_begin(&s->trips);
    session_clean(&s->visit);
    s->visit.screen = SCREEN_OUT_OF_SERVICE;
    *out = s;
    return 0;
}

void session_free(struct session *s)
{
    if (!s)
        return;
    seal_keys_free(s->keys);
    point_free(s->point);
    locked_free(s, sizeof(*s));
}

void session_set_catalogue(struct session *s, const struct catalogue *c)
{
    s->catalogue = c;
    s->revision++;
    if (!session_is_busy(s))
        session_enter(s, c ? SCREEN_ATTRACT : SCREEN_OUT_OF_SERVICE);
}

void session_set_keys(struct session *s, struct seal_keys *keys)
{
    seal_keys_free(s->keys);
    s->keys = keys;
    s->revision++;
}

void session_set_point(struct session *s, struct point_news *point)
{
    point_free(s->point);
    s->point = point;
    s->revision++;
}
