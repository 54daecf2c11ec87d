/* The parts of a bundle that was looked up (CasePart of sync/api/county-platform.yaml): each has its office, its time, its
 * way out and its end. Plain structs without pointers; part of a timeline, so they live in the visit and go with it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "firmware/base/json.h"
#include "firmware/session/case_visit.h"

struct calendar;
struct session;

enum {
    CASE_PARTS_MAX = 16,
    CASE_PART_PAPERS = 6,
    CASE_PART_NAME = 128,
    CASE_PART_NOTE = 512,
    CASE_PART_REASON = 601,
    CASE_PART_WHY = 700,
};

enum hand_out {
    HAND_OUT_NONE,
    HAND_OUT_POST,
    HAND_OUT_PICKUP,
    HAND_OUT_ELECTRONIC,
    HAND_OUT_ACCOUNT, /* money comes into it */
    HAND_OUT_KINDS,
};

/* What the carrier says of a parcel (SS-51); the county has asked it. */
enum posted_state {
    POSTED_NONE,    /* no carrier is asked */
    POSTED_UNKNOWN, /* it has not said anything yet */
    POSTED_COLLECTED,
    POSTED_UNDER_WAY,
    POSTED_DELIVERED,
    POSTED_RETURNED,
    POSTED_STATES
};
struct posted {
    enum posted_state state;
    int64_t at_ms, as_of_ms; /* wall: since when, and when the carrier said so; 0 unknown */
};
/* To be translated: "On its way"; "" for none. */
const char *posted_words(enum posted_state state);

struct case_part {
    unsigned no;                                             /* 1 to CASE_PARTS_MAX */
    char name[2][CASE_PART_NAME], office[2][CASE_PART_NAME]; /* Chinese, English */
    char state[24];                                          /* CaseState word */
    char promised_by[TIMELINE_DAY], paused_since[TIMELINE_DAY];
    unsigned waits_for; /* bits: numbers less one */
    bool has_days_left, is_counted_here;
    int days_left; /* working days, negative when late */
    char reason[CASE_PART_REASON];
    enum hand_out hand_out;
    char code[9], counter[65], tracking[41];
    struct posted posted;
    struct case_owner owner;
    struct case_check check;
    struct case_visit visit;
    size_t owed_count; /* papers that this part still waits for */
    struct timeline_paper owed[CASE_PART_PAPERS];
};

struct case_parts {
    size_t count; /* 0: no bundle, or the county says nothing of parts */
    struct case_part list[CASE_PARTS_MAX];
};

enum case_part_end { PART_OPEN, PART_DONE, PART_FAILED, PART_ENDS };
enum case_part_end case_part_end(const struct case_part *part);
/* An office has said no to a case or a part that stands there: there are remedies against that. */
bool case_is_refused(const char *state);
/* How many of each end, by enum case_part_end. */
void case_parts_tally(unsigned out[PART_ENDS], const struct case_parts *parts);
/* All over, and some came to something and some did not: neither "granted" nor "not granted" would be true. */
bool case_parts_are_partial(const struct case_parts *parts);

/* Does one of them hold a time that can be given back? */
bool case_visit_held(const struct case_parts *parts);

/* From foreign JSON; what is not well formed is left out. Pure. */
void case_parts_read(struct case_parts *out, const json_t *list);
/* As timeline_count_down(), for each part whose time runs. */
void case_parts_count_down(struct case_parts *parts, const struct calendar *calendar,
                           const char *today);
/* How it stands, who has it, how long it may take or how it comes: one line, on the screen as on the slip. */
void session_case_part_note(const struct session *s, const struct case_part *part, int language,
                            char out[CASE_PART_NOTE]);
/* What must not be overlooked: why it failed, or how the result is collected. "" nothing. */
void session_case_part_why(const struct session *s, const struct case_part *part, int language,
                           char out[CASE_PART_WHY]);
/* Which papers it still waits for, each with its day (SS-20). "" none. */
void session_case_part_owed(const struct session *s, const struct case_part *part, int language,
                            char out[CASE_PART_NOTE]);
/* When the offices come to it, while it is open (SS-30). "" none. */
void session_case_part_visit(const struct session *s, const struct case_part *part, int language,
                             char out[CASE_VISIT_TEXT]);
/* To be translated: what can be done against a refusal. */
extern const char case_remedy[];
