/* Other evidence in place of a paper (证明替代, regulation Art. 9; SS-72): if it proves the fact, the paper is not asked for,
 * and that is recorded: what, by which evidence, why, and by whom. Of applications and of what was registered at the bottom-line
 * desk. Inside the platform's lock, but waivers_post(). */
#pragma once

#include "tests/platform/matter.h"

NODISCARD int waivers_begin(struct platform *p);
/* POST /waive of the clerk's page. */
void waivers_post(struct platform *p, const struct request_in *q, struct reply *r);
/* What the kiosk is told (CaseTimeline.waived): neither why nor by whom. NULL: nothing was waived. */
json_t *waivers_told(struct platform *p, const char *item);
/* All of it, for the clerk's page. */
json_t *waivers_record(struct platform *p, const char *item);
