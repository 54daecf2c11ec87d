/* The county's answer to a live question: readable by whoever asked, and by nobody on the way.
 *
 * A question travels sealed as every item does (seal.h) and holds a fresh key. The answer comes back under that key:
 * AES-256-GCM, bound to the question's id, padded like an item so that its length tells little. Whoever holds the
 * county's private key can answer; kiosk-syncd and the platform's server cannot read, make or change an answer.
 * Layout: "OTR1", 12 bytes nonce, the framed text (frame.c) encrypted, 16 bytes tag. Stateless; any thread. */
#pragma once

#include "firmware/seal/seal.h"

enum {
    REPLY_KEY = 32,
    REPLY_ID = 33,          /* 32 hexadecimal digits and a NUL */
    REPLY_MAX = 64 * 1024,  /* of a sealed answer */
    QUESTION_MAX = 8 * 1024 /* of a sealed question */
};

/* The county's side, appended to `out`. 0 or a fault. */
NODISCARD int reply_seal(struct bytes *out, const uint8_t key[REPLY_KEY], const char *id,
                         const void *plain, size_t length);
/* The kiosk's side: the text is appended to `plain`, nothing on failure. 0, SEAL_E_TAMPERED (another key's, another
 * question's, changed, or no answer at all: one outcome for all) or -ENOMEM. */
NODISCARD int reply_open(struct bytes *plain, const uint8_t key[REPLY_KEY], const char *id,
                         const void *sealed, size_t length);
