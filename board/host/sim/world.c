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

int sim_world_start(struct sim_world *w, const struct sim_choice *choice)
{
    *w = (struct sim_world){ .persons = choice->persons, .watch = { w, moved } };
    w->reader = sim_reader_new(choice->style);
    w->printer = sim_printer_new(WIDTH_DOTS);
    if (!w->reader || !w->printer)
        return fault_raise(-ENOMEM);
    struct sim_device *devices[] = { sim_reader_device(w->reader), sim_printer_device(w->printer) };
    int r = usbip_server_new(&w->server, devices, 2, choice->port, &system_clock);
    if (!r)
        usbip_server_watch(w->server, &w->watch);
    if (!r && choice->county)
        r = relay_new(&w->relay, choice->county);
    if (!r)
        r = slip_drawer_new(&w->drawer, choice->out);
    return r;
}

void sim_world_end(struct sim_world *w)
{
    usbip_server_free(w->server); /* before the devices it serves */
    relay_free(w->relay);
    slip_drawer_free(w->drawer);
    sim_reader_free(w->reader);
    sim_printer_free(w->printer);
    *w = (struct sim_world){ 0 };
}

void sim_world_collect(struct sim_world *w)
{
    if (slip_drawer_collect(w->drawer, w->printer))
        log_line(LOG_WARNING, "sim", "a slip could not be kept");
}
