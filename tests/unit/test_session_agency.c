/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

#include <string.h>

static const struct session_view *seen(void)
{
    return session_view(rig.session);
}

static enum agency_trouble trouble(void)
{
    return seen()->agency.trouble;
}

static bool is_in_memory(const struct person *p)
{
    return memmem(rig.session, sizeof(*rig.session), p->number, 18) ||
           memmem(rig.session, sizeof(*rig.session), p->name, strlen(p->name));
}

static bool slip_says(const char *text)
{
    for (size_t i = 0; rig.slip && i < rig.slip->count; i++)
        if (strstr(rig.slip->lines[i].text, text))
            return true;
    return false;
}

/* The care subsidy for person_a, by the agent, up to the review. */
static void fill_acting(void)
{
    to_acting();
    happen(EV_OPEN_SERVICE, "D01", "");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "kind", "limb");
    happen(EV_CHOOSE, "grade", "1");
    happen(EV_CHOOSE, "care", "family");
    for (int i = 0; i < 20 && screen() == SCREEN_FORM; i++) {
        const struct session_view *v = seen();
        const struct field *f = v->focus >= 0 ? &v->service->fields[v->focus] : NULL;
        if (f && f->kind == FIELD_PHONE && !*session_answer(rig.session, f))
            happen(EV_TYPE, "", "13800000000");
        tap(EV_NEXT);
    }
    CHECK_EQ(screen(), SCREEN_REVIEW);
}

static void submit_acting(void)
{
    fill_acting();
    reserve_answered();
    tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_SUBMITTING);
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(screen(), SCREEN_DONE);
}

static void test_agency_a_listed_card_then_the_residents_then_consent(void **state)
{
    (void)state;
    setup();
    tap(EV_OPEN_AGENT);
    CHECK_EQ(screen(), SCREEN_AGENT_CARD);
    card(&person_agent);
    CHECK_EQ(screen(), SCREEN_AGENT_HOME);
    CHECK_EQ(seen()->agency.step, AGENCY_PROVEN);
    CHECK(!seen()->has_card);
    tap(EV_CARD_GONE);
    CHECK_EQ(screen(), SCREEN_AGENT_RESIDENT);
    card(&person_a);
    CHECK_EQ(screen(), SCREEN_AGENT_CONSENT);
    tap(EV_NEXT); /* unsigned */
    CHECK_EQ(screen(), SCREEN_AGENT_CONSENT);
    CHECK(seen()->agency.has_errors_shown);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_HOME);
    CHECK_EQ(seen()->agency.step, AGENCY_ACTING);
    CHECK_STR(seen()->name, "*试甲");
    CHECK_STR(seen()->agency.agent, "*建国");
    teardown();
}

static void test_agency_every_card_in_the_wrong_place_has_its_sentence(void **state)
{
    (void)state;
    struct person renewed = person_agent, expired = person_agent, old = person_a;
    memcpy(renewed.valid_from, "20260101", 9);
    memcpy(expired.valid_to, "20200301", 9);
    old.is_long_term = false;
    memcpy(old.valid_to, "20200101", 9);
    setup();
    tap(EV_OPEN_AGENT);
    card(&person_b);
    CHECK_EQ(trouble(), AGENCY_UNLISTED);
    card(
        &renewed); /* the list names cards: a lost one opens nothing after renewal, nor does the new one unlisted */
    CHECK_EQ(trouble(), AGENCY_UNLISTED);
    card(&expired);
    CHECK_EQ(trouble(), AGENCY_EXPIRED);
    number(EV_CARD_TROUBLE, TROUBLE_AGAIN);
    CHECK_EQ(trouble(), AGENCY_UNREAD);
    CHECK_EQ(screen(), SCREEN_AGENT_CARD);
    CHECK(!is_in_memory(&person_b));
    card(&person_agent);
    tap(EV_NEXT);
    card(&person_agent); /* laid down again instead of the resident's */
    CHECK_EQ(trouble(), AGENCY_OWN_CARD);
    card(&old);
    CHECK_EQ(trouble(), AGENCY_THEIR_OLD);
    CHECK_EQ(screen(), SCREEN_AGENT_RESIDENT);
    CHECK(!is_in_memory(&person_a));
    teardown();
}

static void test_agency_an_agent_whose_time_is_over_is_turned_away(void **state)
{
    (void)state;
    static const struct person past = { .layout = CARD_RESIDENT,
                                        .name = "孙代办",
                                        .birth = "19750820",
                                        .number = "339999197508200095",
                                        .valid_from = "20180401",
                                        .valid_to = "20380401" };
    setup();
    tap(EV_OPEN_AGENT);
    card(&past);
    CHECK_EQ(trouble(), AGENCY_ENDED);
    CHECK(!is_in_memory(&past));
    teardown();
}

static void test_agency_begins_from_a_card_that_lies_there_already(void **state)
{
    (void)state;
    setup();
    card(&person_agent);
    CHECK_EQ(screen(), SCREEN_HOME);
    tap(EV_OPEN_AGENT);
    CHECK_EQ(screen(), SCREEN_AGENT_HOME);
    CHECK(!seen()->has_card);
    teardown();
}

static void test_agency_another_card_in_the_form_changes_nothing(void **state)
{
    (void)state;
    setup();
    to_acting();
    happen(EV_OPEN_SERVICE, "D01", "");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "kind", "limb");
    card(&person_b);
    CHECK_EQ(screen(), SCREEN_AGENT_WRONG);
    CHECK_EQ(trouble(), AGENCY_THIRD_CARD);
    CHECK(!is_in_memory(&person_b));
    card(&person_agent);
    CHECK_EQ(trouble(), AGENCY_OWN_CARD);
    card(&person_a);
    CHECK_EQ(screen(), SCREEN_FORM);
    tap(EV_CARD_GONE);
    CHECK_EQ(screen(), SCREEN_CARD_REMOVED);
    card(&person_b);
    CHECK_EQ(screen(), SCREEN_AGENT_WRONG);
    tap(EV_CARD_GONE);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_STR(answer_to("kind"), "limb");
    teardown();
}

static void test_agency_a_refusal_forgets_the_resident(void **state)
{
    (void)state;
    setup();
    to_agent_consent();
    CHECK(is_in_memory(&person_a));
    tap(EV_AGENT_REFUSE);
    CHECK_EQ(screen(), SCREEN_AGENT_HOME);
    session_view(rig.session);
    CHECK(!is_in_memory(&person_a));
    CHECK(rig.forgets > 0);
    teardown();
}

static void test_agency_the_form_fills_from_both_cards(void **state)
{
    (void)state;
    setup();
    fill_acting();
    const struct service *s = seen()->service;
    const char *const pairs[][2] = { { "applicant", "agent" },
                                     { "proxy_name", "周建国" },
                                     { "proxy_number", "339999196805120070" },
                                     { "proxy_relation", "committee" } };
    for (size_t i = 0; i < 4; i++) {
        const struct field *f = &s->fields[draft_find(rig.session, pairs[i][0])];
        CHECK_STR(session_answer(rig.session, f), pairs[i][1]);
        CHECK(session_field_is_locked(rig.session, f));
    }
    teardown();
}

static void test_agency_a_family_member_still_says_who_they_are(void **state)
{
    (void)state;
    setup();
    to_guide();
    tap(EV_NEXT);
    const struct field *f = &seen()->service->fields[draft_find(rig.session, "applicant")];
    CHECK(!session_field_is_locked(rig.session, f));
    CHECK_STR(session_answer(rig.session, f), "self");
    happen(EV_CHOOSE, "applicant", "guardian");
    CHECK_STR(session_answer(rig.session, f), "guardian");
    f = &seen()->service->fields[draft_find(rig.session, "proxy_name")];
    CHECK(!session_field_is_locked(rig.session, f));
    CHECK_STR(session_answer(rig.session, f), "");
    teardown();
}

static void test_agency_the_item_says_who_acted_and_holds_the_consent(void **state)
{
    (void)state;
    setup();
    submit_acting();
    json_t *item = opened_item(), *agency = json_object_get(item, "agency");
    CHECK_STR(json_string_value(json_object_get(json_object_get(agency, "agent"), "number")),
              person_agent.number);
    CHECK_STR(json_string_value(json_object_get(agency, "principal")), person_a.number);
    CHECK_STR(json_string_value(json_object_get(agency, "help_mode")), "act");
    CHECK_STR(json_string_value(json_object_get(agency, "until")), "20261125");
    CHECK(json_array_size(json_object_get(
              json_object_get(json_object_get(agency, "consent"), "signature"), "strokes")) > 0);
    CHECK_STR(json_string_value(json_object_get(item, "help_mode")), "act");
    CHECK_STR(json_string_value(json_object_get(json_object_get(item, "resident"), "number")),
              person_a.number);
    json_decref(item);
    teardown();
}

static void test_agency_two_slips_each_names_the_helper(void **state)
{
    (void)state;
    setup();
    submit_acting();
    CHECK_EQ(rig.prints, 1);
    CHECK(slip_says("Resident's copy") || slip_says("居民留存联"));
    CHECK(slip_says("*建国"));
    number(EV_PRINT_STATE, PAPER_DONE);
    CHECK_EQ(rig.prints, 2);
    CHECK(slip_says("Agent's copy") || slip_says("代办员留存联"));
    CHECK(slip_says("*建国"));
    CHECK(!rig.is_reprint);
    number(EV_PRINT_STATE, PAPER_DONE);
    CHECK_EQ(rig.prints, 2);
    CHECK(seen()->agency.is_second_copy);
    teardown();
}

static void test_agency_the_next_resident_finds_nothing_of_the_last(void **state)
{
    (void)state;
    setup();
    submit_acting();
    number(EV_PRINT_STATE, PAPER_DONE);
    slip_free(rig.slip);
    rig.slip = NULL;
    card(&person_b); /* the matter is over: the next resident's card leads to their consent */
    CHECK_EQ(screen(), SCREEN_AGENT_CONSENT);
    session_view(rig.session);
    CHECK(!is_in_memory(&person_a));
    CHECK_STR(seen()->receipt, "");
    CHECK_STR(seen()->asked.receipt, "");
    CHECK(!ink_is_written(seen()->agency.consent));
    CHECK_EQ(seen()->agency.step, AGENCY_ASKING);
    teardown();
}

/* Without a resident's card an agent can ask after no case: neither by number nor by a slip's code. */
static void test_agency_without_the_card_no_case_is_asked_about(void **state)
{
    (void)state;
    static void (*const ways_in[])(void) = { to_agent_card, to_agent_home, to_agent_resident,
                                             to_agent_consent };
    for (size_t i = 0; i < 4; i++) {
        setup();
        ways_in[i]();
        enum screen before = screen();
        tap(EV_OPEN_PROGRESS);
        happen(EV_SCANNED, "", "K0012-000042-7");
        happen(EV_TYPE, "", "K0012-000042-7");
        CHECK_EQ(screen(), before);
        CHECK_EQ(rig.asks, 0);
        teardown();
    }
}

static void test_agency_a_reminder_is_kept_that_only_this_card_opens(void **state)
{
    (void)state;
    setup();
    submit_acting();
    CHECK_EQ(rig.notes, 1);
    CHECK_STR(rig.noted, "K0012-000001-X");
    CHECK(!memmem(rig.note.data, rig.note.length, "D01", 3));
    struct agency_notes notes = { .is_known = true, .count = 2 };
    for (size_t i = 0; i < 2; i++) {
        struct agency_note *n = &notes.list[i];
        snprintf(n->receipt, sizeof(n->receipt), "%s", i ? "K0012-000002-V" : rig.noted);
        snprintf(n->state, sizeof(n->state), "granted");
        memcpy(n->sealed, rig.note.data, rig.note.length);
        n->length = rig.note.length;
    }
    tap(EV_OPEN_AGENT);
    CHECK_EQ(screen(), SCREEN_AGENT_RESIDENT);
    session_handle(rig.session, &(struct event){ .kind = EV_AGENT_NOTES, .notes = &notes });
    const struct agency_tasks *tasks = seen()->agency.tasks;
    CHECK_EQ(tasks->count, 1); /* the second stands beside another number than it was sealed for */
    CHECK_STR(tasks->list[0].code, "D01");
    CHECK_EQ(agency_duty_of(&tasks->list[0]), DUTY_SIGN);
    tap(EV_BACK);
    int prints = rig.prints;
    happen(EV_AGENT_NOTICE, "K0012-000001-X", "");
    CHECK_EQ(rig.prints, prints + 1);
    CHECK(slip_says("K0012-000001-X"));
    CHECK(!slip_says(person_a.name));
    teardown();
}

static void test_agency_a_consent_ends_with_its_day(void **state)
{
    (void)state;
    setup();
    fill_acting();
    reserve_answered();
    tap(EV_CONSENT);
    sign();
    rig.clock.wall += INT64_C(86400000);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_AGENT_CONSENT);
    CHECK_EQ(rig.submits, 0);
    CHECK(!ink_is_written(seen()->agency.consent));
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_SUBMITTING);
    teardown();
}

static void test_agency_the_visits_end_forgets_all_three(void **state)
{
    (void)state;
    setup();
    submit_acting();
    slip_free(rig.slip);
    rig.slip = NULL;
    tap(EV_EXIT);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK(is_clean());
    CHECK(!is_in_memory(&person_agent));
    teardown();
}

/* ---- a helper at the screen ------------------------------------------------------------------ */

static void test_helper_takes_the_form_and_gives_it_back_whole(void **state)
{
    (void)state;
    setup();
    to_helper();
    CHECK_EQ(screen(), SCREEN_HELPER);
    happen(EV_HELP_MODE, "", "act"); /* that one follows from an agent's card alone */
    CHECK_EQ(screen(), SCREEN_HELPER);
    happen(EV_HELP_MODE, "", "assist");
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK(seen()->helper.is_helping);
    CHECK_STR(answer_to("kind"), "limb");
    happen(EV_CHOOSE, "grade", "1");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "care", "family");
    tap(EV_NEXT);
    happen(EV_TYPE, "", "13800000000");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_HELPER_BACK);
    tap(EV_HELPER_RETURNS);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    reserve_answered();
    tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    json_t *item = opened_item();
    CHECK_STR(json_string_value(json_object_get(item, "help_mode")), "assist");
    CHECK(!json_object_get(item, "agency"));
    json_decref(item);
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK(slip_says("Filled in together with staff"));
    teardown();
}

/* Help over the helper's page would lead in circles. */
static void test_helper_asks_for_no_help(void **state)
{
    (void)state;
    setup();
    to_helper();
    tap(EV_OPEN_HELP);
    CHECK_EQ(screen(), SCREEN_HELPER);
    happen(EV_HELP_MODE, "", "do");
    CHECK_EQ(screen(), SCREEN_FORM);
    tap(EV_OPEN_HELP);
    tap(EV_HELPER_RETURNS);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK(!seen()->helper.is_helping);
    teardown();
}

static void test_helper_signs_nothing(void **state)
{
    (void)state;
    setup();
    to_helper_back();
    CHECK_EQ(screen(), SCREEN_HELPER_BACK);
    CHECK_EQ(rig.submits, 0);
    teardown();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agency_a_listed_card_then_the_residents_then_consent),
        cmocka_unit_test(test_agency_every_card_in_the_wrong_place_has_its_sentence),
        cmocka_unit_test(test_agency_an_agent_whose_time_is_over_is_turned_away),
        cmocka_unit_test(test_agency_begins_from_a_card_that_lies_there_already),
        cmocka_unit_test(test_agency_another_card_in_the_form_changes_nothing),
        cmocka_unit_test(test_agency_a_refusal_forgets_the_resident),
        cmocka_unit_test(test_agency_the_form_fills_from_both_cards),
        cmocka_unit_test(test_agency_a_family_member_still_says_who_they_are),
        cmocka_unit_test(test_agency_the_item_says_who_acted_and_holds_the_consent),
        cmocka_unit_test(test_agency_two_slips_each_names_the_helper),
        cmocka_unit_test(test_agency_the_next_resident_finds_nothing_of_the_last),
        cmocka_unit_test(test_agency_without_the_card_no_case_is_asked_about),
        cmocka_unit_test(test_agency_a_reminder_is_kept_that_only_this_card_opens),
        cmocka_unit_test(test_agency_a_consent_ends_with_its_day),
        cmocka_unit_test(test_agency_the_visits_end_forgets_all_three),
        cmocka_unit_test(test_helper_takes_the_form_and_gives_it_back_whole),
        cmocka_unit_test(test_helper_asks_for_no_help),
        cmocka_unit_test(test_helper_signs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
