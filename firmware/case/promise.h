/* A promise that stood in place of a proof (告知承诺): what was granted on it is checked after the decision, within 60
 * working days (regulation Art. 14, SS-22). A promise that is not kept leads to a written demand with a day; only when
 * that day has gone by in vain may the decision be revoked, in writing and with its reason (CASE_EV_ANNUL).
 *
 * Plain struct, pure functions, any thread; no person data. Kiosk and county share it. */
#pragma once

#include "firmware/case/case.h"

enum {
    PROMISE_CHECK_DAYS = 60, /* Art. 14: working days after the decision */
    PROMISE_SOON_DAYS = 5,   /* whoever checks is reminded so long before */
    PROMISE_DEMAND_DAYS_MAX = 60,
    PROMISE_HAPPENINGS_MAX = 2,
};

enum promise_state {
    PROMISE_NONE,     /* nothing was granted on a promise, or not yet */
    PROMISE_OPEN,     /* granted, to be checked */
    PROMISE_DEMANDED, /* not kept: to be put right by a day */
    PROMISE_KEPT,     /* checked, all is well */
    PROMISE_BROKEN,   /* the decision was revoked */
    PROMISE_STATES,
};
/* Words of the interface (CaseCheck.state); "" for PROMISE_NONE. */
extern const char *const promise_words[PROMISE_STATES];

struct promise_check {
    enum promise_state state;
    day decided, check_by; /* the last day to check */
    day demand_by;         /* the last day to put it right; DAY_NONE: nothing was demanded */
    day closed;            /* kept or broken */
};

/* Granted on `decided`: to be checked within `days` working days, 60 at most. */
void promise_open(struct promise_check *c, const struct calendar *cal, day decided, int days);
/* Each 0 or CASE_E_...: nothing has changed then. CASE_E_EVENT: no such step from here; CASE_E_TIME: before the decision,
 * no day, or (broken) the demand has not run out yet; CASE_E_REASON: it must be given in writing. */
NODISCARD int promise_keep(struct promise_check *c, day today);
/* Put right within `days` working days, 1 to PROMISE_DEMAND_DAYS_MAX. One demand, so that its day means something. */
NODISCARD int promise_demand(struct promise_check *c, const struct calendar *cal, day today,
                             int days, const char *reason);
NODISCARD int promise_break(struct promise_check *c, day today, const char *reason);

enum promise_happening {
    PROMISE_CHECK_SOON,    /* the check falls due in PROMISE_SOON_DAYS working days */
    PROMISE_CHECK_LATE,    /* its last day was yesterday */
    PROMISE_REMIND,        /* the resident: to be put right in CASE_REMIND_DAYS working days */
    PROMISE_DEMAND_LAPSED, /* not put right in time: the office decides */
};
/* What `today` brings by itself; each on its day only. Nothing is revoked by a clock: somebody must look and say why.
 * Returns how many were written. */
size_t promise_day(const struct promise_check *c, const struct calendar *cal, day today,
                   enum promise_happening out[PROMISE_HAPPENINGS_MAX]);
