#include "board/host/sim/typist.h"

#include <stdlib.h>
#include <string.h>

enum { CONTROL = 0x01, SHIFT = 0x02, KEY_A = 0x04, KEY_1 = 0x1e, KEY_ENTER = 0x28, TYPED = 256 };

const uint8_t typist_descriptor[] = {
    0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01,
    0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x05, 0x75, 0x01,
    0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91, 0x02, 0x95, 0x01, 0x75, 0x03, 0x91, 0x01, 0x95, 0x06,
    0x75, 0x08, 0x15, 0x00, 0x26, 0xff, 0x00, 0x05, 0x07, 0x19, 0x00, 0x29, 0xff, 0x81, 0x00, 0xc0,
};
const size_t typist_descriptor_length = sizeof(typist_descriptor);

void typist_keys(uint8_t byte, uint8_t report[TYPIST_REPORT])
{
    /* From 2C space to 38 slash; 32 is the same key as 31 in another layout. */
    static const char plain[] = " -=[]\\\n;'`,./", shifted[] = " _+{}|\n:\"~<>?",
                      above[] = "!@#$%^&*()";
    char c = (char)byte;
    const char *at;
    memset(report, 0, TYPIST_REPORT);
    if (c >= 'a' && c <= 'z') {
        report[2] = (uint8_t)(KEY_A + c - 'a');
    } else if (c >= 'A' && c <= 'Z') {
        report[0] = SHIFT;
        report[2] = (uint8_t)(KEY_A + c - 'A');
    } else if (c >= '0' && c <= '9') {
        report[2] = (uint8_t)(c == '0' ? KEY_1 + 9 : KEY_1 + c - '1');
    } else if (c == '\n') {
        report[2] = KEY_ENTER;
    } else if (byte && (at = strchr(above, c))) {
        report[0] = SHIFT;
        report[2] = (uint8_t)(KEY_1 + (at - above));
    } else if (byte && (at = strchr(plain, c))) {
        report[2] = (uint8_t)(0x2c + (at - plain));
    } else if (byte && (at = strchr(shifted, c))) {
        report[0] = SHIFT;
        report[2] = (uint8_t)(0x2c + (at - shifted));
    } else {
        report[0] = CONTROL;
        report[2] = KEY_A;
    }
}

/* ---- a keyboard that does not belong here -------------------------------------------- */

struct sim_keyboard {
    struct sim_hid hid;
    size_t length, at;
    bool is_up_next;
    char text[TYPED];
};

static int next(void *owner, uint8_t report[SIM_HID_REPORT], int64_t now_ms)
{
    struct sim_keyboard *k = owner;
    (void)now_ms;
    memset(report, 0, SIM_HID_REPORT);
    if (k->is_up_next) {
        k->is_up_next = false;
        return TYPIST_REPORT;
    }
    if (k->at == k->length)
        return SIM_NAK;
    typist_keys((uint8_t)k->text[k->at++], report);
    k->is_up_next = true;
    return TYPIST_REPORT;
}

static int64_t due(void *owner, int64_t now_ms)
{
    const struct sim_keyboard *k = owner;
    return k->at < k->length || k->is_up_next ? now_ms : -1;
}

struct sim_keyboard *sim_keyboard_new(void)
{
    struct sim_keyboard *k = calloc(1, sizeof(*k));
    if (!k)
        return NULL;
    const struct sim_hid_about about = { .vendor = 0x046d,
                                         .product = 0xc31c,
                                         .maker = "Somebody",
                                         .name = "Keyboard",
                                         .is_keyboard = true,
                                         .descriptor = typist_descriptor,
                                         .descriptor_length = sizeof(typist_descriptor) };
    sim_hid_init(&k->hid, &about);
    k->hid.owner = k;
    k->hid.next = next;
    k->hid.due = due;
    k->hid.device.is_plugged = false; /* until somebody brings it */
    return k;
}

void sim_keyboard_free(struct sim_keyboard *k)
{
    free(k);
}

struct sim_device *sim_keyboard_device(struct sim_keyboard *k)
{
    return &k->hid.device;
}

void sim_keyboard_type(struct sim_keyboard *k, const char *text)
{
    k->length = strnlen(text, TYPED);
    memcpy(k->text, text, k->length);
    k->at = 0;
}

uint64_t sim_keyboard_reports(const struct sim_keyboard *k)
{
    return k->hid.given;
}
