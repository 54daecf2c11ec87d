/* One open keypad. One thread, that of the bus; a step blocks for at most as long as it is told. */
#pragma once

#include "drivers/keypad/models.h"
#include "firmware/base/clock.h"

struct keypad; /* body in keypad.c */

/* The first keypad of the table on the bus. 0, -ENODEV (ordinary), or a fault. */
NODISCARD int keypad_find(struct usb_info *out, struct usb_bus *bus);
/* Claims every HID interface that has keys of its table; at least one. Blocks for at most 9 s. 0, USB_E_GONE, USB_E_BUSY,
 * -ENOTSUP (it describes none of the keys of its row), or a fault. `clock` outlives it. */
NODISCARD int keypad_open(struct keypad **out, struct usb_bus *bus, const struct usb_info *info,
                          const struct keypad_timing *timing, const struct clock *clock);
void keypad_close(struct keypad *k); /* NULL is fine */
AUTO_DEFINE(struct keypad, keypad_close)
const struct keypad_model *keypad_model(const struct keypad *k);
/* What happened within `wait_ms`; KEYPAD_NOTHING when nothing did. After KEYPAD_GONE (unplugged, halted for good, or
 * babbling) it is to be closed; what was held has been let go and the headphones are out before that. */
enum keypad_event keypad_step(struct keypad *k, int wait_ms);
/* Bytes thrown away and reports ignored since it was opened. */
unsigned keypad_noise(const struct keypad *k);
