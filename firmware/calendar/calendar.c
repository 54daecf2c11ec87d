#include "firmware/calendar/calendar.h"
#include "firmware/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRIDAY = 4, WEEK = 7 };
static const day EPOCH_WEEKDAY = 3; /* 1 January 1970 was a Thursday */

/* Days since 1 January 1970 of the civil calendar: years begin in March, so that the leap day is last. */
static day day_of(int y, int m, int d)
{
    y -= m <= 2;
    int era = y / 400, of_era = y - era * 400,
        of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void civil_of(day z, int *y, int *m, int *d)
{
    z += 719468;
    int era = z / 146097, doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    *d = doy - (153 * mp + 2) / 5 + 1;
    *m = mp < 10 ? mp + 3 : mp - 9;
    *y = yoe + era * 400 + (*m <= 2);
}

static bool is_inside(int year)
{
    return year >= CALENDAR_FIRST_YEAR && year < CALENDAR_FIRST_YEAR + CALENDAR_YEARS;
}

day day_from_text(const char *text)
{
    int all;
    if (!text || strlen(text) != 8 || !text_to_int(&all, text) || strspn(text, "0123456789") != 8)
        return DAY_NONE;
    int y = all / 10000, m = all / 100 % 100, d = all % 100, y2, m2, d2;
    if (!is_inside(y) || m < 1 || m > 12 || d < 1 || d > 31)
        return DAY_NONE;
    civil_of(day_of(y, m, d), &y2, &m2, &d2);
    return m2 == m && d2 == d ? day_of(y, m, d) : DAY_NONE;
}

void day_to_text(char out[9], day d)
{
    int y, m, dd;
    out[0] = 0;
    if (d == DAY_NONE)
        return;
    civil_of(d, &y, &m, &dd);
    if (is_inside(y))
        snprintf(out, 9, "%04u%02u%02u", (unsigned)y % 10000, (unsigned)m % 100,
                 (unsigned)dd % 100);
}

int day_of_week(day d)
{
    int w = (d + EPOCH_WEEKDAY) % WEEK;
    return w < 0 ? w + WEEK : w;
}

/* ---- one day -------------------------------------------------------------------------- */

static const struct calendar_year *year_of(const struct calendar *c, day d, size_t *place)
{
    int y, m, dd;
    civil_of(d, &y, &m, &dd);
    if (!is_inside(y))
        return NULL;
    *place = (size_t)(d - day_of(y, 1, 1));
    return &c->years[y - CALENDAR_FIRST_YEAR];
}

static bool has_bit(const uint64_t bits[6], size_t place)
{
    return bits[place / 64] >> place % 64 & 1;
}

bool calendar_knows(const struct calendar *c, int year)
{
    return is_inside(year) && c->years[year - CALENDAR_FIRST_YEAR].is_known;
}

bool calendar_is_working(const struct calendar *c, day d)
{
    size_t place;
    const struct calendar_year *y = year_of(c, d, &place);
    if (y && has_bit(y->off, place))
        return false;
    return (y && has_bit(y->work, place)) || day_of_week(d) <= FRIDAY;
}

int calendar_hours_day(const struct calendar *c, day d)
{
    size_t place;
    const struct calendar_year *y = c ? year_of(c, d, &place) : NULL;
    if (y && has_bit(y->off, place))
        return CALENDAR_HOLIDAY;
    return 1 + (y && has_bit(y->work, place) ? FRIDAY : day_of_week(d));
}

/* ---- counting ------------------------------------------------------------------------- */

day calendar_add(const struct calendar *c, day from, int count, bool *is_provisional)
{
    int step = count < 0 ? -1 : 1;
    size_t place;
    day d = from;
    const struct calendar_year *y = from == DAY_NONE ? NULL : year_of(c, d, &place);
    bool is_sure = y && y->is_known;
    if (count > CALENDAR_SPAN_MAX || count < -CALENDAR_SPAN_MAX)
        y = NULL;
    while (y && count) {
        d += step;
        y = year_of(c, d, &place);
        is_sure &= y && y->is_known;
        if (y && calendar_is_working(c, d))
            count -= step;
    }
    if (is_provisional)
        *is_provisional = !is_sure;
    return y ? d : DAY_NONE;
}

int calendar_count(const struct calendar *c, day from, day to)
{
    int count = 0;
    if (from == DAY_NONE || to == DAY_NONE)
        return 0;
    if (to < from)
        return -calendar_count(c, to, from);
    for (day d = from; d < to; d++)
        count += calendar_is_working(c, d + 1);
    return count;
}
