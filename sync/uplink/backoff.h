/* Waiting with full jitter, so that a street regaining power does not call the county in one
 * moment. Pure: chance and time come from outside. */
#pragma once

#include <stdint.h>

/* Random numbers through an interface. */
struct chance {
    uint32_t (*below)(struct chance *chance,
                      uint32_t limit); /* 0 to limit - 1; 0 when limit is 0 */
};
extern struct chance kernel_chance;

enum { BACKOFF_FIRST_MS = 2000, BACKOFF_MOST_MS = 900 * 1000 };

struct backoff {
    unsigned count;   /* failures since the last success */
    int64_t until_ms; /* boot clock */
};
/* random(0, min(900 s, 2 s * 2^n)); 2 s are the least ceiling. Returns `until_ms`. */
int64_t backoff_fail(struct backoff *b, int64_t now_ms, struct chance *chance);
void backoff_clear(struct backoff *b);
/* At least `wait_ms`, plus up to a tenth of it (1 s at least), so that many who were told the same
 * spread. */
int64_t wait_spread(int64_t now_ms, int64_t wait_ms, struct chance *chance);
