#include "board/host/sim/usbip_server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "board/host/sim/usbip_export.h"
#include "firmware/base/log.h"

enum { BLOCK = 16 * 1024, OUT_MAX = 1024 * 1024, LINGER_MS = 1000, TAKEN_MS = 60 };

enum phase {
    PHASE_FREE = 0,
    PHASE_ASKING,  /* a list, or to import */
    PHASE_SESSION, /* has a device */
    PHASE_ENDING,  /* the last words are on their way; what comes is not read any more */
};

struct connection {
    enum phase phase;
    int fd;
    struct usbip_session session;
    bool is_shut; /* our half is closed */
    int64_t end_ms;
    int64_t patience_ms; /* until when a request for a device in use waits; 0: none does */
};

struct usbip_server {
    const struct clock *clock;
    int listener;
    uint16_t port;
    size_t count;
    struct usbip_export exports[USBIP_SERVER_DEVICES];
    uint16_t last_number;
    struct connection connections[USBIP_SERVER_CONNECTIONS];
};

static int64_t now(const struct usbip_server *s)
{
    return s->clock->boot_ms(s->clock);
}

static void plugged_in(struct usbip_server *s, struct usbip_export *e)
{
    if (!++s->last_number)
        s->last_number = 1;
    e->number = s->last_number;
    e->settings = sim_settings_plugged(e->device);
}

static int start_listening(struct usbip_server *s, uint16_t port)
{
    struct sockaddr_in here = { .sin_family = AF_INET,
                                .sin_port = htons(port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof(here);
    int on = 1;
    s->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s->listener < 0)
        return fault_raise(-errno);
    setsockopt(s->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(s->listener, (struct sockaddr *)&here, sizeof(here)) ||
        listen(s->listener, USBIP_SERVER_CONNECTIONS) ||
        getsockname(s->listener, (struct sockaddr *)&here, &size))
        return fault_raise(-errno);
    s->port = ntohs(here.sin_port);
    return 0;
}

int usbip_server_new(struct usbip_server **out, struct sim_device *const *devices, size_t count,
                     uint16_t port, const struct clock *clock)
{
    if (count > USBIP_SERVER_DEVICES)
        return fault_raise(-EINVAL);
    AUTO(usbip_server_free) struct usbip_server *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    s->clock = clock;
    s->listener = -1;
    s->count = count;
    /* Another server at the same place has other numbers: a host must not take its devices for these. */
    s->last_number = (uint16_t)(getpid() & 0xfff);
    for (size_t i = 0; i < count; i++) {
        s->exports[i] =
            (struct usbip_export){ .device = devices[i], .was_plugged = devices[i]->is_plugged };
        plugged_in(s, &s->exports[i]);
    }
    int r = start_listening(s, port);
    if (!r)
        *out = TAKE(s);
    return r;
}

/* ---- connections --------------------------------------------------------------------- */

static void leave_device(struct connection *c)
{
    if (c->session.export)
        c->session.export->is_imported = false;
    c->session.export = NULL;
}

static void cut(struct connection *c)
{
    if (c->phase == PHASE_FREE)
        return;
    leave_device(c);
    usbip_session_end(&c->session);
    close(c->fd);
    *c = (struct connection){ 0 };
}

/* Hang up, but not before what is in `out` has been sent: closing with unread input would reset the connection and lose
 * it. */
static void end(struct usbip_server *s, struct connection *c)
{
    leave_device(c);
    bytes_clear(&c->session.in);
    c->phase = PHASE_ENDING;
    c->end_ms = now(s) + LINGER_MS;
}

void usbip_server_free(struct usbip_server *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < USBIP_SERVER_CONNECTIONS; i++)
        cut(&s->connections[i]);
    if (s->listener >= 0)
        close(s->listener);
    free(s);
}

void usbip_server_watch(struct usbip_server *s, const struct usbip_watch *watch)
{
    for (size_t i = 0; i < s->count; i++)
        s->exports[i].watch = watch;
}

uint16_t usbip_server_port(const struct usbip_server *s)
{
    return s->port;
}

static void accept_one(struct usbip_server *s)
{
    int on = 1, fd = accept4(s->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0)
        return;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    for (size_t i = 0; i < USBIP_SERVER_CONNECTIONS; i++) {
        struct connection *c = &s->connections[i];
        if (c->phase != PHASE_FREE)
            continue;
        *c = (struct connection){ .phase = PHASE_ASKING, .fd = fd };
        return;
    }
    close(fd);
}

/* ---- bytes --------------------------------------------------------------------------- */

/* False: the connection is over. */
static bool receive(struct connection *c)
{
    uint8_t block[BLOCK];
    ssize_t n = recv(c->fd, block, sizeof(block), 0);
    if (n <= 0)
        return n < 0 && (errno == EAGAIN || errno == EINTR);
    bool kept = c->phase == PHASE_ENDING || !bytes_append(&c->session.in, block, (size_t)n);
    explicit_bzero(block, (size_t)n);
    return kept;
}

static bool send_some(struct connection *c)
{
    struct bytes *out = &c->session.out;
    while (out->length) {
        ssize_t n = send(c->fd, out->data, out->length, MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        bytes_consume(out, (size_t)n);
    }
    if (c->phase == PHASE_ENDING && !c->is_shut) {
        shutdown(c->fd, SHUT_WR);
        c->is_shut = true;
    }
    return true;
}

/* Several threads of one kiosk look at the bus at the same time: a device in use is refused only when it stays in use. */
static bool must_wait(struct usbip_server *s, struct connection *c)
{
    if (!usbip_export_is_taken(s->exports, s->count, &c->session.in))
        return false;
    if (!c->patience_ms)
        c->patience_ms = now(s) + TAKEN_MS;
    return now(s) < c->patience_ms;
}

static int answer_request(struct usbip_server *s, struct connection *c)
{
    struct usbip_export *e = NULL;
    if (must_wait(s, c))
        return 0;
    c->patience_ms = 0;
    int r = usbip_export_take(&e, s->exports, s->count, &c->session.in, &c->session.out);
    if (r == USBIP_LISTED || r == USBIP_REFUSED)
        end(s, c);
    if (r == USBIP_IMPORTED) {
        c->session.export = e;
        e->is_imported = true;
        c->phase = PHASE_SESSION;
    }
    return r < 0 ? r : 0;
}

static void take_input(struct usbip_server *s, struct connection *c)
{
    int r = 0;
    if (c->phase == PHASE_ASKING)
        r = answer_request(s, c);
    if (!r && c->phase == PHASE_SESSION)
        r = usbip_session_take(&c->session, now(s));
    if (r) {
        log_line(LOG_WARNING, "usbip", "a host does not speak USB/IP: hanging up");
        end(s, c);
    }
}

/* ---- devices ------------------------------------------------------------------------- */

static void pull(struct usbip_server *s, struct usbip_export *e)
{
    for (size_t i = 0; i < USBIP_SERVER_CONNECTIONS; i++) {
        struct connection *c = &s->connections[i];
        if (c->phase != PHASE_SESSION || c->session.export != e)
            continue;
        if (usbip_session_unplug(&c->session))
            cut(c);
        else
            end(s, c);
    }
}

static void look_at_cables(struct usbip_server *s)
{
    for (size_t i = 0; i < s->count; i++) {
        struct usbip_export *e = &s->exports[i];
        if (e->was_plugged == e->device->is_plugged)
            continue;
        e->was_plugged = e->device->is_plugged;
        if (e->was_plugged)
            plugged_in(s, e);
        else
            pull(s, e);
    }
}

void usbip_server_plug(struct usbip_server *s, size_t index, bool is_plugged)
{
    struct sim_device *d = index < s->count ? s->exports[index].device : NULL;
    if (!d || d->is_plugged == is_plugged)
        return;
    d->is_plugged = is_plugged;
    if (d->plugged)
        d->plugged(d, is_plugged, now(s));
    look_at_cables(s);
}

/* ---- the loop's side ----------------------------------------------------------------- */

size_t usbip_server_polls(const struct usbip_server *s, struct pollfd polls[USBIP_SERVER_POLLS])
{
    size_t count = 0;
    polls[count++] = (struct pollfd){ s->listener, POLLIN, 0 };
    for (size_t i = 0; i < USBIP_SERVER_CONNECTIONS; i++) {
        const struct connection *c = &s->connections[i];
        /* A host that does not read its answers is not listened to. */
        short in = c->session.out.length < OUT_MAX ? POLLIN : 0,
              out = c->session.out.length ? POLLOUT : 0;
        if (c->phase != PHASE_FREE)
            polls[count++] = (struct pollfd){ c->fd, (short)(in | out), 0 };
    }
    return count;
}

int usbip_server_wait_ms(const struct usbip_server *s)
{
    int64_t next = -1, at = now(s);
    for (size_t i = 0; i < USBIP_SERVER_CONNECTIONS; i++) {
        const struct connection *c = &s->connections[i];
        int64_t due = -1;
        if (c->phase == PHASE_SESSION)
            due = usbip_session_due_ms(&c->session, at);
        else if (c->phase == PHASE_ENDING)
            due = c->end_ms;
        else if (c->phase == PHASE_ASKING && c->patience_ms)
            due = c->patience_ms;
        if (due >= 0 && (next < 0 || due < next))
            next = due;
    }
    if (next < 0)
        return -1;
    /* Due already, and still waiting: the device has said no. Ask again, but not without end. */
    return next <= at ? 1 : (int)(next - at < 60000 ? next - at : 60000);
}

static void serve(struct usbip_server *s, struct connection *c, short events)
{
    bool is_alive = true;
    if (events & (POLLIN | POLLHUP | POLLERR))
        is_alive = receive(c);
    if (is_alive && (events & POLLIN))
        take_input(s, c);
    if (!is_alive)
        cut(c);
}

static void finish_turn(struct usbip_server *s, struct connection *c)
{
    if (c->phase == PHASE_ASKING && c->patience_ms)
        take_input(s, c);
    if (c->phase == PHASE_SESSION && usbip_session_run(&c->session, now(s)))
        cut(c);
    else if (c->phase == PHASE_ENDING && now(s) >= c->end_ms)
        cut(c);
    else if (c->phase != PHASE_FREE && !send_some(c))
        cut(c);
}

void usbip_server_turn(struct usbip_server *s, const struct pollfd *polls, size_t count)
{
    look_at_cables(s);
    /* Connections before new ones: a host that closed one and opens the next finds the device free. */
    for (size_t i = 0; i < USBIP_SERVER_CONNECTIONS; i++) {
        struct connection *c = &s->connections[i];
        for (size_t k = 1; c->phase != PHASE_FREE && k < count; k++)
            if (polls[k].fd == c->fd && polls[k].revents) {
                serve(s, c, polls[k].revents);
                break;
            }
    }
    if (count && polls[0].revents)
        accept_one(s);
    for (size_t i = 0; i < USBIP_SERVER_CONNECTIONS; i++)
        finish_turn(s, &s->connections[i]);
    /* A device may have pulled its own cable just now. */
    look_at_cables(s);
    for (size_t i = 0; i < USBIP_SERVER_CONNECTIONS; i++)
        if (s->connections[i].phase == PHASE_ENDING && !send_some(&s->connections[i]))
            cut(&s->connections[i]);
}
