/* links: drivers/scanner drivers/hid drivers/usb firmware/base */
#include <stdio.h>

#include "drivers/scanner/decode.h"
#include "firmware/base/ident.h"
#include "tests/support/check.h"

static const char *receipt(void)
{
    static char text[RECEIPT_TEXT];
    receipt_format(text, "K0012", 42);
    return text;
}

static enum scan_event put(struct scan_line *l, const char *bytes, size_t length, char *out,
                           enum scan_refusal *why)
{
    for (size_t i = 0; i < length; i++)
        CHECK(scan_line_put(l, (uint8_t)bytes[i], 0));
    return scan_line_end(l, out, why);
}

static void test_scan_refuses_what_is_no_text(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
    } rows[] = {
        { "a\x01z", 3 },
        { "\x1b[2J", 4 },
        { "a\0b", 3 },
        { "\xff\xfe", 2 },
        { "\xc0\x80", 2 },
        { "\xed\xa0\x80", 3 },
        { "x\x7f", 2 },
        { "a\tb", 3 },
        { "\xe2\x80\xae"
          "x",
          4 },
        { "\xc2\x85", 2 },
        { "\x1d"
          "01",
          3 },
    };
    struct scan_line l;
    char out[SCAN_TEXT];
    enum scan_refusal why;
    scan_line_start(&l);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CHECK_EQ(put(&l, rows[i].bytes, rows[i].length, out, &why), SCAN_REFUSED);
        CHECK_EQ(why, SCAN_BINARY);
        CHECK_STR(out, "");
    }
    CHECK_EQ(put(&l, "好 K-1", 7, out, &why), SCAN_READ);
    CHECK_STR(out, "好 K-1");
}

static void test_scan_has_a_longest_text_and_forgets_a_longer_one(void **state)
{
    (void)state;
    struct scan_line l;
    char out[SCAN_TEXT], text[SCAN_TEXT_MAX + 1];
    enum scan_refusal why;
    memset(text, 'x', sizeof(text));
    scan_line_start(&l);
    CHECK_EQ(put(&l, text, SCAN_TEXT_MAX, out, &why), SCAN_READ);
    CHECK_EQ(strlen(out), SCAN_TEXT_MAX);
    CHECK_EQ(put(&l, text, SCAN_TEXT_MAX + 1, out, &why), SCAN_REFUSED);
    CHECK_EQ(why, SCAN_TOO_LONG);
    for (size_t i = 0; i < sizeof(l.text); i++)
        CHECK_EQ(l.text[i], 0);
    CHECK_EQ(put(&l, "next", 4, out, &why), SCAN_READ); /* and the next one is well */
    CHECK_STR(out, "next");
}

static void test_scan_that_never_ends_is_a_broken_scanner(void **state)
{
    (void)state;
    struct scan_line l;
    size_t n = 0;
    scan_line_start(&l);
    while (n < 200000 && scan_line_put(&l, 'a', 0))
        n++;
    CHECK(n > 60000 && n < 70000);
}

static void test_scan_that_stops_in_the_middle_is_late(void **state)
{
    (void)state;
    struct scan_line l;
    scan_line_start(&l);
    CHECK(!scan_line_is_late(&l, 100000));
    CHECK(scan_line_put(&l, 'a', 1000));
    CHECK(!scan_line_is_late(&l, 1000 + SCAN_GAP_MS - 1));
    CHECK(scan_line_is_late(&l, 1000 + SCAN_GAP_MS));
}

static void test_scan_tells_receipts_and_hand_offs_from_the_rest(void **state)
{
    (void)state;
    char out[SCAN_TEXT], address[200], wrong[RECEIPT_TEXT];
    snprintf(address, sizeof(address), "https://county.example/case/%s?from=slip", receipt());
    CHECK_EQ(scan_classify(out, address), SCAN_RECEIPT);
    CHECK_STR(out, receipt());
    CHECK_EQ(scan_classify(out, receipt()), SCAN_RECEIPT);
    snprintf(wrong, sizeof(wrong), "%s", receipt());
    wrong[strlen(wrong) - 1] ^= 1; /* the check character */
    CHECK_EQ(scan_classify(out, wrong), SCAN_OTHER);
    CHECK_STR(out, wrong);
    static const char *const hand_offs[] = { "1234567890123450", "1234 5678 9012 3450",
                                             "1234-5678-9012-3450",
                                             "https://county.example/phone.html#1234567890123450" };
    for (size_t i = 0; i < sizeof(hand_offs) / sizeof(hand_offs[0]); i++) {
        CHECK_EQ(scan_classify(out, hand_offs[i]), SCAN_HAND_OFF);
        CHECK_STR(out, "1234567890123450");
    }
    CHECK_EQ(scan_classify(out, "1234567890123457"), SCAN_OTHER);
    CHECK_EQ(scan_classify(out, "123456789012345"), SCAN_OTHER);
    CHECK_EQ(scan_classify(out, "https://county.example/phone.html?1234567890123450"), SCAN_OTHER);
    CHECK_EQ(scan_classify(out, "https://pay.example/6212345678"), SCAN_OTHER);
    CHECK_STR(out, "https://pay.example/6212345678");
    CHECK_EQ(scan_classify(out, "https://"), SCAN_OTHER);
}

/* ---- styles -------------------------------------------------------------------------- */

/* Boot keyboard, keys 0 to 255. */
static const uint8_t keyboard[] = {
    0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01,
    0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x06,
    0x15, 0x00, 0x26, 0xff, 0x00, 0x19, 0x00, 0x29, 0xff, 0x81, 0x00,
};

static void key(struct scan_decoder *d, const struct hid_map *m, uint8_t modifiers, uint8_t code)
{
    scan_take_keys(d, m, (uint8_t[8]){ modifiers, 0, code }, 8, 0);
    scan_take_keys(d, m, (uint8_t[8]){ 0 }, 8, 0);
}

static void test_scan_reads_a_us_keyboard(void **state)
{
    (void)state;
    struct hid_map m;
    struct scan_decoder d = { 0 };
    char out[SCAN_TEXT];
    enum scan_refusal why;
    CHECK_EQ(hid_parse(&m, keyboard, sizeof(keyboard)), 0);
    CHECK_EQ(scanner_hid_style(&m), SCANNER_KEYBOARD);
    for (uint8_t c = 0x04; c <= 0x27; c++)
        key(&d, &m, 0, c);
    for (uint8_t c = 0x04; c <= 0x27; c++)
        key(&d, &m, 0x02, c);
    for (uint8_t c = 0x2c; c <= 0x38; c++)
        key(&d, &m, 0, c);
    for (uint8_t c = 0x2c; c <= 0x38; c++)
        key(&d, &m, 0x20, c);
    CHECK(!d.has_end);
    key(&d, &m, 0, 0x28);
    CHECK(d.has_end);
    CHECK_EQ(scan_line_end(&d.line, out, &why), SCAN_READ);
    CHECK_STR(out,
              "abcdefghijklmnopqrstuvwxyz1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*() -=[]\\#;'"
              "`,./ _+{}|~:\"~<>?");
}

static void test_scan_reads_the_number_pad_and_no_other_page(void **state)
{
    (void)state;
    char typed[17] = "";
    for (uint32_t key = 0x54; key <= 0x63; key++) {
        char c = scan_key_char(0x70000 | key, false);
        typed[key - 0x54] = c ? c : '?';
    }
    CHECK_STR(typed, "/*-+?1234567890."); /* its Enter ends a code */
    CHECK_EQ(scan_key_char(0x0c0004, false), 0);
    CHECK_EQ(scan_key_char(0x70064, false), 0);
}

static void test_scan_by_keys_that_never_end_is_a_broken_scanner(void **state)
{
    (void)state;
    struct hid_map m;
    struct scan_decoder d = { 0 };
    CHECK_EQ(hid_parse(&m, keyboard, sizeof(keyboard)), 0);
    for (int i = 0; i < 70000 && !d.is_broken; i++)
        key(&d, &m, 0, (uint8_t)(0x04 + i % 2));
    CHECK(d.is_broken);
}

static void test_scan_takes_no_device_without_enter_for_a_scanner(void **state)
{
    (void)state;
    static const uint8_t volume[] = { 0x05, 0x0c, 0x75, 1, 0x95, 1, 0x09, 0xe9, 0x81, 2 };
    struct hid_map m;
    CHECK_EQ(hid_parse(&m, volume, sizeof(volume)), 0);
    CHECK_EQ(scanner_hid_style(&m), SCANNER_NONE);
}

static void test_scan_refuses_short_cuts_and_lost_keys_of_a_keyboard(void **state)
{
    (void)state;
    struct hid_map m;
    char out[SCAN_TEXT];
    enum scan_refusal why;
    CHECK_EQ(hid_parse(&m, keyboard, sizeof(keyboard)), 0);
    static const uint8_t bad[][2] = { { 0x01, 0x04 },
                                      { 0x04, 0x3d },
                                      { 0x08, 0x15 },
                                      { 0, 0x4c },
                                      { 0, 0x01 } /* rollover */ };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct scan_decoder d = { 0 };
        key(&d, &m, 0, 0x04);
        key(&d, &m, bad[i][0], bad[i][1]);
        key(&d, &m, 0, 0x28);
        CHECK(d.has_end);
        CHECK_EQ(scan_line_end(&d.line, out, &why), SCAN_REFUSED);
        CHECK_EQ(why, SCAN_BINARY);
    }
}

static const uint8_t pos[] = {
    0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x02, 0x15, 0x00, 0x26, 0xff, 0x00,
    0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02, 0x05, 0x8c, 0x09,
    0xfe, 0x95, 0x08, 0x82, 0x02, 0x01, 0x09, 0xff, 0x95, 0x01, 0x81, 0x02, 0xc0,
};

static void test_scan_joins_reports_of_point_of_sale(void **state)
{
    (void)state;
    struct hid_map m;
    struct scan_decoder d = { 0 };
    char out[SCAN_TEXT];
    enum scan_refusal why;
    CHECK_EQ(hid_parse(&m, pos, sizeof(pos)), 0);
    CHECK_EQ(scanner_hid_style(&m), SCANNER_POS);
    scan_take_pos(&d, &m,
                  (const uint8_t *)"\x02\x08"
                                   "12345678\x01",
                  11, 0);
    CHECK(!d.has_end);
    scan_take_pos(&d, &m,
                  (const uint8_t *)"\x02\x03"
                                   "9A\r.....\x00",
                  11, 0);
    CHECK(d.has_end);
    CHECK_EQ(scan_line_end(&d.line, out, &why), SCAN_READ);
    CHECK_STR(out, "123456789A");
    /* a count that lies reads no further than the report */
    d.has_end = false;
    scan_take_pos(&d, &m,
                  (const uint8_t *)"\x02\xff"
                                   "12345678\x00",
                  11, 0);
    CHECK_EQ(scan_line_end(&d.line, out, &why), SCAN_READ);
    CHECK_STR(out, "12345678");
    scan_take_pos(&d, &m,
                  (const uint8_t *)"\x07\x03"
                                   "abc",
                  5, 0); /* another report */
    CHECK(!scan_line_is_begun(&d.line));
}

static void test_scan_cuts_a_serial_line_at_its_ends(void **state)
{
    (void)state;
    struct scan_decoder d = { 0 };
    char out[SCAN_TEXT];
    enum scan_refusal why;
    const uint8_t *line = (const uint8_t *)"one\r\ntwo\n";
    size_t at = scan_take_bytes(&d, line, 9, 0);
    CHECK(d.has_end && at == 4);
    CHECK_EQ(scan_line_end(&d.line, out, &why), SCAN_READ);
    CHECK_STR(out, "one");
    d.has_end = false;
    at += scan_take_bytes(&d, line + at, 9 - at, 0);
    CHECK_EQ(scan_line_end(&d.line, out, &why), SCAN_NOTHING); /* LF behind CR */
    d.has_end = false;
    at += scan_take_bytes(&d, line + at, 9 - at, 0);
    CHECK_EQ(at, 9);
    CHECK_EQ(scan_line_end(&d.line, out, &why), SCAN_READ);
    CHECK_STR(out, "two");
}

RUN(T(test_scan_refuses_what_is_no_text), T(test_scan_has_a_longest_text_and_forgets_a_longer_one),
    T(test_scan_that_never_ends_is_a_broken_scanner), T(test_scan_that_stops_in_the_middle_is_late),
    T(test_scan_tells_receipts_and_hand_offs_from_the_rest), T(test_scan_reads_a_us_keyboard),
    T(test_scan_reads_the_number_pad_and_no_other_page),
    T(test_scan_by_keys_that_never_end_is_a_broken_scanner),
    T(test_scan_takes_no_device_without_enter_for_a_scanner),
    T(test_scan_refuses_short_cuts_and_lost_keys_of_a_keyboard),
    T(test_scan_joins_reports_of_point_of_sale), T(test_scan_cuts_a_serial_line_at_its_ends))
