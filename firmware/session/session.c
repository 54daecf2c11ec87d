#include "firmware/session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/locked.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/session/internal.h"

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

/* A visit in which nothing has happened yet. */
static void begin_clean(struct visit *v)
{
    explicit_bzero(v, sizeof(*v));
    v->focus = -1;
    for (size_t i = 0; i < INK_FIELDS; i++)
        v->written[i].field = -1;
}

void session_forget(struct session *s)
{
    begin_clean(&s->visit);
    explicit_bzero(&s->view, sizeof(s->view));
    wipe_stack();
    s->config.ports->forgotten(s->config.context);
}

bool session_is_busy(const struct session *s)
{
    return s->visit.screen != SCREEN_ATTRACT && s->visit.screen != SCREEN_OUT_OF_SERVICE;
}

/* ---- acts: what a transition does; each returns the screen to go to, or STAY --------- */

enum { STAY = SCREEN_COUNT, PRINTS_MAX = 3 };

typedef enum screen (*act)(struct session *s, const struct event *e);

static enum screen stay(void)
{
    return (enum screen)STAY;
}

static enum screen end_visit(struct session *s, const struct event *e)
{
    (void)e;
    session_forget(s);
    return s->catalogue ? SCREEN_ATTRACT : SCREEN_OUT_OF_SERVICE;
}

static enum screen begin_guest(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.is_guest = true;
    return SCREEN_HOME;
}

static enum screen begin_progress(struct session *s, const struct event *e)
{
    snprintf(s->visit.typed, sizeof(s->visit.typed), "%s%s", s->link.kiosk_id,
             *s->link.kiosk_id ? "-" : "");
    explicit_bzero(&s->visit.asked, sizeof(s->visit.asked));
    s->visit.is_guest |= !s->visit.has_person;
    if (e->value && *e->value)
        snprintf(s->visit.typed, sizeof(s->visit.typed), "%s", s->visit.receipt);
    return SCREEN_PROGRESS;
}

static enum screen set_language(struct session *s, const struct event *e)
{
    const char *to = e->value ? e->value : "";
    enum language other = s->visit.language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH;
    s->visit.language = !strcmp(to, "zh") ? LANGUAGE_ZH : !strcmp(to, "en") ? LANGUAGE_EN : other;
    return stay();
}

static enum screen keep_awake(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.touched_ms = session_now(s);
    return stay();
}

/* -- cards -- */

static bool is_expired(const struct session *s, const struct person *p)
{
    char day[9];
    const char *today = session_today(s, day);
    return today && !p->is_long_term && *p->valid_to && strcmp(p->valid_to, today) < 0;
}

static void take_person(struct session *s, const struct person *p)
{
    s->visit.person = *p;
    s->visit.has_person = s->visit.is_card_present = true;
    s->visit.is_guest = false;
    s->visit.trouble = TROUBLE_NONE;
    mask_name(s->visit.masked_name, *p->name ? p->name : p->english_name);
}

static enum screen card_coming(struct session *s, const struct event *e)
{
    (void)s;
    (void)e;
    return SCREEN_READING;
}

static enum screen card_trouble(struct session *s, const struct event *e)
{
    s->visit.trouble = (enum card_trouble)e->number;
    return SCREEN_CARD_TROUBLE;
}

static enum screen open_form(struct session *s)
{
    draft_open(s);
    draft_focus(s, draft_first_empty(s));
    return SCREEN_FORM;
}

/* The first card of a visit: it leads home, or on to the matter that asked for it. */
static enum screen card_begins(struct session *s, const struct event *e)
{
    if (is_expired(s, e->person)) {
        s->visit.trouble = TROUBLE_EXPIRED;
        return SCREEN_CARD_TROUBLE;
    }
    take_person(s, e->person);
    return s->visit.service ? open_form(s) : SCREEN_HOME;
}

/* A card during a visit: the same person's goes on, a guest's is theirs, another person's ends the
 * visit first. */
static enum screen card_again(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    bool is_same = v->has_person && !strcmp(v->person.number, e->person->number);
    if (is_same) {
        v->is_card_present = true;
        return v->screen == SCREEN_CARD_REMOVED ? v->under : stay();
    }
    if (v->has_person) {
        session_forget(s);
        return card_begins(s, e);
    }
    if (is_expired(s, e->person))
        return stay();
    take_person(s, e->person);
    if (v->has_draft && v->service)
        draft_prefill(s);
    return stay();
}

static enum screen card_gone(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    (void)e;
    if (!v->has_person || !v->is_card_present)
        return stay();
    v->is_card_present = false;
    v->under = v->screen == SCREEN_STILL_THERE || v->screen == SCREEN_LEAVE ? v->under : v->screen;
    return SCREEN_CARD_REMOVED;
}

/* Nothing is asked when the work is done: taking the card is what one should do. */
static enum screen card_taken(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.is_card_present = false;
    return stay();
}

static enum screen go_on(struct session *s, const struct event *e)
{
    (void)e;
    return s->visit.under;
}

/* -- finding a matter -- */

static enum screen go_home(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.theme = NULL;
    return SCREEN_HOME;
}

static enum screen open_theme(struct session *s, const struct event *e)
{
    s->visit.theme = e->name ? catalogue_find_theme(s->catalogue, e->name) : NULL;
    return s->visit.theme ? SCREEN_THEME : stay();
}

static void search(struct session *s)
{
    struct visit *v = &s->visit;
    size_t most = sizeof(v->found) / sizeof(v->found[0]);
    v->is_near = false;
    v->found_count =
        *v->typed ? catalogue_search(s->catalogue, v->typed, v->found, most, &v->is_near) : 0;
}

static enum screen open_search(struct session *s, const struct event *e)
{
    (void)e;
    explicit_bzero(s->visit.typed, sizeof(s->visit.typed));
    search(s);
    return SCREEN_SEARCH;
}

static enum screen type_search(struct session *s, const struct event *e)
{
    size_t used = strlen(s->visit.typed);
    text_copy(s->visit.typed + used, TYPED_MAX - used, e->value ? e->value : "");
    search(s);
    return stay();
}

static void erase_typed(struct session *s)
{
    char *typed = s->visit.typed;
    size_t length = strlen(typed), count = text_count(typed);
    size_t keep = count ? text_offset(typed, count - 1) : 0;
    explicit_bzero(typed + keep, length - keep);
}

static enum screen erase_search(struct session *s, const struct event *e)
{
    (void)e;
    erase_typed(s);
    search(s);
    return stay();
}

static enum screen open_service(struct session *s, const struct event *e)
{
    const struct service *service = e->name ? catalogue_find(s->catalogue, e->name) : NULL;
    if (!service)
        return stay();
    s->visit.list = s->visit.screen;
    s->visit.service = service;
    return SCREEN_GUIDE;
}

static enum screen leave_guide(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.service = NULL;
    return s->visit.list == SCREEN_GUIDE ? SCREEN_HOME : s->visit.list;
}

static enum screen start_form(struct session *s, const struct event *e)
{
    (void)e;
    const struct service *service = s->visit.service;
    if (service->reach != REACH_KIOSK && service->reach != REACH_AGENT)
        return stay();
    if (service->needs_card && !s->visit.has_person)
        return SCREEN_NEED_CARD;
    return open_form(s);
}

/* -- the form -- */

static enum screen next_page(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    (void)e;
    int wrong = draft_first_problem(s, v->page);
    if (wrong >= 0) {
        /* The first one that is typed and still empty opens by itself; anything else is shown with
         * its sentence. */
        bool was_editing = v->focus >= 0;
        v->has_errors_shown = !was_editing || wrong == v->focus || draft_first_empty(s) < 0;
        draft_focus(s, was_editing && draft_first_empty(s) != v->focus ? draft_first_empty(s) : -1);
        return stay();
    }
    v->has_errors_shown = false;
    size_t next = v->page + 1;
    while (next < v->service->page_count && !session_page_is_asked(s, next))
        next++;
    if (next < v->service->page_count) {
        v->page = next;
        draft_focus(s, draft_first_empty(s));
        return stay();
    }
    draft_focus(s, -1);
    submit_reserve(s);
    return SCREEN_REVIEW;
}

static enum screen last_page(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    (void)e;
    v->has_errors_shown = false;
    draft_focus(s, -1);
    for (size_t page = v->page; page > 0; page--)
        if (session_page_is_asked(s, page - 1)) {
            v->page = page - 1;
            return stay();
        }
    return SCREEN_GUIDE;
}

static enum screen focus_field(struct session *s, const struct event *e)
{
    draft_focus(s, e->name && *e->name ? draft_find(s, e->name) : -1);
    return stay();
}

static enum screen type_field(struct session *s, const struct event *e)
{
    draft_type(s, e->value ? e->value : "");
    return stay();
}

static enum screen erase_field(struct session *s, const struct event *e)
{
    (void)e;
    draft_erase(s);
    return stay();
}

static enum screen clear_field(struct session *s, const struct event *e)
{
    (void)e;
    draft_clear(s);
    return stay();
}

static enum screen choose(struct session *s, const struct event *e)
{
    if (e->name && e->value)
        draft_choose(s, e->name, e->value);
    return stay();
}

static enum screen use_ink(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.is_ink_focus = draft_ink(s, true) != NULL;
    return stay();
}

static enum screen use_keys(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.is_ink_focus = false;
    return stay();
}

static enum screen draw(struct session *s, const struct event *e)
{
    struct ink *ink = draft_ink(s, false);
    int64_t now = session_now(s);
    if (!ink)
        return stay();
    bool has_changed = e->kind == EV_INK_BEGIN  ? ink_begin(ink, e->x, e->y, now)
                       : e->kind == EV_INK_MOVE ? ink_move(ink, e->x, e->y, now)
                       : e->kind == EV_INK_END  ? ink_end(ink)
                       : e->kind == EV_INK_UNDO ? ink_undo(ink)
                                                : (ink_clear(ink), true);
    s->visit.is_dirty |= has_changed;
    return stay();
}

/* -- review and submission -- */

static enum screen edit_page(struct session *s, const struct event *e)
{
    if (e->number < 0 || (size_t)e->number >= s->visit.service->page_count)
        return stay();
    s->visit.page = (size_t)e->number;
    draft_focus(s, -1);
    return SCREEN_FORM;
}

static enum screen back_to_form(struct session *s, const struct event *e)
{
    (void)e;
    struct visit *v = &s->visit;
    v->page = v->service->page_count - 1;
    while (v->page && !session_page_is_asked(s, v->page))
        v->page--;
    v->has_errors_shown = false;
    return SCREEN_FORM;
}

static enum screen reveal(struct session *s, const struct event *e)
{
    (void)e;
    bool is_shown = s->visit.revealed_until_ms != 0;
    s->visit.revealed_until_ms = is_shown ? 0 : session_now(s) + 10000;
    return stay();
}

static enum screen consent(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.has_consented = !s->visit.has_consented;
    return stay();
}

static enum screen confirm(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    (void)e;
    bool is_signed = session_is_anonymous(s) || ink_is_written(&v->signature);
    bool is_ready = is_signed && (!v->service->needs_consent || v->has_consented);
    if (!is_ready) {
        v->has_errors_shown = true;
        return stay();
    }
    session_enter(s, SCREEN_SUBMITTING);
    submit_start(s); /* may go on to SCREEN_NOT_SAVED at once */
    return stay();
}

static enum screen try_again(struct session *s, const struct event *e)
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

static enum screen reserved(struct session *s, const struct event *e)
{
    if (!is_ours(s, e->reservation->token))
        return stay();
    s->visit.reservation = *e->reservation;
    s->visit.has_reservation = true;
    s->visit.is_reserving = false;
    if (s->visit.screen == SCREEN_SUBMITTING && !s->visit.is_sent)
        submit_start(s);
    return stay();
}

static void print(struct session *s, bool is_reprint)
{
    struct visit *v = &s->visit;
    struct slip *slip;
    uint8_t job[TOKEN_BYTES];
    if (!s->has_printer || slip_receipt(&slip, s, is_reprint)) {
        v->paper = PAPER_FAILED;
        return;
    }
    random_bytes(job, sizeof(job));
    hex_encode(v->job, job, sizeof(job));
    v->paper = PAPER_PRINTING;
    v->prints++;
    s->config.ports->print(s->config.context, slip, v->job, v->receipt, is_reprint);
}

static enum screen submitted(struct session *s, const struct event *e)
{
    if (!is_ours(s, e->name))
        return stay();
    snprintf(s->visit.receipt, sizeof(s->visit.receipt), "%s", e->value);
    print(s, false);
    return SCREEN_DONE;
}

static enum screen not_submitted(struct session *s, const struct event *e)
{
    if (!is_ours(s, e->name))
        return stay();
    snprintf(s->visit.refusal, sizeof(s->visit.refusal), "%s", e->value);
    s->visit.is_unknown_outcome = !strcmp(e->value, "unknown-outcome");
    s->visit.is_reserving = s->visit.is_sent = false;
    /* A refused reservation while the form is being filled in matters only when it is handed over.
     */
    return s->visit.screen == SCREEN_SUBMITTING ? SCREEN_NOT_SAVED : stay();
}

/* -- the slip -- */

static enum screen print_state(struct session *s, const struct event *e)
{
    if (!e->name || strcmp(e->name, s->visit.job) != 0)
        return stay();
    s->visit.paper = (enum paper_state)e->number;
    s->visit.may_be_printed |= s->visit.paper == PAPER_ASK || s->visit.paper == PAPER_DONE;
    return stay();
}

static enum screen slip_good(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.paper = PAPER_DONE;
    return stay();
}

static bool can_print_again(const struct session *s)
{
    return s->has_printer && s->visit.prints < PRINTS_MAX;
}

/* Two more tries, marked as reprints if anything may have come out before; then the number on the
 * screen has to do. */
static enum screen slip_bad(struct session *s, const struct event *e)
{
    (void)e;
    if (can_print_again(s))
        print(s, s->visit.may_be_printed);
    else
        s->visit.paper = PAPER_FAILED;
    return stay();
}

/* -- progress -- */

static enum screen type_number(struct session *s, const struct event *e)
{
    size_t used = strlen(s->visit.typed);
    for (const char *c = e->value ? e->value : ""; *c && used + 1 < RECEIPT_TEXT; c++) {
        bool is_letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
        if (!is_letter && !(*c >= '0' && *c <= '9') && *c != '-')
            continue;
        s->visit.typed[used++] = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
        s->visit.typed[used] = 0;
    }
    s->visit.asked.where = CASE_UNASKED;
    return stay();
}

static enum screen erase_number(struct session *s, const struct event *e)
{
    (void)e;
    erase_typed(s);
    s->visit.asked.where = CASE_UNASKED;
    return stay();
}

static enum screen clear_number(struct session *s, const struct event *e)
{
    (void)e;
    explicit_bzero(s->visit.typed, sizeof(s->visit.typed));
    explicit_bzero(&s->visit.asked, sizeof(s->visit.asked));
    return stay();
}

static enum screen ask_case(struct session *s, const struct event *e)
{
    struct case_view *asked = &s->visit.asked;
    (void)e;
    explicit_bzero(asked, sizeof(*asked));
    if (receipt_parse(asked->receipt, s->visit.typed)) {
        asked->where = CASE_BAD_NUMBER;
        return stay();
    }
    snprintf(s->visit.typed, sizeof(s->visit.typed), "%s", asked->receipt);
    asked->where = s->link.is_there ? CASE_ASKING : CASE_UNAVAILABLE;
    if (s->link.is_there)
        s->config.ports->ask_case(s->config.context, asked->receipt);
    return stay();
}

static enum screen case_answer(struct session *s, const struct event *e)
{
    if (!strcmp(e->answer->receipt, s->visit.asked.receipt))
        s->visit.asked = *e->answer;
    return stay();
}

/* -- help, leaving, questions -- */

static enum screen open_help(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.screen == SCREEN_ATTRACT)
        s->visit.is_guest = true;
    s->visit.help_from = s->visit.screen;
    return SCREEN_HELP;
}

static enum screen leave_help(struct session *s, const struct event *e)
{
    if (s->visit.help_from == SCREEN_ATTRACT)
        return end_visit(s, e);
    return s->visit.help_from;
}

static enum screen ask_leave(struct session *s, const struct event *e)
{
    if (!s->visit.is_dirty)
        return end_visit(s, e);
    s->visit.under = s->visit.screen;
    return SCREEN_LEAVE;
}

static enum screen another_matter(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.has_draft = s->visit.is_dirty = false;
    s->visit.service = NULL;
    return SCREEN_HOME;
}

/* -- time -- */

static enum screen ask_still_there(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.under = s->visit.screen;
    return SCREEN_STILL_THERE;
}

static enum screen read_too_long(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.trouble = TROUBLE_AGAIN;
    return SCREEN_CARD_TROUBLE;
}

/* The queue process did not answer: it may have stored the item. Saying so is the only honest
 * sentence. */
static enum screen no_answer(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.is_unknown_outcome = s->visit.is_sent;
    snprintf(s->visit.refusal, sizeof(s->visit.refusal), "%s",
             s->visit.is_sent ? "unknown-outcome" : "away");
    s->visit.is_reserving = s->visit.is_sent = false;
    return SCREEN_NOT_SAVED;
}

/* ---- the table ----------------------------------------------------------------------- */

#define IN(name) (1u << SCREEN_##name)
#define BROWSING (IN(HOME) | IN(THEME) | IN(SEARCH) | IN(GUIDE) | IN(PROGRESS) | IN(NEED_CARD))
#define FILLING (IN(FORM) | IN(REVIEW))
#define ENDING (IN(DONE) | IN(NOT_SAVED))
#define ASKING (IN(STILL_THERE) | IN(CARD_REMOVED) | IN(LEAVE))
#define VISITING (BROWSING | FILLING | IN(SUBMITTING) | ENDING | IN(HELP) | ASKING)
#define BEGINNING (IN(READING) | IN(CARD_TROUBLE))

static const struct transition {
    uint32_t in; /* set of screens */
    enum event_kind on;
    enum screen to; /* used when `act` is NULL */
    act act;
} table[] = {
    /* a card begins a visit */
    { IN(ATTRACT) | IN(CARD_TROUBLE), EV_CARD_COMING, 0, card_coming },
    { IN(ATTRACT) | BEGINNING, EV_CARD_READ, 0, card_begins },
    { IN(ATTRACT) | BEGINNING | IN(NEED_CARD), EV_CARD_TROUBLE, 0, card_trouble },
    { BEGINNING, EV_CARD_GONE, 0, end_visit },
    { BEGINNING, EV_END, 0, end_visit },
    { BEGINNING, EV_EXIT, 0, end_visit },
    { IN(CARD_TROUBLE), EV_BEGIN, 0, begin_guest },
    { IN(READING), EV_TIME, 0, read_too_long },
    { IN(CARD_TROUBLE), EV_TIME, 0, end_visit },
    { IN(NEED_CARD), EV_CARD_READ, 0, card_begins },
    { IN(NEED_CARD), EV_BACK, SCREEN_GUIDE, NULL },

    /* cards during a visit */
    { VISITING & ~IN(NEED_CARD), EV_CARD_READ, 0, card_again },
    { IN(DONE), EV_CARD_GONE, 0, card_taken },
    { IN(SUBMITTING), EV_CARD_GONE, 0, card_taken },
    { VISITING & ~IN(DONE) & ~IN(SUBMITTING) & ~IN(CARD_REMOVED), EV_CARD_GONE, 0, card_gone },

    /* without a card */
    { IN(ATTRACT), EV_BEGIN, 0, begin_guest },
    { IN(ATTRACT) | IN(HOME) | IN(DONE), EV_OPEN_PROGRESS, 0, begin_progress },
    { IN(ATTRACT) | (VISITING & ~IN(HELP) & ~IN(SUBMITTING) & ~ASKING) | IN(CARD_TROUBLE),
      EV_OPEN_HELP, 0, open_help },
    { IN(ATTRACT) | BEGINNING | VISITING, EV_LANGUAGE, 0, set_language },
    { BEGINNING | (VISITING & ~ASKING), EV_TOUCHED, 0, keep_awake },

    /* finding a matter */
    { IN(HOME) | IN(SEARCH) | IN(THEME), EV_OPEN_THEME, 0, open_theme },
    { IN(HOME), EV_OPEN_SEARCH, 0, open_search },
    { IN(HOME) | IN(THEME) | IN(SEARCH), EV_OPEN_SERVICE, 0, open_service },
    { IN(SEARCH), EV_TYPE, 0, type_search },
    { IN(SEARCH), EV_ERASE, 0, erase_search },
    { IN(SEARCH), EV_CLEAR, 0, open_search },
    { IN(THEME) | IN(SEARCH) | IN(PROGRESS), EV_BACK, 0, go_home },
    { IN(GUIDE), EV_BACK, 0, leave_guide },
    { IN(GUIDE), EV_NEXT, 0, start_form },

    /* the form */
    { IN(FORM), EV_NEXT, 0, next_page },
    { IN(FORM), EV_BACK, 0, last_page },
    { IN(FORM), EV_FOCUS, 0, focus_field },
    { IN(FORM), EV_TYPE, 0, type_field },
    { IN(FORM), EV_ERASE, 0, erase_field },
    { IN(FORM), EV_CLEAR, 0, clear_field },
    { IN(FORM), EV_CHOOSE, 0, choose },
    { IN(FORM), EV_USE_INK, 0, use_ink },
    { IN(FORM), EV_USE_KEYS, 0, use_keys },
    { FILLING, EV_INK_BEGIN, 0, draw },
    { FILLING, EV_INK_MOVE, 0, draw },
    { FILLING, EV_INK_END, 0, draw },
    { FILLING, EV_INK_UNDO, 0, draw },
    { FILLING, EV_INK_CLEAR, 0, draw },

    /* review and submission */
    { IN(REVIEW), EV_EDIT, 0, edit_page },
    { IN(REVIEW), EV_BACK, 0, back_to_form },
    { IN(REVIEW), EV_REVEAL, 0, reveal },
    { IN(REVIEW), EV_CONSENT, 0, consent },
    { IN(REVIEW), EV_NEXT, 0, confirm },
    { FILLING | IN(SUBMITTING) | ASKING | IN(HELP), EV_RESERVED, 0, reserved },
    { IN(SUBMITTING) | IN(NOT_SAVED), EV_SUBMITTED, 0, submitted },
    { FILLING | IN(SUBMITTING) | ASKING, EV_NOT_SUBMITTED, 0, not_submitted },
    { IN(SUBMITTING), EV_TIME, 0, no_answer },
    { IN(NOT_SAVED), EV_NEXT, 0, try_again },
    { IN(NOT_SAVED), EV_BACK, SCREEN_REVIEW, NULL },

    /* the slip */
    { IN(DONE) | IN(STILL_THERE) | IN(PROGRESS) | IN(HELP), EV_PRINT_STATE, 0, print_state },
    { IN(DONE), EV_SLIP_GOOD, 0, slip_good },
    { IN(DONE), EV_SLIP_BAD, 0, slip_bad },
    { IN(DONE), EV_NEXT, 0, another_matter },

    /* progress */
    { IN(PROGRESS), EV_TYPE, 0, type_number },
    { IN(PROGRESS), EV_ERASE, 0, erase_number },
    { IN(PROGRESS), EV_CLEAR, 0, clear_number },
    { IN(PROGRESS), EV_NEXT, 0, ask_case },
    { IN(PROGRESS) | IN(HELP) | ASKING, EV_CASE, 0, case_answer },

    /* leaving */
    { IN(HELP), EV_BACK, 0, leave_help },
    { BROWSING | IN(HELP) | ENDING, EV_EXIT, 0, end_visit },
    { FILLING, EV_EXIT, 0, ask_leave },
    { IN(LEAVE) | IN(STILL_THERE) | IN(CARD_REMOVED), EV_CONTINUE, 0, go_on },
    { ENDING | ASKING, EV_END, 0, end_visit },
    { BROWSING | FILLING | ENDING | IN(HELP), EV_TIME, 0, ask_still_there },
    { ASKING, EV_TIME, 0, end_visit },
};

/* How long a screen stays without a touch (design: UI guide 7.6). 0: for ever. */
static const int32_t limit_ms[SCREEN_COUNT] = {
    [SCREEN_READING] = 8000,      [SCREEN_CARD_TROUBLE] = 20000, [SCREEN_HOME] = 60000,
    [SCREEN_THEME] = 60000,       [SCREEN_SEARCH] = 60000,       [SCREEN_GUIDE] = 90000,
    [SCREEN_NEED_CARD] = 60000,   [SCREEN_FORM] = 120000,        [SCREEN_REVIEW] = 120000,
    [SCREEN_SUBMITTING] = 10000,  [SCREEN_DONE] = 60000,         [SCREEN_NOT_SAVED] = 120000,
    [SCREEN_PROGRESS] = 60000,    [SCREEN_HELP] = 60000,         [SCREEN_LEAVE] = 30000,
    [SCREEN_STILL_THERE] = 30000, [SCREEN_CARD_REMOVED] = 10000,
};

static const struct transition *row_for(enum screen in, enum event_kind on)
{
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        if (table[i].on == on && (table[i].in & (1u << in)))
            return &table[i];
    return NULL;
}

int64_t session_deadline_ms(const struct session *s)
{
    int64_t reveal = s->visit.revealed_until_ms, due = INT64_MAX;
    int32_t limit = limit_ms[s->visit.screen];
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
    return kind > EV_TOUCHED && kind <= EV_SLIP_BAD;
}

void session_handle(struct session *s, const struct event *e)
{
    take_facts(s, e);
    if (e->kind == EV_TIME && !is_time(s))
        return;
    if (e->kind != EV_TOUCHED)
        s->revision++;
    const struct transition *row = row_for(s->visit.screen, e->kind);
    if (!row)
        return;
    if (is_by_hand(e->kind))
        s->visit.touched_ms = session_now(s);
    enum screen to = row->act ? row->act(s, e) : row->to;
    if (to != (enum screen)STAY)
        session_enter(s, to);
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
    view->is_ink_focus = v->is_ink_focus;
    view->is_revealed = v->revealed_until_ms != 0;
    view->has_errors_shown = v->has_errors_shown;
    view->has_consented = v->has_consented;
    view->signature = &v->signature;
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
    view->can_print_again = can_print_again(s);
    view->asked = v->asked;
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
    begin_clean(&s->visit);
    s->visit.screen = SCREEN_OUT_OF_SERVICE;
    *out = s;
    return 0;
}

void session_free(struct session *s)
{
    if (!s)
        return;
    seal_keys_free(s->keys);
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
