/* Matters that belong to another county (跨省通办, 收受分离; SS-47): which counties there are to forward to, and what each of
 * them takes. Part of the catalogue: immutable, any thread. */
#pragma once

#include "firmware/catalogue/catalogue.h"

enum { COUNTIES_MAX = 20 };
/* The question of the form that says where a matter belongs, and its answer for "here". */
#define COUNTY_FIELD "county"
#define COUNTY_HERE "here"

struct county {
    const char *id; /* [a-z0-9-]{1,24} */
    struct words name, office, address;
    const char *phone;
};

/* Of a service that is taken in for others too. */
struct service_elsewhere {
    int days;       /* working days more than here */
    uint32_t takes; /* bits: places in the list of counties; the others do not take it */
};

/* What is checked after a decision that rests on a promise in place of a proof (告知承诺, regulation Art. 14; SS-22). */
struct service_check {
    int days;              /* working days after the decision, 1 to 60 */
    struct words what;     /* what was promised */
    struct condition when; /* of the form: a promise was given in place of the proof */
};

size_t catalogue_county_count(const struct catalogue *c);
const struct county *catalogue_county(const struct catalogue *c, size_t i);
/* The county that decides with that answer to COUNTY_FIELD; NULL: this one. */
const struct county *catalogue_county_for(const struct catalogue *c, const struct service *s,
                                          const char *answer);
