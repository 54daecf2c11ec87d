/* devices: everything that is plugged in, how it is, and why it does not work; once, or watched. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "drivers/idcard/connection.h"
#include "drivers/idcard/models.h"
#include "drivers/keypad/models.h"
#include "drivers/printer/cause.h"
#include "drivers/printer/printer.h"
#include "drivers/scanner/scanner.h"
#include "firmware/base/json.h"
#include "firmware/ctl/inside.h"

enum { WATCH_MS = 1000 };

/* ---- the list ------------------------------------------------------------------------ */

/* One device; by its ids where another program holds it, since a device in use may show no interfaces. */
static json_t *device_json(struct usb_bus *bus, const struct usb_info *info)
{
    char id[10];
    uint8_t interface;
    const char *kind = "other";
    json_t *o;
    if (sdt_find_model(info->vendor, info->product)) {
        kind = "id-reader";
        o = ctl_reader_json(bus, info);
    } else if (keypad_model_of(info)) {
        kind = "keypad";
        o = ctl_keypad_json(bus, info);
    } else if (scanner_model_of(info)) {
        kind = "scanner";
        o = ctl_scanner_json(bus, info);
    } else if (printer_is(info, &interface)) {
        kind = "printer";
        o = ctl_printer_json(bus, info, interface);
    } else {
        const char *state = info->interface_count ? "" : "in use";
        o = json_pack("{ss, ss, ss}", "state", state, "cause", "not-ours", "says", "");
    }
    snprintf(id, sizeof(id), "%04x:%04x", info->vendor, info->product);
    json_object_set_new(o, "id", json_string(id));
    json_object_set_new(o, "path", json_string(info->path));
    json_object_set_new(o, "kind", json_string(kind));
    return o;
}

json_t *ctl_list_devices(struct usb_bus *bus)
{
    struct usb_info all[CTL_DEVICES];
    size_t count = 0;
    int r = usb_list(bus, all, CTL_DEVICES, &count);
    if (r) {
        ctl_fail("devices cannot be listed: %s", strerror(-r));
        return NULL;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, device_json(bus, &all[i]));
    return list;
}

static bool has_kind(const json_t *list, const char *kind)
{
    size_t i;
    json_t *device;
    json_array_foreach(list, i, device)
    {
        if (!strcmp(json_text_at(device, "kind"), kind))
            return true;
    }
    return false;
}

/* What a kiosk cannot do without, and what it would be better with. */
static json_t *missing_json(const json_t *list)
{
    char room[240];
    json_t *missing = json_object();
    if (!has_kind(list, "id-reader"))
        json_object_set_new(missing, "id-reader",
                            json_string(reader_cause_sentence(READER_NOT_FOUND)));
    if (!has_kind(list, "printer"))
        json_object_set_new(missing, "printer",
                            json_string(printer_cause_sentence(PRINTER_CAUSE_OFF)));
    if (!has_kind(list, "keypad"))
        json_object_set_new(missing, "keypad",
                            json_string(ctl_cause_sentence(room, "keypad", CTL_NOT_FOUND)));
    if (!has_kind(list, "scanner"))
        json_object_set_new(missing, "scanner",
                            json_string(ctl_cause_sentence(room, "scanner", CTL_NOT_FOUND)));
    return missing;
}

/* ---- showing it ---------------------------------------------------------------------- */

static void print_list(const json_t *list, json_t *missing)
{
    size_t i;
    const char *kind;
    json_t *device, *sentence;
    json_array_foreach(list, i, device)
    {
        printf("%-8s %-10s %-10s %s\n", json_text_at(device, "path"), json_text_at(device, "id"),
               json_text_at(device, "kind"), json_text_at(device, "state"));
        if (*json_text_at(device, "says"))
            printf("         %s\n", json_text_at(device, "says"));
    }
    json_object_foreach(missing, kind, sentence)
    {
        printf("%-8s %-10s %-10s %s\n", "-", "-", kind, "missing");
        printf("         %s\n", json_string_value(sentence));
    }
}

/* The lists as one value; NULL after a failure. */
static json_t *look(struct usb_bus *bus)
{
    json_t *list = ctl_list_devices(bus);
    return list ? json_pack("{so, so}", "devices", list, "missing", missing_json(list)) : NULL;
}

static void show(const struct ctl *c, json_t *all)
{
    if (c->is_json)
        ctl_print_json(json_incref(all));
    else
        print_list(json_object_get(all, "devices"), json_object_get(all, "missing"));
    fflush(stdout);
}

int ctl_devices(const struct ctl *c, const char *argument)
{
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    (void)argument;
    if (ctl_open_bus(&bus, c))
        return 1;
    AUTO(json_release) json_t *all = look(bus);
    if (!all)
        return 1;
    show(c, all);
    return 0;
}

/* Until interrupted, or for --wait ms when that was given: shown anew whenever something has changed. */
int ctl_devices_watch(const struct ctl *c, const char *argument)
{
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    AUTO(json_release) json_t *shown = NULL;
    int64_t end = ctl_now_ms() + c->wait_ms;
    (void)argument;
    if (ctl_open_bus(&bus, c))
        return 1;
    for (;;) {
        AUTO(json_release) json_t *all = look(bus);
        if (!all)
            return 1;
        if (!json_equal(all, shown)) {
            if (!c->is_json && isatty(STDOUT_FILENO))
                fputs("\033[H\033[2J", stdout);
            else if (!c->is_json && shown)
                puts("");
            show(c, all);
            json_decref(shown);
            shown = json_incref(all);
        }
        if (c->has_wait && ctl_now_ms() >= end)
            return 0;
        ctl_pause_ms(WATCH_MS);
    }
}
