#include "ui/speech/wav.h"

#include <stdbool.h>
#include <string.h>

#include "firmware/base/bytes.h"

enum { RIFF_HEAD = 12, CHUNK_HEAD = 8, FORMAT_BYTES = 16, PCM = 1 };

/* The format chunk: tag, channels, rate, bytes a second, block, bits. */
static bool is_ours(const uint8_t *format, size_t length)
{
    return length >= FORMAT_BYTES && get_le16(format) == PCM && get_le16(format + 2) == 1 &&
           get_le32(format + 4) == WAV_RATE_HZ && get_le16(format + 14) == 16;
}

int wav_find_samples(size_t *offset, size_t *bytes, const uint8_t *file, size_t length)
{
    bool has_format = false;
    *offset = *bytes = 0;
    if (length < RIFF_HEAD || memcmp(file, "RIFF", 4) || memcmp(file + 8, "WAVE", 4))
        return -EINVAL;
    for (size_t at = RIFF_HEAD; length - at >= CHUNK_HEAD;) {
        const uint8_t *body = file + at + CHUNK_HEAD;
        size_t size = get_le32(file + at + 4), left = length - at - CHUNK_HEAD;
        if (size > left)
            return -EINVAL;
        if (!memcmp(file + at, "fmt ", 4))
            has_format = is_ours(body, size);
        if (!memcmp(file + at, "data", 4)) {
            *offset = at + CHUNK_HEAD;
            *bytes = size & ~(size_t)1;
            bool is_good =
                has_format && *bytes && *bytes <= (size_t)WAV_LONGEST_S * WAV_RATE_HZ * 2;
            return is_good ? 0 : -EINVAL;
        }
        at += CHUNK_HEAD + size;
        at += size % 2 && at < length; /* chunks begin at even places */
    }
    return -EINVAL;
}
