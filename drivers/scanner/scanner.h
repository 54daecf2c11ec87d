/* One open code scanner of any style. One thread, that of the bus. */
#pragma once

#include "drivers/scanner/decode.h"
#include "drivers/usb/usb.h"
#include "firmware/base/clock.h"

struct scanner; /* body in scanner.c */

struct scanner_model {
    const char *name;
    uint16_t vendor, product;
};
/* NULL: not a scanner of ours, and never opened. */
const struct scanner_model *scanner_model_of(const struct usb_info *info);
/* Row `i` of the table; NULL behind the last. */
const struct scanner_model *scanner_model_at(size_t i);

/* The first scanner of the table on the bus. 0, -ENODEV (ordinary), or a fault. */
NODISCARD int scanner_find(struct usb_info *out, struct usb_bus *bus);
/* The style follows from its descriptors. Blocks for at most 4 s. 0, USB_E_GONE, USB_E_BUSY, -ENOTSUP (no style of ours),
 * or a fault. `clock` outlives it. */
NODISCARD int scanner_open(struct scanner **out, struct usb_bus *bus, const struct usb_info *info,
                           const struct clock *clock);
void scanner_close(struct scanner *s); /* wipes; NULL is fine */
AUTO_DEFINE(struct scanner, scanner_close)
enum scanner_style scanner_style(const struct scanner *s);
/* What happened within `wait_ms`. SCAN_READ: `text` holds it, the caller wipes it; SCAN_REFUSED: *why. After SCAN_GONE
 * (unplugged, halted for good, or flooding: *why is SCAN_FLOOD then) it is to be closed. */
enum scan_event scanner_step(struct scanner *s, char text[SCAN_TEXT], enum scan_refusal *why,
                             int wait_ms);
