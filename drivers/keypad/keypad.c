#include "drivers/keypad/keypad.h"

#include <stdlib.h>

#include "drivers/hid/input.h"
#include "drivers/hid/report.h"
#include "firmware/base/log.h"

enum {
    INTERFACES_MAX = 3,
    TURN_MS = 20,       /* one look at one of several interfaces */
    REPORTS_MOST = 400, /* in a second */
};

struct keypad {
    const struct keypad_model *model;
    const struct clock *clock;
    size_t count, turn;
    struct hid_input *inputs[INTERFACES_MAX];
    struct hid_held held[INTERFACES_MAX];
    struct keypad_keys keys;
    struct hid_pace pace;
    unsigned noise;
    bool is_over;
};

static bool is_keypad(const struct usb_info *info)
{
    return keypad_model_of(info) != NULL;
}

int keypad_find(struct usb_info *out, struct usb_bus *bus)
{
    return hid_find(out, bus, is_keypad);
}

/* ---- opening ------------------------------------------------------------------------- */

static bool has_keys(const struct hid_map *map, const void *context)
{
    const struct keypad_model *model = context;
    for (const struct keypad_row *r = model->rows; r->usage; r++)
        if (hid_has_usage(map, r->usage))
            return true;
    return false;
}

static int64_t now(const struct keypad *k)
{
    return k->clock->boot_ms(k->clock);
}

static void take_report(struct keypad *k, size_t i, const uint8_t *report, size_t length)
{
    struct hid_change changes[HID_CHANGES_MAX];
    size_t count;
    int64_t at = now(k);
    if (hid_held_take(&k->held[i], changes, &count, hid_input_map(k->inputs[i]), report, length)) {
        k->noise++;
        return;
    }
    for (size_t c = 0; c < count; c++)
        keypad_keys_take(&k->keys, changes[c].usage, changes[c].is_down, at);
}

/* A plug that is in the jack already, and a key that is held already, are told only when asked. */
static void ask_levels(struct keypad *k, size_t i)
{
    const struct hid_map *map = hid_input_map(k->inputs[i]);
    uint8_t report[HID_REPORT_BYTES_MAX];
    size_t length;
    for (size_t n = 0; n < map->report_count; n++)
        if (!hid_ask(k->inputs[i], map->reports[n].id, report, &length))
            take_report(k, i, report, length);
}

int keypad_open(struct keypad **out, struct usb_bus *bus, const struct usb_info *info,
                const struct keypad_timing *timing, const struct clock *clock)
{
    const struct keypad_model *model = keypad_model_of(info);
    unsigned from = 0;
    int r = 0;
    if (!model)
        return fault_raise(-EINVAL);
    AUTO(keypad_close) struct keypad *k = calloc(1, sizeof(*k));
    if (!k)
        return fault_raise(-ENOMEM);
    k->model = model;
    k->clock = clock;
    keypad_keys_start(&k->keys, model->rows, timing);
    while (k->count < INTERFACES_MAX &&
           !(r = hid_open_wanted(&k->inputs[k->count], bus, info, &from, has_keys, model)))
        ask_levels(k, k->count++);
    if (r == USB_E_GONE || !k->count)
        return r;
    *out = TAKE(k);
    return 0;
}

void keypad_close(struct keypad *k)
{
    if (!k)
        return;
    for (size_t i = 0; i < k->count; i++)
        hid_close(k->inputs[i]);
    free(k);
}

const struct keypad_model *keypad_model(const struct keypad *k)
{
    return k->model;
}

unsigned keypad_noise(const struct keypad *k)
{
    return k->noise;
}

/* ---- steps --------------------------------------------------------------------------- */

static void end(struct keypad *k)
{
    keypad_keys_release(&k->keys);
    k->is_over = true;
}

/* One look at one interface. */
static void look(struct keypad *k, size_t i, int wait_ms)
{
    uint8_t report[HID_REPORT_BYTES_MAX];
    size_t length;
    int r = hid_read(k->inputs[i], report, &length, wait_ms);
    if (r == USB_E_TIMEOUT)
        return;
    if (r && r != HID_E_NOISE) {
        end(k);
        return;
    }
    /* Twenty hands together do not make so many reports: the cable or the electronics is broken. */
    if (hid_pace_exceeds(&k->pace, now(k), REPORTS_MOST)) {
        log_line(LOG_WARNING, "keypad", "it never stops talking: closed");
        end(k);
        return;
    }
    if (r)
        k->noise++;
    else
        take_report(k, i, report, length);
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

enum keypad_event keypad_step(struct keypad *k, int wait_ms)
{
    int64_t deadline = now(k) + wait_ms;
    for (bool is_last = false;;) {
        enum keypad_event event = keypad_keys_next(&k->keys);
        if (event != KEYPAD_NOTHING)
            return event;
        if (k->is_over)
            return KEYPAD_GONE;
        if (is_last)
            return KEYPAD_NOTHING;
        int64_t left = deadline - now(k), due = keypad_keys_due_ms(&k->keys);
        is_last = left <= 0;
        if (due >= 0)
            left = least(left, due - now(k));
        if (k->count > 1)
            left = least(left, TURN_MS);
        look(k, k->turn++ % k->count, left > 0 ? (int)left : 0);
        keypad_keys_tick(&k->keys, now(k));
    }
}
