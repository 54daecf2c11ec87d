/* How a case goes, as the county told it (StatusEntry.timeline of sync/api/county-platform.yaml): what was done and where,
 * the days that count, what is owed, how the result leaves the house. Plain structs without pointers; it names offices and
 * papers, nobody, but belongs to somebody's case: it lives in the visit and goes with it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "firmware/session/case_parts.h"

enum { TIMELINE_STEPS = 24, TIMELINE_OWED = 24, TIMELINE_WAIVED = 8 };

/* One front accepts, the departments behind it decide, one counter hands out (SS-06). */
enum case_lane { LANE_FRONT, LANE_DEPARTMENTS, LANE_HAND_OUT, LANES };

struct timeline_step {
    char what[24]; /* word of the interface: "accept", "late", ... */
    char day[TIMELINE_DAY];
    enum case_lane lane;
};

/* Other evidence was accepted in place of a paper (SS-72). */
struct timeline_waiver {
    char paper[201]; /* id in the catalogue, or what was to be proven */
    char evidence[201];
};

struct timeline {
    bool is_there; /* the county said anything of it */
    char promised_by[TIMELINE_DAY], legal_by[TIMELINE_DAY], paused_since[TIMELINE_DAY];
    bool is_provisional; /* holidays on the way are not published yet */
    bool has_days_left;
    int days_left;        /* working days until the promise; negative when late */
    bool is_counted_here; /* by this kiosk's calendar, up to today; else as the county said it */
    bool needs_no_return;
    char reason[801]; /* of the last step, in writing */
    char article[64];
    char office[2][201]; /* which department decides: Chinese, English */
    enum hand_out hand_out;
    char code[9], counter[65], tracking[65];
    struct posted posted;
    struct case_owner owner;
    struct case_check check;
    struct case_elsewhere elsewhere;
    size_t owed_count, step_count, waived_count;
    struct timeline_waiver waived[TIMELINE_WAIVED];
    struct timeline_paper owed[TIMELINE_OWED];
    struct timeline_step steps[TIMELINE_STEPS];
    struct case_parts parts; /* of a bundle */
};

/* In words: texts to be translated. Of a state (CaseState of the interface): its title, and a sentence below; of a step.
 * NULL for a word that this firmware does not know. */
struct case_words {
    const char *state, *title, *text;
};
const struct case_words *case_words_of(const char *state);
const char *step_words_of(const char *what);

/* From foreign JSON; what is not well formed is left out. Pure. */
void timeline_read(struct timeline *out, const json_t *o);
/* The clock on the board (SS-67): count the days that are left up to `today` (YYYYMMDD). Nothing changes while the clock
 * of the case stands, after its end, or without a calendar or a day. */
void timeline_count_down(struct timeline *t, const struct calendar *calendar, const char *today,
                         bool is_running);
