#include "firmware/worker/stick_door.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/message.h"

enum { WAIT_MS = 15000 };

static bool is_readable(int line, int wait_ms)
{
    struct pollfd p = { .fd = line, .events = POLLIN };
    return poll(&p, 1, wait_ms) == 1;
}

/* The word that comes with a descriptor. One that came and is not wanted is closed. */
static int receive(int line, int *out)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr aligned;
    } control = { 0 };
    char word = 0;
    struct iovec io = { .iov_base = &word, .iov_len = 1 };
    struct msghdr m = { .msg_iov = &io,
                        .msg_iovlen = 1,
                        .msg_control = control.bytes,
                        .msg_controllen = sizeof(control.bytes) };
    if (!is_readable(line, WAIT_MS) || recvmsg(line, &m, MSG_CMSG_CLOEXEC) != 1)
        return -ECONNRESET;
    const struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    if (!c || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS ||
        c->cmsg_len != CMSG_LEN(sizeof(int)))
        return -EBADMSG;
    memcpy(out, CMSG_DATA(c), sizeof(int));
    return 0;
}

int stick_door_open(struct stick_door *out, const char *socket)
{
    struct stat st;
    struct stick_door d = { message_connect(socket), -1, "" };
    int r = d.line < 0 ? d.line : receive(d.line, &d.mount);
    if (!r && (fstat(d.mount, &st) || !S_ISDIR(st.st_mode)))
        r = -ENOTDIR;
    if (r) {
        stick_door_close(&d);
        return r;
    }
    snprintf(d.path, sizeof(d.path), "/proc/self/fd/%d/.", d.mount);
    *out = d;
    return 0;
}

bool stick_door_is_held(const struct stick_door *d)
{
    char word;
    return d->line >= 0 && recv(d->line, &word, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

bool stick_door_write(const struct stick_door *d, bool is_wanted)
{
    char word = is_wanted ? 'w' : 'r', said = 0;
    return d->line >= 0 && send(d->line, &word, 1, MSG_NOSIGNAL) == 1 &&
           is_readable(d->line, WAIT_MS) && recv(d->line, &said, 1, 0) == 1 && said == word;
}

void stick_door_close(struct stick_door *d)
{
    if (d->mount >= 0)
        close(d->mount);
    if (d->line >= 0)
        close(d->line);
    *d = (struct stick_door){ -1, -1, "" };
}
