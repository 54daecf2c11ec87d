/* What an answer to an upload means: one table, walked by a test. Pure. */
#pragma once

#include "sync/uplink/answer.h"

enum link_state { LINK_DOWN, LINK_UP, LINK_CAPTIVE, LINK_BLOCKED, LINK_STATE_END };
/* "down", "up", "captive", "blocked" */
const char *link_state_word(enum link_state state);

enum move {
    MOVE_READ,     /* verdicts for each item are in the body */
    MOVE_BACK_OFF, /* no answer: nothing changes on items */
    MOVE_WAIT,     /* the same, but not before Retry-After */
    MOVE_STORM,    /* 5xx: the same; but if it goes on, find out whether one item is to blame */
    MOVE_SPLIT,    /* one item of the batch is to blame: send them singly */
    MOVE_ASIDE,    /* this item is: others first, three times, then staff */
    MOVE_SHRINK,   /* smaller batches */
    MOVE_AS_BLOB,  /* this item goes as a blob */
    MOVE_HOLD,     /* this item cannot be delivered: staff */
    MOVE_BLOCK,    /* our identity is refused: stop, renew */
    MOVE_STOP,     /* wrong server or version: stop for 15 minutes */
    MOVE_NEW_KEY,  /* our idempotency key was used with another body */
};

struct situation {
    size_t items;      /* in the batch; 0 for other requests */
    bool is_all_blobs; /* nothing in it is inline */
};

struct ruling {
    enum move move;
    enum link_state link;
    const char *event; /* telemetry word, or NULL */
};

struct ruling policy_rule(const struct answer *answer, const struct situation *situation);
