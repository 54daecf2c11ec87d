/* links: firmware/worker firmware/seal drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include <stdlib.h>

#include "tests/support/check.h"
#include "tests/support/reader_yard.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };
#define JIA "339999199001010013"
#define YI "339999199001010021"

static void expect_person(const char *number)
{
    yard_expect(EV_CARD_COMING, 0);
    yard_expect(EV_CARD_READ, 0);
    CHECK_STR(yard.read.number, number);
}

static void lift(size_t index)
{
    sim_reader_lift(yard.readers[index].model);
}

/* ---- two readers --------------------------------------------------------------------- */

static void test_readers_the_one_with_the_card_answers_the_other_is_in_reserve(void **state)
{
    (void)state;
    yard_plug(0, true);
    yard_plug(1, true);
    yard_expect(EV_READER, 1);
    yard_expect_nothing(MINUTE); /* two readers, told of once */
    CHECK_EQ(yard_facts().reserves, 1);
    for (size_t i = 0; i < 4; i++) {
        yard_lay(i % 2, i % 2 ? YI : JIA);
        expect_person(i % 2 ? YI : JIA);
        CHECK_STR(yard_facts().path, i % 2 ? "1-2" : "1-1");
        lift(i % 2);
        yard_expect(EV_CARD_GONE, 0);
    }
    yard_expect_nothing(MINUTE);
}

static void test_readers_card_on_the_other_plate_waits_until_the_first_has_gone(void **state)
{
    (void)state;
    yard_plug(0, true);
    yard_plug(1, true);
    yard_expect(EV_READER, 1);
    yard_lay(1, JIA);
    expect_person(JIA);
    yard_lay(0, YI);
    yard_expect_nothing(10 * MINUTE); /* nobody's session sees two people */
    lift(1);
    yard_expect(EV_CARD_GONE, 0);
    expect_person(YI);
    CHECK_EQ(sim_reader_reads(yard.readers[1].model), 1);
}

static void test_readers_reserve_takes_over_when_the_first_dies_with_a_card(void **state)
{
    (void)state;
    yard_plug(0, true);
    yard_plug(1, true);
    yard_expect(EV_READER, 1);
    yard_lay(0, JIA);
    expect_person(JIA);
    yard_plug(0, false);
    yard_expect(EV_CARD_GONE, 0);
    yard_expect_nothing(MINUTE); /* a reader still works: nothing is missing */
    yard_lay(1, YI);
    expect_person(YI);
    yard_plug(1, false);
    yard_expect(EV_CARD_GONE, 0);
    yard_expect(EV_READER, 0);
}

/* A reader that cannot see its card leave does not lock the other one out. */
static void test_readers_unseen_card_gives_way_to_one_on_the_other_plate(void **state)
{
    (void)state;
    CHECK(sim_reader_fault(yard.readers[0].model, "no-presence", 0));
    yard_plug(0, true);
    yard_plug(1, true);
    yard_expect(EV_READER, 1);
    yard_lay(0, JIA);
    expect_person(JIA);
    yard_expect_nothing(MINUTE);
    CHECK_EQ(yard_facts().presence, IDCARD_PRESENCE_BY_NEXT);
    yard_lay(1, YI);
    yard_expect(EV_CARD_GONE, 0);
    expect_person(YI);
    yard_expect_nothing(MINUTE);
}

/* A card that could not be read and was taken to the other reader. */
static void test_readers_card_that_failed_here_may_be_laid_there(void **state)
{
    (void)state;
    CHECK(sim_reader_fault(yard.readers[0].model, "read-fail", 1));
    yard_plug(0, true);
    yard_plug(1, true);
    yard_expect(EV_READER, 1);
    yard_lay(0, JIA);
    yard_expect(EV_CARD_COMING, 0);
    yard_expect(EV_CARD_TROUBLE, TROUBLE_AGAIN);
    lift(0);
    yard_lay(1, JIA);
    yard_expect(EV_CARD_GONE, 0);
    expect_person(JIA);
}

/* ---- plugging ------------------------------------------------------------------------ */

static void test_readers_replugged_into_another_port_reads_on(void **state)
{
    (void)state;
    yard_plug(0, true);
    yard_expect(EV_READER, 1);
    yard_run(10 * SECOND);
    yard_plug(0, false);
    yard_plug(2, true);
    yard_run(10 * SECOND); /* it had worked: another look at once, nobody is troubled */
    CHECK_EQ(yard.told_count, 0);
    CHECK_STR(yard_facts().path, "1-3");
    yard_lay(2, JIA);
    expect_person(JIA);
}

static void test_readers_one_plugged_in_later_joins(void **state)
{
    (void)state;
    yard_plug(0, true);
    yard_expect(EV_READER, 1);
    yard_run(MINUTE);
    yard_plug(1, true);
    yard_run(10 * SECOND);
    CHECK_EQ(yard_facts().reserves, 1);
    yard.forgets_changes = true; /* a serial line tells nobody that it is there */
    yard_plug(2, true);
    yard_run(2 * MINUTE);
    CHECK_EQ(yard_facts().reserves, 2);
    yard_expect_nothing(0);
}

/* An hour without any reader: sixty looks where something tells of one that comes, which is then there at once. */
static void test_readers_nobody_is_there_and_nobody_looks(void **state)
{
    (void)state;
    yard.tells = true;
    yard_expect(EV_READER, 0);
    yard_run(60 * MINUTE);
    CHECK(yard.finds >= 60 && yard.finds <= 63);
    yard_plug(0, true);
    yard_run(100);
    CHECK_EQ(yard.readers[0].opens, 1);
    yard_expect(EV_READER, 1);
}

/* Plugged in, but it cannot be opened: no news will tell when it can. */
static void test_readers_one_that_refuses_is_tried_on(void **state)
{
    (void)state;
    yard.tells = true;
    yard.readers[0].open_fails = -EACCES;
    yard_plug(0, true);
    yard_run(10 * MINUTE);
    CHECK(yard.readers[0].opens > 100);
    yard.readers[0].open_fails = 0;
    yard_run(10 * SECOND);
    yard_expect(EV_READER, 0);
    yard_expect(EV_READER, 1);
}

/* Every sentence of trouble reaches the session. */
static void test_readers_every_refusal_has_its_event(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES] = { 0 };
    yard_plug(0, true);
    yard_expect(EV_READER, 1);
    CHECK(sim_reader_fault(yard.readers[0].model, "wrong-card", 1));
    yard_lay(0, JIA);
    yard_expect(EV_CARD_COMING, 0);
    yard_expect(EV_CARD_TROUBLE, TROUBLE_NOT_ID);
    lift(0);
    yard_expect(EV_CARD_GONE, 0);
    text[248] = 'Q';
    sim_reader_put_card(yard.readers[0].model, text);
    yard_expect(EV_CARD_COMING, 0);
    yard_expect(EV_CARD_TROUBLE, TROUBLE_TYPE);
    lift(0);
    yard_expect(EV_CARD_GONE, 0);
    static const struct {
        const char *fault;
        enum card_trouble last;
    } rows[] = { { "read-fail", TROUBLE_LIFT }, { "auth-fail", TROUBLE_UNVERIFIED } };
    for (size_t i = 0; i < 2; i++) {
        CHECK(sim_reader_fault(yard.readers[0].model, rows[i].fault, 0));
        yard_lay(0, JIA);
        yard_expect(EV_CARD_COMING, 0);
        yard_expect(EV_CARD_TROUBLE, TROUBLE_AGAIN);
        yard_expect(EV_CARD_COMING, 0);
        yard_expect(EV_CARD_COMING, 0);
        yard_expect(EV_CARD_TROUBLE, (int)rows[i].last);
        CHECK(sim_reader_fault(yard.readers[0].model, "none", 0));
        lift(0);
        yard_expect(EV_CARD_GONE, 0);
    }
}

/* Left on the plate after three failures it hangs in the field: the reader is opened again by itself. */
static void test_readers_hung_card_gets_the_reader_reopened(void **state)
{
    (void)state;
    yard_plug(0, true);
    yard_expect(EV_READER, 1);
    yard_run(10 * SECOND);
    CHECK(sim_reader_fault(yard.readers[0].model, "read-fail", 0));
    yard_lay(0, JIA);
    yard_run(30 * SECOND);
    CHECK(yard.readers[0].opens >= 2);
    CHECK(sim_reader_fault(yard.readers[0].model, "none", 0));
    yard_run(10 * SECOND);
    CHECK_STR(yard.read.number, JIA); /* and then reads it */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        YARD(test_readers_the_one_with_the_card_answers_the_other_is_in_reserve),
        YARD(test_readers_card_on_the_other_plate_waits_until_the_first_has_gone),
        YARD(test_readers_reserve_takes_over_when_the_first_dies_with_a_card),
        YARD(test_readers_unseen_card_gives_way_to_one_on_the_other_plate),
        YARD(test_readers_card_that_failed_here_may_be_laid_there),
        YARD(test_readers_replugged_into_another_port_reads_on),
        YARD(test_readers_one_plugged_in_later_joins),
        YARD(test_readers_nobody_is_there_and_nobody_looks),
        YARD(test_readers_one_that_refuses_is_tried_on),
        YARD(test_readers_every_refusal_has_its_event),
        YARD(test_readers_hung_card_gets_the_reader_reopened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
