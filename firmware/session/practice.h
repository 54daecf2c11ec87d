/* Practice: the ports of a visit that leaves nothing behind, and the answers they would have brought. Inside
 * firmware/session only. */
#pragma once

#include <stdbool.h>

#include "firmware/base/bytes.h"
#include "firmware/base/ident.h"

struct session_ports;
struct session;

/* Answers that a practice visit still waits for. */
struct practice {
    const struct session_ports *real; /* while practising: the kiosk's own; NULL otherwise */
    void *real_context;
    char reserving[33], submitting[33], asking[RECEIPT_TEXT], question[33];
    bool is_ticket;    /* the number waited for is one of the queue of people */
    char moving[33];   /* label of a parcel */
    const char *moved; /* what is said of it */
    unsigned count;
};

extern const struct session_ports practice_ports; /* practice_ports.c; context: the session */
/* From now on nothing of this visit is kept or sent: the ports lead nowhere. */
void practice_begin(struct session *s);
/* Give the session what is waited for. Call after every event. */
void practice_answer(struct session *s);
/* Certificates as a county might hold them, made up from the catalogue: the sealed answer to the visit's question.
 * 0 or -ENOMEM. */
NODISCARD int practice_certificates(struct bytes *out, const struct session *s);
/* The kiosk's own ports again. */
void practice_end(struct session *s);
