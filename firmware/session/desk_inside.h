/* The desk's part of a visit, and what the session asks it. Inside firmware/session only. */
#pragma once

#include "firmware/session/session.h"
#include "firmware/session/token.h"

enum { VISIT_BYTES = 128 };

/* All zero is a visit that has not been there. */
struct desk_visit {
    struct desk_ticket ticket;
    char ticket_token[TOKEN_TEXT];
    char day[9], half[3]; /* chosen from the calendar */
    char kind[16];        /* name of the calendar they are from */
    char tail[PHONE_TAIL + 1];
    enum cancel_step cancel;
    char cancel_token[TOKEN_TEXT];
    enum screen from; /* where the list of places was opened */
};

/* What is known of this point; NULL when it is of another kiosk. */
const struct point_news *desk_news(const struct session *s);
/* The calendar of the service that is being booked, or of the joint visit that belongs to it (SS-30); NULL: none. */
const struct point_calendar *desk_calendar(const struct session *s);
/* Is that matter done at another point (SS-40)? NULL: no. */
bool desk_is_elsewhere(const struct session *s, const struct service *service);
/* Local minute of the day. */
int desk_minute(const struct session *s);
void desk_look(struct desk_view *view, const struct session *s);

/* ---- ticket and cancelling are items of their own: answers of the queue process ---------- */
/* True: it was the desk's. */
bool desk_reserved(struct session *s, const struct reservation *r);
bool desk_stored(struct session *s, const char *token, bool is_stored);

/* ---- booking ---------------------------------------------------------------------------- */
/* Does a calendar come before the form? */
bool desk_has_calendar(const struct session *s);
/* Answers that the calendar gave and the form does not ask again. */
bool desk_is_from_calendar(const struct session *s, const struct field *f);

/* ---- slips_desk.c ----------------------------------------------------------------------- */
NODISCARD int slip_ticket(struct slip **out, const struct session *s);
/* When the offices come, as chosen from the calendar or wished; or that the county sets it. */
void desk_visit_words(const struct session *s, const struct bundle_part *part,
                      enum language language, char out[VISIT_BYTES]);
NODISCARD int slip_booking(struct slip **out, const struct session *s);
