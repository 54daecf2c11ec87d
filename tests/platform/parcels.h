/* Parcels (SS-48, sync/api/parcel.md): sealed bytes under a label that comes from a code. Whoever has the label may fetch them until
 * one says that they were opened, or the time is over; then the bytes go and a word stays for a week. Nothing here can open one. */
#pragma once

#include "tests/platform/platform.h"

NODISCARD int parcels_begin(struct platform *p);
void parcels_get(struct platform *p, const struct request_in *q, struct reply *r,
                 const char *label);
void parcels_put(struct platform *p, const struct request_in *q, struct reply *r,
                 const char *label);
void parcels_end(struct platform *p, const struct request_in *q, struct reply *r,
                 const char *label);

/* The phone page and its requests; false: the path is none of them. No token: the page says nothing about anybody, and a parcel
 * is found by its label alone. */
bool phone_api(struct platform *p, const struct request_in *q, struct reply *r);
/* POST /phone/rules: which questions are asked, and which must be answered, on the day `today` (YYYYMMDD). Locks. */
void phone_rules(struct platform *p, const struct request_in *q, struct reply *r,
                 const char *today);
/* POST /phone/progress: how far a matter is, by its number. Locks. */
void phone_progress(struct platform *p, const struct request_in *q, struct reply *r);
void phone_end(struct platform *p);
void phone_routes(json_t *out);
