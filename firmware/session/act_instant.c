/* Acts of a matter that is decided on the spot. */
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/acts.h"

bool instant_begin(struct session *s)
{
    struct visit *v = &s->visit;
    v->instant = (struct instant){ 0 };
    if (!v->service->is_instant || v->is_practice || session_is_anonymous(s))
        return false;
    v->instant.state = v->was_offline ? INSTANT_LATER : INSTANT_WAITING;
    v->instant.until_ms = session_now(s) + INSTANT_WAIT_MS;
    return v->instant.state == INSTANT_WAITING;
}

/* The slip comes out now, with the answer or without it. */
static void settle(struct session *s, enum instant_state state)
{
    s->visit.instant.state = state;
    outcome_print(s);
}

void instant_settle(struct session *s)
{
    if (s->visit.instant.state == INSTANT_WAITING)
        settle(s, INSTANT_LATER);
}

bool instant_is_due(const struct session *s)
{
    const struct instant *i = &s->visit.instant;
    return i->state == INSTANT_WAITING && session_now(s) >= i->until_ms;
}

/* The county has said something of somebody's case: perhaps of this one. */
enum screen act_cases_changed(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.instant.state == INSTANT_WAITING)
        s->config.ports->ask_case(s->config.context, s->visit.receipt);
    return stay();
}

/* Received is no answer yet; whatever else the county decided is told as of any other matter. */
enum screen act_instant_answer(struct session *s, const struct event *e)
{
    struct instant *i = &s->visit.instant;
    const struct case_view *c = e->answer;
    bool is_ours = c && i->state == INSTANT_WAITING && !strcmp(c->receipt, s->visit.receipt);
    if (!is_ours || c->where != CASE_COUNTY)
        return stay();
    if (!strcmp(c->state, "granted") || !strcmp(c->state, "delivered")) {
        text_copy(i->number, sizeof(i->number), case_fact(c, "result"));
        settle(s, INSTANT_GRANTED);
    } else if (strcmp(c->state, "received") != 0 && strcmp(c->state, "accepted") != 0) {
        settle(s, INSTANT_LATER);
    }
    return stay();
}
