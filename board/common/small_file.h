/* Small files of a folder that is a program's own, each replaced as a whole and durably. Any thread; blocks for as long as the medium
 * does. */
#pragma once

#include "firmware/base/json.h"
#include <stdbool.h>
#include <stddef.h>

#include "firmware/base/bytes.h"

/* At most `most` bytes of a regular file, appended. 0 or a negative errno (-EFBIG, -ELOOP: a link). */
NODISCARD int small_file_read(struct bytes *out, const char *folder, const char *name, size_t most);
NODISCARD int small_file_put(const char *folder, const char *name, const char *text);
/* The same of JSON; takes `o`. */
NODISCARD int small_file_write(const char *folder, const char *name, json_t *o);
/* One that is not there is gone already. */
NODISCARD int small_file_drop(const char *folder, const char *name);
bool small_file_is_there(const char *folder, const char *name);
