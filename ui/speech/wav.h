/* A recording as a sound program saves it: RIFF with its chunks in any order and others among them (Multimedia Programming
 * Interface and Data Specifications 1.0, WAVE). Pure; any thread. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

enum {
    WAV_RATE_HZ = 22050,
    WAV_LONGEST_S = 30,
    WAV_BYTES_MAX = WAV_LONGEST_S * WAV_RATE_HZ * 2 + 64 * 1024
};

/* Where the samples lie in a whole file: mono, 16 bits little endian, WAV_RATE_HZ, PCM, at most 30 s. `*bytes` is even and lies
 * inside of the file. 0, or -EINVAL: cut off, or of another kind. */
NODISCARD int wav_find_samples(size_t *offset, size_t *bytes, const uint8_t *file, size_t length);
