#include "drivers/usb/usbip_link.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "drivers/usb/inside.h"
#include "firmware/base/text.h"

enum { BLOCK = 16 * 1024 };

int usbip_address(struct sockaddr_in *out, const char *host_port)
{
    char host[INET_ADDRSTRLEN];
    int port;
    const char *colon = strrchr(host_port, ':');
    if (!colon || (size_t)(colon - host_port) >= sizeof(host) || !text_to_int(&port, colon + 1) ||
        port < 1 || port > 65535)
        return -EINVAL;
    snprintf(host, sizeof(host), "%.*s", (int)(colon - host_port), host_port);
    *out = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    return inet_pton(AF_INET, host, &out->sin_addr) == 1 ? 0 : -EINVAL;
}

void usbip_link_close(struct usbip_link *k)
{
    if (k->fd >= 0)
        close(k->fd);
    k->fd = -1;
    bytes_clear(&k->in);
    bytes_clear(&k->out);
}

/* 0 or USB_E_GONE. */
static int finish_connecting(int fd, int64_t deadline_ms)
{
    struct pollfd p = { fd, POLLOUT, 0 };
    int error = 0;
    socklen_t size = sizeof(error);
    int n;
    do
        n = poll(&p, 1, usb_left_ms(deadline_ms));
    while (n < 0 && errno == EINTR);
    if (n < 1 || getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) || error)
        return USB_E_GONE;
    return 0;
}

int usbip_link_open(struct usbip_link *k, const struct sockaddr_in *server, int64_t deadline_ms)
{
    int on = 1;
    *k =
        (struct usbip_link){ .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0) };
    if (k->fd < 0)
        return fault_raise(-errno);
    setsockopt(k->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (!connect(k->fd, (const struct sockaddr *)server, sizeof(*server)))
        return 0;
    int r = errno == EINPROGRESS ? finish_connecting(k->fd, deadline_ms) : USB_E_GONE;
    if (r)
        usbip_link_close(k);
    return r;
}

static int send_some(struct usbip_link *k)
{
    ssize_t n = send(k->fd, k->out.data, k->out.length, MSG_NOSIGNAL);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : USB_E_GONE;
    bytes_consume(&k->out, (size_t)n);
    return 0;
}

static int receive_some(struct usbip_link *k)
{
    int r = bytes_reserve(&k->in, k->in.length + BLOCK);
    if (r)
        return r;
    ssize_t n = recv(k->fd, k->in.data + k->in.length, BLOCK, 0);
    if (n > 0)
        k->in.length += (size_t)n;
    return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR)) ? 0 : USB_E_GONE;
}

int usbip_link_turn(struct usbip_link *k, int wait_ms)
{
    struct pollfd p = { k->fd, (short)(POLLIN | (k->out.length ? POLLOUT : 0)), 0 };
    if (k->fd < 0)
        return USB_E_GONE;
    int n = poll(&p, 1, wait_ms);
    if (n < 0)
        return errno == EINTR ? USB_E_TIMEOUT : fault_raise(-errno);
    if (!n)
        return USB_E_TIMEOUT;
    /* Reading first: a server that says something and closes is heard out. */
    int r = p.revents & (POLLIN | POLLHUP | POLLERR) ? receive_some(k) : 0;
    if (!r && (p.revents & POLLOUT))
        r = send_some(k);
    return r;
}
