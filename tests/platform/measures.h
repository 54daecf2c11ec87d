/* The reform's own measures at the county: what has come, as far as it counts; what went wrong, gathered into issues by
 * cause; and the report of a month. Nothing here names anybody: county-open says words and numbers alone
 * (tests/platform/open/tally.h). The parts share tables in the platform's database. */
#pragma once

#include "tests/platform/platform.h"

enum { MONTH_TEXT = 7 }; /* YYYYMM and a NUL */

/* Tables, and the rule by which issues get their level, from that file. */
NODISCARD int measures_begin(struct platform *p, const char *issue_levels);
void measures_end(struct platform *p);
/* Whatever has come and is not counted yet is counted, once, and what went wrong in it goes to its issue. False:
 * county-open does not answer, so that figures would be incomplete. Locks. */
bool measures_learn(struct platform *p);
/* What a heartbeat counts (Heartbeat.figures): each count is the whole of its month, so what comes twice counts once. It
 * complains into `r` about what the interface does not allow. */
struct json_reader;
void figures_read(struct json_reader *r, const json_t *figures);
/* Those of them are stored and told to their issues. Inside the lock and a transaction. */
NODISCARD int figures_store(struct platform *p, const char *kiosk, const char *install_id,
                            const json_t *figures);

/* ---- issues.c ------------------------------------------------------------------------ */
/* Something went wrong. `about` is the code of a matter, or the kiosk of a fault; `at` is RFC 3339. */
struct mishap {
    const char *source; /* unsettled, guide, again, rating, late, left, fault */
    const char *about, *cause;
    int64_t count;
    const char *at;
    const char *kiosk; /* where; "" not known */
};
/* One more of its cause: a mended issue opens again when this happened after it was mended, not when it merely came in
 * late. Inside the lock and a transaction. */
NODISCARD int issue_add(struct platform *p, const struct mishap *m);
NODISCARD int issues_begin(struct platform *p, const char *issue_levels);
void issues_end(struct platform *p);
void issues_list(struct platform *p, const struct request_in *q, struct reply *r);
/* {"n":…,"state":"open|mending|mended","owner"?:…,"changed"?:…} */
void issues_state_post(struct platform *p, const struct request_in *q, struct reply *r);

/* ---- issue_stand.c: the level of each, kept; inside the lock and a transaction ---------- */
NODISCARD int issue_stand_begin(struct platform *p);
/* It is new, or has opened again: it begins at what it deserves, today, with nothing missed. */
NODISCARD int issue_stand_anew(struct platform *p, int64_t n);
/* Up to today: what its age brought, then what it deserves by now. Nothing for a mended one. */
NODISCARD int issue_stand_follow(struct platform *p, int64_t n);
NODISCARD int issue_stand_all(struct platform *p);
/* It happened at that kiosk too. */
NODISCARD int issue_stand_at(struct platform *p, int64_t n, const char *kiosk);
/* Into the JSON of an issue: level, answers_for, since, due, left, kiosks, missed. `office` is that of the matter. */
void issue_stand_told(struct platform *p, json_t *issue, int64_t n, const char *office);

/* ---- report.c ------------------------------------------------------------------------ */
/* GET /report?month=YYYYMM&kiosk=…: no kiosk is the county. */
void report_get(struct platform *p, const struct request_in *q, struct reply *r);

/* escalations.c: of what was registered in the month, answered by its day, late (answered or not), or with time left.
 * Learn first: the day on the slip stands inside the seal. The second inside the lock. */
struct escalation_sums {
    int in_time, late, waiting;
};
void escalations_learn(struct platform *p);
struct escalation_sums escalation_month(struct platform *p, const char *month, const char *kiosk);

/* ---- report_sums.c, report_times.c: inside the lock -------------------------------------------------- */
struct report {
    struct platform *p;
    char month[MONTH_TEXT];
    const char *kiosk; /* "": all */
};
json_t *report_matters(const struct report *r);
json_t *report_villages(const struct report *r);
json_t *report_trips(const struct report *r);
json_t *report_ratings(const struct report *r);
json_t *report_unsettled(const struct report *r);
json_t *report_times(const struct report *r);
json_t *report_left(const struct report *r);
json_t *report_faults(const struct report *r);
