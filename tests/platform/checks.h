/* What was granted on a promise is checked (告知承诺; regulation Art. 14, SS-22): which cases, by when, what came of it. */
#pragma once

#include "tests/platform/matter.h"

/* What a day brings to promises, by itself: reminders, never a revocation. Inside the lock and a transaction. */
NODISCARD int checks_day(struct platform *p, day today, size_t *happened);
void checks_list(struct platform *p, const struct request_in *q, struct reply *r);
/* {id, part, event: kept | demand | break, days, reason, note} */
void checks_post(struct platform *p, const struct request_in *q, struct reply *r);
