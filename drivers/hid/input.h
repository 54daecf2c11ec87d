/* A HID interface over USB: its report descriptor, its input reports one at a time. One thread, that of the bus. */
#pragma once

#include "drivers/hid/descriptor.h"
#include "drivers/usb/usb.h"

struct hid_input; /* body in input.c */

enum hid_input_outcome {
    HID_E_NOISE = 100, /* bytes that are no report of this device were thrown away */
    HID_E_NOT_HID,     /* no report descriptor, or one that cannot be read */
};

/* What comes in a second: no hand makes as much as a device that is broken. */
struct hid_pace {
    int64_t since_ms;
    unsigned count;
};
/* One more, now. True: that is more than `most` in the second that began with the first of them. */
bool hid_pace_exceeds(struct hid_pace *p, int64_t now_ms, unsigned most);

/* The first device on the bus that `is_ours` names. 0, -ENODEV, or a fault of the bus. */
NODISCARD int hid_find(struct usb_info *out, struct usb_bus *bus,
                       bool (*is_ours)(const struct usb_info *info));
/* Of a device that may have several HID interfaces (class 3, an interrupt IN endpoint): the first from number *from on that is
 * wanted for what its reports hold; *from is behind it then. It is claimed (a kernel driver is detached, so that nothing else
 * hears it), asked for silence while nothing changes (SET_IDLE 0) and listened to; the others are let go. Blocks for at most
 * 3 s an interface. 0; -ENOTSUP: none is wanted; USB_E_GONE; otherwise why the first could not be looked at. */
NODISCARD int hid_open_wanted(struct hid_input **out, struct usb_bus *bus,
                              const struct usb_info *info, unsigned *from,
                              bool (*wants)(const struct hid_map *map, const void *context),
                              const void *context);
void hid_close(struct hid_input *in); /* wipes; NULL is fine */
AUTO_DEFINE(struct hid_input, hid_close)
const struct hid_map *hid_input_map(const struct hid_input *in);

/* The next whole report. 0, USB_E_TIMEOUT, USB_E_GONE, USB_E_STALL (it halts again and again), HID_E_NOISE or a fault. */
NODISCARD int hid_read(struct hid_input *in, uint8_t report[HID_REPORT_BYTES_MAX], size_t *length,
                       int wait_ms);
/* Ask for an input report now (GET_REPORT, HID 1.11, 7.2.1). 0, HID_E_NOISE (it does not answer this), or USB_E_GONE. */
NODISCARD int hid_ask(struct hid_input *in, uint8_t id, uint8_t report[HID_REPORT_BYTES_MAX],
                      size_t *length);
