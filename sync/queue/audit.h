/* The chain of what staff did, in the store (firmware/seal/chain.h). It only grows; an old firmware leaves it alone. */
#pragma once

#include "firmware/seal/chain.h"
#include "sync/queue/store.h"

/* Append; the time is now. 0, STORE_E_..., or a fault. */
NODISCARD int audit_add(struct store *s, const char *what, const char *detail);
/* How far it goes: *n 0 and zeros while there is nothing. */
NODISCARD int audit_head(struct store *s, int64_t *n, uint8_t head[SHA256_BYTES]);
/* Call `each` for the last `most` records, the oldest first; `before` becomes the hash before them. */
NODISCARD int audit_list(struct store *s, int64_t most, uint8_t before[SHA256_BYTES],
                         void (*each)(void *context, const struct audit_record *record,
                                      const uint8_t hash[SHA256_BYTES]),
                         void *context);
