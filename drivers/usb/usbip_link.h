/* A TCP connection to a USB/IP server: bytes out, bytes in, never waiting longer than told. */
#pragma once

#include <netinet/in.h>

#include "drivers/usb/usb.h"

struct usbip_link {
    int fd; /* -1: closed */
    struct bytes in, out;
};

/* "HOST:PORT" with a numeric IPv4 address. 0 or -EINVAL. */
NODISCARD int usbip_address(struct sockaddr_in *out, const char *host_port);
/* 0, USB_E_GONE (nobody answers there) or a fault. */
NODISCARD int usbip_link_open(struct usbip_link *k, const struct sockaddr_in *server,
                              int64_t deadline_ms);
void usbip_link_close(struct usbip_link *k); /* wipes; closing twice is fine */
/* Send what is in `out`, append what comes to `in`. Returns as soon as anything has moved: 0; USB_E_TIMEOUT, USB_E_GONE
 * (the other end has closed; `in` keeps what came before) or a fault. */
NODISCARD int usbip_link_turn(struct usbip_link *k, int wait_ms);
