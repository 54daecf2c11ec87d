#include "firmware/base/text.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

size_t text_decode(uint32_t *cp, const char *text, size_t left)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const uint8_t *p = (const uint8_t *)text;
    size_t length = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    *cp = TEXT_REPLACEMENT;
    if (length == 1) {
        *cp = p[0];
        return 1;
    }
    if (!length || p[0] > 0xf4 || length > left)
        return 1;
    uint32_t v = p[0] & (0xffu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 1;
        v = v << 6 | (p[i] & 0x3f);
    }
    if (v < least[length] || v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff))
        return 1;
    *cp = v;
    return length;
}

size_t text_encode(char out[4], uint32_t cp)
{
    uint8_t *p = (uint8_t *)out;
    if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
        cp = TEXT_REPLACEMENT;
    if (cp < 0x80) {
        p[0] = (uint8_t)cp;
        return 1;
    }
    size_t length = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        p[i] = (uint8_t)(0x80 | (cp & 0x3f));
        cp >>= 6;
    }
    p[0] = (uint8_t)(0xf0u << (4 - length) | cp);
    return length;
}

bool text_is_valid(const char *text, size_t length)
{
    uint32_t cp;
    for (size_t i = 0; i < length;) {
        size_t n = text_decode(&cp, text + i, length - i);
        /* A real U+FFFD takes three bytes, a decoding error one. */
        if (cp == TEXT_REPLACEMENT && n == 1)
            return false;
        i += n;
    }
    return true;
}

size_t text_offset(const char *text, size_t n)
{
    size_t length = strlen(text), at = 0;
    uint32_t cp;
    while (n-- && at < length)
        at += text_decode(&cp, text + at, length - at);
    return at;
}

size_t text_count(const char *text)
{
    size_t length = strlen(text), count = 0;
    uint32_t cp;
    for (size_t i = 0; i < length; count++)
        i += text_decode(&cp, text + i, length - i);
    return count;
}

bool text_copy(char *out, size_t capacity, const char *text)
{
    size_t length = strlen(text), at = 0;
    uint32_t cp;
    while (at < length) {
        size_t n = text_decode(&cp, text + at, length - at);
        if (at + n >= capacity)
            break;
        at += n;
    }
    memcpy(out, text, at);
    out[at] = 0;
    return at == length;
}

bool text_is_han(uint32_t cp)
{
    return cp == 0x3007 || (cp >= 0x3400 && cp <= 0x4dbf) || (cp >= 0x4e00 && cp <= 0x9fff) ||
           (cp >= 0xf900 && cp <= 0xfaff) || (cp >= 0x20000 && cp <= 0x2fa1f) ||
           (cp >= 0x30000 && cp <= 0x323af);
}

bool text_is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f) || cp == 0x200e || cp == 0x200f ||
           (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0xfeff ||
           (cp & 0xfffe) == 0xfffe || (cp >= 0xfdd0 && cp <= 0xfdef);
}

int text_from_utf16le(struct bytes *out, const uint8_t *units, size_t unit_count)
{
    int r = 0;
    for (size_t i = 0; !r && i < unit_count; i++) {
        uint32_t cp = get_le16(units + 2 * i);
        if (cp >= 0xd800 && cp <= 0xdbff && i + 1 < unit_count) {
            uint32_t low = get_le16(units + 2 * i + 2);
            if (low >= 0xdc00 && low <= 0xdfff) {
                cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
                i++;
            }
        }
        char encoded[4];
        r = bytes_append(out, encoded, text_encode(encoded, cp));
    }
    return r;
}

int text_to_utf16le(struct bytes *out, const char *text)
{
    size_t length = strlen(text);
    uint32_t cp;
    int r = 0;
    if (!text_is_valid(text, length))
        return -EINVAL;
    for (size_t i = 0; !r && i < length;) {
        i += text_decode(&cp, text + i, length - i);
        uint8_t raw[4];
        if (cp < 0x10000) {
            put_le16(raw, (uint16_t)cp);
            r = bytes_append(out, raw, 2);
        } else {
            put_le16(raw, (uint16_t)(0xd800 + ((cp - 0x10000) >> 10)));
            put_le16(raw + 2, (uint16_t)(0xdc00 + ((cp - 0x10000) & 0x3ff)));
            r = bytes_append(out, raw, 4);
        }
    }
    return r;
}

bool text_to_int(int *out, const char *text)
{
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (end == text || *end || errno || value < INT_MIN || value > INT_MAX)
        return false;
    *out = (int)value;
    return true;
}
