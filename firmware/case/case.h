/* The life of a case, as the statute has it: states, the events between them with the article that allows
 * each, and the clocks (design: services 1.0). Kiosk and platform share this table; which side may raise an
 * event stands in it.
 *
 * Articles without a name are of the Zhejiang regulations on the "at most one visit" reform (2018); "Licensing
 * Law" is the Administrative Licensing Law (2019). Plain structs; all functions are pure; any thread. A
 * case holds no person data. */
#pragma once

#include "firmware/calendar/calendar.h"

enum {
    CASE_GAPS_MAX = 24,
    CASE_MATERIAL = 41,   /* bytes of a material's id */
    CASE_NOTICE_DAYS = 5, /* Licensing Law 32: told within five days, or deemed accepted */
    CASE_REMIND_DAYS = 3, /* before a paper is due */
    CASE_HAPPENINGS_MAX = 32,
};

enum case_state {
    CASE_DRAFT,        /* being filled in */
    CASE_SIGNED,       /* 已签 */
    CASE_QUEUED,       /* durable at the kiosk, receipt printed */
    CASE_RECEIVED,     /* 收件 */
    CASE_ACCEPTED,     /* 受理 */
    CASE_ACCEPTED_GAP, /* 先予受理 (容缺) */
    CASE_CORRECT,      /* 补正 */
    CASE_PAUSED,       /* 特别程序 */
    CASE_DONE_OK,      /* 办结，准予 */
    CASE_DONE_NO,      /* 办结，不予 */
    CASE_ENDED,        /* 终止 */
    CASE_REFUSED,      /* 不予受理 */
    CASE_REVOKED,      /* 撤销受理 */
    CASE_WITHDRAWN,    /* 撤回，视为撤回 */
    CASE_DELIVERED,    /* 送达 */
    CASE_RATED,        /* 好差评 */
    CASE_ANNULLED,     /* 撤销决定: granted on a promise that was not kept */
    CASE_STATES,
};

enum case_event {
    CASE_EV_SIGN,
    CASE_EV_COMMIT,
    CASE_EV_RECEIVE,
    CASE_EV_ACCEPT,
    CASE_EV_ACCEPT_GAP, /* with gaps */
    CASE_EV_DEEM,       /* deemed accepted: nobody said anything in time */
    CASE_EV_NOTIFY,     /* the one-time notice: what is missing, until when */
    CASE_EV_GAP_CLOSED, /* one owed paper came */
    CASE_EV_GAP_FAILED, /* late or still wrong */
    CASE_EV_CORRECTED,  /* all came: accepted */
    CASE_EV_UNLAWFUL,   /* corrected, but still not lawful */
    CASE_EV_LAPSE,      /* the time to correct went by */
    CASE_EV_REFUSE,     /* not a matter of this office */
    CASE_EV_PAUSE,
    CASE_EV_RESUME,
    CASE_EV_GRANT,
    CASE_EV_DENY,
    CASE_EV_END,
    CASE_EV_WITHDRAW,
    CASE_EV_DELIVER,
    CASE_EV_RATE,
    CASE_EV_ANNUL, /* the decision is revoked (firmware/case/promise.h) */
    CASE_EVENTS,
};

enum case_actor { ACTOR_KIOSK = 1, ACTOR_RESIDENT = 2, ACTOR_COUNTY = 4, ACTOR_CLOCK = 8 };

struct case_transition {
    enum case_state in;
    enum case_event on;
    enum case_state to;
    unsigned by;         /* of enum case_actor */
    const char *article; /* "Art. 11 par. 2" */
    bool has_reason;     /* must be given in writing */
};
/* The table, for tests and for pages that explain it. */
extern const struct case_transition case_table[];
extern const size_t case_table_count;

struct case_gap {
    char material[CASE_MATERIAL];
    day due; /* its last day */
    bool is_closed;
};

struct case_file {
    enum case_state state, before_pause;
    int promised_days, legal_days; /* working days; legal -1: the law names none */
    day received, accepted, paused, finished, correct_by;
    day last;        /* of the last event: time does not run backwards */
    int paused_days; /* working days that the clock has stood still */
    int notices;     /* one is allowed (Art. 11; Licensing Law 32) */
    bool has_alarm;  /* a second notice was tried */
    size_t gap_count;
    struct case_gap gaps[CASE_GAPS_MAX];
};

enum case_outcome {
    CASE_E_EVENT = 1, /* the table has no such step from here */
    CASE_E_ACTOR,     /* not for this side */
    CASE_E_TIME,      /* before the last event, or no day */
    CASE_E_REASON,    /* a written reason is needed */
    CASE_E_GAP,       /* the guide does not let this paper follow later, or no such paper is owed */
    CASE_E_NOTICE,    /* a second notice: the case has an alarm now, nothing else has changed */
    CASE_E_FULL,      /* more papers than a case can hold */
};

/* What an event says besides. Only what its row needs is read. */
struct case_detail {
    unsigned by;          /* one of enum case_actor */
    const char *reason;   /* NULL or "": none */
    bool has_changed;     /* NOTIFY: the applicant changed the facts, so a new notice is lawful */
    int days;             /* NOTIFY: working days to correct */
    const char *material; /* GAP_CLOSED, GAP_FAILED */
    size_t gap_count;     /* ACCEPT_GAP */
    const struct case_owed {
        const char *material;
        int late_days; /* of the guide: within so many working days; 0: it can never follow */
    } * gaps;
};

void case_open(struct case_file *c, int promised_days, int legal_days);
/* 0, or CASE_E_...: nothing has changed then (but the alarm, see CASE_E_NOTICE). */
NODISCARD int case_happen(struct case_file *c, const struct calendar *cal, enum case_event on,
                          day today, const struct case_detail *detail);
/* The row that would be taken, or NULL. */
const struct case_transition *case_row(enum case_state in, enum case_event on);
bool case_is_over(enum case_state s); /* nothing more is decided */
const char *case_state_name(enum case_state s, bool english);

/* ---- clocks -------------------------------------------------------------------------- */
/* Last day of the promise and of the law: working days from acceptance, pauses not counted; while paused, as
 * if the clock went on today. DAY_NONE before acceptance, and for the law when it names none. The promise is
 * never later than the law. *is_provisional as in calendar_add(). */
day case_promised_by(const struct case_file *c, const struct calendar *cal, day today,
                     bool *is_provisional);
day case_legal_by(const struct case_file *c, const struct calendar *cal, day today,
                  bool *is_provisional);
/* Working days left until the promise; negative when it is late. Frozen once finished. */
int case_days_left(const struct case_file *c, const struct calendar *cal, day today);

enum case_happening_kind {
    HAPPENING_REMIND_SOON,  /* a paper is due in CASE_REMIND_DAYS working days */
    HAPPENING_REMIND_TODAY, /* it is due today */
    HAPPENING_REVOKED,      /* it did not come: acceptance is revoked, with a reason */
    HAPPENING_DEEMED,       /* accepted by silence, from the day it was received */
    HAPPENING_LAPSED,       /* correction did not come: taken as withdrawn */
    HAPPENING_LATE,         /* the promise went by yesterday */
    HAPPENING_LATE_BY_LAW,
};
struct case_happening {
    enum case_happening_kind kind;
    size_t gap; /* for reminders and REVOKED */
};
/* What `today` brings by itself. The case moves on where the law says so; reminders fall on their day only.
 * Call once for each day, in order. Returns how many were written. */
size_t case_day(struct case_file *c, const struct calendar *cal, day today,
                struct case_happening out[CASE_HAPPENINGS_MAX]);

/* ---- escalation: beside the case, never instead of it (SS-13) ------------------------- */
enum escalation_weight {
    ESCALATION_SIMPLE,
    ESCALATION_ORDINARY,
    ESCALATION_DIFFICULT,
    ESCALATION_WEIGHTS
};
struct escalation {
    enum escalation_weight weight;
    day opened, answered; /* answered DAY_NONE: not yet */
    int level;            /* 1 to 4: who is asked now (village, town, county, province) */
};
enum { ESCALATION_LEVELS = 4 };
/* Last day for an answer: 1, 5 or 10 working days from opening, the same again for every level above. */
day escalation_due(const struct escalation *e, const struct calendar *cal, bool *is_provisional);
/* Past its day without an answer it goes one level up; true when it did. */
bool escalation_day(struct escalation *e, const struct calendar *cal, day today);
