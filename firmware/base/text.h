/* UTF-8 text. Foreign bytes are checked here once; everything behind it may trust its text. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/bytes.h"

enum { TEXT_REPLACEMENT = 0xFFFD };

/* Decode the character at `p` (`left` bytes, at least 1) into *cp and return its length in bytes.
 * Anything ill-formed (RFC 3629: overlong, surrogate, beyond U+10FFFF, cut short) yields U+FFFD and
 * length 1. Never reads past `left`. */
size_t text_decode(uint32_t *cp, const char *p, size_t left);
/* Encode into `out` (4 bytes at most, no NUL); an invalid code point becomes U+FFFD. Returns the
 * length. */
size_t text_encode(char out[4], uint32_t cp);
bool text_is_valid(const char *text, size_t length);
/* Characters (code points) of a NUL-terminated text. */
size_t text_count(const char *text);
/* Byte offset of the n-th character, or the length when there are fewer. */
size_t text_offset(const char *text, size_t n);
/* A decimal number without anything around it. False (and *out untouched) when it is none or does
 * not fit. */
bool text_to_int(int *out, const char *text);
/* Copy as many whole characters as fit with the NUL; returns false if any was cut. */
bool text_copy(char *out, size_t capacity, const char *text);
/* Han ideographs of every block that Unicode 15 names (URO, A to H, compatibility), and 〇. */
bool text_is_han(uint32_t cp);
/* C0, C1 controls, DEL, bidirectional overrides, non-characters: never shown or stored. */
bool text_is_control(uint32_t cp);

/* UTF-16LE units -> UTF-8 appended to `out`; surrogate pairs join, a lone surrogate becomes U+FFFD.
 * 0 or -ENOMEM. */
NODISCARD int text_from_utf16le(struct bytes *out, const uint8_t *units, size_t unit_count);
/* UTF-8 -> UTF-16LE appended to `out`. 0, -EINVAL on ill-formed input, -ENOMEM. */
NODISCARD int text_to_utf16le(struct bytes *out, const char *text);
