/* One card (一证通办, SS-01): what the county holds for this resident and this matter, asked for while they stand here,
 * and what they say of each certificate. What they say against one counts (浙江省"最多跑一次"规定 Art. 7): then their own
 * paper is asked for. Person data; part of the visit and, without its key, of the session's view. */
#pragma once

#include <stdbool.h>

#include "firmware/session/certificate.h"

enum { FETCH_WAIT_MS = 8000 };

enum fetch_state {
    FETCH_NONE,     /* nothing is asked for at once in this matter */
    FETCH_ASKING,   /* the question is under way */
    FETCH_ANSWERED, /* `found` is what the county holds; it may be nothing */
    FETCH_UNANSWERED, /* offline, too late, not waited for: the county looks it up later (待调取) */
};

enum certificate_word { CERTIFICATE_UNSAID, CERTIFICATE_RIGHT, CERTIFICATE_WRONG };

/* What is wrong with it, if the resident wants to say. */
enum dispute { DISPUTE_UNSAID, DISPUTE_OLD, DISPUTE_VALUE, DISPUTE_NOT_MINE, DISPUTES };

struct fetched {
    enum fetch_state state;
    const struct service *service; /* that it was asked for */
    struct certificates found;
    unsigned char said[CERTIFICATES_MAX];   /* enum certificate_word */
    unsigned char reason[CERTIFICATES_MAX]; /* enum dispute */
    bool is_single;                         /* one at a time: the one at `at` */
    size_t at;
};

/* How a paper stands that is looked up. */
enum proof { PROOF_NONE, PROOF_TO_FETCH, PROOF_CONFIRMED, PROOF_DISPUTED };
