/* SDT over USB, in both pipe styles of the same VID:PID and in HID reports, told apart by the interface descriptor (id-reader
 * document, 1.4). One thread, that of the bus. */
#pragma once

#include "drivers/idcard/command.h"
#include "drivers/usb/usb.h"

enum sdt_style {
    SDT_STYLE_NONE,   /* not one of ours */
    SDT_STYLE_SPLIT,  /* header and body on pipes of their own: OUT 02, 06; IN 81, 85 */
    SDT_STYLE_SINGLE, /* one OUT, one IN, bulk or interrupt */
    SDT_STYLE_HID,    /* reports of 64 bytes by interrupt transfers */
    SDT_STYLE_UART,   /* a serial line (port_uart.h) */
};
/* "split", "single", "hid", "uart", "none". */
const char *sdt_style_word(enum sdt_style style);

struct sdt_usb {
    struct usb_device *device;
    enum sdt_style style;
    uint8_t out[2], in[2]; /* header, body; the same twice in style single */
    size_t header_left;    /* bytes of the reply's header still to come */
};

/* Is it a reader, and of which style? *interface is what to claim. Pure. */
enum sdt_style sdt_usb_style(const struct usb_info *info, uint8_t *interface);
/* The first reader on the bus that is not `skip` (NULL: any). 0, -ENODEV (ordinary), or a fault. */
NODISCARD int sdt_usb_find(struct usb_info *out, struct usb_bus *bus, const char *skip);
/* 0, USB_E_GONE, USB_E_BUSY, USB_E_DRIVER, or a fault (-EINVAL: of no style known). */
NODISCARD int sdt_usb_open(struct sdt_usb *out, struct usb_bus *bus, const struct usb_info *info);
void sdt_usb_close(struct sdt_usb *u);
struct sdt_port sdt_usb_port(struct sdt_usb *u);
