/* links: firmware/session firmware/case firmware/point firmware/slip firmware/seal firmware/catalogue firmware/calendar firmware/card firmware/base */
/* Regulation Art. 9: where other evidence proves the same fact, the paper may be waived, and that is recorded. */
#include "firmware/base/json.h"
#include "tests/support/session_rig.h"

static const struct waive_view *waive(void)
{
    return &session_view(rig.session)->waive;
}

static const struct paper_row *shown(const char *id)
{
    const struct checklist_view *papers = &session_view(rig.session)->papers;
    for (size_t i = 0; i < papers->count; i++)
        if (!strcmp(papers->rows[i].material->id, id))
            return &papers->rows[i];
    return NULL;
}

static const json_t *row_of(const json_t *list, const char *key, const char *value)
{
    size_t i;
    const json_t *row;
    json_array_foreach(list, i, row)
    {
        if (!strcmp(json_text_at(row, key), value))
            return row;
    }
    return NULL;
}

static void type_pin(const char *pin)
{
    for (const char *c = pin; *c; c++)
        happen(EV_TYPE, "", (char[]){ *c, 0 });
    tap(EV_NEXT);
}

/* Staff say what it is; the resident has not agreed yet. */
static void accept(void)
{
    to_evidence();
    happen(EV_WAIVE_CHOOSE, "", "archive");
    tap(EV_WAIVE_WORDS);
    happen(EV_TYPE, "", "县档案馆住院登记");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_WAIVE);
    tap(EV_NEXT);
    CHECK_EQ(waive()->step, WAIVE_AGREE);
}

static void hand_in(void)
{
    reserve_answered();
    if (session_view(rig.session)->service->needs_consent)
        tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(rig.submits, 1);
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
}

static void
test_waive_art_9_what_a_clerk_accepts_and_the_resident_agrees_to_goes_along(void **state)
{
    (void)state;
    setup();
    tap(EV_LANGUAGE);     /* English: the slip carries both */
    link_is(true, false); /* no county needs to be reached for it */
    accept();
    CHECK_STR(rig.staff_notes, "waive h03 diagnosis archive;"); /* no words, nobody's name */
    pass_is(PASS_NONE, "");                                     /* the stick may go now */
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_PAPERS);
    CHECK_EQ(shown("diagnosis")->held, HELD_WAIVED);
    happen(EV_ANSWER_PAPER, "medical-receipts", "here");
    happen(EV_ANSWER_PAPER, "cost-list", "here");
    happen(EV_ANSWER_PAPER, "case-record-copy", "here");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_REVIEW); /* nothing is missing any more */
    hand_in();
    AUTO(json_release) json_t *item = opened_item();
    const json_t *waiver = row_of(json_object_get(item, "waivers"), "material", "diagnosis");
    CHECK_EQ(json_array_size(json_object_get(item, "waivers")), 1);
    CHECK_STR(json_text_at(json_object_get(waiver, "evidence"), "kind"), "archive");
    CHECK_STR(json_text_at(json_object_get(waiver, "evidence"), "words"), "县档案馆住院登记");
    CHECK_STR(json_text_at(json_object_get(waiver, "approver"), "stick"), "S-2026-0009");
    CHECK_STR(json_text_at(json_object_get(waiver, "approver"), "role"), "clerk");
    CHECK_STR(json_text_at(waiver, "article"), "Art. 9");
    CHECK_EQ(strlen(json_text_at(waiver, "at")), 20);
    CHECK_STR(json_text_at(row_of(json_object_get(item, "materials"), "id", "diagnosis"), "state"),
              "waived");
    CHECK(json_object_get(item, "notice") == NULL);
    CHECK(last_slip_says("S-2026-0009") && last_slip_says("A record of an archive"));
    CHECK(!last_slip_says("县档案馆住院登记")); /* it may name somebody: not on paper */
    CHECK(!strstr(rig.staff_notes, "县"));
    teardown();
}

static void test_waive_needs_a_stick_of_a_clerk_and_its_pin(void **state)
{
    (void)state;
    setup();
    to_waive();
    CHECK_EQ(waive()->step, WAIVE_STICK);
    type_pin("480913"); /* without a stick there is nothing to type */
    happen(EV_WAIVE_CHOOSE, "", "archive");
    tap(EV_NEXT);
    CHECK_EQ(rig.proofs, 0);
    pass_is(PASS_MAY_NOT, "S-2026-0007"); /* a technician's */
    CHECK_EQ(waive()->step, WAIVE_STICK);
    CHECK_EQ(waive()->trouble, WAIVE_MAY_NOT);
    pass_is(PASS_MAY, "S-2026-0009");
    type_pin("48091");
    CHECK_EQ(rig.proofs, 0);
    CHECK_EQ(waive()->trouble, WAIVE_SHORT);
    type_pin("111222");
    CHECK_EQ(rig.proofs, 1);
    CHECK_EQ(waive()->step, WAIVE_CHECKING);
    pin_said(PIN_SAID_WRONG);
    CHECK_EQ(waive()->step, WAIVE_PIN);
    CHECK_EQ(waive()->trouble, WAIVE_WRONG);
    CHECK_EQ(waive()->digits, 0);
    pin_said(PIN_SAID_RIGHT); /* that nobody asked for */
    CHECK_EQ(waive()->step, WAIVE_PIN);
    type_pin("480913");
    CHECK(!memmem(rig.session, sizeof(*rig.session), "480913", 6)); /* handed on, and wiped */
    pin_said(PIN_SAID_BLOCKED);
    CHECK_EQ(waive()->trouble, WAIVE_BLOCKED);
    CHECK_EQ(shown("diagnosis")->held, HELD_NOT);
    CHECK_STR(rig.staff_notes, "");
    teardown();
}

static void test_waive_a_pulled_stick_proves_nothing_any_more(void **state)
{
    (void)state;
    setup();
    to_evidence();
    CHECK_EQ(waive()->step, WAIVE_EVIDENCE);
    pass_is(PASS_NONE, "");
    CHECK_EQ(waive()->step, WAIVE_STICK);
    pass_is(PASS_MAY, "S-2026-0010"); /* somebody else's */
    CHECK_EQ(waive()->step, WAIVE_PIN);
    type_pin("480913");
    pass_is(PASS_NONE, "");
    pin_said(PIN_SAID_RIGHT);
    CHECK_EQ(waive()->step, WAIVE_STICK);
    teardown();
    setup();
    to_evidence(); /* the same behind a question: the answer to it finds the stick gone */
    happen(EV_WAIVE_CHOOSE, "", "court");
    tap(EV_COVER);
    pass_is(PASS_NONE, "");
    pass_is(PASS_MAY, "S-2026-0009");
    tap(EV_CONTINUE);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_WAIVE);
    CHECK(waive()->step != WAIVE_AGREE);
    CHECK_STR(rig.staff_notes, "");
    teardown();
}

static void test_waive_says_what_it_is_before_it_is_accepted(void **state)
{
    (void)state;
    setup();
    to_evidence();
    tap(EV_NEXT);
    CHECK_EQ(waive()->step, WAIVE_EVIDENCE);
    CHECK_EQ(waive()->trouble, WAIVE_UNSAID);
    happen(EV_WAIVE_CHOOSE, "", "hearsay");
    tap(EV_NEXT);
    CHECK_EQ(waive()->step, WAIVE_EVIDENCE);
    teardown();
}

static void test_waive_that_the_resident_does_not_agree_to_is_none(void **state)
{
    (void)state;
    setup();
    accept();
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_PAPERS);
    CHECK_EQ(shown("diagnosis")->held, HELD_NOT);
    CHECK(shown("diagnosis")->waived == NULL);
    CHECK_STR(rig.staff_notes, "waive h03 diagnosis archive;waive h03 diagnosis not-agreed;");
    teardown();
}

static void test_waive_is_not_for_what_must_be_given_up_nor_for_what_is_here(void **state)
{
    (void)state;
    setup();
    to_papers();
    happen(EV_ANSWER_PAPER, "medical-receipts", "not"); /* an original counts once: no_waiver */
    CHECK(!shown("medical-receipts")->can_be_waived);
    happen(EV_OPEN_WAIVE, "medical-receipts", "");
    CHECK_EQ(screen(), SCREEN_PAPERS);
    happen(EV_ANSWER_PAPER, "cost-list", "here");
    CHECK(!shown("cost-list")->can_be_waived && !shown("diagnosis")->can_be_waived);
    happen(EV_OPEN_WAIVE, "cost-list", "");
    happen(EV_OPEN_WAIVE, "diagnosis", ""); /* nobody has said yet that it is missing */
    happen(EV_OPEN_WAIVE, "moon-stone", "");
    CHECK_EQ(screen(), SCREEN_PAPERS);
    happen(EV_ANSWER_PAPER, "case-record-copy", "later"); /* what may follow, too */
    CHECK(shown("case-record-copy")->can_be_waived);
    teardown();
    setup(); /* a whole matter that allows none */
    struct person grown = person_a;
    card(&grown);
    happen(EV_OPEN_SERVICE, "A01", "");
    CHECK(session_view(rig.session)->service->is_no_waiver);
    teardown();
}

static void test_waive_is_taken_back_by_another_answer_and_wants_a_new_signature(void **state)
{
    (void)state;
    setup();
    to_papers();
    fill_papers(rig.session, "here");
    tap(EV_NEXT);
    sign();
    CHECK(ink_is_written(session_view(rig.session)->signature));
    tap(EV_OPEN_PAPERS);
    happen(EV_ANSWER_PAPER, "diagnosis", "not");
    sign();
    happen(EV_OPEN_WAIVE, "diagnosis", "");
    pass_is(PASS_MAY, "S-2026-0009");
    type_pin("480913");
    pin_said(PIN_SAID_RIGHT);
    happen(EV_WAIVE_CHOOSE, "", "letter");
    tap(EV_NEXT);
    tap(EV_NEXT);
    CHECK_EQ(shown("diagnosis")->held, HELD_WAIVED);
    CHECK(!ink_is_written(session_view(rig.session)->signature));
    happen(EV_ANSWER_PAPER, "diagnosis", "here");
    CHECK_EQ(shown("diagnosis")->held, HELD_HERE);
    CHECK(shown("diagnosis")->waived == NULL);
    teardown();
}

static void test_waive_is_not_offered_in_practice_nor_at_night_without_a_stick(void **state)
{
    (void)state;
    setup();
    CHECK(session_begin_practice(rig.session));
    happen(EV_OPEN_SERVICE, "H03", "");
    tap(EV_NEXT);
    (void)fill_form(rig.session, NULL);
    happen(EV_ANSWER_PAPER, "diagnosis", "not");
    CHECK_EQ(screen(), SCREEN_PAPERS);
    CHECK(!shown("diagnosis")->can_be_waived);
    teardown();
    setup();
    fake_clock_advance(&rig.clock, INT64_C(6) * 3600 * 1000); /* a quarter to ten in the evening */
    to_papers();
    happen(EV_ANSWER_PAPER, "diagnosis", "not");
    CHECK(session_view(rig.session)->is_unattended);
    CHECK(!shown("diagnosis")->can_be_waived);
    pass_is(PASS_MAY, "S-2026-0009"); /* a clerk is here after all */
    CHECK(shown("diagnosis")->can_be_waived);
    teardown();
}

static void test_waive_leaves_nothing_behind(void **state)
{
    (void)state;
    setup();
    accept();
    tap(EV_EXIT);
    tap(EV_END);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK(is_clean());
    CHECK(!memmem(rig.session, sizeof(*rig.session), "县档案馆", strlen("县档案馆")));
    teardown();
}

RUN(T(test_waive_art_9_what_a_clerk_accepts_and_the_resident_agrees_to_goes_along),
    T(test_waive_needs_a_stick_of_a_clerk_and_its_pin),
    T(test_waive_a_pulled_stick_proves_nothing_any_more),
    T(test_waive_says_what_it_is_before_it_is_accepted),
    T(test_waive_that_the_resident_does_not_agree_to_is_none),
    T(test_waive_is_not_for_what_must_be_given_up_nor_for_what_is_here),
    T(test_waive_is_taken_back_by_another_answer_and_wants_a_new_signature),
    T(test_waive_is_not_offered_in_practice_nor_at_night_without_a_stick),
    T(test_waive_leaves_nothing_behind))
