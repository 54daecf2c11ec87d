/* The glass at rest: nobody is here. By night and while the house is closed it is dark; by day the picture changes for one minute of
 * ten. A touch, a card or a key brings everything back: whoever stands there is served at any hour. */
#include "firmware/calendar/calendar.h"
#include "firmware/session/internal.h"

enum {
    REST_AFTER_MS = 180000,
    NIGHT_FROM = 22 * 60,
    NIGHT_TO = 6 * 60,
    CHANGE_EVERY = 10, /* minutes */
};

enum rest rest_now(const struct session *s)
{
    const struct visit *v = &s->visit;
    int weekday = hours_weekday(s), minute = desk_minute(s);
    if (v->screen != SCREEN_ATTRACT || v->is_practice || !s->catalogue || !weekday ||
        session_now(s) - v->touched_ms < REST_AFTER_MS)
        return REST_NONE;
    bool is_open = timetable_holds(&catalogue_point(s->catalogue)->open, weekday - 1, minute);
    if (!is_open || minute >= NIGHT_FROM || minute < NIGHT_TO)
        return REST_DARK;
    return minute % CHANGE_EVERY == CHANGE_EVERY - 1 ? REST_CHANGE : REST_NONE;
}
