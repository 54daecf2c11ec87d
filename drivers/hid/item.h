/* The items of a report descriptor (HID 1.11, 6.2.2.1 to 6.2.2.3). */
#pragma once

#include "drivers/hid/descriptor.h"

enum { TYPE_MAIN = 0, TYPE_GLOBAL = 1, TYPE_LOCAL = 2, TYPE_RESERVED = 3 };

struct hid_item {
    uint8_t type, tag, size; /* size: bytes of data, 0, 1, 2 or 4 */
    uint32_t value;
};

/* Takes one item from *at (before `end`). A long item comes out as reserved: none has been defined. False: cut short. */
bool hid_item_next(struct hid_item *out, const uint8_t **at, const uint8_t *end);
int32_t hid_item_signed(const struct hid_item *i);
