/* What the files of the printer driver share. Nothing outside drivers/printer includes this.
 *
 * Functions that talk return 0, USB_E_TIMEOUT, USB_E_STALL, USB_E_GONE or a fault, as drivers/usb does. */
#pragma once

#include "drivers/printer/escpos.h"
#include "drivers/printer/printer.h"
#include "drivers/printer/proof.h"
#include "drivers/printer/reply.h"

enum {
    PRINTER_CONTROL_MS = 1000,
    PRINTER_WRITE_MS = 1000, /* one call (section 1.4) */
    PRINTER_STALL_MS = 10000,
    PRINTER_TROUBLE_MS = 1500, /* a stop that the printer explains is believed sooner */
    PRINTER_STATUS_ALL = 0x1E, /* DLE EOT 1 to 4, as bits */
    PRINTER_STATUS_FULL = 0x20,
};

struct printer {
    struct usb_device *device;
    const struct clock *clock;
    uint8_t interface, alternate, out, in; /* in 0: one-way */
    const struct printer_profile *profile;
    struct ieee1284 identity;
    enum printer_level level;
    bool is_probed;

    struct reply_reader replies;
    struct printer_status status;
    uint8_t asks, awaited, answered; /* bits of PRINTER_STATUS_*: worth asking, asked, came since */
    bool has_learned_asks;
    bool can_report; /* has ever answered */
    int64_t asked_ms;
    bool has_paper_byte, is_cleared; /* came since it was asked for */
    struct proof proof;
    uint32_t serial; /* of the process ids */
    struct printer_memory own, *memory;
    int64_t deadline_ms; /* while it is opened or recovered: no wait goes beyond it. 0: none */
    bool has_text, has_length, is_held;
    char text[IEEE1284_TEXT]; /* the last answer to GS I */

    bool needs_recovery, has_told; /* told: that recovery does not succeed, once */
    int64_t recover_ms;            /* not before */
};

/* ---- stream.c */
/* A page as bytes, made while it is sent: never more of it in memory than a strip and a piece. */
struct page_stream {
    struct printer *printer;
    const struct printer_page *page;
    struct bytes data; /* made, not accepted yet */
    size_t row;        /* the next to be encoded */
    size_t drawn_at; /* bytes before the first row: until then no paper of this page can hang out */
    size_t made;
    int part;
    bool is_whole;
};
void stream_begin(struct page_stream *s, struct printer *p, const struct printer_page *page);
void stream_end(struct page_stream *s); /* wipes */
/* At least `count` bytes ready, unless the page ends before. 0 or a fault. */
NODISCARD int stream_fill(struct page_stream *s, size_t count);

/* ---- present.c */
/* Has the slip been taken? Called with every fresh status. */
void printer_note_ticket(struct printer *p);
/* Ask a Custom how much paper is left. 0, also when it does not say. */
NODISCARD int printer_measure(struct printer *p);

/* ---- memory.c */
/* Take over what is known about this printer, or begin anew. */
void printer_remember(struct printer *p);
/* Endpoint 0 gave no model: the one GS I gave finds the row of the table (recover.c). */
void printer_know_by_name(struct printer *p);
/* Keep what has just been found out. */
void printer_keep(struct printer *p);

/* ---- talk.c */
/* `limit_ms`, or what is left of the time for opening. */
int printer_patience(const struct printer *p, int limit_ms);
int64_t printer_now(const struct printer *p);
/* What comes within `wait_ms`; returns as soon as anything did. Silence is 0, and so is a one-way printer. */
NODISCARD int printer_hear(struct printer *p, int wait_ms);
NODISCARD int printer_hear_until(struct printer *p, const bool *is_true, int limit_ms);
/* All bytes or USB_E_TIMEOUT after PRINTER_WRITE_MS without one. A command of which only a part was taken makes the printer
 * need recovery. */
NODISCARD int printer_say(struct printer *p, const void *data, size_t length);
/* ESC @ and what goes with it. */
NODISCARD int printer_start(struct printer *p);
/* Ask how it is, unless an answer is due already. */
NODISCARD int printer_ask(struct printer *p);
/* Ask and wait for the answer, at most `limit_ms`. Afterwards the status is fresh, or not known. */
NODISCARD int printer_refresh(struct printer *p, int limit_ms);

/* ---- recover.c */
/* Section 1.6: whatever is left of a page inside is dropped. 0 also when the printer does not let us: needs_recovery tells. */
NODISCARD int printer_recover(struct printer *p);
/* What the printer can prove, once it is well enough to be asked. */
NODISCARD int printer_probe(struct printer *p);
