/* Applications that are taken back at a kiosk: the one that made it says so with their card (the applicant's own will; the
 * statute's table allows it as long as nothing is decided). county-open compares the two persons; who they are stays inside
 * the seal. */
#pragma once

#include "tests/platform/platform.h"

NODISCARD int withdrawals_begin(struct platform *p);
/* Takes up what has come since, and what came before its application. Each is answered once, under its own number. Takes the
 * lock itself; asks county-open. */
void withdrawals_learn(struct platform *p);
