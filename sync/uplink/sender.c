#include "sync/uplink/sender_inside.h"

#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/queue/events.h"

enum {
    BATCH_BYTES = 512 * 1024,
    INLINE_MAX = 64 * 1024,
    WATCHDOG_MS = 20 * 60 * 1000,
};

int64_t sender_now(const struct sender *s)
{
    return s->link->clock->base.boot_ms(&s->link->clock->base);
}

int sender_new(struct sender **out, struct store *store, struct link *link,
               const uint8_t install_id[UUID_BYTES])
{
    struct sender *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    s->store = store;
    s->link = link;
    s->limits = (struct sender_limits){ BATCH_ITEMS_MAX, BATCH_BYTES, INLINE_MAX };
    s->most = BATCH_ITEMS_MAX;
    s->attempt_ms = sender_now(s);
    memcpy(s->install_id, install_id, UUID_BYTES);
    *out = s;
    return 0;
}

static void drop_batch(struct batch **b)
{
    batch_free(*b);
    *b = NULL;
}

/* Everything that was prepared, and the place in the queue. */
static void forget(struct sender *s)
{
    if (s->is_flying)
        s->link->wire->cancel(s->link->wire, LANE_UPLOAD);
    s->is_flying = false;
    drop_batch(&s->flying);
    drop_batch(&s->next);
    blob_drop(s);
    s->blob_count = 0;
    s->swept = 0;
    s->idle_until_ms = 0;
}

void sender_free(struct sender *s)
{
    if (!s)
        return;
    forget(s);
    free(s);
}

void sender_set_watch(struct sender *s, const struct sender_watch *watch)
{
    s->watch = *watch;
}

static size_t lower(size_t own, size_t wish)
{
    return wish && wish < own ? wish : own;
}

void sender_set_limits(struct sender *s, const struct sender_limits *limits)
{
    s->limits.items = lower(BATCH_ITEMS_MAX, limits->items);
    s->limits.bytes = lower(BATCH_BYTES, limits->bytes);
    s->limits.inline_max = lower(INLINE_MAX, limits->inline_max);
}

void sender_set_install_id(struct sender *s, const uint8_t install_id[UUID_BYTES])
{
    memcpy(s->install_id, install_id, UUID_BYTES);
}

void sender_nudge(struct sender *s)
{
    s->idle_until_ms = 0;
}

void sender_hurry(struct sender *s)
{
    backoff_clear(&s->backoff);
    s->quiet_until_ms = 0;
    s->held_look_ms = 0;
    sender_nudge(s);
}

void sender_restart(struct sender *s)
{
    forget(s);
}

bool sender_is_idle(const struct sender *s)
{
    return !s->is_flying && !s->next;
}

static void send_batch(struct sender *s)
{
    struct request r = { .lane = LANE_UPLOAD,
                         .method = "POST",
                         .path = "/v1/submission-batches",
                         .body = &s->next->body,
                         .limit_ms = REQUEST_LIMIT_MS,
                         .answer_max = UPLOAD_ANSWER_MAX,
                         .done = sender_batch_done,
                         .context = s };
    request_header(&r, "Content-Type: application/json");
    request_header(&r, "Content-Encoding: zstd");
    request_header(&r, "Content-Digest: %s", s->next->digest);
    request_header(&r, "Idempotency-Key: %s", s->next->key);
    s->flying = TAKE(s->next);
    s->attempt_ms = sender_now(s);
    s->is_flying = true;
    if (s->link->wire->send(s->link->wire, &r)) {
        s->is_flying = false;
        s->next = TAKE(s->flying);
        sender_back_off(s);
    }
}

static bool may_send(const struct sender *s)
{
    int64_t now = sender_now(s);
    return link_is_open(s->link) && now >= s->quiet_until_ms && now >= s->link->resume_ms &&
           store_is_up(s->store);
}

void sender_send(struct sender *s)
{
    if (s->is_flying || !may_send(s))
        return;
    if (!s->blob && s->blob_count)
        blob_begin(s);
    bool is_blob = s->blob && (s->is_blob_turn || !s->next);
    s->is_blob_turn = !is_blob;
    if (is_blob)
        blob_send(s);
    else if (s->next)
        send_batch(s);
}

/* When the watchdog looks. While the link is not up nothing is expected, so there is nothing to watch. */
static int64_t watchdog_ms(const struct sender *s)
{
    int64_t since = s->attempt_ms > s->quiet_until_ms ? s->attempt_ms : s->quiet_until_ms;
    return s->link->state == LINK_UP ? since + WATCHDOG_MS : INT64_MAX;
}

static void watch_over(struct sender *s)
{
    int64_t now = sender_now(s), due;
    if (now < watchdog_ms(s))
        return;
    s->attempt_ms = now;
    if (outbox_next_due(s->store, &due) || due > now)
        return;
    events_add(s->store, "sender-restarted", "no attempt for %d minutes", WATCHDOG_MS / 60000);
    forget(s);
    sender_hurry(s);
}

void sender_tick(struct sender *s)
{
    watch_over(s);
    if (!may_send(s))
        return;
    if (!s->is_flying)
        sender_prepare(s);
    sender_send(s);
    /* The next batch is made while the platform works on this one, not while this one waits to leave. */
    struct wire *wire = s->link->wire;
    if (s->is_flying && (!wire->is_uploaded || wire->is_uploaded(wire, LANE_UPLOAD)))
        sender_prepare(s);
}

int64_t sender_next_ms(const struct sender *s)
{
    int64_t watchdog = watchdog_ms(s);
    if (!link_is_open(s->link) || !store_is_up(s->store))
        return watchdog;
    int64_t quiet = s->quiet_until_ms > s->link->resume_ms ? s->quiet_until_ms : s->link->resume_ms;
    if (!s->is_flying && (s->next || s->blob || s->blob_count))
        return quiet;
    if (s->next)
        return watchdog;
    int64_t work = s->idle_until_ms > quiet ? s->idle_until_ms : quiet;
    return work < watchdog ? work : watchdog;
}
