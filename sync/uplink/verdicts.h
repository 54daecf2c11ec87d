/* The platform's verdicts on a batch, and the state of a blob, read strictly from foreign bytes.
 * Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"
#include "firmware/base/ident.h"
#include "firmware/seal/seal.h"

enum outcome {
    OUTCOME_NONE, /* not judged, judged twice, or in a word we do not know: the item stays queued */
    OUTCOME_ACCEPTED,
    OUTCOME_DUPLICATE, /* the same id and the same hash were here before */
    OUTCOME_CONFLICT,  /* the same id with another hash: a bug or tampering */
    OUTCOME_REJECTED,
    OUTCOME_MISSING_BLOBS,
    OUTCOME_WAIT, /* its predecessor has not come yet */
    OUTCOME_RETRY,
    OUTCOME_END,
};

enum { RESULTS_MAX = 200, RESULT_REF = 64, RESULT_PROBLEM = 160, BLOB_PARTS_MAX = 256 };

struct result {
    uint8_t id[UUID_BYTES];
    enum outcome outcome;
    int64_t retry_after_s; /* -1 not said; at most a day */
    char server_ref[RESULT_REF];
    char problem[RESULT_PROBLEM]; /* title of the problem, or "" */
};

struct results {
    size_t count;
    struct result of[RESULTS_MAX];
};

enum verdicts_outcome { VERDICTS_E_BAD = 1 /* no such document: counts as no answer */ };

NODISCARD int verdicts_parse(struct results *out, const void *json, size_t length);
/* NULL when the id was not judged. */
const struct result *verdicts_find(const struct results *results, const uint8_t id[UUID_BYTES]);

struct blob_state {
    bool is_complete;
    bool has[BLOB_PARTS_MAX];
};
/* VERDICTS_E_BAD also when it speaks of another blob. */
NODISCARD int blob_state_parse(struct blob_state *out, const uint8_t sha256[SHA256_BYTES],
                               const void *json, size_t length);
