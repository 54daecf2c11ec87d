/* Who may do what on the staff screens. One table; no role sees resident data, so no action shows any. */
#pragma once

#include <stdbool.h>

enum role { ROLE_NONE, ROLE_PAPER, ROLE_CLERK, ROLE_TECHNICIAN, ROLE_INSPECTOR, ROLE_END };

enum staff_action {
    ACTION_PAPER,    /* a new roll is in */
    ACTION_CLEAN,    /* wipe the glass */
    ACTION_SETTLE,   /* an uncertain slip: did it come out? */
    ACTION_CARRY,    /* queue out, answers in */
    ACTION_HANDOVER, /* notes to the next shift */
    ACTION_PRACTICE, /* exercises with people who do not exist */
    ACTION_WAIVE,    /* accept other evidence in place of a paper, in a resident's visit (Art. 9) */
    ACTION_DEVICES,  /* device tests, test page */
    ACTION_CALIBRATE, /* of the glass */
    ACTION_COUNTERS,  /* of the machine, without names */
    ACTION_FIGURES,   /* the reform's, of this month */
    ACTION_QUEUE,     /* what waits: numbers only */
    ACTION_RELEASE,   /* a parked item goes again */
    ACTION_NETWORK,   /* how the link is, its test, its set-up */
    ACTION_JOIN,      /* a county, by stick */
    ACTION_READINESS, /* the certificate of the morning */
    ACTION_LOGS,      /* events onto the stick */
    ACTION_UPDATE,    /* firmware from the stick */
    ACTION_END,
};

/* "technician"; "" for none. */
const char *role_word(enum role role);
/* ROLE_NONE for a word that is no role. */
enum role role_parse(const char *word);
bool role_may(enum role role, enum staff_action action);
/* With a clock that was never set, validity cannot be judged: only what does no harm whenever it is done, and the
 * network, from which the time comes. */
bool role_may_in_doubt(enum role role, enum staff_action action);
const char *staff_action_word(enum staff_action action);
/* Is there any sense in it, before this kiosk has joined a county and after? */
bool staff_action_fits(enum staff_action action, bool has_joined);
