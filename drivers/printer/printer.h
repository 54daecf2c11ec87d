/* A receipt printer: finding it, asking how it is, printing a page and proving that it came out (receipt-printer document,
 * sections 1, 2 and 5). One thread, that of the bus. Writes nothing itself: whoever keeps the attempts gets the byte counts.
 *
 * A page is sent once and never again by this driver. How it ended is one of four results; "uncertain" is not repaired
 * here, it is asked about. */
#pragma once

#include "drivers/printer/profile.h"
#include "drivers/printer/roll.h"
#include "drivers/printer/status.h"
#include "drivers/usb/usb.h"
#include "firmware/base/clock.h"

struct printer; /* body in printer.c */

/* The first printer on the bus: class 07/01 two-way, then one-way; 04b8:0202 claims a vendor class. *interface is what to
 * claim. 0, -ENODEV (ordinary), or a fault. Blocks for at most 1 s. */
NODISCARD int printer_find(struct usb_info *out, uint8_t *interface, struct usb_bus *bus);
/* The same for one device; false when it is no printer. Pure. */
bool printer_is(const struct usb_info *info, uint8_t *interface);

/* What a printer says about itself (GS I, 2.5); "" where it says nothing. Printable ASCII. */
struct printer_names {
    char firmware[IEEE1284_TEXT], maker[IEEE1284_TEXT], model[IEEE1284_TEXT], serial[IEEE1284_TEXT],
        language[IEEE1284_TEXT];
};

/* What was found out about a printer, so that it is found out once, and its roll. Belongs to whoever opens printers; zero
 * at first. Another printer, or none for a while, replaces it. */
struct printer_memory {
    struct {
        uint16_t vendor, product, release;
        char path[USB_PATH], model[IEEE1284_TEXT], serial[IEEE1284_TEXT];
    } of;
    bool is_probed, can_report, has_learned_asks;
    enum printer_level level;
    uint8_t asks;
    struct printer_names names;
    struct paper_roll roll;
};
/* It was unplugged: what it can prove is asked again. The roll stays, should the same printer come back. */
void printer_forget(struct printer_memory *memory);

/* Open, identify, drop what an earlier page may have left inside (1.6), take back a slip that nobody took, and find out
 * what it can prove, unless `memory` (borrowed while open) knows that. Costs no paper. Blocks for at most 4 s, 1 s with a
 * printer that answers. A printer that does not take a byte is opened all the same: its trouble says so.
 * 0, USB_E_GONE, USB_E_BUSY, -EPROTO (talks nonsense), or a fault. `clock` is borrowed. */
NODISCARD int printer_open_known(struct printer **out, struct usb_bus *bus,
                                 const struct usb_info *info, uint8_t interface,
                                 const struct clock *clock, struct printer_memory *memory);
/* The same without a memory. */
NODISCARD int printer_open(struct printer **out, struct usb_bus *bus, const struct usb_info *info,
                           uint8_t interface, const struct clock *clock);
void printer_close(struct printer *p); /* NULL is fine */
AUTO_DEFINE(struct printer, printer_close)

const struct printer_profile *printer_profile(const struct printer *p);
const struct ieee1284 *printer_identity(const struct printer *p);
const struct printer_names *printer_names(const struct printer *p);
enum printer_level printer_level(const struct printer *p);
const struct printer_status *printer_status(const struct printer *p);
/* May a page start? A printer that cannot report is taken at its word, unless an earlier page is stuck in it. */
enum printer_trouble printer_trouble(const struct printer *p);

/* ---- paper --------------------------------------------------------------------------- */
const struct paper_roll *printer_roll(const struct printer *p);
/* Staff loaded a roll of this length; 0: a full one of the usual length, only guessed. */
void printer_load_roll(struct printer *p, uint32_t full_mm);

/* ---- presenter models: the slip is held until it is taken ----------------------------- */
/* A printed slip waits in the mouth. printer_poll() notices when it is taken. */
bool printer_is_held(const struct printer *p);
/* Take it back in, so that the next person never finds it; also when there is none. Blocks for at most 4 s.
 * 0: it is gone from the mouth (by us, or by a hand); USB_E_TIMEOUT: it still waits; USB_E_GONE or a fault. */
NODISCARD int printer_retract(struct printer *p);

/* Between pages: hear what it says unasked for `wait_ms`, ask it every 2 s, drop what is left of a page as soon as it lets
 * us. Blocks for `wait_ms`, and for 1 s more when it does not answer (3 s while a page is stuck in it).
 * 0, USB_E_GONE, or a fault; -EPROTO when it talks nonsense: close it and open it again. */
NODISCARD int printer_poll(struct printer *p, int wait_ms);

enum printer_result {
    PRINTER_CONFIRMED,    /* proven at `level` */
    PRINTER_SENT,         /* all bytes accepted; nothing can be proven (level N) */
    PRINTER_UNCERTAIN,    /* some bytes accepted, then something went wrong */
    PRINTER_FAILED_CLEAN, /* no byte was accepted: may go again, unmarked */
};

/* What the owner of a page under way wants of it. */
enum printer_order {
    PRINTER_GO_ON,
    PRINTER_DROP, /* stop, and drop what is inside the printer: nobody is there any more who may have it */
    PRINTER_END, /* stop: the program ends. What is inside is dropped when the printer is opened again */
};

struct printer_page {
    const uint8_t *bits; /* rows * row_bytes, most significant bit leftmost, 1 = black */
    size_t row_bytes, rows;
    bool cuts_first; /* a piece of an earlier page hangs out: cut it off before this one begins */
    /* Asked between two pieces, and while proof is awaited. May be NULL: PRINTER_GO_ON. */
    enum printer_order (*order)(void *context);
    /* All bytes have been accepted, proof is awaited. May be NULL. */
    void (*sent)(void *context, uint64_t bytes);
    void *context;
};

/* How long the paper of so many rows moves, with its cut. */
int64_t printer_paper_ms(const struct printer *p, size_t rows);

struct printer_outcome {
    enum printer_result result;
    enum printer_level level;
    uint64_t bytes;               /* accepted by the device */
    enum printer_trouble trouble; /* why it did not go well, as far as the printer says */
    bool has_cutter_warning;      /* printed, but the cut was not proven */
    bool has_fragment;            /* a piece of paper may hang out: the next page cuts first */
    bool is_held;                 /* presenter: printed, and waiting to be taken */
    bool is_gone;                 /* unplugged: close it */
};

/* Print and cut. Asks first, and refuses (PRINTER_FAILED_CLEAN) for any trouble, and when less paper is known to be left
 * than the page needs. Sends the first strip before it has encoded the second. A slip still held is taken back first. Blocks for as long as paper takes, at most
 * 10 s without progress, 10 s more than the page needs, 120 s in all for a print head that is too hot, and 10 s to drop a
 * page that got stuck. */
struct printer_outcome printer_print(struct printer *p, const struct printer_page *page);
