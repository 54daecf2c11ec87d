/* What the county says of a case besides its state: who has it by name (SS-12), how the check of a promise stands (Art. 14,
 * SS-22), which county it lies with (SS-47). Plain structs without pointers; part of a timeline, so they live in the visit
 * and go with it. They name offices and staff, never a resident. */
#pragma once

#include <stdbool.h>

#include "firmware/base/json.h"

struct session;

enum {
    TIMELINE_DAY = 9,
    CASE_MORE_NAME = 128,
    CASE_MORE_PHONE = 24,
    CASE_OWNER_TEXT = 320,
    CASE_CHECK_TEXT = 700,
};

struct timeline_paper {
    char material[48];      /* id in the catalogue */
    char due[TIMELINE_DAY]; /* its last day, "" not said */
};

struct case_owner {
    char name[CASE_MORE_NAME], phone[CASE_MORE_PHONE]; /* "" nobody is named */
    char office[2][CASE_MORE_NAME];                    /* Chinese, English */
};

enum check_state { CHECK_NONE, CHECK_OPEN, CHECK_DEMANDED, CHECK_KEPT, CHECK_BROKEN, CHECK_STATES };

struct case_check {
    enum check_state state;
    char what[2][CASE_MORE_NAME]; /* what was promised */
    char by[TIMELINE_DAY];        /* open, demanded: the last day; else when it ended */
};

struct case_elsewhere {
    char name[2][CASE_MORE_NAME], address[2][CASE_MORE_NAME]; /* "" it lies here */
    char phone[CASE_MORE_PHONE];
    char ref[41]; /* its number there */
};

/* From foreign JSON; what is not well formed is left out. Pure. */
void case_owner_read(struct case_owner *out, const json_t *o);
void case_check_read(struct case_check *out, const json_t *o);
void case_elsewhere_read(struct case_elsewhere *out, const json_t *o);

/* Is that the county that it lies with, named anyhow? */
bool case_owner_is_elsewhere(const struct case_owner *owner, const struct case_elsewhere *e);
/* "Civil Affairs · Wang Min, 0575-..."; "" when nobody is named. */
void session_case_owner(const struct case_owner *owner, int language, char out[CASE_OWNER_TEXT]);
/* What the resident has to know of the check, and to do. "" nothing. `reason` of the demand or the revocation, "" none. */
void session_case_check(const struct session *s, const struct case_check *check, const char *reason,
                        int language, char out[CASE_CHECK_TEXT]);
/* Where it lies, with address, telephone and number there. "" here. */
void session_case_elsewhere(const struct session *s, const struct case_elsewhere *e, int language,
                            char out[CASE_CHECK_TEXT]);
