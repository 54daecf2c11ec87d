/* Small files of the data folder: identity and keys, mode 0600, replaced as a whole or not at all. */
#pragma once

#include <stddef.h>

#include "firmware/base/bytes.h"

enum { SMALL_FILE_MAX = 64 * 1024 };

/* Appends the file to `out`. -ENOENT, -EFBIG, or another fault. */
NODISCARD int file_read(struct bytes *out, const char *folder, const char *name);
/* Write, flush, rename, flush the folder. */
NODISCARD int file_write(const char *folder, const char *name, const void *data, size_t length);
/* The same, and then zeros over what the old file held, for bytes that must not stay on the medium: one that writes in place has
 * forgotten them then, one that does not (flash behind its own controller) forgets them when it comes to it. */
NODISCARD int file_replace(const char *folder, const char *name, const void *data, size_t length);
