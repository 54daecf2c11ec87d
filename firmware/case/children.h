/* A bundle at the county: one parent, and children that are cases of their own. What follows from one for the
 * others, and what the parent is, is derived and never set (design: services SS-27 to SS-33).
 *
 * A child begins when those before it are done; one that comes to nothing takes down only those that wait for it,
 * also by way of others; siblings go on. Plain struct, pure functions, any thread; no person data. */
#pragma once

#include "firmware/case/case.h"

enum { CHILDREN_MAX = 16 };

struct case_child {
    enum case_state state, before_pause;
    unsigned after; /* bits: children that must be done first */
    bool is_fallen; /* ended because one before it came to nothing */
};

struct case_children {
    size_t count;
    struct case_child children[CHILDREN_MAX];
};

/* All received. `after` has one set of bits for each child; bits of children that are not there, or of itself, do
 * not count. At most CHILDREN_MAX. */
void children_open(struct case_children *c, size_t count, const unsigned *after);
/* Must it wait for another one that is not done yet? */
bool children_is_waiting(const struct case_children *c, size_t child);
/* An event of one child, by the statute's table. 0; CASE_E_EVENT: no such step from its state, or it is to be granted
 * while it waits; CASE_E_ACTOR: not for this side. Nothing has changed then. */
NODISCARD int children_happen(struct case_children *c, size_t child, enum case_event on,
                              enum case_actor by);

/* What the child's own case came to besides (its clocks, an owed paper): it stands there now, and what waited for it
 * falls if that is no success. A denial stays a denial, delivered or not. */
void children_follow(struct case_children *c, size_t child, enum case_state now);

/* ---- the cases of children ------------------------------------------------------------ */
/* It fell: over from today, wherever it stood. */
void children_close(struct case_file *fallen, day today);
/* Nothing is waited for any more: the time of what was accepted before counts from today. */
void children_start(struct case_file *c, day today);

struct children_tally {
    size_t open, granted, failed, fallen; /* `fallen` are among the failed */
    enum case_state parent;
    bool is_partial; /* over, and some were granted and some not */
};
/* The parent: open as long as a child is, done when all are; granted as soon as one of them is. */
struct children_tally children_tally(const struct case_children *c);
/* The parent as a case: its state follows the tally (a rating stays), and one clock counts for the whole. It runs from
 * the first acceptance, stands while every open child stands, and ends with the last one. */
void children_lead(struct case_file *parent, const struct calendar *cal,
                   const struct children_tally *t, day today);
