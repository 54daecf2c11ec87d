/* The server's side of the line to county-open: it has the key, we have the network. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "firmware/base/json.h"
#include "tests/platform/desk.h"

enum { LIMIT_S = 5 };
#define LINE_MAX ((size_t)16 * 1024 * 1024)

static int connect_opener(const struct platform *p)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    struct timeval limit = { LIMIT_S, 0 };
    int n = snprintf(address.sun_path, sizeof(address.sun_path), "%s/open.sock", p->data);
    if (n < 0 || (size_t)n >= sizeof(address.sun_path))
        return -ENAMETOOLONG;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -errno;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    if (!connect(fd, (struct sockaddr *)&address, sizeof(address)))
        return fd;
    close(fd);
    return -ECONNREFUSED;
}

/* Until it hangs up. */
static int receive(struct bytes *out, int fd)
{
    uint8_t piece[16384];
    ssize_t n;
    int r = 0;
    while (!r && out->length < LINE_MAX && (n = recv(fd, piece, sizeof(piece), 0)) > 0)
        r = bytes_append(out, piece, (size_t)n);
    explicit_bzero(piece, sizeof(piece));
    return r;
}

json_t *opener_ask(const struct platform *p, const char *line)
{
    struct bytes answer AUTO_BYTES = { 0 };
    char complaint[JSON_COMPLAINT];
    size_t length = strlen(line);
    int fd = connect_opener(p);
    if (fd < 0)
        return NULL;
    bool is_asked = send(fd, line, length, MSG_NOSIGNAL) == (ssize_t)length &&
                    send(fd, "\n", 1, MSG_NOSIGNAL) == 1;
    int r = is_asked ? receive(&answer, fd) : -EPIPE;
    close(fd);
    return r || !answer.length ? NULL : json_parse(answer.data, answer.length, complaint);
}
