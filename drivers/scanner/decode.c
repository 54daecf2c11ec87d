#include "drivers/scanner/decode.h"

#include <string.h>

enum { CONTROL_LEFT = 0xe0, SHIFT_LEFT = 0xe1, SHIFT_RIGHT = 0xe5, GUI_RIGHT = 0xe7 };
enum { ENTER = 0x28, KEYPAD_ENTER = 0x58 };
enum { DECODED_DATA = 0xfe, CONTINUED = 0xff, BYTE_COUNT = 0x3b };

const char *scanner_style_word(enum scanner_style style)
{
    static const char *const words[] = { "none", "keyboard", "pos", "serial" };
    return words[style];
}

enum scanner_style scanner_hid_style(const struct hid_map *map)
{
    if (hid_has_usage(map, hid_usage(HID_PAGE_SCANNER, DECODED_DATA)))
        return SCANNER_POS;
    if (hid_has_usage(map, hid_usage(HID_PAGE_KEYBOARD, ENTER)))
        return SCANNER_KEYBOARD;
    return SCANNER_NONE;
}

/* ---- keyboard ------------------------------------------------------------------------ */

char scan_key_char(uint32_t usage, bool is_shifted)
{
    static const char digits[] = "1234567890", above[] = "!@#$%^&*()";
    /* 2C space to 38 slash; 31 and 32 are the same key of two layouts */
    static const char plain[] = " -=[]\\#;'`,./", shifted[] = " _+{}|~:\"~<>?";
    static const char keypad[] = "/*-+\n1234567890.";
    uint32_t key = usage & 0xffff;
    if (usage >> 16 != HID_PAGE_KEYBOARD)
        return 0;
    if (key >= 0x04 && key <= 0x1d)
        return (char)((is_shifted ? 'A' : 'a') + (int)(key - 0x04));
    if (key >= 0x1e && key <= 0x27)
        return (is_shifted ? above : digits)[key - 0x1e];
    if (key >= 0x2c && key <= 0x38)
        return (is_shifted ? shifted : plain)[key - 0x2c];
    if (key >= 0x54 && key <= 0x63 && key != KEYPAD_ENTER)
        return keypad[key - 0x54];
    return 0;
}

static bool is_down(const struct hid_held *held, uint32_t key)
{
    for (size_t i = 0; i < held->count; i++)
        if (held->keys[i].usage == hid_usage(HID_PAGE_KEYBOARD, (uint16_t)key))
            return true;
    return false;
}

/* Control, Alt or GUI: a short cut, not a character. Scanners write control characters of a code that way. */
static bool has_command_key(const struct hid_held *held)
{
    for (uint32_t key = CONTROL_LEFT; key <= GUI_RIGHT; key++)
        if (key != SHIFT_LEFT && key != SHIFT_RIGHT && is_down(held, key))
            return true;
    return false;
}

static void take_key(struct scan_decoder *d, uint32_t usage, int64_t now_ms)
{
    uint32_t key = usage & 0xffff;
    bool is_keyboard = usage >> 16 == HID_PAGE_KEYBOARD;
    bool is_shifted = is_down(&d->held, SHIFT_LEFT) || is_down(&d->held, SHIFT_RIGHT);
    if (is_keyboard && key >= CONTROL_LEFT && key <= GUI_RIGHT)
        return;
    if (is_keyboard && (key == ENTER || key == KEYPAD_ENTER)) {
        d->has_end = true;
        return;
    }
    char c = scan_key_char(usage, is_shifted);
    if (!c || has_command_key(&d->held))
        scan_line_spoil(&d->line, SCAN_BINARY, now_ms);
    else if (!scan_line_put(&d->line, (uint8_t)c, now_ms))
        d->is_broken = true;
}

void scan_take_keys(struct scan_decoder *d, const struct hid_map *map, const uint8_t *report,
                    size_t length, int64_t now_ms)
{
    struct hid_change changes[HID_CHANGES_MAX];
    size_t count;
    int r = hid_held_take(&d->held, changes, &count, map, report, length);
    if (r == HID_E_ROLLOVER)
        scan_line_spoil(&d->line, SCAN_BINARY, now_ms); /* a character is missing */
    for (size_t i = 0; i < count && !d->has_end; i++)
        if (changes[i].is_down)
            take_key(d, changes[i].usage, now_ms);
    explicit_bzero(changes, sizeof(changes));
}

/* ---- point of sale ------------------------------------------------------------------- */

static bool is_field(const struct hid_map *map, const struct hid_field *f, uint32_t usage)
{
    return f->range_count && map->ranges[f->range_at].first == usage;
}

static const struct hid_field *find_field(const struct hid_map *map, const uint8_t *report,
                                          uint32_t usage)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct hid_field *f = &map->fields[i];
        if ((!map->has_ids || f->report_id == report[0]) && is_field(map, f, usage))
            return f;
    }
    return NULL;
}

/* The count of bytes is the device's word about itself: no more is read than there is room for in the report. */
static size_t byte_count(const struct hid_map *map, const uint8_t *report, size_t length,
                         const struct hid_field *data)
{
    const struct hid_field *f = find_field(map, report, hid_usage(HID_PAGE_DESKTOP, BYTE_COUNT));
    size_t said = f ? (uint32_t)hid_element(map, f, report, length, 0) : data->count;
    return said < data->count ? said : data->count;
}

void scan_take_pos(struct scan_decoder *d, const struct hid_map *map, const uint8_t *report,
                   size_t length, int64_t now_ms)
{
    const struct hid_field *data =
        length ? find_field(map, report, hid_usage(HID_PAGE_SCANNER, DECODED_DATA)) : NULL;
    if (!data || data->bits != 8)
        return; /* another report: settings, statistics */
    const struct hid_field *more = find_field(map, report, hid_usage(HID_PAGE_SCANNER, CONTINUED));
    size_t count = byte_count(map, report, length, data);
    for (size_t i = 0; i < count; i++) {
        uint8_t byte = (uint8_t)hid_element(map, data, report, length, i);
        /* A suffix that somebody has set up is no part of the text. */
        bool is_suffix = i + 1 == count && (byte == '\r' || byte == '\n');
        if (!is_suffix && !scan_line_put(&d->line, byte, now_ms))
            d->is_broken = true;
    }
    d->has_end = !more || !hid_element(map, more, report, length, 0);
}

/* ---- serial -------------------------------------------------------------------------- */

size_t scan_take_bytes(struct scan_decoder *d, const uint8_t *data, size_t length, int64_t now_ms)
{
    size_t at = 0;
    while (at < length && !d->has_end && !d->is_broken) {
        uint8_t byte = data[at++];
        if (byte == '\r' || byte == '\n')
            d->has_end = true;
        else if (!scan_line_put(&d->line, byte, now_ms))
            d->is_broken = true;
    }
    return at;
}
