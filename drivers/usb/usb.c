/* What is the same for every transport: opening, waiting, gathering, splitting. */
#include "drivers/usb/usb.h"

#include <poll.h>

#include "drivers/usb/inside.h"
#include "firmware/base/clock.h"

enum { LOOK_MS = 1000, LOOK_REST_MS = 60000, LOOK_DOUBLINGS = 8 };

int64_t usb_now_ms(void)
{
    return system_clock.boot_ms(&system_clock);
}

int usb_left_ms(int64_t deadline_ms)
{
    int64_t left = deadline_ms - usb_now_ms();
    if (left < 0)
        return 0;
    return left > INT32_MAX ? INT32_MAX : (int)left;
}

/* ---- the bus ------------------------------------------------------------------------- */

void usb_bus_free(struct usb_bus *bus)
{
    if (bus)
        bus->ops->free(bus);
}

int usb_list(struct usb_bus *bus, struct usb_info *out, size_t max, size_t *count)
{
    *count = 0;
    return bus->ops->list(bus, out, max, count);
}

unsigned usb_changes(struct usb_bus *bus)
{
    if (!bus->ops->hear || !bus->ops->hear(bus))
        bus->changes++;
    return bus->changes;
}

static int news_fd(struct usb_bus *bus)
{
    return bus->ops->news_fd ? bus->ops->news_fd(bus) : -1;
}

bool usb_await(struct usb_bus *bus, int fd, int limit_ms)
{
    struct pollfd both[] = { { .fd = fd, .events = POLLIN },
                             { .fd = news_fd(bus), .events = POLLIN } };
    if (poll(both, 2, limit_ms) <= 0 || !both[1].revents)
        return false;
    (void)usb_changes(bus);
    return true;
}

int usb_look_ms(struct usb_bus *bus, bool is_there, unsigned looks, int most_ms)
{
    bool is_told = !is_there && news_fd(bus) >= 0;
    int most = is_told || (!is_there && bus->is_away) ? LOOK_REST_MS : most_ms;
    if (is_told && looks > 1)
        return most;
    unsigned doublings = looks > 1 ? looks - 1 : 0;
    int64_t wait = (int64_t)LOOK_MS << (doublings < LOOK_DOUBLINGS ? doublings : LOOK_DOUBLINGS);
    return wait < most ? (int)wait : most;
}

/* ---- opening ------------------------------------------------------------------------- */

bool usb_has_alternates(const struct usb_info *info, uint8_t interface)
{
    size_t settings = 0;
    for (size_t i = 0; i < info->interface_count; i++)
        settings += info->interfaces[i].number == interface;
    return settings > 1;
}

static bool has_both_ways(const struct usb_interface *i)
{
    bool is_in = false, is_out = false;
    for (size_t k = 0; k < i->endpoint_count; k++) {
        if (i->endpoints[k].address & 0x80)
            is_in = true;
        else
            is_out = true;
    }
    return is_in && is_out;
}

/* The first setting that can speak and listen, otherwise the first. NULL: no such interface. */
static const struct usb_interface *choose_setting(const struct usb_info *info, uint8_t interface)
{
    const struct usb_interface *first = NULL;
    for (size_t i = 0; i < info->interface_count; i++) {
        const struct usb_interface *s = &info->interfaces[i];
        if (s->number != interface)
            continue;
        if (has_both_ways(s))
            return s;
        if (!first)
            first = s;
    }
    return first;
}

int usb_open(struct usb_device **out, struct usb_bus *bus, const struct usb_info *info,
             uint8_t interface)
{
    const struct usb_interface *setting = choose_setting(info, interface);
    if (!setting)
        return fault_raise(-EINVAL);
    struct usb_device base = { .info = *info,
                               .interface = interface,
                               .alternate = setting->alternate };
    int r = bus->ops->open(out, bus, &base);
    if (!r)
        usb_ask_serial(*out);
    return r;
}

void usb_close(struct usb_device *d)
{
    if (!d)
        return;
    d->ops->stop(d);
    for (size_t i = 0; i < d->listened_count; i++)
        gather_end(&d->listened[i].gather);
    d->ops->free(d);
}

const struct usb_info *usb_device_info(const struct usb_device *d)
{
    return &d->info;
}

const char *usb_serial(const struct usb_device *d)
{
    return d->serial;
}

/* ---- listening ----------------------------------------------------------------------- */

static const struct usb_endpoint *find_endpoint(const struct usb_device *d, uint8_t address)
{
    for (size_t i = 0; i < d->info.interface_count; i++) {
        const struct usb_interface *s = &d->info.interfaces[i];
        if (s->number != d->interface || s->alternate != d->alternate)
            continue;
        for (size_t k = 0; k < s->endpoint_count; k++)
            if (s->endpoints[k].address == address && s->endpoints[k].max_packet)
                return &s->endpoints[k];
    }
    return NULL;
}

static struct usb_listened *find_listened(struct usb_device *d, uint8_t endpoint)
{
    for (size_t i = 0; i < d->listened_count; i++)
        if (d->listened[i].endpoint == endpoint)
            return &d->listened[i];
    return NULL;
}

int usb_listen(struct usb_device *d, uint8_t endpoint)
{
    const struct usb_endpoint *e = find_endpoint(d, endpoint);
    if (find_listened(d, endpoint))
        return 0;
    if (!e || !(endpoint & 0x80) || d->listened_count == USB_LISTENED_MAX)
        return fault_raise(-EINVAL);
    if (d->is_gone)
        return USB_E_GONE;
    struct usb_listened *l = &d->listened[d->listened_count];
    *l = (struct usb_listened){ .endpoint = endpoint, .max_packet = e->max_packet };
    int r = gather_start(&l->gather);
    if (r)
        return r;
    d->listened_count++;
    r = d->ops->submit(d, l);
    if (r) {
        d->listened_count--;
        gather_end(&l->gather);
    }
    return r;
}

/* What a read says when nothing has been gathered; USB_E_TIMEOUT: nothing yet. */
static int listened_outcome(struct usb_device *d, struct usb_listened *l)
{
    if (l->gather.has_lost) {
        gather_empty(&l->gather);
        return USB_E_OVERFLOW;
    }
    if (l->ended == USB_E_OVERFLOW) {
        l->ended = 0;
        int r = d->is_gone ? 0 : d->ops->submit(d, l);
        return r < 0 ? r : USB_E_OVERFLOW;
    }
    if (l->ended)
        return l->ended;
    return d->is_gone ? USB_E_GONE : USB_E_TIMEOUT;
}

int usb_read(struct usb_device *d, uint8_t endpoint, void *data, size_t size, int wait_ms,
             size_t *got)
{
    struct usb_listened *l = find_listened(d, endpoint);
    *got = 0;
    if (!l || !size)
        return fault_raise(-EINVAL);
    int64_t deadline = usb_now_ms() + wait_ms;
    /* The first turn only takes in what is there: bytes gathered earlier are not waited with. */
    for (int wait = 0;; wait = usb_left_ms(deadline)) {
        int r = d->is_gone ? 0 : d->ops->turn(d, wait);
        *got = gather_take(&l->gather, data, size);
        if (*got)
            return 0;
        if (r < 0)
            return r;
        r = listened_outcome(d, l);
        if (r != USB_E_TIMEOUT || !usb_left_ms(deadline))
            return r;
    }
}

void usb_drain(struct usb_device *d, uint8_t endpoint, int wait_ms)
{
    struct usb_listened *l = find_listened(d, endpoint);
    if (!l)
        return;
    int64_t deadline = usb_now_ms() + wait_ms;
    for (int wait = 0;; wait = usb_left_ms(deadline)) {
        int r = d->is_gone ? USB_E_GONE : d->ops->turn(d, wait);
        int outcome = listened_outcome(d, l);
        gather_empty(&l->gather);
        if (r || !usb_left_ms(deadline) || (outcome != USB_E_TIMEOUT && outcome != USB_E_OVERFLOW))
            return;
    }
}

/* ---- speaking ------------------------------------------------------------------------ */

int usb_write(struct usb_device *d, uint8_t endpoint, const void *data, size_t length, int wait_ms,
              size_t *accepted)
{
    *accepted = 0;
    if (!find_endpoint(d, endpoint) || (endpoint & 0x80))
        return fault_raise(-EINVAL);
    int64_t deadline = usb_now_ms() + wait_ms;
    while (*accepted < length) {
        size_t left = length - *accepted, moved = 0;
        if (d->is_gone)
            return USB_E_GONE;
        int r = d->ops->write(d, endpoint, (const uint8_t *)data + *accepted,
                              left < USB_OUT_PIECE ? left : USB_OUT_PIECE, usb_left_ms(deadline),
                              &moved);
        *accepted += moved;
        if (r)
            return r;
        /* A piece that ended short without an error is gone on with, while there is time. */
        if (*accepted < length && !usb_left_ms(deadline))
            return USB_E_TIMEOUT;
    }
    return 0;
}

int usb_control(struct usb_device *d, uint8_t request_type, uint8_t request, uint16_t value,
                uint16_t index, void *data, uint16_t length, int wait_ms, size_t *done)
{
    uint8_t setup[8] = { request_type, request };
    *done = 0;
    if (d->is_gone)
        return USB_E_GONE;
    put_le16(setup + 2, value);
    put_le16(setup + 4, index);
    put_le16(setup + 6, length);
    return d->ops->control(d, setup, data, wait_ms, done);
}

int usb_clear_halt(struct usb_device *d, uint8_t endpoint)
{
    if (d->is_gone)
        return USB_E_GONE;
    int r = d->ops->clear_halt(d, endpoint);
    struct usb_listened *l = find_listened(d, endpoint);
    if (r || !l || l->ended != USB_E_STALL)
        return r;
    l->ended = 0;
    return d->ops->submit(d, l);
}
