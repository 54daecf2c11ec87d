#include "board/host/sim/hid_model.h"

#include <string.h>

#include "firmware/base/bytes.h"

enum { FROM_INTERFACE = 0x81, CLASS_FROM = 0xa1, CLASS_TO = 0x21 };
enum { GET_DESCRIPTOR = 6, GET_REPORT = 1, SET_IDLE = 0x0a, SET_PROTOCOL = 0x0b };
enum { DESCRIPTOR_REPORT = 0x22, REPORT_INPUT = 1 };

static int give(uint8_t *data, const void *what, size_t length, uint16_t wanted)
{
    size_t n = length < wanted ? length : wanted;
    memcpy(data, what, n);
    return (int)n;
}

static int control(struct sim_device *d, const uint8_t setup[8], uint8_t *data, int64_t now_ms)
{
    struct sim_hid *h = d->model;
    uint8_t report[SIM_HID_REPORT];
    uint16_t wanted = get_le16(setup + 6);
    (void)now_ms;
    switch (setup[0] << 8 | setup[1]) {
    case FROM_INTERFACE << 8 | GET_DESCRIPTOR:
        return setup[3] == DESCRIPTOR_REPORT
                   ? give(data, h->descriptor, h->descriptor_length, wanted)
                   : SIM_STALL;
    case CLASS_FROM << 8 | GET_REPORT: {
        int n =
            h->level && setup[3] == REPORT_INPUT ? h->level(h->owner, setup[2], report) : SIM_STALL;
        return n < 0 ? SIM_STALL : give(data, report, (size_t)n, wanted);
    }
    case CLASS_TO << 8 | SET_IDLE:
    case CLASS_TO << 8 | SET_PROTOCOL:
        return 0;
    default:
        return SIM_STALL;
    }
}

static int out(struct sim_device *d, uint8_t endpoint, const uint8_t *data, size_t length,
               int64_t now_ms)
{
    (void)d, (void)endpoint, (void)data, (void)length, (void)now_ms;
    return SIM_STALL; /* there is no OUT endpoint */
}

/* Like a loose contact: never the same, never still. */
static int babble(struct sim_hid *h, uint8_t report[SIM_HID_REPORT])
{
    for (size_t i = 0; i < 8; i++) {
        h->noise = h->noise * 1664525u + 1013904223u;
        report[i] = (uint8_t)(h->noise >> 24);
    }
    return 8;
}

static int in(struct sim_device *d, uint8_t endpoint, uint8_t *data, size_t size, int64_t now_ms)
{
    struct sim_hid *h = d->model;
    uint8_t report[SIM_HID_REPORT];
    (void)endpoint;
    if (h->is_halted || h->stalls) {
        h->is_halted = true;
        return SIM_STALL;
    }
    if (h->is_mute)
        return SIM_NAK;
    int n = h->is_babbling ? babble(h, report) : h->next(h->owner, report, now_ms);
    if (n <= 0)
        return n;
    h->given++;
    n -= h->is_short && n > 1;
    return give(data, report, (size_t)n, size > UINT16_MAX ? UINT16_MAX : (uint16_t)size);
}

static void clear_halt(struct sim_device *d, uint8_t endpoint)
{
    (void)endpoint;
    ((struct sim_hid *)d->model)->is_halted = false;
}

static int64_t due(struct sim_device *d, int64_t now_ms)
{
    struct sim_hid *h = d->model;
    if (h->is_babbling || h->is_halted)
        return now_ms;
    return h->is_mute ? -1 : h->due(h->owner, now_ms);
}

void sim_hid_init(struct sim_hid *h, const struct sim_hid_about *about)
{
    *h = (struct sim_hid){ .descriptor = about->descriptor,
                           .descriptor_length = about->descriptor_length,
                           .noise = 1 };
    uint8_t device[18] = { 18, 1, 0, 2, 0, 0, 0, 64, 0, 0, 0, 0, 0, 1, 1, 2, 0, 1 };
    put_le16(device + 8, about->vendor);
    put_le16(device + 10, about->product);
    memcpy(h->device_descriptor, device, sizeof(device));
    uint8_t boot = about->is_keyboard ? 1 : 0;
    uint8_t configuration[SIM_HID_CONFIGURATION] = {
        9,    2,    SIM_HID_CONFIGURATION,
        0,    1,    1,
        0,    0xa0, 50, /* bus powered */
        9,    4,    0,
        0,    1,    3,
        boot, boot, 0, /* interface 0: HID */
        9,    0x21, 0x11,
        1,    0,    1,
        0x22, 0,    0, /* HID 1.11, one report descriptor */
        7,    5,    0x81,
        3,    64,   0,
        4, /* interrupt IN */
    };
    put_le16(configuration + 25, (uint16_t)about->descriptor_length);
    memcpy(h->configuration, configuration, sizeof(configuration));
    h->device = (struct sim_device){ .device_descriptor = h->device_descriptor,
                                     .configuration = h->configuration,
                                     .configuration_length = sizeof(h->configuration),
                                     .strings = { NULL, about->maker, about->name, NULL },
                                     .is_plugged = true,
                                     .model = h,
                                     .control = control,
                                     .out = out,
                                     .in = in,
                                     .clear_halt = clear_halt,
                                     .due_ms = due };
}

bool sim_hid_fault(struct sim_hid *h, const char *name)
{
    if (!strcmp(name, "none"))
        h->is_halted = h->stalls = h->is_mute = h->is_babbling = h->is_short = false;
    else if (!strcmp(name, "stall-once"))
        h->is_halted = true;
    else if (!strcmp(name, "stall"))
        h->stalls = true;
    else if (!strcmp(name, "silence"))
        h->is_mute = true;
    else if (!strcmp(name, "babble"))
        h->is_babbling = true;
    else if (!strcmp(name, "short"))
        h->is_short = true;
    else
        return false;
    return true;
}
