/* Which readers there are (id-reader document, section 1.4), as data: what an id is known for. How a reader speaks is not in
 * here: its interface descriptor says so (port_usb.h). */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum sdt_support {
    SDT_SUPPORTED, /* speaks SDT over pipes or HID reports, as its descriptor shows */
    SDT_ENVELOPE, /* wraps SDT in an envelope of its own: needs a backend that does not exist yet */
    SDT_UNCONFIRMED, /* named as a reader in public lists, nobody says what it speaks: not touched */
    SDT_BOOTLOADER,  /* a reader waiting for firmware: never to be spoken to */
};

struct sdt_model {
    uint16_t vendor, product;
    enum sdt_support support;
    const char *name;
};
extern const struct sdt_model sdt_models[];
extern const size_t sdt_model_count;

/* NULL: not known as an ID reader. */
const struct sdt_model *sdt_find_model(uint16_t vendor, uint16_t product);

/* Where a reader on a serial line may be, most likely first; NULL ends it. The first is the link that the udev rules make. */
extern const char *const sdt_tty_paths[];
