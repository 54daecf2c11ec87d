#include "sync/local/client.h"

#include <sys/socket.h>
#include <unistd.h>

#include "firmware/base/json.h"

enum {
    READ_BYTES = 256 * 1024,
    OUT_MAX = 64 * 1024 * 1024, /* who does not read is cut off */
};

void client_hang_up(struct client *c)
{
    if (c->fd < 0)
        return;
    close(c->fd);
    bytes_clear(&c->in);
    bytes_clear(&c->out);
    *c = (struct client){ .fd = -1 };
}

void client_flush(struct client *c)
{
    while (c->fd >= 0 && c->out.length) {
        ssize_t n = send(c->fd, c->out.data, c->out.length, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n > 0)
            bytes_consume(&c->out, (size_t)n);
        else if (errno == EAGAIN || errno == EINTR)
            return;
        else
            client_hang_up(c);
    }
}

void client_say(struct client *c, json_t *head, const struct bytes *body)
{
    bool is_too_slow = c->out.length > OUT_MAX;
    int r = !head || is_too_slow
                ? -ENOMEM
                : message_encode(&c->out, head, body ? body->data : NULL, body ? body->length : 0);
    json_decref(head);
    if (r)
        client_hang_up(c);
}

void client_reply(struct client *c, json_int_t n, json_t *fields, const struct bytes *body)
{
    if (fields) {
        json_object_set_new(fields, "re", json_integer(n));
        json_object_set_new(fields, "ok", json_true());
    }
    client_say(c, fields, body);
}

void client_refuse(struct client *c, json_int_t n, const char *error, const char *reason)
{
    client_say(
        c, json_pack("{sI, sb, ss, ss}", "re", n, "ok", false, "error", error, "message", reason),
        NULL);
}

bool client_read(struct client *c)
{
    static uint8_t piece[READ_BYTES];
    ssize_t n = recv(c->fd, piece, sizeof(piece), MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (n > 0 && !bytes_append(&c->in, piece, (size_t)n))
        return true;
    client_hang_up(c);
    return false;
}
