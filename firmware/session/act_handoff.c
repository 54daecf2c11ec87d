/* Acts of a form that goes on elsewhere. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/acts.h"
#include "firmware/session/handoff_draft.h"

static void begin(struct session *s)
{
    struct handoff *h = &s->visit.handoff;
    bool is_filled = h->is_filled;
    int from = h->from;
    explicit_bzero(h, sizeof(*h));
    h->from = from;
    h->is_filled = is_filled;
}

static enum screen failed(struct session *s, enum handoff_trouble trouble)
{
    struct handoff *h = &s->visit.handoff;
    h->step = HANDOFF_FAILED;
    h->trouble = trouble;
    return stay();
}

static enum handoff_trouble trouble_named(const char *word)
{
    static const struct {
        const char *word;
        enum handoff_trouble trouble;
    } words[] = {
        { "not-found", HANDOFF_UNKNOWN }, { "expired", HANDOFF_EXPIRED },
        { "used", HANDOFF_USED },         { "unreachable", HANDOFF_OFFLINE },
        { "away", HANDOFF_OFFLINE },      { "busy", HANDOFF_OFFLINE },
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (!strcmp(words[i].word, word))
            return words[i].trouble;
    return HANDOFF_REFUSED;
}

/* ---- to a phone ------------------------------------------------------------------------------- */

static void send(struct session *s)
{
    struct handoff *h = &s->visit.handoff;
    begin(s);
    if (!s->link.is_there || (!s->link.is_up && !s->visit.is_practice)) {
        failed(s, HANDOFF_OFFLINE);
        return;
    }
    h->step = HANDOFF_MOVING;
    enum handoff_trouble trouble = handoff_send(s);
    if (trouble)
        failed(s, trouble);
}

enum screen act_to_phone(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    (void)e;
    if (!v->has_draft || !v->service || v->is_unknown_outcome || !s->config.phone_url ||
        !*s->config.phone_url)
        return stay();
    v->handoff.from = (int)(v->screen == SCREEN_LEAVE ? v->under : v->screen);
    send(s);
    return SCREEN_TO_PHONE;
}

enum screen act_to_phone_again(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.handoff.step == HANDOFF_FAILED)
        send(s);
    return stay();
}

enum screen act_leave_to_phone(struct session *s, const struct event *e)
{
    (void)e;
    enum screen from = (enum screen)s->visit.handoff.from;
    begin(s);
    return from;
}

/* ---- the slip --------------------------------------------------------------------------------- */

bool handoff_can_print(const struct session *s)
{
    const struct handoff *h = &s->visit.handoff;
    return h->step == HANDOFF_READY && paper_job_can_print(s, &h->paper) &&
           h->paper.state != PAPER_PRINTING;
}

enum screen act_print_handoff(struct session *s, const struct event *e)
{
    struct handoff *h = &s->visit.handoff;
    struct slip *slip = NULL;
    (void)e;
    if (!handoff_can_print(s))
        return stay();
    int failed = slip_handoff(&slip, s, paper_job_copy(&h->paper));
    paper_job_send(s, &h->paper, failed, slip, "");
    return stay();
}

enum screen act_handoff_slip_good(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.handoff.paper.state = PAPER_DONE;
    return stay();
}

bool handoff_printed(struct session *s, const struct event *e)
{
    return paper_job_heard(&s->visit.handoff.paper, e);
}

/* ---- from a phone ----------------------------------------------------------------------------- */

/* With a whole code and a card the county is asked; with neither the page says what is missing. */
static enum screen fetch(struct session *s)
{
    struct handoff *h = &s->visit.handoff;
    char code[HANDOFF_CODE];
    h->trouble = HANDOFF_FINE;
    if (handoff_parse(code, h->code)) {
        h->trouble = *h->code ? HANDOFF_BAD_CODE : HANDOFF_FINE;
        return stay();
    }
    if (!s->visit.has_person)
        return stay();
    if (!s->link.is_there || !s->link.is_up)
        return failed(s, HANDOFF_OFFLINE);
    if (parcel_keys(&h->keys, h->code))
        return failed(s, HANDOFF_REFUSED);
    hex_encode(h->label, h->keys.label, PARCEL_LABEL);
    token_make(h->taker);
    h->step = HANDOFF_MOVING;
    s->config.ports->get_parcel(s->config.context, h->label);
    return stay();
}

enum screen act_open_from_phone(struct session *s, const struct event *e)
{
    if (s->visit.screen == SCREEN_DONE)
        act_another_matter(s, e);
    s->visit.handoff.is_filled = false;
    begin(s);
    s->visit.is_guest |= !s->visit.has_person;
    return SCREEN_FROM_PHONE;
}

enum screen act_handoff_scanned(struct session *s, const struct event *e)
{
    if (s->visit.handoff.step == HANDOFF_MOVING)
        return stay();
    act_open_from_phone(s, e);
    if (handoff_parse(s->visit.handoff.code, e->value))
        s->visit.handoff.trouble = HANDOFF_BAD_CODE;
    else
        fetch(s);
    return SCREEN_FROM_PHONE;
}

enum screen act_handoff_type(struct session *s, const struct event *e)
{
    struct handoff *h = &s->visit.handoff;
    size_t used = strlen(h->code), count = e->kind == EV_TYPE && e->value ? strlen(e->value) : 0;
    if (h->step == HANDOFF_MOVING)
        return stay();
    h->step = HANDOFF_ASKING;
    h->trouble = HANDOFF_FINE;
    if (e->kind == EV_CLEAR)
        explicit_bzero(h->code, sizeof(h->code));
    else if (e->kind == EV_ERASE && used)
        h->code[used - 1] = 0;
    for (size_t i = 0; i < count && used < HANDOFF_DIGITS; i++)
        if (e->value[i] >= '0' && e->value[i] <= '9')
            h->code[used++] = e->value[i];
    return stay();
}

enum screen act_handoff_fetch(struct session *s, const struct event *e)
{
    (void)e;
    return s->visit.handoff.step == HANDOFF_MOVING ? stay() : fetch(s);
}

/* The card of whoever filled it in: what was waiting for it goes on. */
enum screen act_handoff_card(struct session *s, const struct event *e)
{
    bool had_person = s->visit.has_person;
    enum screen to = act_card_again(s, e);
    if (!had_person && s->visit.has_person && s->visit.screen == SCREEN_FROM_PHONE)
        fetch(s);
    return to;
}

/* ---- the county's answer ---------------------------------------------------------------------- */

static enum screen fill(struct session *s)
{
    struct visit *v = &s->visit;
    struct handoff *h = &v->handoff;
    struct handoff_draft draft;
    enum screen to;
    bool is_read = handoff_read(&draft, h->text, h->length);
    v->service = is_read ? catalogue_find(s->catalogue, draft.item) : NULL;
    if (!v->service || v->service->reach == REACH_INFO) {
        v->service = NULL;
        explicit_bzero(&draft, sizeof(draft));
        return failed(s, HANDOFF_NO_MATTER); /* the catalogue has changed meanwhile */
    }
    v->list = SCREEN_HOME;
    if (!agency_may_start(s, &to)) {
        explicit_bzero(&draft, sizeof(draft));
        return to;
    }
    to = form_open(s);
    handoff_fill(s, &draft);
    explicit_bzero(&draft, sizeof(draft));
    begin(s);
    h->is_filled = true;
    return to == SCREEN_FORM ? form_first(s) : to;
}

static enum screen received(struct session *s, const struct event *e)
{
    struct handoff *h = &s->visit.handoff;
    if (h->is_ending)
        return fill(s);
    if (!e->parcel)
        return failed(s, HANDOFF_DAMAGED);
    enum handoff_trouble trouble = handoff_open(s, e->parcel);
    if (trouble)
        return failed(s, trouble);
    h->is_ending = true;
    s->config.ports->end_parcel(s->config.context, h->label, h->taker);
    return stay();
}

enum screen act_parcel(struct session *s, const struct event *e)
{
    struct handoff *h = &s->visit.handoff;
    if (h->step != HANDOFF_MOVING || !e->name || strcmp(e->name, h->label) != 0)
        return stay(); /* of an earlier try */
    if (strcmp(e->value, "well") != 0) {
        h->is_ending = false;
        explicit_bzero(h->text, sizeof(h->text));
        h->length = 0;
        return failed(s, trouble_named(e->value));
    }
    if (s->visit.screen == SCREEN_FROM_PHONE)
        return received(s, e);
    if (s->visit.screen != SCREEN_TO_PHONE)
        return failed(
            s, HANDOFF_OFFLINE); /* it lies under a question now: one more touch tries again */
    h->step = HANDOFF_READY;
    h->until_ms = s->link.clock_quality == CLOCK_UNSET ? 0
                                                       : s->config.clock->wall_ms(s->config.clock) +
                                                             (int64_t)HANDOFF_HOURS * 3600000;
    snprintf(h->address, sizeof(h->address), "%s#%s", s->config.phone_url, h->code);
    return stay();
}
