/* Staff at the machine: the session only stands aside. What staff do is firmware/service's. */
#include "firmware/session/acts.h"

/* Nothing of the page before stays but the language and the height in which it was read. */
enum screen act_staff_begin(struct session *s, const struct event *e)
{
    enum language language = s->visit.language;
    bool is_lowered = s->visit.preferences.is_lowered;
    (void)e;
    session_forget(s);
    s->visit.language = language;
    s->visit.preferences.is_lowered = is_lowered;
    return SCREEN_STAFF;
}
