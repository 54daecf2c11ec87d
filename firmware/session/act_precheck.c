/* Acts on a condition that is not met: what works instead, or all the same; and on what one seems entitled to. */
#include <string.h>

#include "firmware/session/acts.h"

/* What was said last counts. */
static bool note(struct precheck *p, const struct fact *fact, bool is_yes)
{
    for (size_t i = 0; i < p->said_count; i++)
        if (p->said[i].fact == fact) {
            p->said[i].is_yes = is_yes;
            return true;
        }
    if (p->said_count == PRECHECK_SAID)
        return false;
    p->said[p->said_count++] = (struct fact_said){ fact, is_yes };
    return true;
}

enum screen act_say_fact(struct session *s, const struct event *e)
{
    const struct fact *fact = e->name ? catalogue_find_fact(s->catalogue, e->name) : NULL;
    bool is_yes = e->value && !strcmp(e->value, "yes"), is_no = e->value && !strcmp(e->value, "no");
    if (!fact || fact->type != RULE_YES_NO || !*fact->question.in[LANGUAGE_ZH] || is_yes == is_no ||
        !note(&s->visit.precheck, fact, is_yes))
        return stay();
    return precheck_stops(s) ? SCREEN_CONDITION : stay();
}

/* What was filled in was for the other matter; "back" leads where that one's did. */
static enum screen go_over_to(struct session *s, const struct service *service)
{
    if (!service)
        return stay();
    s->visit.has_draft = s->visit.is_dirty = false;
    s->visit.service = service;
    precheck_begin(s);
    return SCREEN_GUIDE;
}

enum screen act_take_bundle(struct session *s, const struct event *e)
{
    (void)e;
    return go_over_to(s, catalogue_bundle_with(s->catalogue, s->visit.service));
}

enum screen act_take_route(struct session *s, const struct event *e)
{
    struct precheck_view view = { 0 };
    (void)e;
    precheck_look(&view, s);
    return go_over_to(s, view.route);
}

enum screen act_leave_condition(struct session *s, const struct event *e)
{
    (void)e;
    leaflet_begin(s); /* the guide is another slip */
    return s->visit.precheck.is_in_form ? SCREEN_FORM : SCREEN_GUIDE;
}

static unsigned bit_of(const struct precheck *p)
{
    return 1u << (p->failed - p->about->rules);
}

enum screen act_insist(struct session *s, const struct event *e)
{
    struct precheck *p = &s->visit.precheck;
    if (!p->failed || s->visit.service->reach == REACH_INFO)
        return stay();
    p->insisted |= bit_of(p);
    p->failed = NULL;
    leaflet_begin(s);
    if (!p->is_in_form)
        return act_start_form(s, e);
    s->visit.screen = SCREEN_FORM; /* answers that were passed count on */
    return form_go_on(s);
}

/* ---- what one seems entitled to --------------------------------------------------------- */

enum screen act_take_hint(struct session *s, const struct event *e)
{
    const struct service *service = hint_now(s);
    if (!service)
        return stay();
    const struct event open = { .kind = EV_OPEN_SERVICE, .name = service->code };
    (void)e;
    s->visit.hints.taken = service;
    return act_open_service(s, &open);
}

enum screen act_hide_hint(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.hints.is_hidden = true;
    return stay();
}
