/* What comes over a line of the bench: whole, and big-endian. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* False: the line ended before. */
bool wire_read(int fd, uint8_t *data, size_t length);
uint32_t wire_u32(const uint8_t *p);
