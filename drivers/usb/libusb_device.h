/* One real device, opened by libusb. */
#pragma once

#include <libusb.h>

#include "drivers/usb/inside.h"

/* What libusb knew when it was begun. The bus takes a new one after a change, since libusb hears of none where udevd's
 * word does not reach; a device keeps its own until it is closed. */
struct host_context {
    libusb_context *libusb;
    unsigned holders;
};

struct host_device {
    struct usb_device base;
    struct host_context *held;
    libusb_context *context; /* that of `held` */
    libusb_device_handle *handle;
    struct libusb_transfer *out; /* for writes, made at the first: polling allocates nothing */
};

/* Ends with its last holder. */
void host_context_drop(struct host_context *c);
/* libusb's codes to ours. */
int host_outcome(int code);
extern const struct usb_device_operations host_device_operations;
