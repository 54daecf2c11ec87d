/* The queue onto a stick, one load after the other. Nothing of the queue changes: an item that travels stays queued, and
 * goes by network too if there is one; the county takes it once. One thread, that of the store. */
#pragma once

#include "sync/carry/load.h"
#include "sync/queue/store.h"

/* Who signs. */
struct carry_self {
    uint8_t install_id[UUID_BYTES];
    enum clock_quality quality;
    const struct bytes *key_pem, *certificate_pem;
};

struct carry_load {
    char name[LOAD_NAME];
    struct load_facts facts;
    size_t file_bytes;
    bool is_there;     /* a file of this name and size is on the stick: `file` is empty */
    struct bytes file; /* the caller clears */
};

enum carry_out_outcome {
    CARRY_OUT_E_DONE = 1, /* nothing behind `after` */
    CARRY_OUT_E_DOWN,     /* the store fails */
    CARRY_OUT_E_IDENTITY, /* not enrolled, or its key and certificate are not usable */
};
/* The next load with items behind `after`; go on behind out->facts.last. The same items give the same name, so what an
 * interrupted errand has written is not written again: `is_there` says whether the stick has such a file. Reads up to
 * 4 MiB (or one item) from the disk and signs it: 80 ms on a PC. 0, CARRY_OUT_E_..., or a fault. */
NODISCARD int carry_out_next(struct carry_load *out, struct store *s, const struct carry_self *self,
                             int64_t after,
                             bool (*is_there)(void *context, const char *name, size_t bytes),
                             void *context);
