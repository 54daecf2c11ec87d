/* How often a PIN may be tried: counted before each try, per stick and per kiosk, durable before the answer, so that
 * neither a power cut nor a restart gives one try more. Lock-outs run on the boot clock, since the wall clock may be
 * anybody's; after a restart a lock-out that was running begins anew. One thread, that of the store. */
#pragma once

#include "sync/queue/store.h"

enum {
    GATE_SERIAL = 25,
    GATE_TRIES = 10, /* wrong ones of a stick; then it is blocked at this kiosk */
    GATE_KIOSK_TRIES =
        15 /* wrong ones at a kiosk since the last right one; then an hour each time */
};

struct gate_answer {
    bool may;        /* this try is counted: check the PIN, then say how it ended */
    bool is_blocked; /* for good, at this kiosk */
    int64_t wait_ms; /* 0: at once */
    int left;        /* tries of this stick behind this one */
};

enum gate_outcome { GATE_E_SERIAL = 1, GATE_E_DOWN };

/* Before a PIN is looked at. The use is noted among the events. 0, GATE_E_..., or a fault; only 0 lets anybody try. */
NODISCARD int gate_begin(struct gate_answer *out, struct store *s, const char *serial);
/* After it: a right one clears the stick's count and the kiosk's. Tells whether and when there may be a next try. */
NODISCARD int gate_end(struct gate_answer *out, struct store *s, const char *serial,
                       bool was_right);
