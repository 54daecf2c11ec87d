/* A parcel: a form that goes on elsewhere, sealed so that whoever carries it cannot read it (SS-48). The same format in both
 * directions; the county's phone page makes and opens it with the browser's own cryptography (sync/api/parcel.md).
 *
 * The keys come from the code on the screen (firmware/base/handoff.h) by PBKDF2-HMAC-SHA-256 (RFC 8018), which every browser
 * has: 200,000 rounds. Trying all 10^15 codes is 2^68 hashes for each parcel, and yields no card data. What is derived
 * is cut into parts that say nothing of one another: the label under which the parcel lies at the county, the seal, and the
 * stamp that tells "another person's" from "damaged".
 *
 * With an owner the key of the text also takes their ID number, by 100,000 rounds more. It stands on no slip and in no code:
 * a kiosk opens the parcel for the right card alone, and whoever finds a code must know whose it is, or try the 2^24 numbers
 * of a county for weeks. Stateless; any thread. */
#pragma once

#include <stdint.h>

#include "firmware/base/bytes.h"
#include "firmware/base/fault.h"
#include "firmware/base/handoff.h"

enum {
    PARCEL_LABEL = 16,
    PARCEL_LABEL_HEX = 2 * PARCEL_LABEL + 1,
    PARCEL_KEY = 32,
    PARCEL_TEXT_MAX = 15 * 1024,
    PARCEL_MAX = 16 * 1024,
};

struct parcel_keys {
    uint8_t label[PARCEL_LABEL];
    uint8_t seal[PARCEL_KEY], stamp[PARCEL_KEY]; /* never leave this process */
};

enum parcel_outcome {
    PARCEL_E_DAMAGED = 1, /* no parcel, another version, or changed on the way */
    PARCEL_E_OWNER, /* whole, but another person's; or made for nobody where an owner is wanted */
};

/* Blocks for 60 ms on a PC, a quarter of a second on a small board; sealing and opening with an owner for half of that. 0 or -ENOMEM. Wipe what comes out. */
NODISCARD int parcel_keys(struct parcel_keys *out, const char code[HANDOFF_CODE]);
/* Appended to `out`: "OTP1", 1 byte (1: it has an owner), 12 bytes nonce, text padded with spaces to whole KiB under AES-256-GCM with its 16 bytes
 * tag, 32 bytes HMAC-SHA-256 over all before. `owner`: ID number, "" for none. 0, -EINVAL (too long) or -ENOMEM. */
NODISCARD int parcel_seal(struct bytes *out, const struct parcel_keys *keys, const char *owner,
                          const void *text, size_t length);
/* The reverse. `out` is empty on anything but 0. 0, PARCEL_E_DAMAGED, PARCEL_E_OWNER or -ENOMEM. */
NODISCARD int parcel_open(struct bytes *out, const struct parcel_keys *keys, const char *owner,
                          const void *parcel, size_t length);
