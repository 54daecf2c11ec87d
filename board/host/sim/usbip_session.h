/* A host that has imported a device: USB/IP messages in, USB/IP messages out, transfers that wait. No sockets: bytes go
 * through two buffers. One thread. */
#pragma once

#include "board/host/sim/endpoint0.h"
#include "firmware/base/bytes.h"
#include "firmware/base/fault.h"

/* Told of bytes that have moved to or from an endpoint other than 0. */
struct usbip_watch {
    void *context;
    void (*moved)(void *context, const struct sim_device *device, uint8_t endpoint, size_t bytes);
};

/* A device as the server has it on the bus. */
struct usbip_export {
    struct sim_device *device;
    struct sim_settings settings;
    bool was_plugged; /* when last looked: a model can pull its own cable */
    uint16_t number;  /* on the bus; another one each time it is plugged in */
    bool is_imported;
    const struct usbip_watch *watch; /* NULL: nobody wants to know */
};

struct usbip_transfer; /* body in usbip_session.c */

struct usbip_session {
    struct usbip_export *export;
    struct usbip_transfer *first; /* in order of arrival */
    size_t count;
    struct bytes in, out;
};

/* Carry out the whole messages in `in`. 0, -EBADMSG (the host does not speak USB/IP: hang up) or -ENOMEM. */
NODISCARD int usbip_session_take(struct usbip_session *s, int64_t now_ms);
/* Offer the waiting transfers to the device again, oldest first for each endpoint. 0 or -ENOMEM. */
NODISCARD int usbip_session_run(struct usbip_session *s, int64_t now_ms);
/* When running again could help, in ms; -1: not before something else happens. */
int64_t usbip_session_due_ms(const struct usbip_session *s, int64_t now_ms);
/* The device is gone: say how much of each unfinished write it has taken, and forget what waits. */
NODISCARD int usbip_session_unplug(struct usbip_session *s);
void usbip_session_end(struct usbip_session *s); /* wipes */
