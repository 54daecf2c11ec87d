#include "board/host/sim/usbip_session.h"

#include <stdlib.h>
#include <string.h>

enum { HEADER = 48, TRANSFERS_MAX = 64, LENGTH_MAX = 256 * 1024 };
enum { CMD_SUBMIT = 1, CMD_UNLINK = 2, RET_SUBMIT = 3, RET_UNLINK = 4 };

struct usbip_transfer {
    struct usbip_transfer *next;
    uint32_t sequence, length, taken;
    uint8_t endpoint; /* with its direction bit */
    uint8_t setup[8];
    uint8_t data[]; /* `length` bytes; SIM_CONTROL_MAX on endpoint 0 */
};

static bool is_in(const struct usbip_transfer *t)
{
    return t->endpoint & 0x80;
}

static size_t room(uint8_t endpoint, size_t length)
{
    return (endpoint & 0x0f) || length > SIM_CONTROL_MAX ? length : SIM_CONTROL_MAX;
}

static void drop(struct usbip_session *s, struct usbip_transfer *t)
{
    struct usbip_transfer **at = &s->first;
    while (*at != t)
        at = &(*at)->next;
    *at = t->next;
    s->count--;
    explicit_bzero(t->data, room(t->endpoint, t->length));
    free(t);
}

static int put_header(struct usbip_session *s, uint32_t code, uint32_t sequence, int status,
                      uint32_t actual)
{
    uint8_t h[HEADER] = { 0 };
    put_be32(h, code);
    put_be32(h + 4, sequence);
    put_be32(h + 20, (uint32_t)status);
    put_be32(h + 24, actual);
    if (code == RET_SUBMIT)
        put_be32(h + 32, 0xffffffff); /* no isochronous packets */
    return bytes_append(&s->out, h, sizeof(h));
}

/* Answer a transfer and forget it. */
static int finish(struct usbip_session *s, struct usbip_transfer *t, int status, uint32_t actual)
{
    int r = put_header(s, RET_SUBMIT, t->sequence, status, actual);
    if (!r && is_in(t) && actual)
        r = bytes_append(&s->out, t->data, actual);
    drop(s, t);
    return r;
}

/* ---- transfers ----------------------------------------------------------------------- */

static int run_control(struct usbip_session *s, struct usbip_transfer *t, int64_t now_ms)
{
    struct usbip_export *e = s->export;
    int n = SIM_STALL;
    if (is_in(t) == ((t->setup[0] & 0x80) != 0) && get_le16(t->setup + 6) == t->length)
        n = sim_control(e->device, &e->settings, t->setup, t->data, now_ms);
    if (n < 0)
        return finish(s, t, -EPIPE, 0);
    return finish(s, t, 0, is_in(t) ? (uint32_t)n : t->length);
}

static int halted(struct usbip_session *s, struct usbip_transfer *t)
{
    s->export->settings.halted |= sim_endpoint_bit(t->endpoint);
    return finish(s, t, -EPIPE, is_in(t) ? 0 : t->taken);
}

static void tell(const struct usbip_session *s, const struct usbip_transfer *t, size_t bytes)
{
    const struct usbip_watch *w = s->export->watch;
    if (w && bytes)
        w->moved(w->context, s->export->device, t->endpoint, bytes);
}

static int run_in(struct usbip_session *s, struct usbip_transfer *t, int64_t now_ms)
{
    struct sim_device *d = s->export->device;
    int n = d->in(d, t->endpoint, t->data, t->length, now_ms);
    if (n == SIM_STALL)
        return halted(s, t);
    if (n <= 0)
        return SIM_NAK;
    uint32_t given = (uint32_t)n < t->length ? (uint32_t)n : t->length;
    tell(s, t, given);
    return finish(s, t, 0, given);
}

static int run_out(struct usbip_session *s, struct usbip_transfer *t, int64_t now_ms)
{
    struct sim_device *d = s->export->device;
    uint32_t left = t->length - t->taken;
    int n = d->out(d, t->endpoint, t->data + t->taken, left, now_ms);
    if (n == SIM_STALL)
        return halted(s, t);
    uint32_t taken = n <= 0 ? 0 : (uint32_t)n < left ? (uint32_t)n : left;
    t->taken += taken;
    tell(s, t, taken);
    return t->taken == t->length ? finish(s, t, 0, t->length) : SIM_NAK;
}

/* 0: answered. SIM_NAK: it waits. -ENOMEM. */
static int run_one(struct usbip_session *s, struct usbip_transfer *t, int64_t now_ms)
{
    if (!s->export->device->is_plugged)
        return SIM_NAK; /* usbip_session_unplug() is due */
    if (!(t->endpoint & 0x0f))
        return run_control(s, t, now_ms);
    if (!s->export->settings.configuration || !sim_find_endpoint(s->export->device, t->endpoint))
        return finish(s, t, -ENOENT, 0);
    if (s->export->settings.halted & sim_endpoint_bit(t->endpoint))
        return halted(s, t);
    if (!t->length)
        return finish(s, t, 0, 0); /* an empty packet */
    return is_in(t) ? run_in(s, t, now_ms) : run_out(s, t, now_ms);
}

/* One pass. *progress: something was answered, which may have changed what the others get. */
static int run_pass(struct usbip_session *s, int64_t now_ms, bool *progress)
{
    uint32_t waiting = 0; /* endpoints whose oldest transfer waits: the later ones wait behind it */
    struct usbip_transfer *next;
    for (struct usbip_transfer *t = s->first; t; t = next) {
        uint32_t bit = sim_endpoint_bit(t->endpoint);
        next = t->next;
        if (waiting & bit)
            continue;
        int r = run_one(s, t, now_ms);
        if (r == SIM_NAK)
            waiting |= bit;
        else if (r)
            return r;
        else
            *progress = true;
    }
    return 0;
}

int usbip_session_run(struct usbip_session *s, int64_t now_ms)
{
    int r = 0;
    for (bool progress = true; progress && !r;) {
        progress = false;
        r = run_pass(s, now_ms, &progress);
    }
    return r;
}

int64_t usbip_session_due_ms(const struct usbip_session *s, int64_t now_ms)
{
    struct sim_device *d = s->export->device;
    return s->first && d->is_plugged && d->due_ms ? d->due_ms(d, now_ms) : -1;
}

/* ---- messages ------------------------------------------------------------------------ */

static int take_submit(struct usbip_session *s, const uint8_t *h, const uint8_t *payload,
                       int64_t now_ms)
{
    uint32_t length = get_be32(h + 24), endpoint = get_be32(h + 16);
    bool in = get_be32(h + 12) == 1;
    if (endpoint > 15 || s->count == TRANSFERS_MAX)
        return -EBADMSG;
    struct usbip_transfer *t = calloc(1, sizeof(*t) + room((uint8_t)endpoint, length));
    if (!t)
        return fault_raise(-ENOMEM);
    t->sequence = get_be32(h + 4);
    t->length = length;
    t->endpoint = (uint8_t)(endpoint | (in ? 0x80 : 0));
    memcpy(t->setup, h + 40, 8);
    if (!in && length)
        memcpy(t->data, payload, length);
    struct usbip_transfer **at = &s->first;
    while (*at)
        at = &(*at)->next;
    *at = t;
    s->count++;
    return usbip_session_run(s, now_ms);
}

/* What a write has moved before it was taken back is said in an answer of its own; then, and when the transfer was over
 * already, the unlink finds nothing more to do. */
static int take_unlink(struct usbip_session *s, const uint8_t *h)
{
    uint32_t victim = get_be32(h + 20);
    struct usbip_transfer *t = s->first;
    int status = 0, r = 0;
    while (t && t->sequence != victim)
        t = t->next;
    if (t && !is_in(t) && t->taken) {
        r = finish(s, t, -ECONNRESET, t->taken);
    } else if (t) {
        status = -ECONNRESET;
        drop(s, t);
    }
    return r ? r : put_header(s, RET_UNLINK, get_be32(h + 4), status, 0);
}

/* 0, -EBADMSG, -ENOMEM; *size 0: the message is not complete. */
static int take_message(struct usbip_session *s, int64_t now_ms, size_t *size)
{
    const uint8_t *h = s->in.data;
    *size = 0;
    if (s->in.length < HEADER)
        return 0;
    uint32_t code = get_be32(h), direction = get_be32(h + 12), length = get_be32(h + 24);
    if (code == CMD_UNLINK) {
        *size = HEADER;
        return take_unlink(s, h);
    }
    if (code != CMD_SUBMIT || direction > 1 || length > LENGTH_MAX)
        return -EBADMSG;
    size_t payload = direction ? 0 : length;
    if (s->in.length - HEADER < payload)
        return 0;
    *size = HEADER + payload;
    return take_submit(s, h, h + HEADER, now_ms);
}

int usbip_session_take(struct usbip_session *s, int64_t now_ms)
{
    for (;;) {
        size_t size;
        int r = take_message(s, now_ms, &size);
        if (r || !size)
            return r;
        bytes_consume(&s->in, size);
    }
}

int usbip_session_unplug(struct usbip_session *s)
{
    int r = 0;
    while (s->first && !r) {
        struct usbip_transfer *t = s->first;
        if (!is_in(t) && t->taken)
            r = finish(s, t, -ESHUTDOWN, t->taken);
        else
            drop(s, t);
    }
    return r;
}

void usbip_session_end(struct usbip_session *s)
{
    while (s->first)
        drop(s, s->first);
    bytes_clear(&s->in);
    bytes_clear(&s->out);
}
