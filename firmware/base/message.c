#include "firmware/base/message.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "firmware/base/json.h"

enum { HEADER = 8 };

void message_clear(struct message *m)
{
    json_decref(m->head);
    m->head = NULL;
    bytes_clear(&m->body);
}

int message_encode(struct bytes *out, const json_t *head, const void *body, size_t length)
{
    char *text = json_canonical(head);
    if (!text)
        return fault_raise(-ENOMEM);
    size_t size = strlen(text), before = out->length;
    int r = size > MESSAGE_JSON_MAX || length > MESSAGE_BODY_MAX ? fault_raise(-EMSGSIZE) : 0;
    if (!r)
        r = bytes_append_be32(out, (uint32_t)size);
    if (!r)
        r = bytes_append_be32(out, (uint32_t)length);
    if (!r)
        r = bytes_append(out, text, size);
    if (!r)
        r = bytes_append(out, body, length);
    if (r)
        out->length = before;
    json_text_free(text);
    return r;
}

int message_decode(struct message *out, struct bytes *in)
{
    char complaint[JSON_COMPLAINT];
    if (in->length < HEADER)
        return MESSAGE_E_MORE;
    size_t size = get_be32(in->data), length = get_be32(in->data + 4);
    if (size > MESSAGE_JSON_MAX || length > MESSAGE_BODY_MAX)
        return MESSAGE_E_BAD;
    if (in->length < HEADER + size + length)
        return MESSAGE_E_MORE;
    AUTO(json_release) json_t *head = json_parse(in->data + HEADER, size, complaint);
    if (!json_is_object(head))
        return MESSAGE_E_BAD;
    int r = bytes_append(&out->body, in->data + HEADER + size, length);
    if (r)
        return r;
    out->head = TAKE(head);
    bytes_consume(in, HEADER + size + length);
    return 0;
}

int message_connect(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof(address.sun_path))
        return -ENAMETOOLONG;
    memcpy(address.sun_path, path, strlen(path));
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fault_raise(-errno);
    if (connect(fd, (const struct sockaddr *)&address, sizeof(address))) {
        int r = -errno; /* an absent peer is ordinary: no trace line */
        close(fd);
        return r;
    }
    return fd;
}

/* A socket's time-outs do not follow a fake clock: this is about a live peer, not about product
 * time. */
static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* 0 once `events` are there, -ETIMEDOUT at the deadline. */
static int wait_for(int fd, short events, int64_t deadline)
{
    for (;;) {
        int64_t left = deadline - now_ms();
        struct pollfd p = { .fd = fd, .events = events };
        int n = poll(&p, 1, left > 0 ? (int)left : 0);
        if (n > 0)
            return 0;
        if (n < 0 && errno != EINTR)
            return fault_raise(-errno);
        if (!n && left <= 0)
            return -ETIMEDOUT;
    }
}

int message_send(int fd, const json_t *head, const void *body, size_t length, int limit_ms)
{
    struct bytes out AUTO_BYTES = { 0 };
    int64_t deadline = now_ms() + limit_ms;
    int r = message_encode(&out, head, body, length);
    for (size_t sent = 0; !r && sent < out.length;) {
        ssize_t n = send(fd, out.data + sent, out.length - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n >= 0)
            sent += (size_t)n;
        else if (errno == EAGAIN)
            r = wait_for(fd, POLLOUT, deadline);
        else if (errno != EINTR)
            r = -errno;
    }
    return r;
}

int message_receive(struct message *out, int fd, struct bytes *pending, int limit_ms)
{
    int64_t deadline = now_ms() + limit_ms;
    for (;;) {
        int r = message_decode(out, pending);
        if (r <= 0)
            return r;
        if (r == MESSAGE_E_BAD)
            return -EBADMSG;
        r = wait_for(fd, POLLIN, deadline);
        if (!r)
            r = bytes_reserve(pending, pending->length + 65536);
        if (r)
            return r;
        ssize_t n = recv(fd, pending->data + pending->length, 65536, MSG_DONTWAIT);
        if (n > 0)
            pending->length += (size_t)n;
        else if (!n)
            return -ECONNRESET;
        else if (errno != EAGAIN && errno != EINTR)
            return -errno;
    }
}
