/* The bytes of an update on their way into a slot. Shared by slot_update.c alone. */
#pragma once

#include "board/common/bundle.h"
#include "firmware/base/bytes.h"
#include "firmware/base/json.h"

/* SHA-256 of a whole open file, its size and its first BUNDLE_HEAD bytes. 0 or a negative errno. */
NODISCARD int slot_sum(uint8_t sha256_of[SHA256_BYTES], int64_t *size, uint8_t head[BUNDLE_HEAD],
                       int fd);
/* One part of `bundle_fd` into the partition, flushed, and read back from the medium. 0, -EBADMSG (the bundle is not what
 * was summed up), -EIO (the medium does not keep it), -ENOSPC (the partition is too small), or another negative errno. */
NODISCARD int slot_fill(const char *folder, const char *partition, int bundle_fd,
                        const struct bundle_part *part);
