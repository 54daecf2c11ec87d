/* A HID interface over USB: its report descriptor, its input reports one at a time. One thread, that of the bus. */
#pragma once

#include "drivers/hid/descriptor.h"
#include "drivers/usb/usb.h"

struct hid_input; /* body in input.c */

enum hid_input_outcome {
    HID_E_NOISE = 100, /* bytes that are no report of this device were thrown away */
    HID_E_NOT_HID,     /* no report descriptor, or one that cannot be read */
};

/* An interface of class 3 with an interrupt IN endpoint, from number `from` on. NULL: none. */
const struct usb_interface *hid_interface(const struct usb_info *info, uint8_t from);
/* Claim it (a kernel driver is detached, so that nothing else hears it), read its descriptor, ask for silence while nothing
 * changes (SET_IDLE 0), listen. Blocks for at most 3 s. 0, HID_E_NOT_HID, USB_E_GONE, USB_E_BUSY or a fault. */
NODISCARD int hid_open(struct hid_input **out, struct usb_bus *bus, const struct usb_info *info,
                       uint8_t interface);
void hid_close(struct hid_input *in); /* wipes; NULL is fine */
AUTO_DEFINE(struct hid_input, hid_close)
const struct hid_map *hid_input_map(const struct hid_input *in);

/* The next whole report. 0, USB_E_TIMEOUT, USB_E_GONE, USB_E_STALL (it halts again and again), HID_E_NOISE or a fault. */
NODISCARD int hid_read(struct hid_input *in, uint8_t report[HID_REPORT_BYTES_MAX], size_t *length,
                       int wait_ms);
/* Ask for an input report now (GET_REPORT, HID 1.11, 7.2.1). 0, HID_E_NOISE (it does not answer this), or USB_E_GONE. */
NODISCARD int hid_ask(struct hid_input *in, uint8_t id, uint8_t report[HID_REPORT_BYTES_MAX],
                      size_t *length);
