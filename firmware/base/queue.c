#include "firmware/base/queue.h"

#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct queue {
    pthread_mutex_t lock;
    void (*drop)(void *message);
    void (*wake)(void *context);
    void *wake_context;
    int fd; /* semaphore-less eventfd: readable while count > 0 or closed */
    bool is_closed;
    size_t capacity, head, count;
    void *slot[];
};

int queue_new(struct queue **out, size_t capacity, void (*drop)(void *message))
{
    struct queue *q = calloc(1, sizeof(*q) + capacity * sizeof(q->slot[0]));
    if (!q)
        return fault_raise(-ENOMEM);
    q->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (q->fd < 0) {
        int r = fault_raise(-errno);
        free(q);
        return r;
    }
    pthread_mutex_init(&q->lock, NULL);
    q->capacity = capacity;
    q->drop = drop;
    *out = q;
    return 0;
}

void queue_free(struct queue *q)
{
    if (!q)
        return;
    for (size_t i = 0; i < q->count && q->drop; i++)
        q->drop(q->slot[(q->head + i) % q->capacity]);
    close(q->fd);
    pthread_mutex_destroy(&q->lock);
    free(q);
}

static void signal_fd(struct queue *q)
{
    uint64_t one = 1;
    /* The counter cannot overflow: it is reset whenever the queue runs empty. */
    if (write(q->fd, &one, sizeof(one)) < 0)
        return;
}

int queue_send(struct queue *q, void *message)
{
    int r = 0;
    pthread_mutex_lock(&q->lock);
    if (q->is_closed)
        r = -EPIPE;
    else if (q->count == q->capacity)
        r = -ENOBUFS;
    else {
        q->slot[(q->head + q->count++) % q->capacity] = message;
        signal_fd(q);
    }
    pthread_mutex_unlock(&q->lock);
    if (!r && q->wake)
        q->wake(q->wake_context);
    return r;
}

static void *take(struct queue *q, bool *is_closed)
{
    void *message = NULL;
    pthread_mutex_lock(&q->lock);
    if (q->count) {
        message = q->slot[q->head];
        q->head = (q->head + 1) % q->capacity;
        q->count--;
    }
    if (!q->count && !q->is_closed) {
        uint64_t drained;
        if (read(q->fd, &drained, sizeof(drained)) < 0)
            drained = 0; /* it was 0 already */
    }
    *is_closed = q->is_closed;
    pthread_mutex_unlock(&q->lock);
    return message;
}

void *queue_receive(struct queue *q, int wait_ms)
{
    bool is_closed;
    void *message = take(q, &is_closed);
    if (message || is_closed || !wait_ms)
        return message;
    struct pollfd p = { .fd = q->fd, .events = POLLIN };
    if (poll(&p, 1, wait_ms) <= 0)
        return NULL;
    return take(q, &is_closed);
}

void queue_close(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->is_closed = true;
    signal_fd(q);
    pthread_mutex_unlock(&q->lock);
    if (q->wake)
        q->wake(q->wake_context);
}

bool queue_is_closed(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    bool is_closed = q->is_closed;
    pthread_mutex_unlock(&q->lock);
    return is_closed;
}

int queue_fd(const struct queue *q)
{
    return q->fd;
}

void queue_set_wake(struct queue *q, void (*wake)(void *context), void *context)
{
    q->wake = wake;
    q->wake_context = context;
}
