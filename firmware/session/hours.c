/* The hours of a point as they bear on a visit: nobody is promised who is not there (SS-45). */
#include "firmware/session/internal.h"

enum { QUIET_BY = 2 };

bool hours_are_unattended(const struct session *s)
{
    const int64_t minute_ms = 60000;
    if (!s->catalogue || s->link.clock_quality == CLOCK_UNSET)
        return false;
    int64_t minutes =
        s->config.clock->wall_ms(s->config.clock) / minute_ms + s->config.utc_offset_minutes;
    int64_t days = minutes / (24 * 60);
    int weekday = (int)((days + 3) % 7); /* 1970-01-01 was a Thursday */
    int minute = (int)(minutes % (24 * 60));
    bool is_staffed = timetable_holds(&catalogue_point(s->catalogue)->staffed, weekday, minute);
    return !point_is_staffed(desk_news(s), weekday + 1, minute, is_staffed);
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
