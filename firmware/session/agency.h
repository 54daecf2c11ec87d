/* A village agent acts for a resident (代办, SS-34): two cards, one consent, one visit. What a session holds of it, and
 * what screens may know. Inside a session: locked memory, wiped with the visit. */
#pragma once

#include "firmware/base/ident.h"
#include "firmware/base/ink.h"
#include "firmware/card/person.h"
#include "firmware/catalogue/catalogue.h"
#include "firmware/seal/agent_mark.h"

enum agency_step {
    AGENCY_NONE,
    AGENCY_PROVEN, /* the agent's card is on the point's list; no resident yet */
    AGENCY_ASKING, /* the resident's card was read; they have not agreed yet */
    AGENCY_ACTING, /* they have: what is done now is done for them */
};

/* Why it does not go on; each has its sentence. */
enum agency_trouble {
    AGENCY_FINE,
    AGENCY_NO_LIST,    /* this point has no agents */
    AGENCY_UNLISTED,   /* the card is not on the list */
    AGENCY_ENDED,      /* listed until a day that is over */
    AGENCY_EXPIRED,    /* the agent's own card has expired */
    AGENCY_UNREAD,     /* the card could not be read */
    AGENCY_OWN_CARD,   /* the agent's card where the resident's belongs */
    AGENCY_THEIR_OLD,  /* the resident's card has expired */
    AGENCY_THIRD_CARD, /* somebody else's card in the middle of a matter */
    AGENCY_BEYOND,     /* a matter that this agent may not bring */
    AGENCY_NEXT_DAY,   /* the day of the consent is over */
};

/* A matter this agent brought from this kiosk. Numbers and the name of the matter, never the resident. */
enum { AGENCY_TASKS_MAX = 12, AGENCY_STATE = 24, AGENCY_CODE = 8 };
enum agency_duty {
    DUTY_WAIT,    /* the county works on it */
    DUTY_NOTIFY,  /* tell the resident what was decided */
    DUTY_HAND_IN, /* something is missing: hand it in */
    DUTY_SIGN,    /* come and sign, or collect */
};
struct agency_task {
    char receipt[RECEIPT_TEXT];
    char code[AGENCY_CODE];   /* of the service; "" when the note could not be opened */
    char state[AGENCY_STATE]; /* CaseState word; "" not answered yet */
    int64_t due_ms;           /* wall; 0 none */
};
/* What is to be done about it, from the county's word. */
enum agency_duty agency_duty_of(const struct agency_task *task);

struct agency_tasks {
    bool is_known; /* an answer came */
    size_t count;
    struct agency_task list[AGENCY_TASKS_MAX];
};

/* The same as kiosk-syncd keeps it: it can read neither whose nor what. */
struct agency_note {
    char receipt[RECEIPT_TEXT], state[AGENCY_STATE];
    int64_t due_ms;
    uint8_t sealed[AGENT_NOTE_SEALED];
    size_t length;
};
struct agency_notes {
    bool is_known;    /* false: it could not be asked */
    int64_t as_of_ms; /* wall: when the county was last heard; 0 never */
    size_t count;
    struct agency_note list[AGENCY_TASKS_MAX]; /* the newest first */
};

struct agency {
    enum agency_step step;
    enum agency_trouble trouble;
    bool is_from_home; /* where it was begun, and where "back" leads */
    struct person agent;
    const struct agent_entry *entry;
    struct agent_mark mark;
    char masked[MASKED_TEXT]; /* the agent's name */
    struct ink consent;       /* the resident's signature */
    bool is_affirmed, has_errors_shown;
    char day[9];            /* the consent holds on this day alone; "" while the clock is not set */
    enum language language; /* in which it was read */
    unsigned copy;          /* of the slip: 0 the resident's, 1 the agent's */
    struct agency_tasks tasks;
};

struct agency_view {
    enum agency_step step;
    enum agency_trouble trouble;
    const char *agent;        /* masked, "" without one */
    const struct words *role; /* NULL without one */
    const struct agent_entry *entry;
    const struct ink *consent;
    bool is_affirmed, has_errors_shown;
    bool is_second_copy; /* the agent's slip is being printed, or was */
    const struct agency_tasks *tasks;
};
