/* One item of a batch, read from foreign JSON and judged by its shape alone. Pure. */
#pragma once

#include "firmware/base/json.h"
#include "tests/platform/platform.h"

enum { SEALED_MAX = 64 * 1024 };

/* When it was: at the kiosk's boot clock, and by its wall clock. */
struct clock_facts {
    const char *boot_id; /* "" not said */
    int64_t boot_ms;
    int64_t wall_ms; /* 0 not said, or its clock was not set */
};

struct incoming {
    const char *id, *sha256, *kind, *install_id, *key_id, *after, *sealed_text; /* of the JSON */
    int64_t seq, suite, size;
    struct clock_facts clock;
    struct bytes sealed; /* owned */
};

/* The id, or NULL when it is none: then the item cannot even be spoken of. */
const char *incoming_id(const json_t *item);
/* Complains into `r` about anything that sync/api/county-platform.yaml does not allow. Everything
 * borrowed from `item`. */
void incoming_read(struct json_reader *r, struct incoming *out, const json_t *item);
void clock_facts_read(struct json_reader *r, struct clock_facts *out, const json_t *clock);
/* When the resident pressed: by the boot clock if the kiosk has not started anew since, else by its
 * wall clock, else when it came in. Returns which, one word. */
const char *incoming_when(char out[21], const struct clock_facts *then,
                          const struct clock_facts *sent, int64_t received_ms);
/* The verdict on an item that came another way than in a batch, with its bytes in `sealed` and `sealed_text` "". Inside the
 * lock and a transaction of the caller's. `sent_ms`: county time at which `sent` was so, as well as that is known. */
json_t *submissions_take(struct platform *p, const char *kiosk, struct incoming *i,
                         const struct clock_facts *sent, int64_t sent_ms);
/* Are these the bytes that size and hash speak of? */
bool incoming_is_whole(const struct incoming *i);
