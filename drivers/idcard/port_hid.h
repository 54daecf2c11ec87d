/* SDT in HID reports (id-reader document, 1.4): a request is one report of 64 bytes, padded with zeros; a reply is gathered
 * from as many as its length needs. Pure; port_usb.c moves the reports. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/usb/usb.h"

enum { SDT_HID_REPORT = 64 };

/* Is this interface one that carries SDT in reports? Class HID (not a boot keyboard or mouse), exactly one interrupt endpoint
 * each way, both for reports of 64 bytes. */
bool sdt_hid_fits(const struct usb_interface *i);
/* A frame as one report. False: it does not fit. */
bool sdt_hid_pack(uint8_t report[SDT_HID_REPORT], const uint8_t *frame, size_t length);
