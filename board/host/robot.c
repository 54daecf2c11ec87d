#include "board/host/robot_inside.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "firmware/base/log.h"
#include "firmware/worker/post.h"

enum { LINE_MAX_BYTES = 256 * 1024 };

int64_t robot_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t robot_ms(void)
{
    return robot_us() / 1000;
}

json_t *robot_refused(const char *why)
{
    return json_pack("{s:b, s:s}", "ok", 0, "error", why);
}

const struct session_view *robot_view(struct robot *r)
{
    return r->hands.view(r->hands.context);
}

const struct page *robot_page(struct robot *r)
{
    return stage_page(r->hands.stage(r->hands.context));
}

json_t *robot_done(struct robot *r)
{
    return json_pack("{s:b, s:s}", "ok", 1, "screen", robot_screen_word(robot_view(r)->screen));
}

/* ---- waiting ------------------------------------------------------------------------- */

static bool has_come(struct robot *r, const json_t *request)
{
    const char *screen = json_text_at(request, "screen"), *id = json_text_at(request, "id"),
               *text = json_text_at(request, "text");
    const struct page *p = robot_page(r);
    if (*screen && strcmp(screen, robot_screen_word(robot_view(r)->screen)))
        return false;
    if (*id && !page_find(p, id))
        return false;
    if (!*text)
        return true;
    for (size_t i = 0; i < page_count(p); i++)
        if (strstr(page_at(p, i)->label, text) || strstr(page_at(p, i)->value, text))
            return true;
    return false;
}

static void answer(struct robot *r, json_t *reply)
{
    pthread_mutex_lock(&r->lock);
    json_decref(r->reply);
    r->reply = reply ? reply : robot_refused("no memory");
    pthread_cond_signal(&r->answered);
    pthread_mutex_unlock(&r->lock);
}

void robot_tick(struct robot *r)
{
    if (r)
        robot_note_screen(r);
    if (!r || !r->awaited)
        return;
    bool is_there = has_come(r, r->awaited);
    if (!is_there && robot_ms() < r->awaited_until)
        return;
    json_t *reply = robot_done(r);
    if (!is_there) {
        json_object_set_new(reply, "ok", json_false());
        json_object_set_new(reply, "error", json_string("it did not come in time"));
    }
    json_decref(r->awaited);
    r->awaited = NULL;
    answer(r, reply);
}

int robot_patience_ms(const struct robot *r)
{
    if (!r || !r->awaited)
        return -1;
    int64_t left = r->awaited_until - robot_ms();
    return left > 0 ? (int)left : 0;
}

/* ---- requests ------------------------------------------------------------------------ */

static const struct {
    const char *name;
    json_t *(*carry_out)(struct robot *r, const json_t *request);
} commands[] = {
    { "tree", robot_tree },         { "state", robot_state },   { "tap", robot_tap },
    { "type", robot_type },         { "stroke", robot_stroke }, { "screenshot", robot_screenshot },
    { "clock", robot_advance },     { "quit", robot_quit },     { "speech", robot_speech },
    { "practise", robot_practise },
};

/* On the main thread. */
static void carry_out(void *context)
{
    struct robot *r = context;
    pthread_mutex_lock(&r->lock);
    json_t *request = r->request;
    r->request = NULL;
    pthread_mutex_unlock(&r->lock);
    const char *name = json_text_at(request, "do");
    /* Whatever happened in the same turn before is on the screen first: a robot looks as a person does. */
    r->hands.settle(r->hands.context);
    if (!strcmp(name, "wait")) {
        json_t *limit = json_object_get(request, "ms");
        r->awaited_until = robot_ms() + (limit ? json_integer_value(limit) : 5000);
        r->awaited = request;
        robot_tick(r);
        return;
    }
    json_t *reply = NULL;
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (!strcmp(commands[i].name, name))
            reply = commands[i].carry_out(r, request);
    answer(r, reply ? reply : robot_refused("unknown command"));
    json_decref(request);
}

/* On the robot's thread: one line, answered by one line. */
static bool serve_line(struct robot *r, FILE *f, const char *line)
{
    char complaint[JSON_COMPLAINT];
    json_t *request = json_parse(line, strlen(line), complaint), *reply;
    if (!json_is_object(request)) {
        json_decref(request);
        reply = robot_refused(*complaint ? complaint : "not a JSON object");
    } else {
        struct post *p = post_new(POST_CALL);
        if (!p)
            return false;
        p->call = carry_out;
        p->context = r;
        pthread_mutex_lock(&r->lock);
        r->request = request;
        post_send(r->to, p);
        while (!r->reply && !r->is_stopping)
            pthread_cond_wait(&r->answered, &r->lock);
        reply = r->reply;
        r->reply = NULL;
        pthread_mutex_unlock(&r->lock);
    }
    char *text = reply ? json_canonical(reply) : NULL;
    json_decref(reply);
    bool is_written = text && fprintf(f, "%s\n", text) > 0 && !fflush(f);
    json_text_free(text);
    return is_written;
}

static void serve_client(struct robot *r, int fd)
{
    FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
    char *line = NULL;
    size_t capacity = 0;
    while (in && out && getline(&line, &capacity, in) > 0 && capacity <= LINE_MAX_BYTES)
        if (!serve_line(r, out, line))
            break;
    if (line)
        explicit_bzero(line, capacity);
    free(line);
    if (in)
        fclose(in);
    if (out)
        fclose(out);
}

static void *run(void *context)
{
    struct robot *r = context;
    int fd;
    while ((fd = accept4(r->listener, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        atomic_store(&r->client, fd);
        serve_client(r, fd);
        atomic_store(&r->client, -1);
    }
    return NULL;
}

static int listen_at(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof(address.sun_path))
        return fault_raise(-ENAMETOOLONG);
    memcpy(address.sun_path, path, strlen(path));
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fault_raise(-errno);
    unlink(path);
    mode_t before = umask(0177);
    int failed = bind(fd, (const struct sockaddr *)&address, sizeof(address)) || listen(fd, 2);
    umask(before);
    if (failed) {
        int r = fault_raise(-errno);
        close(fd);
        return r;
    }
    return fd;
}

int robot_start(struct robot **out, const char *path, const struct robot_hands *hands,
                struct queue *to)
{
    struct robot *r = calloc(1, sizeof(*r));
    if (!r)
        return fault_raise(-ENOMEM);
    r->hands = *hands;
    r->to = to;
    r->started_us = robot_us();
    r->screen = hands->view(hands->context)->screen;
    atomic_store(&r->client, -1);
    snprintf(r->path, sizeof(r->path), "%s", path);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->answered, NULL);
    r->listener = listen_at(path);
    int failed = r->listener < 0 ? r->listener : -pthread_create(&r->thread, NULL, run, r);
    if (failed) {
        if (r->listener >= 0)
            close(r->listener);
        free(r);
        return failed;
    }
    *out = r;
    return 0;
}

void robot_stop(struct robot *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->is_stopping = true;
    pthread_cond_broadcast(&r->answered);
    pthread_mutex_unlock(&r->lock);
    int client = atomic_load(&r->client);
    if (client >= 0)
        shutdown(client, SHUT_RDWR);
    shutdown(r->listener, SHUT_RDWR);
    pthread_join(r->thread, NULL);
    close(r->listener);
    unlink(r->path);
    json_decref(r->request);
    json_decref(r->reply);
    json_decref(r->awaited);
    pthread_cond_destroy(&r->answered);
    pthread_mutex_destroy(&r->lock);
    free(r);
}
