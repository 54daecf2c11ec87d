/* links: board/host/sim drivers/idcard drivers/usb firmware/card firmware/seal firmware/base */
#include "board/host/sim/person_file.h"
#include "board/host/sim/reader_model.h"
#include "drivers/idcard/frame.h"
#include "drivers/idcard/port_hid.h"
#include "drivers/idcard/port_usb.h"
#include "firmware/base/bytes.h"
#include "firmware/seal/seal.h"
#include "tests/support/check.h"

enum { FRAME = 2400, WHOLE = 1295 };

/* Sends one request, gathers everything the reader says to it. */
static size_t ask(struct sim_reader *model, enum sim_reader_style style, enum sdt_command_id id,
                  uint8_t reply[FRAME])
{
    struct sim_device *d = sim_reader_device(model);
    const struct sdt_command *c = sdt_command(id);
    uint8_t request[SDT_HID_REPORT];
    bool is_split = style == SIM_READER_SPLIT, is_hid = style == SIM_READER_HID;
    size_t length = 0, size = sdt_request(request, c->command, c->parameter, NULL, 0);
    int n;
    if (is_hid) {
        memset(request + size, 0, SDT_HID_REPORT - size);
        size = SDT_HID_REPORT;
    }
    size_t head = is_split ? 7 : size;
    CHECK_EQ(d->out(d, is_split ? 0x02 : 0x01, request, head, 0), head);
    if (is_split)
        CHECK_EQ(d->out(d, 0x06, request + head, size - head, 0), size - head);
    while ((n = d->in(d, 0x81, reply + length, 64, 0)) > 0)
        length += (size_t)n;
    while (is_split && (n = d->in(d, 0x85, reply + length, 64, 0)) > 0)
        length += (size_t)n;
    if (is_hid && length >= 7) { /* whole reports: the rest is padding */
        size_t frame = 7u + get_be16(reply + 5);
        CHECK_EQ(length % SDT_HID_REPORT, 0);
        CHECK(length - frame < SDT_HID_REPORT);
        length = frame;
    }
    return length;
}

static size_t read_card(struct sim_reader *model, enum sim_reader_style style, uint8_t reply[FRAME])
{
    CHECK_EQ(ask(model, style, SDT_FIND, reply), 15);
    CHECK_EQ(ask(model, style, SDT_SELECT, reply), 19);
    return ask(model, style, SDT_READ, reply);
}

/* The four cards of section 7.2, in both pipe styles, byte for byte. */
static void test_sim_reader_sends_the_documents_frames(void **state)
{
    (void)state;
    static const struct {
        const char *file, *sha256;
    } cards[] = {
        { "tests/data/persons/ceshi-jia.json",
          "0986bd8703e8b5d487905ada9b135e59236abe7f407f77996cad4c3384cbce68" },
        { "tests/data/persons/ceshi-yi.json",
          "58241401b9afb4ae30c7c531ca4f5926d1b946d41861923a332d8d359f31757f" },
        { "tests/data/persons/ceshi-bing.json",
          "eb2499d0d9a653bb7525a3c57fe35d6d95ba184b47da02e1a0d2edbddb7b9541" },
        { "tests/data/persons/ceshi-ding.json",
          "44c912cebe4cd7db3ee1f6d31fc31860392d6b899965239a5fb68db8c02291f0" },
    };
    for (enum sim_reader_style style = SIM_READER_SPLIT; style <= SIM_READER_HID; style++)
        for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
            AUTO(sim_reader_free) struct sim_reader *model = sim_reader_new(style);
            uint8_t text[CARD_TEXT_BYTES], reply[FRAME], sum[SHA256_BYTES];
            char complaint[JSON_COMPLAINT], hex[2 * SHA256_BYTES + 1];
            CHECK(model != NULL);
            CHECK_EQ(person_file_load(text, cards[i].file, complaint), 0);
            sim_reader_put_card(model, text);
            CHECK_EQ(read_card(model, style, reply), WHOLE);
            sha256(sum, reply, WHOLE);
            hex_encode(hex, sum, sizeof(sum));
            CHECK_STR(hex, cards[i].sha256);
        }
}

static void test_sim_reader_descriptors_are_those_of_the_two_styles(void **state)
{
    (void)state;
    static const enum sdt_style want[] = { SDT_STYLE_SPLIT, SDT_STYLE_SINGLE, SDT_STYLE_HID };
    static const uint32_t ids[] = { 0x0400c35a, 0x0400c35a, 0x2b8b2721 };
    for (enum sim_reader_style style = SIM_READER_SPLIT; style <= SIM_READER_HID; style++) {
        AUTO(sim_reader_free) struct sim_reader *model = sim_reader_new(style);
        struct usb_info info = { .vendor = (uint16_t)(ids[style] >> 16),
                                 .product = (uint16_t)ids[style] };
        uint8_t interface = 9;
        CHECK(model != NULL);
        struct sim_device *d = sim_reader_device(model);
        CHECK_EQ(get_le16(d->device_descriptor + 8), info.vendor);
        CHECK_EQ(get_le16(d->device_descriptor + 10), info.product);
        CHECK_EQ(usb_parse_configuration(&info, d->configuration, d->configuration_length), 0);
        CHECK_EQ(sdt_usb_style(&info, &interface), want[style]);
        CHECK_EQ(interface, 0);
        for (size_t i = 0; i < info.interfaces[0].endpoint_count; i++)
            CHECK_EQ(info.interfaces[0].endpoints[i].max_packet, 64);
    }
}

/* What 20 01 says to a card that was read: the two kinds of reader (section 1.6). */
static void test_sim_reader_finds_a_read_card_again_only_when_told_to(void **state)
{
    (void)state;
    AUTO(sim_reader_free) struct sim_reader *model = sim_reader_new(SIM_READER_SINGLE);
    uint8_t text[CARD_TEXT_BYTES] = { 0 }, reply[FRAME];
    CHECK(model != NULL);
    sim_reader_put_card(model, text);
    CHECK_EQ(read_card(model, SIM_READER_SINGLE, reply), WHOLE);
    CHECK_EQ(ask(model, SIM_READER_SINGLE, SDT_FIND, reply), 11);
    CHECK_EQ(reply[9], SDT_NO_CARD);
    CHECK(sim_reader_fault(model, "refind", 0));
    CHECK_EQ(read_card(model, SIM_READER_SINGLE, reply), WHOLE);
    CHECK_EQ(sim_reader_reads(model), 2);
    CHECK(sim_reader_fault(model, "none", 0));
    sim_reader_lift(model);
    sim_reader_put_card(model, text);
    CHECK_EQ(read_card(model, SIM_READER_SINGLE, reply), WHOLE);
}

/* A broken request is answered as readers do: 10 to a bad checksum, 11 to a bad length, 21 to what it does not know. */
static void test_sim_reader_complains_about_broken_requests(void **state)
{
    (void)state;
    static const struct {
        uint8_t bytes[10], sw3;
    } rows[] = {
        { { 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 3, 0x11, 0xff, 0xee }, 0x10 },
        { { 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 2, 0x11, 0xff, 0xed }, 0x11 },
        { { 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0xff, 0xff, 0x11, 0xff, 0xed }, 0x11 },
        { { 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 3, 0x77, 0x01, 0x75 }, 0x21 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        AUTO(sim_reader_free) struct sim_reader *model = sim_reader_new(SIM_READER_SINGLE);
        uint8_t reply[64];
        CHECK(model != NULL);
        struct sim_device *d = sim_reader_device(model);
        CHECK_EQ(d->out(d, 0x01, rows[i].bytes, 10, 0), 10);
        CHECK_EQ(d->in(d, 0x81, reply, sizeof(reply), 0), 11);
        CHECK_EQ(reply[9], rows[i].sw3);
    }
}

static void test_sim_reader_keeps_the_card_when_it_becomes_another_kind(void **state)
{
    (void)state;
    static const char *const names[] = { "split", "single", "hid", "serial" };
    AUTO(sim_reader_free) struct sim_reader *model = sim_reader_new(SIM_READER_SPLIT);
    uint8_t text[CARD_TEXT_BYTES] = { 0 }, reply[FRAME];
    enum sim_reader_style style;
    CHECK(model != NULL);
    sim_reader_put_card(model, text);
    CHECK(!sim_reader_style_of(&style, "wireless"));
    for (size_t i = 0; i < 4; i++) {
        CHECK(sim_reader_style_of(&style, names[i]));
        sim_reader_set_style(model, style);
        CHECK_STR(sim_reader_style_name(model), names[i]);
        CHECK_EQ(read_card(model, style, reply), WHOLE);
    }
}

/* How readers answer 30 03 that do not know it. */
static void test_sim_reader_may_lack_the_test_of_presence(void **state)
{
    (void)state;
    AUTO(sim_reader_free) struct sim_reader *model = sim_reader_new(SIM_READER_SINGLE);
    uint8_t text[CARD_TEXT_BYTES] = { 0 }, reply[FRAME];
    CHECK(model != NULL);
    sim_reader_put_card(model, text);
    CHECK_EQ(read_card(model, SIM_READER_SINGLE, reply), WHOLE);
    CHECK_EQ(ask(model, SIM_READER_SINGLE, SDT_NEW_ADDRESS, reply), 11);
    CHECK_EQ(reply[9], SDT_NOTHING);
    CHECK(sim_reader_fault(model, "no-presence", 0));
    CHECK_EQ(ask(model, SIM_READER_SINGLE, SDT_NEW_ADDRESS, reply), 11);
    CHECK_EQ(reply[9], 0x21);
    CHECK(sim_reader_fault(model, "mute-presence", 0));
    CHECK_EQ(ask(model, SIM_READER_SINGLE, SDT_NEW_ADDRESS, reply), 0);
}

static void test_sim_reader_answers_what_the_driver_never_asks(void **state)
{
    (void)state;
    AUTO(sim_reader_free) struct sim_reader *model = sim_reader_new(SIM_READER_SINGLE);
    uint8_t text[CARD_TEXT_BYTES] = { 0 }, reply[FRAME];
    static const uint8_t longer[] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 4, 0x61, 0xff, 0x50, 0xca };
    CHECK(model != NULL);
    CHECK_EQ(ask(model, SIM_READER_SINGLE, SDT_RESET, reply), 11);
    CHECK_EQ(reply[9], SDT_OK);
    CHECK_EQ(ask(model, SIM_READER_SINGLE, SDT_CARD_NUMBERS, reply), 11);
    CHECK_EQ(reply[9], SDT_READ_FAILED);
    sim_reader_put_card(model, text);
    CHECK_EQ(read_card(model, SIM_READER_SINGLE, reply), WHOLE);
    CHECK_EQ(ask(model, SIM_READER_SINGLE, SDT_CARD_NUMBERS, reply), 39);
    struct sim_device *d = sim_reader_device(model);
    CHECK_EQ(d->out(d, 0x01, longer, sizeof(longer), 0), sizeof(longer));
    CHECK_EQ(d->in(d, 0x81, reply, sizeof(reply), 0), 11);
    CHECK_EQ(reply[9], 0x21); /* V4 is not for this reader */
    const uint8_t setup[8] = { 0xc0, 1 };
    CHECK_EQ(d->control(d, setup, reply, 0), SIM_STALL);
    uint8_t header[64] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 57 };
    for (int i = 0; i < 3; i++) /* requests that fill the reader to the brim */
        CHECK_EQ(d->out(d, 0x01, header, sizeof(header), 0), sizeof(header));
    while (d->in(d, 0x81, reply, sizeof(reply), 0) > 0)
        ;
    CHECK_EQ(ask(model, SIM_READER_SINGLE, SDT_STATUS, reply), 11);
}

static void test_sim_reader_hears_a_request_behind_noise(void **state)
{
    (void)state;
    static const uint8_t noisy[] = { 0x00, 0xff, 0xaa, 0xaa, 0xaa, 0xaa, 0x96, 0x69,
                                     0x00, 0x03, 0x11, 0xff, 0xed, 0xaa, 0xaa, 0x00 };
    AUTO(sim_reader_free) struct sim_reader *model = sim_reader_new(SIM_READER_SINGLE);
    uint8_t reply[FRAME];
    CHECK(model != NULL);
    struct sim_device *d = sim_reader_device(model);
    CHECK_EQ(d->out(d, 0x01, noisy, sizeof(noisy), 0), sizeof(noisy));
    CHECK_EQ(d->in(d, 0x81, reply, sizeof(reply), 0), 11);
    CHECK_EQ(ask(model, SIM_READER_SINGLE, SDT_SAM_NUMBER, reply), 27);
}

static void test_sim_reader_knows_its_faults_by_name(void **state)
{
    (void)state;
    static const char *const names[] = { "none",      "silence",     "checksum",     "truncated",
                                         "too-long",  "too-short",   "stale",        "stall",
                                         "inner-lie", "junk-before", "junk-behind",  "auth-fail",
                                         "bytewise",  "read-fail",   "wrong-card",   "sam-sick",
                                         "refind",    "no-presence", "mute-presence" };
    AUTO(sim_reader_free) struct sim_reader *model = sim_reader_new(SIM_READER_SINGLE);
    CHECK(model != NULL);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        CHECK(sim_reader_fault(model, names[i], 1));
    CHECK(!sim_reader_fault(model, "nonesuch", 1));
    CHECK(!sim_reader_fault(model, "", 1));
}

RUN(T(test_sim_reader_sends_the_documents_frames),
    T(test_sim_reader_descriptors_are_those_of_the_two_styles),
    T(test_sim_reader_finds_a_read_card_again_only_when_told_to),
    T(test_sim_reader_complains_about_broken_requests),
    T(test_sim_reader_keeps_the_card_when_it_becomes_another_kind),
    T(test_sim_reader_may_lack_the_test_of_presence),
    T(test_sim_reader_hears_a_request_behind_noise),
    T(test_sim_reader_answers_what_the_driver_never_asks),
    T(test_sim_reader_knows_its_faults_by_name))
