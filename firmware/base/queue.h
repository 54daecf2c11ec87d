/* A bounded queue of pointers between threads, wakeable through a file descriptor.
 * Any number of senders; one receiver. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "firmware/base/fault.h"

struct queue; /* body in queue.c */

/* `drop` frees a message that is still inside when the queue ends; may be NULL. */
NODISCARD int queue_new(struct queue **out, size_t capacity, void (*drop)(void *message));
void queue_free(struct queue *q);
AUTO_DEFINE(struct queue, queue_free)

/* Hand over `message` (not NULL). Never blocks. 0: the queue owns it now. -ENOBUFS: full, the
 * caller still owns it. -EPIPE: closed. */
NODISCARD int queue_send(struct queue *q, void *message);
/* The oldest message, or NULL when there is none (or, with `wait_ms` > 0, none came in that time;
 * -1 waits for ever). NULL too once closed and empty. */
void *queue_receive(struct queue *q, int wait_ms);
/* No further sends; a waiting receiver returns. */
void queue_close(struct queue *q);
bool queue_is_closed(struct queue *q);
/* Readable (poll POLLIN) while messages wait. Owned by the queue. */
int queue_fd(const struct queue *q);
/* Called in the sender's thread after each send, e.g. to wake an SDL loop. Set before sharing. */
void queue_set_wake(struct queue *q, void (*wake)(void *context), void *context);
