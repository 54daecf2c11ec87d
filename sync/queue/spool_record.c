/* What a record of the log looks like. */
#include "sync/queue/spool.h"

#include <string.h>

#include "firmware/base/message.h"

/* Header, big endian:
 *    0 magic "1TRP"   4 version   5 kind   6 item kind   7 suite   8 clock quality   9 flags   10
 * zero 12 body length   16 seq   24 id   40 token   56 chain   72 after   88 boot id   104 boot ms
 * 112 wall ms 120 sha256   152 key id (65, NUL-ended)   217 receipt (40, NUL-ended)   257 zeros 316
 * CRC-32C of 0..315 The body follows at 320; the record is filled up to the next multiple of 512.
 */
enum {
    AT_VERSION = 4,
    AT_KIND = 5,
    AT_ITEM_KIND = 6,
    AT_SUITE = 7,
    AT_QUALITY = 8,
    AT_FLAGS = 9,
    AT_LENGTH = 12,
    AT_SEQ = 16,
    AT_ID = 24,
    AT_TOKEN = 40,
    AT_CHAIN = 56,
    AT_AFTER = 72,
    AT_BOOT_ID = 88,
    AT_BOOT_MS = 104,
    AT_WALL_MS = 112,
    AT_SHA256 = 120,
    AT_KEY_ID = 152,
    AT_RECEIPT = 217,
    AT_CRC = 316,
    VERSION = 1,
    HAS_CHAIN = 1,
    HAS_AFTER = 2,
};
static const uint32_t magic = 0x31545250;

void spool_header_write(uint8_t out[SPOOL_HEADER], const struct spool_record *record)
{
    const struct item *i = &record->item;
    memset(out, 0, SPOOL_HEADER);
    put_be32(out, magic);
    out[AT_VERSION] = VERSION;
    out[AT_KIND] = (uint8_t)record->kind;
    out[AT_ITEM_KIND] = (uint8_t)i->kind;
    out[AT_SUITE] = (uint8_t)i->suite;
    out[AT_QUALITY] = (uint8_t)i->when.quality;
    out[AT_FLAGS] = (uint8_t)((i->has_chain ? HAS_CHAIN : 0) | (i->has_after ? HAS_AFTER : 0));
    put_be32(out + AT_LENGTH, (uint32_t)i->size);
    put_be64(out + AT_SEQ, (uint64_t)i->seq);
    memcpy(out + AT_ID, i->id, UUID_BYTES);
    memcpy(out + AT_TOKEN, i->token, UUID_BYTES);
    memcpy(out + AT_CHAIN, i->chain, UUID_BYTES);
    memcpy(out + AT_AFTER, i->after, UUID_BYTES);
    memcpy(out + AT_BOOT_ID, i->when.boot_id, UUID_BYTES);
    put_be64(out + AT_BOOT_MS, (uint64_t)i->when.boot_ms);
    put_be64(out + AT_WALL_MS, (uint64_t)i->when.wall_ms);
    memcpy(out + AT_SHA256, i->sha256, SHA256_BYTES);
    memcpy(out + AT_KEY_ID, i->key_id, strnlen(i->key_id, SEAL_KEY_ID - 1));
    memcpy(out + AT_RECEIPT, i->receipt, strnlen(i->receipt, RECEIPT_TEXT - 1));
    put_be32(out + AT_CRC, crc32c(0, out, AT_CRC));
}

/* A kiosk does not live long enough to get here; numbers beyond would end in an overflow. */
static const int64_t seq_most = INT64_C(1) << 60;

static bool is_item_sound(const struct item *i)
{
    return i->seq > 0 && i->seq <= seq_most && i->kind >= ITEM_APPLICATION &&
           i->kind < ITEM_KIND_END && i->size > 0 && i->size <= MESSAGE_BODY_MAX &&
           i->when.quality <= CLOCK_NTP;
}

int spool_header_parse(struct spool_record *out, const uint8_t *p)
{
    memset(out, 0, sizeof(*out));
    if (get_be32(p) != magic || p[AT_VERSION] != VERSION ||
        get_be32(p + AT_CRC) != crc32c(0, p, AT_CRC))
        return -EINVAL;
    struct item *i = &out->item;
    out->kind = (enum spool_kind)p[AT_KIND];
    i->kind = (enum item_kind)p[AT_ITEM_KIND];
    i->suite = p[AT_SUITE];
    i->when.quality = (enum clock_quality)p[AT_QUALITY];
    i->has_chain = p[AT_FLAGS] & HAS_CHAIN;
    i->has_after = p[AT_FLAGS] & HAS_AFTER;
    i->size = get_be32(p + AT_LENGTH);
    i->seq = (int64_t)get_be64(p + AT_SEQ);
    memcpy(i->id, p + AT_ID, UUID_BYTES);
    memcpy(i->token, p + AT_TOKEN, UUID_BYTES);
    memcpy(i->chain, p + AT_CHAIN, UUID_BYTES);
    memcpy(i->after, p + AT_AFTER, UUID_BYTES);
    memcpy(i->when.boot_id, p + AT_BOOT_ID, UUID_BYTES);
    i->when.boot_ms = (int64_t)get_be64(p + AT_BOOT_MS);
    i->when.wall_ms = (int64_t)get_be64(p + AT_WALL_MS);
    memcpy(i->sha256, p + AT_SHA256, SHA256_BYTES);
    memcpy(i->key_id, p + AT_KEY_ID, SEAL_KEY_ID - 1);
    memcpy(i->receipt, p + AT_RECEIPT, RECEIPT_TEXT - 1);
    switch (out->kind) {
    case SPOOL_ITEM:
        return is_item_sound(i) ? 0 : -EINVAL;
    case SPOOL_VOID:
    case SPOOL_FLOOR:
        return i->size || i->seq < 0 || i->seq > seq_most ? -EINVAL : 0;
    }
    return -EINVAL;
}
