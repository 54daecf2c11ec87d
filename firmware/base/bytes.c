#include "firmware/base/bytes.h"

#include <stdlib.h>
#include <string.h>

int bytes_reserve(struct bytes *b, size_t capacity)
{
    if (capacity <= b->capacity)
        return 0;
    size_t grown = b->capacity ? b->capacity : 64;
    while (grown < capacity)
        grown = grown > SIZE_MAX / 2 ? capacity : grown * 2;
    /* Not realloc: it may leave the old bytes behind. */
    uint8_t *data = malloc(grown);
    if (!data)
        return fault_raise(-ENOMEM);
    if (b->length)
        memcpy(data, b->data, b->length);
    if (b->data)
        explicit_bzero(b->data, b->capacity);
    free(b->data);
    b->data = data;
    b->capacity = grown;
    return 0;
}

int bytes_append(struct bytes *b, const void *data, size_t length)
{
    if (!length)
        return 0;
    if (length > SIZE_MAX - b->length)
        return fault_raise(-ENOMEM);
    int r = bytes_reserve(b, b->length + length);
    if (r)
        return r;
    memcpy(b->data + b->length, data, length);
    b->length += length;
    return 0;
}

int bytes_append_byte(struct bytes *b, uint8_t value)
{
    return bytes_append(b, &value, 1);
}

int bytes_append_be16(struct bytes *b, uint16_t value)
{
    uint8_t raw[2];
    put_be16(raw, value);
    return bytes_append(b, raw, sizeof(raw));
}

int bytes_append_be32(struct bytes *b, uint32_t value)
{
    uint8_t raw[4];
    put_be32(raw, value);
    return bytes_append(b, raw, sizeof(raw));
}

int bytes_append_text(struct bytes *b, const char *text)
{
    return bytes_append(b, text, strlen(text));
}

void bytes_consume(struct bytes *b, size_t count)
{
    if (count > b->length)
        count = b->length;
    if (!count)
        return;
    memmove(b->data, b->data + count, b->length - count);
    explicit_bzero(b->data + b->length - count, count);
    b->length -= count;
}

void bytes_clear(struct bytes *b)
{
    if (b->data)
        explicit_bzero(b->data, b->capacity);
    free(b->data);
    *b = (struct bytes){ 0 };
}

uint16_t get_be16(const uint8_t *p)
{
    return (uint16_t)(p[0] << 8 | p[1]);
}

uint32_t get_be32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

uint64_t get_be64(const uint8_t *p)
{
    return (uint64_t)get_be32(p) << 32 | get_be32(p + 4);
}

uint16_t get_le16(const uint8_t *p)
{
    return (uint16_t)(p[1] << 8 | p[0]);
}

uint32_t get_le32(const uint8_t *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

void put_be16(uint8_t *p, uint16_t v)
{
    p[0] = (uint8_t)(v >> 8);
    p[1] = (uint8_t)v;
}

void put_be32(uint8_t *p, uint32_t v)
{
    put_be16(p, (uint16_t)(v >> 16));
    put_be16(p + 2, (uint16_t)v);
}

void put_be64(uint8_t *p, uint64_t v)
{
    put_be32(p, (uint32_t)(v >> 32));
    put_be32(p + 4, (uint32_t)v);
}

void put_le16(uint8_t *p, uint16_t v)
{
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
}

void put_le32(uint8_t *p, uint32_t v)
{
    put_le16(p, (uint16_t)v);
    put_le16(p + 2, (uint16_t)(v >> 16));
}

void hex_encode(char *out, const uint8_t *data, size_t length)
{
    static const char digit[] = "0123456789abcdef";
    for (size_t i = 0; i < length; i++) {
        out[2 * i] = digit[data[i] >> 4];
        out[2 * i + 1] = digit[data[i] & 15];
    }
    out[2 * length] = 0;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

int hex_decode(uint8_t *out, size_t length, const char *text)
{
    for (size_t i = 0; i < length; i++) {
        int high = hex_value(text[2 * i]);
        int low = high < 0 ? -1 : hex_value(text[2 * i + 1]);
        if (low < 0)
            return -EINVAL;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return text[2 * length] ? -EINVAL : 0;
}

static const char base64_digit[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int base64_encode(struct bytes *out, const uint8_t *data, size_t length)
{
    int r = bytes_reserve(out, out->length + (length + 2) / 3 * 4);
    for (size_t i = 0; !r && i < length; i += 3) {
        size_t left = length - i;
        uint32_t v = (uint32_t)data[i] << 16 | (left > 1 ? (uint32_t)data[i + 1] << 8 : 0) |
                     (left > 2 ? data[i + 2] : 0);
        char group[4] = { base64_digit[v >> 18], base64_digit[v >> 12 & 63],
                          left > 1 ? base64_digit[v >> 6 & 63] : '=',
                          left > 2 ? base64_digit[v & 63] : '=' };
        r = bytes_append(out, group, sizeof(group));
    }
    return r;
}

int base64_decode(struct bytes *out, const char *text, size_t length)
{
    int8_t value[256];
    if (length % 4)
        return -EINVAL;
    memset(value, -1, sizeof(value));
    for (int i = 0; i < 64; i++)
        value[(uint8_t)base64_digit[i]] = (int8_t)i;
    int r = bytes_reserve(out, out->length + length / 4 * 3);
    for (size_t i = 0; !r && i < length; i += 4) {
        size_t pads = 0;
        if (i + 4 == length)
            pads = text[i + 3] != '=' ? 0 : text[i + 2] != '=' ? 1 : 2;
        uint32_t v = 0;
        for (size_t k = 0; k < 4; k++) {
            int digit = k >= 4 - pads ? 0 : value[(uint8_t)text[i + k]];
            if (digit < 0)
                return -EINVAL;
            v = v << 6 | (uint32_t)digit;
        }
        /* The bits that padding leaves over must be zero, so that a text has one decoding only. */
        if ((pads == 1 && (v & 0xff)) || (pads == 2 && (v & 0xffff)))
            return -EINVAL;
        uint8_t raw[3] = { (uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v };
        r = bytes_append(out, raw, 3 - pads);
    }
    return r;
}

uint32_t crc32c(uint32_t crc, const void *data, size_t length)
{
    static const uint32_t nibble[16] = {
        0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1, 0x417b1dbc, 0x5125dad3,
        0x61c69362, 0x7198540d, 0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9,
        0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75,
    };
    const uint8_t *p = data;
    crc = ~crc;
    for (size_t i = 0; i < length; i++) {
        crc ^= p[i];
        crc = crc >> 4 ^ nibble[crc & 15];
        crc = crc >> 4 ^ nibble[crc & 15];
    }
    return ~crc;
}
