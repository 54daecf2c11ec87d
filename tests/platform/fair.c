#include "tests/platform/fair.h"

#include <string.h>

static int64_t turn(const struct fair_ticket *t)
{
    return t->arrived_ms - (t->is_urgent ? FAIR_URGENT_MS : t->is_first ? FAIR_HEAD_START_MS : 0);
}

bool fair_before(const struct fair_ticket *a, const struct fair_ticket *b)
{
    return turn(a) != turn(b) ? turn(a) < turn(b) : a->order < b->order;
}

static bool is_served(const struct fair_ticket *t, const char *const *themes, size_t theme_count)
{
    bool is_served = !theme_count;
    for (size_t i = 0; i < theme_count; i++)
        is_served |= !strcmp(themes[i], t->theme);
    return is_served;
}

static int next_of(const struct fair_ticket *tickets, size_t count, const char *const *themes,
                   size_t theme_count, bool is_lane)
{
    int next = -1;
    for (size_t i = 0; i < count; i++)
        if ((!is_lane || tickets[i].is_lane) && is_served(&tickets[i], themes, theme_count) &&
            (next < 0 || fair_before(&tickets[i], &tickets[next])))
            next = (int)i;
    return next;
}

int fair_next(const struct fair_ticket *tickets, size_t count, const char *const *themes,
              size_t theme_count)
{
    return next_of(tickets, count, themes, theme_count, false);
}

int fair_next_urgent(const struct fair_ticket *tickets, size_t count, const char *const *themes,
                     size_t theme_count)
{
    int next = next_of(tickets, count, themes, theme_count, true);
    return next < 0 ? fair_next(tickets, count, themes, theme_count) : next;
}

int fair_ahead(const struct fair_ticket *tickets, size_t count, const char *theme, bool is_first,
               int64_t now_ms)
{
    const struct fair_ticket newcomer = { .arrived_ms = now_ms,
                                          .order = INT64_MAX,
                                          .is_first = is_first };
    int ahead = 0;
    for (size_t i = 0; i < count; i++)
        ahead += !strcmp(tickets[i].theme, theme) && fair_before(&tickets[i], &newcomer);
    return ahead;
}
