/* links: drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include <stdlib.h>

#include "tests/support/check.h"
#include "tests/support/idcard_rig.h"

/* A card that lies on the plate is read once, and gone only when it has gone, on every kind of reader. */

static const struct kind {
    const char *name;
    const char *faults[2];
    enum idcard_presence presence;
} kinds[] = {
    { "answers 30 03", { "none", "none" }, IDCARD_PRESENCE_BY_READ },
    { "answers 30 03, finds again", { "none", "refind" }, IDCARD_PRESENCE_BY_READ },
    { "21 to 30 03, finds again", { "no-presence", "refind" }, IDCARD_PRESENCE_BY_FIND },
    { "21 to 30 03", { "no-presence", "bytewise" }, IDCARD_PRESENCE_BY_NEXT },
    { "mute to 30 03, finds again", { "mute-presence", "refind" }, IDCARD_PRESENCE_BY_FIND },
    { "mute to 30 03", { "mute-presence", "bytewise" }, IDCARD_PRESENCE_BY_NEXT },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), HOUR_MS = 3600 * 1000 };

static void begin(const struct kind *k)
{
    print_message("%s\n", k->name);
    rig_teardown(NULL);
    CHECK_EQ(rig_setup(NULL), 0);
    CHECK(sim_reader_fault(rig.model, k->faults[0], 0));
    CHECK(sim_reader_fault(rig.model, k->faults[1], 0));
    rig_begin();
    CHECK_EQ(idcard_presence(rig.card), IDCARD_PRESENCE_UNKNOWN);
}

static void lay_and_read(void)
{
    rig_lay_test_person();
    CHECK_EQ(rig_next(1000), IDCARD_COMING);
    CHECK(idcard_is_occupied(rig.card));
    CHECK_EQ(rig_next(1000), IDCARD_PERSON);
    CHECK_STR(rig.person.name, "测试甲");
}

static void test_idcard_presence_card_left_for_an_hour_is_read_once_and_stays(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        begin(&kinds[i]);
        lay_and_read();
        CHECK_EQ(rig_next(HOUR_MS), IDCARD_NOTHING);
        CHECK_EQ(sim_reader_reads(rig.model), 1);
        CHECK_EQ(idcard_presence(rig.card), kinds[i].presence);
        CHECK(idcard_is_occupied(rig.card));
    }
}

static void test_idcard_presence_lifted_card_is_missed_within_a_second(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        if (kinds[i].presence == IDCARD_PRESENCE_BY_NEXT)
            continue;
        begin(&kinds[i]);
        for (int round = 0; round < 3; round++) {
            lay_and_read();
            CHECK_EQ(rig_next(5000), IDCARD_NOTHING);
            sim_reader_lift(rig.model);
            CHECK_EQ(rig_next(1000), IDCARD_REMOVED);
            CHECK(!idcard_is_occupied(rig.card));
            CHECK_EQ(rig_next(5000), IDCARD_NOTHING);
        }
        CHECK_EQ(sim_reader_reads(rig.model), 3);
    }
}

/* The reader cannot tell: the card counts as there until the next is laid down, and is never read twice. */
static void test_idcard_presence_next_card_ends_the_one_that_nobody_could_see(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        if (kinds[i].presence != IDCARD_PRESENCE_BY_NEXT)
            continue;
        begin(&kinds[i]);
        lay_and_read();
        CHECK_EQ(rig_next(5000), IDCARD_NOTHING);
        for (unsigned round = 2; round < 5; round++) {
            sim_reader_lift(rig.model);
            CHECK_EQ(rig_next(60000), IDCARD_NOTHING);
            rig_lay("339999199001010021");
            CHECK_EQ(rig_next(1000), IDCARD_REMOVED);
            CHECK_EQ(rig_next(1000), IDCARD_COMING);
            CHECK_EQ(rig_next(1000), IDCARD_PERSON);
            CHECK_STR(rig.person.number, "339999199001010021");
            CHECK_EQ(rig_next(60000), IDCARD_NOTHING);
            CHECK_EQ(sim_reader_reads(rig.model), round);
        }
        CHECK_EQ(idcard_presence(rig.card), IDCARD_PRESENCE_BY_NEXT);
    }
}

/* A reader taken for one that never finds a card again, until it does. */
static void test_idcard_presence_is_judged_anew_at_the_next_card(void **state)
{
    (void)state;
    begin(&kinds[3]);
    lay_and_read();
    CHECK_EQ(rig_next(1000), IDCARD_NOTHING);
    CHECK_EQ(idcard_presence(rig.card), IDCARD_PRESENCE_BY_NEXT);
    CHECK(sim_reader_fault(rig.model, "refind", 0));
    rig_lay_test_person();
    CHECK_EQ(rig_next(1000), IDCARD_REMOVED);
    CHECK_EQ(rig_next(1000), IDCARD_COMING);
    CHECK_EQ(rig_next(1000), IDCARD_PERSON);
    CHECK_EQ(rig_next(HOUR_MS), IDCARD_NOTHING);
    CHECK_EQ(idcard_presence(rig.card), IDCARD_PRESENCE_BY_FIND);
    CHECK_EQ(sim_reader_reads(rig.model), 2);
}

/* Any other answer to 30 03 means that the card has gone (section 1.6), the first time too. */
static void test_idcard_presence_card_snatched_after_the_read_is_gone(void **state)
{
    (void)state;
    begin(&kinds[0]);
    lay_and_read();
    sim_reader_lift(rig.model);
    CHECK_EQ(rig_next(1000), IDCARD_REMOVED);
    CHECK_EQ(idcard_presence(rig.card), IDCARD_PRESENCE_UNKNOWN);
    lay_and_read();
    CHECK_EQ(rig_next(1000), IDCARD_NOTHING);
    CHECK_EQ(idcard_presence(rig.card), IDCARD_PRESENCE_BY_READ);
}

static void test_idcard_presence_one_missed_answer_is_not_believed(void **state)
{
    (void)state;
    begin(&kinds[0]);
    lay_and_read();
    CHECK_EQ(rig_next(1000), IDCARD_NOTHING);
    rig_answer_oddly(0x3003, SDT_READ_FAILED);
    CHECK_EQ(idcard_step(rig.card, &rig.person, &rig.wait_ms), IDCARD_NOTHING);
    CHECK_EQ(rig.wait_ms, 50); /* it is asked again at once */
    rig_answer_oddly(0, 0);
    CHECK_EQ(rig_next(5000), IDCARD_NOTHING);
    CHECK_EQ(sim_reader_reads(rig.model), 1);
}

/* Pulled out or dead at any moment of watching, on every kind of reader. */
static void test_idcard_presence_dead_reader_is_gone_not_the_card(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++)
        for (int later = 0; later < 2; later++) {
            begin(&kinds[i]);
            lay_and_read();
            if (later)
                CHECK_EQ(rig_next(5000), IDCARD_NOTHING);
            rig.is_pulled = true;
            CHECK_EQ(rig_next(5000), IDCARD_GONE);
            begin(&kinds[i]);
            lay_and_read();
            if (later)
                CHECK_EQ(rig_next(5000), IDCARD_NOTHING);
            CHECK(sim_reader_fault(rig.model, "silence", 0));
            CHECK_EQ(rig_next(60000), IDCARD_GONE);
        }
}

/* ---- allocations --------------------------------------------------------------------- */

#ifndef ONETRIP_SANITIZED
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *p, size_t size);

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

void *realloc(void *p, size_t size)
{
    allocations++;
    return __libc_realloc(p, size);
}

static void test_idcard_presence_polling_allocates_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        begin(&kinds[i]);
        unsigned long before = allocations;
        void *volatile probe = malloc(1);
        CHECK(allocations == before + 1); /* the hook counts */
        free(probe);
        before = allocations;
        CHECK_EQ(rig_next(HOUR_MS), IDCARD_NOTHING);
        CHECK(allocations == before); /* an empty plate */
        lay_and_read();
        CHECK_EQ(rig_next(10000), IDCARD_NOTHING);
        before = allocations;
        CHECK_EQ(rig_next(HOUR_MS), IDCARD_NOTHING);
        CHECK(allocations == before); /* a card on it */
    }
}
#define TESTS_OF_MEMORY RIG(test_idcard_presence_polling_allocates_nothing),
#else
#define TESTS_OF_MEMORY /* the sanitizer has its own malloc */
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        TESTS_OF_MEMORY RIG(test_idcard_presence_card_left_for_an_hour_is_read_once_and_stays),
        RIG(test_idcard_presence_lifted_card_is_missed_within_a_second),
        RIG(test_idcard_presence_next_card_ends_the_one_that_nobody_could_see),
        RIG(test_idcard_presence_is_judged_anew_at_the_next_card),
        RIG(test_idcard_presence_card_snatched_after_the_read_is_gone),
        RIG(test_idcard_presence_one_missed_answer_is_not_believed),
        RIG(test_idcard_presence_dead_reader_is_gone_not_the_card),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
