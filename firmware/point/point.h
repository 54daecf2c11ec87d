/* What the county says about this service point today: how many wait, which half-days are free, which other points can
 * do what, how the month went. One small signed document (sync/api/county-platform.yaml, PointDocument), verified by
 * `kiosk` before it comes here, and foreign all the same. Plain data without a person in it; pure, any thread.
 *
 * Nothing in it is ever guessed: what the document does not say is absent, and what is too old is not shown as today's. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"
#include "firmware/base/ident.h"

enum {
    POINT_DOCUMENT_MAX = 64 * 1024, /* bytes */
    POINT_COMPLAINT = 320,
    POINT_ID = 21, /* id of a theme, code of a service, with the NUL */
    POINT_TEXT = 160,
    POINT_QUEUES = 12,
    POINT_CALENDARS = 10,
    POINT_HALVES = 40,
    POINT_PLACES = 12,
    POINT_OTHERS = 12,
    POINT_SPANS = 6,
    POINT_THEMES = 12,
    POINT_AWAY = 40,
    POINT_OWN = 40,
    POINT_FRESH_MS = 15 * 60 * 1000, /* how long a count of waiting people is worth saying */
    POINT_PRIORITY_AGE = 60,         /* years; Law on the Rights of the Elderly, article 2 */
};

/* The same in both languages. */
struct point_words {
    char zh[POINT_TEXT], en[POINT_TEXT];
};

/* Who waits for a theme, and how long whoever comes now will wait. */
struct point_queue {
    char theme[POINT_ID];
    int waiting, minutes;
    int ahead_priority, minutes_priority; /* for old, disabled, pregnant people and soldiers */
};

struct point_half {
    char day[9]; /* YYYYMMDD */
    bool is_afternoon;
    char from[6], to[6]; /* HH:MM */
    int free;
};

/* Half-days that can be booked, rising: `name` is "window", "home" or the code of a service that has its own. */
struct point_calendar {
    char name[POINT_ID];
    size_t half_count;
    struct point_half halves[POINT_HALVES];
};

struct point_place {
    struct point_words name, where;
};

/* Opening hours of some days of the week. */
struct point_span {
    unsigned days; /* bits: 1 << 1 Monday to 1 << 7 Sunday; 1 << 8 holidays: with all of them */
    int from, to;  /* minutes of the day */
};

struct point_other {
    struct point_words name, address, road, hours;
    char phone[24];
    int metres; /* by road; 0: not known */
    size_t span_count, theme_count;
    struct point_span spans[POINT_SPANS];
    char themes[POINT_THEMES][POINT_ID]; /* none: all */
};

/* What a point is, and so what it offers (SS-40, SS-41). */
enum point_level {
    LEVEL_UNSAID,
    LEVEL_VILLAGE,
    LEVEL_TOWN,
    LEVEL_AREA,
    LEVEL_HALL,
    LEVEL_PARK,
    LEVEL_COUNT
};
extern const char
    *const point_level_words[LEVEL_COUNT]; /* "", "village", "town", "area", "hall", "park" */

/* What is offered beside the matters. Bits. */
enum point_service {
    POINT_TICKETS = 1, /* a queue of people and counters */
    POINT_WINDOW = 2,  /* bookings of a counter */
    POINT_HOME = 4,    /* and of a visit at home */
    POINT_BELL = 8,    /* somebody who can be called to the kiosk */
    POINT_ALL = 15,
};

/* The point's own catalogue (SS-46): what people come here for, before all else. */
struct point_own {
    struct point_words name; /* "Road transport" */
    bool is_large;           /* visits begin in large letters: for gloves, in a yard */
    size_t count;            /* 0: it has none */
    char matters[POINT_OWN]
                [POINT_ID]; /* codes, the most frequent first; one may not be in the catalogue */
};

struct point_profile {
    enum point_level level; /* LEVEL_UNSAID: nothing is said, and everything is offered */
    bool has_printer;
    unsigned services;
    size_t theme_count, away_count, span_count;
    char themes[POINT_THEMES][POINT_ID]; /* done here; none: all */
    char away[POINT_AWAY][POINT_ID];     /* codes of matters that are not, whatever their theme */
    struct point_own own;
    struct point_span staffed[POINT_SPANS]; /* none: as the catalogue says */
};

/* The point's own numbers; a member below 0 is not known. */
struct point_month {
    char month[7]; /* YYYYMM; "": none of it is known */
    int cases, on_time_percent, rating_tenths, ratings, minutes;
};

struct point_news {
    int64_t version, made_ms; /* wall */
    char kiosk_id[KIOSK_ID_MAX + 1];
    char prefix[4]; /* of this kiosk's tickets; "": none was given */
    bool has_queues;
    size_t queue_count, calendar_count, place_count, other_count;
    struct point_queue queues[POINT_QUEUES];
    struct point_calendar calendars[POINT_CALENDARS];
    struct point_place places[POINT_PLACES];
    struct point_other others[POINT_OTHERS];
    struct point_month month;
    struct point_profile profile;
};

/* 0 (the caller owns *out), -EBADMSG with a sentence in `complaint`, or -ENOMEM. */
NODISCARD int point_parse(struct point_news **out, const void *text, size_t length,
                          char complaint[POINT_COMPLAINT]);
void point_free(struct point_news *p); /* NULL is fine */
AUTO_DEFINE(struct point_news, point_free)

/* All of these take NULL for "nothing is known". */

/* Is it done at this point? */
bool point_offers(const struct point_news *p, const char *theme, const char *code);
/* What it has of its own; NULL: nothing. */
const struct point_own *point_own(const struct point_news *p);
bool point_has(const struct point_news *p, enum point_service service);
/* Slips are printed here. */
bool point_prints(const struct point_news *p);
/* Are staff here then? `otherwise` where the profile says nothing. `weekday` as calendar_hours_day(). */
bool point_is_staffed(const struct point_news *p, int weekday, int minute, bool otherwise);

/* The queue of a theme while its count is fresh, else NULL. */
const struct point_queue *point_queue_now(const struct point_news *p, const char *theme,
                                          int64_t wall_ms);
/* The service's own calendar, else the one of `kind`; NULL: none. */
const struct point_calendar *point_calendar_for(const struct point_news *p, const char *service,
                                                const char *kind);
/* The first half-day that is still to come; `today` is YYYYMMDD or NULL when no clock is set, `minute` of the day now. A
 * half-day that has begun is over. Counts from `from`; half_count when there is none. */
size_t point_next_half(const struct point_calendar *c, size_t from, const char *today, int minute);
/* Is there a place left from now on? */
bool point_has_free(const struct point_calendar *c, const char *today, int minute);
/* Can it be done there? `theme` NULL: anything. */
bool point_can(const struct point_other *o, const char *theme);
/* Where to go for a theme: open now before closed, then the nearest; NULL: nowhere else. `weekday` 0 when no clock is
 * set. */
const struct point_other *point_nearest(const struct point_news *p, const char *theme, int weekday,
                                        int minute);
/* `weekday` as calendar_hours_day(). */
bool point_is_open(const struct point_other *o, int weekday, int minute);
