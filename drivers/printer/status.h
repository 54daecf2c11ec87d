/* What the status bytes of a printer say (receipt-printer document, 2.6, 2.8 and the Custom bytes of 4). Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct printer_status {
    bool is_known;            /* the printer has answered */
    bool is_offline;          /* by itself no reason to refuse: some say so while they print */
    bool is_cover_open;       /* then the paper sensors cannot be trusted */
    bool is_feeding;          /* by its button */
    bool is_stopped_by_paper; /* offline because of paper end */
    bool has_stopped_by_error;
    bool is_mechanical_error;
    bool is_cutter_error;
    bool is_unrecoverable;
    bool is_hot; /* resumes by itself: head temperature, or the cover was opened while printing */
    bool is_near_end, is_paper_end;
    bool is_ticket_out; /* presenter: a slip waits in its mouth */
};

/* Why no page may start now, gravest first. */
enum printer_trouble {
    PRINTER_NO_TROUBLE,
    PRINTER_UNRECOVERABLE,
    PRINTER_CUTTER,
    PRINTER_COVER_OPEN,
    PRINTER_PAPER_END,
    PRINTER_MECHANICAL,  /* a mechanical error, and offline because of it */
    PRINTER_UNKNOWN,     /* a printer that can report does not */
    PRINTER_PAPER_SHORT, /* what is left of the roll is known, and the page is longer */
};

/* One answer to DLE EOT n; n from 1 to 4, others are ignored. */
void status_apply(struct printer_status *s, uint8_t n, uint8_t byte);
/* The four bytes of an unasked report replace all. */
void status_apply_four(struct printer_status *s, const uint8_t bytes[4]);
/* The four bytes of a Custom full status replace all. */
void status_apply_full(struct printer_status *s, const uint8_t bytes[4]);
enum printer_trouble status_trouble(const struct printer_status *s);
const char *
printer_trouble_word(enum printer_trouble t); /* static: "cover open", "" without trouble */

enum { PRINTER_STATUS_WORDS = 192 };
/* "ready", "ready, paper near end", "cover open, paper end", "no answer". */
void printer_status_words(char out[PRINTER_STATUS_WORDS], const struct printer_status *s);
