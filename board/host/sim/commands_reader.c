/* The kinds of ID reader, and its two cables: USB, or a serial line. */
#include <string.h>
#include <time.h>

#include "board/host/sim/commands_inside.h"

enum { RATE = 115200, RATE_MAX = 115200 };

static int64_t real_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static bool is_serial(const struct sim_world *w)
{
    return !strcmp(sim_reader_style_name(w->reader), "serial");
}

int sim_world_plug_reader(struct sim_world *w, bool is_plugged)
{
    sim_serial_free(w->line);
    w->line = NULL;
    usbip_server_plug(w->server, SIM_READER_INDEX, is_plugged && !is_serial(w));
    if (!is_plugged || !is_serial(w))
        return 0;
    struct sim_device *d = sim_reader_device(w->reader);
    d->plugged(d, true, 0);
    return sim_serial_new(&w->line, w->reader, w->line_rate ? w->line_rate : RATE);
}

size_t sim_world_line_polls(const struct sim_world *w, struct pollfd polls[SIM_SERIAL_POLLS])
{
    return w->line ? sim_serial_polls(w->line, polls) : 0;
}

void sim_world_turn_line(struct sim_world *w)
{
    if (w->line && sim_serial_turn(w->line))
        w->reader_last_in_us = real_us();
}

json_t *sim_do_reader_style(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    enum sim_reader_style style = SIM_READER_SPLIT;
    const char *name = json_need_string(r, request, "style", SIM_NAME_BYTES);
    int64_t rate = json_want_integer(r, request, "rate", 0, RATE_MAX, RATE);
    if (json_is_clean(r) && !sim_reader_style_of(&style, name))
        json_complain(r, "style: must be split, single, hid or serial");
    if (!json_is_clean(r))
        return NULL;
    (void)!sim_world_plug_reader(w, false); /* nothing that could fail */
    sim_reader_set_style(w->reader, style);
    w->line_rate = (int)rate;
    if (sim_world_plug_reader(w, true))
        json_complain(r, "rate: must be 115200, 57600, 38400, 19200 or 9600");
    return NULL;
}

void sim_reader_state(json_t *state, const struct sim_world *w)
{
    json_object_set_new(state, "reader_style", json_string(sim_reader_style_name(w->reader)));
    json_object_set_new(state, "reader_line", json_string(w->line ? sim_serial_path(w->line) : ""));
    if (is_serial(w))
        json_object_set_new(state, "reader", json_boolean(w->line != NULL));
}
