/* links: drivers/smartcard firmware/base */
#include "drivers/smartcard/apdu.h"
#include "drivers/smartcard/atr.h"
#include "drivers/smartcard/tlv.h"
#include "tests/support/check.h"
#include "tests/support/virtual_card.h"

/* ---- APDUs (7816-4, 5.1) ------------------------------------------------------------- */

static void test_smartcard_commands_are_said_in_all_four_cases(void **state)
{
    (void)state;
    static const uint8_t data[256] = { 0xef, 0x05 };
    static const struct {
        struct apdu_command command;
        const char *want;
        size_t length;
    } rows[] = {
        { { .ins = 0x84, .le = APDU_NO_LE }, "\x00\x84\x00\x00", 4 },
        { { .ins = 0x84, .le = 8 }, "\x00\x84\x00\x00\x08", 5 },
        { { .ins = 0x84, .le = 0 }, "\x00\x84\x00\x00\x00", 5 },
        { { .ins = 0x84, .le = 256 }, "\x00\x84\x00\x00\x00", 5 },
        { { .ins = 0xa4, .p1 = 2, .data = data, .length = 2, .le = APDU_NO_LE },
          "\x00\xa4\x02\x00\x02\xef\x05",
          7 },
        { { 0x80, 0xa4, 2, 3, data, 2, 0x10 }, "\x80\xa4\x02\x03\x02\xef\x05\x10", 8 },
        { { .ins = 0xa4, .data = data, .length = 256, .le = APDU_NO_LE }, "", 0 },
        { { .ins = 0xa4, .length = 1, .le = APDU_NO_LE }, "", 0 },
        { { .ins = 0xa4, .le = 257 }, "", 0 },
        { { .ins = 0xa4, .le = -2 }, "", 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t out[APDU_COMMAND_MAX];
        CHECK_EQ(apdu_encode(out, &rows[i].command), rows[i].length);
        CHECK_BYTES(out, rows[i].want, rows[i].length);
    }
    const struct apdu_command longest = { .data = data, .length = 255, .le = 0 };
    uint8_t out[APDU_COMMAND_MAX];
    CHECK_EQ(apdu_encode(out, &longest), APDU_COMMAND_MAX);
}

static void test_smartcard_replies_end_in_a_status(void **state)
{
    (void)state;
    struct apdu_reply r;
    uint8_t longest[APDU_REPLY_MAX + 1] = { 0 };
    CHECK_EQ(apdu_parse(&r, (const uint8_t *)"\x90\x00", 2), 0);
    CHECK_EQ(r.sw, 0x9000);
    CHECK_EQ(r.length, 0);
    CHECK_EQ(apdu_parse(&r, (const uint8_t *)"abc\x62\x82", 5), 0);
    CHECK_EQ(r.sw, 0x6282);
    CHECK_EQ(r.length, 3);
    CHECK_BYTES(r.data, "abc", 3);
    CHECK_EQ(apdu_parse(&r, longest, APDU_REPLY_MAX), 0);
    CHECK_EQ(r.length, APDU_DATA_MAX);
    CHECK_EQ(apdu_parse(&r, longest, APDU_REPLY_MAX + 1), -EBADMSG);
    CHECK_EQ(apdu_parse(&r, longest, 1), -EBADMSG);
    CHECK_EQ(apdu_parse(&r, longest, 0), -EBADMSG);
}

static void test_smartcard_status_says_what_to_do(void **state)
{
    (void)state;
    static const struct {
        uint16_t sw;
        enum apdu_meaning want;
    } rows[] = {
        { 0x9000, APDU_OK },
        { 0x6110, APDU_MORE },
        { 0x6282, APDU_WARNING },
        { 0x63c2, APDU_WARNING },
        { 0x6c1e, APDU_WRONG_LE },
        { 0x6982, APDU_NOT_ALLOWED },
        { 0x6985, APDU_NOT_ALLOWED },
        { 0x6983, APDU_NOT_ALLOWED },
        { 0x6a82, APDU_NOT_FOUND },
        { 0x6a83, APDU_NOT_FOUND },
        { 0x6a88, APDU_NOT_FOUND },
        { 0x6a81, APDU_NOT_SUPPORTED },
        { 0x6d00, APDU_NOT_SUPPORTED },
        { 0x6e00, APDU_NOT_SUPPORTED },
        { 0x6f00, APDU_FAILED },
        { 0x6700, APDU_FAILED },
        { 0x9001, APDU_FAILED },
        { 0x0000, APDU_FAILED },
        { 0x6400, APDU_FAILED },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_EQ(apdu_judge(rows[i].sw), rows[i].want);
}

/* ---- answer to reset (7816-3, 8.2) --------------------------------------------------- */

static void test_smartcard_atr_is_read_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bytes;
        size_t length;
        int want;
        uint16_t protocols;
        size_t historical;
    } rows[] = {
        { "shortest", "\x3b\x00", 2, 0, 1, 0 },
        { "inverse", "\x3f\x02\x41\x42", 4, 0, 1, 2 },
        { "TA1, T=0", "\x3b\x12\x11\x41\x42", 5, 0, 1, 2 },
        { "T=1 with TCK", "\x3b\x80\x01\x81", 4, 0, 2, 0 },
        { "T=0 and T=1", "\x3b\x84\x80\x01TEST\x13", 9, 0, 3, 4 },
        { "T=0 said aloud, no TCK", "\x3b\x80\x00", 3, 0, 1, 0 },
        { "wrong TCK", "\x3b\x80\x01\x80", 4, -EBADMSG, 0, 0 },
        { "no TCK", "\x3b\x80\x01", 3, -EBADMSG, 0, 0 },
        { "trailing byte", "\x3b\x00\x00", 3, -EBADMSG, 0, 0 },
        { "behind the TCK", "\x3b\x80\x01\x81\x00", 5, -EBADMSG, 0, 0 },
        { "historical bytes missing", "\x3b\x02\x41", 3, -EBADMSG, 0, 0 },
        { "TD1 missing", "\x3b\x80", 2, -EBADMSG, 0, 0 },
        { "TA1 missing", "\x3b\x10", 2, -EBADMSG, 0, 0 },
        { "neither convention", "\x3c\x00", 2, -EBADMSG, 0, 0 },
        { "one byte", "\x3b", 1, -EBADMSG, 0, 0 },
        { "TD without end", "\x3b\x80\x80\x80\x80\x80\x80", 7, -EBADMSG, 0, 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct atr a;
        int r = atr_parse(&a, (const uint8_t *)rows[i].bytes, rows[i].length);
        if (r != rows[i].want)
            print_error("%s\n", rows[i].name);
        CHECK_EQ(r, rows[i].want);
        CHECK_EQ(a.protocols, rows[i].protocols);
        CHECK_EQ(a.historical_length, rows[i].historical);
    }
    struct atr a;
    uint8_t longest[ATR_MAX + 1] = { 0x3b, 0x0f };
    CHECK_EQ(atr_parse(&a, longest, sizeof(longest)), -EBADMSG);
    CHECK_EQ(atr_parse(&a, virtual_atr, VIRTUAL_ATR), 0);
    CHECK_BYTES(a.historical, "TEST", 4);
}

/* ---- BER-TLV (7816-4, 5.2.2) --------------------------------------------------------- */

static void test_smartcard_tlv_walks_objects_and_padding(void **state)
{
    (void)state;
    static const uint8_t data[] = { 0x00, 0xff, 0x5a, 0x02, 1,    2,    0x5f, 0x20, 0x81, 0x03,
                                    'A',  'B',  'C',  0xbf, 0x81, 0x01, 0,    0x00, 0x00 };
    static const struct {
        uint32_t tag;
        size_t length;
        bool is_constructed;
    } want[] = { { 0x5a, 2, false }, { 0x5f20, 3, false }, { 0xbf8101, 0, true } };
    struct tlv_walk w = { data, sizeof(data) };
    struct tlv t;
    for (size_t i = 0; i < 3; i++) {
        CHECK_EQ(tlv_next(&t, &w), 0);
        CHECK_EQ(t.tag, want[i].tag);
        CHECK_EQ(t.length, want[i].length);
        CHECK_EQ(t.is_constructed, want[i].is_constructed);
    }
    CHECK_EQ(tlv_next(&t, &w), TLV_E_END);
    CHECK_EQ(tlv_find(&t, 0x5f20, data, sizeof(data)), 0);
    CHECK_BYTES(t.value, "ABC", 3);
}

static void test_smartcard_tlv_finds_what_is_inside(void **state)
{
    (void)state;
    static const uint8_t data[] = { 0x6f, 9, 0x84, 1, 7, 0xa5, 4, 0x88, 2, 3, 4, 0x90, 1, 5 };
    struct tlv t;
    CHECK_EQ(tlv_find(&t, 0x88, data, sizeof(data)), 0);
    CHECK_BYTES(t.value, "\3\4", 2);
    CHECK_EQ(tlv_find(&t, 0x90, data, sizeof(data)), 0);
    CHECK_EQ(tlv_find(&t, 0x91, data, sizeof(data)), TLV_E_END);
    uint8_t
        nested[40]; /* deeper than anybody builds: not gone into, and no recursion without end */
    for (size_t i = 0; i < sizeof(nested); i += 2) {
        nested[i] = 0x6f;
        nested[i + 1] = (uint8_t)(sizeof(nested) - i - 2);
    }
    CHECK_EQ(tlv_find(&t, 0x01, nested, sizeof(nested)), TLV_E_END);
    static const uint8_t broken_inside[] = { 0x6f, 2, 0x84, 9 };
    CHECK_EQ(tlv_find(&t, 0x84, broken_inside, sizeof(broken_inside)), -EBADMSG);
}

static void test_smartcard_tlv_that_lies_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
    } rows[] = {
        { "\x5a", 1 },                             /* no length */
        { "\x5a\x03\x01\x02", 4 },                 /* runs over the end */
        { "\x5a\x80\x01", 3 },                     /* end marked inside */
        { "\x5a\x85\x00\x00\x00\x00\x01\x01", 8 }, /* five bytes of length */
        { "\x5a\x84\xff\xff\xff\xff", 6 },         /* four gigabytes */
        { "\x5a\x82\x01", 3 },                     /* length cut short */
        { "\x5f", 1 },                             /* tag cut short */
        { "\x5f\x81\x81\x01\x00", 5 },             /* tag of four bytes */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct tlv_walk w = { (const uint8_t *)rows[i].bytes, rows[i].length };
        struct tlv t;
        CHECK_EQ(tlv_next(&t, &w), -EBADMSG);
    }
}

RUN(T(test_smartcard_commands_are_said_in_all_four_cases),
    T(test_smartcard_replies_end_in_a_status), T(test_smartcard_status_says_what_to_do),
    T(test_smartcard_atr_is_read_or_refused), T(test_smartcard_tlv_walks_objects_and_padding),
    T(test_smartcard_tlv_finds_what_is_inside), T(test_smartcard_tlv_that_lies_is_refused))
