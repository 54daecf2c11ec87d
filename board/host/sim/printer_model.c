/* The printer as a USB device: descriptors, pipes, faults. */
#include "board/host/sim/printer_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- descriptors (USB 2.0, 9.6; printer class 1.1) ----------------------------------- */

enum { ONE_WAY = 1, TWO_WAY = 2, CLASS_PRINTER = 7, CLASS_VENDOR = 0xff };

static void describe(struct sim_printer *p)
{
    static const uint8_t device[18] = { 18, 1, 0x00, 0x02, 0, 0, 0, 64, 0,
                                        0,  0, 0,    0x00, 1, 1, 2, 3,  1 };
    static const uint8_t whole[32] = { 9, 2, 32, 0, 1,    1, 0,  0xc0, 1, 9, 4, 0,    0, 2,  7, 1,
                                       2, 0, 7,  5, 0x01, 2, 64, 0,    0, 7, 5, 0x81, 2, 64, 0, 0 };
    const struct sim_printer_kind *k = p->kind;
    memcpy(p->descriptor, device, sizeof(device));
    p->descriptor[8] = (uint8_t)k->vendor;
    p->descriptor[9] = (uint8_t)(k->vendor >> 8);
    p->descriptor[10] = (uint8_t)k->product;
    p->descriptor[11] = (uint8_t)(k->product >> 8);
    memcpy(p->configuration, whole, sizeof(whole));
    p->configuration[14] = k->is_vendor_class ? CLASS_VENDOR : CLASS_PRINTER;
    p->configuration[16] = k->is_one_way ? ONE_WAY : TWO_WAY;
    p->device.configuration_length = k->is_one_way ? sizeof(whole) - 7 : sizeof(whole);
    p->configuration[2] = (uint8_t)p->device.configuration_length;
    p->configuration[13] = k->is_one_way ? 1 : 2;
}

/* ---- pipes --------------------------------------------------------------------------- */

static int64_t least(int64_t a, int64_t limit)
{
    return limit >= 0 && limit < a ? limit : a;
}

/* How many of `length` bytes are taken now. */
static size_t appetite(const struct sim_printer *p, size_t length)
{
    /* Some clones take what they have no room for, and lose it. */
    int64_t room = (int64_t)(PRINTER_BUFFER - p->used),
            n = p->drops_bytes ? (int64_t)length : least((int64_t)length, room);
    n = least(least(least(n, p->nak_after), p->unplug_after), p->stall_after);
    return (size_t)(p->is_byte_by_byte && n > 1 ? 1 : n);
}

static void count_down(int64_t *limit, size_t taken)
{
    if (*limit >= 0)
        *limit -= (int64_t)taken;
}

static int device_out(struct sim_device *d, uint8_t endpoint, const uint8_t *data, size_t length,
                      int64_t now_ms)
{
    struct sim_printer *p = d->model;
    (void)endpoint;
    p->now_ms = now_ms;
    if (p->is_halted)
        return SIM_STALL;
    printer_advance(p);
    size_t take = appetite(p, length);
    for (size_t i = 0; i < take; i++) {
        if (p->used < PRINTER_BUFFER)
            p->buffer[p->used++] = data[i];
        printer_hear_realtime(p, data[i]);
    }
    p->taken += take;
    count_down(&p->nak_after, take);
    count_down(&p->unplug_after, take);
    count_down(&p->stall_after, take);
    printer_advance(p);
    if (p->unplug_after == 0) {
        p->unplug_after = -1;
        d->is_plugged = false;
    }
    if (p->stall_after == 0) {
        p->is_halted = true;
        p->stall_after = p->stalls ? 0 : -1;
        return take ? (int)take : SIM_STALL;
    }
    return (int)take;
}

static int device_in(struct sim_device *d, uint8_t endpoint, uint8_t *data, size_t size,
                     int64_t now_ms)
{
    struct sim_printer *p = d->model;
    (void)endpoint;
    p->now_ms = now_ms;
    printer_advance(p);
    printer_tell_changes(p);
    p->is_flood_turn = p->is_flooding && !p->is_flood_turn;
    if (p->is_flood_turn) {
        memset(data, 0x02, size < 8 ? size : 8);
        return size < 8 ? (int)size : 8;
    }
    printer_send_process_id(p);
    if (now_ms < p->answers_from_ms)
        return SIM_NAK;
    size_t left = p->answer_used - p->answer_sent, count = left < size ? left : size;
    if (!count)
        return SIM_NAK;
    memcpy(data, p->answers + p->answer_sent, count);
    p->answer_sent += count;
    if (p->answer_sent == p->answer_used)
        p->answer_used = p->answer_sent = 0;
    return (int)count;
}

static void device_clear_halt(struct sim_device *d, uint8_t endpoint)
{
    struct sim_printer *p = d->model;
    if (!(endpoint & 0x80))
        p->is_halted = p->stalls && p->stall_after == 0;
}

int64_t sim_printer_work(struct sim_printer *p, int64_t now_ms)
{
    p->now_ms = now_ms;
    printer_advance(p);
    return p->used && !p->is_waiting && !printer_is_offline(p) ? p->busy_until_ms : -1;
}

static int64_t device_due(struct sim_device *d, int64_t now_ms)
{
    const struct sim_printer *p = d->model;
    if (p->is_flooding)
        return now_ms + 5;
    if (p->answer_used && p->answers_from_ms > now_ms)
        return p->answers_from_ms;
    if (p->is_hot && p->cools_at_ms)
        return p->cools_at_ms > now_ms ? p->cools_at_ms : now_ms;
    if (!p->used || printer_is_offline(p))
        return -1;
    return p->busy_until_ms > now_ms ? p->busy_until_ms : now_ms;
}

static int device_id(const struct sim_printer *p, uint8_t *data, size_t room)
{
    size_t length = strlen(p->id) + 2;
    uint8_t whole[128];
    if (p->has_no_id_text)
        length = 2;
    whole[p->has_swapped_id] = (uint8_t)(length >> 8);
    whole[!p->has_swapped_id] = (uint8_t)length;
    memcpy(whole + 2, p->id, length - 2);
    length = length < room ? length : room;
    memcpy(data, whole, length);
    return (int)length;
}

static int device_control(struct sim_device *d, const uint8_t setup[8], uint8_t *data,
                          int64_t now_ms)
{
    struct sim_printer *p = d->model;
    size_t room = (size_t)setup[7] << 8 | setup[6];
    p->now_ms = now_ms;
    if (setup[0] == 0xa1 && setup[1] == 0)
        return device_id(p, data, room);
    if (setup[0] == 0xa1 && setup[1] == 1 && room) {
        if (p->has_constant_port)
            return data[0] = 0x18, 1;
        bool is_error = p->is_jammed || p->is_dead || p->is_cover_open;
        data[0] = (uint8_t)(0x10 | (p->paper == SIM_PAPER_END ? 0x20 : 0) | (is_error ? 0 : 0x08));
        return 1;
    }
    if ((setup[0] == 0x21 || setup[0] == 0x23) && setup[1] == 2) {
        printer_drop_buffers(p);
        p->is_halted = false;
        return 0;
    }
    return SIM_STALL;
}

/* It has its own power: what it has taken survives the cable; answers on their way do not. */
static void device_plugged(struct sim_device *d, bool is_plugged, int64_t now_ms)
{
    struct sim_printer *p = d->model;
    (void)is_plugged;
    p->now_ms = now_ms;
    p->answer_used = p->answer_sent = 0;
    p->has_process_id = p->is_halted = false;
}

/* ---- life ---------------------------------------------------------------------------- */

struct sim_printer *sim_printer_new(uint16_t width_dots)
{
    struct sim_printer *p = calloc(1, sizeof(*p));
    if (!p)
        return NULL;
    p->mm_per_s = 150;
    p->roll_rows = -1;
    p->device = (struct sim_device){
        .device_descriptor = p->descriptor,
        .configuration = p->configuration,
        .strings = { NULL, "OneTrip", "Simulated receipt printer", "SIM0001" },
        .is_plugged = true,
        .model = p,
        .control = device_control,
        .out = device_out,
        .in = device_in,
        .clear_halt = device_clear_halt,
        .due_ms = device_due,
        .plugged = device_plugged,
    };
    printer_become(p, printer_kind_of(width_dots == 384 ? "58" : "80"));
    p->width = width_dots;
    sim_printer_fault(p, "none", 0);
    return p;
}

void printer_become(struct sim_printer *p, const struct sim_printer_kind *kind)
{
    p->kind = kind;
    p->width = kind->width_dots;
    snprintf(p->id, sizeof(p->id), "%s", kind->id);
    describe(p);
}

void sim_printer_free(struct sim_printer *p)
{
    if (!p)
        return;
    printer_sheet_free(&p->sheet);
    for (size_t i = 0; i < PRINTER_SLIPS; i++)
        printer_sheet_free(&p->slips[i]);
    free(p->stored);
    explicit_bzero(p, sizeof(*p));
    free(p);
}

struct sim_device *sim_printer_device(struct sim_printer *p)
{
    return &p->device;
}
