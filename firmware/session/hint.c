/* What somebody seems entitled to (免申办, SS-63): said once, from the card alone, and forgotten with the visit. */
#include "firmware/session/internal.h"

const struct service *hint_now(const struct session *s)
{
    enum { LIKELY = 4 };
    const struct visit *v = &s->visit;
    const struct service *list[LIKELY];
    char date[9];
    const struct rule_facts facts = { .today = session_today(s, date), .card = &v->person };
    /* It is not for an agent to read, and what was taken up once is known. */
    if (!s->catalogue || !v->has_person || agency_is_acting(s) || v->hints.is_hidden ||
        v->hints.taken)
        return NULL;
    return catalogue_hints(s->catalogue, &facts, list, LIKELY) ? list[0] : NULL;
}
