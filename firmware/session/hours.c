/* The hours of a point as they bear on a visit: nobody is promised who is not there (SS-45). */
#include "firmware/calendar/calendar.h"
#include "firmware/session/internal.h"

enum { QUIET_BY = 2 };

int hours_weekday(const struct session *s)
{
    char text[9];
    const char *today = session_today(s, text);
    return today ? calendar_hours_day(s->config.calendar, day_from_text(today)) : 0;
}

bool hours_are_unattended(const struct session *s)
{
    int weekday = hours_weekday(s), minute = desk_minute(s);
    if (!s->catalogue || !weekday)
        return false;
    bool is_staffed = timetable_holds(&catalogue_point(s->catalogue)->staffed, weekday - 1, minute);
    return !point_is_staffed(desk_news(s), weekday, minute, is_staffed);
}

/* A visit keeps the profile it began with: none is cut short because the hour strikes, or letters change in the middle. */
void hours_begin(struct session *s)
{
    struct visit *v = &s->visit;
    const struct point_own *own = point_own(desk_news(s));
    v->preferences.is_elder |= own && own->is_large; /* hands in gloves: large keys (SS-46) */
    v->is_strict = hours_are_unattended(s);
    if (v->is_strict && v->preferences.volume == VOLUME_DEFAULT)
        v->preferences.volume -= QUIET_BY;
}
