/* Working days of the People's Republic: weekends, holidays, and the weekends that are worked instead
 * (调休), as the State Council publishes them for each year.
 *
 * Years come as packs (assets/calendar/<year>.json). A year without a pack has its weekends only, and what
 * is counted through it is provisional: the holidays of next year are not known before autumn. A plain
 * struct without pointers; every function but those that learn is pure; any thread may read. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

enum {
    CALENDAR_FIRST_YEAR = 2000,
    CALENDAR_YEARS = 100,
    CALENDAR_COMPLAINT = 320,
    CALENDAR_PACK_BYTES_MAX = 64 * 1024,
    CALENDAR_SPAN_MAX = 3660, /* most working days that can be added at once */
};

/* A day: days since 1 January 1970. */
typedef int32_t day;
enum { DAY_NONE = INT32_MIN };

struct calendar_year {
    bool is_known;
    uint64_t off[6];  /* bit n: the n-th day of the year (from 0) is a holiday */
    uint64_t work[6]; /* it is a weekend day that is worked */
};

struct calendar {
    struct calendar_year years[CALENDAR_YEARS];
};

/* YYYYMMDD <-> day. DAY_NONE for anything that is no day from 2000 to 2099; "" for DAY_NONE. */
day day_from_text(const char *yyyymmdd);
void day_to_text(char out[9], day d);
/* 0 Monday to 6 Sunday. */
int day_of_week(day d);

/* Take a pack in. A year that is known already is replaced whole. On -EINVAL nothing has changed and
 * `complaint` says what is wrong ("2026 holidays[1].to: is before from"); -ENOMEM. */
NODISCARD int calendar_learn(struct calendar *c, const void *json, size_t length,
                             char complaint[CALENDAR_COMPLAINT]);
NODISCARD int calendar_learn_file(struct calendar *c, const char *path,
                                  char complaint[CALENDAR_COMPLAINT]);

bool calendar_knows(const struct calendar *c, int year);
bool calendar_is_working(const struct calendar *c, day d);
/* The day of the week by whose opening hours offices go: 1 Monday to 7 Sunday, a weekend that is worked counts as a Friday,
 * and on a holiday CALENDAR_HOLIDAY: open is who is open every day. `c` NULL: no holidays are known. */
enum { CALENDAR_HOLIDAY = 8 };
int calendar_hours_day(const struct calendar *c, day d);
/* The day `count` working days after `from`, which itself does not count (Civil Code, Art. 201); before it
 * when negative. 0 gives `from`. *is_provisional (if not NULL): a year on the way, or the year it ends in,
 * has no pack. DAY_NONE when it lies outside the calendar. */
day calendar_add(const struct calendar *c, day from, int count, bool *is_provisional);
/* Working days after `from` up to and with `to`; the other way round, the same with its sign turned. So
 * calendar_count(c, d, calendar_add(c, d, n, ..)) is n. */
int calendar_count(const struct calendar *c, day from, day to);
