#include "board/host/sim/commands_inside.h"

#include <stdio.h>
#include <string.h>

#include "board/host/sim/control.h"
#include "board/host/sim/person_file.h"

struct command {
    const char *name;
    sim_command *run;
    const char *keys[4]; /* besides "do" */
};

/* ---- cards --------------------------------------------------------------------------- */

static void load_card(struct sim_world *w, const char *file, uint8_t text[CARD_TEXT_BYTES],
                      struct json_reader *r)
{
    char path[2 * SIM_PATH_BYTES], complaint[JSON_COMPLAINT];
    if (strchr(file, '/'))
        snprintf(path, sizeof(path), "%s", file);
    else if (w->persons &&
             (size_t)snprintf(path, sizeof(path), "%s/%s", w->persons, file) < sizeof(path))
        ;
    else
        json_complain(r, "there is no folder of persons: say a path");
    if (json_is_clean(r) && person_file_load(text, path, complaint))
        json_complain(r, "%s", complaint);
    if (json_is_clean(r))
        snprintf(w->card, sizeof(w->card), "%.127s", file);
}

static json_t *tap_card(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    uint8_t text[CARD_TEXT_BYTES] = { 0 };
    char complaint[JSON_COMPLAINT];
    const json_t *card = json_object_get(request, "card");
    const char *person = json_want_string(r, request, "person", SIM_PATH_BYTES, "");
    if (json_is_clean(r) && !card == !*person)
        json_complain(r, "tap-card needs either person or card");
    else if (json_is_clean(r) && !card)
        load_card(w, person, text, r);
    else if (json_is_clean(r) && person_file_parse(text, card, complaint))
        json_complain(r, "card: %s", complaint);
    else if (json_is_clean(r))
        snprintf(w->card, sizeof(w->card), "(inline)");
    if (json_is_clean(r))
        sim_reader_put_card(w->reader, text);
    explicit_bzero(text, sizeof(text));
    return NULL;
}

static json_t *lift_card(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    (void)request, (void)r;
    sim_reader_lift(w->reader);
    w->card[0] = 0;
    return NULL;
}

/* ---- paper --------------------------------------------------------------------------- */

static const char *const paper_names[] = { "ok", "near-end", "end" };

static json_t *set_paper(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    const char *state = json_need_string(r, request, "state", SIM_NAME_BYTES);
    for (int i = 0; json_is_clean(r) && i < 3; i++)
        if (!strcmp(state, paper_names[i])) {
            w->paper = (enum sim_paper)i;
            sim_printer_paper(w->printer, w->paper);
            return NULL;
        }
    json_complain(r, "state: must be ok, near-end or end");
    return NULL;
}

static json_t *set_cover(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    if (!json_is_boolean(json_object_get(request, "open")))
        json_complain(r, "open: must be true or false");
    else
        sim_printer_cover(w->printer,
                          w->is_cover_open = json_is_true(json_object_get(request, "open")));
    return NULL;
}

static json_t *set_speed(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    int64_t mm_per_s = json_need_integer(r, request, "mm_per_s", 0, 1000);
    if (json_is_clean(r))
        sim_printer_speed(w->printer, (unsigned)mm_per_s);
    return NULL;
}

/* ---- cables and faults --------------------------------------------------------------- */

static size_t read_device(const json_t *request, struct json_reader *r)
{
    const char *device = json_need_string(r, request, "device", SIM_NAME_BYTES);
    for (size_t i = 0; i < SIM_DEVICES; i++)
        if (!strcmp(device, sim_device_name(i)))
            return i;
    json_complain(r, "device: must be reader, printer, keypad, scanner or keyboard");
    return SIM_READER_INDEX;
}

static void set_plug(struct sim_world *w, const json_t *request, bool is_plugged,
                     struct json_reader *r)
{
    size_t device = read_device(request, r);
    if (!json_is_clean(r))
        return;
    if (device != SIM_READER_INDEX)
        usbip_server_plug(w->server, device, is_plugged);
    else if (sim_world_plug_reader(w, is_plugged))
        json_complain(r, "the reader's line cannot be made");
}

static json_t *plug(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    set_plug(w, request, true, r);
    return NULL;
}

static json_t *unplug(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    set_plug(w, request, false, r);
    return NULL;
}

static bool make_fault(struct sim_world *w, size_t device, const char *name, int64_t at)
{
    switch (device) {
    case SIM_READER_INDEX:
        return sim_reader_fault(w->reader, name, (unsigned)at);
    case SIM_PRINTER_INDEX:
        return sim_printer_fault(w->printer, name, (uint32_t)at);
    case SIM_KEYPAD_INDEX:
        return sim_keypad_fault(w->keypad, name);
    case SIM_SCANNER_INDEX:
        return sim_scanner_fault(w->scanner, name);
    default:
        return false;
    }
}

static json_t *fault(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    size_t device = read_device(request, r);
    const char *name = json_need_string(r, request, "name", SIM_NAME_BYTES);
    int64_t at = json_want_integer(r, request, "at", 0, SIM_COUNT_MAX, 0);
    if (!json_is_clean(r))
        return NULL;
    if (!make_fault(w, device, name, at))
        json_complain(r, "name: the %s has no such fault", sim_device_name(device));
    else
        snprintf(w->faults[device], SIM_FAULT_NAME, "%.31s", name);
    return NULL;
}

static json_t *set_power(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    const json_t *on = json_object_get(request, "on");
    if (!json_is_boolean(on))
        json_complain(r, "on: must be true or false");
    else
        (void)sim_printer_fault(w->printer, json_is_true(on) ? "none" : "power-off", 0);
    return NULL;
}

static json_t *set_language(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    const char *to = json_need_string(r, request, "to", SIM_NAME_BYTES);
    if (json_is_clean(r) && strcmp(to, "en") && strcmp(to, "zh"))
        json_complain(r, "to: must be zh or en");
    else if (json_is_clean(r))
        w->is_english = !strcmp(to, "en");
    return NULL;
}

static json_t *set_link(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    if (!w->relay)
        json_complain(r, "there is no cable to a county (--county)");
    else if (!json_is_boolean(json_object_get(request, "up")))
        json_complain(r, "up: must be true or false");
    else
        relay_plug(w->relay, json_is_true(json_object_get(request, "up")));
    return NULL;
}

/* ---- looking ------------------------------------------------------------------------- */

static json_t *printed(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    size_t from = (size_t)json_want_integer(r, request, "from", 0, SIM_COUNT_MAX, 0);
    bool with_raw = json_want_bool(r, request, "raw", true);
    if (!json_is_clean(r))
        return NULL;
    sim_world_collect(w);
    return json_pack("{so}", "slips", slip_drawer_list(w->drawer, w->printer, from, with_raw));
}

static json_t *state(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    (void)request, (void)r;
    sim_world_collect(w);
    json_t *said = json_pack(
        "{sb ss sb ss sb sI sI sI ss sI sI sI sI}", "link", w->relay && relay_is_plugged(w->relay),
        "card", w->card, "has_card", sim_reader_has_card(w->reader), "paper", paper_names[w->paper],
        "cover_open", w->is_cover_open, "slips", (json_int_t)slip_drawer_count(w->drawer),
        "uncut_rows", (json_int_t)sim_printer_uncut_rows(w->printer), "violations",
        (json_int_t)sim_printer_violations(w->printer), "violation",
        sim_printer_violation(w->printer), "printer_taken",
        (json_int_t)sim_printer_taken(w->printer), "reader_reads",
        (json_int_t)sim_reader_reads(w->reader), "reader_last_in_us",
        (json_int_t)w->reader_last_in_us, "printer_first_out_us",
        (json_int_t)w->printer_first_out_us);
    for (size_t i = 0; said && i < SIM_DEVICES; i++)
        json_object_set_new(said, sim_device_name(i),
                            json_boolean(sim_world_device(w, i)->is_plugged));
    if (said) {
        sim_reader_state(said, w);
        sim_input_state(said, w);
        sim_scenario_state(said, w);
    }
    return said;
}

static json_t *quit(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    (void)request, (void)r;
    w->is_over = true;
    return NULL;
}

/* ---- all of them --------------------------------------------------------------------- */

static const struct command commands[] = {
    { "tap-card", tap_card, { "person", "card" } },
    { "lift-card", lift_card, { NULL } },
    { "reader-style", sim_do_reader_style, { "style", "rate" } },
    { "paper", set_paper, { "state" } },
    { "cover", set_cover, { "open" } },
    { "speed", set_speed, { "mm_per_s" } },
    { "plug", plug, { "device" } },
    { "unplug", unplug, { "device" } },
    { "fault", fault, { "device", "name", "at" } },
    { "power", set_power, { "on" } },
    { "link", set_link, { "up" } },
    { "keypad", sim_do_keypad, { "act", "key", "ms" } },
    { "headphones", sim_do_headphones, { "in" } },
    { "scan", sim_do_scan, { "text" } },
    { "type", sim_do_type, { "text" } },
    { "scenario", sim_do_scenario, { "file" } },
    { "line", sim_do_line, { "line" } },
    { "advance", sim_do_advance, { "ms" } },
    { "picture", sim_do_picture, { "file" } },
    { "language", set_language, { "to" } },
    { "printed", printed, { "from", "raw" } },
    { "state", state, { NULL } },
    { "quit", quit, { NULL } },
};

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (!strcmp(commands[i].name, name))
            return &commands[i];
    return NULL;
}

json_t *sim_world_do(struct sim_world *w, const json_t *request)
{
    struct json_reader r = { 0 };
    const char *name = json_need_string(&r, request, "do", SIM_NAME_BYTES);
    const struct command *c = find_command(name);
    if (!c)
        json_complain(
            &r,
            "do: there is no command of this name"); /* unless it is known already what is wrong */
    json_t *says = NULL;
    if (c && json_is_clean(&r)) {
        const char *keys[] = { "do", c->keys[0], c->keys[1], c->keys[2], NULL };
        json_no_others(&r, request, keys);
        says = json_is_clean(&r) ? c->run(w, request, &r) : NULL;
    }
    if (!json_is_clean(&r))
        return control_refusal(r.complaint);
    json_t *reply = says ? says : json_object();
    if (reply)
        json_object_set_new(reply, "ok", json_true());
    return reply;
}
