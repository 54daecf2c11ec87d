/* A USB device whose every answer a test decides, opened by drivers/usb over USB/IP. A test that uses it links drivers/usb
 * and board/host/sim. */
#pragma once

#include "drivers/usb/usb.h"
#include "tests/support/usb_bench.h"

/* WAIT is never reached when all is well; SHORT is, where a time-out is wanted. */
enum { OUT = 0x02, IN = 0x81, IN_OTHER = 0x83, PACKET = 64, WAIT = 5000, SHORT = 30 };

/* OUT is taken up to `room`, IN gives what is in `says`, one vendor request gives three bytes. */
struct puppet {
    struct sim_device device;
    size_t room, taken;
    uint8_t got[64 * 1024];
    const uint8_t *says;
    size_t says_left, most; /* `most`: bytes to one packet */
    bool stalls_out, stalls_in, is_flooding;
    size_t flood;       /* bytes given while flooding */
    size_t pulls_after; /* the cable, once so many bytes have been taken */
    unsigned halts_cleared;
};
void puppet_init(struct puppet *p);

/* One puppet on a bench, found and opened. */
struct stage {
    struct puppet *puppet;
    struct usb_bench *bench;
    struct usb_bus *bus;
    struct usb_device *device;
};
struct stage stage_start(void);
void stage_end(struct stage *s);
/* Let the puppet send `length` bytes, at most `most` in a packet (0: as many as fit). */
void stage_say(struct stage *s, const void *what, size_t length, size_t most);
