/* The code by which a matter goes on elsewhere: from a kiosk to a phone, or from a phone to a kiosk (SS-48).
 *
 * Sixteen digits in four groups, as on a bank card, which people can read out and copy: fifteen of chance (10^15 of them)
 * and one that catches a mistyped or a transposed digit (H. M. Damm, 2004). Six digits would be handier; but the code is
 * also the key of what is handed over (firmware/seal/parcel.h), and whoever keeps the bytes could try a million keys in a
 * night. Stateless; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "firmware/base/fault.h"

enum {
    HANDOFF_DIGITS = 16,
    HANDOFF_CODE = HANDOFF_DIGITS + 1,     /* as it is kept: digits and NUL */
    HANDOFF_SHOWN = HANDOFF_DIGITS + 3 + 1 /* "1234 5678 9012 3456" */
};

void handoff_draw(char out[HANDOFF_CODE]);
/* What was typed or scanned: the digits alone, with spaces and dashes, or at the end of an address ("https://HOST/page#1234...").
 * 0; -EINVAL (and "") when it is no such code or one digit is wrong. Reads at most 512 bytes. */
NODISCARD int handoff_parse(char out[HANDOFF_CODE], const char *text);
/* In groups of four; of fewer digits as many as there are, so that it can be shown while it is typed. */
void handoff_show(char out[HANDOFF_SHOWN], const char *digits);
