/* What a visitor does at the point's desk: a number in the queue of people, a booking, and what can be read of the point.
 * Public: part of the session's view. */
#pragma once

#include "firmware/base/ident.h"
#include "firmware/point/figures.h"
#include "firmware/point/point.h"

/* Who goes first (SS-07). As the resident says; nobody asks for a proof here. */
enum desk_priority {
    PRIORITY_NONE,
    PRIORITY_OLD, /* by the card, or said */
    PRIORITY_DISABLED,
    PRIORITY_PREGNANT,
    PRIORITY_SOLDIER,
    PRIORITY_COUNT
};
extern const char *const desk_priority_words[PRIORITY_COUNT]; /* "none", "old", ... */

/* Why it cannot wait (SS-17). As the resident says; staff confirm it, and until then it counts as a priority does. */
enum desk_urgency {
    URGENT_NO,
    URGENT_DEADLINE, /* a day that is fixed by law or contract is today or tomorrow */
    URGENT_HEALTH,
    URGENT_DEATH,
    URGENT_TRAVEL,
    URGENT_MATTER, /* the matter itself is: it is marked in the catalogue */
    URGENT_COUNT
};
extern const char *const desk_urgent_words[URGENT_COUNT]; /* "no", "deadline", ... */
/* The choice that leads to the question why. */
#define DESK_URGENT "urgent"

enum ticket_step {
    TICKET_CHOOSING, /* what for? */
    TICKET_WHY,      /* why can it not wait? */
    TICKET_ASKING,   /* does one of these fit you? */
    TICKET_TAKING,
    TICKET_HELD,
    TICKET_REFUSED, /* no number can be given here now */
};

enum cancel_step { CANCEL_ASKING, CANCEL_SENDING, CANCEL_SENT, CANCEL_FAILED };

/* A matter that has no theme of its own. */
#define DESK_OTHER "other"

enum { TICKET_TEXT = 24, PHONE_TAIL = 4 };

struct desk_ticket {
    enum ticket_step step;
    char theme[POINT_ID];
    enum desk_priority priority;
    enum desk_urgency urgency;
    char number[TICKET_TEXT]; /* as it is called: "A007" */
    char receipt[RECEIPT_TEXT];
    bool has_queue; /* ahead and minutes were known when it was taken */
    int ahead, minutes;
};

struct desk_view {
    const struct point_news *news; /* NULL: nothing is known of this point */
    struct point_figures figures;  /* of this kiosk alone */
    struct desk_ticket ticket;
    const struct point_calendar *calendar; /* of the service; NULL: none is known */
    char day[9];                           /* booked half-day; "": none */
    char half[3];                          /* "am" or "pm" */
    char today[9];                         /* YYYYMMDD, "" while no clock is set */
    int weekday; /* by which offices are open now (calendar_hours_day()); 0 while no clock is set */
    int minute;  /* of the day */
    enum cancel_step cancel;
    char tail[PHONE_TAIL + 1]; /* last digits of the telephone number of the booking */
};
