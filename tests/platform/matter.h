/* A case at the county: one application, held by the statute's table (firmware/case), with what the county knows besides
 * and what the kiosk is told. It holds no person data: the application itself stays sealed.
 *
 * Everything here runs inside the platform's lock, and what changes inside a transaction of the caller's. */
#pragma once

#include "firmware/case/children.h"
#include "firmware/case/promise.h"
#include "tests/platform/platform.h"

enum {
    MATTER_MISSING_MAX = 24,
    MATTER_STEPS_MAX = 24, /* the last ones go to the kiosk */
    MATTER_REASON = 801,   /* 200 characters */
    MATTER_NAME = 201,
    MATTER_PHONE = 24,
    MATTER_ID = UUID_TEXT + 3, /* of an item, or of a part of it: "<uuid>.<no>" */
    MATTER_LIMIT_BY_LAW =
        20, /* Licensing Law 42: working days when nobody could open the application yet */
};

/* How the result leaves the house (Licensing Law 44; SS-51, SS-52). */
enum delivery_kind {
    DELIVERY_NONE,
    DELIVERY_POST,
    DELIVERY_PICKUP,
    DELIVERY_ELECTRONIC,
    DELIVERY_ACCOUNT, /* money comes into it */
    DELIVERY_KINDS,
};
extern const char *const delivery_words[DELIVERY_KINDS]; /* "", "post", "pickup", ... */

struct delivery {
    enum delivery_kind kind;
    char code[9]; /* pickup: six digits */
    char counter[65], tracking[41];
};

/* A part of a bundle is a case of its own under the id of the whole, a dot and its number (bundle.h). */
struct matter_part {
    int no;                            /* 0: no part */
    char id[25];                       /* in the catalogue */
    char name[2][201], office[2][201]; /* Chinese, English */
    unsigned after;                    /* bits: places of the parts that must be done first */
    bool is_fallen;                    /* ended because one before it came to nothing */
    bool is_denied;                    /* also once the denial is delivered */
    bool has_waited, has_begun;        /* accepted while it waited; its time runs */
};

/* Who has it now, by name and telephone (首问责任, SS-12): staff, never a resident. */
struct matter_owner {
    char name[MATTER_NAME], phone[MATTER_PHONE]; /* "" nobody yet */
    char office[2][MATTER_NAME];                 /* Chinese, English; "" not said */
    day since;
};

/* It rests on a promise in place of a proof: checked once it is granted (Art. 14; SS-22). */
struct matter_check {
    bool is_wanted;
    int days;
    char what[2][MATTER_NAME]; /* what was promised */
    struct promise_check check;
};

/* It belongs to another county, which decides; the number stays (SS-47). */
struct matter_elsewhere {
    char county[25]; /* id in the catalogue; "" here */
    char name[2][MATTER_NAME], address[2][MATTER_NAME], phone[MATTER_PHONE];
    char ref[41]; /* the number it has there; "" not heard yet */
    bool is_forwarded;
    day since;
};

struct matter {
    char id[MATTER_ID], kiosk[KIOSK_ID_MAX + 1], receipt[RECEIPT_TEXT], server_ref[64];
    char service[24]; /* "" until county-open has said it: it stands inside the seal */
    struct case_file file;
    size_t missing_count; /* of the one-time notice */
    char missing[MATTER_MISSING_MAX][CASE_MATERIAL];
    char reason[MATTER_REASON];
    char article[64]; /* of the last step */
    struct delivery delivery;
    struct matter_part part;
    struct matter_owner owner;
    struct matter_check check;
    struct matter_elsewhere elsewhere;
    bool knows_parts; /* county-open has said which parts it has, if any */
    size_t part_count;
};

/* One line of what has been done. `what` is a word of matter_words[] or of a happening. */
struct matter_step {
    const char *what, *article;
    const char *reason, *note; /* "" none */
    const json_t *facts;       /* told to the kiosk with it; NULL none */
};

/* ---- matter.c ------------------------------------------------------------------------ */
/* Tables; an older database gets them too. */
NODISCARD int matter_begin(struct platform *p);
/* An application came in: received today. */
NODISCARD int matter_receive(struct platform *p, const char *id);
/* 0, -ENOENT (no such application) or -EIO. */
NODISCARD int matter_load(struct platform *p, struct matter *out, const char *id);
/* The case as it is now, a line about what was done, and an entry for its kiosk. */
NODISCARD int matter_record(struct platform *p, const struct matter *m,
                            const struct matter_step *step);
/* The case and the line alone: whoever calls tells the kiosk. */
NODISCARD int matter_note(struct platform *p, const struct matter *m,
                          const struct matter_step *step);
/* An entry for its kiosk: how it stands now. */
NODISCARD int matter_tell(struct platform *p, const struct matter *m, const char *note);
/* The case alone; nobody is told. */
NODISCARD int matter_store(struct platform *p, const struct matter *m);
/* Word of the interface (CaseState). */
const char *matter_state(const struct matter *m);
/* Now it is known which matter it is: its own days count from here on. Unknown codes change nothing. */
void matter_set_service(const struct platform *p, struct matter *m, const char *code);
/* In the published catalogue, borrowed; NULL. */
const json_t *matter_service(const struct platform *p, const char *code);
const json_t *matter_material(const json_t *service, const char *id);

/* ---- matter_json.c ------------------------------------------------------------------- */
/* Everything but what stands in columns of their own. NULL on no memory. */
json_t *matter_write(const struct matter *m);
/* False when it is not what matter_write() made. */
bool matter_read(struct matter *m, const json_t *o);

/* ---- matter_more.c: who has it, what is to be checked, where it lies -------------------- */
void matter_more_write(json_t *out, const struct matter *m);
void matter_more_read(struct matter *m, const json_t *o);
/* Into CaseTimeline. */
void matter_more_told(json_t *timeline, const struct matter *m);
/* What county-open says of what is sealed ("children ID"): does it rest on a promise, which county is it for. `item` is the
 * code of the matter, or of what a part stands for. */
void matter_more_learn(const struct platform *p, struct matter *m, const char *item,
                       const json_t *said);
/* Granted: what was promised is to be checked from now on. */
void matter_more_decided(const struct platform *p, struct matter *m);
/* Somebody has it from today on; empty names change nothing. */
void matter_take(const struct platform *p, struct matter *m, const char *name, const char *phone);

/* ---- matter_view.c ------------------------------------------------------------------- */
/* What the kiosk is told (StatusEntry.timeline). */
json_t *matter_timeline(struct platform *p, const struct matter *m);
/* What may be done now: exactly the rows of the table, each with its article. */
json_t *matter_allowed(const struct matter *m);
/* What the clerk's page shows, with every step that the table allows now. */
json_t *matter_desk(struct platform *p, const struct matter *m);
/* Materials that are still to come, and the last day for the first of them (or for the county, or DAY_NONE). */
json_t *matter_owed_ids(const struct matter *m);
/* Calls for each paper that is still to come, with its last day. */
void matter_each_owed(const struct matter *m, void *context,
                      void (*add)(void *context, const char *material, day due));
day matter_due(struct platform *p, const struct matter *m);

/* ---- matter_step.c ------------------------------------------------------------------- */
/* Words of the events that a clerk may raise, and their order on the page. NULL-ended by `word`. */
struct desk_word {
    const char *word;
    enum case_event event;
    unsigned by; /* a resident's own will is recorded at the counter */
};
extern const struct desk_word desk_words[];
/* Which lane a step stands in (SS-06): "front", "departments" or "hand-out". */
const char *matter_lane(const char *what);
/* Is the result to be fetched, and not yet set out for that? */
bool matter_may_be_set_out(const struct matter *m);

/* ---- instant.c ----------------------------------------------------------------------- */
/* Decide what may be decided as it comes in, of a batch's results. Takes the lock itself; asks county-open first. */
void instant_decide(struct platform *p, const json_t *results);

/* ---- matter_day.c -------------------------------------------------------------------- */
/* The county's day: the wall clock at UTC+8 and the days that the desk has turned on. */
day county_today(const struct platform *p);
/* The same as a time (RFC 3339). */
void county_now(const struct platform *p, char out[21]);
/* "2026-12-03", "" for DAY_NONE. */
void county_day_text(char out[11], day d);
NODISCARD int calendar_begin(struct platform *p, const char *folder);
/* Lines about what the day brought to one case, by itself; `record` keeps each. A part whose time has not begun is never
 * late. */
NODISCARD int matter_day(struct platform *p, struct matter *m, day today, size_t *happened,
                         int (*record)(struct platform *p, const struct matter *m,
                                       const struct matter_step *step));
/* Bring every open case up to today, day by day, each day once. Takes the lock itself; asks county-open first. */
NODISCARD int matter_days(struct platform *p);
/* The same after going on by that many days; `happened` counts what they brought. */
NODISCARD int matter_turn_days(struct platform *p, int days, size_t *happened);
/* Ask county-open which services these cases are about. Takes the lock itself. */
void matter_learn(struct platform *p, const char *id);
