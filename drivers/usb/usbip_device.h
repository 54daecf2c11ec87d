/* One imported device: transfers over its own connection. */
#pragma once

#include "drivers/usb/inside.h"
#include "drivers/usb/usbip_link.h"
#include "drivers/usb/usbip_wire.h"

struct usbip_device {
    struct usb_device base;
    struct usbip_link link;
    uint32_t device_id;
    uint32_t last_sequence;
    struct usbip_urb urbs[USBIP_URBS];
    uint8_t *into;                    /* where the data of the control transfer under way goes */
    uint32_t unlink_sequence, victim; /* the unlink under way; 0: none */
};

/* Connect and import, no more: enough for control transfers. 0, USB_E_GONE, USB_E_BUSY or a fault. */
NODISCARD int usbip_import(struct usbip_device *d, const struct sockaddr_in *server,
                           const char *busid, int64_t deadline_ms);
void usbip_device_end(struct usbip_device *d); /* close the connection; wipes */
extern const struct usb_device_operations usbip_device_operations;
