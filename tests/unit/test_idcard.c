/* links: drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include <malloc.h>

#include "board/host/sim/reader_model.h"
#include "drivers/idcard/idcard.h"
#include "tests/support/check.h"

/* ---- a simulated reader behind the port, and time that passes only in waits ------------ */

static struct rig {
    struct fake_clock clock;
    struct sim_reader *model;
    struct idcard *card;
    struct person person;
    bool is_pulled;
    int wait_ms;
    unsigned odd_request; /* command and parameter that are answered not by the model but by odd_sw3 alone; 0: none */
    uint8_t odd_sw3, odd_reply[11];
    size_t odd_left;
} rig;

static int port_write(void *context, const uint8_t *frame, size_t length, int wait_ms)
{
    struct sim_device *d = sim_reader_device(rig.model);
    (void)context;
    (void)wait_ms;
    if (rig.odd_request && rig.odd_request == ((unsigned)frame[7] << 8 | frame[8])) {
        const uint8_t reply[] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 4, 0, 0, rig.odd_sw3, rig.odd_sw3 ^ 4 };
        rig.odd_left = sizeof(reply);
        memcpy(rig.odd_reply, reply, sizeof(reply));
        return 0;
    }
    return rig.is_pulled ? SDT_E_GONE : d->out(d, 0x01, frame, length, 0) == (int)length ? 0 : SDT_E_TIMEOUT;
}

static int port_read(void *context, uint8_t *data, size_t size, int wait_ms, size_t *got)
{
    struct sim_device *d = sim_reader_device(rig.model);
    (void)context;
    if (rig.is_pulled)
        return SDT_E_GONE;
    if (rig.odd_left) {
        *got = rig.odd_left;
        memcpy(data, rig.odd_reply, rig.odd_left);
        rig.odd_left = 0;
        return 0;
    }
    int n = d->in(d, 0x81, data, size < 64 ? size : 64, 0);
    if (n == SIM_STALL)
        d->clear_halt(d, 0x81);
    if (n < 0) {
        fake_clock_advance(&rig.clock, wait_ms);
        return SDT_E_TIMEOUT;
    }
    *got = (size_t)n;
    return 0;
}

static void port_drain(void *context, int quiet_ms)
{
    uint8_t piece[64];
    struct sim_device *d = sim_reader_device(rig.model);
    (void)context;
    (void)quiet_ms;
    while (!rig.is_pulled && d->in(d, 0x81, piece, sizeof(piece), 0) > 0)
        ;
}

static int setup(void **state)
{
    (void)state;
    const struct sdt_port port = { NULL, port_write, port_read, port_drain };
    rig = (struct rig){ .clock = fake_clock_at(1000, 0) };
    rig.model = sim_reader_new(SIM_READER_SINGLE);
    return rig.model ? idcard_new(&rig.card, &port, &rig.clock.base) : -1;
}

static int teardown(void **state)
{
    (void)state;
    idcard_free(rig.card);
    sim_reader_free(rig.model);
    return 0;
}

static void lay(const char *number, enum card_layout layout)
{
    uint8_t text[CARD_TEXT_BYTES];
    struct person p = { .layout = layout, .sex = '1', .nation = "01" };
    memcpy(p.name, "测试甲", sizeof("测试甲"));
    memcpy(p.birth, "19900101", 9);
    memcpy(p.number, number, strlen(number) + 1);
    memcpy(p.authority, "测试市公安局", sizeof("测试市公安局"));
    memcpy(p.valid_from, "20200101", 9);
    p.is_long_term = true;
    CHECK_EQ(card_encode(text, &p), 0);
    sim_reader_put_card(rig.model, text);
}

static void lay_test_person(void)
{
    lay("339999199001010013", CARD_RESIDENT);
}

/* Steps until something happens, at most `limit_ms` of the rig's time. */
static enum idcard_event next(int limit_ms)
{
    int64_t end = rig.clock.boot + limit_ms;
    enum idcard_event e;
    do {
        e = idcard_step(rig.card, &rig.person, &rig.wait_ms);
        if (!e)
            fake_clock_advance(&rig.clock, rig.wait_ms);
    } while (!e && rig.clock.boot < end);
    return e;
}

static void begin(void)
{
    CHECK_EQ(next(1000), IDCARD_READY);
}

/* ---- what people do ------------------------------------------------------------------ */

static void test_idcard_says_its_module_number_when_ready(void **state)
{
    (void)state;
    begin();
    CHECK_STR(idcard_sam_number(rig.card), "05.01-20200101-0000000042-0123456789");
}

static void test_idcard_sam_numbers_are_unsigned(void **state)
{
    (void)state;
    static const uint8_t v11[16] = { 5, 0, 3, 0, 0x3f, 0xb4, 0x34, 1, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0 };
    char text[SAM_NUMBER_TEXT];
    idcard_format_sam(text, v11);
    CHECK_STR(text, "05.03-20231231-4294967295-0000000000");
}

static void test_idcard_reads_a_card_once_however_long_it_lies_there(void **state)
{
    (void)state;
    static const char *const modes[] = { "none", "refind" };
    for (size_t i = 0; i < 2; i++) {
        CHECK(sim_reader_fault(rig.model, modes[i], 0));
        if (!i)
            begin();
        lay_test_person();
        CHECK_EQ(next(1000), IDCARD_COMING);
        CHECK_EQ(next(1000), IDCARD_PERSON);
        CHECK_STR(rig.person.name, "测试甲");
        CHECK_EQ(next(600000), IDCARD_NOTHING);
        CHECK_EQ(sim_reader_reads(rig.model), i + 1);
        sim_reader_lift(rig.model);
        CHECK_EQ(next(1000), IDCARD_REMOVED);
    }
}

static void test_idcard_reads_the_next_card_at_once(void **state)
{
    (void)state;
    begin();
    lay_test_person();
    next(1000);
    CHECK_EQ(next(1000), IDCARD_PERSON);
    lay("339999199001010021", CARD_RESIDENT);
    CHECK_EQ(next(2000), IDCARD_REMOVED);
    CHECK_EQ(next(2000), IDCARD_COMING);
    CHECK_EQ(next(2000), IDCARD_PERSON);
    CHECK_STR(rig.person.number, "339999199001010021");
}

static void test_idcard_card_taken_away_mid_read_asks_for_it_again(void **state)
{
    (void)state;
    begin();
    lay_test_person();
    CHECK_EQ(next(1000), IDCARD_COMING);
    sim_reader_lift(rig.model);
    CHECK_EQ(next(1000), IDCARD_AGAIN);
    lay_test_person();
    CHECK_EQ(next(2000), IDCARD_COMING);
    CHECK_EQ(next(1000), IDCARD_PERSON);
}

static void test_idcard_one_bad_reply_goes_unnoticed(void **state)
{
    (void)state;
    static const char *const faults[] = { "checksum",    "stale",       "junk-before", "junk-behind",
                                          "silence",     "truncated",   "bytewise",    "stall" };
    begin();
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        lay_test_person();
        CHECK_EQ(next(1000), IDCARD_COMING);
        CHECK(sim_reader_fault(rig.model, faults[i], 1));
        enum idcard_event e = next(10000);
        if (e != IDCARD_PERSON)
            print_error("%s: event %d\n", faults[i], e);
        CHECK_EQ(e, IDCARD_PERSON);
        CHECK(sim_reader_fault(rig.model, "none", 0));
        sim_reader_lift(rig.model);
        CHECK_EQ(next(2000), IDCARD_REMOVED);
    }
}

static void test_idcard_lying_reply_shows_nobody(void **state)
{
    (void)state;
    begin();
    lay_test_person();
    CHECK_EQ(next(1000), IDCARD_COMING);
    CHECK(sim_reader_fault(rig.model, "inner-lie", 1));
    CHECK_EQ(next(1000), IDCARD_AGAIN);
    CHECK(!memcmp(&rig.person, &(struct person){ 0 }, sizeof(rig.person)));
}

/* Whatever became of a card, the driver keeps nothing of it. */
static void test_idcard_keeps_nothing_of_a_card(void **state)
{
    (void)state;
    static const char *const faults[] = { "none", "inner-lie", "checksum", "truncated", "too-long" };
    static const char digits[] = "3\0003\0009\0009\0009\0009";
    begin();
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        lay_test_person();
        CHECK_EQ(next(1000), IDCARD_COMING);
        CHECK(sim_reader_fault(rig.model, faults[i], 2));
        CHECK_EQ(next(10000), i ? IDCARD_AGAIN : IDCARD_PERSON);
        CHECK(!memmem(rig.card, malloc_usable_size(rig.card), digits, sizeof(digits)));
        CHECK(sim_reader_fault(rig.model, "none", 0));
        sim_reader_lift(rig.model);
        CHECK_EQ(next(2000), i ? IDCARD_NOTHING : IDCARD_REMOVED);
    }
}

/* Every fault that ends in a sentence, and the sentence. */
static void test_idcard_third_failure_names_its_reason(void **state)
{
    (void)state;
    static const struct {
        const char *fault;
        enum idcard_event first, last;
    } rows[] = { { "read-fail", IDCARD_AGAIN, IDCARD_LIFT }, { "auth-fail", IDCARD_AGAIN, IDCARD_UNVERIFIED } };
    begin();
    for (size_t i = 0; i < 2; i++) {
        lay_test_person();
        CHECK(sim_reader_fault(rig.model, rows[i].fault, 0));
        CHECK_EQ(next(2000), IDCARD_COMING);
        CHECK_EQ(next(2000), rows[i].first);
        enum idcard_event e;
        while ((e = next(2000)) == IDCARD_COMING)
            ;
        CHECK_EQ(e, rows[i].last);
        CHECK(sim_reader_fault(rig.model, "none", 0));
        sim_reader_lift(rig.model);
        CHECK_EQ(next(5000), IDCARD_REMOVED);
    }
}

static void test_idcard_card_that_hangs_in_the_field_gets_the_reader_reopened(void **state)
{
    (void)state;
    begin();
    lay_test_person();
    CHECK(sim_reader_fault(rig.model, "read-fail", 0));
    enum idcard_event e;
    while ((e = next(2000)) != IDCARD_LIFT)
        CHECK(e == IDCARD_COMING || e == IDCARD_AGAIN);
    int64_t told = rig.clock.boot;
    CHECK_EQ(next(20000), IDCARD_GONE);
    CHECK(rig.clock.boot - told >= 4700);
}

static void test_idcard_wrong_cards_are_refused_with_their_own_sentence(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    begin();
    lay_test_person();
    CHECK(sim_reader_fault(rig.model, "wrong-card", 1));
    CHECK_EQ(next(1000), IDCARD_COMING);
    CHECK_EQ(next(1000), IDCARD_NOT_ID);
    sim_reader_lift(rig.model);
    int64_t told = rig.clock.boot;
    CHECK_EQ(next(10000), IDCARD_REMOVED);
    CHECK(rig.clock.boot - told >= 2500); /* long enough to read the sentence */
    for (size_t i = 0; i < sizeof(text); i += 2)
        memcpy(text + i, " ", 2);
    text[248] = 'Q';
    sim_reader_put_card(rig.model, text);
    CHECK_EQ(next(1000), IDCARD_COMING);
    CHECK_EQ(next(1000), IDCARD_TYPE);
}

static void test_idcard_sick_module_is_out_of_service_until_it_is_well(void **state)
{
    (void)state;
    CHECK(sim_reader_fault(rig.model, "sam-sick", 2));
    CHECK_EQ(next(1000), IDCARD_SICK);
    fake_clock_advance(&rig.clock, rig.wait_ms);
    CHECK_EQ(next(1000), IDCARD_SICK);
    CHECK_EQ(next(6000), IDCARD_READY);
}

static void answer_oddly(unsigned request, uint8_t sw3)
{
    rig.odd_request = request;
    rig.odd_sw3 = sw3;
}

static void test_idcard_selecting_tells_a_wrong_card_from_a_shaky_one(void **state)
{
    (void)state;
    begin();
    lay_test_person();
    answer_oddly(0x2002, SDT_WRONG_CARD);
    CHECK_EQ(next(1000), IDCARD_NOT_ID);
    sim_reader_lift(rig.model);
    CHECK_EQ(next(10000), IDCARD_REMOVED);
    lay_test_person();
    answer_oddly(0x2002, SDT_SELECT_FAILED);
    CHECK_EQ(next(1000), IDCARD_AGAIN);
    answer_oddly(0, 0);
    CHECK_EQ(next(1000), IDCARD_COMING);
    CHECK_EQ(next(1000), IDCARD_PERSON);
}

static void test_idcard_module_that_falls_sick_in_service_is_checked_again(void **state)
{
    (void)state;
    static const unsigned requests[] = { 0x2001, 0x2002, 0x3001 };
    begin();
    for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
        lay_test_person();
        answer_oddly(requests[i], SDT_SAM_UNAUTHORISED);
        CHECK(sim_reader_fault(rig.model, "sam-sick", 1));
        enum idcard_event e = next(1000);
        CHECK_EQ(e == IDCARD_COMING ? next(1000) : e, IDCARD_SICK);
        answer_oddly(0, 0);
        fake_clock_advance(&rig.clock, rig.wait_ms);
        CHECK_EQ(next(1000), IDCARD_READY);
    }
}

/* A status that says nothing about a card bothers nobody, but not for ever. */
static void test_idcard_search_answered_senselessly_reopens_the_reader(void **state)
{
    (void)state;
    static const uint8_t senseless[] = { 0x21, 0x23, 0x24, 0x77 };
    begin();
    for (size_t i = 0; i < sizeof(senseless); i++) {
        answer_oddly(0x2001, senseless[i]);
        CHECK_EQ(next(600), IDCARD_NOTHING);
        answer_oddly(0, 0);
        CHECK_EQ(next(2000), IDCARD_NOTHING);
    }
    answer_oddly(0x2001, 0x24);
    CHECK_EQ(next(5000), IDCARD_GONE);
}

static void test_idcard_unplugged_or_dead_reader_is_gone(void **state)
{
    (void)state;
    begin();
    lay_test_person();
    CHECK_EQ(next(1000), IDCARD_COMING);
    rig.is_pulled = true;
    CHECK_EQ(next(1000), IDCARD_GONE);
    rig.is_pulled = false;
    sim_reader_lift(rig.model);
    teardown(NULL);
    setup(NULL);
    begin();
    CHECK(sim_reader_fault(rig.model, "silence", 0));
    int64_t before = rig.clock.boot;
    CHECK_EQ(next(60000), IDCARD_GONE);
    CHECK(rig.clock.boot - before < 15000);
}

#define S(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        S(test_idcard_says_its_module_number_when_ready),
        S(test_idcard_sam_numbers_are_unsigned),
        S(test_idcard_reads_a_card_once_however_long_it_lies_there),
        S(test_idcard_reads_the_next_card_at_once),
        S(test_idcard_card_taken_away_mid_read_asks_for_it_again),
        S(test_idcard_one_bad_reply_goes_unnoticed),
        S(test_idcard_lying_reply_shows_nobody),
        S(test_idcard_keeps_nothing_of_a_card),
        S(test_idcard_third_failure_names_its_reason),
        S(test_idcard_card_that_hangs_in_the_field_gets_the_reader_reopened),
        S(test_idcard_wrong_cards_are_refused_with_their_own_sentence),
        S(test_idcard_sick_module_is_out_of_service_until_it_is_well),
        S(test_idcard_selecting_tells_a_wrong_card_from_a_shaky_one),
        S(test_idcard_module_that_falls_sick_in_service_is_checked_again),
        S(test_idcard_search_answered_senselessly_reopens_the_reader),
        S(test_idcard_unplugged_or_dead_reader_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
