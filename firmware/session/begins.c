#include <string.h>

#include "firmware/session/internal.h"

/* Somebody else's card; an agent's visit has several. */
static bool is_another(const struct visit *v, const struct person *person)
{
    return v->has_person && v->agency.step == AGENCY_NONE &&
           strcmp(v->person.number, person->number) != 0;
}

bool session_begins(const struct session *s, const struct event *e)
{
    const struct visit *v = &s->visit;
    bool is_idle = v->screen == SCREEN_ATTRACT || v->screen == SCREEN_READING ||
                   v->screen == SCREEN_CARD_TROUBLE;
    switch (e->kind) {
    case EV_CARD_READ:
        return is_idle || is_another(v, e->person);
    case EV_BEGIN:
    case EV_OPEN_PROGRESS:
    case EV_OPEN_HELP:
    case EV_OPEN_AGENT:
    case EV_OPEN_POINT:
    case EV_OPEN_UNSETTLED:
    case EV_SCANNED:
    case EV_SCANNED_CODE:
        return is_idle;
    default:
        return false;
    }
}
