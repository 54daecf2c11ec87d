/* How scanners of each style put a text into USB bytes. Pure. */
#pragma once

#include "drivers/hid/report.h"
#include "drivers/scanner/scan.h"

enum scanner_style {
    SCANNER_NONE,
    SCANNER_KEYBOARD, /* types the text as a US keyboard, Enter ends it */
    SCANNER_POS,      /* HID Point of Sale 1.02: usage page 8C, decoded data in reports */
    SCANNER_SERIAL,   /* CDC ACM: bytes, CR or LF ends them */
};
const char *scanner_style_word(enum scanner_style style);

/* Which of the two HID styles a report descriptor is; SCANNER_NONE: neither. */
enum scanner_style scanner_hid_style(const struct hid_map *map);

/* What has come so far. `has_end` after each of the calls below: the message is to be taken with scan_line_end(). */
struct scan_decoder {
    struct scan_line line;
    struct hid_held held;    /* keyboard */
    bool has_end, is_broken; /* broken: SCAN_FLOOD */
};

/* The US-layout character of a key (HID Usage Tables 1.5, section 10); 0: none. */
char scan_key_char(uint32_t usage, bool is_shifted);
/* A report of a keyboard. Keys that are in the same report behind the Enter are lost: no scanner sends them so. */
void scan_take_keys(struct scan_decoder *d, const struct hid_map *map, const uint8_t *report,
                    size_t length, int64_t now_ms);
/* A report of decoded data. Without a continuation it is a whole message. */
void scan_take_pos(struct scan_decoder *d, const struct hid_map *map, const uint8_t *report,
                   size_t length, int64_t now_ms);
/* Bytes of a serial line, up to an end; returns how many were taken. */
size_t scan_take_bytes(struct scan_decoder *d, const uint8_t *data, size_t length, int64_t now_ms);
