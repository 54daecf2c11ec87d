/* A bundle at the county: its parts are cases of their own, each with office, clock, delivery and end; the whole follows
 * them and is never set (firmware/case/children.h; SS-27 to SS-33). What the kiosk is told and the clerk sees of it.
 *
 * Everything here runs inside the platform's lock, and what changes inside a transaction of the caller's, but
 * bundle_learn(). */
#pragma once

#include "tests/platform/matter.h"

struct bundle_case {
    struct matter whole;
    size_t count;
    struct matter parts[CHILDREN_MAX];
    struct case_children children; /* as the parts stand */
};

/* The id of its case. `no` counts from 1. */
void part_id(char out[MATTER_ID], const char *whole, size_t no);
/* The caller frees with free(). 0, -ENOENT (no such application, or no bundle whose parts are known), -EIO or -ENOMEM. */
NODISCARD int bundle_load(struct platform *p, struct bundle_case **out, const char *id);
/* An event of one part by the statute's table; `tried` is the part as it would be. 0, or CASE_E_...; the bundle changes
 * only on 0, `tried` also by an alarm. */
NODISCARD int bundle_happen(struct platform *p, struct bundle_case *b, struct matter *tried,
                            enum case_event on, const struct case_detail *detail);
/* What follows from it: parts that waited for one that came to nothing end, those that wait no more begin, the whole stands
 * where they are. All is kept and the kiosk is told. */
NODISCARD int bundle_settle(struct platform *p, struct bundle_case *b, const char *note);
/* What a day brings to each of its parts. */
NODISCARD int bundle_day(struct platform *p, const char *id, day today, size_t *happened);

/* bundle_learn.c: ask county-open for the parts of this bundle (NULL: of all whose parts are not known). Takes the lock
 * itself. */
void bundle_learn(struct platform *p, const char *id);

/* bundle_view.c */
/* CaseTimeline.parts of the interface. Never NULL. */
json_t *bundle_told(struct platform *p, const struct matter *whole);
/* For the clerk's page: {parts: [...], allowed: [...]}: each part with its case, and what may be done to all at once.
 * NULL: no bundle. */
json_t *bundle_desk(struct platform *p, const struct matter *whole);
