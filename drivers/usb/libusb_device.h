/* One real device, opened by libusb. */
#pragma once

#include <libusb.h>

#include "drivers/usb/inside.h"

struct host_device {
    struct usb_device base;
    libusb_context *context; /* the bus's */
    libusb_device_handle *handle;
    struct libusb_transfer *out; /* for writes, made at the first: polling allocates nothing */
};

/* libusb's codes to ours. */
int host_outcome(int code);
extern const struct usb_device_operations host_device_operations;
