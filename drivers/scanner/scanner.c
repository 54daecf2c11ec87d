#include "drivers/scanner/scanner.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/hid/input.h"

enum { PIECE = 256, CONTROL_MS = 500, HALTS_MAX = 3 };
enum { CLASS_COMMUNICATION = 0x02, CLASS_DATA = 0x0a };
enum { TO_INTERFACE_CLASS = 0x21, SET_LINE_CODING = 0x20, SET_CONTROL_LINE_STATE = 0x22 };
enum { READY_TO_HEAR = 0x03 /* DTR and RTS (CDC PSTN 1.2, 6.3.12) */ };
enum { CODES_MOST = 20 /* in a second: more than a hand can show */ };

struct scanner {
    enum scanner_style style;
    const struct clock *clock;
    struct hid_input *hid;     /* keyboard, point of sale */
    struct usb_device *serial; /* serial */
    uint8_t endpoint;
    unsigned halts;
    size_t piece_at, piece_length;
    uint8_t piece[PIECE];
    struct scan_decoder decoder;
    struct hid_pace pace;
    int64_t lost_ms; /* when something was missing last */
    bool has_heard, is_gone;
};

static bool is_scanner(const struct usb_info *info)
{
    return scanner_model_of(info) != NULL;
}

int scanner_find(struct usb_info *out, struct usb_bus *bus)
{
    return hid_find(out, bus, is_scanner);
}

/* ---- opening ------------------------------------------------------------------------- */

static const struct usb_interface *of_class(const struct usb_info *info, uint8_t class)
{
    for (size_t i = 0; i < info->interface_count; i++)
        if (info->interfaces[i].class == class)
            return &info->interfaces[i];
    return NULL;
}

static uint8_t bulk_in(const struct usb_interface *i)
{
    for (size_t k = 0; i && k < i->endpoint_count; k++)
        if ((i->endpoints[k].address & 0x80) && i->endpoints[k].type == USB_BULK)
            return i->endpoints[k].address;
    return 0;
}

/* Some scanners say nothing before somebody is there to hear it; others refuse to be told. */
static void raise_line(struct scanner *s, const struct usb_interface *control)
{
    uint8_t coding[7] = { 0x80, 0x25, 0, 0, 0, 0, 8 }; /* 9600 8N1: means nothing over USB */
    size_t done;
    if (!control)
        return;
    (void)!usb_control(s->serial, TO_INTERFACE_CLASS, SET_LINE_CODING, 0, control->number, coding,
                       sizeof(coding), CONTROL_MS, &done);
    (void)!usb_control(s->serial, TO_INTERFACE_CLASS, SET_CONTROL_LINE_STATE, READY_TO_HEAR,
                       control->number, NULL, 0, CONTROL_MS, &done);
}

static int open_serial(struct scanner *s, struct usb_bus *bus, const struct usb_info *info,
                       const struct usb_interface *data)
{
    s->style = SCANNER_SERIAL;
    s->endpoint = bulk_in(data);
    int r = usb_open(&s->serial, bus, info, data->number);
    if (!r)
        r = usb_listen(s->serial, s->endpoint);
    if (!r)
        raise_line(s, of_class(info, CLASS_COMMUNICATION));
    return r;
}

static bool is_wanted(const struct hid_map *map, const void *context)
{
    (void)context;
    return scanner_hid_style(map) != SCANNER_NONE;
}

/* The first interface that is a scanner; a composite one may have others for its settings. */
static int open_hid(struct scanner *s, struct usb_bus *bus, const struct usb_info *info)
{
    unsigned from = 0;
    int r = hid_open_wanted(&s->hid, bus, info, &from, is_wanted, NULL);
    if (!r)
        s->style = scanner_hid_style(hid_input_map(s->hid));
    return r;
}

int scanner_open(struct scanner **out, struct usb_bus *bus, const struct usb_info *info,
                 const struct clock *clock)
{
    if (!scanner_model_of(info))
        return fault_raise(-EINVAL);
    AUTO(scanner_close) struct scanner *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    s->clock = clock;
    s->lost_ms = -SCAN_GAP_MS;
    const struct usb_interface *data = of_class(info, CLASS_DATA);
    int r = bulk_in(data) ? open_serial(s, bus, info, data) : open_hid(s, bus, info);
    if (!r)
        *out = TAKE(s);
    return r;
}

void scanner_close(struct scanner *s)
{
    if (!s)
        return;
    hid_close(s->hid);
    usb_close(s->serial);
    explicit_bzero(s, sizeof(*s));
    free(s);
}

enum scanner_style scanner_style(const struct scanner *s)
{
    return s->style;
}

/* ---- steps --------------------------------------------------------------------------- */

static int64_t now(const struct scanner *s)
{
    return s->clock->boot_ms(s->clock);
}

/* Reads once. 0, USB_E_TIMEOUT, HID_E_NOISE (something is missing from the text), or the device is of no use any more. */
static int hear_hid(struct scanner *s, int wait_ms)
{
    uint8_t report[HID_REPORT_BYTES_MAX];
    size_t length;
    int r = hid_read(s->hid, report, &length, wait_ms);
    if (!r && s->style == SCANNER_KEYBOARD)
        scan_take_keys(&s->decoder, hid_input_map(s->hid), report, length, now(s));
    else if (!r)
        scan_take_pos(&s->decoder, hid_input_map(s->hid), report, length, now(s));
    explicit_bzero(report, sizeof(report));
    return r;
}

static int hear_serial(struct scanner *s, int wait_ms)
{
    if (s->piece_at == s->piece_length) {
        s->piece_at = s->piece_length = 0;
        int r = usb_read(s->serial, s->endpoint, s->piece, PIECE, wait_ms, &s->piece_length);
        if (r == USB_E_OVERFLOW)
            return HID_E_NOISE;
        if (r == USB_E_STALL && ++s->halts <= HALTS_MAX && !usb_clear_halt(s->serial, s->endpoint))
            return HID_E_NOISE;
        if (r)
            return r;
        s->halts = 0;
    }
    s->piece_at +=
        scan_take_bytes(&s->decoder, s->piece + s->piece_at, s->piece_length - s->piece_at, now(s));
    if (s->piece_at == s->piece_length)
        explicit_bzero(s->piece, sizeof(s->piece));
    return 0;
}

static enum scan_event end_of_message(struct scanner *s, char text[SCAN_TEXT],
                                      enum scan_refusal *why)
{
    s->decoder.has_end = false;
    enum scan_event event = scan_line_end(&s->decoder.line, text, why);
    if (event == SCAN_NOTHING || !hid_pace_exceeds(&s->pace, now(s), CODES_MOST))
        return event;
    explicit_bzero(text, SCAN_TEXT);
    s->is_gone = true;
    *why = SCAN_FLOOD;
    return SCAN_GONE;
}

/* What is unfinished when the device goes is half a code. */
static enum scan_event end_of_device(struct scanner *s, char text[SCAN_TEXT],
                                     enum scan_refusal *why)
{
    bool was_flooding = s->decoder.is_broken;
    bool is_half = !was_flooding && scan_line_is_begun(&s->decoder.line);
    s->is_gone = true;
    scan_line_start(&s->decoder.line);
    text[0] = 0;
    *why = was_flooding ? SCAN_FLOOD : is_half ? SCAN_HALF : (enum scan_refusal)0;
    return is_half ? SCAN_REFUSED : SCAN_GONE;
}

/* What comes close behind a loss has lost its beginning. */
static void spoil_what_is_incomplete(struct scanner *s, bool is_loss)
{
    int64_t at = now(s);
    if (scan_line_is_begun(&s->decoder.line) && (is_loss || at - s->lost_ms < SCAN_GAP_MS)) {
        scan_line_spoil(&s->decoder.line, SCAN_BINARY, at);
        s->lost_ms = at;
    }
    if (is_loss && s->has_heard) /* a halt from before it was opened has lost nothing */
        s->lost_ms = at;
}

/* SCAN_NOTHING: go on. */
static enum scan_event look(struct scanner *s, char text[SCAN_TEXT], enum scan_refusal *why,
                            int wait_ms)
{
    int r = s->hid ? hear_hid(s, wait_ms) : hear_serial(s, wait_ms);
    if (s->decoder.is_broken || (r && r != USB_E_TIMEOUT && r != HID_E_NOISE))
        return end_of_device(s, text, why);
    spoil_what_is_incomplete(s, r == HID_E_NOISE);
    s->has_heard |= !r;
    if (s->decoder.has_end)
        return end_of_message(s, text, why);
    if (scan_line_is_late(&s->decoder.line, now(s))) {
        scan_line_spoil(&s->decoder.line, SCAN_HALF, now(s));
        return end_of_message(s, text, why);
    }
    return SCAN_NOTHING;
}

enum scan_event scanner_step(struct scanner *s, char text[SCAN_TEXT], enum scan_refusal *why,
                             int wait_ms)
{
    int64_t deadline = now(s) + wait_ms;
    enum scan_event event = SCAN_NOTHING;
    *why = (enum scan_refusal)0;
    text[0] = 0;
    for (bool is_last = false; event == SCAN_NOTHING && !is_last;) {
        if (s->is_gone)
            return SCAN_GONE;
        int64_t left = deadline - now(s);
        is_last = left <= 0;
        if (scan_line_is_begun(&s->decoder.line) && left > SCAN_GAP_MS)
            left = SCAN_GAP_MS;
        event = look(s, text, why, left > 0 ? (int)left : 0);
    }
    return event;
}
