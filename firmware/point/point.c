#include "firmware/point/point.h"

#include <stdlib.h>
#include <string.h>

void point_free(struct point_news *p)
{
    free(p);
}

const struct point_queue *point_queue_now(const struct point_news *p, const char *theme,
                                          int64_t wall_ms)
{
    /* A document from the future was made by another clock: its age is not known either. */
    bool is_fresh = p && p->has_queues && wall_ms - p->made_ms <= POINT_FRESH_MS &&
                    p->made_ms - wall_ms <= POINT_FRESH_MS;
    for (size_t i = 0; is_fresh && i < p->queue_count; i++)
        if (!strcmp(p->queues[i].theme, theme))
            return &p->queues[i];
    return NULL;
}

static const struct point_calendar *named(const struct point_news *p, const char *name)
{
    for (size_t i = 0; p && i < p->calendar_count; i++)
        if (!strcmp(p->calendars[i].name, name))
            return &p->calendars[i];
    return NULL;
}

const struct point_calendar *point_calendar_for(const struct point_news *p, const char *service,
                                                const char *kind)
{
    const struct point_calendar *own = named(p, service);
    return own ? own : named(p, kind);
}

static int minute_of(const char hhmm[6])
{
    return ((hhmm[0] - '0') * 10 + hhmm[1] - '0') * 60 + (hhmm[3] - '0') * 10 + hhmm[4] - '0';
}

size_t point_next_half(const struct point_calendar *c, size_t from, const char *today, int minute)
{
    for (; c && from < c->half_count; from++) {
        const struct point_half *h = &c->halves[from];
        int order = today ? strcmp(h->day, today) : 1;
        if (order > 0 || (order == 0 && minute < minute_of(h->from)))
            return from;
    }
    return c ? c->half_count : 0;
}

bool point_has_free(const struct point_calendar *c, const char *today, int minute)
{
    size_t i = point_next_half(c, 0, today, minute);
    for (; c && i < c->half_count; i = point_next_half(c, i + 1, today, minute))
        if (c->halves[i].free > 0)
            return true;
    return false;
}

bool point_can(const struct point_other *o, const char *theme)
{
    bool can = !theme || !o->theme_count;
    for (size_t i = 0; !can && i < o->theme_count; i++)
        can = !strcmp(o->themes[i], theme);
    return can;
}

/* A way whose length nobody has said is the longest. */
static int64_t way_to(const struct point_other *o, int weekday, int minute)
{
    enum { UNKNOWN_METRES = 1 << 30 };
    int64_t metres = o->metres > 0 ? o->metres : UNKNOWN_METRES;
    bool is_open = weekday && point_is_open(o, weekday, minute);
    return is_open ? metres : metres + INT64_C(2) * UNKNOWN_METRES;
}

const struct point_other *point_nearest(const struct point_news *p, const char *theme, int weekday,
                                        int minute)
{
    const struct point_other *best = NULL;
    for (size_t i = 0; p && i < p->other_count; i++) {
        const struct point_other *o = &p->others[i];
        if (point_can(o, theme) &&
            (!best || way_to(o, weekday, minute) < way_to(best, weekday, minute)))
            best = o;
    }
    return best;
}

bool point_is_open(const struct point_other *o, int weekday, int minute)
{
    for (size_t i = 0; i < o->span_count; i++) {
        const struct point_span *s = &o->spans[i];
        if (s->days & (1u << weekday) && minute >= s->from && minute < s->to)
            return true;
    }
    return false;
}
