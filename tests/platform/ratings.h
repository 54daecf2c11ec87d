/* Good or bad (好差评, SS-56): a rating is sealed as an item of its own and joined here to the case that it is about. One for
 * each case, the first; never before the application itself; a delivered case is rated by it (CASE_EV_RATE). A bad one opens
 * a duty to call back, with a day. The clerk sees the grade and its reasons, never who pressed.
 *
 * Inside the platform's lock, but ratings_learn() and ratings_revisit_post(). */
#pragma once

#include "tests/platform/matter.h"

enum {
    RATING_LEVELS = 5,
    RATING_BAD = 2,          /* and below: not satisfied */
    RATING_REVISIT_DAYS = 5, /* working days; the county's own setting (rules.md 4.3) */
};

NODISCARD int ratings_begin(struct platform *p);
/* Ask county-open about ratings that came since. Takes the lock itself. */
void ratings_learn(struct platform *p);
/* The case is rated now, if it is delivered and somebody has. In a transaction of its own. */
NODISCARD int ratings_apply(struct platform *p, const char *id);
/* {level, tags, ...} of a case, or NULL. */
json_t *ratings_of(struct platform *p, const char *id);
/* POST /revisit: what came of calling back. */
void ratings_revisit_post(struct platform *p, const struct request_in *q, struct reply *r);
