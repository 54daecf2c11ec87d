/* Local-socket messages: a JSON object and, behind it, raw bytes.
 *
 * On the wire (big endian): u32 length of JSON, u32 length of body, JSON in UTF-8, body. Used
 * between kiosk, kioskctl and kiosk-syncd over a SOCK_STREAM socket in AF_UNIX;
 * sync/api/local-socket.md lists the messages. Lengths are capped before anything is allocated. */
#pragma once

#include <jansson.h>

#include "firmware/base/bytes.h"

enum { MESSAGE_JSON_MAX = 256 * 1024, MESSAGE_BODY_MAX = 16 * 1024 * 1024 };

struct message {
    json_t *head; /* an object */
    struct bytes body;
};
void message_clear(struct message *m);
#define AUTO_MESSAGE __attribute__((cleanup(message_clear)))

enum message_outcome {
    MESSAGE_E_MORE = 1, /* not all bytes are there yet */
    MESSAGE_E_BAD,      /* lengths over the cap, or the head is no JSON object: hang up */
};

/* Append the frame of `head` (borrowed) and `body` (may be NULL) to `out`. 0, -EMSGSIZE, -ENOMEM.
 */
NODISCARD int message_encode(struct bytes *out, const json_t *head, const void *body,
                             size_t length);
/* Cut one message off the front of `in`. 0, MESSAGE_E_MORE, MESSAGE_E_BAD or -ENOMEM. Pure. */
NODISCARD int message_decode(struct message *out, struct bytes *in);

/* Connect to the socket at `path`. The descriptor is close-on-exec. fd >= 0, or a fault. */
NODISCARD int message_connect(const char *path);
/* Write a whole message; blocks for at most `limit_ms` in all. 0 or a fault (-ETIMEDOUT, -EPIPE,
 * ...). */
NODISCARD int message_send(int fd, const json_t *head, const void *body, size_t length,
                           int limit_ms);
/* Read one whole message; `pending` keeps bytes between calls. 0, or -ETIMEDOUT, -ECONNRESET
 * (closed), -EBADMSG, -ENOMEM. */
NODISCARD int message_receive(struct message *out, int fd, struct bytes *pending, int limit_ms);
