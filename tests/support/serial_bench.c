#include "tests/support/serial_bench.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "board/host/sim/reader_serial.h"
#include "tests/support/check.h"

struct serial_bench {
    struct sim_serial *line; /* NULL: pulled out */
    pthread_t thread;
    pthread_mutex_t lock;
    int wake;
    bool is_over;
    char path[64];
};

static void *serve(void *context)
{
    struct serial_bench *b = context;
    struct pollfd polls[SIM_SERIAL_POLLS + 1];
    pthread_mutex_lock(&b->lock);
    while (!b->is_over) {
        size_t count = b->line ? sim_serial_polls(b->line, polls) : 0;
        polls[count] = (struct pollfd){ b->wake, POLLIN, 0 };
        pthread_mutex_unlock(&b->lock);
        (void)poll(polls, count + 1, -1);
        pthread_mutex_lock(&b->lock);
        eventfd_t value;
        if (polls[count].revents)
            (void)eventfd_read(b->wake, &value);
        if (b->line)
            (void)sim_serial_turn(b->line);
    }
    pthread_mutex_unlock(&b->lock);
    return NULL;
}

struct serial_bench *serial_bench_start(struct sim_reader *model, int rate)
{
    struct serial_bench *b = calloc(1, sizeof(*b));
    CHECK(b != NULL);
    if (!b)
        return NULL;
    pthread_mutex_init(&b->lock, NULL);
    b->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    CHECK_EQ(sim_serial_new(&b->line, model, rate), 0);
    snprintf(b->path, sizeof(b->path), "%s", sim_serial_path(b->line));
    CHECK_EQ(pthread_create(&b->thread, NULL, serve, b), 0);
    return b;
}

void serial_bench_hold(struct serial_bench *b)
{
    pthread_mutex_lock(&b->lock);
}

void serial_bench_go_on(struct serial_bench *b)
{
    pthread_mutex_unlock(&b->lock);
    CHECK_EQ(eventfd_write(b->wake, 1), 0);
}

void serial_bench_pull(struct serial_bench *b)
{
    serial_bench_hold(b);
    sim_serial_free(b->line);
    b->line = NULL;
    serial_bench_go_on(b);
}

void serial_bench_end(struct serial_bench *b)
{
    serial_bench_hold(b);
    b->is_over = true;
    serial_bench_go_on(b);
    pthread_join(b->thread, NULL);
    sim_serial_free(b->line);
    close(b->wake);
    pthread_mutex_destroy(&b->lock);
    free(b);
}

const char *serial_bench_path(const struct serial_bench *b)
{
    return b->path;
}
