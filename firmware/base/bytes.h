/* Growable byte buffers and big/little-endian access. A buffer is wiped before its memory goes
 * back, always: no caller has to remember which of them held person data. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

struct bytes {
    uint8_t *data; /* NULL while capacity is 0 */
    size_t length;
    size_t capacity;
};

/* Append. -ENOMEM leaves the buffer as it was. */
NODISCARD int bytes_append(struct bytes *b, const void *data, size_t length);
NODISCARD int bytes_append_byte(struct bytes *b, uint8_t value);
NODISCARD int bytes_append_be16(struct bytes *b, uint16_t value);
NODISCARD int bytes_append_be32(struct bytes *b, uint32_t value);
NODISCARD int bytes_append_text(struct bytes *b, const char *text); /* without the NUL */
NODISCARD int bytes_reserve(struct bytes *b, size_t capacity);
/* Cut `count` bytes off the front. */
void bytes_consume(struct bytes *b, size_t count);
/* Wipe and free; the buffer is empty and usable afterwards. */
void bytes_clear(struct bytes *b);

/* struct bytes b AUTO_BYTES = { 0 };  cleared when the scope ends. */
#define AUTO_BYTES __attribute__((cleanup(bytes_clear)))

uint16_t get_be16(const uint8_t *p);
uint32_t get_be32(const uint8_t *p);
uint64_t get_be64(const uint8_t *p);
uint16_t get_le16(const uint8_t *p);
uint32_t get_le32(const uint8_t *p);
void put_be16(uint8_t *p, uint16_t v);
void put_be32(uint8_t *p, uint32_t v);
void put_be64(uint8_t *p, uint64_t v);
void put_le16(uint8_t *p, uint16_t v);
void put_le32(uint8_t *p, uint32_t v);

/* Lower-case hex; `out` holds 2 * length + 1. */
void hex_encode(char *out, const uint8_t *data, size_t length);
/* Exactly `length` bytes from exactly 2 * length hex digits, either case. 0 or -EINVAL. */
int hex_decode(uint8_t *out, size_t length, const char *text);

/* RFC 4648 base64 with padding, appended to `out`. */
NODISCARD int base64_encode(struct bytes *out, const uint8_t *data, size_t length);
/* Strict: padding required, no white space. 0, -EINVAL or -ENOMEM. */
NODISCARD int base64_decode(struct bytes *out, const char *text, size_t length);

/* CRC-32C (Castagnoli), RFC 3720 appendix B.4; start with 0. */
uint32_t crc32c(uint32_t crc, const void *data, size_t length);
