/* The precheck's part of a visit, and what the session asks it. Inside firmware/session only. */
#pragma once

#include "firmware/base/json.h"
#include "firmware/session/paper_job.h"
#include "firmware/session/session.h"

struct fact_said {
    const struct fact *fact;
    bool is_yes;
};

/* All zero is a visit of whom nothing is known. */
struct precheck {
    const struct service *about; /* whose rules these are: */
    unsigned insisted;           /* bits of places in about->rules */
    const struct service_rule *failed;
    bool is_in_form; /* an answer failed it, not the card */
    size_t said_count;
    struct fact_said said[PRECHECK_SAID];
};

struct leaflet {
    struct paper_job paper;
};

/* What one seems entitled to. */
struct hints {
    bool is_hidden;
    const struct service *taken; /* its guide was opened from the hint */
};

/* ---- precheck.c ------------------------------------------------------------------------ */
/* Does a condition certainly fail that was not insisted on? Then it is noted, for SCREEN_CONDITION. */
bool precheck_stops(struct session *s);
void precheck_look(struct precheck_view *out, const struct session *s);
/* Another matter: nothing was insisted on for it. */
void precheck_begin(struct session *s);
/* The conditions that were pointed out and insisted on; NULL when there are none. */
json_t *precheck_json(const struct session *s);

/* ---- hint.c ---------------------------------------------------------------------------- */
/* By the card alone; NULL: none, or it was put away. Neither logged nor told to anybody. */
const struct service *hint_now(const struct session *s);

/* ---- act_leaflet.c ----------------------------------------------------------------------- */
void leaflet_begin(struct session *s);
void leaflet_print(struct session *s);
/* Is the leaflet meant? Then its state is noted. */
bool leaflet_printed(struct session *s, const struct event *e);
struct leaflet_view leaflet_look(const struct session *s);

/* ---- slips_leaflet.c --------------------------------------------------------------------- */
/* The guide of the matter in hand; where it, or what works instead, can be done. 0 or a fault. */
NODISCARD int slip_guide(struct slip **out, const struct session *s, unsigned copy);
NODISCARD int slip_route(struct slip **out, const struct session *s, unsigned copy);
