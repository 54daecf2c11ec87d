#include "board/host/sim/world.h"

#include <time.h>

#include "firmware/base/log.h"

enum { WIDTH_DOTS = 576, QUIET_US = 250 * 1000, PROBE_BYTES = 64 };

/* CLOCK_MONOTONIC, which a script on the same machine reads too. */
static int64_t real_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The first byte of a slip is the first of a run of output that is more than a question about paper. */
static void note_output(struct sim_world *w, int64_t now, size_t bytes)
{
    size_t slips = sim_printer_slip_count(w->printer);
    if (slips != w->slips_before || now - w->last_out_us > QUIET_US) {
        w->is_slip_begun = w->is_slip_begun && slips == w->slips_before;
        w->slips_before = slips;
        w->burst_us = now;
        w->burst_bytes = 0;
    }
    w->last_out_us = now;
    w->burst_bytes += bytes;
    if (!w->is_slip_begun && w->burst_bytes > PROBE_BYTES) {
        w->is_slip_begun = true;
        w->printer_first_out_us = w->burst_us;
    }
}

static void moved(void *context, const struct sim_device *device, uint8_t endpoint, size_t bytes)
{
    struct sim_world *w = context;
    bool is_in = endpoint & 0x80;
    if (device == sim_reader_device(w->reader) && is_in)
        w->reader_last_in_us = real_us();
    else if (device == sim_printer_device(w->printer) && !is_in)
        note_output(w, real_us(), bytes);
}

const char *sim_device_name(size_t index)
{
    static const char *const names[SIM_DEVICES] = { "reader", "printer", "keypad", "scanner",
                                                    "keyboard" };
    return index < SIM_DEVICES ? names[index] : NULL;
}

struct sim_device *sim_world_device(const struct sim_world *w, size_t index)
{
    switch (index) {
    case SIM_READER_INDEX:
        return sim_reader_device(w->reader);
    case SIM_PRINTER_INDEX:
        return sim_printer_device(w->printer);
    case SIM_KEYPAD_INDEX:
        return sim_keypad_device(w->keypad);
    case SIM_SCANNER_INDEX:
        return sim_scanner_device(w->scanner);
    default:
        return sim_keyboard_device(w->keyboard);
    }
}

static int make_devices(struct sim_world *w, const struct sim_choice *choice)
{
    w->reader = sim_reader_new(choice->style);
    w->printer = sim_printer_new(WIDTH_DOTS);
    w->keypad = sim_keypad_new(choice->keypad);
    w->scanner = sim_scanner_new(choice->scanner);
    w->keyboard = sim_keyboard_new();
    if (!w->reader || !w->printer || !w->keypad || !w->scanner || !w->keyboard)
        return fault_raise(-ENOMEM);
    sim_keypad_device(w->keypad)->is_plugged = !choice->has_no_keypad;
    sim_scanner_device(w->scanner)->is_plugged = !choice->has_no_scanner;
    return 0;
}

static int64_t boot_ms(const struct clock *clock)
{
    const struct sim_clock *c = (const struct sim_clock *)clock; /* base comes first */
    return system_clock.boot_ms(&system_clock) + c->offset_ms;
}

static int64_t wall_ms(const struct clock *clock)
{
    const struct sim_clock *c = (const struct sim_clock *)clock;
    return system_clock.wall_ms(&system_clock) + c->offset_ms;
}

int64_t sim_world_now_ms(const struct sim_world *w)
{
    return boot_ms(&w->clock.base);
}

void sim_world_advance(struct sim_world *w, int64_t ms)
{
    w->clock.offset_ms += ms;
}

int sim_world_start(struct sim_world *w, const struct sim_choice *choice)
{
    struct sim_device *devices[SIM_DEVICES];
    *w = (struct sim_world){ .clock = { .base = { boot_ms, wall_ms } },
                             .is_fast = choice->is_fast,
                             .persons = choice->persons,
                             .watch = { w, moved } };
    int r = make_devices(w, choice);
    for (size_t i = 0; !r && i < SIM_DEVICES; i++)
        devices[i] = sim_world_device(w, i);
    if (!r)
        r = usbip_server_new(&w->server, devices, SIM_DEVICES, choice->port, &w->clock.base);
    if (!r)
        usbip_server_watch(w->server, &w->watch);
    if (!r && choice->style == SIM_READER_SERIAL)
        r = sim_world_plug_reader(w, true);
    if (!r && choice->county)
        r = relay_new(&w->relay, choice->county);
    if (!r)
        r = slip_drawer_new(&w->drawer, choice->out);
    return r;
}

void sim_world_end(struct sim_world *w)
{
    usbip_server_free(w->server); /* before the devices it serves */
    scenario_free(w->scenario);
    relay_free(w->relay);
    slip_drawer_free(w->drawer);
    sim_serial_free(w->line);
    sim_reader_free(w->reader);
    sim_printer_free(w->printer);
    sim_keypad_free(w->keypad);
    sim_scanner_free(w->scanner);
    sim_keyboard_free(w->keyboard);
    *w = (struct sim_world){ 0 };
}

int sim_world_work(struct sim_world *w)
{
    int64_t now = sim_world_now_ms(w), due = sim_printer_work(w->printer, now);
    return due < 0 ? -1 : due > now ? (int)(due - now) : 0;
}

void sim_world_collect(struct sim_world *w)
{
    if (slip_drawer_collect(w->drawer, w->printer))
        log_line(LOG_WARNING, "sim", "a slip could not be kept");
}
