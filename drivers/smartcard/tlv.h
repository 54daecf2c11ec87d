/* BER-TLV data objects (ISO/IEC 7816-4, 5.2.2; X.690). Pure: walks bytes that somebody else owns. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

struct tlv {
    uint32_t tag; /* with its class bits, at most three bytes: 5F20 */
    bool is_constructed;
    const uint8_t *value; /* inside what was given */
    size_t length;
};

struct tlv_walk {
    const uint8_t *data;
    size_t left;
};

enum tlv_outcome { TLV_E_END = 1 /* no further object */ };

/* The next object. 0, TLV_E_END, or -EBADMSG: cut short, a length that runs over the end, more than four bytes of length, or
 * more than three of tag. Padding (00 and FF between objects) is passed over. */
NODISCARD int tlv_next(struct tlv *out, struct tlv_walk *w);
/* The first object with this tag, at any depth down to eight. 0, TLV_E_END or -EBADMSG. */
NODISCARD int tlv_find(struct tlv *out, uint32_t tag, const uint8_t *data, size_t length);
