/* Keypads this firmware opens, as data: which device, and what its usages mean. A new model is a row; a keyboard that is
 * not in the table is never opened, whoever plugs it in. */
#pragma once

#include "drivers/keypad/keys.h"
#include "drivers/usb/usb.h"

struct keypad_model {
    const char *name;
    uint16_t vendor, product;
    const struct keypad_row *rows;
};

/* NULL: not a keypad of ours. */
const struct keypad_model *keypad_model_of(const struct usb_info *info);
/* Row `i` of the table; NULL behind the last. For lists and tests. */
const struct keypad_model *keypad_model_at(size_t i);
