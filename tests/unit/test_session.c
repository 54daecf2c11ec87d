/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

static void test_session_there_is_a_way_into_every_state_but_idle(void **state)
{
    (void)state;
    CHECK_EQ(WAYS,
             SCREEN_COUNT - 4); /* attract, out of service, enrolment and staff are no visits */
    for (size_t i = 0; i < WAYS; i++) {
        setup();
        ways[i].go();
        CHECK_EQ(screen(), ways[i].screen);
        CHECK(session_is_busy(rig.session));
        teardown();
    }
}

static void test_session_every_busy_state_left_alone_ends_and_forgets_the_person(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        setup();
        ways[i].go();
        for (int turn = 0; turn < 6 && screen() != SCREEN_ATTRACT; turn++) {
            int64_t due = session_deadline_ms(rig.session);
            CHECK(due < INT64_MAX);
            fake_clock_advance(&rig.clock, due - rig.clock.boot);
            tap(EV_TIME);
        }
        CHECK_EQ(screen(), SCREEN_ATTRACT);
        CHECK(rig.forgets >= 1);
        CHECK(is_clean());
        teardown();
    }
}

static void test_session_every_state_can_be_left_by_hand(void **state)
{
    (void)state;
    static const enum event_kind exits[] = { EV_EXIT, EV_END, EV_END };
    for (size_t i = 0; i < WAYS; i++) {
        setup();
        ways[i].go();
        if (ways[i].screen ==
            SCREEN_SUBMITTING) { /* the one moment in which nothing can be taken back */
            teardown();
            continue;
        }
        for (size_t k = 0; k < 3; k++)
            tap(exits[k]);
        CHECK_EQ(screen(), SCREEN_ATTRACT);
        CHECK(is_clean());
        teardown();
    }
}

/* Whatever comes in whatever order: no crash, and idle means clean. */
static void test_session_survives_any_event_in_any_state(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",      "D01",   "L03",   "A04",   "disability", "kind",
        "grade", "phone", "words", "reply", "9",          "nowhere"
    };
    static const char *const values[] = { "",    "limb",        "1",    "anonymous",
                                          "abc", "13800000000", "测试", "yes" };
    srand(11);
    setup();
    for (int i = 0; i < 60000; i++) {
        struct point_figures figures = { .is_known = rand() % 2, .done = rand() };
        struct link_facts facts = { .is_there = rand() % 4,
                                    .is_up = rand() % 2,
                                    .is_accepting = rand() % 4,
                                    .clock_quality = CLOCK_RTC };
        struct reservation reservation = { .seq = 1, .clock_quality = CLOCK_RTC };
        struct case_view answer = { .where = CASE_COUNTY };
        struct candidates found = { .count = 2, .list = { { "测", 2 }, { "试", 9 } } };
        struct event e = { .kind = (enum event_kind)(1 + rand() % (EV_COUNT - 1)),
                           .name = rand() % 3 ? names[rand() % 12] : rig.token,
                           .value = values[rand() % 8],
                           .number = rand() % 6 - 1,
                           .x = rand() % 1200 - 100,
                           .y = rand() % 600 - 100,
                           .person = rand() % 2 ? &person_a : &person_b,
                           .link = &facts,
                           .reservation = &reservation,
                           .candidates = &found,
                           .answer = &answer,
                           .figures = &figures };
        snprintf(reservation.token, sizeof(reservation.token), "%s", rig.token);
        fake_clock_advance(&rig.clock, rand() % 8 ? 100 : 40000);
        session_handle(rig.session, &e);
        CHECK(session_view(rig.session)->screen < SCREEN_COUNT);
        /* What somebody has just chosen on the first page is no trace of a visit. */
        struct visit *v = &rig.session->visit;
        if (screen() == SCREEN_ATTRACT) {
            v->language = LANGUAGE_ZH;
            v->preferences = (struct preferences){ .volume = VOLUME_DEFAULT };
            CHECK(is_clean());
        }
    }
    teardown();
}

/* ---- cards --------------------------------------------------------------------------- */

static void test_session_card_lifted_asks_and_the_same_card_goes_on(void **state)
{
    (void)state;
    setup();
    to_card_removed();
    card(&person_a);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_STR(answer_to("kind"), "limb");
    teardown();
}

static void test_session_card_lifted_ends_after_ten_seconds(void **state)
{
    (void)state;
    setup();
    to_card_removed();
    fake_clock_advance(&rig.clock, 9999);
    tap(EV_TIME);
    CHECK_EQ(screen(), SCREEN_CARD_REMOVED);
    fake_clock_advance(&rig.clock, 1);
    tap(EV_TIME);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK(is_clean());
    teardown();
}

static void test_session_another_persons_card_never_sees_the_first_ones_work(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        setup();
        ways[i].go();
        bool had_person = rig.session->visit.has_person;
        /* An agent's cards have an order of their own: test_session_agency.c. */
        bool is_agents =
            rig.session->visit.agency.step != AGENCY_NONE || ways[i].screen == SCREEN_AGENT_CARD;
        card(&person_b);
        if (is_agents) {
            teardown();
            continue;
        }
        if (had_person) {
            CHECK_EQ(screen(), SCREEN_HOME);
            CHECK(rig.forgets == 1);
            CHECK(!memmem(rig.session, sizeof(*rig.session), person_a.number, 18));
        }
        CHECK_STR(session_view(rig.session)->name, "*试戊");
        teardown();
    }
}

/* The loop asks this while a slip of the last visit is on its way; making way forgets as every end does. */
static void test_session_makes_way_for_somebody_else(void **state)
{
    (void)state;
    static const struct event begin = { .kind = EV_BEGIN, .name = "", .value = "" },
                              way = { .kind = EV_MAKE_WAY, .name = "", .value = "" };
    for (size_t i = 0; i < WAYS; i++) {
        setup();
        CHECK(session_begins(rig.session, &begin)); /* from the attract screen */
        ways[i].go();
        const struct visit *v = &rig.session->visit;
        struct event a = { .kind = EV_CARD_READ, .person = &person_a },
                     b = { .kind = EV_CARD_READ, .person = &person_b };
        bool is_known = v->has_person && v->agency.step == AGENCY_NONE;
        if (is_known) {
            CHECK(!session_begins(rig.session, &a) && session_begins(rig.session, &b));
            session_handle(rig.session, &way);
            CHECK_EQ(screen(), SCREEN_ATTRACT);
            CHECK(is_clean());
        }
        teardown();
    }
}

static void test_session_expired_card_is_refused_only_by_a_trusted_clock(void **state)
{
    (void)state;
    struct person old = person_a;
    old.is_long_term = false;
    snprintf(old.valid_to, sizeof(old.valid_to), "20200101");
    setup();
    card(&old);
    CHECK_EQ(screen(), SCREEN_CARD_TROUBLE);
    CHECK_EQ(session_view(rig.session)->trouble, TROUBLE_EXPIRED);
    CHECK(!session_view(rig.session)->has_card);
    teardown();
    setup();
    struct link_facts facts = { .is_there = true,
                                .is_accepting = true,
                                .clock_quality = CLOCK_UNSET };
    struct event e = { .kind = EV_LINK, .link = &facts };
    session_handle(rig.session, &e);
    card(&old);
    CHECK_EQ(screen(), SCREEN_HOME);
    teardown();
}

static void test_session_a_matter_that_needs_a_card_goes_on_when_it_comes(void **state)
{
    (void)state;
    setup();
    to_need_card();
    card(&person_a);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_EQ(session_view(rig.session)->has_card, true);
    teardown();
}

/* ---- time ---------------------------------------------------------------------------- */

static void test_session_idle_question_can_be_answered_ten_times_and_loses_nothing(void **state)
{
    (void)state;
    setup();
    to_form();
    for (int i = 0; i < 10; i++) {
        fake_clock_advance(&rig.clock, 120000);
        tap(EV_TIME);
        CHECK_EQ(screen(), SCREEN_STILL_THERE);
        CHECK(session_deadline_ms(rig.session) - rig.clock.boot >=
              20000); /* WCAG 2.2.1: at least 20 s */
        fake_clock_advance(&rig.clock, 29000);
        tap(EV_TIME);
        CHECK_EQ(screen(), SCREEN_STILL_THERE);
        tap(EV_CONTINUE);
        CHECK_EQ(screen(), SCREEN_FORM);
    }
    CHECK_STR(answer_to("kind"), "limb");
    teardown();
}

/* WCAG 2.2.1: whoever is idle is asked, with at least 20 s to answer; what was filled in is still there then. Only a card
 * that was lifted is a shorter question, and where nothing has been done yet there is none. */
static void test_session_no_page_ends_without_the_question(void **state)
{
    (void)state;
    const uint64_t without = UINT64_C(1) << SCREEN_READING | UINT64_C(1) << SCREEN_CARD_TROUBLE |
                             UINT64_C(1) << SCREEN_CARD_REMOVED;
    for (size_t i = 0; i < WAYS; i++) {
        if (without >> ways[i].screen & 1)
            continue;
        setup();
        ways[i].go();
        enum screen last = screen();
        int64_t patience = 0;
        for (int turn = 0; turn < 6 && screen() != SCREEN_ATTRACT; turn++) {
            last = screen();
            patience = session_deadline_ms(rig.session) - rig.clock.boot;
            fake_clock_advance(&rig.clock, patience);
            tap(EV_TIME);
        }
        CHECK_EQ(screen(), SCREEN_ATTRACT);
        CHECK_EQ(last, SCREEN_STILL_THERE);
        CHECK(patience >= 20000);
        teardown();
    }
}

/* From a question the answer leads to what it was asked over, not back to the question. */
static void test_session_idle_over_a_question_leads_back_to_the_work(void **state)
{
    (void)state;
    void (*const over[])(void) = { to_leave, to_covered };
    for (size_t i = 0; i < 2; i++) {
        setup();
        over[i]();
        for (int turn = 0; turn < 10; turn++) {
            tap(EV_EXIT);
            tap(EV_COVER);
            CHECK(screen() == SCREEN_LEAVE || screen() == SCREEN_COVERED);
            fake_clock_advance(&rig.clock, session_deadline_ms(rig.session) - rig.clock.boot);
            tap(EV_TIME);
            CHECK_EQ(screen(), SCREEN_STILL_THERE);
            tap(EV_CONTINUE);
            CHECK_EQ(screen(), SCREEN_FORM);
        }
        CHECK_STR(answer_to("kind"), "limb");
        teardown();
    }
}

static void test_session_a_touch_anywhere_puts_the_question_off(void **state)
{
    (void)state;
    setup();
    to_home();
    fake_clock_advance(&rig.clock, 59000);
    tap(EV_TOUCHED);
    fake_clock_advance(&rig.clock, 59000);
    tap(EV_TIME);
    CHECK_EQ(screen(), SCREEN_HOME);
    teardown();
}

static void test_session_full_values_cover_themselves_after_ten_seconds(void **state)
{
    (void)state;
    setup();
    fill_subsidy();
    tap(EV_REVEAL);
    CHECK(session_view(rig.session)->is_revealed);
    fake_clock_advance(&rig.clock, 10000);
    CHECK(session_deadline_ms(rig.session) <= rig.clock.boot);
    tap(EV_TIME);
    CHECK(!session_view(rig.session)->is_revealed);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    teardown();
}

static void test_session_language_goes_back_for_the_next_person(void **state)
{
    (void)state;
    setup();
    to_home();
    happen(EV_LANGUAGE, "", "en");
    CHECK_EQ(session_view(rig.session)->language, LANGUAGE_EN);
    tap(EV_EXIT);
    CHECK_EQ(session_view(rig.session)->language, LANGUAGE_ZH);
    teardown();
}

/* ---- forms --------------------------------------------------------------------------- */

static void test_form_next_is_refused_until_every_question_is_answered(void **state)
{
    (void)state;
    setup();
    to_form();
    tap(EV_NEXT);
    CHECK_EQ(session_view(rig.session)->page, 0);
    CHECK(session_view(rig.session)->has_errors_shown);
    const struct field *grade =
        &session_view(rig.session)->service->fields[draft_find(rig.session, "grade")];
    CHECK_EQ(session_problem(rig.session, grade), ANSWER_E_EMPTY);
    happen(EV_CHOOSE, "grade", "1");
    tap(EV_NEXT);
    CHECK_EQ(session_view(rig.session)->page, 1);
    teardown();
}

static void test_form_fields_of_the_card_cannot_be_changed(void **state)
{
    (void)state;
    setup();
    to_form();
    happen(EV_FOCUS, "name", "");
    CHECK_EQ(session_view(rig.session)->focus, -1);
    happen(EV_TYPE, "", "x");
    CHECK_STR(answer_to("name"), "测试甲");
    teardown();
}

static void test_form_answers_that_are_no_longer_asked_are_not_sent(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    happen(EV_OPEN_SERVICE, "D01", "");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "kind", "limb");
    happen(EV_CHOOSE, "grade", "1");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "care", "family");
    happen(EV_CHOOSE, "pay_to", "other");
    happen(EV_FOCUS, "account", "");
    happen(EV_TYPE, "", "6228480402564890018");
    happen(EV_CHOOSE, "pay_to", "card");
    CHECK(!memmem(rig.session->visit.answers, sizeof(rig.session->visit.answers),
                  "6228480402564890018", 19));
    teardown();
}

static void test_form_typing_stops_at_what_the_field_can_hold(void **state)
{
    (void)state;
    setup();
    fill_subsidy();
    struct event edit = { .kind = EV_EDIT, .number = 2 };
    session_handle(rig.session, &edit);
    happen(EV_FOCUS, "phone", "");
    for (int i = 0; i < 100; i++)
        happen(EV_TYPE, "", "9");
    happen(EV_TYPE, "", "abc\x01");
    CHECK(strlen(session_answer(rig.session, draft_focused(rig.session))) <= 13);
    tap(EV_CLEAR);
    CHECK_STR(session_answer(rig.session, draft_focused(rig.session)), "");
    teardown();
}

/* ---- submitting ---------------------------------------------------------------------- */

static void test_submit_needs_signature_and_consent(void **state)
{
    (void)state;
    setup();
    fill_subsidy();
    reserve_answered();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    tap(EV_CONSENT);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_SUBMITTING);
    CHECK_EQ(rig.submits, 1);
    teardown();
}

static void test_submit_item_says_what_was_answered_and_the_county_can_read_it(void **state)
{
    (void)state;
    setup();
    submit_subsidy();
    AUTO(json_release) json_t *item = opened_item();
    json_t *manifest = json_object_get(item, "manifest"), *form = json_object_get(item, "form");
    CHECK_STR(json_string_value(json_object_get(manifest, "receipt")), "K0012-000001-X");
    CHECK_STR(json_string_value(json_object_get(manifest, "item_code")), "D01");
    CHECK_STR(json_string_value(json_object_get(form, "phone")), "13800000000");
    CHECK_STR(json_string_value(json_object_get(form, "kind")), "limb");
    CHECK_STR(json_string_value(json_object_get(json_object_get(item, "resident"), "number")),
              person_a.number);
    CHECK(json_is_true(json_object_get(item, "consent")));
    CHECK_EQ(json_array_size(json_object_get(json_object_get(item, "signature"), "strokes")), 1);
    CHECK(json_array_size(json_object_get(item, "materials")) > 0);
    CHECK(json_object_get(form, "proxy_name") == NULL); /* nobody acts for him */
    teardown();
}

static void test_submit_waits_for_its_number_and_hands_over_once(void **state)
{
    (void)state;
    setup();
    fill_subsidy();
    CHECK_EQ(rig.reserves, 1);
    tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(rig.submits, 0);
    reserve_answered();
    CHECK_EQ(rig.submits, 1);
    reserve_answered();
    tap(EV_NEXT);
    CHECK_EQ(rig.submits, 1);
    teardown();
}

static void test_submit_shows_the_number_and_prints_once_it_is_stored(void **state)
{
    (void)state;
    setup();
    submit_subsidy();
    CHECK_EQ(rig.prints, 0); /* no receipt before the flush */
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(screen(), SCREEN_DONE);
    CHECK_STR(session_view(rig.session)->receipt, "K0012-000001-X");
    CHECK_EQ(rig.prints, 1);
    CHECK(!rig.is_reprint);
    teardown();
}

static void
test_submit_without_answer_says_it_is_not_certain_and_a_late_answer_still_counts(void **state)
{
    (void)state;
    setup();
    submit_subsidy();
    fake_clock_advance(&rig.clock, 10000);
    tap(EV_TIME);
    CHECK_EQ(screen(), SCREEN_NOT_SAVED);
    CHECK(session_view(rig.session)->is_unknown_outcome);
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(screen(), SCREEN_DONE);
    teardown();
}

static void test_submit_tried_again_keeps_its_token(void **state)
{
    (void)state;
    setup();
    to_not_saved();
    char before[TOKEN_TEXT];
    memcpy(before, rig.token, sizeof(before));
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_SUBMITTING);
    CHECK_EQ(rig.submits, 2);
    CHECK_STR(rig.session->visit.token, before);
    teardown();
}

static void test_submit_of_an_ended_visit_cannot_reach_the_next_one(void **state)
{
    (void)state;
    setup();
    submit_subsidy();
    char old[TOKEN_TEXT];
    memcpy(old, rig.token, sizeof(old));
    fake_clock_advance(&rig.clock, 10000);
    tap(EV_TIME);
    tap(EV_END);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    happen(EV_SUBMITTED, old, "K0012-000001-X");
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    fill_subsidy();
    happen(EV_SUBMITTED, old, "K0012-000001-X");
    CHECK_EQ(screen(), SCREEN_REVIEW);
    CHECK_EQ(rig.prints, 0);
    teardown();
}

static void test_submit_is_refused_in_words_when_nothing_can_be_accepted(void **state)
{
    (void)state;
    setup();
    session_set_keys(rig.session, NULL);
    fill_subsidy();
    reserve_answered();
    tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_NOT_SAVED);
    CHECK_STR(session_view(rig.session)->refusal, "no-key");
    CHECK_EQ(rig.submits, 0);
    teardown();
}

static void test_submit_anonymous_complaint_carries_neither_person_nor_signature(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    happen(EV_OPEN_SERVICE, "L03", "");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "kind", "complaint");
    happen(EV_FOCUS, "words", "");
    happen(EV_TYPE, "", "样例投诉内容，仅供测试");
    happen(EV_FOCUS, "", "");
    for (int i = 0; i < 3 && screen() == SCREEN_FORM; i++) {
        tap(EV_NEXT);
        happen(EV_CHOOSE, "reply", "anonymous");
    }
    CHECK_EQ(screen(), SCREEN_REVIEW);
    CHECK(session_is_anonymous(rig.session));
    reserve_answered();
    struct bytes plain AUTO_BYTES = { 0 };
    CHECK_EQ(submit_write(&plain, rig.session), 0);
    CHECK(!memmem(plain.data, plain.length, person_a.number, 18));
    CHECK(!memmem(plain.data, plain.length, "signature", 9));
    tap(EV_NEXT);
    CHECK_EQ(rig.submits, 1);
    teardown();
}

/* ---- slips --------------------------------------------------------------------------- */

static bool slip_says(const char *text)
{
    for (size_t i = 0; i < rig.slip->count; i++)
        if (strstr(rig.slip->lines[i].text, text) ||
            (rig.slip->lines[i].label && strstr(rig.slip->lines[i].label, text)))
            return true;
    return false;
}

static void test_slip_masks_the_person_and_says_number_fee_and_days(void **state)
{
    (void)state;
    setup();
    to_done();
    CHECK(slip_says("K0012-000001-X"));
    CHECK(slip_says("https://case.example/K0012-000001-X"));
    CHECK(slip_says("*试甲"));
    CHECK(slip_says("3****************3"));
    CHECK(!slip_says("测试甲") && !slip_says(person_a.number) && !slip_says("13800000000"));
    CHECK(slip_says("working days"));
    teardown();
}

static void test_slip_reprint_is_marked_and_limited(void **state)
{
    (void)state;
    setup();
    to_done();
    number(EV_PRINT_STATE, PAPER_ASK);
    tap(EV_SLIP_BAD);
    CHECK_EQ(rig.prints, 2);
    CHECK(rig.is_reprint);
    CHECK(slip_says("补打"));
    tap(EV_SLIP_BAD);
    tap(EV_SLIP_BAD);
    CHECK_EQ(rig.prints, 3);
    CHECK_EQ(session_view(rig.session)->paper, PAPER_FAILED);
    teardown();
}

static void test_slip_cannot_be_printed_but_the_number_stands(void **state)
{
    (void)state;
    setup();
    number(EV_PRINTER, 0);
    to_done();
    CHECK_EQ(screen(), SCREEN_DONE);
    CHECK_EQ(rig.prints, 0);
    CHECK_EQ(session_view(rig.session)->paper, PAPER_FAILED);
    CHECK(!session_view(rig.session)->can_print_again);
    /* Somebody puts paper in while the resident still stands there. */
    number(EV_PRINTER, 1);
    CHECK(session_view(rig.session)->can_print_again);
    tap(EV_SLIP_BAD);
    CHECK_EQ(rig.prints, 1);
    CHECK(!rig.is_reprint); /* nothing has come out before */
    CHECK_EQ(session_view(rig.session)->paper, PAPER_PRINTING);
    teardown();
}

/* ---- progress ------------------------------------------------------------------------ */

static void test_progress_finds_a_mistyped_number_before_asking(void **state)
{
    (void)state;
    char good[RECEIPT_TEXT];
    setup();
    receipt_format(good, "K0012", 42);
    tap(EV_OPEN_PROGRESS);
    CHECK_STR(session_view(rig.session)->typed, "K0012-");
    happen(EV_TYPE, "", "00001b3");
    tap(EV_NEXT);
    CHECK_EQ(session_view(rig.session)->asked.where, CASE_BAD_NUMBER);
    CHECK_EQ(rig.asks, 0);
    tap(EV_CLEAR);
    happen(EV_TYPE, "", good);
    tap(EV_NEXT);
    CHECK_EQ(rig.asks, 1);
    CHECK_EQ(session_view(rig.session)->asked.where, CASE_ASKING);
    struct case_view other = { .where = CASE_COUNTY, .receipt = "K0012-000043-X" };
    struct event e = { .kind = EV_CASE, .answer = &other };
    session_handle(rig.session, &e);
    CHECK_EQ(session_view(rig.session)->asked.where,
             CASE_ASKING); /* an answer to another question */
    snprintf(other.receipt, sizeof(other.receipt), "%s", good);
    session_handle(rig.session, &e);
    CHECK_EQ(session_view(rig.session)->asked.where, CASE_COUNTY);
    teardown();
}

RUN(T(test_session_there_is_a_way_into_every_state_but_idle),
    T(test_session_every_busy_state_left_alone_ends_and_forgets_the_person),
    T(test_session_every_state_can_be_left_by_hand),
    T(test_session_survives_any_event_in_any_state),
    T(test_session_card_lifted_asks_and_the_same_card_goes_on),
    T(test_session_card_lifted_ends_after_ten_seconds), T(test_session_makes_way_for_somebody_else),
    T(test_session_another_persons_card_never_sees_the_first_ones_work),
    T(test_session_expired_card_is_refused_only_by_a_trusted_clock),
    T(test_session_a_matter_that_needs_a_card_goes_on_when_it_comes),
    T(test_session_idle_question_can_be_answered_ten_times_and_loses_nothing),
    T(test_session_no_page_ends_without_the_question),
    T(test_session_idle_over_a_question_leads_back_to_the_work),
    T(test_session_a_touch_anywhere_puts_the_question_off),
    T(test_session_full_values_cover_themselves_after_ten_seconds),
    T(test_session_language_goes_back_for_the_next_person),
    T(test_form_next_is_refused_until_every_question_is_answered),
    T(test_form_fields_of_the_card_cannot_be_changed),
    T(test_form_answers_that_are_no_longer_asked_are_not_sent),
    T(test_form_typing_stops_at_what_the_field_can_hold),
    T(test_submit_needs_signature_and_consent),
    T(test_submit_item_says_what_was_answered_and_the_county_can_read_it),
    T(test_submit_waits_for_its_number_and_hands_over_once),
    T(test_submit_shows_the_number_and_prints_once_it_is_stored),
    T(test_submit_without_answer_says_it_is_not_certain_and_a_late_answer_still_counts),
    T(test_submit_tried_again_keeps_its_token),
    T(test_submit_of_an_ended_visit_cannot_reach_the_next_one),
    T(test_submit_is_refused_in_words_when_nothing_can_be_accepted),
    T(test_submit_anonymous_complaint_carries_neither_person_nor_signature),
    T(test_slip_masks_the_person_and_says_number_fee_and_days),
    T(test_slip_reprint_is_marked_and_limited),
    T(test_slip_cannot_be_printed_but_the_number_stands),
    T(test_progress_finds_a_mistyped_number_before_asking))
