/* links: drivers/smartcard tests/pcsc firmware/base */
#include "drivers/smartcard/pcsc.h"
#include "drivers/smartcard/social.h"
#include "tests/pcsc/fake_winscard.h"
#include "tests/support/check.h"

static struct way {
    struct pcsc *pcsc;
    struct smartcard_port port;
    uint8_t atr[ATR_MAX];
    size_t atr_length;
    char reader[SMARTCARD_READER_NAME];
} way;

static int start(void **state)
{
    (void)state;
    fake_pcsc = (struct fake_pcsc){ 0 };
    way = (struct way){ 0 };
    if (pcsc_new(&way.pcsc))
        return -1;
    way.port = pcsc_port(way.pcsc);
    return 0;
}

/* Whatever happened, nothing stays open. */
static int finish(void **state)
{
    (void)state;
    way.port.disconnect(way.port.context);
    CHECK_EQ(fake_pcsc.cards, 0);
    pcsc_free(way.pcsc);
    CHECK_EQ(fake_pcsc.contexts, 0);
    pcsc_free(NULL);
    return 0;
}

static int connect_card(void)
{
    return way.port.connect(way.port.context, way.atr, &way.atr_length, way.reader);
}

static bool is_left_out(void)
{
    if (!pcsc_is_built())
        print_message("SKIP: built without PC/SC (libpcsclite-dev; WITH_PCSC=1)\n");
    return !pcsc_is_built();
}

static void test_smartcard_pcsc_reads_the_card_in_the_second_reader(void **state)
{
    (void)state;
    struct social_card c;
    struct atr atr;
    if (is_left_out()) {
        CHECK_EQ(connect_card(), SMARTCARD_E_NO_SERVICE);
        CHECK_EQ(social_card_read(&c, &way.port), SMARTCARD_E_NO_SERVICE);
        return;
    }
    for (int t1 = 0; t1 < 2; t1++) {
        fake_pcsc.is_t1 = t1;
        CHECK_EQ(connect_card(), 0);
        CHECK_STR(way.reader, "Virtual reader 01 00");
        CHECK_EQ(atr_parse(&atr, way.atr, way.atr_length), 0);
        CHECK_EQ(social_card_read(&c, &way.port), 0);
        CHECK_STR(c.name, "测试甲");
        social_card_wipe(&c);
    }
    CHECK_EQ(fake_pcsc.established, 1); /* one conversation with the service */
}

/* PC/SC's codes and what they mean here (PCSC/pcsclite.h). */
static void test_smartcard_pcsc_codes_have_one_meaning_each(void **state)
{
    (void)state;
    static const struct {
        uint32_t code;
        int want;
    } rows[] = {
        { 0x8010001d, SMARTCARD_E_NO_SERVICE }, { 0x8010001e, SMARTCARD_E_NO_SERVICE },
        { 0x8010002e, SMARTCARD_E_NO_READER },  { 0x80100017, SMARTCARD_E_NO_READER },
        { 0x80100009, SMARTCARD_E_NO_READER },  { 0x8010000c, SMARTCARD_E_NO_CARD },
        { 0x80100066, SMARTCARD_E_MUTE },       { 0x80100067, SMARTCARD_E_MUTE },
        { 0x80100065, SMARTCARD_E_MUTE },       { 0x8010000f, SMARTCARD_E_MUTE },
        { 0x8010000b, SMARTCARD_E_BUSY },       { 0x80100069, SMARTCARD_E_REMOVED },
        { 0x80100068, SMARTCARD_E_REMOVED },    { 0x80100006, -ENOMEM },
        { 0x80100013, SMARTCARD_E_BROKEN },     { 0x80100016, SMARTCARD_E_BROKEN },
        { 0x80100003, SMARTCARD_E_BROKEN },
    };
    if (is_left_out())
        return;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (int call = FAKE_ESTABLISH; call <= FAKE_STATUS; call++) {
            finish(NULL); /* a service that nobody has spoken to */
            CHECK_EQ(start(NULL), 0);
            fake_pcsc.fails[call] = rows[i].code;
            CHECK_EQ(connect_card(), rows[i].want);
            CHECK_EQ(fake_pcsc.cards, 0);
            fake_pcsc.fails[call] = 0;
            CHECK_EQ(connect_card(), 0); /* and it comes back by itself */
        }
}

static void test_smartcard_pcsc_card_taken_out_is_let_go(void **state)
{
    (void)state;
    struct social_card c;
    if (is_left_out())
        return;
    CHECK_EQ(connect_card(), 0);
    fake_pcsc.fails[FAKE_TRANSMIT] = 0x80100069;
    CHECK_EQ(social_card_read(&c, &way.port), SMARTCARD_E_REMOVED);
    CHECK_EQ(fake_pcsc.cards, 0);
    fake_pcsc.fails[FAKE_TRANSMIT] = 0;
    CHECK_EQ(social_card_read(&c, &way.port), SMARTCARD_E_REMOVED); /* not without connecting */
    fake_pcsc.has_no_card = true;
    CHECK_EQ(connect_card(), SMARTCARD_E_NO_CARD);
    fake_pcsc.has_no_card = false;
    CHECK_EQ(connect_card(), 0);
    CHECK_EQ(social_card_read(&c, &way.port), 0);
}

static void test_smartcard_pcsc_service_that_lies_does_no_harm(void **state)
{
    (void)state;
    if (is_left_out())
        return;
    fake_pcsc.has_long_atr = true;
    CHECK_EQ(connect_card(), 0);
    CHECK_EQ(way.atr_length, 0);
    fake_pcsc.has_long_name = true;
    CHECK_EQ(connect_card(), 0);
    CHECK_EQ(strlen(way.reader), SMARTCARD_READER_NAME - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_smartcard_pcsc_reads_the_card_in_the_second_reader,
                                        start, finish),
        cmocka_unit_test_setup_teardown(test_smartcard_pcsc_codes_have_one_meaning_each, start,
                                        finish),
        cmocka_unit_test_setup_teardown(test_smartcard_pcsc_card_taken_out_is_let_go, start,
                                        finish),
        cmocka_unit_test_setup_teardown(test_smartcard_pcsc_service_that_lies_does_no_harm, start,
                                        finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
