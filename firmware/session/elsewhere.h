/* What a card finds beyond this kiosk (SS-52, SS-53): the county is asked by a live question (sync/api/live-question.md) while the
 * card's holder looks at the list. Only with the proof that the list of this kiosk wants too, the picture in the chip (matters.h); never while
 * somebody acts for somebody else, nor in practice. Its answer is person data of the visit; nothing of it is kept. */
#pragma once

#include "firmware/session/agency.h"
#include "firmware/session/fetch.h"

enum { ELSEWHERE_TEXT = 48 * 1024 };

enum elsewhere_state {
    ELSEWHERE_UNASKED, /* no card, or one that proves nothing */
    ELSEWHERE_ASKING,
    ELSEWHERE_ANSWERED,   /* `tasks` is what the county has besides; it may be nothing */
    ELSEWHERE_UNANSWERED, /* offline, or no answer: only this kiosk's are known */
};

/* In struct visit. */
struct elsewhere {
    enum elsewhere_state state;
    struct fetch_secret secret; /* of the question under way */
    int64_t as_of_ms;           /* wall: when it was answered */
    struct agency_tasks tasks;
    size_t length;
    char text[ELSEWHERE_TEXT]; /* the answer, read again when one of them is opened */
};

struct session;
struct event;

struct case_view;
/* The opened answer to the question of that id: its rows, those with a number that is one. 0 or -EBADMSG; then `out` is empty. Pure. */
NODISCARD int elsewhere_read(struct agency_tasks *out, const void *text, size_t length,
                             const char *question);
/* The case of that number in it; false, and `out` as it was: it tells nothing of it. Pure. */
bool elsewhere_case(struct case_view *out, const void *text, size_t length, const char *receipt);

/* Ask, once in a visit unless there was no answer. */
void elsewhere_ask(struct session *s);
/* Nobody waits any longer. */
void elsewhere_drop(struct session *s);
/* Was it the answer to this question? */
bool elsewhere_take(struct session *s, const struct event *e);
/* The case of that number as the county told it, into visit.asked; false: it told nothing of it. */
bool elsewhere_open(struct session *s, const char *receipt);
/* The reminders of this kiosk came: what they list is not listed twice. */
void elsewhere_sift(struct session *s);
