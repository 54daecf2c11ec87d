/* Around an item's text before it is sealed: "OTZ1", u32 length of the zstd frame (big endian), the
 * frame, zeros up to a bucket, so that the sealed size tells little about what was written.
 * Buckets: 1 KiB, then four steps to each power of two (at most 25 % padding). */
#include <string.h>
#include <zstd.h>

#include "firmware/seal/inside.h"

enum { FRAME_HEAD = 8, BUCKET_LEAST = 1024, ZSTD_LEVEL = 3 };

static const char magic[4] = { 'O', 'T', 'Z', '1' };

static size_t bucket_of(size_t size)
{
    size_t power = BUCKET_LEAST;
    if (size <= power)
        return power;
    while (power * 2 < size)
        power *= 2;
    size_t step = power / 4;
    return (size + step - 1) / step * step;
}

int seal_frame(struct bytes *out, const void *plain, size_t length)
{
    if (length > SEAL_PLAIN_MAX)
        return fault_raise(-EMSGSIZE);
    size_t most = ZSTD_compressBound(length), start = out->length;
    int r = bytes_reserve(out, start + bucket_of(FRAME_HEAD + most));
    if (r)
        return r;
    uint8_t *at = out->data + start;
    size_t n = ZSTD_compress(at + FRAME_HEAD, most, plain, length, ZSTD_LEVEL);
    if (ZSTD_isError(n))
        return fault_raise(-ENOMEM);
    size_t whole = bucket_of(FRAME_HEAD + n);
    memcpy(at, magic, sizeof(magic));
    put_be32(at + 4, (uint32_t)n);
    memset(at + FRAME_HEAD + n, 0, whole - FRAME_HEAD - n);
    out->length = start + whole;
    return 0;
}

static bool is_zero(const uint8_t *p, size_t length)
{
    while (length && !*p) {
        p++;
        length--;
    }
    return !length;
}

int seal_unframe(struct bytes *out, const uint8_t *framed, size_t length)
{
    if (length < FRAME_HEAD || memcmp(framed, magic, sizeof(magic)))
        return SEAL_E_FORMAT;
    size_t n = get_be32(framed + 4);
    if (n > length - FRAME_HEAD || !is_zero(framed + FRAME_HEAD + n, length - FRAME_HEAD - n))
        return SEAL_E_FORMAT;
    /* Our own frames say how long they become; one that does not, or claims too much, is refused
     * before it unpacks. */
    unsigned long long size = ZSTD_getFrameContentSize(framed + FRAME_HEAD, n);
    if (size > SEAL_PLAIN_MAX)
        return SEAL_E_FORMAT;
    int r = bytes_reserve(out, out->length + (size_t)size + 1);
    if (r)
        return r;
    size_t got = ZSTD_decompress(out->data + out->length, (size_t)size, framed + FRAME_HEAD, n);
    if (ZSTD_isError(got) || got != size)
        return SEAL_E_FORMAT;
    out->length += got;
    return 0;
}
