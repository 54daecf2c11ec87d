/* Between usb.c, which is the same for all, and the transports. */
#pragma once

#include "drivers/usb/gather.h"
#include "drivers/usb/usb.h"

enum { USB_LISTENED_MAX = 4, USB_OUT_PIECE = 4096 };

/* Requests of USB 2.0, table 9-4. */
enum {
    USB_CLEAR_FEATURE = 1,
    USB_GET_DESCRIPTOR = 6,
    USB_GET_CONFIGURATION = 8,
    USB_SET_CONFIGURATION = 9,
    USB_SET_INTERFACE = 11,
    USB_DESCRIPTOR_DEVICE = 1,
    USB_DESCRIPTOR_CONFIGURATION = 2,
    USB_DESCRIPTOR_STRING = 3,
};

/* An IN endpoint with a transfer pending. */
struct usb_listened {
    uint8_t endpoint;
    uint16_t max_packet;
    struct gather gather;
    /* Why nothing is pending any more: USB_E_STALL, USB_E_OVERFLOW (told once, then submitted again) or a fault. */
    int ended;
    void *transfer; /* the transport's */
};

/* The transport's own struct has this as its first member. */
struct usb_device {
    const struct usb_device_operations *ops;
    struct usb_info info;
    uint8_t interface, alternate;
    uint8_t serial_index; /* string descriptor, 0: none */
    char serial[USB_TEXT];
    bool is_gone;
    size_t listened_count;
    struct usb_listened listened[USB_LISTENED_MAX];
};

struct usb_device_operations {
    void (*stop)(struct usb_device
                     *d); /* end all transfers: nothing touches a gather after it. At most 1 s */
    void (*free)(struct usb_device *d); /* after stop */
    /* Put an IN transfer of one packet on the endpoint: one packet, since a device that sends a full last packet would
     * otherwise never end the transfer. What comes goes into l->gather, and the transfer is submitted again. */
    int (*submit)(struct usb_device *d, struct usb_listened *l);
    /* Let transfers make progress; returns after something moved, or after `wait_ms`. 0, USB_E_GONE or a fault. */
    int (*turn)(struct usb_device *d, int wait_ms);
    /* At most USB_OUT_PIECE bytes; otherwise as usb_write(). */
    int (*write)(struct usb_device *d, uint8_t endpoint, const uint8_t *data, size_t length,
                 int wait_ms, size_t *accepted);
    int (*control)(struct usb_device *d, const uint8_t setup[8], void *data, int wait_ms,
                   size_t *done);
    int (*clear_halt)(struct usb_device *d, uint8_t endpoint);
};

/* Likewise. */
struct usb_bus {
    const struct usb_bus_operations *ops;
    unsigned changes;
    bool is_away; /* nobody answered the last time: there is no bus to look at */
};

struct usb_bus_operations {
    void (*free)(struct usb_bus *bus);
    int (*list)(struct usb_bus *bus, struct usb_info *out, size_t max, size_t *count);
    /* Take in news of devices that came or went and count them in bus->changes. False: nobody tells this bus. */
    bool (*hear)(struct usb_bus *bus);
    /* Readable when hear() has something to take in; < 0: it cannot be waited for. NULL: likewise. */
    int (*news_fd)(struct usb_bus *bus);
    /* `base` is what the device starts with: info, interface, alternate. */
    int (*open)(struct usb_device **out, struct usb_bus *bus, const struct usb_device *base);
};

/* For transports: whether the interface has more than one setting. */
bool usb_has_alternates(const struct usb_info *info, uint8_t interface);
/* Into d->serial, "" when there is none. At most 1.5 s. */
void usb_ask_serial(struct usb_device *d);
int64_t usb_now_ms(void);
/* From now to `deadline_ms`, for poll(): at least 0. */
int usb_left_ms(int64_t deadline_ms);
