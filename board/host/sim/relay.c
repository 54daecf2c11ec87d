#include "board/host/sim/relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "firmware/base/text.h"

enum { PAIRS = 32, BLOCK = 64 * 1024 };

/* One direction: bytes read from `from`, waiting to be written to the other end. */
struct lane {
    int from;
    size_t used, sent;
    uint8_t *block;
};

struct pair {
    bool is_open;
    struct lane lanes[2]; /* kiosk's side, county's side */
};

struct relay {
    int listener;
    uint16_t port;
    bool is_plugged;
    struct sockaddr_in target;
    struct pair pairs[PAIRS];
};

static int parse_target(struct sockaddr_in *out, const char *target)
{
    char host[64];
    int port;
    const char *colon = strrchr(target, ':');
    if (!colon || (size_t)(colon - target) >= sizeof(host) || !text_to_int(&port, colon + 1) ||
        port < 1 || port > 65535)
        return -EINVAL;
    snprintf(host, sizeof(host), "%.*s", (int)(colon - target), target);
    *out = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    return inet_pton(AF_INET, host, &out->sin_addr) == 1 ? 0 : -EINVAL;
}

static int start_listening(struct relay *r)
{
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof(here);
    if (r->port)
        here.sin_port = htons(r->port);
    r->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int on = 1;
    if (r->listener < 0)
        return fault_raise(-errno);
    setsockopt(r->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(r->listener, (struct sockaddr *)&here, sizeof(here)) || listen(r->listener, 16) ||
        getsockname(r->listener, (struct sockaddr *)&here, &size))
        return fault_raise(-errno);
    r->port = ntohs(here.sin_port);
    return 0;
}

int relay_new(struct relay **out, const char *target)
{
    AUTO(relay_free) struct relay *r = calloc(1, sizeof(*r));
    if (!r)
        return fault_raise(-ENOMEM);
    r->listener = -1;
    r->is_plugged = true;
    int failed = parse_target(&r->target, target);
    if (!failed)
        failed = start_listening(r);
    if (failed)
        return failed;
    *out = TAKE(r);
    return 0;
}

static void cut(struct pair *p)
{
    if (!p->is_open)
        return;
    for (int i = 0; i < 2; i++) {
        close(p->lanes[i].from);
        free(p->lanes[i].block);
    }
    *p = (struct pair){ 0 };
}

void relay_free(struct relay *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < PAIRS; i++)
        cut(&r->pairs[i]);
    if (r->listener >= 0)
        close(r->listener);
    free(r);
}

uint16_t relay_port(const struct relay *r)
{
    return r->port;
}

bool relay_is_plugged(const struct relay *r)
{
    return r->is_plugged;
}

void relay_plug(struct relay *r, bool is_plugged)
{
    if (r->is_plugged == is_plugged)
        return;
    r->is_plugged = is_plugged;
    if (is_plugged) {
        (void)start_listening(r);
        return;
    }
    for (size_t i = 0; i < PAIRS; i++)
        cut(&r->pairs[i]);
    close(r->listener);
    r->listener = -1;
}

size_t relay_polls(const struct relay *r, struct pollfd polls[RELAY_POLLS])
{
    size_t count = 0;
    if (r->listener >= 0)
        polls[count++] = (struct pollfd){ r->listener, POLLIN, 0 };
    for (size_t i = 0; i < PAIRS; i++) {
        const struct pair *p = &r->pairs[i];
        for (int k = 0; p->is_open && k < 2; k++) {
            short in = p->lanes[k].used ? 0 : POLLIN; /* the block must be on its way first */
            short out = p->lanes[!k].used ? POLLOUT : 0;
            polls[count++] = (struct pollfd){ p->lanes[k].from, (short)(in | out), 0 };
        }
    }
    return count;
}

/* A cable adds no waiting of its own: what comes in goes out at once. */
static void do_not_gather(int fd)
{
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

static void accept_one(struct relay *r)
{
    int kiosk = accept4(r->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (kiosk < 0)
        return;
    struct pair *p = NULL;
    for (size_t i = 0; i < PAIRS && !p; i++)
        p = r->pairs[i].is_open ? NULL : &r->pairs[i];
    int county = p ? socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) : -1;
    uint8_t *a = malloc(BLOCK), *b = malloc(BLOCK);
    /* On loopback a connection succeeds or is refused at once. */
    if (!a || !b || county < 0 ||
        connect(county, (const struct sockaddr *)&r->target, sizeof(r->target))) {
        free(a);
        free(b);
        if (county >= 0)
            close(county);
        close(kiosk);
        return;
    }
    do_not_gather(kiosk);
    do_not_gather(county);
    *p = (struct pair){ true, { { .from = kiosk, .block = a }, { .from = county, .block = b } } };
}

/* False: the connection is over. */
static bool carry(struct lane *lane, int to)
{
    if (!lane->used) {
        ssize_t n = recv(lane->from, lane->block, BLOCK, MSG_DONTWAIT);
        if (n <= 0)
            return n < 0 && (errno == EAGAIN || errno == EINTR);
        lane->used = (size_t)n;
        lane->sent = 0;
    }
    ssize_t n =
        send(to, lane->block + lane->sent, lane->used - lane->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    lane->sent += (size_t)n;
    if (lane->sent == lane->used)
        lane->used = lane->sent = 0;
    return true;
}

static bool has_news(const struct pair *p, const struct pollfd *polls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (polls[i].revents &&
            (polls[i].fd == p->lanes[0].from || polls[i].fd == p->lanes[1].from))
            return true;
    return false;
}

void relay_take(struct relay *r, const struct pollfd *polls, size_t count)
{
    for (size_t i = 0; i < PAIRS; i++) {
        struct pair *p = &r->pairs[i];
        if (!p->is_open || !has_news(p, polls, count))
            continue;
        if (!carry(&p->lanes[0], p->lanes[1].from) || !carry(&p->lanes[1], p->lanes[0].from))
            cut(p);
    }
    if (r->listener >= 0 && count && polls[0].fd == r->listener && polls[0].revents)
        accept_one(r);
}
