/* links: drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include <malloc.h>

#include "board/host/sim/person_file.h"
#include "tests/support/check.h"
#include "tests/support/idcard_rig.h"

/* What people do with cards. */

static void test_idcard_says_its_module_number_when_ready(void **state)
{
    (void)state;
    rig_begin();
    CHECK_STR(idcard_sam_number(rig.card), "05.01-20200101-0000000042-0123456789");
}

static void test_idcard_sam_numbers_are_unsigned(void **state)
{
    (void)state;
    static const uint8_t v11[16] = { 5,    0,    3,    0,    0x3f, 0xb4, 0x34, 1,
                                     0xff, 0xff, 0xff, 0xff, 0,    0,    0,    0 };
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
            rig_begin();
        rig_lay_test_person();
        CHECK_EQ(rig_next(1000), IDCARD_COMING);
        CHECK_EQ(rig_next(1000), IDCARD_PERSON);
        CHECK_STR(rig.person.name, "测试甲");
        CHECK_EQ(rig_next(600000), IDCARD_NOTHING);
        CHECK_EQ(sim_reader_reads(rig.model), i + 1);
        sim_reader_lift(rig.model);
        CHECK_EQ(rig_next(1000), IDCARD_REMOVED);
    }
}

static void test_idcard_reads_all_four_kinds_of_card(void **state)
{
    (void)state;
    static const struct {
        const char *file, *number;
        enum card_layout layout;
    } cards[] = {
        { "tests/data/persons/ceshi-jia.json", "339999199001010013", CARD_RESIDENT },
        { "tests/data/persons/ceshi-yi.json", "810000190001010026", CARD_HMT },
        { "tests/data/persons/ceshi-bing.json", "XXX330100010113", CARD_FPR2017 },
        { "tests/data/persons/ceshi-ding.json", "933999190001010027", CARD_FPR2023 },
    };
    rig_begin();
    for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
        uint8_t text[CARD_TEXT_BYTES];
        char complaint[JSON_COMPLAINT];
        CHECK_EQ(person_file_load(text, cards[i].file, complaint), 0);
        sim_reader_put_card(rig.model, text);
        CHECK_EQ(rig_next(1000), IDCARD_COMING);
        CHECK_EQ(rig_next(1000), IDCARD_PERSON);
        CHECK_EQ(rig.person.layout, cards[i].layout);
        CHECK_STR(rig.person.number, cards[i].number);
        sim_reader_lift(rig.model);
        CHECK_EQ(rig_next(1000), IDCARD_REMOVED);
    }
}

static void test_idcard_reads_the_next_card_at_once(void **state)
{
    (void)state;
    rig_begin();
    rig_lay_test_person();
    rig_next(1000);
    CHECK_EQ(rig_next(1000), IDCARD_PERSON);
    rig_lay("339999199001010021");
    CHECK_EQ(rig_next(2000), IDCARD_REMOVED);
    CHECK_EQ(rig_next(2000), IDCARD_COMING);
    CHECK_EQ(rig_next(2000), IDCARD_PERSON);
    CHECK_STR(rig.person.number, "339999199001010021");
}

static void test_idcard_card_taken_away_mid_read_asks_for_it_again(void **state)
{
    (void)state;
    rig_begin();
    rig_lay_test_person();
    CHECK_EQ(rig_next(1000), IDCARD_COMING);
    sim_reader_lift(rig.model);
    CHECK_EQ(rig_next(1000), IDCARD_AGAIN);
    rig_lay_test_person();
    CHECK_EQ(rig_next(2000), IDCARD_COMING);
    CHECK_EQ(rig_next(1000), IDCARD_PERSON);
}

/* Whatever became of a card, the driver keeps nothing of it. */
static void test_idcard_keeps_nothing_of_a_card(void **state)
{
    (void)state;
    static const char *const faults[] = { "none", "inner-lie", "checksum", "truncated",
                                          "too-long" };
    static const char digits[] = "3\0003\0009\0009\0009\0009";
    rig_begin();
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        rig_lay_test_person();
        CHECK_EQ(rig_next(1000), IDCARD_COMING);
        CHECK(sim_reader_fault(rig.model, faults[i], 2));
        CHECK_EQ(rig_next(10000), i ? IDCARD_AGAIN : IDCARD_PERSON);
        CHECK(!memmem(rig.card, malloc_usable_size(rig.card), digits, sizeof(digits)));
        CHECK(sim_reader_fault(rig.model, "none", 0));
        sim_reader_lift(rig.model);
        CHECK_EQ(rig_next(2000), i ? IDCARD_NOTHING : IDCARD_REMOVED);
    }
}

static void test_idcard_wrong_cards_are_refused_with_their_own_sentence(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    rig_begin();
    rig_lay_test_person();
    CHECK(sim_reader_fault(rig.model, "wrong-card", 1));
    CHECK_EQ(rig_next(1000), IDCARD_COMING);
    CHECK_EQ(rig_next(1000), IDCARD_NOT_ID);
    sim_reader_lift(rig.model);
    int64_t told = rig.clock.boot;
    CHECK_EQ(rig_next(10000), IDCARD_REMOVED);
    CHECK(rig.clock.boot - told >= 2500); /* long enough to read the sentence */
    for (size_t i = 0; i < sizeof(text); i += 2)
        memcpy(text + i, " ", 2);
    text[248] = 'Q';
    sim_reader_put_card(rig.model, text);
    CHECK_EQ(rig_next(1000), IDCARD_COMING);
    CHECK_EQ(rig_next(1000), IDCARD_TYPE);
}

static void test_idcard_selecting_tells_a_wrong_card_from_a_shaky_one(void **state)
{
    (void)state;
    rig_begin();
    rig_lay_test_person();
    rig_answer_oddly(0x2002, SDT_WRONG_CARD);
    CHECK_EQ(rig_next(1000), IDCARD_NOT_ID);
    sim_reader_lift(rig.model);
    CHECK_EQ(rig_next(10000), IDCARD_REMOVED);
    rig_lay_test_person();
    rig_answer_oddly(0x2002, SDT_SELECT_FAILED);
    CHECK_EQ(rig_next(1000), IDCARD_AGAIN);
    rig_answer_oddly(0, 0);
    CHECK_EQ(rig_next(1000), IDCARD_COMING);
    CHECK_EQ(rig_next(1000), IDCARD_PERSON);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG(test_idcard_says_its_module_number_when_ready),
        RIG(test_idcard_sam_numbers_are_unsigned),
        RIG(test_idcard_reads_a_card_once_however_long_it_lies_there),
        RIG(test_idcard_reads_all_four_kinds_of_card),
        RIG(test_idcard_reads_the_next_card_at_once),
        RIG(test_idcard_card_taken_away_mid_read_asks_for_it_again),
        RIG(test_idcard_keeps_nothing_of_a_card),
        RIG(test_idcard_wrong_cards_are_refused_with_their_own_sentence),
        RIG(test_idcard_selecting_tells_a_wrong_card_from_a_shaky_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
