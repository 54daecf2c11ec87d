#include "sync/uplink/backoff.h"

#include "firmware/base/ident.h"

static uint32_t kernel_below(struct chance *chance, uint32_t limit)
{
    uint32_t v;
    (void)chance;
    random_bytes(&v, sizeof(v));
    return limit ? v % limit : 0;
}

struct chance kernel_chance = { .below = kernel_below };

int64_t backoff_fail(struct backoff *b, int64_t now_ms, struct chance *chance)
{
    uint32_t most = b->count >= 9 ? BACKOFF_MOST_MS : (uint32_t)BACKOFF_FIRST_MS << b->count;
    if (most > BACKOFF_MOST_MS)
        most = BACKOFF_MOST_MS;
    b->count++;
    b->until_ms = now_ms + chance->below(chance, most + 1);
    return b->until_ms;
}

void backoff_clear(struct backoff *b)
{
    *b = (struct backoff){ 0 };
}

int64_t wait_spread(int64_t now_ms, int64_t wait_ms, struct chance *chance)
{
    int64_t spread = wait_ms / 10 > 1000 ? wait_ms / 10 : 1000;
    return now_ms + wait_ms + chance->below(chance, (uint32_t)spread + 1);
}
