/* Answer to reset of a smart card (ISO/IEC 7816-3, 8.2). Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

enum { ATR_MAX = 33, ATR_HISTORICAL_MAX = 15 };

struct atr {
    bool is_inverse;    /* TS 3F; direct is 3B */
    uint16_t protocols; /* bit n: T=n is offered */
    size_t historical_length;
    uint8_t historical[ATR_HISTORICAL_MAX];
};

/* 0 or -EBADMSG: neither 3B nor 3F in front, cut short, too long, or a check byte that does not fit. */
NODISCARD int atr_parse(struct atr *out, const uint8_t *data, size_t length);
