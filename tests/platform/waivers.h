/* Other evidence in place of a paper (证明替代, regulation Art. 9; SS-72): if it proves the fact, the paper is not asked for,
 * and that is recorded: what, by which evidence, why, and by whom. Of applications and of what was registered at the bottom-line
 * desk. Inside the platform's lock, but waivers_post() and waivers_learn(). */
#pragma once

#include "tests/platform/matter.h"

NODISCARD int waivers_begin(struct platform *p);
/* Record what was accepted at the kiosk, as the opened item says; each paper once, nothing that may not be waived. True: there
 * was something new. Locks. */
bool waivers_learn(struct platform *p, const char *id, const json_t *item);
/* POST /waive of the clerk's page. */
void waivers_post(struct platform *p, const struct request_in *q, struct reply *r);
/* What the kiosk is told (CaseTimeline.waived): neither why nor by whom. NULL: nothing was waived. */
json_t *waivers_told(struct platform *p, const char *item);
/* All of it, for the clerk's page. */
json_t *waivers_record(struct platform *p, const char *item);
