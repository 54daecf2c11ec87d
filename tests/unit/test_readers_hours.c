/* links: firmware/worker firmware/seal drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include <stdlib.h>

#include "tests/support/check.h"
#include "tests/support/reader_yard.h"

/* Nights, failures and days: time passes only in the yard. */

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };
#define JIA "339999199001010013"

static void expect_person(const char *number)
{
    yard_expect(EV_CARD_COMING, 0);
    yard_expect(EV_CARD_READ, 0);
    CHECK_STR(yard.read.number, number);
}

/* ---- hours --------------------------------------------------------------------------- */

static void test_readers_gone_for_a_night_is_looked_for_in_bounds_and_comes_back(void **state)
{
    (void)state;
    yard_plug(0, true);
    yard_expect(EV_READER, 1);
    yard_run(10 * SECOND);
    yard_plug(0, false);
    yard_expect(EV_READER, 0);
    unsigned before = yard.finds;
    yard_expect_nothing(12 * HOUR);
    CHECK(yard.finds - before <= 12 * HOUR / (5 * SECOND) + 5);
    CHECK_EQ(yard_facts().cause, READER_NOT_FOUND);
    yard_plug(0, true);
    int64_t plugged = yard.clock.boot;
    yard_expect(EV_READER, 1);
    CHECK(yard.clock.boot - plugged <= 6 * SECOND);
    yard_lay(0, JIA);
    expect_person(JIA);
}

static void test_readers_silent_for_a_night_is_opened_in_bounds_and_comes_back(void **state)
{
    (void)state;
    yard_plug(0, true);
    yard_expect(EV_READER, 1);
    yard_run(10 * SECOND);
    CHECK(sim_reader_fault(yard.readers[0].model, "silence", 0));
    yard_run(MINUTE);
    yard_expect(EV_READER, 0);
    unsigned opens = yard.readers[0].opens, writes = yard.readers[0].writes;
    yard_expect_nothing(12 * HOUR);
    CHECK(yard.readers[0].opens - opens <= 12 * HOUR / (5 * SECOND));
    CHECK(yard.readers[0].writes - writes <= 12 * HOUR / SECOND);
    CHECK_EQ(yard_facts().cause, READER_SILENT);
    CHECK(sim_reader_fault(yard.readers[0].model, "none", 0));
    yard_run(15 * SECOND);
    yard_expect(EV_READER, 1);
    CHECK_EQ(yard_facts().cause, READER_WORKS);
}

/* A dead reader beside a good one costs seconds each time it is asked: it is asked rarely. */
static void test_readers_dead_reserve_does_not_slow_the_good_one(void **state)
{
    (void)state;
    CHECK(sim_reader_fault(yard.readers[0].model, "silence", 0));
    yard_plug(0, true);
    yard_plug(1, true);
    yard_expect(EV_READER, 1);
    yard_run(10 * MINUTE);
    unsigned opens = yard.readers[0].opens, writes = yard.readers[1].writes;
    yard_expect_nothing(2 * HOUR);
    CHECK(yard.readers[0].opens - opens <= 2 * HOUR / MINUTE + 2);
    /* two questions every 300 ms, less the time that the dead one takes */
    CHECK(yard.readers[1].writes - writes >= 2 * (2 * HOUR / 300) * 8 / 10);
    yard_lay(1, JIA);
    expect_person(JIA);
    yard_expect_nothing(MINUTE);
}

static void test_readers_that_cannot_be_opened_say_why(void **state)
{
    (void)state;
    static const struct {
        int fails;
        enum reader_cause want;
    } rows[] = { { -EACCES, READER_PERMISSION },
                 { USB_E_BUSY, READER_BUSY },
                 { USB_E_DRIVER, READER_KERNEL_DRIVER },
                 { -ETIMEDOUT, READER_WRONG_PORT },
                 { -EIO, READER_BROKEN } };
    CHECK_EQ(yard_facts().cause, READER_NOT_FOUND);
    yard_plug(0, true);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        yard.readers[0].open_fails = rows[i].fails;
        yard_run(MINUTE);
        CHECK_EQ(yard_facts().cause, rows[i].want);
    }
    yard_expect(EV_READER, 0);
    yard_expect_nothing(0);
    yard.readers[0].open_fails = 0;
    yard_expect(EV_READER, 1);
}

static void test_readers_sick_module_is_named_and_watched(void **state)
{
    (void)state;
    CHECK(sim_reader_fault(yard.readers[0].model, "sam-sick", 0));
    yard_plug(0, true);
    yard_expect(EV_READER, 0);
    CHECK_EQ(yard_facts().cause, READER_SAM_UNAUTHORISED);
    yard_expect_nothing(HOUR);
    CHECK_EQ(yard.readers[0].opens, 1);
    CHECK(sim_reader_fault(yard.readers[0].model, "none", 0));
    yard_expect(EV_READER, 1);
    CHECK_STR(yard_facts().security_module, "05.01-20200101-0000000042-0123456789");
    /* with another one beside it nothing is missing */
    yard_plug(1, true);
    yard_run(10 * SECOND);
    CHECK(sim_reader_fault(yard.readers[0].model, "sam-sick", 0));
    yard_plug(0, false);
    yard_plug(0, true);
    yard_expect_nothing(HOUR);
}

static void test_readers_end_while_a_reader_is_silent(void **state)
{
    (void)state;
    CHECK(sim_reader_fault(yard.readers[0].model, "silence", 0));
    yard_plug(0, true);
    yard.is_ending = true;
    int64_t before = yard.clock.boot;
    (void)readers_step(yard.all);
    CHECK(yard.clock.boot - before <= 100);
}

/* ---- allocations --------------------------------------------------------------------- */

#ifndef ONETRIP_SANITIZED
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
static unsigned long allocations;

void *malloc(size_t size)
{
    allocations++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    allocations++;
    return __libc_calloc(count, size);
}

static void test_readers_polling_for_a_day_allocates_nothing(void **state)
{
    (void)state;
    yard_plug(0, true);
    yard_plug(1, true);
    yard_expect(EV_READER, 1);
    yard_run(MINUTE);
    unsigned long before = allocations;
    yard_run(24 * HOUR);
    CHECK(allocations == before);
}
#define TESTS_OF_MEMORY YARD(test_readers_polling_for_a_day_allocates_nothing),
#else
#define TESTS_OF_MEMORY /* the sanitizer has its own malloc */
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        TESTS_OF_MEMORY YARD(test_readers_gone_for_a_night_is_looked_for_in_bounds_and_comes_back),
        YARD(test_readers_silent_for_a_night_is_opened_in_bounds_and_comes_back),
        YARD(test_readers_dead_reserve_does_not_slow_the_good_one),
        YARD(test_readers_that_cannot_be_opened_say_why),
        YARD(test_readers_sick_module_is_named_and_watched),
        YARD(test_readers_end_while_a_reader_is_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
