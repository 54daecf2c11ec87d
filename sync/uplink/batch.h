/* One upload: claimed items and the request body made of them. */
#pragma once

#include "sync/queue/outbox.h"

enum { BATCH_ITEMS_MAX = 50, BATCH_KEY = 72, BATCH_DIGEST = 64 };

struct batch {
    size_t count;
    struct claim claims[BATCH_ITEMS_MAX]; /* without bodies once the batch is built */
    struct bytes body;                    /* SubmissionBatch in JSON, zstd */
    char key[BATCH_KEY];                  /* Idempotency-Key */
    char digest[BATCH_DIGEST];            /* Content-Digest */
};

NODISCARD int batch_new(struct batch **out);
void batch_free(struct batch *b);
AUTO_DEFINE(struct batch, batch_free)

/* Make body, key and digest of the claims. `salt` changes the key without changing the content (a
 * platform that says the key was used before). */
NODISCARD int batch_build(struct batch *b, const uint8_t install_id[UUID_BYTES],
                          const struct moment *now, unsigned salt);
bool batch_has(const struct batch *b, int64_t seq);
/* The document before compression; for tests. */
NODISCARD int batch_write(struct bytes *out, const struct batch *b,
                          const uint8_t install_id[UUID_BYTES], const struct moment *now);
/* RFC 9530 value: sha-256=:...: */
NODISCARD int content_digest(char out[BATCH_DIGEST], const void *data, size_t length);
/* {"boot_id":...} of ClockFacts. */
NODISCARD int clock_facts_write(struct bytes *out, const struct moment *when);
