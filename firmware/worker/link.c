#include "firmware/worker/link.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/worker/link_inside.h"

enum {
    REQUESTS_MAX = 64,
    SEND_MS = 5000,
    KEEP_MS = 20000,
};

int64_t link_now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void say_lost(struct link *l)
{
    post_send(l->to, post_event(EV_LINK, "", "", 0)); /* all facts zero: nobody there */
}

/* Said now or not at all: whoever waits for it is gone a moment later, or it is of now. */
static bool is_live(const struct request *r)
{
    return r->kind == ASK_QUESTION || r->kind == ASK_DROP || r->kind == ASK_HEALTH;
}

static void drop_connection(struct link *l)
{
    if (l->fd < 0)
        return;
    close(l->fd);
    l->fd = -1;
    bytes_clear(&l->pending);
    for (struct request **at = &l->requests; *at;) {
        struct request *r = *at;
        r->is_sent = false;
        /* These belong to one connection; what may have been counted is not counted again. */
        bool was_counted = r->kind == ASK_COUNT && r->was_sent;
        if (was_counted || r->kind == ASK_HELLO || r->kind == ASK_DOC ||
            r->kind == ASK_PRINT_STATE || is_live(r)) {
            *at = r->next;
            if (r->kind == ASK_QUESTION)
                link_take_reply(l, r->name, NULL);
            link_request_free(r);
        } else {
            at = &r->next;
        }
    }
    say_lost(l);
}

void link_enqueue(struct link *l, struct request *r, bool is_first)
{
    r->n = ++l->n;
    struct request **at = &l->requests;
    while (*at && !is_first)
        at = &(*at)->next;
    r->next = *at;
    *at = r;
}

static void take_command(struct link *l, struct request *r)
{
    if (l->fd >= 0 || !is_live(r)) {
        link_enqueue(l, r, false);
        return;
    }
    if (r->kind == ASK_QUESTION)
        link_take_reply(l, r->name, NULL);
    link_request_free(r);
}

static void send_waiting(struct link *l)
{
    for (struct request *r = l->requests; r && l->fd >= 0; r = r->next) {
        if (r->is_sent)
            continue;
        json_object_set_new(r->head, "n", json_integer(r->n));
        if (message_send(l->fd, r->head, r->body.data, r->body.length, SEND_MS)) {
            drop_connection(l);
            return;
        }
        r->is_sent = r->was_sent = true;
    }
}

static void connect_again(struct link *l)
{
    l->fd = link_door_try(&l->door);
    if (l->fd < 0)
        return;
    struct request *hello = link_request(
        ASK_HELLO, "", json_pack("{s:s, s:s, s:b}", "op", "hello", "client", "kiosk", "events", 1));
    if (hello)
        link_enqueue(l, hello, true);
}

static void take_message(struct link *l, const struct message *m)
{
    const char *ev = json_text_at(m->head, "ev");
    if (!strcmp(ev, "status")) {
        link_take_status(l, m->head);
        return;
    }
    if (!strcmp(ev, "cases")) {
        post_send(l->to, post_event(EV_CASES, "", "", 0));
        return;
    }
    if (!strcmp(ev, "reply")) {
        bool is_answered = json_is_true(json_object_get(m->head, "answered"));
        link_take_reply(l, json_text_at(m->head, "id"), is_answered ? &m->body : NULL);
        return;
    }
    int64_t re = json_integer_value(json_object_get(m->head, "re"));
    for (struct request **at = &l->requests; *at; at = &(*at)->next) {
        struct request *r = *at;
        if (!r->is_sent || r->n != re)
            continue;
        *at = r->next;
        link_answer(l, r, m, "");
        link_request_free(r);
        return;
    }
}

static void receive(struct link *l)
{
    struct message m AUTO_MESSAGE = { 0 };
    int r = message_receive(&m, l->fd, &l->pending, 0);
    while (!r) {
        take_message(l, &m);
        message_clear(&m);
        r = message_receive(&m, l->fd, &l->pending, 0);
    }
    if (r != -ETIMEDOUT)
        drop_connection(l);
}

static void give_up_old(struct link *l)
{
    int64_t limit = link_now_ms() - KEEP_MS;
    for (struct request **at = &l->requests; *at;) {
        struct request *r = *at;
        if (r->born_ms >= limit) {
            at = &r->next;
            continue;
        }
        *at = r->next;
        link_answer(l, r, NULL, r->kind == ASK_SUBMIT && r->was_sent ? "unknown-outcome" : "away");
        link_request_free(r);
    }
}

/* Until the oldest request is given up; -1: none waits. */
static int patience_ms(const struct link *l)
{
    int64_t oldest = INT64_MAX;
    for (const struct request *r = l->requests; r; r = r->next)
        oldest = r->born_ms < oldest ? r->born_ms : oldest;
    if (oldest == INT64_MAX)
        return -1;
    int64_t left = oldest + KEEP_MS + 1 - link_now_ms();
    return left > 0 ? (int)left : 0;
}

static void wait_for_work(struct link *l)
{
    struct pollfd fds[2] = { { .fd = queue_fd(l->commands), .events = POLLIN },
                             { .fd = l->fd, .events = POLLIN } };
    int limit = patience_ms(l), rest = link_door_rest_ms(&l->door);
    if (l->fd < 0)
        link_door_await(&l->door, fds[0].fd, limit >= 0 && limit < rest ? limit : rest);
    else
        poll(fds, 2, limit);
}

static void *run(void *context)
{
    struct link *l = context;
    struct request *r;
    while (!queue_is_closed(l->commands)) {
        if (l->fd < 0)
            connect_again(l);
        send_waiting(l);
        wait_for_work(l);
        while ((r = queue_receive(l->commands, 0)))
            take_command(l, r);
        if (l->fd >= 0)
            receive(l);
        give_up_old(l);
    }
    return NULL;
}

int link_start(struct link **out, const char *socket_path, struct queue *to)
{
    struct link *l = calloc(1, sizeof(*l));
    if (!l)
        return fault_raise(-ENOMEM);
    l->fd = -1;
    l->to = to;
    snprintf(l->path, sizeof(l->path), "%s", socket_path);
    l->door = link_door_at(l->path);
    int r = queue_new(&l->commands, REQUESTS_MAX, link_request_free);
    if (!r)
        r = -pthread_create(&l->thread, NULL, run, l);
    if (r) {
        queue_free(l->commands);
        free(l);
        return r;
    }
    *out = l;
    return 0;
}

void link_stop(struct link *l)
{
    if (!l)
        return;
    queue_close(l->commands);
    pthread_join(l->thread, NULL);
    if (l->fd >= 0)
        close(l->fd);
    link_door_close(&l->door);
    while (l->requests) {
        struct request *r = l->requests;
        l->requests = r->next;
        link_request_free(r);
    }
    bytes_clear(&l->pending);
    queue_free(l->commands);
    free(l);
}
