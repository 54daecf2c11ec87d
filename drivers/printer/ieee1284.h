/* What a printer says about itself on endpoint 0 (USB Printer Class 1.1): GET_DEVICE_ID and GET_PORT_STATUS.
 * Pure functions over foreign bytes; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

/* Room for the answer to GET_DEVICE_ID; a length field beyond it is not believed. */
enum { IEEE1284_MAX = 1024, IEEE1284_TEXT = 64 };

/* NUL-terminated, printable ASCII (anything else shows as '?'), cut to fit, "" when missing. */
struct ieee1284 {
    char maker[IEEE1284_TEXT];    /* MFG or MANUFACTURER */
    char model[IEEE1284_TEXT];    /* MDL or MODEL */
    char commands[IEEE1284_TEXT]; /* CMD or COMMAND SET */
    char class[IEEE1284_TEXT];    /* CLS or CLASS */
    char serial[IEEE1284_TEXT];   /* SN, SERN or SERIALNUMBER */
};

enum ieee1284_outcome {
    IEEE1284_E_NONE = 1, /* no id: neither byte order gives a length from 14 to IEEE1284_MAX */
};

/* The answer to GET_DEVICE_ID: `arrived` bytes, the first two of them the length of all, big endian or, from some
 * firmware, little endian. Less than the length: what arrived is used. Keys are case-sensitive, blanks around them and
 * around values are ignored, the first of two equal keys counts.
 * 0 (`*out` filled), or IEEE1284_E_NONE (`*out` empty). */
NODISCARD int ieee1284_parse(struct ieee1284 *out, const uint8_t *answer, size_t arrived);

enum port_status { PORT_FINE, PORT_PAPER_EMPTY, PORT_ERROR, PORT_NOT_SELECTED };

/* GET_PORT_STATUS: bit 5 paper empty, bit 4 selected, bit 3 no error; not selected goes before paper, paper before error.
 * A hint only: many cheap printers answer with a constant. */
enum port_status port_status_of(uint8_t byte);
const char *port_status_word(enum port_status s); /* static text */
