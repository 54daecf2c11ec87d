/* What a point of its level offers. */
#include <string.h>

#include "firmware/point/point.h"

const char *const point_level_words[LEVEL_COUNT] = {
    "", "village", "town", "area", "hall", "park"
};

static bool is_among(const char (*list)[POINT_ID], size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(list[i], word))
            return true;
    return false;
}

bool point_offers(const struct point_news *p, const char *theme, const char *code)
{
    if (!p || p->profile.level == LEVEL_UNSAID)
        return true;
    const struct point_profile *f = &p->profile;
    bool is_theme_here = !f->theme_count || is_among(f->themes, f->theme_count, theme);
    return is_theme_here && !is_among(f->away, f->away_count, code);
}

const struct point_own *point_own(const struct point_news *p)
{
    return p && p->profile.level != LEVEL_UNSAID && p->profile.own.count ? &p->profile.own : NULL;
}

bool point_has(const struct point_news *p, enum point_service service)
{
    return !p || p->profile.level == LEVEL_UNSAID || (p->profile.services & (unsigned)service) != 0;
}

bool point_prints(const struct point_news *p)
{
    return !p || p->profile.level == LEVEL_UNSAID || p->profile.has_printer;
}

bool point_is_staffed(const struct point_news *p, int weekday, int minute, bool otherwise)
{
    if (!p || p->profile.level == LEVEL_UNSAID || !p->profile.span_count)
        return otherwise;
    for (size_t i = 0; i < p->profile.span_count; i++) {
        const struct point_span *s = &p->profile.staffed[i];
        if (s->days & (1u << weekday) && minute >= s->from && minute < s->to)
            return true;
    }
    return false;
}
