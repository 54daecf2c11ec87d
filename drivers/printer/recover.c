/* A printer whose past is not known, and one whose abilities are not. */
#include "drivers/printer/inside.h"

#include <string.h>

#include "firmware/base/log.h"

enum {
    CLEAR_MS = 1000,
    ANSWER_MS = 1000,
    PROBE_MS = 700,
    AGAIN_MS = 2000,
    NAME_MS = 300,
    SOFT_RESET = 2
};

/* DLE DC4 8 acts even inside another command, and its answer says that everything is gone. */
static int clear(struct printer *p)
{
    p->is_cleared = false;
    int r = printer_hear(p, 0);
    reply_forget(&p->replies);
    p->awaited = 0;
    if (!r)
        r = printer_say(p, escpos_clear, ESCPOS_CLEAR_LENGTH);
    return r ? r : printer_hear_until(p, &p->is_cleared, CLEAR_MS);
}

/* Class 1.0 wants the request to an "other" recipient, 1.1 to the interface: the first that is understood. */
static int soft_reset(struct printer *p)
{
    static const uint8_t types[] = { 0x23, 0x21 };
    int r = USB_E_STALL;
    for (size_t i = 0; i < sizeof(types) && r && r != USB_E_GONE; i++) {
        size_t done;
        r = usb_control(p->device, types[i], SOFT_RESET, 0, p->interface, NULL, 0,
                        printer_patience(p, PRINTER_CONTROL_MS), &done);
    }
    if (r != USB_E_GONE)
        r = usb_clear_halt(p->device, p->out);
    if (r != USB_E_GONE && p->in)
        r = usb_clear_halt(p->device, p->in);
    return r == USB_E_GONE ? r : 0;
}

/* It does not know the command, or we cannot hear it: mend an error whose cause is gone, then end any raster command that
 * was cut short, as white dots. */
static int fill_up(struct printer *p)
{
    static const uint8_t zeros[ESCPOS_ZEROS];
    int r = printer_say(p, escpos_recover, ESCPOS_RECOVER_LENGTH);
    return r ? r : printer_say(p, zeros, sizeof(zeros));
}

static int drop_all(struct printer *p)
{
    int r = clear(p);
    if (r == USB_E_TIMEOUT || r == USB_E_STALL) {
        r = soft_reset(p);
        if (!r)
            r = clear(p);
    }
    return r || p->is_cleared ? r : fill_up(p);
}

/* A jammed blade is not moved again by us (section 5, rule 7), and clearing would move it. */
static bool is_jammed(const struct printer *p)
{
    enum printer_trouble t = status_trouble(&p->status);
    return p->status.is_known && (t == PRINTER_CUTTER || t == PRINTER_UNRECOVERABLE);
}

static int try_later(struct printer *p, bool is_news, const char *words)
{
    if (is_news)
        log_line(LOG_WARNING, "printer", "%s", words);
    p->needs_recovery = true;
    p->recover_ms = printer_now(p) + AGAIN_MS;
    return 0;
}

int printer_recover(struct printer *p)
{
    bool is_news = !p->has_told;
    p->has_told = true;
    int r =
        printer_refresh(p, ANSWER_MS); /* full buffers take no question: then its answer is none */
    if (r == USB_E_GONE)
        return r;
    if (is_jammed(p))
        return try_later(p, is_news, "a cutter or an unrecoverable error: it waits for a hand");
    r = drop_all(p);
    p->needs_recovery = false; /* a command cut short from here on sets it again */
    if (!r)
        r = printer_start(p);
    if (!r && !p->is_cleared)
        r = printer_refresh(p, ANSWER_MS);
    if (r && r != USB_E_TIMEOUT && r != USB_E_STALL)
        return r;
    if (r || p->needs_recovery || (p->can_report && !p->is_cleared && !p->status.is_known))
        return try_later(p, is_news, "it does not answer; if this stays, switch it off and on");
    p->has_told = false;
    return 0;
}

static int probe_process_id(struct printer *p)
{
    struct bytes b AUTO_BYTES = { 0 };
    proof_begin(&p->proof, p->serial++);
    int r = escpos_process_id(&b, p->proof.ids[PROOF_CUT]);
    if (!r)
        r = printer_say(p, b.data, b.length);
    if (!r)
        r = printer_hear_until(p, &p->proof.is_proven[PROOF_CUT], PROBE_MS);
    if (!r && p->proof.is_proven[PROOF_CUT])
        p->level = PRINTER_LEVEL_P;
    return r;
}

static int probe_paper_byte(struct printer *p)
{
    struct bytes b AUTO_BYTES = { 0 };
    p->has_paper_byte = false;
    reply_forget(&p->replies);
    p->awaited = 0;
    (void)reply_expect(&p->replies, REPLY_ASKED_PAPER); /* just emptied: there is room */
    int r = escpos_ask_paper(&b);
    if (!r)
        r = printer_say(p, b.data, b.length);
    if (!r)
        r = printer_hear_until(p, &p->has_paper_byte, PROBE_MS);
    if (!r && p->has_paper_byte)
        p->level = PRINTER_LEVEL_R;
    return r;
}

/* GS I, where the manual documents it; the first silence ends it. */
static int ask_names(struct printer *p)
{
    struct printer_names *n = &p->memory->names;
    const struct {
        uint8_t code;
        char *to;
    } rows[] = { { 67, n->model },
                 { 65, n->firmware },
                 { 66, n->maker },
                 { 68, n->serial },
                 { 69, n->language } };
    int r = 0;
    p->has_text = true;
    for (size_t i = 0; !r && p->has_text && i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bytes b AUTO_BYTES = { 0 };
        p->has_text = false;
        r = escpos_ask_identity(&b, rows[i].code);
        if (!r)
            r = printer_say(p, b.data, b.length);
        if (!r)
            r = printer_hear_until(p, &p->has_text, NAME_MS);
        if (!r && p->has_text)
            memcpy(rows[i].to, p->text, sizeof(p->text));
    }
    return r;
}

/* Endpoint 0 said nothing: the name that GS I gives finds the row. */
void printer_know_by_name(struct printer *p)
{
    const struct usb_info *info = usb_device_info(p->device);
    struct ieee1284 id = { 0 };
    if (*p->identity.model || !*p->memory->names.model)
        return;
    memcpy(id.maker, p->memory->names.maker, sizeof(id.maker));
    memcpy(id.model, p->memory->names.model, sizeof(id.model));
    p->profile = profile_find(info->vendor, info->product, &id);
}

/* Each question is followed by ESC @: a printer that does not know it may have taken it for text (2.10). */
int printer_probe(struct printer *p)
{
    int r = 0;
    if (p->is_probed || !p->can_report)
        return 0;
    p->level = PRINTER_LEVEL_S;
    if (status_trouble(&p->status) != PRINTER_NO_TROUBLE)
        return 0;
    if (p->profile->best_level >= PRINTER_LEVEL_P) {
        r = probe_process_id(p);
        if (!r)
            r = printer_start(p);
    }
    if (!r && p->level < PRINTER_LEVEL_R && p->profile->best_level >= PRINTER_LEVEL_R) {
        r = probe_paper_byte(p);
        if (!r)
            r = printer_start(p);
    }
    if (!r && p->profile->has_identity) {
        r = ask_names(p);
        if (!r)
            printer_know_by_name(p);
        if (!r)
            r = printer_start(p);
    }
    p->is_probed = !r;
    if (p->is_probed)
        printer_keep(p);
    return r == USB_E_TIMEOUT || r == USB_E_STALL ? 0 : r;
}
