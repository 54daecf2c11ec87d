/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

#include <string.h>

static struct person owner, thief;

static const struct progress_view *seen(void)
{
    return &session_view(rig.session)->progress;
}

/* The same card but for what only the chip says: a copy from somebody who knows number and days. */
static void begin(void)
{
    setup();
    owner = thief = person_a;
    memset(owner.chip, 7, sizeof(owner.chip));
    memset(thief.chip, 8, sizeof(thief.chip));
}

static void store_with(const struct person *p)
{
    card(p);
    happen(EV_OPEN_SERVICE, "D01", "");
    tap(EV_NEXT);
    CHECK(fill_form(rig.session, NULL));
    tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    reserve_answered();
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(screen(), SCREEN_DONE);
}

static void hand_in_with(const struct person *p)
{
    store_with(p);
    CHECK_EQ(rig.notes, 0); /* the number is on the screen first */
    tap(EV_TIME);
    CHECK_EQ(rig.notes, 0);
    fake_clock_advance(&rig.clock, 300);
    tap(EV_TIME);
}

/* What was kept comes back, as often as `states` says. */
static void notes_come(const char *const *states, size_t count)
{
    struct agency_notes notes = { .is_known = true, .count = count, .as_of_ms = wall };
    for (size_t i = 0; i < count; i++) {
        struct agency_note *n = &notes.list[i];
        memcpy(n->receipt, rig.noted, sizeof(n->receipt));
        snprintf(n->state, sizeof(n->state), "%s", states[i]);
        memcpy(n->sealed, rig.note.data, rig.note.length);
        n->length = rig.note.length;
    }
    struct event e = { .kind = EV_AGENT_NOTES, .notes = &notes };
    session_handle(rig.session, &e);
}

static void test_matters_without_the_chips_picture_nothing_is_kept_or_asked(void **state)
{
    (void)state;
    begin();
    hand_in_with(&person_a);
    CHECK_EQ(rig.notes, 0);
    tap(EV_EXIT);
    card(&person_a);
    tap(EV_OPEN_PROGRESS);
    CHECK_EQ(rig.note_asks, 0);
    CHECK(!seen()->is_listing);
    tap(EV_EXIT);
    tap(EV_BEGIN);
    tap(EV_OPEN_PROGRESS); /* nor without a card */
    CHECK_EQ(rig.note_asks, 0);
    teardown();
}

static void test_matters_are_found_by_the_card_they_were_handed_in_with(void **state)
{
    (void)state;
    static const char *const states[] = { "in_review", "granted" };
    uint8_t label[AGENT_MARK_LABEL];
    begin();
    hand_in_with(&owner);
    CHECK_EQ(rig.notes, 1);
    CHECK_STR(rig.noted, "K0012-000001-X");
    CHECK(!memmem(rig.note.data, rig.note.length, "D01", 3));
    memcpy(label, rig.label, sizeof(label));
    tap(EV_EXIT);
    card(&owner);
    tap(EV_OPEN_PROGRESS);
    CHECK_EQ(rig.note_asks, 1);
    CHECK(!memcmp(label, rig.label, sizeof(label)));
    notes_come(states, 2);
    CHECK(seen()->is_listing);
    CHECK_EQ(seen()->matters->count, 2);
    CHECK_STR(seen()->matters->list[0].state, "granted"); /* what waits for the resident first */
    CHECK_STR(seen()->matters->list[0].code, "D01");
    CHECK_EQ(seen()->matters_ms, wall);
    tap(EV_EXIT);
    CHECK(is_clean());
    teardown();
}

static void test_matters_are_kept_however_soon_the_visit_ends(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        begin();
        store_with(&owner);
        if (i)
            card(&person_b); /* somebody else's */
        else
            tap(EV_EXIT);
        CHECK_EQ(rig.notes, 1);
        CHECK_STR(rig.noted, "K0012-000001-X");
        CHECK(i || is_clean());
        teardown();
    }
}

static void test_matters_do_not_open_for_who_knows_the_number_alone(void **state)
{
    (void)state;
    static const char *const states[] = { "granted" };
    uint8_t label[AGENT_MARK_LABEL];
    begin();
    hand_in_with(&owner);
    memcpy(label, rig.label, sizeof(label));
    tap(EV_EXIT);
    card(&thief);
    tap(EV_OPEN_PROGRESS);
    CHECK(memcmp(label, rig.label, sizeof(label)) != 0);
    notes_come(states, 1); /* even if they came */
    CHECK_EQ(seen()->matters->count, 0);
    CHECK(!seen()->is_listing);
    teardown();
}

static void test_matters_lead_to_one_and_back_and_to_another_number(void **state)
{
    (void)state;
    static const char *const states[] = { "granted" };
    begin();
    hand_in_with(&owner);
    tap(EV_EXIT);
    card(&owner);
    tap(EV_OPEN_PROGRESS);
    receipt_format(rig.noted, "K0012", 1);
    rig.note.length = 0;
    CHECK_EQ(agent_note_seal(&rig.note, &rig.session->visit.matters.mark, rig.noted, "D01"), 0);
    notes_come(states, 1);
    happen(EV_OPEN_MATTER, rig.noted, "");
    CHECK_EQ(rig.asks, 1);
    CHECK_STR(session_view(rig.session)->asked.receipt, rig.noted);
    CHECK(!seen()->is_listing);
    tap(EV_BACK);
    notes_come(states, 1);
    CHECK_EQ(screen(), SCREEN_PROGRESS);
    CHECK(seen()->is_listing);
    happen(EV_FOCUS, "receipt", "");
    CHECK(!seen()->is_listing);
    happen(EV_TYPE, "", "000042");
    tap(EV_BACK);
    notes_come(states, 1);
    CHECK(seen()->is_listing);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_HOME);
    teardown();
}

/* The county may be slow: whoever types a number by then goes on typing, and finds the list behind "back". */
static void test_matters_that_come_late_do_not_take_the_keys_away(void **state)
{
    (void)state;
    static const char *const states[] = { "granted" };
    begin();
    hand_in_with(&owner);
    tap(EV_EXIT);
    card(&owner);
    tap(EV_OPEN_PROGRESS);
    happen(EV_TYPE, "", "0000");
    notes_come(states, 1);
    CHECK(!seen()->is_listing);
    CHECK_STR(session_view(rig.session)->typed, "K0012-0000");
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_PROGRESS);
    notes_come(states, 1);
    CHECK(seen()->is_listing);
    teardown();
}

static void test_matters_said_in_confidence_leave_no_reminder(void **state)
{
    (void)state;
    static const char *const replies[] = { "anonymous", "call" };
    for (size_t i = 0; i < 2; i++) {
        begin();
        card(&owner);
        happen(EV_OPEN_SERVICE, "L03", "");
        tap(EV_NEXT);
        happen(EV_CHOOSE, "kind", "complaint");
        happen(EV_FOCUS, "words", "");
        happen(EV_TYPE, "", "窗口没有人");
        tap(EV_NEXT);
        happen(EV_CHOOSE, "reply", replies[i]);
        happen(EV_FOCUS, "phone", "");
        happen(EV_TYPE, "", "13800000000");
        for (int k = 0; k < 4 && screen() == SCREEN_FORM; k++)
            tap(EV_NEXT);
        reserve_answered();
        sign();
        tap(EV_NEXT);
        happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
        CHECK_EQ(screen(), SCREEN_DONE);
        CHECK_EQ(rig.notes, 0);
        teardown();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matters_without_the_chips_picture_nothing_is_kept_or_asked),
        cmocka_unit_test(test_matters_are_found_by_the_card_they_were_handed_in_with),
        cmocka_unit_test(test_matters_are_kept_however_soon_the_visit_ends),
        cmocka_unit_test(test_matters_do_not_open_for_who_knows_the_number_alone),
        cmocka_unit_test(test_matters_lead_to_one_and_back_and_to_another_number),
        cmocka_unit_test(test_matters_that_come_late_do_not_take_the_keys_away),
        cmocka_unit_test(test_matters_said_in_confidence_leave_no_reminder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
