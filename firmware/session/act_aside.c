/* Acts of a report beside the matter: opened from wherever one is, chosen, written, sent, and back to where one was. */
#include <stdio.h>
#include <string.h>

#include "firmware/calendar/calendar.h"
#include "firmware/session/acts.h"

/* ---- opening ------------------------------------------------------------------------- */

static bool is_aside(enum screen screen)
{
    return screen == SCREEN_ASIDE || screen == SCREEN_ASIDE_TEXT || screen == SCREEN_ASIDE_KEPT;
}

/* The matter at hand comes along by itself: what it is, its number if it has one, what the kiosk refused. */
static void take_matter(struct session *s, struct aside *a, enum screen from)
{
    struct visit *v = &s->visit;
    bool is_asked = from == SCREEN_PROGRESS && *v->asked.receipt;
    const char *receipt = is_asked ? v->asked.receipt : v->receipt;
    if (!is_asked || !strcmp(v->asked.receipt, v->receipt))
        a->about = v->service;
    snprintf(a->about_receipt, sizeof(a->about_receipt), "%s", receipt);
    if (from == SCREEN_NOT_SAVED)
        snprintf(a->refusal, sizeof(a->refusal), "%s", v->refusal);
}

static enum screen open_from(struct session *s, enum aside_kind kind, enum screen from)
{
    struct aside *a = &s->visit.aside, fresh = { .kind = kind, .from = from };
    fresh.answer_by = DAY_NONE;
    take_matter(s, &fresh, from);
    bool is_same = a->kind == kind && a->about == fresh.about &&
                   !strcmp(a->about_receipt, fresh.about_receipt);
    /* What has its number is shown again: asking twice would make two of it. What is being written goes on. */
    if (!is_same || (kind != ASIDE_UNSETTLED && a->state == ASIDE_KEPT)) {
        explicit_bzero(a, sizeof(*a));
        *a = fresh;
    }
    explicit_bzero(&fresh, sizeof(fresh));
    a->from = from;
    if (a->state == ASIDE_FAILED)
        a->state = ASIDE_OPEN;
    return a->state == ASIDE_KEPT ? SCREEN_ASIDE_KEPT : SCREEN_ASIDE;
}

enum screen act_open_unsettled(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    enum screen from = v->screen == SCREEN_HELP ? v->help_from : v->screen;
    (void)e;
    if (!s->catalogue || !catalogue_unsettled(s->catalogue).service)
        return stay();
    if (is_aside(from))
        from = v->aside.from;
    if (from == SCREEN_ATTRACT || from == SCREEN_CARD_TROUBLE)
        from = SCREEN_HOME;
    v->is_guest |= !v->has_person;
    return open_from(s, ASIDE_UNSETTLED, from);
}

enum screen act_open_mismatch(struct session *s, const struct event *e)
{
    (void)e;
    return open_from(s, ASIDE_MISMATCH, SCREEN_GUIDE);
}

/* After the receipt, never before, and once. */
enum screen act_open_again(struct session *s, const struct event *e)
{
    (void)e;
    if (!s->visit.trips_before || s->visit.is_asked_again)
        return stay();
    return open_from(s, ASIDE_AGAIN, SCREEN_DONE);
}

/* ---- choosing and writing ------------------------------------------------------------ */

static int choices_of(enum aside_kind kind)
{
    static const int counts[ASIDE_KINDS] = { 0, UNSETTLED_REASONS, MISMATCH_CHOICES,
                                             AGAIN_CHOICES };
    return counts[kind];
}

/* Several things may differ from a guide; a reason is one. */
enum screen act_aside_choose(struct session *s, const struct event *e)
{
    struct aside *a = &s->visit.aside;
    if (a->state == ASIDE_SENDING || e->number < 0 || e->number >= choices_of(a->kind))
        return stay();
    unsigned bit = 1u << e->number;
    a->state = ASIDE_OPEN;
    a->chosen = a->kind == ASIDE_MISMATCH ? a->chosen ^ bit : bit;
    return stay();
}

static bool is_phone_good(const struct session *s)
{
    static const struct field phone = { .kind = FIELD_PHONE };
    return !*s->visit.aside.phone || !answer_check(&phone, s->visit.aside.phone, NULL);
}

enum screen act_aside_open_text(struct session *s, const struct event *e)
{
    struct aside *a = &s->visit.aside;
    bool is_phone = e->value && !strcmp(e->value, "phone");
    if (a->state == ASIDE_SENDING || (is_phone && a->kind != ASIDE_UNSETTLED))
        return stay();
    a->typing = is_phone ? ASIDE_PHONE : ASIDE_WORDS;
    s->visit.screen = SCREEN_ASIDE_TEXT; /* the field is the one of this screen */
    spelling_begin(s, aside_field(s));
    if (!is_phone && a->has_ink)
        s->visit.spelling.way = WAY_PICTURE;
    return SCREEN_ASIDE_TEXT;
}

static enum screen close_text(struct session *s)
{
    struct aside *a = &s->visit.aside;
    if (a->has_ink && !ink_is_written(&a->ink)) {
        explicit_bzero(&a->ink, sizeof(a->ink));
        a->has_ink = false;
    }
    a->typing = ASIDE_NO_TEXT;
    a->is_phone_wrong = false;
    spelling_clear(s);
    return SCREEN_ASIDE;
}

enum screen act_aside_text_done(struct session *s, const struct event *e)
{
    (void)e;
    if (spelling_is_pending(s))
        return stay();
    if (!is_phone_good(s)) {
        s->visit.aside.is_phone_wrong = true;
        return stay();
    }
    return close_text(s);
}

/* Back without a check: half a number is none. */
enum screen act_aside_text_back(struct session *s, const struct event *e)
{
    (void)e;
    if (!is_phone_good(s))
        explicit_bzero(s->visit.aside.phone, sizeof(s->visit.aside.phone));
    return close_text(s);
}

enum screen act_aside_text(struct session *s, const struct event *e)
{
    s->visit.aside.is_phone_wrong = false;
    if (e->kind == EV_TYPE)
        aside_type(s, e->value ? e->value : "");
    else if (e->kind == EV_ERASE && !spelling_erase(s))
        aside_erase(s);
    else if (e->kind == EV_CLEAR) {
        struct aside *a = &s->visit.aside;
        bool is_phone = a->typing == ASIDE_PHONE;
        spelling_clear(s);
        explicit_bzero(is_phone ? a->phone : a->words,
                       is_phone ? sizeof(a->phone) : sizeof(a->words));
    }
    return stay();
}

/* ---- sending ------------------------------------------------------------------------- */

enum screen act_aside_send(struct session *s, const struct event *e)
{
    struct aside *a = &s->visit.aside;
    (void)e;
    if (a->state == ASIDE_KEPT)
        return SCREEN_ASIDE_KEPT;
    if (!a->chosen || a->state == ASIDE_SENDING)
        return stay();
    if (!session_can_submit(s)) {
        a->state = ASIDE_FAILED;
        return stay();
    }
    token_make(a->token);
    a->state = ASIDE_SENDING;
    if (a->kind == ASIDE_UNSETTLED)
        a->answer_by = aside_answer_by(s, &a->is_provisional);
    s->config.ports->reserve(s->config.context, a->token);
    return stay();
}

bool aside_reserved(struct session *s, const struct reservation *r)
{
    struct aside *a = &s->visit.aside;
    if (a->state != ASIDE_SENDING || strcmp(r->token, a->token) != 0)
        return false;
    if (!submit_beside(s, r, aside_item_kind(a->kind), aside_write))
        a->state = ASIDE_FAILED;
    return true;
}

static void print(struct session *s)
{
    struct aside *a = &s->visit.aside;
    struct slip *slip = NULL;
    int failed = s->has_printer ? slip_unsettled(&slip, s) : -ENODEV;
    paper_job_send(s, &a->paper, failed, slip, a->receipt);
}

bool aside_stored(struct session *s, const char *token, const char *receipt)
{
    struct aside *a = &s->visit.aside;
    if (a->state != ASIDE_SENDING || !token || strcmp(token, a->token) != 0)
        return false;
    a->state = receipt ? ASIDE_KEPT : ASIDE_FAILED;
    if (!receipt)
        return true;
    snprintf(a->receipt, sizeof(a->receipt), "%s", receipt);
    s->visit.is_asked_again |= a->kind == ASIDE_AGAIN;
    if (a->kind == ASIDE_UNSETTLED)
        print(s);
    /* Where it was sent from may lie under a question by now. */
    if (s->visit.under == SCREEN_ASIDE)
        s->visit.under = SCREEN_ASIDE_KEPT;
    return true;
}

/* ---- its slip ------------------------------------------------------------------------ */

bool aside_printed(struct session *s, const struct event *e)
{
    return paper_job_heard(&s->visit.aside.paper, e);
}

enum screen act_aside_slip(struct session *s, const struct event *e)
{
    struct aside *a = &s->visit.aside;
    if (a->kind != ASIDE_UNSETTLED)
        return stay();
    if (e->kind == EV_SLIP_GOOD)
        a->paper.state = PAPER_DONE;
    else if (aside_look(s).can_print_again)
        print(s);
    else
        a->paper.state = PAPER_FAILED;
    return stay();
}

/* ---- back ---------------------------------------------------------------------------- */

enum screen act_leave_aside(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    enum screen from = v->aside.from;
    (void)e;
    if (from == SCREEN_FORM) {
        v->screen = from;
        draft_focus(s, v->focus); /* the keys are those of its field again */
    } else if (from == SCREEN_SEARCH) {
        spelling_begin(s, NULL);
    }
    /* The card was taken while the number was read: ask now. */
    if (v->has_person && !v->is_card_present && from != SCREEN_DONE && from != SCREEN_RATING) {
        v->under = from;
        return SCREEN_CARD_REMOVED;
    }
    return from;
}

/* Only what would be lost is asked about. */
enum screen act_exit_aside(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    const struct aside *a = &v->aside;
    bool is_written = a->state != ASIDE_KEPT && (*a->words || a->has_ink || *a->phone);
    if (!is_written && (!v->is_dirty || *v->receipt))
        return act_end_visit(s, e);
    v->under = v->screen;
    return SCREEN_LEAVE;
}
