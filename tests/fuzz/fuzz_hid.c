/* links: drivers/scanner drivers/keypad drivers/hid drivers/usb firmware/base */
#include <stdlib.h>

#include "drivers/keypad/models.h"
#include "drivers/scanner/decode.h"

/* First two bytes: length of the report descriptor; behind it reports, each with its length in front. What they say goes to
 * the keypad's keys and to the scanner's text, as the device claims to be both. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_map(const struct hid_map *m)
{
    if (m->field_count > HID_FIELDS_MAX || m->range_count > HID_RANGES_MAX ||
        m->report_count > HID_REPORTS_MAX)
        abort();
    for (size_t i = 0; i < m->report_count; i++)
        if (hid_report_bytes(m, m->reports[i].id) > HID_REPORT_BYTES_MAX)
            abort();
    for (size_t i = 0; i < m->field_count; i++)
        if (m->fields[i].range_at + m->fields[i].range_count > HID_RANGES_MAX ||
            !m->fields[i].bits || m->fields[i].bits > 32)
            abort();
}

static void type(struct keypad_keys *keys, struct hid_held *held, const struct hid_map *m,
                 const uint8_t *report, size_t length, int64_t now)
{
    struct hid_change changes[HID_CHANGES_MAX];
    size_t count;
    if (hid_held_take(held, changes, &count, m, report, length))
        return;
    if (count > HID_CHANGES_MAX || held->count > HID_HELD_MAX)
        abort();
    for (size_t i = 0; i < count; i++)
        keypad_keys_take(keys, changes[i].usage, changes[i].is_down, now);
    while (keypad_keys_next(keys))
        ;
}

static void scan(struct scan_decoder *d, const struct hid_map *m, const uint8_t *report,
                 size_t length, int64_t now)
{
    char text[SCAN_TEXT], classified[SCAN_TEXT];
    enum scan_refusal why;
    scan_take_keys(d, m, report, length, now);
    scan_take_pos(d, m, report, length, now);
    (void)scan_take_bytes(d, report, length, now);
    if (d->has_end && scan_line_end(&d->line, text, &why) == SCAN_READ)
        (void)scan_classify(classified, text);
    d->has_end = false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hid_map m;
    struct keypad_keys keys;
    struct hid_held held = { 0 };
    static struct scan_decoder decoder;
    if (size < 2)
        return 0;
    size_t length = (size_t)(data[0] | data[1] << 8), at = 2;
    length = length < size - 2 ? length : size - 2;
    int r = hid_parse(&m, data + at, length);
    if (r && r != -EBADMSG)
        abort();
    check_map(&m);
    keypad_keys_start(&keys, keypad_model_at(size % 2)->rows, &keypad_timing_default);
    decoder = (struct scan_decoder){ 0 };
    at += length;
    for (int64_t now = 0; !r && at < size; now += 37) {
        size_t n = data[at] < size - at - 1 ? data[at] : size - at - 1;
        type(&keys, &held, &m, data + at + 1, n, now);
        scan(&decoder, &m, data + at + 1, n, now);
        at += 1 + n;
    }
    keypad_keys_release(&keys);
    return 0;
}
