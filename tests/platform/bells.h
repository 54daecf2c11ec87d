/* Calls for a person from a kiosk (bells.c). */
#pragma once

#include "tests/platform/platform.h"

NODISCARD int bells_begin(struct platform *p);
/* A call came in; `rung_at` as the county reckons, "" unknown. What comes later than anybody waits is registered at once
 * (escalations.c). Inside the lock and a transaction. */
NODISCARD int bell_open(struct platform *p, const char *kiosk, const char *id, const char *receipt,
                        const char *server_ref, const char *rung_at);
/* What nobody has answered in time is registered. Never inside the lock. */
void bells_pass(struct platform *p);
/* For the screen in the hall: kiosks and seconds, nothing else. Inside the lock. */
json_t *bells_ringing(struct platform *p);
void bells_list(struct platform *p, const struct request_in *q, struct reply *r);
void bells_answer(struct platform *p, const struct request_in *q, struct reply *r);
