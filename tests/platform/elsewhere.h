/* Matters that belong to another county (收受分离, Guobanfa [2020] 35; SS-47): taken in here, decided there, one number. The
 * county that decides has a page of its own with a key of its own: it sees what was forwarded to it and nothing else. */
#pragma once

#include "tests/platform/matter.h"

/* Keys of the partner counties of the catalogue: made once, kept. */
NODISCARD int elsewhere_begin(struct platform *p);
/* It goes to its county, and the kiosk is told where it lies. Inside the lock and a transaction. */
NODISCARD int elsewhere_forward(struct platform *p, struct matter *m);
/* Where each county's page opens: [{county, name, path}]. Inside the lock. */
json_t *elsewhere_doors(struct platform *p);
/* Routes of their page ("/elsewhere/..."): every request brings the county's key. */
void elsewhere_list(struct platform *p, const struct request_in *q, struct reply *r);
void elsewhere_item(struct platform *p, const struct request_in *q, struct reply *r);
void elsewhere_step(struct platform *p, const struct request_in *q, struct reply *r);
/* The home desk: the doors. */
void elsewhere_doors_get(struct platform *p, const struct request_in *q, struct reply *r);
