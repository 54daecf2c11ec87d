/* links: firmware/service firmware/update drivers/stick firmware/seal firmware/base */
#include "tests/support/shift_rig.h"

/* The stick was looked at for firmware. */
static void seen(enum saying said, const char *version)
{
    struct shift_news news = { .kind = SHIFT_FIRMWARE_SEEN, .is_over = true, .said = said };
    snprintf(news.firmware.version, sizeof(news.firmware.version), "%s", version);
    hear(news);
}

/* ---- the gate ------------------------------------------------------------------------------- */

static void test_shift_begins_with_a_good_stick_alone(void **state)
{
    (void)state;
    plug(SAY_EXPIRED, ROLE_NONE);
    CHECK_EQ(view()->page, SHIFT_REFUSED);
    CHECK_EQ(view()->why, SAY_EXPIRED);
    CHECK_STR(rig.note, "stick refused expired");
    press(SHIFT_DIGIT, "1");
    press(SHIFT_OPEN, "paper");
    CHECK_EQ(view()->page, SHIFT_REFUSED);
    hear((struct shift_news){ .kind = SHIFT_GONE });
    CHECK_EQ(view()->page, SHIFT_AWAY);
    CHECK(!shift_wants_screen(rig.shift));
}

static void test_shift_hands_the_pin_on_and_keeps_none_of_it(void **state)
{
    (void)state;
    plug(SAY_WELL, ROLE_PAPER);
    type("12345");
    press(SHIFT_ENTER, "");
    CHECK_EQ(view()->why, SAY_PIN_SHAPE);
    CHECK_EQ(rig.orders[ORDER_PIN], 0);
    press(SHIFT_ERASE, "");
    type("67x89012345678");
    CHECK_EQ(view()->digits, PIN_TEXT - 1);
    press(SHIFT_ENTER, "");
    CHECK_STR(rig.pin, "123467890123");
    CHECK_EQ(view()->digits, 0);
    CHECK_EQ(view()->page, SHIFT_CHECKING);
}

static void test_shift_counts_a_wait_down_and_takes_no_digit_meanwhile(void **state)
{
    struct shift_news news = { .kind = SHIFT_PIN_SAID, .said = SAY_PIN_WRONG };
    (void)state;
    plug(SAY_WELL, ROLE_PAPER);
    type("135792");
    press(SHIFT_ENTER, "");
    news.pin.left = 7;
    news.pin.wait_ms = 60000;
    hear(news);
    CHECK_EQ(view()->page, SHIFT_PIN);
    type("135792");
    CHECK_EQ(view()->digits, 0);
    uint64_t revision = view()->revision;
    later(1000);
    CHECK_EQ(view()->wait_ms, 59000);
    CHECK(view()->revision > revision);
    CHECK_EQ(shift_deadline_ms(rig.shift), rig.clock.base.boot_ms(&rig.clock.base) + 1000);
    later(59000);
    CHECK_EQ(view()->wait_ms, 0);
    CHECK_EQ(view()->why, SAY_WELL);
    type("480913");
    press(SHIFT_ENTER, "");
    CHECK_EQ(rig.orders[ORDER_PIN], 2);
}

static void test_shift_that_is_blocked_asks_no_more(void **state)
{
    struct shift_news news = { .kind = SHIFT_PIN_SAID, .said = SAY_BLOCKED };
    (void)state;
    plug(SAY_WELL, ROLE_PAPER);
    type("135792");
    press(SHIFT_ENTER, "");
    news.pin.is_blocked = true;
    hear(news);
    press(SHIFT_ENTER, "");
    CHECK_EQ(rig.orders[ORDER_PIN], 1);
    CHECK_EQ(view()->page, SHIFT_PIN);
    later(60000);
    CHECK_EQ(view()->page, SHIFT_AWAY);
}

static void test_shift_time_stands_still_while_a_resident_is_here(void **state)
{
    (void)state;
    plug(SAY_WELL, ROLE_PAPER);
    shift_set_shown(rig.shift, false);
    CHECK_EQ(shift_deadline_ms(rig.shift), INT64_MAX);
    later(600000);
    CHECK_EQ(view()->page, SHIFT_PIN);
    shift_set_shown(rig.shift, true);
    later(59000);
    CHECK_EQ(view()->page, SHIFT_PIN);
}

/* ---- who may what ------------------------------------------------------------------------------ */

static void test_shift_opens_no_page_that_its_role_may_not(void **state)
{
    (void)state;
    for (int role = ROLE_PAPER; role < ROLE_END; role++)
        for (int page = SHIFT_READINESS; page <= SHIFT_LOGS; page++) {
            rig.is_new = page == SHIFT_JOIN;
            come_in((enum role)role);
            rig.is_new = false;
            walk_to((enum shift_page)page);
            bool may = role_may((enum role)role, shift_page_action((enum shift_page)page));
            CHECK((view()->page == (enum shift_page)page) == may);
        }
}

static void in_doubt(enum saying doubt)
{
    struct shift_news news = { .kind = SHIFT_PIN_SAID, .said = SAY_WELL };
    plug(doubt, ROLE_TECHNICIAN);
    CHECK_EQ(view()->doubt, doubt);
    type("480913");
    press(SHIFT_ENTER, "");
    news.pin.is_right = true;
    hear(news);
    CHECK_EQ(view()->may, (1u << ACTION_PAPER) | (1u << ACTION_CLEAN) | (1u << ACTION_CARRY) |
                              (1u << ACTION_NETWORK));
    press(SHIFT_OPEN, "logs");
    CHECK_EQ(view()->page, SHIFT_MENU);
}

static void test_shift_without_a_clock_does_only_what_harms_at_no_time(void **state)
{
    (void)state;
    in_doubt(SAY_CLOCK);
}

static void test_shift_that_may_be_of_a_revoked_stick_does_no_more(void **state)
{
    (void)state;
    in_doubt(SAY_LIST);
}

static void test_shift_of_an_inspector_releases_nothing(void **state)
{
    struct shift_news facts = { .kind = SHIFT_FACTS };
    facts.facts.parked_count = 1;
    facts.facts.parked[0] = (struct staff_parked){ .seq = 5, .what_to_do = PARKED_RELEASE };
    (void)state;
    come_in(ROLE_INSPECTOR);
    press(SHIFT_OPEN, "queue");
    hear(facts);
    press(SHIFT_RELEASE, "5");
    CHECK_EQ(rig.orders[ORDER_RELEASE], 0);
    come_in(ROLE_TECHNICIAN);
    press(SHIFT_OPEN, "queue");
    hear(facts);
    press(SHIFT_RELEASE, "6");
    CHECK_EQ(rig.orders[ORDER_RELEASE], 0);
    press(SHIFT_RELEASE, "5");
    CHECK_EQ(rig.orders[ORDER_RELEASE], 1);
    CHECK_STR(rig.note, "release seq=5");
}

static void test_shift_puts_in_no_firmware_but_what_was_found_good(void **state)
{
    struct shift_news copied = { .kind = SHIFT_FIRMWARE_COPIED, .is_over = true };
    (void)state;
    come_in(ROLE_TECHNICIAN);
    press(SHIFT_OPEN, "update");
    CHECK_EQ(rig.orders[ORDER_FIRMWARE_LOOK], 1);
    press(SHIFT_DO, ""); /* too early */
    press(SHIFT_BACK, "");
    CHECK_EQ(view()->page, SHIFT_UPDATE);
    seen(SAY_OLDER_FIRMWARE, "1.0.0");
    CHECK_EQ(view()->firmware_seen, STEP_FAILED);
    press(SHIFT_DO, "");
    CHECK_EQ(rig.orders[ORDER_FIRMWARE_COPY], 0);
    press(SHIFT_BACK, "");
    press(SHIFT_OPEN, "update");
    seen(SAY_WELL, "1.4.0");
    press(SHIFT_DO, "");
    press(SHIFT_DO, "");
    CHECK_EQ(rig.orders[ORDER_FIRMWARE_COPY], 1);
    CHECK_STR(rig.note, "update copy version=1.4.0");
    later(400000); /* a slow stick is no silence */
    CHECK_EQ(view()->page, SHIFT_UPDATE);
    hear(copied);
    press(SHIFT_DO, "");
    CHECK_EQ(rig.orders[ORDER_FIRMWARE_COPY], 1);
}

static void test_shift_ends_in_practice_where_there_is_something_to_practise(void **state)
{
    (void)state;
    come_in(ROLE_PAPER);
    press(SHIFT_OPEN, "practice");
    press(SHIFT_DO, "");
    CHECK_EQ(view()->page, SHIFT_PRACTICE); /* no exercises */
    CHECK_EQ(rig.practices, 0);
    press(SHIFT_BACK, "");
    rig.devices.has_exercises = true;
    press(SHIFT_OPEN, "practice");
    press(SHIFT_DO, "");
    CHECK_EQ(view()->page, SHIFT_AWAY);
    CHECK_EQ(rig.practices, 1);
    CHECK_STR(rig.note, "practice begin");
}

/* ---- its end -------------------------------------------------------------------------------------- */

static void test_shift_on_every_page_ends_by_hand_silence_and_pulling(void **state)
{
    static const char *const ends[] = { "end by hand", "end silence", "end pulled" };
    (void)state;
    for (int page = SHIFT_MENU; page <= SHIFT_LOGS; page++)
        for (int way = 0; way < 3; way++) {
            if (page == SHIFT_CLEAN && way < 2)
                continue; /* it ends by itself (test_shift_clean.c) */
            rig.is_new = page == SHIFT_JOIN;
            come_in(ROLE_TECHNICIAN);
            rig.is_new = false;
            if (page != SHIFT_MENU)
                walk_to((enum shift_page)page);
            CHECK_EQ(view()->page, page);
            if (page == SHIFT_UPDATE)
                seen(SAY_NO_UPDATE, "");
            if (way == 0)
                press(SHIFT_END, "");
            else if (way == 1)
                later(180000);
            else
                hear((struct shift_news){ .kind = SHIFT_GONE });
            CHECK_EQ(view()->page, SHIFT_AWAY);
            CHECK_STR(rig.note, ends[way]);
            CHECK_STR(view()->serial, "");
            CHECK_EQ(view()->may, 0);
        }
}

static void test_shift_pulled_at_work_says_so_and_goes(void **state)
{
    (void)state;
    come_in(ROLE_PAPER);
    press(SHIFT_OPEN, "carry");
    press(SHIFT_DO, "");
    CHECK(view()->is_busy);
    press(SHIFT_END, "");
    press(SHIFT_BACK, "");
    later(600000); /* work is no silence */
    CHECK_EQ(view()->page, SHIFT_CARRY);
    hear((struct shift_news){ .kind = SHIFT_CARRIED, .is_over = true, .said = SAY_PULLED });
    CHECK_STR(rig.note, "carry pulled out=0 settled=0");
    hear((struct shift_news){ .kind = SHIFT_GONE });
    CHECK_EQ(view()->page, SHIFT_PULLED);
    CHECK_STR(rig.note, "end pulled at work");
    later(15000);
    CHECK_EQ(view()->page, SHIFT_AWAY);
}

/* ---- work --------------------------------------------------------------------------------------------- */

static void test_shift_signs_what_was_on_the_page(void **state)
{
    (void)state;
    come_in(ROLE_PAPER);
    rig.devices.reader = DEVICE_TROUBLE;
    press(SHIFT_OPEN, "readiness");
    CHECK_EQ(view()->readiness.checks[READY_READER].state, READY_FAILED);
    press(SHIFT_DO, "");
    press(SHIFT_DO, "");
    CHECK_EQ(rig.orders[ORDER_CERTIFY], 1);
    CHECK_EQ(rig.prints, 1);
    CHECK_EQ(rig.paper, SHIFT_PAPER_READINESS);
    rig.devices.reader = DEVICE_WELL;
    later(1000);
    CHECK_EQ(view()->readiness.checks[READY_READER].state, READY_FAILED);
    hear((struct shift_news){ .kind = SHIFT_CERTIFIED, .is_signed = true, .said = SAY_FULL });
    CHECK_EQ(view()->certificate, STEP_WELL);
    CHECK_EQ(view()->kept, STEP_FAILED);
    CHECK_EQ(view()->why, SAY_FULL);
    shift_handle(rig.shift, SHIFT_PRINTED, "", STEP_WELL);
    CHECK_EQ(view()->slip, STEP_WELL);
}

static void test_shift_prints_the_figures_it_knows_and_no_others(void **state)
{
    (void)state;
    come_in(ROLE_PAPER);
    press(SHIFT_OPEN, "figures");
    CHECK_EQ(view()->page, SHIFT_FIGURES);
    press(SHIFT_DO, "");
    CHECK_EQ(rig.prints, 0);
    hear((struct shift_news){
        .kind = SHIFT_FACTS,
        .facts = { .is_known = true, .figures = { .is_known = true, .month = "202611" } } });
    press(SHIFT_DO, "");
    press(SHIFT_DO, "");
    CHECK_EQ(rig.prints, 1);
    CHECK_EQ(rig.paper, SHIFT_PAPER_FIGURES);
    CHECK_STR(rig.note, "figures printed");
}

static void test_shift_certifies_nothing_while_the_queue_does_not_answer(void **state)
{
    (void)state;
    come_in(ROLE_PAPER);
    hear((struct shift_news){ .kind = SHIFT_FACTS });
    press(SHIFT_OPEN, "readiness");
    press(SHIFT_DO, "");
    CHECK_EQ(rig.orders[ORDER_CERTIFY], 0);
    CHECK_EQ(rig.prints, 0);
}

static void test_shift_offers_a_copy_of_what_did_not_come_out(void **state)
{
    struct shift_news facts = { .kind = SHIFT_FACTS };
    facts.facts.slip_count = 1;
    facts.facts.slips[0] = (struct staff_slip){ .attempt = 41, .receipt = "K0012-000042-7" };
    (void)state;
    come_in(ROLE_PAPER);
    press(SHIFT_OPEN, "settle");
    hear(facts);
    press(SHIFT_COPY, "");
    press(SHIFT_NOT_OUT, "42");
    CHECK_EQ(rig.orders[ORDER_SETTLE], 0);
    CHECK_EQ(rig.prints, 0);
    press(SHIFT_NOT_OUT, "41");
    CHECK_EQ(rig.orders[ORDER_SETTLE], 1);
    CHECK_STR(rig.note, "settle attempt=41 not out");
    hear((struct shift_news){ .kind = SHIFT_ANSWERED, .said = SAY_WELL });
    CHECK_EQ(view()->work, STEP_WELL);
    press(SHIFT_COPY, "");
    CHECK_EQ(rig.paper, SHIFT_PAPER_COPY);
    CHECK_EQ(rig.prints, 1);
}

static void test_shift_leaves_a_ready_sentence_once_and_ticks_off_what_was_left(void **state)
{
    (void)state;
    come_in(ROLE_PAPER);
    press(SHIFT_OPEN, "handover");
    CHECK_EQ(view()->page, SHIFT_HANDOVER);
    press(SHIFT_LEAVE_NOTE, "Li Ming of No. 3 comes back"); /* no sentence of anybody's own */
    CHECK_EQ(rig.orders[ORDER_LEAVE_NOTE], 0);
    press(SHIFT_LEAVE_NOTE, "paper-low");
    press(SHIFT_LEAVE_NOTE, "paper-jam"); /* one thing after the other */
    CHECK_EQ(rig.orders[ORDER_LEAVE_NOTE], 1);
    CHECK(strstr(rig.note, "paper-low") != NULL);
    hear((struct shift_news){ .kind = SHIFT_ANSWERED, .said = SAY_WELL });
    struct shift_news facts = { .kind = SHIFT_FACTS };
    facts.facts.is_known = true;
    facts.facts.handover_count = 1;
    facts.facts.handovers[0] = (struct handover){ .n = 4, .what = "paper-low" };
    hear(facts);
    press(SHIFT_LEAVE_NOTE, "paper-low");
    CHECK_EQ(rig.orders[ORDER_LEAVE_NOTE], 1);
    press(SHIFT_NOTE_DONE, "5");
    CHECK_EQ(rig.orders[ORDER_NOTE_DONE], 0);
    press(SHIFT_NOTE_DONE, "4");
    CHECK_EQ(rig.orders[ORDER_NOTE_DONE], 1);
}

static void test_shift_of_an_inspector_reads_no_notes_to_colleagues(void **state)
{
    (void)state;
    come_in(ROLE_INSPECTOR);
    press(SHIFT_OPEN, "handover");
    CHECK_EQ(view()->page, SHIFT_MENU);
}

static void test_shift_loads_a_roll_and_notes_it(void **state)
{
    (void)state;
    come_in(ROLE_PAPER);
    press(SHIFT_OPEN, "paper");
    press(SHIFT_DO, "");
    CHECK_EQ(rig.rolls, 1);
    CHECK_STR(rig.note, "paper new roll");
}

static void test_shift_ticks_off_what_a_test_saw_and_forgets_it(void **state)
{
    (void)state;
    come_in(ROLE_TECHNICIAN);
    press(SHIFT_OPEN, "devices");
    press(SHIFT_OPEN, "touch");
    for (int i = 0; i < SHIFT_CELLS; i++) {
        char number[8];
        snprintf(number, sizeof(number), "%d", i);
        press(SHIFT_CELL, number);
    }
    CHECK_EQ(view()->cells, (1u << SHIFT_CELLS) - 1);
    CHECK_STR(rig.note, "devices touch all cells");
    press(SHIFT_CELL, "99");
    press(SHIFT_BACK, "");
    CHECK_EQ(view()->page, SHIFT_DEVICES);
    press(SHIFT_OPEN, "reader");
    CHECK_EQ(view()->cells, 0);
    shift_handle(rig.shift, SHIFT_CARD, "", SHIFT_CARD_READ);
    shift_handle(rig.shift, SHIFT_CARD, "", SHIFT_CARD_NONE);
    CHECK_EQ(view()->card, SHIFT_CARD_READ);
    CHECK_STR(rig.note, "devices reader read");
    press(SHIFT_BACK, "");
    CHECK_EQ(view()->tried[READY_SCREEN], TRIED_WELL);
    CHECK_EQ(view()->tried[READY_READER], TRIED_WELL);
    press(SHIFT_OPEN, "sound");
    press(SHIFT_CAME_OUT, ""); /* nothing was said yet */
    CHECK_EQ(view()->tried[READY_SOUND], TRIED_NOT);
    press(SHIFT_DO, "");
    press(SHIFT_NOT_OUT, "");
    CHECK_EQ(view()->tried[READY_SOUND], TRIED_BAD);
    CHECK_STR(rig.note, "devices sound bad");
    hear((struct shift_news){ .kind = SHIFT_GONE });
    come_in(ROLE_PAPER);
    CHECK_EQ(view()->tried[READY_READER], TRIED_NOT); /* whoever comes next tries them */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shift_begins_with_a_good_stick_alone),
        cmocka_unit_test(test_shift_hands_the_pin_on_and_keeps_none_of_it),
        cmocka_unit_test(test_shift_counts_a_wait_down_and_takes_no_digit_meanwhile),
        cmocka_unit_test(test_shift_that_is_blocked_asks_no_more),
        cmocka_unit_test(test_shift_time_stands_still_while_a_resident_is_here),
        cmocka_unit_test(test_shift_opens_no_page_that_its_role_may_not),
        cmocka_unit_test(test_shift_without_a_clock_does_only_what_harms_at_no_time),
        cmocka_unit_test(test_shift_that_may_be_of_a_revoked_stick_does_no_more),
        cmocka_unit_test(test_shift_puts_in_no_firmware_but_what_was_found_good),
        cmocka_unit_test(test_shift_of_an_inspector_releases_nothing),
        cmocka_unit_test(test_shift_ends_in_practice_where_there_is_something_to_practise),
        cmocka_unit_test(test_shift_on_every_page_ends_by_hand_silence_and_pulling),
        cmocka_unit_test(test_shift_pulled_at_work_says_so_and_goes),
        cmocka_unit_test(test_shift_signs_what_was_on_the_page),
        cmocka_unit_test(test_shift_prints_the_figures_it_knows_and_no_others),
        cmocka_unit_test(test_shift_certifies_nothing_while_the_queue_does_not_answer),
        cmocka_unit_test(test_shift_offers_a_copy_of_what_did_not_come_out),
        cmocka_unit_test(test_shift_leaves_a_ready_sentence_once_and_ticks_off_what_was_left),
        cmocka_unit_test(test_shift_of_an_inspector_reads_no_notes_to_colleagues),
        cmocka_unit_test(test_shift_loads_a_roll_and_notes_it),
        cmocka_unit_test(test_shift_ticks_off_what_a_test_saw_and_forgets_it),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    shift_free(rig.shift);
    return failed;
}
