/* The chain of what staff did at a kiosk (SS-68): each record's hash takes in the one before, so that none can be changed, left
 * out or put in later without every hash behind it being another. The head is signed with the kiosk's key in each readiness
 * certificate and log (sync/api/local-socket.md); whoever keeps those can hold the whole chain against them. Pure; any thread.
 *
 * What it cannot show: whoever owns the whole board, its key too, can write another history from the beginning; the certificates
 * that the county already has then no longer fit. */
#pragma once

#include <stdint.h>

#include "firmware/base/bytes.h"
#include "firmware/base/fault.h"
#include "firmware/seal/sign.h"

enum { AUDIT_WHAT = 40, AUDIT_DETAIL = 200 };

struct audit_record {
    int64_t n, at_ms; /* n counts from 1 */
    char what[AUDIT_WHAT], detail[AUDIT_DETAIL];
};
/* SHA-256 over `before` (zeros before the first record), n and at_ms (big endian), and both texts, each behind its length. */
void audit_link(uint8_t out[SHA256_BYTES], const uint8_t before[SHA256_BYTES],
                const struct audit_record *record);

/* What one signed document says of the chain. */
struct audit_part {
    char kiosk[SIGNER_TEXT];      /* who has signed it */
    int64_t first, last;          /* records in it; last 0: none */
    uint8_t before[SHA256_BYTES]; /* hash before the first of them */
    int64_t head_n;               /* how far the chain went then; 0: no record yet */
    uint8_t head[SHA256_BYTES];
};
enum audit_outcome {
    AUDIT_E_SIGNATURE = 1, /* not signed by a kiosk of this county, or by another than it names */
    AUDIT_E_FORMAT,        /* signed, and nothing of a chain is in it */
    AUDIT_E_BROKEN,        /* a record does not fit the one before: *broken_at */
};
/* A readiness certificate or a log. `each` is called for every record with its hash; its result, if not 0, ends the reading.
 * Dates of the certificate are not judged. 0, AUDIT_E_..., or what `each` returned. */
NODISCARD int audit_read(struct audit_part *out, int64_t *broken_at,
                         const struct bytes *kiosk_ca_pem, const struct bytes *document,
                         const struct bytes *signature,
                         int (*each)(void *context, const struct audit_record *record,
                                     const uint8_t hash[SHA256_BYTES]),
                         void *context);
