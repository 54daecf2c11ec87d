#include "sync/carry/load.h"

#include <stdio.h>
#include <string.h>

/* Header, big endian: 0 magic "1TCX"  4 version  5 clock quality  6 zeros  8 kiosk (17, NUL-ended)  32 install id
 * 48 boot id  64 boot ms  72 wall ms  80 count  84 zeros  88 first seq  96 last seq  104 bytes of records  112 gist
 * 144 zeros  508 CRC-32C of 0..507 */
enum {
    AT_VERSION = 4,
    AT_QUALITY = 5,
    AT_KIOSK = 8,
    AT_INSTALL = 32,
    AT_BOOT_ID = 48,
    AT_BOOT_MS = 64,
    AT_WALL_MS = 72,
    AT_COUNT = 80,
    AT_FIRST = 88,
    AT_LAST = 96,
    AT_BYTES = 104,
    AT_GIST = 112,
    AT_CRC = 508,
    VERSION = 1,
};
static const uint32_t magic = 0x31544358;

/* ---- records ------------------------------------------------------------------------- */

size_t load_record_bytes(const struct item *item)
{
    size_t whole = SPOOL_HEADER + item->size;
    return (whole + SPOOL_SECTOR - 1) / SPOOL_SECTOR * SPOOL_SECTOR;
}

int load_add(struct bytes *records, const struct item *item, const void *body)
{
    static const uint8_t zeros[SPOOL_SECTOR];
    uint8_t header[SPOOL_HEADER];
    struct spool_record record = { .kind = SPOOL_ITEM, .item = *item };
    size_t whole = load_record_bytes(item), before = records->length;
    memset(record.item.token, 0, UUID_BYTES);
    spool_header_write(header, &record);
    int r = bytes_reserve(records, records->length + whole);
    if (!r)
        r = bytes_append(records, header, sizeof(header));
    if (!r)
        r = bytes_append(records, body, item->size);
    if (!r)
        r = bytes_append(records, zeros, before + whole - records->length);
    return r;
}

/* The record at `at`, whole and with the body its hash speaks of. */
static bool take_record(struct spool_record *out, const uint8_t *records, size_t length, size_t at)
{
    uint8_t sum[SHA256_BYTES];
    if (length - at < SPOOL_SECTOR || spool_header_parse(out, records + at) ||
        out->kind != SPOOL_ITEM || load_record_bytes(&out->item) > length - at)
        return false;
    out->body = records + at + SPOOL_HEADER;
    sha256(sum, out->body, out->item.size);
    return !memcmp(sum, out->item.sha256, sizeof(sum));
}

/* Walk all records. False when they are not whole, or not in order of seq. */
static bool measure(struct load_facts *f, const uint8_t *records, size_t length)
{
    struct bytes headers AUTO_BYTES = { 0 };
    struct spool_record record;
    f->count = 0;
    f->first = f->last = 0;
    for (size_t at = 0; at < length; at += load_record_bytes(&record.item)) {
        if (!take_record(&record, records, length, at) || record.item.seq <= f->last ||
            f->count == LOAD_ITEMS_MAX || bytes_append(&headers, records + at, SPOOL_HEADER))
            return false;
        f->first = f->count ? f->first : record.item.seq;
        f->last = record.item.seq;
        f->count++;
    }
    f->record_bytes = length;
    sha256(f->gist, headers.data, headers.length);
    return true;
}

void load_measure(struct load_facts *facts, const struct bytes *records)
{
    if (!measure(facts, records->data, records->length))
        facts->count = 0; /* they were made by load_add() a moment ago: only memory can fail */
}

/* ---- the file ------------------------------------------------------------------------ */

void load_name(char out[LOAD_NAME], const struct load_facts *f)
{
    char gist[17];
    hex_encode(gist, f->gist, 8);
    snprintf(out, LOAD_NAME, "out-%s-%010llx-%010llx-%s.1tc", f->kiosk,
             (unsigned long long)f->first, (unsigned long long)f->last, gist);
}

size_t load_file_bytes(const struct load_facts *f)
{
    return LOAD_HEADER + (size_t)f->record_bytes + LOAD_SIGNATURE;
}

static void header_write(uint8_t out[LOAD_HEADER], const struct load_facts *f)
{
    memset(out, 0, LOAD_HEADER);
    put_be32(out, magic);
    out[AT_VERSION] = VERSION;
    out[AT_QUALITY] = (uint8_t)f->sent.quality;
    memcpy(out + AT_KIOSK, f->kiosk, strnlen(f->kiosk, KIOSK_ID_MAX));
    memcpy(out + AT_INSTALL, f->install_id, UUID_BYTES);
    memcpy(out + AT_BOOT_ID, f->sent.boot_id, UUID_BYTES);
    put_be64(out + AT_BOOT_MS, (uint64_t)f->sent.boot_ms);
    put_be64(out + AT_WALL_MS, (uint64_t)f->sent.wall_ms);
    put_be32(out + AT_COUNT, f->count);
    put_be64(out + AT_FIRST, (uint64_t)f->first);
    put_be64(out + AT_LAST, (uint64_t)f->last);
    put_be64(out + AT_BYTES, f->record_bytes);
    memcpy(out + AT_GIST, f->gist, SHA256_BYTES);
    put_be32(out + AT_CRC, crc32c(0, out, AT_CRC));
}

int load_write(struct bytes *file, const struct load_facts *f, const struct bytes *records,
               const struct bytes *key_pem, const struct bytes *certificate_pem)
{
    uint8_t header[LOAD_HEADER], area[LOAD_SIGNATURE] = { 0 };
    struct bytes signature AUTO_BYTES = { 0 };
    size_t before = file->length;
    header_write(header, f);
    int r = bytes_reserve(file, before + load_file_bytes(f));
    if (!r)
        r = bytes_append(file, header, sizeof(header));
    if (!r)
        r = bytes_append(file, records->data, records->length);
    if (!r)
        r = document_sign(&signature, file->data + before, file->length - before, key_pem,
                          certificate_pem);
    if (!r && signature.length > sizeof(area) - 4)
        r = SEAL_E_FORMAT; /* a certificate larger than any that a county gives out */
    if (!r) {
        put_be32(area, (uint32_t)signature.length);
        memcpy(area + 4, signature.data, signature.length);
        r = bytes_append(file, area, sizeof(area));
    }
    if (r)
        file->length = before;
    return r;
}

/* ---- reading ------------------------------------------------------------------------- */

static bool is_kiosk_id(const uint8_t text[KIOSK_ID_MAX + 1])
{
    size_t length = strnlen((const char *)text, KIOSK_ID_MAX + 1);
    for (size_t i = 0; i < length; i++)
        if (!(text[i] >= '0' && text[i] <= '9') && !(text[i] >= 'A' && text[i] <= 'Z'))
            return false;
    return length >= 4 && length <= KIOSK_ID_MAX;
}

static bool header_parse(struct load_facts *f, const uint8_t *p)
{
    *f = (struct load_facts){ .sent = { .boot_ms = (int64_t)get_be64(p + AT_BOOT_MS),
                                        .wall_ms = (int64_t)get_be64(p + AT_WALL_MS),
                                        .quality = (enum clock_quality)p[AT_QUALITY] },
                              .count = get_be32(p + AT_COUNT),
                              .first = (int64_t)get_be64(p + AT_FIRST),
                              .last = (int64_t)get_be64(p + AT_LAST),
                              .record_bytes = get_be64(p + AT_BYTES) };
    if (!is_kiosk_id(p + AT_KIOSK) || f->sent.quality > CLOCK_NTP || f->sent.boot_ms < 0)
        return false;
    memcpy(f->kiosk, p + AT_KIOSK, sizeof(f->kiosk));
    memcpy(f->install_id, p + AT_INSTALL, UUID_BYTES);
    memcpy(f->sent.boot_id, p + AT_BOOT_ID, UUID_BYTES);
    memcpy(f->gist, p + AT_GIST, SHA256_BYTES);
    return true;
}

int load_read(struct load_facts *out, const uint8_t *file, size_t length)
{
    struct load_facts found = { 0 };
    if (length < LOAD_HEADER || get_be32(file) != magic || file[AT_VERSION] != VERSION)
        return LOAD_E_FORMAT;
    if (get_be32(file + AT_CRC) != crc32c(0, file, AT_CRC))
        return LOAD_E_DAMAGED;
    if (!header_parse(out, file))
        return LOAD_E_FORMAT;
    if (out->record_bytes > LOAD_MAX || length != load_file_bytes(out))
        return LOAD_E_DAMAGED;
    if (!measure(&found, file + LOAD_HEADER, (size_t)out->record_bytes) || !found.count ||
        found.count != out->count || found.first != out->first || found.last != out->last ||
        memcmp(found.gist, out->gist, sizeof(found.gist)) != 0)
        return LOAD_E_DAMAGED;
    return 0;
}

int load_verify(const struct load_facts *f, const uint8_t *file, const struct bytes *kiosk_ca_pem,
                int64_t now_wall_ms)
{
    char signer[SIGNER_TEXT];
    size_t signed_bytes = LOAD_HEADER + (size_t)f->record_bytes;
    uint32_t length = get_be32(file + signed_bytes);
    if (length > LOAD_SIGNATURE - 4)
        return LOAD_E_SIGNATURE;
    int r = document_signer(signer, kiosk_ca_pem, file, signed_bytes, file + signed_bytes + 4,
                            length, now_wall_ms);
    if (r)
        return r == SEAL_E_SIGNATURE ? LOAD_E_SIGNATURE : r;
    return strcmp(signer, f->kiosk) != 0 ? LOAD_E_SIGNATURE : 0;
}

int load_next(struct spool_record *out, size_t *at, const struct load_facts *f, const uint8_t *file)
{
    if (*at >= f->record_bytes ||
        !take_record(out, file + LOAD_HEADER, (size_t)f->record_bytes, *at))
        return LOAD_E_END;
    *at += load_record_bytes(&out->item);
    return 0;
}
