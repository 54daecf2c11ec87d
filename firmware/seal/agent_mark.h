/* What an agent's ID card leaves behind in place of the agent: marks that say "the same card" to whoever holds the card,
 * and nothing to anybody else. Stateless; any thread.
 *
 * An ID number alone is no secret: within one county about 2^24 of them can exist, and a fast hash of each takes a
 * second. So the marks rest on number and first day of validity together (about 2^37 cards), through scrypt with the
 * list's own salt. A card that was replaced has other marks: a lost card no longer opens anything. */
#pragma once

#include <stdint.h>

#include "firmware/base/bytes.h"
#include "firmware/base/fault.h"

enum {
    AGENT_SCRYPT_N = 16384, /* 16 MiB; 40 ms on a PC, a quarter of a second on a small board */
    AGENT_SCRYPT_R = 8,
    AGENT_SCRYPT_P = 1,
    AGENT_MARK_SALT = 16,
    AGENT_MARK_TAG = 32,
    AGENT_MARK_LABEL = 16,
    AGENT_MARK_KEY = 32,
};

/* Independent of each other: knowing one says nothing of the others. */
struct agent_mark {
    uint8_t tag[AGENT_MARK_TAG];     /* stands in the county's list */
    uint8_t label[AGENT_MARK_LABEL]; /* under which kiosk-syncd keeps the agent's reminders */
    uint8_t key[AGENT_MARK_KEY];     /* opens them; leaves this process never */
};

/* From the number and valid_from of a card, as read. Blocks for the time above. 0 or -ENOMEM. Wipe what comes out. */
NODISCARD int agent_mark(struct agent_mark *out, const uint8_t salt[AGENT_MARK_SALT],
                         const char *number, const char *valid_from);

/* The same of a resident's card, for their own matters. `chip` is the digest of the chip's picture (firmware/card/person.h), which makes it
 * impossible to try numbers through; the salt is fixed, since nothing is left to guess. As long, and 0 or -ENOMEM. */
enum { CARD_CHIP = 32 };
NODISCARD int card_mark(struct agent_mark *out, const char *number, const char *valid_from,
                        const uint8_t chip[CARD_CHIP]);

/* A reminder of at most 64 bytes, appended to `out` as 12 bytes nonce, text, 16 bytes tag (AES-256-GCM), bound to
 * `receipt`. 0, -EINVAL (too long) or -ENOMEM. */
enum { AGENT_NOTE_MAX = 64, AGENT_NOTE_SEALED = 12 + AGENT_NOTE_MAX + 16 };
NODISCARD int agent_note_seal(struct bytes *out, const struct agent_mark *mark, const char *receipt,
                              const char *text);
/* The reverse; `text` holds AGENT_NOTE_MAX + 1 bytes and is "" on anything but 0. 0, -EBADMSG (another card's, another
 * receipt's, or changed) or -ENOMEM. */
NODISCARD int agent_note_open(char text[AGENT_NOTE_MAX + 1], const struct agent_mark *mark,
                              const char *receipt, const uint8_t *sealed, size_t length);
