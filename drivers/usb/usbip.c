/* The bus of a USB/IP server: who is there, and opening one of them. */
#include <stdlib.h>
#include <string.h>

#include "drivers/usb/usbip_device.h"

enum { LIST_MS = 1000, OPEN_MS = 2000, KNOWN_MAX = 16, DESCRIPTORS_MAX = 1024, RECORDS_MAX = 32 };

/* A device whose descriptors have been read. The number of the device changes when it is plugged in anew. */
struct known {
    struct usbip_record record;
    struct usb_info info;
};

struct usbip_bus {
    struct usb_bus base;
    struct sockaddr_in server;
    size_t known_count;
    struct known known[KNOWN_MAX];
};

static struct usbip_bus *bus_of(struct usb_bus *base)
{
    return (struct usbip_bus *)base;
}

/* ---- descriptors --------------------------------------------------------------------- */

static int control_in(struct usbip_device *d, uint8_t request, uint16_t value, uint8_t *data,
                      uint16_t length, int64_t deadline_ms, size_t *got)
{
    return usb_control(&d->base, 0x80, request, value, 0, data, length, usb_left_ms(deadline_ms),
                       got);
}

/* Into d->base.info. 0, an outcome, or -EBADMSG. */
static int read_configuration(struct usbip_device *d, int64_t deadline_ms)
{
    uint8_t data[DESCRIPTORS_MAX];
    size_t got = 0;
    int r = control_in(d, USB_GET_DESCRIPTOR, USB_DESCRIPTOR_CONFIGURATION << 8, data, sizeof(data),
                       deadline_ms, &got);
    return r ? r : usb_parse_configuration(&d->base.info, data, got);
}

static struct usb_info info_of(const struct usbip_record *record)
{
    struct usb_info info = { .vendor = record->vendor,
                             .product = record->product,
                             .release = record->release };
    _Static_assert(sizeof(info.path) == sizeof(record->busid), "a bus id is a path");
    memcpy(info.path, record->busid, sizeof(info.path));
    return info;
}

static const struct known *find_known(const struct usbip_bus *bus, const struct usbip_record *r)
{
    for (size_t i = 0; i < bus->known_count; i++) {
        const struct usbip_record *k = &bus->known[i].record;
        if (!strcmp(k->busid, r->busid) && k->device_id == r->device_id && k->vendor == r->vendor &&
            k->product == r->product && k->release == r->release)
            return &bus->known[i];
    }
    return NULL;
}

static void remember(struct usbip_bus *bus, const struct usbip_record *record,
                     const struct usb_info *info)
{
    size_t at = 0; /* the same socket's last device makes room, otherwise the oldest */
    while (at < bus->known_count && strcmp(bus->known[at].record.busid, record->busid))
        at++;
    if (at == KNOWN_MAX) {
        memmove(bus->known, bus->known + 1, sizeof(bus->known) - sizeof(bus->known[0]));
        at--;
    }
    bus->known[at] = (struct known){ *record, *info };
    if (at == bus->known_count)
        bus->known_count++;
}

/* A list says nothing about endpoints: the device has to be asked, once for each time it is plugged in. One that another
 * client holds is listed without interfaces. False: it is gone, or does not answer as a device must. */
static bool describe(struct usb_info *out, struct usbip_bus *bus, const struct usbip_record *record,
                     int64_t deadline_ms)
{
    const struct known *k = find_known(bus, record);
    if (k) {
        *out = k->info;
        return true;
    }
    struct usbip_device d = { .base = { .ops = &usbip_device_operations,
                                        .info = info_of(record) } };
    int r = usbip_import(&d, &bus->server, record->busid, deadline_ms);
    if (!r)
        r = read_configuration(&d, deadline_ms);
    if (!r)
        remember(bus, record, &d.base.info);
    usbip_device_end(&d);
    *out = d.base.info;
    return !r || r == USB_E_BUSY;
}

/* ---- the list ------------------------------------------------------------------------ */

static int ask_list(struct usbip_bus *bus, struct usbip_link *k, struct usbip_record *records,
                    size_t *count, int64_t deadline_ms)
{
    int r = usbip_link_open(k, &bus->server, deadline_ms);
    if (!r)
        r = usbip_put_list(&k->out);
    while (!r) {
        r = usbip_parse_list(records, RECORDS_MAX, count, k->in.data, k->in.length);
        if (r != USBIP_E_MORE)
            return r;
        if (k->in.length > USBIP_LIST_BYTES_MAX)
            return -EBADMSG;
        if (!usb_left_ms(deadline_ms))
            return -ETIMEDOUT;
        r = usbip_link_turn(k, usb_left_ms(deadline_ms));
        if (r == USB_E_TIMEOUT)
            r = 0;
    }
    *count = 0;
    return r;
}

static int list(struct usb_bus *base, struct usb_info *out, size_t max, size_t *count)
{
    struct usbip_bus *bus = bus_of(base);
    struct usbip_record records[RECORDS_MAX];
    struct usbip_link link = { .fd = -1 };
    size_t found = 0;
    int64_t deadline = usb_now_ms() + LIST_MS;
    int r = ask_list(bus, &link, records, &found, deadline);
    usbip_link_close(&link);
    base->is_away = r == USB_E_GONE;
    if (r == USB_E_GONE)
        return 0; /* not there yet, or not any more */
    if (r)
        return fault_raise(r);
    for (size_t i = 0; i < found && *count < max; i++)
        if (describe(&out[*count], bus, &records[i], deadline))
            ++*count;
    return 0;
}

/* ---- opening ------------------------------------------------------------------------- */

static int control_out(struct usbip_device *d, uint8_t type, uint8_t request, uint16_t value,
                       uint16_t index, int64_t deadline_ms)
{
    size_t done;
    return usb_control(&d->base, type, request, value, index, NULL, 0, usb_left_ms(deadline_ms),
                       &done);
}

static int set_up(struct usbip_device *d, int64_t deadline_ms)
{
    uint8_t device[18] = { 0 }, configuration[9] = { 0 }, current = 0;
    size_t got = 0;
    int r = control_in(d, USB_GET_DESCRIPTOR, USB_DESCRIPTOR_DEVICE << 8, device, sizeof(device),
                       deadline_ms, &got);
    if (!r && got == sizeof(device))
        d->base.serial_index = device[16];
    if (!r)
        r = control_in(d, USB_GET_DESCRIPTOR, USB_DESCRIPTOR_CONFIGURATION << 8, configuration,
                       sizeof(configuration), deadline_ms, &got);
    if (!r && got != sizeof(configuration))
        r = -EBADMSG;
    if (!r)
        r = control_in(d, USB_GET_CONFIGURATION, 0, &current, 1, deadline_ms, &got);
    if (!r && current != configuration[5])
        r = control_out(d, 0x00, USB_SET_CONFIGURATION, configuration[5], 0, deadline_ms);
    if (!r && usb_has_alternates(&d->base.info, d->base.interface))
        r = control_out(d, 0x01, USB_SET_INTERFACE, d->base.alternate, d->base.interface,
                        deadline_ms);
    if (r > 0 && r != USB_E_GONE) /* stalls, silence: no device that could be used */
        r = fault_raise(-EIO);
    return r;
}

static int open_device(struct usb_device **out, struct usb_bus *base,
                       const struct usb_device *start)
{
    int64_t deadline = usb_now_ms() + OPEN_MS;
    struct usbip_device *d = calloc(1, sizeof(*d));
    if (!d)
        return fault_raise(-ENOMEM);
    d->base = *start;
    d->base.ops = &usbip_device_operations;
    int r = usbip_import(d, &bus_of(base)->server, start->info.path, deadline);
    if (!r)
        r = set_up(d, deadline);
    if (r) {
        usbip_device_end(d);
        free(d);
        return r;
    }
    *out = &d->base;
    return 0;
}

static void free_bus(struct usb_bus *base)
{
    free(bus_of(base));
}

static const struct usb_bus_operations operations = { .free = free_bus,
                                                      .list = list,
                                                      .open = open_device };

int usb_bus_usbip(struct usb_bus **out, const char *host_port)
{
    struct usbip_bus *bus = calloc(1, sizeof(*bus));
    if (!bus)
        return fault_raise(-ENOMEM);
    bus->base.ops = &operations;
    int r = usbip_address(&bus->server, host_port);
    if (r) {
        free(bus);
        return fault_raise(r);
    }
    *out = &bus->base;
    return 0;
}
