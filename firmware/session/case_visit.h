/* The joint visit of a bundle's part that was looked up (CasePart.visit of sync/api/county-platform.yaml; SS-30): asked for,
 * held, set, moved or given back. A plain struct; part of a timeline. */
#pragma once

#include "firmware/session/case_more.h"

enum { CASE_VISIT_HOURS = 24, CASE_VISIT_TEXT = 256 };

enum visit_state {
    VISIT_NONE,
    VISIT_ASKED,     /* the county sets a time; `day` is what was wished, if anything */
    VISIT_FULL,      /* what was chosen was taken by then */
    VISIT_HELD,      /* chosen, not confirmed yet */
    VISIT_CONFIRMED, /* it holds */
    VISIT_MOVED,     /* it holds, at another time than was chosen */
    VISIT_RETURNED,  /* given back by the resident */
    VISIT_STATES,
};

struct case_visit {
    enum visit_state state;
    char day[TIMELINE_DAY]; /* "" none */
    bool is_afternoon;
    char hours[CASE_VISIT_HOURS]; /* "09:00–11:30"; "" not said */
};

/* From foreign JSON; what is not well formed is none. */
void case_visit_read(struct case_visit *out, const json_t *o);
/* When they come, or what becomes of it: one line. "" none. */
void session_case_visit(const struct session *s, const struct case_visit *v, int language,
                        char out[CASE_VISIT_TEXT]);
