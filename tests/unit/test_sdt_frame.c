/* links: drivers/idcard drivers/usb firmware/card firmware/base */
#include <stdlib.h>

#include "drivers/idcard/frame.h"
#include "firmware/base/bytes.h"
#include "tests/support/check.h"

/* "AA AA .." -> bytes; ".." stands for the preamble. */
static size_t bytes_of(uint8_t *out, const char *text)
{
    size_t count = 0;
    for (const char *c = text; *c; c++) {
        if (*c == ' ')
            continue;
        if (*c == '.') {
            memcpy(out + count, "\xaa\xaa\xaa\x96\x69", 5);
            count += 5;
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
        uint8_t command, parameter;
        const char *extra, *want;
    } rows[] = {
        { 0x10, 0xff, "", ".. 00 03 10 FF EC" },   { 0x11, 0xff, "", ".. 00 03 11 FF ED" },
        { 0x12, 0xff, "", ".. 00 03 12 FF EE" },   { 0x20, 0x01, "", ".. 00 03 20 01 22" },
        { 0x20, 0x02, "", ".. 00 03 20 02 21" },   { 0x30, 0x01, "", ".. 00 03 30 01 32" },
        { 0x30, 0x10, "", ".. 00 03 30 10 23" },   { 0x30, 0x03, "", ".. 00 03 30 03 30" },
        { 0x30, 0x05, "", ".. 00 03 30 05 36" },   { 0x61, 0xff, "50", ".. 00 04 61 FF 50 CA" },
        { 0x60, 0x00, "", ".. 00 03 60 00 63" },   { 0x60, 0x04, "", ".. 00 03 60 04 67" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t got[SDT_REQUEST_MAX], want[32], extra[4];
        size_t n = sdt_request(got, rows[i].command, rows[i].parameter, extra, bytes_of(extra, rows[i].extra));
        CHECK_EQ(n, bytes_of(want, rows[i].want));
        CHECK_BYTES(got, want, n);
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
    { "V10", ".. 00 14 00 00 90 05 00 01 00 A5 3A 34 01 2A 00 00 00 15 CD 5B 07 84", 0, 0x90, 16, 0 },
    { "V11", ".. 00 14 00 00 90 05 00 03 00 3F B4 34 01 FF FF FF FF 00 00 00 00 3C", 0, 0x90, 16, 0 },
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
static int feed(struct sdt_parser *p, const uint8_t *data, size_t length, size_t step, struct sdt_reply *out)
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
    CHECK(!memcmp(&reply, &(struct sdt_reply){ 0 }, sizeof(reply)));
    sdt_parser_wipe(&p);
    CHECK_BYTES(&p, &empty, sizeof(p));
}

/* ---- judging ------------------------------------------------------------------------- */

static struct sdt_reply card_reply(uint16_t text, uint16_t photo, size_t length)
{
    struct sdt_reply r = { .sw3 = SDT_OK, .length = length };
    put_be16(r.data, text);
    put_be16(r.data + 2, photo);
    return r;
}

static void test_sdt_judge_knows_answers_from_stale_and_lying_ones(void **state)
{
    (void)state;
    static const struct {
        enum sdt_command_id id;
        uint8_t sw3;
        size_t length;
        int want;
    } rows[] = {
        { SDT_FIND, SDT_FOUND, 4, 0 },
        { SDT_FIND, SDT_NO_CARD, 0, SDT_E_STATUS },
        { SDT_FIND, SDT_OK, 8, SDT_E_UNEXPECTED },
        { SDT_SELECT, SDT_OK, 8, 0 },
        { SDT_SELECT, SDT_FOUND, 4, SDT_E_UNEXPECTED }, /* M11 */
        { SDT_SELECT, SDT_OK, 7, SDT_E_PAYLOAD },
        { SDT_SAM_NUMBER, SDT_OK, 16, 0 },
        { SDT_SAM_NUMBER, SDT_OK, 0, SDT_E_PAYLOAD },
        { SDT_NEW_ADDRESS, SDT_NOTHING, 0, SDT_E_STATUS },
        { SDT_NEW_ADDRESS, SDT_OK, 70, 0 },
        { SDT_NEW_ADDRESS, SDT_OK, 71, SDT_E_PAYLOAD },
        { SDT_STATUS, SDT_SAM_SICK, 0, SDT_E_STATUS },
        { SDT_READ, SDT_READ_FAILED, 0, SDT_E_STATUS },
        { SDT_READ, SDT_OK, 0, SDT_E_PAYLOAD },
        { SDT_READ, 0x77, 0, SDT_E_STATUS },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct sdt_reply r = { .sw3 = rows[i].sw3, .length = rows[i].length };
        CHECK_EQ(sdt_judge(rows[i].id, &r), rows[i].want);
    }
}

static void test_sdt_judge_adds_up_inner_lengths(void **state)
{
    (void)state;
    static const struct {
        uint16_t text, photo;
        size_t length;
        int want;
    } rows[] = {
        { 256, 1024, 1284, 0 },
        { 256, 0, 260, 0 },
        { 257, 1024, 1284, SDT_E_PAYLOAD }, /* M9 */
        { 0xffff, 0xffff, 8, SDT_E_PAYLOAD }, /* M10 */
        { 256, 1025, 1285, SDT_E_PAYLOAD },
        { 255, 1024, 1283, SDT_E_PAYLOAD },
        { 256, 1024, 1283, SDT_E_PAYLOAD },
        { 256, 1024, 3, SDT_E_PAYLOAD },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct sdt_reply r = card_reply(rows[i].text, rows[i].photo, rows[i].length);
        CHECK_EQ(sdt_judge(SDT_READ, &r), rows[i].want);
    }
    struct sdt_reply prints = card_reply(256, 1024, 6 + 256 + 1024 + 512);
    put_be16(prints.data + 4, 512);
    CHECK_EQ(sdt_judge(SDT_READ_WITH_PRINTS, &prints), 0);
    CHECK(sdt_text(&prints) == prints.data + 6);
    put_be16(prints.data + 4, 513);
    CHECK_EQ(sdt_judge(SDT_READ_WITH_PRINTS, &prints), SDT_E_PAYLOAD);
}

RUN(T(test_sdt_requests_are_those_of_the_document), T(test_sdt_replies_in_any_chunking),
    T(test_sdt_parser_gives_up_on_endless_junk), T(test_sdt_cap_is_that_of_the_command),
    T(test_sdt_parser_keeps_no_card_behind), T(test_sdt_judge_knows_answers_from_stale_and_lying_ones),
    T(test_sdt_judge_adds_up_inner_lengths))
