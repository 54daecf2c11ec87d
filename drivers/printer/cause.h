/* Why no slip comes out, for whoever stands in front of the printer: one cause, and what to do about it. Pure. */
#pragma once

#include "drivers/printer/status.h"

enum printer_cause {
    PRINTER_CAUSE_NONE,
    PRINTER_CAUSE_OFF,           /* no printer on the bus: no power, no cable, or asleep */
    PRINTER_CAUSE_PERMISSION,    /* it is there, the program may not open it */
    PRINTER_CAUSE_KERNEL_DRIVER, /* usblp holds it and does not let go */
    PRINTER_CAUSE_BUSY,          /* another program has it */
    PRINTER_CAUSE_NO_PAPER,
    PRINTER_CAUSE_PAPER_SHORT,
    PRINTER_CAUSE_COVER_OPEN,
    PRINTER_CAUSE_HOT,
    PRINTER_CAUSE_CUTTER,
    PRINTER_CAUSE_BROKEN, /* unrecoverable or mechanical: switch off and on, then call service */
    PRINTER_CAUSE_SILENT, /* it takes data or not, and does not answer */
    PRINTER_CAUSE_SLIP_WAITING, /* presenter: nobody has taken the slip */
    PRINTER_CAUSE_COUNT,
};

/* From what opening it returned (0, -ENODEV, -EACCES, USB_E_DRIVER, USB_E_BUSY, USB_E_GONE, another fault). */
enum printer_cause printer_cause_of_open(int result);
/* From the state of an open printer; heat counts, although a page may begin. */
enum printer_cause printer_cause_of(enum printer_trouble trouble, const struct printer_status *s);

/* "printer-no-paper": for tables of translations, logs and scripts; never changes. Static. */
const char *printer_cause_id(enum printer_cause c);
/* What is so and what to do, in English; also the message id of its translation. "" for NONE. Static. */
const char *printer_cause_sentence(enum printer_cause c);
