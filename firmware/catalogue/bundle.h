/* One-thing bundles: several matters in one form, one submission; each with an office, clock and delivery of
 * its own (design: services SS-27 to SS-33). Part of the catalogue: immutable, any thread. */
#pragma once

#include "firmware/catalogue/rule.h"

enum { BUNDLE_PARTS_MAX = 16, BUNDLE_DEPARTMENTS_MAX = 12 };

enum department_role { ROLE_LEAD, ROLE_SUPPORT, ROLE_DATA };

struct department {
    const char *id; /* [a-z0-9-]{1,24} */
    enum department_role role;
    struct words name;
};

/* An answer of a part's own form: taken from a question of the bundle, or always the same. */
struct part_answer {
    const char *field; /* of the part's item */
    const char *from;  /* field of the bundle, or NULL */
    const char *value; /* fixed, when `from` is NULL */
};

struct bundle_part {
    const char *id; /* [a-z0-9-]{1,24}, unique in its bundle */
    struct words name;
    const char *item; /* code of the service that it stands for, or NULL */
    const struct department *department;
    int promised_days, legal_days; /* as of a service; from when the parts before are done */
    unsigned delivery;             /* of enum service_delivery */
    bool
        is_visit; /* the offices come together: a half-day of the county's calendar is booked for it */
    struct condition when; /* the part is wanted only then */
    size_t after_count;
    const unsigned char *after; /* parts that must be done first: places in service->parts */
    size_t need_count;
    const unsigned char *needs; /* questions: places in service->fields, rising */
    uint32_t papers; /* bits: places in service->materials that this part waits for; 0: not said */
    size_t answer_count;
    const struct part_answer *answers; /* only with `item` */
};

/* The questions of a form that a half-day of a calendar answers. */
#define VISIT_DAY "day"
#define VISIT_HALF "half"
/* The part that is a visit of several offices together and comes first, so that its time is chosen with the form (SS-30);
 * NULL: none. Visits that come after other parts are the county's to set. */
const struct bundle_part *bundle_visit(const struct service *s);
/* Which offices need a question, leading office first; at most `max`. */
size_t bundle_field_departments(const struct service *s, const struct field *f,
                                const struct department **out, size_t max);
/* Is the part wanted with these answers? (Same contract as condition_holds().) */
bool bundle_part_is_wanted(const struct bundle_part *p,
                           const char *(*value_of)(const void *context, const char *field),
                           const void *context);
/* Working days until every part is done: parts run side by side, those that wait one behind the other. */
int bundle_days(const struct service *s);
/* What happens to the others when `failed` comes to nothing: true for parts that waited for it, also through
 * others. Siblings go on. `fallen` has one entry for each part. */
void bundle_fallout(const struct service *s, size_t failed, bool fallen[BUNDLE_PARTS_MAX]);
