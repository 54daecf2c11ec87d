/* The session's table: what happens on which screen. Rows are searched from the top; what has no row does nothing. */
#pragma once

#include "firmware/session/acts.h"

/* Sets of screens. */
#define IN(name) (UINT64_C(1) << SCREEN_##name)
#define DESK (IN(POINT) | IN(TICKET) | IN(CALENDAR) | IN(PLACES) | IN(FIGURES) | IN(CANCEL))
#define BROWSING                                                                              \
    (IN(HOME) | IN(OWN) | IN(THEME) | IN(SEARCH) | IN(GUIDE) | IN(PROGRESS) | IN(NEED_CARD) | \
     IN(WITHDRAW) | DESK)
#define WAIVING (IN(WAIVE) | IN(WAIVE_TEXT))
#define FILLING \
    (IN(FETCHED) | IN(FORM) | IN(REVIEW) | IN(PAPERS) | WAIVING | IN(NOTICE) | IN(CONDITION))
#define TYPING (IN(FORM) | IN(SEARCH) | IN(ASIDE_TEXT) | IN(WAIVE_TEXT))
#define DRAWING (FILLING | IN(SEARCH) | IN(ASIDE_TEXT) | IN(AGENT_CONSENT))
#define ENDING (IN(DONE) | IN(NOT_SAVED) | IN(RATING))
#define REPORTING (IN(ASIDE) | IN(ASIDE_TEXT) | IN(ASIDE_KEPT))
#define RATED (IN(RATING) | IN(DONE) | IN(ASIDE_KEPT))
#define ASKING (IN(STILL_THERE) | IN(CARD_REMOVED) | IN(LEAVE) | IN(COVERED) | IN(AGENT_WRONG))
#define AGENT_CARDS (IN(AGENT_CARD) | IN(AGENT_HOME) | IN(AGENT_RESIDENT))
#define HELPERS (IN(HELPER) | IN(HELPER_BACK))
#define PHONES (IN(TO_PHONE) | IN(FROM_PHONE))
#define COURSES (IN(COURSE) | IN(TASK) | IN(SCORE))
#define AIDED (AGENT_CARDS | IN(AGENT_CONSENT) | HELPERS)
#define VISITING                                                                                   \
    (BROWSING | IN(FETCHING) | FILLING | IN(SUBMITTING) | ENDING | IN(HELP) | REPORTING | ASKING | \
     AIDED | PHONES)
/* It passes by itself, within seconds. */
#define PASSING (IN(SUBMITTING) | IN(FETCHING))
#define BEGINNING (IN(READING) | IN(CARD_TROUBLE))

_Static_assert(SCREEN_COUNT <= 64, "a set of screens is one word");

struct transition {
    uint64_t in; /* set of screens */
    enum event_kind on;
    enum screen to; /* used when `act` is NULL */
    act act;
};

/* NULL: nothing happens. */
const struct transition *table_row(enum screen in, enum event_kind on);
