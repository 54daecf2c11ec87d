/* USB devices behind one struct, whatever carries the transfers: libusb for real hardware, USB/IP
 * for simulated devices, a recorded script for tests.
 *
 * A bus, its devices and everything below belong to one thread. Every call that waits says for how
 * long. An IN endpoint that is listened to always has a transfer pending, so nothing a device sends
 * unasked is lost (receipt-printer 1.5), with a buffer that is a multiple of the packet size
 * (id-reader 1.4). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/bytes.h"
#include "firmware/base/fault.h"

struct usb_bus;
struct usb_device;

enum {
    USB_PATH = 32,
    USB_TEXT = 64,
    USB_INTERFACES_MAX = 8,
    USB_ENDPOINTS_MAX = 8,
    USB_GATHER_MAX = 64 * 1024
};

enum usb_outcome {
    USB_E_TIMEOUT = 1, /* the time is over; bytes moved until then are counted and valid */
    USB_E_STALL,       /* the endpoint is halted: usb_clear_halt(), then decide */
    USB_E_GONE,        /* unplugged, or the simulator ended: close the device */
    USB_E_BUSY,        /* another program holds the interface */
    USB_E_OVERFLOW,    /* more came than USB_GATHER_MAX while nobody read, or a packet did not fit:
                          input was dropped */
    USB_E_DRIVER,      /* a driver of the kernel holds the interface and cannot be detached */
};

enum usb_transfer_type { USB_CONTROL = 0, USB_ISOCHRONOUS = 1, USB_BULK = 2, USB_INTERRUPT = 3 };

struct usb_endpoint {
    uint8_t address; /* bit 7 set: IN (USB 2.0, 9.6.6) */
    enum usb_transfer_type type;
    uint16_t max_packet;
};

/* One alternate setting of one interface. */
struct usb_interface {
    uint8_t number, alternate, class, subclass, protocol;
    size_t endpoint_count;
    struct usb_endpoint endpoints[USB_ENDPOINTS_MAX];
};

struct usb_info {
    uint16_t vendor, product, release; /* release: bcdDevice */
    char path[USB_PATH]; /* bus and ports, "1-2.3": the same socket gives the same path */
    size_t interface_count;
    struct usb_interface interfaces[USB_INTERFACES_MAX];
};

/* ---- transports ---------------------------------------------------------------------- */
NODISCARD int usb_bus_host(struct usb_bus **out); /* libusb */
/* A USB/IP server "HOST:PORT". Connects lazily: a server that is not there yet is a bus without
 * devices. */
NODISCARD int usb_bus_usbip(struct usb_bus **out, const char *host_port);
void usb_bus_free(struct usb_bus *bus); /* after its devices */
AUTO_DEFINE(struct usb_bus, usb_bus_free)

/* The devices plugged in now; at most `max`. Blocks for at most 1 s. 0 or a fault. */
NODISCARD int usb_list(struct usb_bus *bus, struct usb_info *out, size_t max, size_t *count);

/* Another number than at the last call when a device may have come or gone; a bus that is not told of it always says so.
 * Does not wait. */
unsigned usb_changes(struct usb_bus *bus);
/* Sleep until a device may have come or gone (true), `fd` is readable (-1: none), or `limit_ms` is over. A bus that is not told
 * of news sleeps for `fd` and time alone. */
bool usb_await(struct usb_bus *bus, int fd, int limit_ms);
/* How long to sleep before the next look for a device, after `looks` in a row of no use. `is_there`: one is plugged in that
 * cannot be used, so no news is to be expected of it. Else a bus that is told is looked at a second after news, for what was
 * not ready then, and once a minute in case one was missed; any other ever more seldom, up to `most_ms`. Without its server,
 * which can only be asked, a USB/IP bus sleeps as long as the server has been away, up to a minute. */
int usb_look_ms(struct usb_bus *bus, bool is_there, unsigned looks, int most_ms);

/* Pure: a configuration descriptor (USB 2.0, 9.6.3) as it came from the device. -EBADMSG when its
 * lengths lie. */
NODISCARD int usb_parse_configuration(struct usb_info *info, const uint8_t *data, size_t length);

/* ---- one device ---------------------------------------------------------------------- */
/* Open and claim one interface; a kernel driver is detached. The configuration is set only when it
 * differs, the alternate setting only when there is more than one (receipt-printer 1.1): the first
 * that has endpoints both ways, otherwise the first. 0, USB_E_GONE, USB_E_BUSY, USB_E_DRIVER, or a fault (-EACCES). */
NODISCARD int usb_open(struct usb_device **out, struct usb_bus *bus, const struct usb_info *info,
                       uint8_t interface);
void usb_close(struct usb_device *d); /* ends pending transfers; at most 1 s; wipes what was
                                         gathered. NULL is fine */
AUTO_DEFINE(struct usb_device, usb_close)
const struct usb_info *usb_device_info(const struct usb_device *d);
/* Serial number string, "" when there is none. Asked once, at opening. */
const char *usb_serial(const struct usb_device *d);

/* Keep an IN transfer pending on `endpoint` until the device is closed. */
NODISCARD int usb_listen(struct usb_device *d, uint8_t endpoint);
/* Bytes gathered from a listened endpoint, at most `size`; when there are none, waits for the
 * first. `*got` is set always. 0 (at least one byte), USB_E_TIMEOUT, USB_E_STALL, USB_E_GONE,
 * USB_E_OVERFLOW or a fault. */
NODISCARD int usb_read(struct usb_device *d, uint8_t endpoint, void *data, size_t size, int wait_ms,
                       size_t *got);
/* Throw away what was gathered, and what comes within `wait_ms`. */
void usb_drain(struct usb_device *d, uint8_t endpoint, int wait_ms);

/* Write to an OUT endpoint. `*accepted` says how many bytes the device has taken, whatever the
 * result; a write that is not finished is cancelled. 0 (all), USB_E_TIMEOUT, USB_E_STALL,
 * USB_E_GONE or a fault. */
NODISCARD int usb_write(struct usb_device *d, uint8_t endpoint, const void *data, size_t length,
                        int wait_ms, size_t *accepted);

/* A request on endpoint 0 (USB 2.0, 9.3). Direction by bit 7 of request_type; `*done` bytes were
 * moved. */
NODISCARD int usb_control(struct usb_device *d, uint8_t request_type, uint8_t request,
                          uint16_t value, uint16_t index, void *data, uint16_t length, int wait_ms,
                          size_t *done);
NODISCARD int usb_clear_halt(struct usb_device *d, uint8_t endpoint);
