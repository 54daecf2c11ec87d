#include "board/host/sim/scanner_model.h"

#include <stdlib.h>
#include <string.h>

#include "board/host/sim/typist.h"

enum { POS_ID = 2, POS_BYTES = 56, POS_REPORT = 6 + POS_BYTES, KEY_MS = 1, SERIAL_PIECE = 32 };
enum { CLASS_TO = 0x21, SET_LINE_CODING = 0x20, SET_CONTROL_LINE_STATE = 0x22 };

/* HID Point of Sale 1.02: count, three characters of the symbology, the data, whether more of it follows. */
static const uint8_t pos_descriptor[] = {
    0x05, 0x8c, 0x09, 0x02,      0xa1, 0x01, 0x09, 0x12, 0xa1, 0x02, 0x85, POS_ID, 0x15,
    0x00, 0x26, 0xff, 0x00,      0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3b,   0x81,
    0x02, 0x95, 0x03, 0x05,      0x8c, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81,   0x02,
    0x09, 0xfe, 0x95, POS_BYTES, 0x82, 0x02, 0x01, 0x09, 0xff, 0x95, 0x01, 0x75,   0x01,
    0x25, 0x01, 0x81, 0x02,      0x75, 0x07, 0x81, 0x03, 0xc0, 0xc0,
};

static const uint8_t serial_configuration[] = {
    9, 2,    67,   0,    2,  1, 0,    0xa0, 50, 9, 4, 0,    0,    1, 2, 2,    1, 0, /* communication: ACM */
    5, 0x24, 0,    0x10, 1,  5, 0x24, 1,    0,  1, 4, 0x24, 2,    2, 5, 0x24, 6, 0, 1,
    7, 5,    0x83, 3,    16, 0, 16,   9,    4,  1, 0, 2,    0x0a, 0, 0, 0,    7, 5, 0x02,
    2, 64,   0,    0,    7,  5, 0x81, 2,    64, 0, 0,
};

struct sim_scanner {
    struct sim_hid hid;
    enum sim_scanner_style style;
    size_t length, at; /* of the code being sent */
    bool is_up_next;   /* keyboard: the key that is down has to come up */
    bool is_half, floods, is_endless, sends_binary, breaks, pulls;
    int64_t due_ms;
    char text[SIM_SCANNER_TEXT + 1];
};

/* ---- what comes next ----------------------------------------------------------------- */

static void finish(struct sim_scanner *s)
{
    s->at = 0;
    if (s->floods)
        return;
    if (s->is_half && s->pulls)
        s->hid.device.is_plugged = s->pulls = false;
    explicit_bzero(s->text, sizeof(s->text));
    s->length = 0;
    s->is_half = false;
}

/* Of the code itself; -1: there is no more of it. */
static int next_data(struct sim_scanner *s)
{
    if (s->at >= s->length && s->is_endless)
        s->at = 0;
    return s->at < s->length ? (uint8_t)s->text[s->at++] : -1;
}

/* With the Enter behind it; -1: all has been sent. */
static int next_byte(struct sim_scanner *s)
{
    int byte = next_data(s);
    if (byte < 0 && s->length && !s->is_half && s->at == s->length) {
        s->at++;
        return '\n';
    }
    if (byte < 0 && s->length)
        finish(s);
    return byte;
}

static int next_key(struct sim_scanner *s, uint8_t report[SIM_HID_REPORT], int64_t now_ms)
{
    memset(report, 0, SIM_HID_REPORT);
    if (now_ms < s->due_ms)
        return SIM_NAK;
    int byte = s->is_up_next ? 0 : next_byte(s);
    if (byte < 0)
        return SIM_NAK;
    if (!s->is_up_next)
        typist_keys((uint8_t)byte, report);
    s->is_up_next = !s->is_up_next;
    s->due_ms = now_ms + KEY_MS;
    return TYPIST_REPORT;
}

static int next_pos(struct sim_scanner *s, uint8_t report[SIM_HID_REPORT])
{
    size_t count = 0;
    memset(report, 0, SIM_HID_REPORT);
    for (int byte; count < POS_BYTES && (byte = next_data(s)) >= 0;)
        report[5 + count++] = (uint8_t)byte;
    if (!count)
        return SIM_NAK;
    bool has_more = s->at < s->length || s->is_endless;
    report[0] = POS_ID;
    report[1] = (uint8_t)count;
    report[2] = ']'; /* AIM symbology identifier: QR code */
    report[3] = 'Q';
    report[4] = '1';
    report[5 + POS_BYTES] = has_more || s->is_half; /* half a code says that more follows */
    if (!has_more)
        finish(s);
    return POS_REPORT;
}

static int next(void *owner, uint8_t report[SIM_HID_REPORT], int64_t now_ms)
{
    struct sim_scanner *s = owner;
    return s->style == SIM_SCANNER_POS ? next_pos(s, report) : next_key(s, report, now_ms);
}

static int64_t due(void *owner, int64_t now_ms)
{
    const struct sim_scanner *s = owner;
    if (!s->length && !s->is_up_next)
        return -1;
    return s->due_ms > now_ms ? s->due_ms : now_ms;
}

/* ---- serial -------------------------------------------------------------------------- */

static int serial_in(struct sim_device *d, uint8_t endpoint, uint8_t *data, size_t size,
                     int64_t now_ms)
{
    struct sim_hid *h = d->model;
    int count = 0, byte = 0;
    (void)now_ms;
    if (endpoint != 0x81 || h->is_mute)
        return SIM_NAK;
    if (h->is_halted || h->stalls) {
        h->is_halted = true;
        return SIM_STALL;
    }
    while ((size_t)count < size && count < SERIAL_PIECE && (byte = next_byte(h->owner)) >= 0)
        data[count++] = (uint8_t)byte;
    h->given += count > 0;
    return count ? count : SIM_NAK;
}

static int serial_out(struct sim_device *d, uint8_t endpoint, const uint8_t *data, size_t length,
                      int64_t now_ms)
{
    (void)d, (void)endpoint, (void)data, (void)now_ms;
    return (int)length;
}

static int serial_control(struct sim_device *d, const uint8_t setup[8], uint8_t *data,
                          int64_t now_ms)
{
    (void)d, (void)data, (void)now_ms;
    bool is_known =
        setup[0] == CLASS_TO && (setup[1] == SET_LINE_CODING || setup[1] == SET_CONTROL_LINE_STATE);
    return is_known ? 0 : SIM_STALL;
}

static void become_serial(struct sim_device *d)
{
    d->configuration = serial_configuration;
    d->configuration_length = sizeof(serial_configuration);
    d->control = serial_control;
    d->in = serial_in;
    d->out = serial_out;
}

/* ---- life ---------------------------------------------------------------------------- */

static void plugged(struct sim_device *d, bool is_plugged, int64_t now_ms)
{
    struct sim_scanner *s = ((struct sim_hid *)d->model)->owner;
    (void)is_plugged, (void)now_ms;
    s->floods = s->is_endless = s->is_up_next = false;
    finish(s);
}

struct sim_scanner *sim_scanner_new(enum sim_scanner_style style)
{
    static const uint16_t products[] = { 0x0003, 0x0010, 0x0006 };
    struct sim_scanner *s = calloc(1, sizeof(*s));
    if (!s)
        return NULL;
    bool is_pos = style == SIM_SCANNER_POS;
    const struct sim_hid_about about = { .vendor = 0x1eab,
                                         .product = products[style],
                                         .maker = "OneTrip",
                                         .name = "Simulated code scanner",
                                         .is_keyboard = style == SIM_SCANNER_KEYBOARD,
                                         .descriptor = is_pos ? pos_descriptor : typist_descriptor,
                                         .descriptor_length = is_pos ? sizeof(pos_descriptor)
                                                                     : typist_descriptor_length };
    s->style = style;
    sim_hid_init(&s->hid, &about);
    s->hid.owner = s;
    s->hid.next = next;
    s->hid.due = due;
    s->hid.device.plugged = plugged;
    if (style == SIM_SCANNER_SERIAL)
        become_serial(&s->hid.device);
    return s;
}

void sim_scanner_free(struct sim_scanner *s)
{
    if (!s)
        return;
    explicit_bzero(s, sizeof(*s));
    free(s);
}

struct sim_device *sim_scanner_device(struct sim_scanner *s)
{
    return &s->hid.device;
}

bool sim_scanner_is_idle(const struct sim_scanner *s)
{
    return !s->length && !s->is_up_next;
}

/* ---- codes --------------------------------------------------------------------------- */

bool sim_scanner_show(struct sim_scanner *s, const char *text)
{
    size_t length = strlen(text);
    if (!sim_scanner_is_idle(s) || !length || length > SIM_SCANNER_TEXT)
        return false;
    memcpy(s->text, text, length + 1);
    s->length = length;
    s->at = 0;
    s->is_half = s->breaks;
    if (s->sends_binary)
        s->text[length / 2] = (char)(length % 2 ? 0x01 : 0xff);
    if (s->breaks)
        s->length = (length + 1) / 2;
    s->breaks = s->sends_binary = false;
    return true;
}

bool sim_scanner_fault(struct sim_scanner *s, const char *name)
{
    if (!strcmp(name, "flood"))
        return s->floods = true;
    if (!strcmp(name, "endless"))
        return s->is_endless = true;
    if (!strcmp(name, "binary"))
        return s->sends_binary = true;
    if (!strcmp(name, "half"))
        return s->breaks = true;
    if (!strcmp(name, "half-unplug"))
        return s->breaks = s->pulls = true;
    if (!strcmp(name, "none")) {
        bool was_endless = s->floods || s->is_endless;
        s->floods = s->is_endless = s->sends_binary = s->breaks = s->pulls = false;
        if (was_endless)
            finish(s);
    }
    return sim_hid_fault(&s->hid, name);
}

uint64_t sim_scanner_reports(const struct sim_scanner *s)
{
    return s->hid.given;
}
