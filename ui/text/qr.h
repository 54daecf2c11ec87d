/* QR codes by libqrencode: the same matrix for screen and slip. Plain ASCII payloads without
 * anything personal. */
#pragma once

#include <stdint.h>

#include "firmware/base/fault.h"

enum {
    QR_SIDE_MAX = 57,
    QR_QUIET = 4
}; /* version 10; quiet zone in modules (ISO/IEC 18004 6.3.8) */

struct qr {
    int side;
    uint8_t module[QR_SIDE_MAX][QR_SIDE_MAX]; /* 1 = dark */
};

/* Error correction M. 0, -EINVAL (empty, not ASCII), -EMSGSIZE (too long for version 10), -ENOMEM.
 */
NODISCARD int qr_encode(struct qr *out, const char *payload);
