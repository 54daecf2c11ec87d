/* A receipt printer: finding it, asking how it is, printing a page and proving that it came out (receipt-printer document,
 * sections 1, 2 and 5). One thread, that of the bus. Writes nothing itself: whoever keeps the attempts gets the byte counts.
 *
 * A page is sent once and never again by this driver. How it ended is one of four results; "uncertain" is not repaired
 * here, it is asked about. */
#pragma once

#include "drivers/printer/profile.h"
#include "drivers/printer/status.h"
#include "drivers/usb/usb.h"
#include "firmware/base/clock.h"

struct printer; /* body in printer.c */

/* The first printer on the bus: class 07/01 two-way, then one-way; 04b8:0202 claims a vendor class. *interface is what to
 * claim. 0, -ENODEV (ordinary), or a fault. Blocks for at most 1 s. */
NODISCARD int printer_find(struct usb_info *out, uint8_t *interface, struct usb_bus *bus);
/* The same for one device; false when it is no printer. Pure. */
bool printer_is(const struct usb_info *info, uint8_t *interface);

/* Open, identify, drop what an earlier page may have left inside (1.6), and find out what it can prove. Costs no paper.
 * Blocks for at most 15 s, 1 s with a printer that answers. A printer that does not take a byte is opened all the same: its
 * trouble says so. 0, USB_E_GONE, USB_E_BUSY, -EPROTO (talks nonsense), or a fault. `clock` is borrowed. */
NODISCARD int printer_open(struct printer **out, struct usb_bus *bus, const struct usb_info *info,
                           uint8_t interface, const struct clock *clock);
void printer_close(struct printer *p); /* NULL is fine */
AUTO_DEFINE(struct printer, printer_close)

const struct printer_profile *printer_profile(const struct printer *p);
const struct ieee1284 *printer_identity(const struct printer *p);
enum printer_level printer_level(const struct printer *p);
const struct printer_status *printer_status(const struct printer *p);
/* May a page start? A printer that cannot report is taken at its word, unless an earlier page is stuck in it. */
enum printer_trouble printer_trouble(const struct printer *p);

/* Between pages: hear what it says unasked for `wait_ms`, ask it every 2 s, drop what is left of a page as soon as it lets
 * us. Blocks for `wait_ms`, and for 1 s more when it does not answer (10 s while a page is stuck in it).
 * 0, USB_E_GONE, or a fault; -EPROTO when it talks nonsense: close it and open it again. */
NODISCARD int printer_poll(struct printer *p, int wait_ms);

enum printer_result {
    PRINTER_CONFIRMED,    /* proven at `level` */
    PRINTER_SENT,         /* all bytes accepted; nothing can be proven (level N) */
    PRINTER_UNCERTAIN,    /* some bytes accepted, then something went wrong */
    PRINTER_FAILED_CLEAN, /* no byte was accepted: may go again, unmarked */
};

struct printer_page {
    const uint8_t *bits; /* rows * row_bytes, most significant bit leftmost, 1 = black */
    size_t row_bytes, rows;
    bool cuts_first; /* a piece of an earlier page hangs out: cut it off before this one begins */
    /* Asked between two pieces; true: stop (the program ends). May be NULL. */
    bool (*is_ending)(void *context);
    /* All bytes have been accepted, proof is awaited. May be NULL. */
    void (*sent)(void *context, uint64_t bytes);
    void *context;
};

struct printer_outcome {
    enum printer_result result;
    enum printer_level level;
    uint64_t bytes;               /* accepted by the device */
    enum printer_trouble trouble; /* why it did not go well, as far as the printer says */
    bool has_cutter_warning;      /* printed, but the cut was not proven */
    bool has_fragment;            /* a piece of paper may hang out: the next page cuts first */
    bool is_gone;                 /* unplugged: close it */
};

/* Print and cut. Asks first, and refuses (PRINTER_FAILED_CLEAN) for any trouble. Blocks for as long as paper takes, at most
 * 10 s without progress, 10 s more than the page needs, 120 s in all for a print head that is too hot, and 10 s to drop a
 * page that got stuck. */
struct printer_outcome printer_print(struct printer *p, const struct printer_page *page);
