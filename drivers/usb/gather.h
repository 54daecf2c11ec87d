/* What an IN endpoint has sent and nobody has read yet: a ring, wiped as it is emptied. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

struct gather {
    uint8_t *data; /* USB_GATHER_MAX bytes */
    size_t first, used;
    bool has_lost; /* something did not fit: nothing more is kept until somebody has been told */
};

NODISCARD int gather_start(struct gather *g);
void gather_end(struct gather *g); /* wipes */
void gather_put(struct gather *g, const uint8_t *data, size_t length);
/* At most `size` of the oldest bytes; returns how many. */
size_t gather_take(struct gather *g, uint8_t *out, size_t size);
/* Forget everything, the loss too. */
void gather_empty(struct gather *g);
