#include "board/host/sim/keypad_model.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS = 10, JACK_IN = KEYS, JACK_OUT, CONTACTS, PLANNED_MAX = 128, QUEUE = 64 };
enum { ID_KEYBOARD = 1, ID_CONSUMER = 2, ID_PHONE = 3, PULSE_MS = 40, BOUNCE_MS = 3 };

static const char *const names[KEYS] = { "up",   "down",   "left", "right",  "select",
                                         "back", "repeat", "help", "louder", "softer" };

/* What each contact is in the report: a key of the keyboard page, or a bit of another report. */
struct contact {
    uint8_t report_id, code; /* key, or number of the bit */
};
static const struct contact layouts[2][CONTACTS] = {
    [SIM_KEYPAD_PLAIN] = { { ID_KEYBOARD, 0x52 },
                           { ID_KEYBOARD, 0x51 },
                           { ID_KEYBOARD, 0x50 },
                           { ID_KEYBOARD, 0x4f },
                           { ID_KEYBOARD, 0x28 },
                           { ID_KEYBOARD, 0x29 },
                           { ID_KEYBOARD, 0x4a },
                           { ID_CONSUMER, 2 },
                           { ID_CONSUMER, 0 },
                           { ID_CONSUMER, 1 },
                           { ID_PHONE, 0 },
                           { 0, 0 } },
    [SIM_KEYPAD_FUNCTIONS] = { { ID_KEYBOARD, 0x68 },
                               { ID_KEYBOARD, 0x69 },
                               { ID_KEYBOARD, 0x6c },
                               { ID_KEYBOARD, 0x6d },
                               { ID_KEYBOARD, 0x6e },
                               { ID_KEYBOARD, 0x6f },
                               { ID_KEYBOARD, 0x70 },
                               { ID_KEYBOARD, 0x71 },
                               { ID_KEYBOARD, 0x72 },
                               { ID_KEYBOARD, 0x73 },
                               { ID_KEYBOARD, 0x6a },
                               { ID_KEYBOARD, 0x6b } },
};

static const uint8_t
    descriptor[] = {
        0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x85, ID_KEYBOARD, /* keyboard: modifiers, 6 keys */
        0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00,        0x25,     0x01,
        0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01,        0x75,     0x08,
        0x81, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00,        0x26,     0xff,
        0x00, 0x05, 0x07, 0x19, 0x00, 0x29, 0xff, 0x81,        0x00,     0xc0,
        0x05, 0x0c, 0x09, 0x01, 0xa1, 0x01, 0x85, ID_CONSUMER, /* volume up, down, help */
        0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x03,        0x09,     0xe9,
        0x09, 0xea, 0x09, 0x95, 0x81, 0x02, 0x95, 0x05,        0x81,     0x03,
        0xc0, 0x05, 0x0b, 0x09, 0x05, 0xa1, 0x01, 0x85,        ID_PHONE, /* headset: hook switch */
        0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01,        0x09,     0x20,
        0x81, 0x02, 0x95, 0x07, 0x81, 0x03, 0xc0,
    };

struct planned {
    int64_t at_ms;
    size_t contact;
    bool is_down;
};

struct sim_keypad {
    struct sim_hid hid;
    enum sim_keypad_layout layout;
    bool is_closed[CONTACTS]; /* contacts */
    bool has_headphones, rolls_over, bounces;
    size_t planned_count;
    struct planned planned[PLANNED_MAX];
    size_t first, count; /* reports not fetched yet */
    struct {
        uint8_t bytes[9], length;
    } queue[QUEUE];
};

/* ---- reports ------------------------------------------------------------------------- */

static int write_report(const struct sim_keypad *k, uint8_t id, uint8_t report[SIM_HID_REPORT])
{
    int length = id == ID_KEYBOARD ? 9 : 2, keys = 0;
    memset(report, 0, SIM_HID_REPORT);
    report[0] = id;
    for (size_t i = 0; i < CONTACTS; i++) {
        const struct contact *c = &layouts[k->layout][i];
        if (!k->is_closed[i] || c->report_id != id)
            continue;
        if (id == ID_KEYBOARD && keys < 6)
            report[3 + keys++] = c->code;
        else if (id != ID_KEYBOARD)
            report[1] |= (uint8_t)(1u << c->code);
    }
    if (id == ID_KEYBOARD && k->rolls_over)
        memset(report + 3, 0x01, 6); /* ErrorRollOver */
    return length;
}

static void report(struct sim_keypad *k, uint8_t id)
{
    uint8_t bytes[SIM_HID_REPORT];
    if (!k->hid.device.is_plugged)
        return;            /* no power */
    if (k->count == QUEUE) /* as a device with little memory: the oldest is lost */
        k->first = (k->first + 1) % QUEUE, k->count--;
    size_t at = (k->first + k->count++) % QUEUE;
    k->queue[at].length = (uint8_t)write_report(k, id, bytes);
    memcpy(k->queue[at].bytes, bytes, sizeof(k->queue[at].bytes));
}

static void move(struct sim_keypad *k, size_t contact, bool is_down)
{
    uint8_t id = layouts[k->layout][contact].report_id;
    if (k->is_closed[contact] == is_down || !id)
        return;
    k->is_closed[contact] = is_down;
    report(k, id);
}

/* ---- plans --------------------------------------------------------------------------- */

static bool plan(struct sim_keypad *k, size_t contact, bool is_down, int64_t at_ms)
{
    if (k->planned_count == PLANNED_MAX)
        return false;
    size_t at = k->planned_count++;
    for (; at && k->planned[at - 1].at_ms > at_ms; at--)
        k->planned[at] = k->planned[at - 1];
    k->planned[at] = (struct planned){ at_ms, contact, is_down };
    return true;
}

static bool plan_edge(struct sim_keypad *k, size_t contact, bool is_down, int64_t at_ms)
{
    bool is_well = plan(k, contact, is_down, at_ms);
    for (int i = 1; i <= 2 && is_well && k->bounces; i++)
        is_well = plan(k, contact, !is_down, at_ms + (2 * i - 1) * BOUNCE_MS) &&
                  plan(k, contact, is_down, at_ms + 2 * i * BOUNCE_MS);
    return is_well;
}

void sim_keypad_tick(struct sim_keypad *k, int64_t now_ms)
{
    size_t done = 0;
    for (; done < k->planned_count && k->planned[done].at_ms <= now_ms; done++)
        move(k, k->planned[done].contact, k->planned[done].is_down);
    k->planned_count -= done;
    memmove(k->planned, k->planned + done, k->planned_count * sizeof(k->planned[0]));
}

static int next(void *owner, uint8_t out[SIM_HID_REPORT], int64_t now_ms)
{
    struct sim_keypad *k = owner;
    sim_keypad_tick(k, now_ms);
    if (!k->count)
        return SIM_NAK;
    int length = k->queue[k->first].length;
    memcpy(out, k->queue[k->first].bytes, (size_t)length);
    k->first = (k->first + 1) % QUEUE;
    k->count--;
    return length;
}

static int level(void *owner, uint8_t id, uint8_t out[SIM_HID_REPORT])
{
    return id >= ID_KEYBOARD && id <= ID_PHONE ? write_report(owner, id, out) : SIM_STALL;
}

static int64_t due(void *owner, int64_t now_ms)
{
    const struct sim_keypad *k = owner;
    if (k->count)
        return now_ms;
    return k->planned_count ? k->planned[0].at_ms : -1;
}

/* It lives from the cable: fingers and the plug stay where they are, everything else is forgotten. */
static void plugged(struct sim_device *d, bool is_plugged, int64_t now_ms)
{
    struct sim_keypad *k = ((struct sim_hid *)d->model)->owner;
    (void)is_plugged;
    sim_keypad_tick(k, now_ms);
    k->first = k->count = 0;
}

/* ---- life ---------------------------------------------------------------------------- */

struct sim_keypad *sim_keypad_new(enum sim_keypad_layout layout)
{
    struct sim_keypad *k = calloc(1, sizeof(*k));
    if (!k)
        return NULL;
    bool is_plain = layout == SIM_KEYPAD_PLAIN;
    const struct sim_hid_about about = { .vendor = is_plain ? 0x0483 : 0x2047,
                                         .product = is_plain ? 0x5750 : 0x09d0,
                                         .maker = "OneTrip",
                                         .name = "Simulated tactile keypad",
                                         .is_keyboard = true,
                                         .descriptor = descriptor,
                                         .descriptor_length = sizeof(descriptor) };
    k->layout = layout;
    sim_hid_init(&k->hid, &about);
    k->hid.owner = k;
    k->hid.next = next;
    k->hid.level = level;
    k->hid.due = due;
    k->hid.device.plugged = plugged;
    return k;
}

void sim_keypad_free(struct sim_keypad *k)
{
    free(k);
}

struct sim_device *sim_keypad_device(struct sim_keypad *k)
{
    return &k->hid.device;
}

/* ---- fingers ------------------------------------------------------------------------- */

const char *sim_keypad_key(size_t i)
{
    return i < KEYS ? names[i] : NULL;
}

static size_t find_key(const char *key)
{
    size_t i = 0;
    while (i < KEYS && strcmp(names[i], key))
        i++;
    return i;
}

bool sim_keypad_press(struct sim_keypad *k, const char *key, int for_ms, int64_t now_ms)
{
    size_t i = find_key(key);
    sim_keypad_tick(k, now_ms);
    return i < KEYS && plan_edge(k, i, true, now_ms) &&
           (!for_ms || plan_edge(k, i, false, now_ms + for_ms));
}

bool sim_keypad_let_go(struct sim_keypad *k, const char *key, int64_t now_ms)
{
    size_t i = find_key(key);
    return i < KEYS && plan_edge(k, i, false, now_ms);
}

bool sim_keypad_is_down(const struct sim_keypad *k, const char *key)
{
    size_t i = find_key(key);
    return i < KEYS && k->is_closed[i];
}

void sim_keypad_headphones(struct sim_keypad *k, bool are_in, int64_t now_ms)
{
    size_t contact = are_in ? JACK_IN : JACK_OUT;
    if (k->has_headphones == are_in)
        return;
    k->has_headphones = are_in;
    if (k->layout == SIM_KEYPAD_PLAIN) {
        (void)plan(k, JACK_IN, are_in, now_ms);
    } else {
        (void)plan(k, contact, true, now_ms);
        (void)plan(k, contact, false, now_ms + PULSE_MS);
    }
}

bool sim_keypad_has_headphones(const struct sim_keypad *k)
{
    return k->has_headphones;
}

bool sim_keypad_fault(struct sim_keypad *k, const char *name)
{
    bool is_none = !strcmp(name, "none");
    if (!strcmp(name, "rollover"))
        k->rolls_over = true;
    else if (!strcmp(name, "bounce"))
        k->bounces = true;
    else if (!sim_hid_fault(&k->hid, name))
        return false;
    if (is_none)
        k->rolls_over = k->bounces = false;
    if (is_none || !strcmp(name, "rollover"))
        report(k, ID_KEYBOARD);
    return true;
}

uint64_t sim_keypad_reports(const struct sim_keypad *k)
{
    return k->hid.given;
}
