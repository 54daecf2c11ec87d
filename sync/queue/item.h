/* One sealed submission, as the spool log and the database both hold it. Plain data. The bytes
 * themselves are sealed to the county; nothing here says who submitted or what about. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/clock.h"
#include "firmware/base/ident.h"
#include "firmware/seal/seal.h"

enum item_kind {
    ITEM_APPLICATION = 1,
    ITEM_RATING,
    ITEM_COMPLAINT,
    ITEM_APPOINTMENT,
    ITEM_TICKET,
    ITEM_ESCALATION,
    ITEM_MISMATCH,
    ITEM_REPEAT,
    ITEM_BELL,
    ITEM_WITHDRAWAL,
    ITEM_KIND_END,
};

/* There is no "in flight" on disk: it would need repair after every crash. It is a fact of the
 * running process. */
enum item_state { ITEM_QUEUED, ITEM_HELD, ITEM_ACCEPTED, ITEM_DEAD, ITEM_STATE_END };

/* When something happened, as well as the kiosk can know it. */
struct moment {
    uint8_t boot_id[UUID_BYTES];
    int64_t boot_ms;
    int64_t wall_ms;
    enum clock_quality quality;
};

struct item {
    int64_t seq; /* the kiosk's own order; never given twice */
    uint8_t id[UUID_BYTES];
    uint8_t token[UUID_BYTES];
    enum item_kind kind;
    int suite;
    bool has_chain, has_after;
    uint8_t chain[UUID_BYTES], after[UUID_BYTES];
    char key_id[SEAL_KEY_ID];
    uint8_t sha256[SHA256_BYTES]; /* over the sealed bytes */
    size_t size;
    char receipt[RECEIPT_TEXT];
    struct moment when;
    int64_t position; /* in the spool log; 0 when its segment is gone */
};

/* The word of the interface ("application"; "" for a number that is no kind, as a damaged row may
 * hold), and back: 0 or -EINVAL. */
const char *item_kind_word(enum item_kind kind);
int item_kind_parse(enum item_kind *kind, const char *word);
/* "queued", "held", "accepted", "dead". */
const char *item_state_word(enum item_state state);
int item_state_parse(enum item_state *state, const char *word);
