/* What the rules of a matter say of whoever is here (SS-19, SS-44, SS-63): judged with the card, what was said on the
 * guide and the answers so far; what is not known refuses nobody. A kiosk decides nothing: whoever insists applies all
 * the same, and a person answers in writing (regulation Art. 13, Licensing Law Art. 32). Nothing of it leaves the visit
 * but, in an application that was insisted on, which conditions were pointed out. Person data as all of a visit. */
#pragma once

#include "firmware/catalogue/rule.h"
#include "firmware/point/point.h"
#include "firmware/session/paper.h"

enum { PRECHECK_SAID = 12 };

/* One condition, on the guide. */
struct precheck_row {
    const struct service_rule *rule;
    enum truth truth;
    const struct fact *ask; /* what the resident may say here about it; NULL: nothing */
    enum truth said;        /* what they said */
};

struct precheck_view {
    size_t count; /* SCREEN_GUIDE */
    struct precheck_row rows[VERDICTS_MAX];

    const struct service_rule *failed; /* SCREEN_CONDITION, else NULL */
    const struct service *route;       /* what works here instead, or NULL */
    const struct point_other *other;   /* the nearest other point for it, or NULL */
    bool can_insist;                   /* false: the matter is only told of here */
};

/* A slip without a person: a guide, or the way that works instead. */
struct leaflet_view {
    enum paper_state paper;
    bool can_print; /* the printer works, and there are tries left */
};
