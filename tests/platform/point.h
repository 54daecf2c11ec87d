/* The county's side of "At this point": queue, bookings, and the document that tells a kiosk of both. The parts share
 * tables of their own in the platform's database. */
#pragma once

#include "tests/platform/platform.h"

enum { POINT_OFFSET_MS = 8 * 3600 * 1000, TODAY_TEXT = 9 };

/* Tables, and the point's standing facts from the file (NULL: this county has no such document). */
NODISCARD int point_begin(struct platform *p, const char *path);
void point_end(struct platform *p);
/* GET /v1/point */
void point_get(struct platform *p, const struct request_in *q, struct reply *r);

/* The point's own day and minute. */
void point_today(char day[TODAY_TEXT], int64_t wall_ms);
/* What has come sealed and concerns the desk is opened by county-open and noted. False: it does not answer, so that
 * nothing can be said about who waits. Never inside the lock. */
bool point_learn(struct platform *p);

/* levels.c; all but the last inside the lock. What a kiosk's level is, "" when nobody has said, and what it offers (NULL). */
enum { LEVEL_TEXT = 16 };
NODISCARD int levels_begin(struct platform *p);
void level_of(struct platform *p, char out[LEVEL_TEXT], const char *kiosk);
json_t *level_profile(struct platform *p, const char *kiosk);
void level_post(struct platform *p, const struct request_in *q, struct reply *r);

/* tickets.c; the first two inside the lock */
int tickets_note(struct platform *p, const json_t *item, const char *id, const char *kiosk,
                 const char *receipt, const char *submitted_at);
json_t *tickets_queues(struct platform *p, int64_t now_ms);
/* Average minutes of a visit to the counter this month; -1: too few. Inside the lock. */
int tickets_minutes(struct platform *p, int64_t now_ms);
void tickets_list(struct platform *p, const struct request_in *q, struct reply *r);
void tickets_next_post(struct platform *p, const struct request_in *q, struct reply *r);
/* For the screen in the hall: numbers and counters, nothing else. Open. */
void tickets_called(struct platform *p, const struct request_in *q, struct reply *r);

/* urgent.c; the first two inside the lock. `ticket` as it was opened, `id` of its item. */
NODISCARD int urgent_begin(struct platform *p);
NODISCARD int urgent_note(struct platform *p, const json_t *ticket, const char *id);
void urgent_decide(struct platform *p, const struct request_in *q, struct reply *r);

/* calendars.c; inside the lock. "09:00–11:30" of a half-day by the calendar's rule, "" where it has none. */
enum { HOURS_TEXT = 24, WHEN_TEXT = 48, POINT_NAME = 24 };
void calendar_hours(char out[HOURS_TEXT], const struct platform *p, const char *calendar,
                    const char *half);
/* "2026-11-27 14:00–17:00", or the half in a word. */
void calendar_when(char out[WHEN_TEXT], const struct platform *p, const char *calendar,
                   const char *date, const char *half);
/* The service's own calendar, else the one of `kind`; NULL: none. */
const char *calendar_for(const struct platform *p, const char *service, const char *kind);
/* PointDocument.calendars of the interface: what is offered from tomorrow on. */
json_t *calendars_free(struct platform *p, int64_t now_ms);
/* Places left of that half-day; -1: it is not offered. */
int64_t calendar_free(struct platform *p, const char *calendar, const char *date, const char *half);

/* bookings.c; the first inside the lock */
int bookings_note(struct platform *p, const json_t *item, const char *id, const char *kiosk,
                  const char *receipt);
void bookings_list(struct platform *p, const struct request_in *q, struct reply *r);
void bookings_decide(struct platform *p, const struct request_in *q, struct reply *r);
