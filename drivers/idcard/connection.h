/* A reader wherever it is: found on USB or a serial line, opened, spoken to through one struct. One thread, that of the bus. */
#pragma once

#include "drivers/idcard/cause.h"
#include "drivers/idcard/port_uart.h"
#include "drivers/idcard/port_usb.h"

enum { SDT_PLACES_MAX = 8, SDT_PATH = 64 };

/* Where a reader is, or may be. */
struct sdt_place {
    enum sdt_style style;
    char path[SDT_PATH];  /* USB port ("1-2.3") or device file */
    struct usb_info info; /* of a USB device */
};

struct sdt_connection {
    struct sdt_place place;
    struct sdt_usb usb;
    struct sdt_uart uart;
};

/* Readers on the bus, then those of `ttys` (NULL-terminated; NULL: none) whose device file exists. At most `max`. Blocks for
 * at most 1 s. 0 or a fault. */
NODISCARD int sdt_find_places(struct sdt_place *out, size_t max, size_t *count, struct usb_bus *bus,
                              const char *const *ttys);
/* Open it. A serial line is asked for a reader, which may take 2.5 s. 0, USB_E_GONE, USB_E_BUSY, USB_E_DRIVER or a fault:
 * reader_cause_of_open() says what it means. */
NODISCARD int sdt_connect(struct sdt_connection *out, struct usb_bus *bus,
                          const struct sdt_place *place, const struct clock *clock);
void sdt_disconnect(struct sdt_connection *c);
/* The port points into *c, which must stay where it is. */
struct sdt_port sdt_connection_port(struct sdt_connection *c);
