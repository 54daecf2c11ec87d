/* A contact sheet: many one-bit pages, a quarter of their size, side by side in grey. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

struct contact; /* body in contact.c */

NODISCARD int contact_new(struct contact **out, size_t columns);
void contact_free(struct contact *c);
AUTO_DEFINE(struct contact, contact_free)
/* Row by row, `columns` in each. 0 or -ENOMEM. */
NODISCARD int contact_add(struct contact *c, const uint8_t *bits, uint16_t width, uint32_t rows);
NODISCARD int contact_save(const struct contact *c, const char *path);
