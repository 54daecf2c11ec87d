/* links: drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include "tests/support/check.h"
#include "tests/support/idcard_rig.h"

/* What readers do to cards. */

static void test_idcard_one_bad_reply_goes_unnoticed(void **state)
{
    (void)state;
    static const char *const faults[] = { "checksum", "stale",     "junk-before", "junk-behind",
                                          "silence",  "truncated", "bytewise",    "stall" };
    rig_begin();
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        rig_lay_test_person();
        CHECK_EQ(rig_next(1000), IDCARD_COMING);
        CHECK(sim_reader_fault(rig.model, faults[i], 1));
        enum idcard_event e = rig_next(10000);
        if (e != IDCARD_PERSON)
            print_error("%s: event %d\n", faults[i], e);
        CHECK_EQ(e, IDCARD_PERSON);
        CHECK(sim_reader_fault(rig.model, "none", 0));
        sim_reader_lift(rig.model);
        CHECK_EQ(rig_next(2000), IDCARD_REMOVED);
    }
}

static void test_idcard_lying_reply_shows_nobody(void **state)
{
    (void)state;
    rig_begin();
    rig_lay_test_person();
    CHECK_EQ(rig_next(1000), IDCARD_COMING);
    CHECK(sim_reader_fault(rig.model, "inner-lie", 1));
    CHECK_EQ(rig_next(1000), IDCARD_AGAIN);
    CHECK_BYTES(&rig.person, &(struct person){ 0 }, sizeof(rig.person));
}

/* Every fault that ends in a sentence, and the sentence. */
static void test_idcard_third_failure_names_its_reason(void **state)
{
    (void)state;
    static const struct {
        const char *fault;
        enum idcard_event first, last;
    } rows[] = { { "read-fail", IDCARD_AGAIN, IDCARD_LIFT },
                 { "auth-fail", IDCARD_AGAIN, IDCARD_UNVERIFIED } };
    rig_begin();
    for (size_t i = 0; i < 2; i++) {
        rig_lay_test_person();
        CHECK(sim_reader_fault(rig.model, rows[i].fault, 0));
        CHECK_EQ(rig_next(2000), IDCARD_COMING);
        CHECK_EQ(rig_next(2000), rows[i].first);
        enum idcard_event e;
        while ((e = rig_next(2000)) == IDCARD_COMING)
            ;
        CHECK_EQ(e, rows[i].last);
        CHECK(sim_reader_fault(rig.model, "none", 0));
        sim_reader_lift(rig.model);
        CHECK_EQ(rig_next(5000), IDCARD_REMOVED);
    }
}

static void test_idcard_card_that_hangs_in_the_field_gets_the_reader_reopened(void **state)
{
    (void)state;
    rig_begin();
    rig_lay_test_person();
    CHECK(sim_reader_fault(rig.model, "read-fail", 0));
    enum idcard_event e;
    while ((e = rig_next(2000)) != IDCARD_LIFT)
        CHECK(e == IDCARD_COMING || e == IDCARD_AGAIN);
    int64_t told = rig.clock.boot;
    CHECK_EQ(rig_next(20000), IDCARD_GONE);
    CHECK(rig.clock.boot - told >= 4700);
}

static void test_idcard_sick_module_is_out_of_service_until_it_is_well(void **state)
{
    (void)state;
    CHECK(sim_reader_fault(rig.model, "sam-sick", 2));
    CHECK_EQ(rig_next(1000), IDCARD_SICK);
    fake_clock_advance(&rig.clock, rig.wait_ms);
    CHECK_EQ(rig_next(1000), IDCARD_SICK);
    CHECK_EQ(rig_next(6000), IDCARD_READY);
}

static void test_idcard_module_that_falls_sick_in_service_is_checked_again(void **state)
{
    (void)state;
    static const unsigned requests[] = { 0x2001, 0x2002, 0x3001 };
    rig_begin();
    for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
        rig_lay_test_person();
        rig_answer_oddly(requests[i], SDT_SAM_UNAUTHORISED);
        CHECK(sim_reader_fault(rig.model, "sam-sick", 1));
        enum idcard_event e = rig_next(1000);
        CHECK_EQ(e == IDCARD_COMING ? rig_next(1000) : e, IDCARD_SICK);
        rig_answer_oddly(0, 0);
        fake_clock_advance(&rig.clock, rig.wait_ms);
        CHECK_EQ(rig_next(1000), IDCARD_READY);
    }
}

/* A status that says nothing about a card bothers nobody, but not for ever. */
static void test_idcard_search_answered_senselessly_reopens_the_reader(void **state)
{
    (void)state;
    static const uint8_t senseless[] = { 0x21, 0x23, 0x24, 0x77 };
    rig_begin();
    for (size_t i = 0; i < sizeof(senseless); i++) {
        rig_answer_oddly(0x2001, senseless[i]);
        CHECK_EQ(rig_next(600), IDCARD_NOTHING);
        rig_answer_oddly(0, 0);
        CHECK_EQ(rig_next(2000), IDCARD_NOTHING);
    }
    rig_answer_oddly(0x2001, 0x24);
    CHECK_EQ(rig_next(5000), IDCARD_GONE);
}

/* A card that passed the module but contradicts itself, for example a letter and a number that disagree. */
static void test_idcard_card_that_contradicts_itself_is_not_verified(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    struct person p = { .layout = CARD_RESIDENT, .name = "X", .number = "810000190001010018" };
    CHECK_EQ(card_encode(text, &p), 0);
    rig_begin();
    sim_reader_put_card(rig.model, text);
    CHECK_EQ(rig_next(1000), IDCARD_COMING);
    CHECK_EQ(rig_next(1000), IDCARD_AGAIN);
    CHECK_BYTES(&rig.person, &(struct person){ 0 }, sizeof(rig.person));
    CHECK(sim_reader_fault(rig.model, "refind", 0));
    enum idcard_event e;
    while ((e = rig_next(2000)) == IDCARD_COMING)
        ;
    CHECK_EQ(e, IDCARD_UNVERIFIED);
    /* and the reader dies while the sentence is shown */
    rig.is_pulled = true;
    CHECK_EQ(rig_next(5000), IDCARD_GONE);
}

static void test_idcard_unplugged_or_dead_reader_is_gone(void **state)
{
    (void)state;
    rig_begin();
    rig_lay_test_person();
    CHECK_EQ(rig_next(1000), IDCARD_COMING);
    rig.is_pulled = true;
    CHECK_EQ(rig_next(1000), IDCARD_GONE);
    rig.is_pulled = false;
    sim_reader_lift(rig.model);
    rig_teardown(NULL);
    rig_setup(NULL);
    rig_begin();
    CHECK(sim_reader_fault(rig.model, "silence", 0));
    int64_t before = rig.clock.boot;
    CHECK_EQ(rig_next(60000), IDCARD_GONE);
    CHECK(rig.clock.boot - before < 15000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG(test_idcard_one_bad_reply_goes_unnoticed),
        RIG(test_idcard_lying_reply_shows_nobody),
        RIG(test_idcard_third_failure_names_its_reason),
        RIG(test_idcard_card_that_hangs_in_the_field_gets_the_reader_reopened),
        RIG(test_idcard_sick_module_is_out_of_service_until_it_is_well),
        RIG(test_idcard_module_that_falls_sick_in_service_is_checked_again),
        RIG(test_idcard_search_answered_senselessly_reopens_the_reader),
        RIG(test_idcard_card_that_contradicts_itself_is_not_verified),
        RIG(test_idcard_unplugged_or_dead_reader_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
