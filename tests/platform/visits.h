/* The joint visit of a bundle's part, as a booking under the id of the part. Inside the lock, and what changes inside a
 * transaction of the caller's. */
#pragma once

#include "tests/platform/matter.h"

/* The calendar of visits of several offices together, where the service has none of its own. */
#define VISIT_CALENDAR "joint"

NODISCARD int visits_begin(struct platform *p);
/* Is that the id of a visit, and no booking of its own? */
bool visit_is(const char *id);
/* The part is there: if the catalogue says that it is a visit, it is asked for, or holds the half-day that was chosen where a
 * place is left. `said` is county-open's {calendar, day, half, phone_tail}, or NULL. One that comes after others is asked for
 * when it begins, and its time is the county's to set. */
NODISCARD int visit_open(struct platform *p, const struct matter *part, const json_t *said);
/* The part has gone on: when it begins it is asked for, once it is over its place is free. */
NODISCARD int visit_follow(struct platform *p, const struct matter *part);
/* CasePart.visit of the interface. NULL: none, or over. */
json_t *visit_told(struct platform *p, const char *id);
/* Its kiosk hears how the bundle stands now. */
NODISCARD int visit_tell(struct platform *p, const char *id);
/* The resident gives the time back; the application goes on, and the county sets another. */
NODISCARD int visit_return(struct platform *p, const char *id);
