/* A firmware bundle: what goes into one boot slot, in one file. The first 4096 bytes are JSON with zeros behind it; then the
 * image of the boot partition, then that of the root with its hash tree, each from a multiple of 4096 bytes:
 *
 *   {"type":"onetrip-bundle","version":1,"board":"virt-arm64","release":"1.4.0",
 *    "boot":{"bytes":100663296,"sha256":"<hex>"},"root":{"bytes":139264000,"sha256":"<hex>"}}
 *
 * The county signs the SHA-256 of the whole file (firmware/update/admit.h). The two sums inside say that what was written is
 * what was summed up, though the file lies where another program may change it in between. Pure. */
#pragma once

#include <stdint.h>

#include "firmware/seal/seal.h"
#include "firmware/update/manifest.h"

enum { BUNDLE_HEAD = 4096, BUNDLE_PARTS = 2 };
enum bundle_part_name { BUNDLE_BOOT, BUNDLE_ROOT };

struct bundle_part {
    int64_t at, bytes; /* in the file */
    uint8_t sha256[SHA256_BYTES];
};

struct bundle {
    char board[UPDATE_BOARD], release[UPDATE_VERSION];
    struct bundle_part parts[BUNDLE_PARTS];
};

/* 0, or -EBADMSG: no bundle, or one that does not fill its file of `size` bytes. */
NODISCARD int bundle_read(struct bundle *out, const uint8_t head[BUNDLE_HEAD], int64_t size);
