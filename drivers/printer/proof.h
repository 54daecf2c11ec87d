/* Which process ids of a page have come back (receipt-printer document, 2.10 P and vector 16). Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/printer/escpos.h"

enum { PROOF_IDS = 2 };

enum proof_mark { PROOF_LAST_ROW, PROOF_CUT };

struct proof {
    char ids[PROOF_IDS][ESCPOS_ID];
    bool is_proven[PROOF_IDS];
    uint32_t foreign; /* ids nobody asked for here: late answers of another job, or nonsense */
};

/* Two fresh ids from `serial`, which the caller counts up for each page. */
void proof_begin(struct proof *p, uint32_t serial);
/* An id has come. It proves what was asked before it too, since only the latest may be sent. */
void proof_take(struct proof *p, const uint8_t id[ESCPOS_ID]);
