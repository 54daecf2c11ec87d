/* Presenter models (section 4, section 5 rule 6): a slip is held until it is taken, and taken back when it is not. */
#include "drivers/printer/inside.h"

#include "firmware/base/log.h"

enum { RETRACT_MS = 3000, LOOK_MS = 200, LEFT_MS = 500 };

bool printer_is_held(const struct printer *p)
{
    return p->is_held;
}

void printer_note_ticket(struct printer *p)
{
    p->is_held = p->is_held && p->status.is_ticket_out;
}

int printer_retract(struct printer *p)
{
    if (!p->profile->retract.length)
        return 0;
    int64_t end = printer_now(p) + RETRACT_MS;
    int r = printer_say(p, p->profile->retract.bytes, p->profile->retract.length);
    /* An answer asked for before would be about the slip that still waited. */
    p->awaited = 0;
    do {
        if (!r)
            r = printer_refresh(p, LOOK_MS);
        if (!r && p->status.is_known && !p->status.is_ticket_out) {
            p->is_held = false;
            return 0;
        }
        if (!r)
            r = printer_hear(p, LOOK_MS);
    } while (!r && printer_now(p) < end);
    log_line(LOG_WARNING, "printer", "a slip could not be taken back");
    return r ? r : USB_E_TIMEOUT;
}

int printer_measure(struct printer *p)
{
    struct bytes b AUTO_BYTES = { 0 };
    if (!p->profile->has_paper_left || !p->in || !p->can_report)
        return 0;
    p->has_length = false;
    if (!reply_expect(&p->replies, REPLY_ASKED_LEFT))
        return 0;
    int r = escpos_ask_paper_left(&b);
    if (!r)
        r = printer_say(p, b.data, b.length);
    if (!r)
        r = printer_hear_until(p, &p->has_length, LEFT_MS);
    if (!p->has_length)
        reply_forget(&p->replies);
    return r == USB_E_TIMEOUT || r == USB_E_STALL ? 0 : r;
}
