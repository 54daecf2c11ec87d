/* drivers/usb without drivers/usb: one simulated device, and time that passes only while something waits. It defines the
 * functions of usb.h, so one file of a test includes it, and the test does not link drivers/usb. */
#pragma once

#include <stdlib.h>
#include <string.h>

#include "board/host/sim/device.h"
#include "drivers/usb/usb.h"
#include "firmware/base/clock.h"

enum { FAKE_PIECE = 512 /* bytes a millisecond */, FAKE_WAIT_MS = 5 };

static struct fake_usb {
    struct fake_clock clock;
    struct sim_device *device; /* NULL: nothing is plugged in */
    struct usb_info info;
    bool is_gone; /* for the open device: its cable was out, whatever is plugged in since */
    bool is_open;
    unsigned writes, controls;
} fake_usb;

struct usb_bus {
    int nothing;
};
struct usb_device {
    struct usb_info info;
};

/* A printer or a reader with one interface and two bulk endpoints. */
static void fake_usb_plug(struct sim_device *d, uint8_t class, uint8_t subclass, uint8_t protocol)
{
    const uint8_t *w = d->device_descriptor;
    fake_usb.device = d;
    fake_usb.is_gone = false;
    fake_usb.info = (struct usb_info){
        .vendor = (uint16_t)(w[8] | w[9] << 8),
        .product = (uint16_t)(w[10] | w[11] << 8),
        .path = "1-1",
        .interface_count = 1,
        .interfaces = { { .class = class,
                          .subclass = subclass,
                          .protocol = protocol,
                          .endpoint_count = 2,
                          .endpoints = { { 0x01, USB_BULK, 64 }, { 0x81, USB_BULK, 64 } } } },
    };
}

static int64_t fake_now(void)
{
    return fake_usb.clock.boot;
}

static bool fake_is_out(void)
{
    if (!fake_usb.device || !fake_usb.device->is_plugged)
        fake_usb.is_gone = true;
    return fake_usb.is_gone;
}

int usb_list(struct usb_bus *bus, struct usb_info *out, size_t max, size_t *count)
{
    (void)bus;
    *count = max && fake_usb.device && fake_usb.device->is_plugged ? 1 : 0;
    if (*count)
        *out = fake_usb.info;
    return 0;
}

int usb_open(struct usb_device **out, struct usb_bus *bus, const struct usb_info *info,
             uint8_t interface)
{
    (void)bus;
    if (interface || fake_usb.is_open)
        return -EINVAL;
    fake_usb.is_gone = false;
    if (fake_is_out())
        return USB_E_GONE;
    *out = calloc(1, sizeof(**out));
    if (!*out)
        return -ENOMEM;
    (*out)->info = *info;
    fake_usb.is_open = true;
    return 0;
}

void usb_close(struct usb_device *d)
{
    if (d)
        fake_usb.is_open = false;
    free(d);
}

const struct usb_info *usb_device_info(const struct usb_device *d)
{
    return &d->info;
}

int usb_listen(struct usb_device *d, uint8_t endpoint)
{
    (void)d;
    return endpoint == 0x81 ? 0 : -EINVAL;
}

/* One millisecond a call, so that no loop stands still, and FAKE_WAIT_MS for each look at a silent device. */
int usb_read(struct usb_device *d, uint8_t endpoint, void *data, size_t size, int wait_ms,
             size_t *got)
{
    struct sim_device *m = fake_usb.device;
    int64_t end = fake_now() + wait_ms;
    (void)d;
    *got = 0;
    for (;;) {
        fake_clock_advance(&fake_usb.clock, 1);
        if (fake_is_out())
            return USB_E_GONE;
        int n = m->in(m, endpoint, data, size < 64 ? size : 64, fake_now());
        if (n > 0) {
            *got = (size_t)n;
            return 0;
        }
        if (n == SIM_STALL)
            return USB_E_STALL;
        if (fake_now() >= end)
            return USB_E_TIMEOUT;
        fake_clock_advance(&fake_usb.clock, FAKE_WAIT_MS - 1);
    }
}

int usb_write(struct usb_device *d, uint8_t endpoint, const void *data, size_t length, int wait_ms,
              size_t *accepted)
{
    struct sim_device *m = fake_usb.device;
    int64_t end = fake_now() + wait_ms;
    (void)d;
    *accepted = 0;
    fake_usb.writes++;
    while (*accepted < length) {
        size_t left = length - *accepted;
        fake_clock_advance(&fake_usb.clock, 1);
        if (fake_is_out())
            return USB_E_GONE;
        int n = m->out(m, endpoint, (const uint8_t *)data + *accepted,
                       left < FAKE_PIECE ? left : FAKE_PIECE, fake_now());
        if (n == SIM_STALL)
            return USB_E_STALL;
        *accepted += (size_t)n;
        if (*accepted < length && fake_now() >= end)
            return USB_E_TIMEOUT;
        if (!n)
            fake_clock_advance(&fake_usb.clock, FAKE_WAIT_MS - 1);
    }
    return 0;
}

int usb_control(struct usb_device *d, uint8_t request_type, uint8_t request, uint16_t value,
                uint16_t index, void *data, uint16_t length, int wait_ms, size_t *done)
{
    struct sim_device *m = fake_usb.device;
    uint8_t room[1024] = { 0 };
    const uint8_t setup[8] = { request_type,    request,
                               (uint8_t)value,  (uint8_t)(value >> 8),
                               (uint8_t)index,  (uint8_t)(index >> 8),
                               (uint8_t)length, (uint8_t)(length >> 8) };
    (void)d;
    (void)wait_ms;
    *done = 0;
    fake_usb.controls++;
    fake_clock_advance(&fake_usb.clock, 1);
    if (fake_is_out())
        return USB_E_GONE;
    int n = m->control(m, setup, room, fake_now());
    if (n < 0)
        return USB_E_STALL;
    *done = (size_t)n < length ? (size_t)n : length;
    if (*done && data && request_type & 0x80)
        memcpy(data, room, *done);
    return 0;
}

int usb_clear_halt(struct usb_device *d, uint8_t endpoint)
{
    (void)d;
    if (fake_is_out())
        return USB_E_GONE;
    fake_usb.device->clear_halt(fake_usb.device, endpoint);
    return 0;
}
