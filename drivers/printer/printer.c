#include "drivers/printer/printer.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/printer/escpos.h"
#include "drivers/printer/proof.h"
#include "drivers/printer/reply.h"
#include "firmware/base/bytes.h"
#include "firmware/base/ident.h"
#include "firmware/base/log.h"

enum {
    DEVICES = 32,
    CONTROL_MS = 1000,
    CHUNK = 4096,        /* section 1.4 */
    WRITE_MS = 1000,
    STALL_MS = 10000,
    TROUBLE_MS = 1500,   /* a stop that the printer explains is believed sooner */
    PROBE_MS = 700,
    ASK_EVERY_MS = 2000,
    PROOF_MS = 10000,    /* longer than the page takes to print */
    QUIET_MS = 2000,     /* level S: clean status for this long after the last row */
    CUT_MS = 1000,
    GET_DEVICE_ID = 0,
    SOFT_RESET = 2,
};

struct printer {
    struct usb_device *device;
    const struct clock *clock;
    uint8_t interface, alternate, out, in; /* in 0: one-way */
    const struct printer_profile *profile;
    struct ieee1284 identity;
    enum printer_level level;
    struct printer_status status;
    struct reply_reader replies;
    struct proof proof;
    bool has_paper_byte, is_cleared; /* what came since it was asked for */
    bool can_report, needs_recovery;
    uint32_t serial;
    int64_t asked_ms;
};

/* ---- finding ------------------------------------------------------------------------- */

static bool is_printer_interface(const struct usb_info *info, const struct usb_interface *i)
{
    bool is_class = i->class == 7 && i->subclass == 1 && i->protocol >= 1 && i->protocol <= 3;
    return is_class || (info->vendor == 0x04b8 && info->product == 0x0202);
}

static uint8_t endpoint_of(const struct usb_interface *i, bool is_in)
{
    for (size_t k = 0; k < i->endpoint_count; k++)
        if (i->endpoints[k].type == USB_BULK && (i->endpoints[k].address >> 7) == is_in)
            return i->endpoints[k].address;
    return 0;
}

/* Two-way goes before one-way goes before packetised (section 1.1). */
static const struct usb_interface *best_interface(const struct usb_info *info)
{
    static const uint8_t order[] = { 2, 1, 3 };
    const struct usb_interface *found = NULL;
    size_t rank = sizeof(order);
    for (size_t i = 0; i < info->interface_count; i++) {
        const struct usb_interface *candidate = &info->interfaces[i];
        if (!is_printer_interface(info, candidate) || !endpoint_of(candidate, false))
            continue;
        size_t r = 0;
        while (r < sizeof(order) - 1 && order[r] != candidate->protocol)
            r++;
        if (r < rank) {
            rank = r;
            found = candidate;
        }
    }
    return found;
}

bool printer_is(const struct usb_info *info, uint8_t *interface)
{
    const struct usb_interface *i = best_interface(info);
    *interface = i ? i->number : 0;
    return i != NULL;
}

int printer_find(struct usb_info *out, uint8_t *interface, struct usb_bus *bus)
{
    struct usb_info all[DEVICES];
    size_t count = 0;
    int r = usb_list(bus, all, DEVICES, &count);
    for (size_t i = 0; !r && i < count; i++)
        if (printer_is(&all[i], interface)) {
            *out = all[i];
            return 0;
        }
    return r ? r : -ENODEV;
}

/* ---- listening ----------------------------------------------------------------------- */

static int64_t now_ms(const struct printer *p)
{
    return p->clock->boot_ms(p->clock);
}

static void take_reply(struct printer *p, const struct reply *r)
{
    switch (r->kind) {
    case REPLY_STATUS:
        status_apply(&p->status, r->request, r->bytes[0]);
        break;
    case REPLY_UNASKED:
        status_apply_four(&p->status, r->bytes);
        break;
    case REPLY_FULL:
        status_apply_full(&p->status, r->bytes);
        break;
    case REPLY_PROCESS_ID:
        proof_take(&p->proof, r->bytes);
        break;
    case REPLY_BYTE:
        p->has_paper_byte = true;
        break;
    case REPLY_CLEARED:
        p->is_cleared = true;
        break;
    default:
        break;
    }
    p->can_report |= p->status.is_known;
}

/* What comes within `wait_ms`; returns as soon as something was understood. */
static int hear(struct printer *p, int wait_ms)
{
    uint8_t data[512];
    size_t got;
    struct reply reply;
    if (!p->in)
        return 0;
    int r = usb_read(p->device, p->in, data, sizeof(data), wait_ms, &got);
    if (r == USB_E_STALL)
        r = usb_clear_halt(p->device, p->in);
    for (size_t i = 0; i < got; i++)
        if (reply_take(&p->replies, data[i], now_ms(p), &reply))
            take_reply(p, &reply);
    if (!got)
        reply_tick(&p->replies, now_ms(p));
    return r == USB_E_TIMEOUT || r == USB_E_OVERFLOW ? 0 : r;
}

/* Until `is_true` or the time is over. */
static int hear_until(struct printer *p, const bool *is_true, int limit_ms)
{
    int64_t end = now_ms(p) + limit_ms;
    int r = 0;
    while (!r && !*is_true && now_ms(p) < end)
        r = hear(p, (int)(end - now_ms(p)));
    return r;
}

static int say(struct printer *p, const void *data, size_t length)
{
    size_t accepted;
    int r = usb_write(p->device, p->out, data, length, WRITE_MS, &accepted);
    return r;
}

static int ask_status(struct printer *p)
{
    uint8_t request[4 * ESCPOS_STATUS_LENGTH];
    if (!p->in)
        return 0;
    reply_forget(&p->replies);
    for (uint8_t n = 1; n <= 4; n++) {
        escpos_status(request + (n - 1) * ESCPOS_STATUS_LENGTH, n);
        reply_expect(&p->replies, n);
    }
    p->asked_ms = now_ms(p);
    int r = say(p, request, sizeof(request));
    return r == USB_E_TIMEOUT ? 0 : r; /* a full buffer: it prints, it will say */
}

/* ---- opening ------------------------------------------------------------------------- */

static int identify(struct printer *p)
{
    uint8_t answer[IEEE1284_MAX];
    size_t got = 0;
    int r = usb_control(p->device, 0xa1, GET_DEVICE_ID, 0, (uint16_t)(p->interface << 8 | p->alternate), answer, sizeof(answer),
                        CONTROL_MS, &got);
    if (r == USB_E_GONE)
        return r;
    if (r || ieee1284_parse(&p->identity, answer, got))
        p->identity = (struct ieee1284){ 0 };
    const struct usb_info *info = usb_device_info(p->device);
    p->profile = profile_find(info->vendor, info->product, &p->identity);
    return 0;
}

/* ESC @, then reports unasked. */
static int start(struct printer *p)
{
    struct bytes b AUTO_BYTES = { 0 };
    int r = escpos_start(&b);
    if (!r)
        r = escpos_watch(&b);
    return r ? r : say(p, b.data, b.length);
}

static int probe_id(struct printer *p)
{
    struct bytes b AUTO_BYTES = { 0 };
    proof_begin(&p->proof, p->serial++);
    int r = escpos_process_id(&b, p->proof.ids[PROOF_CUT]);
    if (!r)
        r = say(p, b.data, b.length);
    if (!r)
        r = hear_until(p, &p->proof.is_proven[PROOF_CUT], PROBE_MS);
    return r;
}

static int probe_paper(struct printer *p)
{
    struct bytes b AUTO_BYTES = { 0 };
    p->has_paper_byte = false;
    reply_expect(&p->replies, REPLY_ASKED_PAPER);
    int r = escpos_ask_paper(&b);
    if (!r)
        r = say(p, b.data, b.length);
    if (!r)
        r = hear_until(p, &p->has_paper_byte, PROBE_MS);
    return r;
}

/* The strongest proof it can give. Each probe is followed by ESC @: a printer that does not know the command may have taken
 * it for text (2.10). */
static int probe(struct printer *p)
{
    int r = 0;
    p->level = p->can_report ? PRINTER_LEVEL_S : PRINTER_LEVEL_N;
    if (!p->in || p->profile->best_level < PRINTER_LEVEL_R)
        return 0;
    if (p->profile->best_level >= PRINTER_LEVEL_P) {
        r = probe_id(p);
        if (!r && p->proof.is_proven[PROOF_CUT])
            p->level = PRINTER_LEVEL_P;
        if (!r)
            r = start(p);
    }
    if (!r && p->level < PRINTER_LEVEL_P) {
        r = probe_paper(p);
        if (!r && p->has_paper_byte)
            p->level = PRINTER_LEVEL_R;
        if (!r)
            r = start(p);
    }
    return r;
}

/* What the cable left behind: a page half sent before it was pulled, or before this program began. */
static int settle(struct printer *p)
{
    int r = start(p);
    if (!r)
        r = ask_status(p);
    if (!r)
        r = hear_until(p, &p->can_report, PROBE_MS);
    if (!r && status_trouble(&p->status) == PRINTER_NO_TROUBLE)
        r = probe(p);
    /* With the cover open nothing can be probed; the profile's best is proven or not with the first page. */
    else if (!r && p->can_report)
        p->level = p->profile->best_level;
    return r == USB_E_TIMEOUT || r == USB_E_STALL ? 0 : r;
}

int printer_open(struct printer **out, struct usb_bus *bus, const struct usb_info *info, uint8_t interface,
                 const struct clock *clock)
{
    const struct usb_interface *i = best_interface(info);
    if (!i || i->number != interface)
        return fault_raise(-EINVAL);
    AUTO(printer_close) struct printer *p = calloc(1, sizeof(*p));
    if (!p)
        return fault_raise(-ENOMEM);
    random_bytes(&p->serial, sizeof(p->serial));
    p->clock = clock;
    p->interface = interface;
    p->alternate = i->alternate;
    p->out = endpoint_of(i, false);
    p->in = endpoint_of(i, true);
    int r = usb_open(&p->device, bus, info, interface);
    if (!r && p->in)
        r = usb_listen(p->device, p->in);
    if (!r)
        r = identify(p);
    if (r)
        return r;
    reply_init(&p->replies, p->profile->has_full_status);
    p->needs_recovery = false;
    r = settle(p);
    if (r)
        return r;
    *out = TAKE(p);
    return 0;
}

void printer_close(struct printer *p)
{
    if (!p)
        return;
    usb_close(p->device);
    free(p);
}

const struct printer_profile *printer_profile(const struct printer *p)
{
    return p->profile;
}

const struct ieee1284 *printer_identity(const struct printer *p)
{
    return &p->identity;
}

enum printer_level printer_level(const struct printer *p)
{
    return p->level;
}

const struct printer_status *printer_status(const struct printer *p)
{
    return &p->status;
}

enum printer_trouble printer_trouble(const struct printer *p)
{
    return p->can_report ? status_trouble(&p->status) : PRINTER_NO_TROUBLE;
}

/* ---- recovering (section 1.6) --------------------------------------------------------- */

static int soft_reset(struct printer *p)
{
    size_t done;
    int r = usb_control(p->device, 0x23, SOFT_RESET, 0, p->interface, NULL, 0, CONTROL_MS, &done);
    if (r && r != USB_E_GONE)
        r = usb_control(p->device, 0x21, SOFT_RESET, 0, p->interface, NULL, 0, CONTROL_MS, &done);
    if (r != USB_E_GONE)
        r = usb_clear_halt(p->device, p->out);
    return r;
}

/* Zeros finish a raster command that was cut short as white dots. */
static int fill_up(struct printer *p)
{
    static const uint8_t zeros[ESCPOS_ZEROS];
    int r = say(p, zeros, sizeof(zeros));
    return r ? r : start(p);
}

/* Drop what is left of a page, before new paper or a new page can bring it out. 0 when the printer answers again. */
static int recover(struct printer *p)
{
    p->is_cleared = false;
    reply_forget(&p->replies);
    int r = say(p, escpos_clear, ESCPOS_CLEAR_LENGTH);
    if (!r)
        r = hear_until(p, &p->is_cleared, CONTROL_MS);
    if (r == USB_E_GONE)
        return r;
    if (r || !p->is_cleared) {
        r = soft_reset(p);
        if (!r)
            r = fill_up(p);
    } else {
        r = start(p);
    }
    if (!r && !p->is_cleared && p->can_report) {
        p->status.is_known = false;
        r = ask_status(p);
        if (!r)
            r = hear_until(p, &p->status.is_known, CONTROL_MS);
    }
    bool is_well = !r && (p->is_cleared || p->status.is_known || !p->can_report);
    p->needs_recovery = !is_well;
    if (is_well)
        log_line(LOG_NOTICE, "printer", "what was left of a page has been dropped");
    return r == USB_E_TIMEOUT || r == USB_E_STALL ? 0 : r;
}

int printer_poll(struct printer *p, int wait_ms)
{
    int r = hear(p, wait_ms);
    if (!r && p->needs_recovery)
        r = recover(p);
    if (!r && p->can_report && now_ms(p) - p->asked_ms >= ASK_EVERY_MS)
        r = ask_status(p);
    if (!r && reply_is_nonsense(&p->replies))
        return -EPROTO;
    return r == USB_E_TIMEOUT || r == USB_E_STALL ? 0 : r;
}

/* ---- printing -------------------------------------------------------------------------- */

static int compose(struct printer *p, struct bytes *out, const struct printer_page *page)
{
    const struct printer_profile *f = p->profile;
    bool has_ids = p->level == PRINTER_LEVEL_P;
    proof_begin(&p->proof, p->serial++);
    int r = escpos_start(out);
    if (!r)
        r = escpos_watch(out);
    if (!r)
        r = escpos_raster(out, f, page->bits, page->row_bytes, page->rows);
    if (!r && has_ids)
        r = escpos_process_id(out, p->proof.ids[PROOF_LAST_ROW]);
    if (!r)
        r = escpos_command(out, &f->cut);
    if (!r && f->present.length)
        r = escpos_command(out, &f->present);
    if (!r && has_ids)
        r = escpos_process_id(out, p->proof.ids[PROOF_CUT]);
    if (!r && p->level == PRINTER_LEVEL_R)
        r = escpos_ask_paper(out);
    return r;
}

/* Sends everything; returns 0, or why it stopped: USB_E_GONE, USB_E_TIMEOUT (no progress), USB_E_STALL, -ECANCELED. */
static int send_all(struct printer *p, const struct bytes *data, const struct printer_page *page, uint64_t *bytes)
{
    size_t at = 0;
    bool has_stalled = false;
    int64_t moved_ms = now_ms(p);
    while (at < data->length) {
        size_t accepted, left = data->length - at, piece = left < CHUNK ? left : CHUNK;
        int r = usb_write(p->device, p->out, data->data + at, piece, WRITE_MS, &accepted);
        at += accepted;
        *bytes = at;
        if (accepted)
            moved_ms = now_ms(p);
        /* Halted once: it goes on behind the last byte that was taken, so none goes twice. */
        if (r == USB_E_STALL && !has_stalled && !usb_clear_halt(p->device, p->out)) {
            has_stalled = true;
            continue;
        }
        if (r && r != USB_E_TIMEOUT)
            return r;
        r = hear(p, 0);
        if (r)
            return r;
        int64_t still_ms = now_ms(p) - moved_ms;
        bool is_explained = printer_trouble(p) != PRINTER_NO_TROUBLE && still_ms >= TROUBLE_MS;
        if (is_explained || still_ms >= STALL_MS)
            return USB_E_TIMEOUT;
        if (page->is_ending && page->is_ending(page->context))
            return -ECANCELED;
    }
    return 0;
}

static int64_t paper_ms(const struct printer *p, const struct printer_page *page)
{
    int64_t dots_per_s = (int64_t)p->profile->mm_per_s * p->profile->dpi * 10 / 254;
    return (dots_per_s > 0 ? (int64_t)page->rows * 1000 / dots_per_s : 0) + CUT_MS;
}

/* Level S: status stays clean until the paper must be out, and a while longer. */
static int watch_quietly(struct printer *p, int64_t until_ms)
{
    int r = 0;
    while (!r && now_ms(p) < until_ms && printer_trouble(p) == PRINTER_NO_TROUBLE)
        r = hear(p, (int)(until_ms - now_ms(p)));
    return r;
}

/* Hear until `is_proven`, a trouble that will not pass, or the time is over. */
static int await(struct printer *p, const bool *is_proven, int64_t until_ms, const struct printer_page *page)
{
    int r = 0;
    while (!r && !*is_proven && now_ms(p) < until_ms && printer_trouble(p) == PRINTER_NO_TROUBLE) {
        int64_t left = until_ms - now_ms(p);
        r = hear(p, left < 200 ? (int)left : 200);
        if (!r && page->is_ending && page->is_ending(page->context))
            return -ECANCELED;
    }
    return r;
}

static struct printer_outcome prove(struct printer *p, const struct printer_page *page, struct printer_outcome o)
{
    int64_t out_ms = now_ms(p) + paper_ms(p, page);
    int r = 0;
    o.result = PRINTER_UNCERTAIN;
    switch (p->level) {
    case PRINTER_LEVEL_P:
        r = await(p, &p->proof.is_proven[PROOF_CUT], out_ms + PROOF_MS, page);
        if (p->proof.is_proven[PROOF_LAST_ROW])
            o.result = PRINTER_CONFIRMED;
        o.has_cutter_warning = !p->proof.is_proven[PROOF_CUT];
        break;
    case PRINTER_LEVEL_R:
        r = await(p, &p->has_paper_byte, out_ms + PROOF_MS, page);
        if (p->has_paper_byte && printer_trouble(p) == PRINTER_NO_TROUBLE)
            o.result = PRINTER_CONFIRMED;
        break;
    case PRINTER_LEVEL_S:
        r = watch_quietly(p, out_ms + QUIET_MS);
        if (!r && printer_trouble(p) == PRINTER_NO_TROUBLE)
            o.result = PRINTER_CONFIRMED;
        break;
    case PRINTER_LEVEL_N:
        o.result = PRINTER_SENT;
        break;
    }
    o.is_gone = r == USB_E_GONE;
    return o;
}

struct printer_outcome printer_print(struct printer *p, const struct printer_page *page)
{
    struct bytes data AUTO_BYTES = { 0 };
    struct printer_outcome o = { .result = PRINTER_FAILED_CLEAN, .level = p->level };
    int r = printer_poll(p, 0);
    o.trouble = printer_trouble(p);
    o.is_gone = r == USB_E_GONE;
    if (r || o.trouble != PRINTER_NO_TROUBLE || p->needs_recovery || compose(p, &data, page))
        return o;
    p->has_paper_byte = false;
    reply_forget(&p->replies);
    if (p->level == PRINTER_LEVEL_R)
        reply_expect(&p->replies, REPLY_ASKED_PAPER);
    r = send_all(p, &data, page, &o.bytes);
    if (!r) {
        if (page->sent)
            page->sent(page->context, o.bytes);
        o = prove(p, page, o);
    } else {
        o.result = o.bytes ? PRINTER_UNCERTAIN : PRINTER_FAILED_CLEAN;
        o.is_gone = r == USB_E_GONE;
    }
    o.trouble = printer_trouble(p);
    /* Whatever is still inside must not come out with the next one's page. */
    p->needs_recovery = o.result == PRINTER_UNCERTAIN && !o.is_gone;
    if (p->needs_recovery && recover(p) == USB_E_GONE)
        o.is_gone = true;
    return o;
}
