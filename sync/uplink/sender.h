/* Sends the outbox to the county: batches in order, one in flight and the next one ready, large
 * bodies as blobs. At-least-once: an item is sent until a verdict on its id is stored; the platform
 * makes it once. Nothing is ever dropped here for age, retries or a refused identity.
 *
 * Decisions are policy.h's table; this file carries them out. One thread, never blocks, no curl. */
#pragma once

#include "sync/uplink/batch.h"
#include "sync/uplink/link.h"

struct sender_limits {
    size_t items, bytes; /* of one batch */
    size_t inline_max;   /* larger bodies go as blobs */
};

struct sender_watch {
    void (*identity_refused)(void *context); /* try to renew */
    void (*moved)(void *context);            /* verdicts were stored: the queue has changed */
    void *context;
};

struct sender; /* body in sender.c */

NODISCARD int sender_new(struct sender **out, struct store *store, struct link *link,
                         const uint8_t install_id[UUID_BYTES]);
void sender_free(struct sender *s);
AUTO_DEFINE(struct sender, sender_free)
void sender_set_watch(struct sender *s, const struct sender_watch *watch);
/* Only lowers the product's own limits (50 items, 512 KiB, 64 KiB inline); zeros leave them. */
void sender_set_limits(struct sender *s, const struct sender_limits *limits);
void sender_set_install_id(struct sender *s, const uint8_t install_id[UUID_BYTES]);

/* New items are queued. */
void sender_nudge(struct sender *s);
/* Drop all waiting and try at once. */
void sender_hurry(struct sender *s);
/* The queue has changed under it (another epoch, the store was rebuilt): forget what was prepared.
 */
void sender_restart(struct sender *s);
/* Start what can be started; also the watchdog: "queue not empty and link up" means an attempt
 * within 20 min.
 */
void sender_tick(struct sender *s);
int64_t sender_next_ms(const struct sender *s);
bool sender_is_idle(const struct sender *s);
