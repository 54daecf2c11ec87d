/* Acts of a visit in which an agent acts for a resident: two cards, one consent. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/acts.h"

static bool is_same(const struct person *a, const struct person *b)
{
    return !strcmp(a->number, b->number);
}

static enum screen wrong(struct session *s, enum agency_trouble trouble)
{
    struct visit *v = &s->visit;
    bool is_question = v->screen == SCREEN_STILL_THERE || v->screen == SCREEN_LEAVE ||
                       v->screen == SCREEN_COVERED || v->screen == SCREEN_CARD_REMOVED ||
                       v->screen == SCREEN_AGENT_WRONG;
    v->agency.trouble = trouble;
    v->under = is_question ? v->under : v->screen;
    return SCREEN_AGENT_WRONG;
}

/* ---- the agent's card ------------------------------------------------------------------------ */

static enum screen proven(struct session *s, const struct person *p)
{
    struct agency *a = &s->visit.agency;
    a->trouble = agency_prove(s, p);
    if (a->trouble)
        return SCREEN_AGENT_CARD;
    s->visit.is_guest = s->visit.has_person = false;
    explicit_bzero(&s->visit.person, sizeof(s->visit.person));
    explicit_bzero(s->visit.masked_name, sizeof(s->visit.masked_name));
    s->visit.is_card_present = true;
    agency_ask_tasks(s);
    return SCREEN_AGENT_HOME;
}

/* "I help somebody". A card that lies there already is the agent's own: it began this visit, and nothing was filled in
 * with it. */
enum screen act_open_agent(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    (void)e;
    bool is_apt =
        v->screen != SCREEN_HELP || v->help_from == SCREEN_ATTRACT || v->help_from == SCREEN_HOME;
    bool is_another = v->agency.step == AGENCY_ACTING;
    if (v->is_practice || !is_apt || (v->screen == SCREEN_DONE) != is_another)
        return stay();
    if (is_another) { /* after a matter: another resident */
        matters_settle(s);
        agency_release(s);
        agency_ask_tasks(s);
        return SCREEN_AGENT_RESIDENT;
    }
    bool is_home = v->screen == SCREEN_HOME, was_guest = v->is_guest;
    bool has_card = v->has_person && v->is_card_present;
    v->agency = (struct agency){ .is_from_home = is_home && was_guest };
    if (!has_card) {
        v->has_person = false;
        explicit_bzero(&v->person, sizeof(v->person));
        explicit_bzero(v->masked_name, sizeof(v->masked_name));
        return SCREEN_AGENT_CARD;
    }
    struct person own = v->person;
    v->has_person = false;
    explicit_bzero(&v->person, sizeof(v->person));
    explicit_bzero(v->masked_name, sizeof(v->masked_name));
    enum screen to = proven(s, &own);
    explicit_bzero(&own, sizeof(own));
    return to;
}

enum screen act_agent_card(struct session *s, const struct event *e)
{
    return proven(s, e->person);
}

enum screen act_agent_unread(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.agency.trouble = AGENCY_UNREAD;
    return stay();
}

enum screen act_agent_back(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    if (!v->agency.is_from_home)
        return act_end_visit(s, e);
    explicit_bzero(&v->agency, sizeof(v->agency));
    v->is_guest = true;
    return SCREEN_HOME;
}

/* The agent's card goes up so that the resident's can come down. */
enum screen act_agent_lifted(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.is_card_present = false;
    s->visit.agency.trouble = AGENCY_FINE;
    return s->visit.screen == SCREEN_AGENT_HOME ? SCREEN_AGENT_RESIDENT : stay();
}

/* ---- the resident's card --------------------------------------------------------------------- */

enum screen act_resident_card(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    char day[9];
    const char *today = session_today(s, day);
    const struct person *p = e->person;
    v->agency.trouble = AGENCY_FINE;
    if (is_same(&v->agency.agent, p)) {
        v->is_card_present = true;
        v->agency.trouble = AGENCY_OWN_CARD;
    } else if (today && !p->is_long_term && *p->valid_to && strcmp(p->valid_to, today) < 0) {
        v->agency.trouble = AGENCY_THEIR_OLD;
    }
    if (v->agency.trouble)
        return SCREEN_AGENT_RESIDENT;
    visit_take_person(s, p);
    v->agency.step = AGENCY_ASKING;
    v->agency.consent = (struct ink){ .width = SIGN_W, .height = SIGN_H };
    return SCREEN_AGENT_CONSENT;
}

/* A card while somebody is being helped. The resident's own goes on; any other changes nothing and is not looked at
 * further, unless the matter is over: then it is the next resident's. */
enum screen agency_card_again(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    bool is_over = v->screen == SCREEN_DONE || v->screen == SCREEN_RATING;
    if (v->has_person && is_same(&v->person, e->person)) {
        v->is_card_present = true;
        return v->screen == SCREEN_CARD_REMOVED || v->screen == SCREEN_AGENT_WRONG ? v->under
                                                                                   : stay();
    }
    if (v->screen == SCREEN_SUBMITTING)
        return stay();
    bool is_own = is_same(&v->agency.agent, e->person);
    if (!v->has_person)
        return is_own ? stay() : act_resident_card(s, e);
    if (is_over && is_own)
        return stay();
    if (!is_over)
        return wrong(s, is_own ? AGENCY_OWN_CARD : AGENCY_THIRD_CARD);
    agency_release(s);
    return act_resident_card(s, e);
}

/* ---- consent --------------------------------------------------------------------------------- */

enum screen act_affirm_agency(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.preferences.is_speech_on)
        s->visit.agency.is_affirmed = !s->visit.agency.is_affirmed;
    return stay();
}

enum screen act_agree(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    struct agency *a = &v->agency;
    char day[9];
    const char *today = session_today(s, day);
    (void)e;
    if (!a->is_affirmed && !ink_is_written(&a->consent)) {
        a->has_errors_shown = true;
        return stay();
    }
    snprintf(a->day, sizeof(a->day), "%s", today ? today : "");
    a->language = v->language;
    a->step = AGENCY_ACTING;
    a->has_errors_shown = false;
    /* A consent given anew, because its day was over, leads back to what was being done. */
    return v->has_draft && v->service ? SCREEN_REVIEW : SCREEN_HOME;
}

enum screen act_refuse(struct session *s, const struct event *e)
{
    (void)e;
    agency_release(s);
    return SCREEN_AGENT_HOME;
}

bool agency_may_start(struct session *s, enum screen *instead)
{
    struct agency *a = &s->visit.agency;
    if (!agency_is_acting(s) || agency_covers(a, s->visit.service))
        return true;
    *instead = wrong(s, AGENCY_BEYOND);
    return false;
}

/* What was agreed to today does not hold tomorrow. */
bool agency_still_holds(struct session *s)
{
    struct agency *a = &s->visit.agency;
    char day[9];
    const char *today = session_today(s, day);
    if (!agency_is_acting(s) || !today || !*a->day || !strcmp(today, a->day))
        return true;
    ink_clear(&a->consent);
    a->is_affirmed = false;
    a->step = AGENCY_ASKING;
    a->trouble = AGENCY_NEXT_DAY;
    return false;
}

/* ---- what the agent brought ------------------------------------------------------------------- */

enum screen act_agent_notes(struct session *s, const struct event *e)
{
    struct agency *a = &s->visit.agency;
    if (e->notes && a->step != AGENCY_NONE)
        agency_read_notes(&a->tasks, &a->mark, e->notes);
    return stay();
}

void agency_read_notes(struct agency_tasks *out, const struct agent_mark *mark,
                       const struct agency_notes *notes)
{
    *out = (struct agency_tasks){ .is_known = notes->is_known };
    for (size_t i = 0; i < notes->count && i < AGENCY_TASKS_MAX; i++) {
        const struct agency_note *n = &notes->list[i];
        struct agency_task *t = &out->list[out->count];
        char code[AGENT_NOTE_MAX + 1];
        if (agent_note_open(code, mark, n->receipt, n->sealed, n->length))
            continue; /* kept under this label by nobody who held this card */
        text_copy(t->code, sizeof(t->code), code);
        text_copy(t->receipt, sizeof(t->receipt), n->receipt);
        text_copy(t->state, sizeof(t->state), n->state);
        t->due_ms = n->due_ms;
        out->count++;
    }
}
