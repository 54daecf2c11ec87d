/* Acts of a visit as a whole: how it begins, cards, help, leaving, time. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/base/tongue.h"
#include "firmware/session/acts.h"

enum screen act_end_visit(struct session *s, const struct event *e)
{
    (void)e;
    if (course_is_running(s))
        return course_leave_visit(s);
    session_forget(s);
    return session_idle(s);
}

enum screen act_begin_guest(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.is_guest = true;
    withdrawal_drop(s);
    return SCREEN_HOME;
}

enum screen act_begin_progress(struct session *s, const struct event *e)
{
    snprintf(s->visit.typed, sizeof(s->visit.typed), "%s%s", s->link.kiosk_id,
             *s->link.kiosk_id ? "-" : "");
    explicit_bzero(&s->visit.asked, sizeof(s->visit.asked));
    s->visit.is_guest |= !s->visit.has_person;
    if (e->value && *e->value)
        snprintf(s->visit.typed, sizeof(s->visit.typed), "%s", s->visit.receipt);
    matters_ask(s);
    return SCREEN_PROGRESS;
}

/* Counted from 1; 0 when it is none of them. */
static int tongue_of(const struct session *s, const char *code)
{
    const struct tongues *t = s->config.tongues;
    for (size_t i = 0; t && i < t->count; i++)
        if (!strcmp(t->list[i].code, code))
            return (int)i + 1;
    return 0;
}

static bool has_voice(const struct session *s, int tongue)
{
    return !tongue || *s->config.tongues->list[tongue - 1].voice;
}

enum screen act_set_language(struct session *s, const struct event *e)
{
    const char *to = e->value ? e->value : "";
    struct visit *v = &s->visit;
    int tongue = tongue_of(s, to);
    enum language other = v->language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH;
    v->language = !strcmp(to, "zh")             ? LANGUAGE_ZH
                  : !strcmp(to, "en") || tongue ? LANGUAGE_EN
                                                : other;
    v->preferences.tongue = tongue;
    if (!has_voice(s, tongue))
        v->preferences.is_speech_on = false;
    return stay();
}

/* Elder mode asks one question at a time; in the middle of a form it begins with the first one of
 * this page that is still open. */
enum screen act_set_elder(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.preferences.is_elder ^= true;
    if (s->visit.screen == SCREEN_FORM)
        draft_show_page(s, s->visit.page, DRAFT_FIRST_OPEN);
    if (s->visit.screen == SCREEN_PAPERS)
        checklist_show(s, CHECKLIST_FIRST_OPEN);
    if (s->visit.screen == SCREEN_FETCHED)
        fetch_show_again(s);
    return stay();
}

enum screen act_set_contrast(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.preferences.is_contrast ^= true;
    return stay();
}

enum screen act_set_lowered(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.preferences.is_lowered ^= true;
    return stay();
}

enum screen act_set_speech(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.preferences.is_speech_on ^= true;
    if (!has_voice(s, s->visit.preferences.tongue))
        s->visit.preferences.tongue = 0; /* what is read out is Chinese or English then */
    return stay();
}

enum screen act_set_still(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.preferences.is_still ^= true;
    return stay();
}

enum screen act_set_volume(struct session *s, const struct event *e)
{
    int *volume = &s->visit.preferences.volume;
    *volume += e->number < 0 ? -1 : 1;
    *volume = *volume < 0 ? 0 : *volume > VOLUME_MAX ? VOLUME_MAX : *volume;
    return stay();
}

enum screen act_keep_awake(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.touched_ms = session_now(s);
    return stay();
}

/* ---- cards ----------------------------------------------------------------------------------- */

static bool is_expired(const struct session *s, const struct person *p)
{
    char day[9];
    const char *today = session_today(s, day);
    return today && !p->is_long_term && *p->valid_to && strcmp(p->valid_to, today) < 0;
}

void visit_take_person(struct session *s, const struct person *p)
{
    s->visit.person = *p;
    s->visit.has_person = s->visit.is_card_present = true;
    s->visit.is_guest = false;
    s->visit.trouble = TROUBLE_NONE;
    mask_name(s->visit.masked_name, *p->name ? p->name : p->english_name);
}

enum screen act_card_coming(struct session *s, const struct event *e)
{
    (void)s;
    (void)e;
    return SCREEN_READING;
}

enum screen act_card_trouble(struct session *s, const struct event *e)
{
    s->visit.trouble = (enum card_trouble)e->number;
    return SCREEN_CARD_TROUBLE;
}

/* The first card of a visit: it leads home, or on to the matter that asked for it. */
enum screen act_card_begins(struct session *s, const struct event *e)
{
    if (is_expired(s, e->person)) {
        s->visit.trouble = TROUBLE_EXPIRED;
        return SCREEN_CARD_TROUBLE;
    }
    visit_take_person(s, e->person);
    if (*s->visit.handoff.code)
        return act_handoff_fetch(s, e), SCREEN_FROM_PHONE;
    if (withdrawal_waits_for_card(s))
        return SCREEN_WITHDRAW;
    return s->visit.service ? form_open(s) : SCREEN_HOME;
}

/* A card during a visit: the same person's goes on, a guest's is theirs, another person's ends the
 * visit first. */
enum screen act_card_again(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    if (v->agency.step != AGENCY_NONE)
        return agency_card_again(s, e);
    bool is_same = v->has_person && !strcmp(v->person.number, e->person->number);
    if (is_same) {
        v->is_card_present = true;
        return v->screen == SCREEN_CARD_REMOVED ? v->under : stay();
    }
    if (v->has_person) {
        session_forget(s);
        return act_card_begins(s, e);
    }
    if (is_expired(s, e->person))
        return stay();
    visit_take_person(s, e->person);
    if (v->has_draft && v->service)
        draft_prefill(s);
    return stay();
}

enum screen act_card_gone(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    (void)e;
    if (!v->has_person || !v->is_card_present)
        return stay();
    v->is_card_present = false;
    v->under =
        v->screen == SCREEN_STILL_THERE || v->screen == SCREEN_LEAVE || v->screen == SCREEN_COVERED
            ? v->under
            : v->screen;
    return SCREEN_CARD_REMOVED;
}

/* Nothing is asked when the work is done: taking the card is what one should do. */
enum screen act_card_taken(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.is_card_present = false;
    return stay();
}

enum screen act_go_on(struct session *s, const struct event *e)
{
    (void)e;
    return s->visit.under;
}

/* ---- help, leaving, questions ---------------------------------------------------------------- */

enum screen act_open_help(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.screen == SCREEN_ATTRACT)
        s->visit.is_guest = true;
    s->visit.help_from = s->visit.screen;
    return SCREEN_HELP;
}

enum screen act_leave_help(struct session *s, const struct event *e)
{
    if (s->visit.help_from == SCREEN_ATTRACT)
        return act_end_visit(s, e);
    return s->visit.help_from;
}

enum screen act_ask_leave(struct session *s, const struct event *e)
{
    if (!s->visit.is_dirty)
        return act_end_visit(s, e);
    s->visit.under = s->visit.screen;
    return SCREEN_LEAVE;
}

enum screen act_another_matter(struct session *s, const struct event *e)
{
    (void)e;
    instant_settle(s);
    s->visit.has_draft = s->visit.is_dirty = false;
    s->visit.service = NULL;
    explicit_bzero(&s->visit.fetched, sizeof(s->visit.fetched));
    return SCREEN_HOME;
}

/* ---- time ------------------------------------------------------------------------------------ */

enum screen act_cover(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.under = s->visit.screen;
    return SCREEN_COVERED;
}

enum screen act_ask_still_there(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.under = s->visit.screen;
    return SCREEN_STILL_THERE;
}

/* A question that nobody answered is no warning: what lies below it is asked about once more, with the count-down. */
enum screen act_ask_again_below(struct session *s, const struct event *e)
{
    (void)s;
    (void)e;
    return SCREEN_STILL_THERE;
}

enum screen act_read_too_long(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.trouble = TROUBLE_AGAIN;
    return SCREEN_CARD_TROUBLE;
}

/* The queue process did not answer: it may have stored the item. Saying so is the only honest
 * sentence. */
enum screen act_no_answer(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.is_unknown_outcome = s->visit.is_sent;
    snprintf(s->visit.refusal, sizeof(s->visit.refusal), "%s",
             s->visit.is_sent ? "unknown-outcome" : "away");
    s->visit.is_reserving = s->visit.is_sent = false;
    return SCREEN_NOT_SAVED;
}
