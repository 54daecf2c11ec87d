#include "board/host/sim/control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "firmware/base/bytes.h"
#include "firmware/base/json.h"

enum { LINE_BYTES_MAX = 256 * 1024, BLOCK = 16 * 1024 };

struct client {
    int fd; /* -1: free */
    struct bytes in, out;
};

struct control {
    struct control_port port;
    int listener;
    char path[sizeof(((struct sockaddr_un *)NULL)->sun_path)];
    struct client clients[CONTROL_CLIENTS];
};

json_t *control_refusal(const char *error)
{
    return json_pack("{sbss}", "ok", 0, "error", error);
}

/* ---- life ---------------------------------------------------------------------------- */

/* A path may hold a socket that an earlier run has left, nothing else. */
static int make_way(const char *path)
{
    struct stat st;
    if (lstat(path, &st))
        return errno == ENOENT ? 0 : fault_raise(-errno);
    if (!S_ISSOCK(st.st_mode))
        return fault_raise(-EEXIST);
    return unlink(path) ? fault_raise(-errno) : 0;
}

static int start_listening(struct control *c, const char *path)
{
    struct sockaddr_un here = { .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof(here.sun_path))
        return fault_raise(-ENAMETOOLONG);
    memcpy(here.sun_path, path, strlen(path) + 1);
    int r = make_way(path);
    if (r)
        return r;
    c->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    /* fchmod() before bind() decides the mode of the file: there is no moment in which others could connect. */
    if (c->listener < 0 || fchmod(c->listener, 0600) ||
        bind(c->listener, (const struct sockaddr *)&here, sizeof(here)))
        return fault_raise(-errno);
    memcpy(c->path, path, strlen(path) + 1);
    return listen(c->listener, CONTROL_CLIENTS) ? fault_raise(-errno) : 0;
}

int control_new(struct control **out, const char *path, const struct control_port *port)
{
    AUTO(control_free) struct control *c = calloc(1, sizeof(*c));
    if (!c)
        return fault_raise(-ENOMEM);
    c->port = *port;
    c->listener = -1;
    for (size_t i = 0; i < CONTROL_CLIENTS; i++)
        c->clients[i].fd = -1;
    int r = start_listening(c, path);
    if (!r)
        *out = TAKE(c);
    return r;
}

static void hang_up(struct client *k)
{
    if (k->fd >= 0)
        close(k->fd);
    bytes_clear(&k->in);
    bytes_clear(&k->out);
    k->fd = -1;
}

void control_free(struct control *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < CONTROL_CLIENTS; i++)
        hang_up(&c->clients[i]);
    if (c->listener >= 0)
        close(c->listener);
    if (*c->path)
        unlink(c->path);
    free(c);
}

/* ---- requests ------------------------------------------------------------------------ */

static json_t *answer(struct control *c, const uint8_t *line, size_t length)
{
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *request = json_parse(line, length, complaint);
    if (!request)
        return control_refusal(complaint);
    if (!json_is_object(request))
        return control_refusal("a request is one JSON object");
    return c->port.command(c->port.context, request);
}

/* False: no memory, or a line without end. */
static bool take_lines(struct control *c, struct client *k)
{
    for (;;) {
        uint8_t *end = k->in.length ? memchr(k->in.data, '\n', k->in.length) : NULL;
        if (!end)
            return k->in.length <= LINE_BYTES_MAX;
        size_t length = (size_t)(end - k->in.data);
        AUTO(json_release)
        json_t *reply = length > LINE_BYTES_MAX ? control_refusal("the line is too long")
                                                : answer(c, k->in.data, length);
        char *text = reply ? json_canonical(reply) : NULL;
        int r = text ? bytes_append_text(&k->out, text) : -ENOMEM;
        json_text_free(text);
        if (r || bytes_append_byte(&k->out, '\n'))
            return false;
        bytes_consume(&k->in, length + 1);
    }
}

static bool send_some(struct client *k)
{
    while (k->out.length) {
        ssize_t n = send(k->fd, k->out.data, k->out.length, MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        bytes_consume(&k->out, (size_t)n);
    }
    return true;
}

static bool receive(struct client *k)
{
    uint8_t block[BLOCK];
    ssize_t n = recv(k->fd, block, sizeof(block), 0);
    if (n <= 0)
        return n < 0 && (errno == EAGAIN || errno == EINTR);
    bool kept = !bytes_append(&k->in, block, (size_t)n);
    explicit_bzero(block, (size_t)n);
    return kept;
}

static void accept_one(struct control *c)
{
    int fd = accept4(c->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    for (size_t i = 0; fd >= 0 && i < CONTROL_CLIENTS; i++)
        if (c->clients[i].fd < 0) {
            c->clients[i].fd = fd;
            return;
        }
    if (fd >= 0)
        close(fd);
}

/* ---- the loop's side ----------------------------------------------------------------- */

size_t control_polls(const struct control *c, struct pollfd polls[CONTROL_POLLS])
{
    size_t count = 0;
    polls[count++] = (struct pollfd){ c->listener, POLLIN, 0 };
    for (size_t i = 0; i < CONTROL_CLIENTS; i++) {
        const struct client *k = &c->clients[i];
        /* The answer first: a client that does not read it is not listened to. */
        if (k->fd >= 0)
            polls[count++] = (struct pollfd){ k->fd, k->out.length ? POLLOUT : POLLIN, 0 };
    }
    return count;
}

static void serve(struct control *c, struct client *k, short events)
{
    bool is_alive = true;
    if (events & (POLLIN | POLLHUP | POLLERR))
        is_alive = receive(k) && take_lines(c, k);
    if (!is_alive || !send_some(k))
        hang_up(k);
}

void control_turn(struct control *c, const struct pollfd *polls, size_t count)
{
    for (size_t i = 0; i < CONTROL_CLIENTS; i++) {
        struct client *k = &c->clients[i];
        for (size_t n = 1; n < count; n++)
            if (k->fd >= 0 && polls[n].fd == k->fd && polls[n].revents) {
                serve(c, k, polls[n].revents);
                break;
            }
    }
    if (count && polls[0].revents)
        accept_one(c);
}
