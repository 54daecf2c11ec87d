/* The machine's own USB: who is there, and opening one of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include "drivers/usb/libusb_device.h"
#include "firmware/base/folder_watch.h"

enum { PORTS_MAX = 7 };

static const char nodes[] = "/dev/bus/usb";

struct host_bus {
    struct usb_bus base;
    struct host_context *context;
    int watch;     /* of the kernel's nodes, or a negative errno */
    bool is_told;  /* by libusb, of devices that come and go */
    bool is_stale; /* something has changed since `context` looked */
};

static struct host_bus *bus_of(struct usb_bus *base)
{
    return (struct host_bus *)base;
}

/* ---- what libusb knows ------------------------------------------------------------------- */

void host_context_drop(struct host_context *c)
{
    if (!c || --c->holders)
        return;
    libusb_exit(c->libusb);
    free(c);
}

static int begin(struct host_context **out)
{
    struct host_context *c = calloc(1, sizeof(*c));
    if (!c)
        return fault_raise(-ENOMEM);
    c->holders = 1;
    int r = host_outcome(libusb_init(&c->libusb));
    if (r) {
        free(c);
        return r < 0 ? r : fault_fold(r);
    }
    *out = c;
    return 0;
}

static void listen_for_news(struct host_bus *bus);

static void take_news(struct host_bus *bus)
{
    if (bus->watch < 0 || !folder_news(bus->watch, nodes))
        return;
    bus->is_stale = true;
    bus->base.changes++;
}

/* What was known stays known when looking anew fails; then it is tried again at the next question. */
static void look_anew(struct host_bus *bus)
{
    struct host_context *fresh = NULL;
    take_news(bus);
    if (!bus->is_stale || begin(&fresh) || !fresh)
        return;
    host_context_drop(bus->context);
    bus->context = fresh;
    bus->is_stale = false;
    listen_for_news(bus);
}

/* ---- the list ------------------------------------------------------------------------ */

/* "1-2.3" as the kernel names it; a host controller, which has no port, "1-0". */
static void write_path(char path[USB_PATH], libusb_device *device)
{
    uint8_t ports[PORTS_MAX];
    int count = libusb_get_port_numbers(device, ports, PORTS_MAX);
    int at =
        snprintf(path, USB_PATH, "%d-%d", libusb_get_bus_number(device), count > 0 ? ports[0] : 0);
    for (int i = 1; i < count && at < USB_PATH; i++)
        at += snprintf(path + at, (size_t)(USB_PATH - at), ".%d", ports[i]);
}

static void add_interface(struct usb_info *out, const struct libusb_interface_descriptor *d)
{
    if (out->interface_count == USB_INTERFACES_MAX)
        return;
    struct usb_interface *i = &out->interfaces[out->interface_count++];
    *i = (struct usb_interface){ .number = d->bInterfaceNumber,
                                 .alternate = d->bAlternateSetting,
                                 .class = d->bInterfaceClass,
                                 .subclass = d->bInterfaceSubClass,
                                 .protocol = d->bInterfaceProtocol };
    for (int k = 0; k < d->bNumEndpoints && i->endpoint_count < USB_ENDPOINTS_MAX; k++)
        i->endpoints[i->endpoint_count++] =
            (struct usb_endpoint){ .address = d->endpoint[k].bEndpointAddress,
                                   .type =
                                       (enum usb_transfer_type)(d->endpoint[k].bmAttributes & 3),
                                   .max_packet = d->endpoint[k].wMaxPacketSize & 0x7ff };
}

/* The active configuration; one that has not been configured yet will get its first. */
static struct libusb_config_descriptor *configuration_of(libusb_device *device)
{
    struct libusb_config_descriptor *c = NULL;
    if (libusb_get_active_config_descriptor(device, &c) &&
        libusb_get_config_descriptor(device, 0, &c))
        return NULL;
    return c;
}

static bool describe(struct usb_info *out, libusb_device *device)
{
    struct libusb_device_descriptor d;
    struct libusb_config_descriptor *c = configuration_of(device);
    if (!c)
        return false;
    bool is_device =
        !libusb_get_device_descriptor(device, &d) && d.bDeviceClass != LIBUSB_CLASS_HUB;
    if (is_device) {
        *out = (struct usb_info){ .vendor = d.idVendor,
                                  .product = d.idProduct,
                                  .release = d.bcdDevice };
        write_path(out->path, device);
        for (int i = 0; i < c->bNumInterfaces; i++)
            for (int k = 0; k < c->interface[i].num_altsetting; k++)
                add_interface(out, &c->interface[i].altsetting[k]);
    }
    libusb_free_config_descriptor(c);
    return is_device;
}

static int list(struct usb_bus *base, struct usb_info *out, size_t max, size_t *count)
{
    libusb_device **devices;
    look_anew(bus_of(base));
    ssize_t n = libusb_get_device_list(bus_of(base)->context->libusb, &devices);
    if (n < 0)
        return host_outcome((int)n);
    for (ssize_t i = 0; i < n && *count < max; i++)
        if (describe(&out[*count], devices[i]))
            ++*count;
    libusb_free_device_list(devices, 1);
    return 0;
}

/* ---- news ---------------------------------------------------------------------------- */

static int LIBUSB_CALL on_change(libusb_context *context, libusb_device *device,
                                 libusb_hotplug_event event, void *bus)
{
    (void)context, (void)device, (void)event;
    ((struct usb_bus *)bus)->changes++;
    return 0; /* go on listening */
}

static void listen_for_news(struct host_bus *bus)
{
    int all = LIBUSB_HOTPLUG_MATCH_ANY;
    bus->is_told = bus->context && libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG) &&
                   !libusb_hotplug_register_callback(bus->context->libusb,
                                                     LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED |
                                                         LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
                                                     0, all, all, all, on_change, &bus->base, NULL);
}

static int news_fd(struct usb_bus *base)
{
    return bus_of(base)->watch;
}

static bool hear(struct usb_bus *base)
{
    struct timeval at_once = { 0, 0 };
    struct host_bus *bus = bus_of(base);
    take_news(bus);
    if (bus->is_told)
        (void)libusb_handle_events_timeout_completed(bus->context->libusb, &at_once, NULL);
    return bus->is_told;
}

/* ---- opening ------------------------------------------------------------------------- */

/* 0, USB_E_GONE: something else is plugged in there now, or nothing; or what libusb says. */
static int open_handle(struct host_device *d, const struct usb_info *info)
{
    libusb_device **devices;
    struct usb_info there;
    ssize_t n = libusb_get_device_list(d->context, &devices);
    if (n < 0)
        return host_outcome((int)n);
    int r = USB_E_GONE;
    for (ssize_t i = 0; i < n && r == USB_E_GONE && !d->handle; i++) {
        struct libusb_device_descriptor about;
        write_path(there.path, devices[i]);
        if (strcmp(there.path, info->path) || libusb_get_device_descriptor(devices[i], &about) ||
            about.idVendor != info->vendor || about.idProduct != info->product)
            continue;
        d->base.serial_index = about.iSerialNumber;
        r = host_outcome(libusb_open(devices[i], &d->handle));
    }
    libusb_free_device_list(devices, 1);
    return r;
}

/* Why an interface is busy: a program has it by usbfs, which libusb does not count as a driver, or the kernel itself. */
static int claim(struct host_device *d)
{
    int r = host_outcome(libusb_claim_interface(d->handle, d->base.interface));
    if (r == USB_E_BUSY && libusb_kernel_driver_active(d->handle, d->base.interface) == 1)
        return USB_E_DRIVER;
    return r;
}

static int set_up(struct host_device *d)
{
    int current = 0;
    struct libusb_config_descriptor *c = configuration_of(libusb_get_device(d->handle));
    if (!c)
        return USB_E_GONE;
    int wanted = c->bConfigurationValue;
    libusb_free_config_descriptor(c);
    /* Not supported where the kernel has no such thing as a driver to detach. */
    (void)libusb_set_auto_detach_kernel_driver(d->handle, 1);
    int r = host_outcome(libusb_get_configuration(d->handle, &current));
    if (!r && current != wanted)
        r = host_outcome(libusb_set_configuration(d->handle, wanted));
    if (!r)
        r = claim(d);
    if (!r && usb_has_alternates(&d->base.info, d->base.interface))
        r = host_outcome(
            libusb_set_interface_alt_setting(d->handle, d->base.interface, d->base.alternate));
    if (r > 0 && r != USB_E_GONE && r != USB_E_BUSY && r != USB_E_DRIVER)
        r = fault_raise(-EIO);
    return r;
}

static int open_device(struct usb_device **out, struct usb_bus *bus, const struct usb_device *base)
{
    struct host_device *d = calloc(1, sizeof(*d));
    if (!d)
        return fault_raise(-ENOMEM);
    d->base = *base;
    d->base.ops = &host_device_operations;
    d->held = bus_of(bus)->context;
    d->held->holders++;
    d->context = d->held->libusb;
    int r = open_handle(d, &base->info);
    if (!r)
        r = set_up(d);
    if (r)
        host_device_operations.free(&d->base);
    else
        *out = &d->base;
    return r;
}

static void free_bus(struct usb_bus *base)
{
    struct host_bus *bus = bus_of(base);
    if (bus->watch >= 0)
        close(bus->watch);
    host_context_drop(bus->context);
    free(bus);
}

static const struct usb_bus_operations operations = {
    .free = free_bus, .list = list, .hear = hear, .news_fd = news_fd, .open = open_device
};

int usb_bus_host(struct usb_bus **out)
{
    struct host_bus *bus = calloc(1, sizeof(*bus));
    if (!bus)
        return fault_raise(-ENOMEM);
    bus->base.ops = &operations;
    int r = begin(&bus->context);
    if (r) {
        free(bus);
        return r;
    }
    listen_for_news(bus);
    bus->watch = folder_watch(nodes);
    *out = &bus->base;
    return 0;
}
