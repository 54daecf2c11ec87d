#include "tests/support/usb_bench.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "board/host/sim/usbip_server.h"
#include "tests/support/check.h"

struct usb_bench {
    struct usbip_server *server;
    pthread_t thread;
    pthread_mutex_t lock;
    int wake;
    bool is_over;
    char address[32];
};

static void *serve(void *context)
{
    struct usb_bench *b = context;
    struct pollfd polls[USBIP_SERVER_POLLS + 1];
    pthread_mutex_lock(&b->lock);
    while (!b->is_over) {
        size_t count = usbip_server_polls(b->server, polls);
        int wait = usbip_server_wait_ms(b->server);
        polls[count] = (struct pollfd){ b->wake, POLLIN, 0 };
        pthread_mutex_unlock(&b->lock);
        (void)poll(polls, count + 1, wait);
        pthread_mutex_lock(&b->lock);
        eventfd_t value;
        if (polls[count].revents)
            (void)eventfd_read(b->wake, &value);
        usbip_server_turn(b->server, polls, count);
    }
    pthread_mutex_unlock(&b->lock);
    return NULL;
}

struct usb_bench *usb_bench_start(struct sim_device *const *devices, size_t count)
{
    struct usb_bench *b = calloc(1, sizeof(*b));
    CHECK(b != NULL);
    if (!b)
        return NULL;
    pthread_mutex_init(&b->lock, NULL);
    b->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    CHECK_EQ(usbip_server_new(&b->server, devices, count, 0, &system_clock), 0);
    snprintf(b->address, sizeof(b->address), "127.0.0.1:%u", usbip_server_port(b->server));
    CHECK_EQ(pthread_create(&b->thread, NULL, serve, b), 0);
    return b;
}

void usb_bench_end(struct usb_bench *b)
{
    usb_bench_hold(b);
    b->is_over = true;
    usb_bench_go_on(b);
    pthread_join(b->thread, NULL);
    usbip_server_free(b->server);
    close(b->wake);
    pthread_mutex_destroy(&b->lock);
    free(b);
}

const char *usb_bench_address(const struct usb_bench *b)
{
    return b->address;
}

void usb_bench_hold(struct usb_bench *b)
{
    pthread_mutex_lock(&b->lock);
}

void usb_bench_go_on(struct usb_bench *b)
{
    pthread_mutex_unlock(&b->lock);
    CHECK_EQ(eventfd_write(b->wake, 1), 0);
}

void usb_bench_plug(struct usb_bench *b, size_t index, bool is_plugged)
{
    usb_bench_hold(b);
    usbip_server_plug(b->server, index, is_plugged);
    usb_bench_go_on(b);
}
