/* links: firmware/session firmware/case firmware/calendar firmware/point firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "firmware/base/json.h"
#include "tests/support/session_rig.h"

#include "firmware/calendar/calendar.h"

static const struct aside_view *aside(void)
{
    return &session_view(rig.session)->aside;
}

static void choose(int n)
{
    session_handle(rig.session,
                   &(struct event){ .kind = EV_ASIDE_CHOOSE, .name = "", .number = n });
}

static void send(void)
{
    tap(EV_NEXT);
    reserve_answered();
    happen(EV_SUBMITTED, rig.token, "K0012-000002-Y");
}

/* ---- it could not be done ------------------------------------------------------------ */

static void test_unsettled_is_open_from_help_wherever_one_came_from(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        setup();
        ways[i].go();
        tap(EV_OPEN_HELP);
        if (screen() == SCREEN_HELP) {
            tap(EV_OPEN_UNSETTLED);
            CHECK(screen() == SCREEN_ASIDE || screen() == SCREEN_ASIDE_KEPT);
            CHECK_EQ(aside()->kind, ASIDE_UNSETTLED);
        }
        teardown();
    }
}

static void test_unsettled_takes_the_matter_along_and_leaves_the_form_as_it_was(void **state)
{
    (void)state;
    setup();
    to_help();
    tap(EV_OPEN_UNSETTLED);
    CHECK_STR(aside()->about->code, "D01");
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_STR(answer_to("kind"), "limb");
    teardown();
}

static void test_unsettled_is_sealed_with_reason_words_person_and_the_day_promised(void **state)
{
    (void)state;
    setup();
    to_aside_kept();
    CHECK_EQ(aside()->state, ASIDE_KEPT);
    CHECK_STR(aside()->receipt, "K0012-000002-Y");
    CHECK_STR(rig.kind, "escalation");
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(json_text_at(json_object_get(item, "manifest"), "kind"), "escalation");
    CHECK_STR(json_text_at(json_object_get(item, "manifest"), "item_code"), "D01");
    CHECK_STR(json_text_at(item, "reason"), "offices");
    CHECK_STR(json_text_at(item, "weight"), "difficult");
    CHECK_STR(json_text_at(item, "words"), "跑了三个窗口");
    CHECK_STR(json_text_at(json_object_get(item, "resident"), "number"), person_a.number);
    /* ten working days after Wednesday, 25 November 2026, without a pack of holidays */
    CHECK_STR(json_text_at(item, "answer_by"), "20261209");
    CHECK(json_is_true(json_object_get(item, "is_provisional")));
    CHECK(aside()->is_provisional);
    teardown();
}

static void test_unsettled_counts_working_days_over_holidays_that_are_known(void **state)
{
    (void)state;
    static struct calendar known;
    char complaint[CALENDAR_COMPLAINT];
    setup();
    size_t length;
    char *pack = test_file("../assets/calendar/2026.json", &length);
    CHECK_EQ(calendar_learn(&known, pack, length, complaint), 0);
    free(pack);
    rig.session->config.calendar = &known;
    tap(EV_BEGIN);
    tap(EV_OPEN_UNSETTLED);
    choose(UNSETTLED_PAPERS);
    send();
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(json_text_at(item, "answer_by"), "20261126");
    CHECK(!aside()->is_provisional);
    teardown();
}

static void test_unsettled_promises_no_day_by_a_clock_that_is_not_set(void **state)
{
    (void)state;
    setup();
    struct link_facts facts = { .is_there = true, .is_accepting = true, .kiosk_id = "K0012" };
    session_handle(rig.session, &(struct event){ .kind = EV_LINK, .link = &facts });
    tap(EV_BEGIN);
    tap(EV_OPEN_UNSETTLED);
    choose(UNSETTLED_OTHER);
    send();
    AUTO(json_release) json_t *item = opened_item();
    CHECK(!json_object_get(item, "answer_by"));
    CHECK_EQ(aside()->answer_by_ms, 0);
    CHECK_EQ(aside()->answer_days, 5);
    teardown();
}

static void test_unsettled_needs_a_reason_and_nothing_else(void **state)
{
    (void)state;
    setup();
    tap(EV_BEGIN);
    tap(EV_OPEN_UNSETTLED);
    tap(EV_NEXT);
    CHECK_EQ(rig.reserves, 0);
    choose(UNSETTLED_SYSTEM);
    choose(UNSETTLED_RULES);
    CHECK_EQ(aside()->chosen, 1u << UNSETTLED_RULES);
    send();
    CHECK_EQ(screen(), SCREEN_ASIDE_KEPT);
    AUTO(json_release) json_t *item = opened_item();
    CHECK(json_is_null(json_object_get(item, "resident")));
    CHECK_STR(json_text_at(item, "reason"), "rules");
    CHECK(!json_object_get(item, "words"));
    teardown();
}

static void test_unsettled_slip_has_number_owner_day_and_no_words_of_the_resident(void **state)
{
    (void)state;
    setup();
    to_aside_kept();
    CHECK_EQ(rig.prints, 1);
    CHECK(last_slip_says("K0012-000002-Y") && last_slip_says("王敏") &&
          last_slip_says("2026-12-09"));
    CHECK(last_slip_says("12345"));
    CHECK(!last_slip_says("三个窗口") && !last_slip_says(person_a.number));
    number(EV_PRINT_STATE, PAPER_ASK);
    CHECK_EQ(aside()->paper, PAPER_ASK);
    tap(EV_SLIP_BAD);
    CHECK(rig.is_reprint);
    teardown();
}

static void test_unsettled_telephone_is_checked_before_it_is_kept(void **state)
{
    (void)state;
    setup();
    to_aside();
    happen(EV_ASIDE_TYPE, "", "phone");
    happen(EV_TYPE, "", "1380000");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_ASIDE_TEXT);
    CHECK(aside()->is_phone_wrong);
    happen(EV_TYPE, "", "0000");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_ASIDE);
    send();
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(json_text_at(item, "phone"), "13800000000");
    teardown();
}

static void test_unsettled_words_may_be_written_and_kept_as_they_are(void **state)
{
    (void)state;
    setup();
    to_aside();
    happen(EV_ASIDE_TYPE, "", "words");
    happen(EV_USE_WAY, "", "picture");
    sign();
    tap(EV_NEXT);
    send();
    AUTO(json_release) json_t *item = opened_item();
    CHECK(json_array_size(json_object_get(json_object_get(json_object_get(item, "ink"), "words"),
                                          "strokes")) > 0);
    teardown();
}

static void test_unsettled_that_has_its_number_is_shown_again_and_not_sent_twice(void **state)
{
    (void)state;
    setup();
    to_aside_kept();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    tap(EV_OPEN_UNSETTLED);
    CHECK_EQ(screen(), SCREEN_ASIDE_KEPT);
    CHECK_EQ(rig.submits, 1);
    teardown();
}

static void test_unsettled_of_what_was_not_saved_says_what_the_kiosk_refused(void **state)
{
    (void)state;
    setup();
    to_not_saved();
    tap(EV_OPEN_UNSETTLED);
    choose(UNSETTLED_SYSTEM);
    send();
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(json_text_at(item, "refusal"), "storage");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_NOT_SAVED);
    teardown();
}

static void test_unsettled_of_a_case_that_was_looked_up_names_its_number(void **state)
{
    (void)state;
    setup();
    to_progress();
    rig.session->visit.asked = (struct case_view){ .where = CASE_COUNTY, .state = "denied" };
    snprintf(rig.session->visit.asked.receipt, RECEIPT_TEXT, "K0012-000042-7");
    tap(EV_OPEN_UNSETTLED);
    CHECK_STR(aside()->about_receipt, "K0012-000042-7");
    CHECK(!aside()->about);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_PROGRESS);
    teardown();
}

static void test_report_that_cannot_be_stored_says_so_and_can_be_tried_again(void **state)
{
    (void)state;
    setup();
    to_aside();
    link_is(false, false);
    tap(EV_NEXT);
    CHECK_EQ(aside()->state, ASIDE_FAILED);
    link_is(true, true);
    tap(EV_NEXT);
    reserve_answered();
    happen(EV_NOT_SUBMITTED, rig.token, "disk-full");
    CHECK_EQ(aside()->state, ASIDE_FAILED);
    send();
    CHECK_EQ(screen(), SCREEN_ASIDE_KEPT);
    teardown();
}

/* ---- the guide ----------------------------------------------------------------------- */

static void test_mismatch_names_the_guide_and_nobody(void **state)
{
    (void)state;
    setup();
    to_guide();
    tap(EV_OPEN_MISMATCH);
    choose(0);
    choose(2);
    choose(0); /* chosen, and not any more */
    send();
    CHECK_STR(rig.kind, "mismatch");
    CHECK_EQ(rig.prints, 0);
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(json_text_at(json_object_get(item, "manifest"), "item_code"), "D01");
    CHECK(json_is_null(json_object_get(item, "resident")));
    const json_t *differs = json_object_get(item, "differs");
    CHECK_EQ(json_array_size(differs), 1);
    CHECK_STR(json_string_value(json_array_get(differs, 0)), "fee");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_GUIDE);
    teardown();
}

RUN(T(test_unsettled_is_open_from_help_wherever_one_came_from),
    T(test_unsettled_takes_the_matter_along_and_leaves_the_form_as_it_was),
    T(test_unsettled_is_sealed_with_reason_words_person_and_the_day_promised),
    T(test_unsettled_counts_working_days_over_holidays_that_are_known),
    T(test_unsettled_promises_no_day_by_a_clock_that_is_not_set),
    T(test_unsettled_needs_a_reason_and_nothing_else),
    T(test_unsettled_slip_has_number_owner_day_and_no_words_of_the_resident),
    T(test_unsettled_telephone_is_checked_before_it_is_kept),
    T(test_unsettled_words_may_be_written_and_kept_as_they_are),
    T(test_unsettled_that_has_its_number_is_shown_again_and_not_sent_twice),
    T(test_unsettled_of_what_was_not_saved_says_what_the_kiosk_refused),
    T(test_unsettled_of_a_case_that_was_looked_up_names_its_number),
    T(test_report_that_cannot_be_stored_says_so_and_can_be_tried_again),
    T(test_mismatch_names_the_guide_and_nobody))
