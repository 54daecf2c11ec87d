/* Before a device is imported: which ones there are (USB/IP 1.1.1, OP_REQ_DEVLIST and OP_REQ_IMPORT). Bytes in, bytes
 * out. */
#pragma once

#include "board/host/sim/usbip_session.h"

enum usbip_request {
    USBIP_WAITS = 1, /* the request is not complete */
    USBIP_LISTED,    /* answered: hang up when it has been sent */
    USBIP_REFUSED,   /* likewise */
    USBIP_IMPORTED,  /* *out is the device; the connection is a session now */
};

/* Takes one request from `in`, appends the answer. An outcome, -EBADMSG (not USB/IP: hang up) or -ENOMEM. */
NODISCARD int usbip_export_take(struct usbip_export **out, struct usbip_export *exports,
                                size_t count, struct bytes *in, struct bytes *answer);
/* Is `in` a whole request to import a device that another host has now? It may be free in a moment: a host that only reads
 * its descriptors keeps it for a millisecond. */
bool usbip_export_is_taken(const struct usbip_export *exports, size_t count,
                           const struct bytes *in);
