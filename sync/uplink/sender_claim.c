/* Choosing what goes next: the queue in order, due items only, large bodies apart. */
#include "sync/uplink/sender_inside.h"

#include <string.h>

#include "firmware/base/log.h"

enum {
    BATCH_OVERHEAD = 1024, /* JSON around one body */
    HELD_LOOK_MS = 60 * 1000,
    IDLE_MS = 1000,
    TROUBLE_MS = 5000,
};

bool sender_has_blob(const struct sender *s, int64_t seq)
{
    for (size_t i = 0; i < BLOBS_MAX; i++)
        if (s->done[i] == seq)
            return true;
    return false;
}

static bool waits_for_blob(const struct sender *s, int64_t seq)
{
    for (size_t i = 0; i < s->blob_count; i++)
        if (s->blobs[i].item.seq == seq)
            return true;
    return s->blob && s->blob->claim.item.seq == seq;
}

static bool is_taken(void *context, int64_t seq)
{
    const struct sender *s = context;
    return batch_has(s->flying, seq) || batch_has(s->next, seq) || waits_for_blob(s, seq) ||
           seq == s->suspect;
}

static bool needs_blob(const struct sender *s, const struct claim *c)
{
    return !c->body.length && !sender_has_blob(s, c->item.seq);
}

/* Large items whose bytes the platform has not got leave the batch and wait for their blob. */
static void set_blobs_apart(struct sender *s, struct batch *b)
{
    size_t kept = 0;
    for (size_t i = 0; i < b->count; i++) {
        struct claim *c = &b->claims[i];
        if (!needs_blob(s, c))
            b->claims[kept++] = *c;
        else if (s->blob_count < BLOBS_MAX)
            s->blobs[s->blob_count++] = *c; /* it has no body to own */
    }
    b->count = kept;
}

static struct claim_limits limits_now(const struct sender *s)
{
    size_t items = s->most < s->limits.items ? s->most : s->limits.items;
    size_t overhead = items * BATCH_OVERHEAD;
    size_t text = s->limits.bytes > 2 * overhead ? s->limits.bytes - overhead : s->limits.bytes / 2;
    return (struct claim_limits){ .items = s->swept < s->solo_until ? 1 : items,
                                  .inline_max = s->limits.inline_max,
                                  .bytes = text / 4 * 3 };
}

static int claim_some(struct sender *s, struct batch *b)
{
    struct claim_limits limits = limits_now(s);
    int r = outbox_claim(s->store, b->claims, &b->count, s->swept, &limits, is_taken, s);
    if (r || !b->count)
        return r;
    s->swept = b->claims[b->count - 1].item.seq;
    set_blobs_apart(s, b);
    return 0;
}

static int claim_held(struct sender *s, struct batch *b)
{
    int64_t now = sender_now(s);
    if (now < s->held_look_ms)
        return 0;
    s->held_look_ms = now + HELD_LOOK_MS;
    int r = outbox_claim_held(s->store, &b->claims[0], s->limits.inline_max);
    if (r)
        return r == STORE_E_NONE ? 0 : r;
    b->count = 1;
    set_blobs_apart(s, b);
    return 0;
}

/* Fill `b` from where the sweep stands; at the end of the queue begin again at its head, once. */
static int claim_batch(struct sender *s, struct batch *b)
{
    for (int lap = 0; lap < 2; lap++) {
        int64_t from = s->swept;
        int r = claim_some(s, b);
        while (!r && !b->count && s->swept != from && s->blob_count < BLOBS_MAX) {
            from = s->swept;
            r = claim_some(s, b);
        }
        if (r || b->count || !s->swept)
            return r ? r : b->count ? 0 : claim_held(s, b);
        s->swept = 0;
        s->solo_until = 0;
    }
    return claim_held(s, b);
}

static int make_batch(struct sender *s, struct batch **out)
{
    AUTO(batch_free) struct batch *b = NULL;
    struct moment now = store_now(s->store, county_clock_quality(s->link->clock));
    int r = batch_new(&b);
    if (!r)
        r = claim_batch(s, b);
    if (!r && b->count)
        r = batch_build(b, s->install_id, &now, s->salt);
    if (!r && b->count)
        *out = TAKE(b);
    return r;
}

/* Nothing to do: sleep until an item is due or somebody nudges. */
static void sleep_until_due(struct sender *s, int64_t least_ms)
{
    int64_t now = sender_now(s), due = INT64_MAX;
    if (outbox_next_due(s->store, &due))
        due = INT64_MAX;
    if (due < now + least_ms)
        due = now + least_ms;
    s->idle_until_ms = due < now + HELD_LOOK_MS ? due : now + HELD_LOOK_MS;
}

void sender_prepare(struct sender *s)
{
    if (s->next || sender_now(s) < s->idle_until_ms)
        return;
    int r = make_batch(s, &s->next);
    if (r)
        log_line(LOG_WARNING, "sender", "no batch could be made (%d)", r);
    if (s->next)
        return;
    if (!s->is_flying)
        s->suspect = 0; /* no other item is left to compare it with */
    sleep_until_due(s, r ? TROUBLE_MS : IDLE_MS);
}
