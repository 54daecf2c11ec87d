/* links: firmware/base */
#include <stdlib.h>
#include <stdio.h>

#include "firmware/base/bytes.h"
#include "firmware/base/clock.h"
#include "firmware/base/ident.h"
#include "firmware/base/json.h"
#include "firmware/base/message.h"
#include "firmware/base/queue.h"
#include "firmware/base/text.h"
#include "tests/support/check.h"

/* ---- bytes --------------------------------------------------------------------------- */

static void test_bytes_grow_and_are_cut_from_the_front(void **state)
{
    (void)state;
    struct bytes b AUTO_BYTES = { 0 };
    for (int i = 0; i < 1000; i++)
        CHECK_EQ(bytes_append_byte(&b, (uint8_t)i), 0);
    bytes_consume(&b, 256);
    CHECK_EQ(b.length, 744);
    CHECK_EQ(b.data[0], 0);
    CHECK_EQ(b.data[743], (uint8_t)999);
    bytes_consume(&b, 744);
    CHECK_EQ(b.length, 0);
    CHECK_EQ(bytes_append_be32(&b, 0x01020304), 0);
    CHECK_BYTES(b.data, "\1\2\3\4", 4);
}

static void test_hex_and_base64_refuse_what_is_not_exact(void **state)
{
    (void)state;
    uint8_t out[3];
    struct bytes b AUTO_BYTES = { 0 };
    CHECK_EQ(hex_decode(out, 3, "00fFa5"), 0);
    CHECK_BYTES(out, "\x00\xff\xa5", 3);
    CHECK_EQ(hex_decode(out, 3, "00ffa"), -EINVAL);
    CHECK_EQ(hex_decode(out, 3, "00ffa5a5"), -EINVAL);
    CHECK_EQ(hex_decode(out, 3, "00ffag"), -EINVAL);
    static const char *const bad[] = {
        "A", "AA", "AA=", "AA==A", "A===", "AA==\n", "A A=", "AAA*"
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK_EQ(base64_decode(&b, bad[i], strlen(bad[i])), -EINVAL);
    b.length = 0;
    CHECK_EQ(base64_encode(&b, (const uint8_t *)"foob", 4), 0); /* RFC 4648, section 10 */
    CHECK_EQ(b.length, 8);
    CHECK_BYTES(b.data, "Zm9vYg==", 8);
}

static void test_crc32c_has_the_values_of_the_standard(void **state)
{
    (void)state;
    uint8_t zeros[32] = { 0 }, rising[32];
    for (uint8_t i = 0; i < 32; i++)
        rising[i] = i;
    CHECK_EQ(crc32c(0, zeros, 32), 0x8a9136aau); /* RFC 3720, B.4 */
    CHECK_EQ(crc32c(0, rising, 32), 0x46dd794eu);
    CHECK_EQ(crc32c(crc32c(0, rising, 10), rising + 10, 22), 0x46dd794eu);
}

/* ---- text ---------------------------------------------------------------------------- */

static void test_text_decodes_only_well_formed_utf8(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t cp;
        size_t length;
    } rows[] = {
        { "A", 'A', 1 },
        { "\xe4\xb6\xae", 0x4dae, 3 },               /* 䶮 */
        { "\xf0\xac\xad\x8e", 0x2cb4e, 4 },          /* 𬭎 */
        { "\xc0\x80", TEXT_REPLACEMENT, 1 },         /* overlong NUL */
        { "\xe0\x80\xaf", TEXT_REPLACEMENT, 1 },     /* overlong slash */
        { "\xed\xa0\x80", TEXT_REPLACEMENT, 1 },     /* surrogate */
        { "\xf4\x90\x80\x80", TEXT_REPLACEMENT, 1 }, /* beyond U+10FFFF */
        { "\xe4\xb6", TEXT_REPLACEMENT, 1 },         /* cut short */
        { "\x80", TEXT_REPLACEMENT, 1 },
        { "\xff", TEXT_REPLACEMENT, 1 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint32_t cp;
        CHECK_EQ(text_decode(&cp, rows[i].bytes, strlen(rows[i].bytes)), rows[i].length);
        CHECK_EQ(cp, rows[i].cp);
        CHECK(text_is_valid(rows[i].bytes, strlen(rows[i].bytes)) == (cp != TEXT_REPLACEMENT));
    }
}

static void test_text_copy_never_cuts_a_character_in_two(void **state)
{
    (void)state;
    char out[6];
    CHECK(!text_copy(out, sizeof(out), "测试甲"));
    CHECK_STR(out, "测");
    CHECK(text_copy(out, sizeof(out), "abcde"));
    CHECK_EQ(text_count("𬭎a测"), 3);
    CHECK_EQ(text_offset("𬭎a测", 2), 5);
    CHECK_EQ(text_offset("𬭎a测", 9), 8);
}

static void test_text_knows_han_and_what_must_never_be_shown(void **state)
{
    (void)state;
    static const uint32_t han[] = { 0x4e00, 0x3007, 0x3400, 0x20bb7, 0x2cb4e, 0x30000, 0xf900 };
    static const uint32_t other[] = { 'A', 0x3042, 0xac00, 0x3001, 0x1f600 };
    static const uint32_t control[] = { 0, 7, 0x1b, 0x7f, 0x85, 0x202e, 0x2066, 0xffff, 0x1fffe };
    for (size_t i = 0; i < sizeof(han) / sizeof(han[0]); i++)
        CHECK(text_is_han(han[i]) && !text_is_control(han[i]));
    for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++)
        CHECK(!text_is_han(other[i]));
    for (size_t i = 0; i < sizeof(control) / sizeof(control[0]); i++)
        CHECK(text_is_control(control[i]));
}

static void test_text_utf16_joins_pairs_and_replaces_lone_halves(void **state)
{
    (void)state;
    struct bytes b AUTO_BYTES = { 0 }, back AUTO_BYTES = { 0 };
    const uint8_t units[] = { 0x72, 0xd8, 0x4e, 0xdf, 0x00, 0xd8, 0x41, 0x00, 0x4e, 0xdf };
    CHECK_EQ(text_from_utf16le(&b, units, 5), 0);
    CHECK_EQ(b.length, strlen("𬭎\xef\xbf\xbd"
                              "A\xef\xbf\xbd"));
    CHECK_EQ(text_to_utf16le(&back, "𬭎"), 0);
    CHECK_EQ(back.length, 4);
    CHECK_EQ(text_to_utf16le(&back, "\xed\xa0\x80"), -EINVAL);
}

static void test_text_to_int_takes_numbers_and_nothing_else(void **state)
{
    (void)state;
    static const char *const bad[] = { "", " ", "1 ", "x", "1x", "99999999999", "0x10" };
    int out = 7;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(!text_to_int(&out, bad[i]) && out == 7);
    CHECK(text_to_int(&out, "-42"));
    CHECK_EQ(out, -42);
}

/* ---- identifiers --------------------------------------------------------------------- */

static void test_uuid_v7_rises_even_when_the_clock_falls(void **state)
{
    (void)state;
    struct fake_clock clock = fake_clock_at(0, 1795680000000);
    struct uuid_source source = { .clock = &clock.base };
    uint8_t last[UUID_BYTES], next[UUID_BYTES], parsed[UUID_BYTES];
    char text[UUID_TEXT];
    uuid_v7(last, &source);
    for (int i = 0; i < 10000; i++) {
        if (i == 5000)
            clock.wall -= 3600000;
        uuid_v7(next, &source);
        CHECK(memcmp(last, next, UUID_BYTES) < 0);
        memcpy(last, next, UUID_BYTES);
    }
    CHECK_EQ(next[6] >> 4, 7);
    CHECK_EQ(next[8] >> 6, 2);
    uuid_format(text, next);
    CHECK_EQ(uuid_parse(parsed, text), 0);
    CHECK_BYTES(parsed, next, UUID_BYTES);
    text[3] = 'G';
    CHECK_EQ(uuid_parse(parsed, text), -EINVAL);
}

static void test_receipt_forgives_how_it_is_typed_but_not_a_wrong_character(void **state)
{
    (void)state;
    char number[RECEIPT_TEXT], out[RECEIPT_TEXT], typed[RECEIPT_TEXT];
    receipt_format(number, "K0012", 1023);
    CHECK_EQ(receipt_parse(out, number), 0);
    CHECK_STR(out, number);
    static const char *const joints[] = { "", " ", "--" };
    for (size_t i = 0; i < 3; i++) {
        snprintf(typed, sizeof(typed), " %.5s%s%.6s%s%s", number, joints[i], number + 6, joints[i],
                 number + 13);
        CHECK_EQ(receipt_parse(out, typed), 0);
        CHECK_STR(out, number);
    }
    for (size_t at = 6; at < 12; at++) { /* every single slip of the finger is found */
        memcpy(typed, number, sizeof(typed));
        typed[at] = typed[at] == '5' ? '6' : '5';
        CHECK_EQ(receipt_parse(out, typed), -EINVAL);
    }
    receipt_format(number, "K0012", 42); /* its check character is an I */
    CHECK_STR(number, "K0012-00001A-I");
    CHECK_EQ(receipt_parse(out, "k0012 oooo1a 1"), 0);
    CHECK_STR(out, number);
    CHECK_EQ(receipt_parse(out, ""), -EINVAL);
    CHECK_EQ(receipt_parse(out, "K0012"), -EINVAL);
}

/* ---- clock --------------------------------------------------------------------------- */

static void test_clock_writes_and_reads_rfc3339(void **state)
{
    (void)state;
    char text[21];
    int64_t ms;
    clock_format_utc(text, 1795680000000);
    CHECK_EQ(clock_parse_utc(&ms, text), 0);
    CHECK_EQ(ms, 1795680000000);
    CHECK_EQ(clock_parse_utc(&ms, "2024-02-29T23:59:59.999Z"), 0);
    static const char *const bad[] = { "",
                                       "2023-02-29T00:00:00Z",
                                       "2024-13-01T00:00:00Z",
                                       "2024-01-01 00:00:00",
                                       "2024-01-01T24:00:00Z",
                                       "2024-01-01T00:00:00",
                                       "2024-01-01T00:00:00Zx" };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK_EQ(clock_parse_utc(&ms, bad[i]), -EINVAL);
}

/* ---- queue --------------------------------------------------------------------------- */

static int dropped;

static void drop(void *message)
{
    (void)message;
    dropped++;
}

static void test_queue_is_bounded_ordered_and_drops_what_is_left(void **state)
{
    (void)state;
    struct queue *q;
    int items[3];
    CHECK_EQ(queue_new(&q, 2, drop), 0);
    CHECK_EQ(queue_send(q, &items[0]), 0);
    CHECK_EQ(queue_send(q, &items[1]), 0);
    CHECK_EQ(queue_send(q, &items[2]), -ENOBUFS);
    CHECK(queue_receive(q, 0) == &items[0]);
    queue_close(q);
    CHECK_EQ(queue_send(q, &items[2]), -EPIPE);
    CHECK(queue_is_closed(q));
    dropped = 0;
    queue_free(q);
    CHECK_EQ(dropped, 1);
}

/* ---- JSON ---------------------------------------------------------------------------- */

static void test_json_is_read_strictly_and_says_where(void **state)
{
    (void)state;
    static const char *const bad[] = { "",        "{",        "{\"a\":1,\"a\":2}",      "{} x",
                                       "[1e999]", "\"\xff\"", "[99999999999999999999]", "nul" };
    char complaint[JSON_COMPLAINT];
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        complaint[0] = 0;
        CHECK(!json_parse(bad[i], strlen(bad[i]), complaint));
        CHECK(*complaint);
    }
    char deep[5000];
    memset(deep, '[', sizeof(deep));
    CHECK(!json_parse(deep, sizeof(deep), complaint));
}

static void test_json_reader_keeps_the_first_complaint_with_its_place(void **state)
{
    (void)state;
    char complaint[JSON_COMPLAINT];
    const char *text = "{\"services\":[{\"days\":99},{\"days\":\"ten\"}]}";
    AUTO(json_release) json_t *root = json_parse(text, strlen(text), complaint);
    struct json_reader r = { 0 };
    const json_t *list = json_need_array(&r, root, "services", 1, 5);
    json_enter(&r, "services");
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_enter_index(&r, i);
        (void)json_need_integer(&r, json_array_get(list, i), "days", 0, 100);
        (void)json_need_string(&r, json_array_get(list, i), "name", 10);
        json_leave(&r);
    }
    json_leave(&r);
    CHECK(!json_is_clean(&r));
    CHECK(strstr(r.complaint, "services[0]") && strstr(r.complaint, "name"));
}

/* ---- messages ------------------------------------------------------------------------ */

static void test_message_comes_in_any_pieces(void **state)
{
    (void)state;
    struct bytes wire AUTO_BYTES = { 0 }, in AUTO_BYTES = { 0 };
    AUTO(json_release) json_t *head = json_pack("{ss}", "op", "submit");
    CHECK_EQ(message_encode(&wire, head, "body", 4), 0);
    for (size_t i = 0; i < wire.length; i++) {
        struct message m AUTO_MESSAGE = { 0 };
        CHECK_EQ(bytes_append_byte(&in, wire.data[i]), 0);
        int r = message_decode(&m, &in);
        CHECK_EQ(r, i + 1 < wire.length ? MESSAGE_E_MORE : 0);
        if (!r) {
            CHECK_STR(json_string_value(json_object_get(m.head, "op")), "submit");
            CHECK_EQ(m.body.length, 4);
        }
    }
    CHECK_EQ(in.length, 0);
}

static void test_message_refuses_lies_about_length_before_allocating(void **state)
{
    (void)state;
    static const struct {
        uint32_t json, body;
        const char *text;
    } rows[] = { { MESSAGE_JSON_MAX + 1, 0, "" },
                 { 2, MESSAGE_BODY_MAX + 1u, "{}" },
                 { 0, 0, "" },
                 { 2, 0, "[]" },
                 { 3, 0, "{x}" } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bytes in AUTO_BYTES = { 0 };
        struct message m AUTO_MESSAGE = { 0 };
        CHECK_EQ(bytes_append_be32(&in, rows[i].json), 0);
        CHECK_EQ(bytes_append_be32(&in, rows[i].body), 0);
        CHECK_EQ(bytes_append_text(&in, rows[i].text), 0);
        CHECK_EQ(message_decode(&m, &in), MESSAGE_E_BAD);
    }
}

RUN(T(test_bytes_grow_and_are_cut_from_the_front), T(test_hex_and_base64_refuse_what_is_not_exact),
    T(test_crc32c_has_the_values_of_the_standard), T(test_text_decodes_only_well_formed_utf8),
    T(test_text_copy_never_cuts_a_character_in_two),
    T(test_text_knows_han_and_what_must_never_be_shown),
    T(test_text_utf16_joins_pairs_and_replaces_lone_halves),
    T(test_text_to_int_takes_numbers_and_nothing_else),
    T(test_uuid_v7_rises_even_when_the_clock_falls),
    T(test_receipt_forgives_how_it_is_typed_but_not_a_wrong_character),
    T(test_clock_writes_and_reads_rfc3339), T(test_queue_is_bounded_ordered_and_drops_what_is_left),
    T(test_json_is_read_strictly_and_says_where),
    T(test_json_reader_keeps_the_first_complaint_with_its_place),
    T(test_message_comes_in_any_pieces),
    T(test_message_refuses_lies_about_length_before_allocating))
