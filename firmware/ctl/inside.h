/* Between the commands that open devices. */
#pragma once

#include "drivers/usb/usb.h"
#include "firmware/base/clock.h"
#include "firmware/ctl/ctl.h"

enum { CTL_DEVICES = 32 };

NODISCARD int ctl_open_bus(struct usb_bus **bus,
                           const struct ctl *c); /* 0, or 1 after saying why */
/* As ctl_fail(); with --json also an object on standard output: the cause for scripts, which never changes, and the sentence.
 * Returns 1. */
int ctl_fail_as(const struct ctl *c, const char *cause, const char *sentence);
void ctl_pause_ms(int ms);
int64_t ctl_now_ms(void);

/* Why a keypad or a scanner does not work. */
enum ctl_cause {
    CTL_WORKS,
    CTL_NOT_FOUND,
    CTL_PERMISSION,
    CTL_KERNEL_DRIVER,
    CTL_BUSY,
    CTL_GONE,
    CTL_OTHER_STYLE, /* its descriptors are not those of such a device */
    CTL_BROKEN,
};
enum ctl_cause ctl_cause_of_open(int result);
/* "permission"; for machines, never changes. */
const char *ctl_cause_id(enum ctl_cause cause);
/* What is wrong with `what` ("keypad") and what to do; "" for CTL_WORKS. `out` holds 240 bytes. */
const char *ctl_cause_sentence(char out[240], const char *what, enum ctl_cause cause);

/* What is plugged in, and how it is: an array of objects with kind, path, id, state, cause and says. NULL after a failure,
 * which has been said. */
json_t *ctl_list_devices(struct usb_bus *bus);
/* One object of it each. */
json_t *ctl_reader_json(struct usb_bus *bus, const struct usb_info *info);
json_t *ctl_printer_json(struct usb_bus *bus, const struct usb_info *info, uint8_t interface);
json_t *ctl_keypad_json(struct usb_bus *bus, const struct usb_info *info);
json_t *ctl_scanner_json(struct usb_bus *bus, const struct usb_info *info);
