/* links: drivers/idcard drivers/usb firmware/card firmware/base */
#include <stdlib.h>

#include "drivers/idcard/frame.h"
#include "firmware/base/bytes.h"
#include "firmware/card/person.h"
#include "tests/support/check.h"

static const uint8_t preamble[] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69 };

/* "AA AA .." -> bytes; ".." stands for the preamble. */
static size_t bytes_of(uint8_t *out, const char *text)
{
    size_t count = 0;
    for (const char *c = text; *c; c++) {
        if (*c == ' ')
            continue;
        if (*c == '.') {
            memcpy(out + count, preamble, sizeof(preamble));
            count += sizeof(preamble);
            c++;
            continue;
        }
        char pair[3] = { c[0], c[1], 0 };
        out[count++] = (uint8_t)strtoul(pair, NULL, 16);
        c++;
    }
    return count;
}

/* ---- vectors V1 to V4: requests ------------------------------------------------------ */

static void test_sdt_requests_are_those_of_the_document(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint8_t command, parameter;
        const char *extra, *want;
    } rows[] = {
        { "V1", 0x10, 0xff, "", ".. 00 03 10 FF EC" },
        { "V1", 0x11, 0xff, "", ".. 00 03 11 FF ED" },
        { "V1", 0x12, 0xff, "", ".. 00 03 12 FF EE" },
        { "V2", 0x20, 0x01, "", ".. 00 03 20 01 22" },
        { "V2", 0x20, 0x02, "", ".. 00 03 20 02 21" },
        { "V3", 0x30, 0x01, "", ".. 00 03 30 01 32" },
        { "V3", 0x30, 0x10, "", ".. 00 03 30 10 23" },
        { "V3", 0x30, 0x03, "", ".. 00 03 30 03 30" },
        { "V3", 0x30, 0x05, "", ".. 00 03 30 05 36" },
        { "V4", 0x61, 0xff, "50", ".. 00 04 61 FF 50 CA" },
        { "V4", 0x60, 0x00, "", ".. 00 03 60 00 63" },
        { "V4", 0x60, 0x04, "", ".. 00 03 60 04 67" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t got[SDT_REQUEST_MAX], want[32], extra[4];
        size_t n = sdt_request(got, rows[i].command, rows[i].parameter, extra,
                               bytes_of(extra, rows[i].extra));
        if (n != bytes_of(want, rows[i].want) || memcmp(got, want, n) != 0)
            fail_msg("%s: %s", rows[i].name, rows[i].want);
    }
}

/* ---- vectors V5 to V11 and M1 to M12: replies ---------------------------------------- */

#define V5 ".. 00 04 00 00 90 94"
#define MORE SDT_E_MORE

static const struct {
    const char *name, *bytes;
    int want;       /* outcome of the parser */
    int sw3, count; /* of the frame */
    int silence;    /* what silence means when the parser wants more */
} replies[] = {
    { "V5", V5, 0, 0x90, 0, 0 },
    { "V6", ".. 00 08 00 00 9F 00 00 00 00 97", 0, 0x9f, 4, 0 },
    { "V7", ".. 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C", 0, 0x90, 8, 0 },
    { "V8", ".. 00 04 00 00 80 84", 0, 0x80, 0, 0 },
    { "V9", ".. 00 04 69 82 41 AE", 0, 0x41, 0, 0 },
    { "V10", ".. 00 14 00 00 90 05 00 01 00 A5 3A 34 01 2A 00 00 00 15 CD 5B 07 84", 0, 0x90, 16,
      0 },
    { "V11", ".. 00 14 00 00 90 05 00 03 00 3F B4 34 01 FF FF FF FF 00 00 00 00 3C", 0, 0x90, 16,
      0 },
    { "M1 bad checksum", ".. 00 04 00 00 90 95", SDT_E_CHECKSUM, 0, 0, 0 },
    { "M2 truncated", ".. 00 08 00 00 9F 00 00", MORE, 0, 0, SDT_E_TIMEOUT },
    { "M3 too large", ".. FF FF 00 00 90", SDT_E_LENGTH, 0, 0, 0 },
    { "M4 too small", ".. 00 00", SDT_E_LENGTH, 0, 0, 0 },
    { "M4 too small for a reply", ".. 00 03 00 00 03", SDT_E_LENGTH, 0, 0, 0 },
    { "M5 wrong preamble", "AA AA AB 96 69 00 04 00 00 90 94", MORE, 0, 0, SDT_E_PREAMBLE },
    { "M6 trailing garbage", V5 " 00 00 00", 0, 0x90, 0, 0 },
    { "M7 leading garbage", "00 FF " V5, 0, 0x90, 0, 0 },
    { "M8 extra AA", "AA " V5, 0, 0x90, 0, 0 },
    { "M8 many AA", "AA AA AA AA " V5, 0, 0x90, 0, 0 },
    { "M8 broken preamble first", "AA AA AA 96 " V5, 0, 0x90, 0, 0 },
    { "M12 two frames", V5 " .. 00 08 00 00 9F 00 00 00 00 97", 0, 0x90, 0, 0 },
    { "M13 silence", "", MORE, 0, 0, SDT_E_TIMEOUT },
};

/* Feeds `step` bytes at a time. */
static int feed(struct sdt_parser *p, const uint8_t *data, size_t length, size_t step,
                struct sdt_reply *out)
{
    int r = SDT_E_MORE;
    for (size_t at = 0; at < length && r == SDT_E_MORE;) {
        size_t taken, count = length - at < step ? length - at : step;
        r = sdt_parser_feed(p, data + at, count, &taken, out);
        CHECK(taken <= count);
        at += taken;
    }
    return r;
}

static void test_sdt_replies_in_any_chunking(void **state)
{
    (void)state;
    static const size_t steps[] = { 1, 2, 7, 64, 4096 };
    for (size_t i = 0; i < sizeof(replies) / sizeof(replies[0]); i++)
        for (size_t k = 0; k < sizeof(steps) / sizeof(steps[0]); k++) {
            struct sdt_parser p = { 0 };
            struct sdt_reply reply = { 0 };
            uint8_t data[128];
            size_t length = bytes_of(data, replies[i].bytes);
            sdt_parser_start(&p, SDT_LENGTH_MAX);
            int r = feed(&p, data, length, steps[k], &reply);
            if (r != replies[i].want)
                print_error("%s, %zu at a time\n", replies[i].name, steps[k]);
            CHECK_EQ(r, replies[i].want);
            if (!r) {
                CHECK_EQ(reply.sw3, replies[i].sw3);
                CHECK_EQ(reply.length, replies[i].count);
            }
            if (r == MORE)
                CHECK_EQ(sdt_parser_silence(&p), replies[i].silence);
        }
}

/* Every status without data (7.1): CHK is the status xor 04. */
static void test_sdt_every_status_comes_through(void **state)
{
    (void)state;
    static const uint8_t rows[][2] = { { 0x10, 0x14 }, { 0x11, 0x15 }, { 0x21, 0x25 },
                                       { 0x23, 0x27 }, { 0x24, 0x20 }, { 0x31, 0x35 },
                                       { 0x32, 0x36 }, { 0x33, 0x37 }, { 0x40, 0x44 },
                                       { 0x41, 0x45 }, { 0x47, 0x43 }, { 0x60, 0x64 },
                                       { 0x66, 0x62 }, { 0x80, 0x84 }, { 0x81, 0x85 },
                                       { 0x90, 0x94 }, { 0x91, 0x95 } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct sdt_parser p = { 0 };
        struct sdt_reply reply = { 0 };
        uint8_t data[] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 4, 0, 0, rows[i][0], rows[i][1] };
        sdt_parser_start(&p, 4);
        CHECK_EQ(feed(&p, data, sizeof(data), 1, &reply), 0);
        CHECK_EQ(reply.sw3, rows[i][0]);
        CHECK_EQ(reply.length, 0);
    }
}

/* ---- whole cards (section 7.2) ------------------------------------------------------- */

static void card_c(uint8_t text[CARD_TEXT_BYTES])
{
    static const struct person c = { .layout = CARD_RESIDENT,
                                     .name = "测试甲",
                                     .sex = '1',
                                     .nation = "01",
                                     .birth = "19900101",
                                     .address = "浙江省测试市样例路1号",
                                     .number = "339999199001010013",
                                     .authority = "测试市公安局",
                                     .valid_from = "20200101",
                                     .is_long_term = true };
    CHECK_EQ(card_encode(text, &c), 0);
}

/* Header in hex, card C (its first unit replaced when `first` is not 0), the photo's byte pattern, zeros, check byte. */
static size_t long_frame(uint8_t *out, const char *header, uint16_t first, size_t prints,
                         uint8_t check)
{
    size_t n = bytes_of(out, header);
    card_c(out + n);
    if (first)
        put_le16(out + n, first);
    n += CARD_TEXT_BYTES;
    for (size_t i = 0; i < CARD_PHOTO_BYTES; i++)
        out[n++] = (uint8_t)i;
    memset(out + n, 0, prints);
    n += prints;
    out[n++] = check;
    return n;
}

static void test_sdt_whole_cards_in_any_chunking(void **state)
{
    (void)state;
    static const struct {
        const char *header, *name;
        enum sdt_command_id id;
        int want;
        uint16_t first, prints, total;
        uint8_t check;
    } rows[] = {
        { ".. 05 08 00 00 90 01 00 04 00", "测试甲", SDT_READ, 0, 0, 0, 1295, 0xc9 },
        { ".. 05 08 00 00 90 01 00 04 00", "\xef\xbf\xbd试甲", SDT_READ, 0, 0xd800, 0, 1295, 0x37 },
        { ".. 05 08 00 00 90 01 01 04 00", "", SDT_READ, SDT_E_PAYLOAD, 0, 0, 1295, 0xc8 }, /* M9 */
        { ".. 05 0A 00 00 90 01 00 04 00 00 00", "测试甲", SDT_READ_WITH_PRINTS, 0, 0, 0, 1297,
          0xcb },
        { ".. 09 0A 00 00 90 01 00 04 00 04 00", "测试甲", SDT_READ_WITH_PRINTS, 0, 0, 1024, 2321,
          0xc3 },
    };
    static const size_t steps[] = { 1, 7, 64, 512, 4096 };
    static uint8_t data[2400];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (size_t k = 0; k < sizeof(steps) / sizeof(steps[0]); k++) {
            struct sdt_parser p = { 0 };
            struct sdt_reply reply = { 0 };
            struct person person;
            size_t length =
                long_frame(data, rows[i].header, rows[i].first, rows[i].prints, rows[i].check);
            CHECK_EQ(length, rows[i].total);
            sdt_parser_start(&p, SDT_LENGTH_MAX);
            CHECK_EQ(feed(&p, data, length, steps[k], &reply), 0);
            CHECK_EQ(sdt_judge(rows[i].id, &reply), rows[i].want);
            if (rows[i].want)
                continue;
            CHECK_EQ(card_parse(&person, sdt_text(&reply)), 0);
            CHECK_STR(person.name, rows[i].name);
        }
}

/* 30 03 with one address, 30 05: the two other replies with data. */
static void test_sdt_other_replies_with_data(void **state)
{
    (void)state;
    struct sdt_parser p = { 0 };
    struct sdt_reply reply = { 0 };
    uint8_t data[128];
    size_t taken, n = bytes_of(data, ".. 00 4A 00 00 90");
    struct person home = { .layout = CARD_RESIDENT, .address = "浙江省测试市样例路3号" };
    uint8_t text[CARD_TEXT_BYTES];
    CHECK_EQ(card_encode(text, &home), 0);
    memcpy(data + n, text + 52, 70);
    data[n + 70] = 0xe1;
    sdt_parser_start(&p, SDT_LENGTH_MAX);
    CHECK_EQ(sdt_parser_feed(&p, data, n + 71, &taken, &reply), 0);
    CHECK_EQ(taken, 81);
    CHECK_EQ(sdt_judge(SDT_NEW_ADDRESS, &reply), 0);
    n = bytes_of(data, ".. 00 20 00 00 90 00 00 00 00 01 02 03 04 05 06 07 08 10 11 12 13 14 15 16 "
                       "17 18 19 1A 1B 1C "
                       "1D 1E 1F B8");
    sdt_parser_start(&p, SDT_LENGTH_MAX);
    CHECK_EQ(feed(&p, data, n, 1, &reply), 0);
    CHECK_EQ(sdt_judge(SDT_CARD_NUMBERS, &reply), 0);
}

static void test_sdt_parser_gives_up_on_endless_junk(void **state)
{
    (void)state;
    struct sdt_parser p = { 0 };
    struct sdt_reply reply;
    uint8_t junk[SDT_JUNK_MAX + 10];
    size_t taken;
    memset(junk, 0x42, sizeof(junk));
    sdt_parser_start(&p, 100);
    CHECK_EQ(sdt_parser_feed(&p, junk, sizeof(junk), &taken, &reply), SDT_E_PREAMBLE);
    CHECK_EQ(taken, SDT_JUNK_MAX + 1);
}

static void test_sdt_cap_is_that_of_the_command(void **state)
{
    (void)state;
    struct sdt_parser p = { 0 };
    struct sdt_reply reply;
    uint8_t data[64];
    size_t taken, length = bytes_of(data, ".. 00 08 00 00 9F 00 00 00 00 97");
    sdt_parser_start(&p, 7);
    CHECK_EQ(sdt_parser_feed(&p, data, length, &taken, &reply), SDT_E_LENGTH);
}

static void test_sdt_parser_keeps_no_card_behind(void **state)
{
    (void)state;
    struct sdt_parser p = { 0 }, empty = { 0 };
    struct sdt_reply reply = { 0 };
    uint8_t data[64];
    size_t taken, length = bytes_of(data, ".. 00 0C 00 00 90 31 32 33 34 35 36 37 38 94");
    sdt_parser_start(&p, 100);
    CHECK_EQ(sdt_parser_feed(&p, data, length, &taken, &reply), 0);
    CHECK(!memmem(&p, sizeof(p), "12345678", 8));
    sdt_reply_wipe(&reply);
    CHECK_BYTES(&reply, &(struct sdt_reply){ 0 }, sizeof(reply));
    sdt_parser_wipe(&p);
    CHECK_BYTES(&p, &empty, sizeof(p));
}

RUN(T(test_sdt_requests_are_those_of_the_document), T(test_sdt_replies_in_any_chunking),
    T(test_sdt_every_status_comes_through), T(test_sdt_whole_cards_in_any_chunking),
    T(test_sdt_other_replies_with_data), T(test_sdt_parser_gives_up_on_endless_junk),
    T(test_sdt_cap_is_that_of_the_command), T(test_sdt_parser_keeps_no_card_behind))
