/* links: drivers/smartcard firmware/base */
#include "drivers/smartcard/social.h"
#include "tests/support/check.h"
#include "tests/support/virtual_card.h"

/* A virtual card behind a port made of memory, which may misbehave. */
static struct bench {
    struct virtual_card card;
    int fails;        /* what transmit says ... */
    unsigned fail_at; /* ... at the command of this number; 0: never */
    bool is_flooding; /* replies without end: 61FF for ever */
    size_t claims;    /* a reply length beyond the buffer */
} bench;

static int transmit(void *context, const uint8_t *command, size_t length, uint8_t *reply,
                    size_t size, size_t *reply_length)
{
    (void)context;
    CHECK_EQ(size, APDU_REPLY_MAX);
    *reply_length = virtual_card_answer(&bench.card, command, length, reply);
    if (bench.is_flooding) {
        memset(reply, 0x61, 40);
        *reply_length = 40;
    }
    if (bench.claims)
        *reply_length = bench.claims;
    return bench.fail_at == bench.card.commands ? bench.fails : 0;
}

static const struct smartcard_port port = { .transmit = transmit };

static void check_wiped(const struct social_card *c)
{
    CHECK_BYTES(c, &(struct social_card){ 0 }, sizeof(*c));
}

static void test_smartcard_social_public_fields_are_read_in_every_manner(void **state)
{
    (void)state;
    for (int tlv = 0; tlv < 2; tlv++)
        for (int t0 = 0; t0 < 2; t0++) {
            struct social_card c;
            bench = (struct bench){ .card = { .is_tlv = tlv, .speaks_t0 = t0 } };
            CHECK_EQ(social_card_read(&c, &port), 0);
            CHECK_STR(c.issuer_id, "915600000233999901020304");
            CHECK_STR(c.version, "2.00");
            CHECK_STR(c.card_number, "A00000000");
            CHECK_STR(c.number, "339999199001010013");
            CHECK_STR(c.name, "测试甲");
            CHECK(!c.needs_pin);
            CHECK_EQ(bench.card.pins, 0);
            social_card_wipe(&c);
            check_wiped(&c);
        }
}

static void test_smartcard_social_never_sends_a_pin(void **state)
{
    (void)state;
    struct social_card c;
    bench = (struct bench){ .card = { .needs_pin = true } };
    CHECK_EQ(social_card_read(&c, &port), 0);
    CHECK(c.needs_pin);
    CHECK_STR(c.card_number, "A00000000");
    CHECK_STR(c.number, "");
    CHECK_STR(c.name, "");
    CHECK_EQ(bench.card.pins, 0);
}

static const uint8_t *odd_record;
static size_t odd_length;
static uint8_t odd_number;

/* The card's own answers, but for one record. */
static int transmit_odd(void *context, const uint8_t *command, size_t length, uint8_t *reply,
                        size_t size, size_t *reply_length)
{
    int r = transmit(context, command, length, reply, size, reply_length);
    if (command[1] == 0xb2 && command[2] == odd_number && bench.card.file == 5) {
        memcpy(reply, odd_record, odd_length);
        *reply_length = odd_length;
    }
    return r;
}

static void test_smartcard_social_records_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const struct {
        uint8_t number;
        const char *bytes;
        size_t length;
        int want;
        bool needs_pin;
    } rows[] = {
        { 7, "A0000;DROP\x90\x00", 12, SOCIAL_E_PAYLOAD, false },
        { 7, "0123456789012345678901234567\x90\x00", 30, SOCIAL_E_PAYLOAD, false },
        { 1, "01234567890123456789\x90\x00", 22, SOCIAL_E_PAYLOAD, false },
        { 7, "\x69\x82", 2, 0, true },
        { 7, "\x62\x82", 2, 0, false },
    };
    const struct smartcard_port odd = { .transmit = transmit_odd };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct social_card c;
        bench = (struct bench){ 0 };
        odd_number = rows[i].number;
        odd_record = (const uint8_t *)rows[i].bytes;
        odd_length = rows[i].length;
        CHECK_EQ(social_card_read(&c, &odd), rows[i].want);
        CHECK_EQ(c.needs_pin, rows[i].needs_pin);
    }
}

static void test_smartcard_social_missing_record_leaves_its_field_empty(void **state)
{
    (void)state;
    struct social_card c;
    bench = (struct bench){ .card = { .lacks_version = true } };
    CHECK_EQ(social_card_read(&c, &port), 0);
    CHECK_STR(c.version, "");
    CHECK_STR(c.card_number, "A00000000");
}

static void test_smartcard_social_other_cards_are_told_apart(void **state)
{
    (void)state;
    struct social_card c;
    bench = (struct bench){ .card = { .lacks_app = true } };
    CHECK_EQ(social_card_read(&c, &port), SOCIAL_E_OTHER_CARD);
    check_wiped(&c);
    CHECK_EQ(bench.card.commands, 1); /* and not asked any further */
}

static void test_smartcard_social_names_that_are_no_text_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = { "\xb2", "\x01\x02", "A\nB", "\xff\xfe\x80" };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct social_card c;
        bench = (struct bench){ .card = { .name = (const uint8_t *)names[i],
                                          .name_length = strlen(names[i]) } };
        CHECK_EQ(social_card_read(&c, &port), SOCIAL_E_PAYLOAD);
        check_wiped(&c);
    }
    static uint8_t longer[200];
    struct social_card c;
    memset(longer, 'A', sizeof(longer));
    bench = (struct bench){ .card = { .name = longer, .name_length = sizeof(longer) } };
    CHECK_EQ(social_card_read(&c, &port), SOCIAL_E_PAYLOAD);
    check_wiped(&c);
}

static void test_smartcard_social_any_failure_ends_it_and_leaves_nothing(void **state)
{
    (void)state;
    static const int fails[] = { SMARTCARD_E_REMOVED, SMARTCARD_E_BROKEN, -EIO };
    for (size_t i = 0; i < sizeof(fails) / sizeof(fails[0]); i++)
        for (unsigned at = 1; at <= 8; at++) {
            struct social_card c;
            bench = (struct bench){ .fails = fails[i], .fail_at = at };
            CHECK_EQ(social_card_read(&c, &port), fails[i]);
            CHECK_EQ(bench.card.commands, at);
            check_wiped(&c);
        }
}

static void test_smartcard_social_endless_or_lying_replies_end(void **state)
{
    (void)state;
    struct social_card c;
    bench = (struct bench){ .is_flooding = true };
    CHECK_EQ(social_card_read(&c, &port), -EBADMSG);
    CHECK(bench.card.commands < 20);
    bench = (struct bench){ .claims = 100000 };
    CHECK_EQ(social_card_read(&c, &port), -EBADMSG);
    bench = (struct bench){ .claims = 1 };
    CHECK_EQ(social_card_read(&c, &port), -EBADMSG);
    check_wiped(&c);
}

static void test_smartcard_command_that_cannot_be_said_is_a_fault(void **state)
{
    (void)state;
    struct apdu_reply r;
    bench = (struct bench){ 0 };
    CHECK_EQ(smartcard_do(&port, &(struct apdu_command){ .le = 1000 }, &r), -EINVAL);
    CHECK_EQ(bench.card.commands, 0);
}

RUN(T(test_smartcard_social_public_fields_are_read_in_every_manner),
    T(test_smartcard_social_never_sends_a_pin),
    T(test_smartcard_social_records_that_cannot_be_are_refused),
    T(test_smartcard_social_missing_record_leaves_its_field_empty),
    T(test_smartcard_social_other_cards_are_told_apart),
    T(test_smartcard_social_names_that_are_no_text_are_refused),
    T(test_smartcard_social_any_failure_ends_it_and_leaves_nothing),
    T(test_smartcard_social_endless_or_lying_replies_end),
    T(test_smartcard_command_that_cannot_be_said_is_a_fault))
