/* links: drivers/hid drivers/usb firmware/base */
#include <stdio.h>

#include "drivers/hid/report.h"
#include "tests/support/check.h"

#define BYTES(...) (const uint8_t[]){ __VA_ARGS__ }, sizeof((const uint8_t[]){ __VA_ARGS__ })

/* The boot keyboard of HID 1.11, appendix E.6. */
static const uint8_t keyboard[] = {
    0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01,
    0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x05, 0x75, 0x01,
    0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91, 0x02, 0x95, 0x01, 0x75, 0x03, 0x91, 0x01, 0x95, 0x06,
    0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xc0,
};

static void test_hid_reads_the_boot_keyboard_of_the_standard(void **state)
{
    (void)state;
    struct hid_map m;
    CHECK_EQ(hid_parse(&m, keyboard, sizeof(keyboard)), 0);
    CHECK(!m.has_ids);
    CHECK_EQ(m.field_count, 2);
    CHECK_EQ(hid_report_bytes(&m, 0), 8);
    CHECK(m.fields[0].is_variable && m.fields[0].count == 8 && m.fields[0].bits == 1);
    CHECK(!m.fields[1].is_variable && m.fields[1].at_bit == 16 && m.fields[1].count == 6);
    CHECK_EQ(hid_field_usage(&m, &m.fields[0], 7), 0x700e7);
    CHECK_EQ(hid_field_usage(&m, &m.fields[1], 4), 0x70004);
    CHECK_EQ(hid_field_usage(&m, &m.fields[1], 0x66), 0);
    CHECK_EQ(m.fields[0].application, 0x10006);
    CHECK(hid_has_usage(&m, 0x70065) && !hid_has_usage(&m, 0x70066));
    CHECK(hid_has_application(&m, 0x10006) && !hid_has_application(&m, 0x10002));
}

/* Whatever is wrong with it, it is refused, and the map is empty. */
static void test_hid_refuses_descriptors_that_do_not_hold_together(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        size_t length;
        uint8_t bytes[40];
    } rows[] = {
        { "item cut short", 3, { 0x05, 0x01, 0x26 } },
        { "long item cut short", 3, { 0xfe, 0x05, 0x00 } },
        { "end without a collection", 1, { 0xc0 } },
        { "collection without an end", 6, { 0x05, 0x01, 0x09, 0x06, 0xa1, 0x01 } },
        { "pop without a push", 1, { 0xb4 } },
        { "report id 0", 2, { 0x85, 0x00 } },
        { "report id over a byte", 3, { 0x86, 0x00, 0x01 } },
        { "page over 16 bits", 5, { 0x07, 0, 0, 1, 0 } },
        { "delimiter twice open", 4, { 0xa9, 0x01, 0xa9, 0x01 } },
        { "delimiter closed first", 2, { 0xa9, 0x00 } },
        { "set left open", 10, { 0x75, 8, 0x95, 1, 0xa9, 1, 0x09, 1, 0x81, 2 } },
        { "endless element", 5, { 0x77, 0xff, 0xff, 0xff, 0xff } },
        { "endless count", 5, { 0x97, 0xff, 0xff, 0xff, 0xff } },
        { "report of 64 MB", 8, { 0x76, 0x00, 0x20, 0x96, 0x00, 0x20, 0x81, 0x03 } },
        { "no id on the first report",
          14,
          { 0x75, 8, 0x95, 1, 0x09, 1, 0x81, 2, 0x85, 1, 0x09, 2, 0x81, 2 } },
    };
    struct hid_map m;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (hid_parse(&m, rows[i].bytes, rows[i].length) != -EBADMSG)
            print_error("taken: %s\n", rows[i].what);
        CHECK_EQ(hid_parse(&m, rows[i].bytes, rows[i].length), -EBADMSG);
        CHECK(!m.field_count && !m.report_count && !m.range_count);
    }
    CHECK_EQ(hid_parse(&m, keyboard, 0), -EBADMSG);
    for (size_t n = 5; n < sizeof(keyboard); n++) /* cut anywhere: its collection stays open */
        CHECK_EQ(hid_parse(&m, keyboard, n), -EBADMSG);
}

static void test_hid_limits_nesting_pushes_fields_and_reports(void **state)
{
    (void)state;
    uint8_t d[600];
    struct hid_map m;
    memset(d, 0xa1, sizeof(d)); /* a1 a1: collections of kind a1 */
    CHECK_EQ(hid_parse(&m, d, 200), -EBADMSG);
    memset(d, 0xa4, sizeof(d));
    CHECK_EQ(hid_parse(&m, d, 8), 0);
    CHECK_EQ(hid_parse(&m, d, 9), -EBADMSG);
    size_t n = 0;
    for (unsigned id = 1; id <= 17; id++)
        memcpy(d + n, (uint8_t[]){ 0x85, (uint8_t)id, 0x81, 0x03 }, 4), n += 4;
    CHECK_EQ(hid_parse(&m, d, n - 4), 0);
    CHECK_EQ(m.report_count, 16);
    CHECK_EQ(hid_parse(&m, d, n), -EBADMSG);
    n = 0;
    memcpy(d, (uint8_t[]){ 0x75, 1, 0x95, 1 }, 4), n = 4;
    for (unsigned i = 0; i < 65; i++)
        memcpy(d + n, (uint8_t[]){ 0x09, 0x01, 0x81, 0x02 }, 4), n += 4;
    CHECK_EQ(hid_parse(&m, d, n - 4), 0);
    CHECK_EQ(hid_parse(&m, d, n), -EBADMSG);
}

static void test_hid_usage_of_four_bytes_brings_its_own_page(void **state)
{
    (void)state;
    struct hid_map m;
    CHECK_EQ(hid_parse(&m, BYTES(0x05, 0x0c, 0x15, 0, 0x25, 1, 0x75, 1, 0x95, 3, 0x0b, 0x20, 0,
                                 0x0b, 0, 0x09, 0xe9, 0x81, 0x02)),
             0);
    CHECK_EQ(hid_field_usage(&m, &m.fields[0], 0), 0x0b0020);
    CHECK_EQ(hid_field_usage(&m, &m.fields[0], 1), 0x0c00e9);
    CHECK_EQ(hid_field_usage(&m, &m.fields[0], 2), 0x0c00e9); /* the last one holds for the rest */
}

static void test_hid_of_alternate_usages_takes_the_preferred_one(void **state)
{
    (void)state;
    struct hid_map m;
    CHECK_EQ(hid_parse(&m, BYTES(0x05, 0x0c, 0x75, 1, 0x95, 1, 0xa9, 1, 0x09, 0xe9, 0x09, 0xea,
                                 0xa9, 0, 0x81, 0x02)),
             0);
    CHECK(hid_has_usage(&m, 0x0c00e9) && !hid_has_usage(&m, 0x0c00ea));
}

static void test_hid_passes_over_long_items_output_and_padding(void **state)
{
    (void)state;
    struct hid_map m;
    CHECK_EQ(hid_parse(&m, BYTES(0xfe, 2, 0x10, 1, 2, 0x05, 0x07, 0x75, 8, 0x95, 1, 0x81, 0x03,
                                 0x09, 4, 0x91, 0x02, 0x09, 5, 0xb1, 0x02, 0x09, 6, 0x81, 0x02)),
             0);
    CHECK_EQ(m.field_count, 1);
    CHECK_EQ(m.fields[0].at_bit, 8);
    CHECK_EQ(hid_report_bytes(&m, 0), 2);
}

static void test_hid_pop_brings_back_what_was_pushed(void **state)
{
    (void)state;
    struct hid_map m;
    /* page 7, 8 bits | push | page 0c, 1 bit | pop: the first field is of page 7 again */
    CHECK_EQ(hid_parse(&m, BYTES(0x05, 0x07, 0x75, 8, 0x95, 1, 0xa4, 0x05, 0x0c, 0x75, 1, 0xb4,
                                 0x09, 4, 0x81, 2)),
             0);
    CHECK_EQ(m.field_count, 1);
    CHECK_EQ(m.fields[0].bits, 8);
    CHECK(hid_has_usage(&m, 0x70004) && !hid_has_usage(&m, 0x0c0004));
}

static void test_hid_takes_no_notice_of_extents_units_and_designators(void **state)
{
    (void)state;
    struct hid_map m;
    CHECK_EQ(
        hid_parse(&m, BYTES(0x05, 0x07, 0x35, 0, 0x45, 9, 0x55, 1, 0x65, 2, 0x39, 3, 0x49, 4, 0x79,
                            5, 0x75, 8, 0x95, 1, 0x27, 0xff, 0xff, 0xff, 0xff, 0x09, 4, 0x81, 2)),
        0);
    CHECK_EQ(m.field_count, 1);
    CHECK_EQ(m.fields[0].at_bit, 0);
    CHECK_EQ(m.fields[0].logical_max, -1); /* of four bytes there is no other reading */
    CHECK_EQ(
        hid_parse(&m, BYTES(0x05, 0x07, 0x75, 8, 0x95, 1, 0x15, 0, 0x25, 0xff, 0x09, 4, 0x81, 2)),
        0);
    CHECK_EQ(m.fields[0].logical_max, 255); /* beside a least of 0 it is no -1 */
}

static void test_hid_has_a_most_of_ranges(void **state)
{
    (void)state;
    uint8_t d[1000] = { 0x75, 1, 0x95, 4 };
    struct hid_map m;
    size_t n = 4, fields = 0;
    for (; fields < HID_RANGES_MAX / 4; fields++) {
        for (unsigned i = 0; i < 4; i++)
            memcpy(d + n, (uint8_t[]){ 0x09, (uint8_t)(i + 1) }, 2), n += 2;
        memcpy(d + n, (uint8_t[]){ 0x81, 2 }, 2), n += 2;
    }
    CHECK_EQ(hid_parse(&m, d, n), 0);
    CHECK_EQ(m.range_count, HID_RANGES_MAX);
    memcpy(d + n, (uint8_t[]){ 0x09, 9, 0x81, 2 }, 4), n += 4;
    CHECK_EQ(hid_parse(&m, d, n), -EBADMSG);
}

/* ---- reports ------------------------------------------------------------------------- */

static void test_hid_decodes_variables_arrays_and_signs(void **state)
{
    (void)state;
    struct hid_map m;
    struct hid_value v[8];
    size_t n;
    CHECK_EQ(hid_parse(&m, keyboard, sizeof(keyboard)), 0);
    CHECK_EQ(hid_decode(v, 8, &n, &m, BYTES(0x02, 0, 0x04, 0, 0x66, 0, 0, 0)), 0);
    CHECK_EQ(n, 8); /* the array's one key found no more room: the modifiers are eight values */
    CHECK(v[1].usage == 0x700e1 && v[1].value == 1 && v[0].value == 0);
    /* a mouse's axis of 4 bits: -3 and +5 */
    CHECK_EQ(hid_parse(&m, BYTES(0x05, 0x01, 0x09, 0x30, 0x09, 0x31, 0x15, 0xf8, 0x25, 7, 0x75, 4,
                                 0x95, 2, 0x81, 0x06)),
             0);
    CHECK_EQ(hid_decode(v, 8, &n, &m, BYTES(0x5d)), 0);
    CHECK_EQ(v[0].value, -3);
    CHECK_EQ(v[1].value, 5);
}

static void test_hid_report_that_is_short_or_unknown_is_not_decoded(void **state)
{
    (void)state;
    struct hid_map m;
    struct hid_value v[8];
    size_t n;
    CHECK_EQ(hid_parse(&m, keyboard, sizeof(keyboard)), 0);
    CHECK_EQ(hid_decode(v, 8, &n, &m, keyboard, 0), HID_E_UNKNOWN);
    CHECK_EQ(hid_decode(v, 8, &n, &m, keyboard, 7), HID_E_UNKNOWN);
    CHECK_EQ(n, 0);
    CHECK_EQ(hid_parse(&m, BYTES(0x05, 0x0c, 0x85, 3, 0x75, 8, 0x95, 1, 0x09, 1, 0x81, 2)), 0);
    CHECK_EQ(hid_decode(v, 8, &n, &m, BYTES(4, 1)), HID_E_UNKNOWN);
    CHECK_EQ(hid_decode(v, 8, &n, &m, BYTES(3, 1)), 0);
    CHECK_EQ(n, 1);
}

static void take(struct hid_held *held, const struct hid_map *m, const uint8_t *report,
                 size_t length, const char *wanted)
{
    struct hid_change c[HID_CHANGES_MAX];
    char said[200] = "";
    size_t n;
    CHECK_EQ(hid_held_take(held, c, &n, m, report, length), 0);
    for (size_t i = 0; i < n; i++)
        snprintf(said + strlen(said), sizeof(said) - strlen(said), "%s%02x ",
                 c[i].is_down ? "+" : "-", c[i].usage & 0xff);
    CHECK_STR(said, wanted);
}

static void test_hid_tells_what_went_down_and_up(void **state)
{
    (void)state;
    struct hid_map m;
    struct hid_held held = { 0 };
    CHECK_EQ(hid_parse(&m, keyboard, sizeof(keyboard)), 0);
    take(&held, &m, BYTES(0, 0, 4, 0, 0, 0, 0, 0), "+04 ");
    take(&held, &m, BYTES(0, 0, 4, 0, 0, 0, 0, 0), "");
    take(&held, &m, BYTES(2, 0, 5, 4, 0, 0, 0, 0), "+e1 +05 ");
    take(&held, &m, BYTES(0, 0, 5, 0, 0, 0, 0, 0), "-e1 -04 ");
    take(&held, &m, BYTES(0, 0, 0, 0, 0, 0, 0, 0), "-05 ");
    CHECK_EQ(held.count, 0);
}

static void test_hid_rollover_changes_nothing(void **state)
{
    (void)state;
    struct hid_map m;
    struct hid_held held = { 0 };
    struct hid_change c[HID_CHANGES_MAX];
    size_t n;
    CHECK_EQ(hid_parse(&m, keyboard, sizeof(keyboard)), 0);
    take(&held, &m, BYTES(0, 0, 4, 0, 0, 0, 0, 0), "+04 ");
    CHECK_EQ(hid_held_take(&held, c, &n, &m, BYTES(0, 0, 1, 1, 1, 1, 1, 1)), HID_E_ROLLOVER);
    CHECK_EQ(n, 0);
    CHECK_EQ(held.count, 1);
    take(&held, &m, BYTES(0, 0, 0, 0, 0, 0, 0, 0), "-04 ");
}

static void test_hid_a_report_lets_go_only_of_its_own_keys(void **state)
{
    (void)state;
    struct hid_map m;
    struct hid_held held = { 0 };
    CHECK_EQ(hid_parse(&m, BYTES(0x05, 0x0c, 0x75, 1, 0x95, 1, 0x85, 1, 0x09, 0xe9, 0x81, 2, 0x85,
                                 2, 0x09, 0xea, 0x81, 2)),
             0);
    take(&held, &m, BYTES(1, 1), "+e9 ");
    take(&held, &m, BYTES(2, 1), "+ea ");
    take(&held, &m, BYTES(2, 0), "-ea ");
    take(&held, &m, BYTES(1, 0), "-e9 ");
}

RUN(T(test_hid_reads_the_boot_keyboard_of_the_standard),
    T(test_hid_refuses_descriptors_that_do_not_hold_together),
    T(test_hid_limits_nesting_pushes_fields_and_reports),
    T(test_hid_usage_of_four_bytes_brings_its_own_page),
    T(test_hid_of_alternate_usages_takes_the_preferred_one),
    T(test_hid_passes_over_long_items_output_and_padding),
    T(test_hid_pop_brings_back_what_was_pushed),
    T(test_hid_takes_no_notice_of_extents_units_and_designators), T(test_hid_has_a_most_of_ranges),
    T(test_hid_decodes_variables_arrays_and_signs),
    T(test_hid_report_that_is_short_or_unknown_is_not_decoded),
    T(test_hid_tells_what_went_down_and_up), T(test_hid_rollover_changes_nothing),
    T(test_hid_a_report_lets_go_only_of_its_own_keys))
