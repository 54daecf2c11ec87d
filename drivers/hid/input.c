#include "drivers/hid/input.h"

#include <stdlib.h>
#include <string.h>

enum { CLASS_HID = 3, SUBCLASS_BOOT = 1, REPORT_PROTOCOL = 1 };
enum { FROM_INTERFACE = 0x81, CLASS_FROM = 0xa1, CLASS_TO = 0x21 };
enum { GET_DESCRIPTOR = 6, GET_REPORT = 1, SET_IDLE = 0x0a, SET_PROTOCOL = 0x0b };
enum { DESCRIPTOR_REPORT = 0x22, REPORT_INPUT = 1 };
enum {
    DEVICES = 32,
    PACE_MS = 1000,
    CONTROL_MS = 500,
    REST_MS = 50, /* the rest of a report that does not fit one packet */
    HALTS_MAX = 3,
};

struct hid_input {
    struct usb_device *device;
    uint8_t interface, endpoint;
    unsigned halts; /* in a row */
    struct hid_map map;
    size_t used; /* bytes of a report that is not whole yet */
    uint8_t data[HID_REPORT_BYTES_MAX];
};

static uint8_t interrupt_in(const struct usb_interface *i)
{
    for (size_t k = 0; k < i->endpoint_count; k++)
        if ((i->endpoints[k].address & 0x80) && i->endpoints[k].type == USB_INTERRUPT)
            return i->endpoints[k].address;
    return 0;
}

static const struct usb_interface *hid_interface(const struct usb_info *info, unsigned from)
{
    for (size_t i = 0; i < info->interface_count; i++) {
        const struct usb_interface *s = &info->interfaces[i];
        if (s->class == CLASS_HID && s->number >= from && interrupt_in(s))
            return s;
    }
    return NULL;
}

/* ---- opening ------------------------------------------------------------------------- */

static int request(struct hid_input *in, uint8_t type, uint8_t what, uint16_t value, void *data,
                   uint16_t length, size_t *got)
{
    return usb_control(in->device, type, what, value, in->interface, data, length, CONTROL_MS, got);
}

static int read_map(struct hid_input *in)
{
    uint8_t descriptor[HID_DESCRIPTOR_MAX];
    size_t got;
    int r = request(in, FROM_INTERFACE, GET_DESCRIPTOR, DESCRIPTOR_REPORT << 8, descriptor,
                    sizeof(descriptor), &got);
    if (r == USB_E_GONE || r < 0)
        return r;
    return r || hid_parse(&in->map, descriptor, got) ? HID_E_NOT_HID : 0;
}

/* Both are optional for a device; one that refuses reports on, in its own way. */
static void settle(struct hid_input *in, bool is_boot)
{
    size_t got;
    if (is_boot)
        (void)!request(in, CLASS_TO, SET_PROTOCOL, REPORT_PROTOCOL, NULL, 0, &got);
    (void)!request(in, CLASS_TO, SET_IDLE, 0, NULL, 0, &got);
}

static int open_interface(struct hid_input **out, struct usb_bus *bus, const struct usb_info *info,
                          const struct usb_interface *i)
{
    AUTO(hid_close) struct hid_input *in = calloc(1, sizeof(*in));
    if (!in)
        return fault_raise(-ENOMEM);
    in->interface = i->number;
    in->endpoint = interrupt_in(i);
    int r = usb_open(&in->device, bus, info, i->number);
    if (!r)
        r = read_map(in);
    if (!r)
        settle(in, i->subclass == SUBCLASS_BOOT);
    if (!r)
        r = usb_listen(in->device, in->endpoint);
    if (!r)
        *out = TAKE(in);
    return r;
}

int hid_open_wanted(struct hid_input **out, struct usb_bus *bus, const struct usb_info *info,
                    unsigned *from, bool (*wants)(const struct hid_map *map, const void *context),
                    const void *context)
{
    const struct usb_interface *i;
    int first = 0;
    while ((i = hid_interface(info, *from))) {
        AUTO(hid_close) struct hid_input *in = NULL;
        *from = i->number + 1u;
        int r = open_interface(&in, bus, info, i);
        if (r == USB_E_GONE)
            return r;
        if (!r && wants(&in->map, context)) {
            *out = TAKE(in);
            return 0;
        }
        if (!first && r != HID_E_NOT_HID)
            first = r;
    }
    return first ? first : -ENOTSUP;
}

int hid_find(struct usb_info *out, struct usb_bus *bus, bool (*is_ours)(const struct usb_info *))
{
    struct usb_info all[DEVICES];
    size_t count = 0;
    int r = usb_list(bus, all, DEVICES, &count);
    for (size_t i = 0; !r && i < count; i++) {
        if (!is_ours(&all[i]))
            continue;
        *out = all[i];
        return 0;
    }
    return r ? r : -ENODEV;
}

void hid_close(struct hid_input *in)
{
    if (!in)
        return;
    usb_close(in->device);
    explicit_bzero(in, sizeof(*in));
    free(in);
}

const struct hid_map *hid_input_map(const struct hid_input *in)
{
    return &in->map;
}

bool hid_pace_exceeds(struct hid_pace *p, int64_t now_ms, unsigned most)
{
    if (!p->count || now_ms - p->since_ms >= PACE_MS)
        *p = (struct hid_pace){ .since_ms = now_ms };
    return ++p->count > most;
}

/* ---- reports ------------------------------------------------------------------------- */

static void drop(struct hid_input *in)
{
    explicit_bzero(in->data, sizeof(in->data));
    in->used = 0;
}

/* The bus hands over a stream; a report's length follows from its id. Never more is read than this report needs. */
static size_t missing(const struct hid_input *in)
{
    if (!in->used && in->map.has_ids)
        return 1;
    size_t whole = hid_report_bytes(&in->map, in->data[0]);
    return whole > in->used && whole <= sizeof(in->data) ? whole - in->used : 0;
}

static int read_some(struct hid_input *in, size_t size, int wait_ms)
{
    size_t got;
    int r = usb_read(in->device, in->endpoint, in->data + in->used, size, wait_ms, &got);
    in->used += got;
    if (!r)
        in->halts = 0;
    if (r != USB_E_STALL)
        return r;
    drop(in);
    if (++in->halts > HALTS_MAX || usb_clear_halt(in->device, in->endpoint))
        return USB_E_STALL;
    return HID_E_NOISE;
}

/* What came is no report: everything that waits behind it is thrown away too, to find the next beginning. */
static int noise(struct hid_input *in)
{
    drop(in);
    usb_drain(in->device, in->endpoint, 0);
    return HID_E_NOISE;
}

int hid_read(struct hid_input *in, uint8_t report[HID_REPORT_BYTES_MAX], size_t *length,
             int wait_ms)
{
    *length = 0;
    for (size_t left; (left = missing(in)) || !in->used;) {
        bool is_begun = in->used != 0;
        if (!left)
            return HID_E_NOT_HID; /* a device without any input report */
        int r = read_some(in, left, is_begun ? REST_MS : wait_ms);
        if (r == USB_E_OVERFLOW || (r == USB_E_TIMEOUT && is_begun))
            return noise(in);
        if (r)
            return r;
        if (in->map.has_ids && !hid_report_bytes(&in->map, in->data[0]))
            return noise(in);
    }
    memcpy(report, in->data, in->used);
    *length = in->used;
    drop(in);
    return 0;
}

int hid_ask(struct hid_input *in, uint8_t id, uint8_t report[HID_REPORT_BYTES_MAX], size_t *length)
{
    uint16_t wanted = (uint16_t)hid_report_bytes(&in->map, id);
    *length = 0;
    if (!wanted)
        return HID_E_NOISE;
    int r = request(in, CLASS_FROM, GET_REPORT, (uint16_t)(REPORT_INPUT << 8 | id), report, wanted,
                    length);
    if (r == USB_E_GONE)
        return r;
    return r || *length != wanted || (in->map.has_ids && report[0] != id) ? HID_E_NOISE : 0;
}
