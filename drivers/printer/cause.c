#include "drivers/printer/cause.h"

#include "drivers/usb/usb.h"

enum printer_cause printer_cause_of_open(int result)
{
    switch (result) {
    case 0:
        return PRINTER_CAUSE_NONE;
    case -EACCES:
    case -EPERM:
        return PRINTER_CAUSE_PERMISSION;
    case USB_E_DRIVER:
        return PRINTER_CAUSE_KERNEL_DRIVER;
    case USB_E_BUSY:
        return PRINTER_CAUSE_BUSY;
    case -ENODEV:
    case USB_E_GONE:
        return PRINTER_CAUSE_OFF;
    default:
        return PRINTER_CAUSE_SILENT;
    }
}

enum printer_cause printer_cause_of(enum printer_trouble trouble, const struct printer_status *s)
{
    static const enum printer_cause causes[] = {
        [PRINTER_NO_TROUBLE] = PRINTER_CAUSE_NONE,
        [PRINTER_UNRECOVERABLE] = PRINTER_CAUSE_BROKEN,
        [PRINTER_CUTTER] = PRINTER_CAUSE_CUTTER,
        [PRINTER_COVER_OPEN] = PRINTER_CAUSE_COVER_OPEN,
        [PRINTER_PAPER_END] = PRINTER_CAUSE_NO_PAPER,
        [PRINTER_MECHANICAL] = PRINTER_CAUSE_BROKEN,
        [PRINTER_UNKNOWN] = PRINTER_CAUSE_SILENT,
        [PRINTER_PAPER_SHORT] = PRINTER_CAUSE_PAPER_SHORT,
    };
    if (trouble != PRINTER_NO_TROUBLE)
        return causes[trouble];
    if (s->is_hot)
        return PRINTER_CAUSE_HOT;
    return s->is_ticket_out ? PRINTER_CAUSE_SLIP_WAITING : PRINTER_CAUSE_NONE;
}

static const struct {
    const char *id, *sentence;
} words[PRINTER_CAUSE_COUNT] = {
    [PRINTER_CAUSE_NONE] = { "printer-ready", "" },
    [PRINTER_CAUSE_OFF] = { "printer-off", "No printer is found. Check its power switch, its power "
                                           "supply and the USB cable at both ends." },
    [PRINTER_CAUSE_PERMISSION] = { "printer-permission",
                                   "The printer is there, but this program may not open it. "
                                   "Install "
                                   "the udev rule, then unplug it and plug it in again." },
    [PRINTER_CAUSE_KERNEL_DRIVER] = { "printer-kernel-driver",
                                      "A driver of the kernel (usblp) holds the printer. Unload "
                                      "it, or unplug the printer and plug it in again." },
    [PRINTER_CAUSE_BUSY] = { "printer-busy",
                             "Another program is using the printer: kiosk itself, or a print "
                             "service. Stop it." },
    [PRINTER_CAUSE_NO_PAPER] = { "printer-no-paper", "The paper is at its end. Load a new roll." },
    [PRINTER_CAUSE_PAPER_SHORT] = { "printer-paper-short",
                                    "The rest of the roll is too short for a slip. Load a new "
                                    "roll." },
    [PRINTER_CAUSE_COVER_OPEN] = { "printer-cover-open",
                                   "The printer's cover is open. Close it until it clicks." },
    [PRINTER_CAUSE_HOT] = { "printer-hot", "The print head is too hot. It goes on by itself after "
                                           "a minute or two; do not switch it off." },
    [PRINTER_CAUSE_CUTTER] = { "printer-cutter",
                               "The cutter is jammed. Switch the printer off, open the cover, take "
                               "the paper out and turn the blade back." },
    [PRINTER_CAUSE_BROKEN] = { "printer-broken",
                               "The printer reports an error of its own. Switch it off and on; if "
                               "it comes back, it needs service." },
    [PRINTER_CAUSE_SILENT] = { "printer-silent",
                               "The printer does not answer. Switch it off and on; if this stays, "
                               "change the cable." },
    [PRINTER_CAUSE_SLIP_WAITING] = { "printer-slip-waiting",
                                     "A slip waits in the printer's mouth. Take it out." },
};

const char *printer_cause_id(enum printer_cause c)
{
    return words[c].id;
}

const char *printer_cause_sentence(enum printer_cause c)
{
    return words[c].sentence;
}
