#include "board/host/sim/reader_model.h"

#include <stdlib.h>
#include <string.h>

#include "board/host/sim/reader_inside.h"

static const struct {
    const char *name;
    enum sim_reader_fault fault;
} faults[] = {
    { "silence", READER_SILENCE },
    { "checksum", READER_CHECKSUM },
    { "truncated", READER_TRUNCATED },
    { "too-long", READER_TOO_LONG },
    { "too-short", READER_TOO_SHORT },
    { "stale", READER_STALE },
    { "junk-before", READER_JUNK_BEFORE },
    { "junk-behind", READER_JUNK_BEHIND },
    { "stall", READER_STALL },
    { "inner-lie", READER_INNER_LIE },
    { "auth-fail", READER_AUTH },
    { "read-fail", READER_READ },
    { "wrong-card", READER_WRONG_CARD },
    { "sam-sick", READER_SAM_SICK },
    { "sam-failed", READER_SAM_FAILED },
};

static const char *const styles[] = { "split", "single", "hid", "serial" };

bool sim_reader_style_of(enum sim_reader_style *out, const char *name)
{
    for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++)
        if (!strcmp(styles[i], name)) {
            *out = (enum sim_reader_style)i;
            return true;
        }
    return false;
}

const char *sim_reader_style_name(const struct sim_reader *r)
{
    return styles[r->style];
}

/* ---- the device ---------------------------------------------------------------------- */

static struct sim_pipe *pipe_of(struct sim_reader *r, uint8_t endpoint)
{
    return &r->pipes[r->style == SIM_READER_SPLIT && endpoint == 0x85];
}

static int device_control(struct sim_device *d, const uint8_t setup[8], uint8_t *data,
                          int64_t now_ms)
{
    (void)d;
    (void)setup;
    (void)data;
    (void)now_ms;
    return SIM_STALL;
}

static int device_out(struct sim_device *d, uint8_t endpoint, const uint8_t *data, size_t length,
                      int64_t now_ms)
{
    struct sim_reader *r = d->model;
    (void)endpoint;
    (void)now_ms;
    for (size_t i = 0; i < length; i++) {
        if (r->requested == sizeof(r->request))
            r->requested = 0;
        r->request[r->requested++] = data[i];
        if (sim_reader_take_request(r) && r->style == SIM_READER_HID)
            break; /* the rest of the report is padding */
    }
    return (int)length;
}

static int device_in(struct sim_device *d, uint8_t endpoint, uint8_t *data, size_t size,
                     int64_t now_ms)
{
    struct sim_reader *r = d->model;
    struct sim_pipe *p = pipe_of(r, endpoint);
    (void)now_ms;
    if (p->is_halted)
        return SIM_STALL;
    size_t left = p->used - p->sent;
    if (!left)
        return SIM_NAK;
    size_t most = r->style == SIM_READER_HID && size > HID_REPORT ? HID_REPORT : size;
    size_t count = r->is_bytewise ? 1 : left < most ? left : most;
    memcpy(data, p->data + p->sent, count);
    p->sent += count;
    /* A report always has its whole length. */
    if (r->style == SIM_READER_HID && !r->is_bytewise && count < size && count < HID_REPORT) {
        size_t report = size < HID_REPORT ? size : HID_REPORT;
        memset(data + count, 0, report - count);
        count = report;
    }
    if (p->sent == p->used) {
        explicit_bzero(p->data, p->used);
        p->used = p->sent = 0;
    }
    return (int)count;
}

static void device_clear_halt(struct sim_device *d, uint8_t endpoint)
{
    pipe_of(d->model, endpoint)->is_halted = false;
}

static int64_t device_due(struct sim_device *d, int64_t now_ms)
{
    (void)d;
    (void)now_ms;
    return -1; /* everything happens when it is asked */
}

/* It lives from the cable: out means everything is forgotten but the card on the plate. */
static void device_plugged(struct sim_device *d, bool is_plugged, int64_t now_ms)
{
    struct sim_reader *r = d->model;
    (void)is_plugged;
    (void)now_ms;
    r->requested = 0;
    r->was_read = r->is_selected = false;
    explicit_bzero(r->pipes, sizeof(r->pipes));
}

struct sim_reader *sim_reader_new(enum sim_reader_style style)
{
    struct sim_reader *r = calloc(1, sizeof(*r));
    if (!r)
        return NULL;
    r->device = (struct sim_device){
        .strings = { NULL, "OneTrip", "Simulated ID reader", NULL },
        .is_plugged = style != SIM_READER_SERIAL,
        .model = r,
        .control = device_control,
        .out = device_out,
        .in = device_in,
        .clear_halt = device_clear_halt,
        .due_ms = device_due,
        .plugged = device_plugged,
    };
    sim_reader_describe(r, style);
    return r;
}

void sim_reader_set_style(struct sim_reader *r, enum sim_reader_style style)
{
    device_plugged(&r->device, false, 0);
    sim_reader_describe(r, style);
}

void sim_reader_free(struct sim_reader *r)
{
    if (!r)
        return;
    explicit_bzero(r, sizeof(*r));
    free(r);
}

struct sim_device *sim_reader_device(struct sim_reader *r)
{
    return &r->device;
}

void sim_reader_put_card(struct sim_reader *r, const uint8_t text[SIM_CARD_TEXT])
{
    sim_reader_lift(r);
    memcpy(r->text, text, SIM_CARD_TEXT);
    r->has_card = true;
}

void sim_reader_lift(struct sim_reader *r)
{
    explicit_bzero(r->text, sizeof(r->text));
    r->has_card = r->was_read = r->is_selected = false;
}

bool sim_reader_has_card(const struct sim_reader *r)
{
    return r->has_card;
}

unsigned sim_reader_reads(const struct sim_reader *r)
{
    return r->reads;
}

bool sim_reader_fault(struct sim_reader *r, const char *name, unsigned count)
{
    if (!strcmp(name, "none")) {
        r->fault = READER_NONE;
        r->is_bytewise = r->finds_again = false;
        r->lacks_presence = r->mutes_presence = false;
        r->pipes[0].is_halted = r->pipes[1].is_halted = false;
        return true;
    }
    if (!strcmp(name, "bytewise"))
        return r->is_bytewise = true;
    if (!strcmp(name, "refind"))
        return r->finds_again = true;
    if (!strcmp(name, "no-presence"))
        return r->lacks_presence = true;
    if (!strcmp(name, "mute-presence"))
        return r->mutes_presence = true;
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        if (!strcmp(faults[i].name, name)) {
            r->fault = faults[i].fault;
            r->fault_left = count;
            return true;
        }
    return false;
}
