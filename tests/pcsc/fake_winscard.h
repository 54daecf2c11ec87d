/* PC/SC made of memory: these functions stand before libpcsclite's. A service with two readers; the second holds a virtual
 * card. Codes are PC/SC's own numbers. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "tests/support/virtual_card.h"

enum fake_call { FAKE_ESTABLISH, FAKE_LIST, FAKE_CONNECT, FAKE_STATUS, FAKE_TRANSMIT, FAKE_CALLS };

extern struct fake_pcsc {
    struct virtual_card card;
    uint32_t fails[FAKE_CALLS]; /* what a call says; 0: it succeeds */
    bool has_no_card, is_t1, has_long_atr, has_long_name;
    unsigned contexts, cards, established; /* now open; ever opened */
} fake_pcsc;
