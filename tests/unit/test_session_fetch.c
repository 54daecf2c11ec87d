/* links: firmware/session firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "firmware/base/json.h"
#include "tests/support/session_rig.h"

/* One card: the county is asked once, the resident has the last word, and a late answer leaves nothing. */

static const json_t *paper_in(const json_t *item, const char *id)
{
    const json_t *list = json_object_get(item, "materials");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!strcmp(json_text_at(json_array_get(list, i), "id"), id))
            return json_array_get(list, i);
    return NULL;
}

static void say(const char *paper, const char *word)
{
    happen(EV_SAY_CERTIFICATE, paper, word);
}

/* On from the certificates to the sealed item. */
static void submit_rest(void)
{
    CHECK(fill_form(rig.session, NULL));
    if (screen() == SCREEN_PAPERS) {
        happen(EV_ANSWER_PAPER, "disability-certificate", "here");
        tap(EV_NEXT);
    }
    CHECK_EQ(screen(), SCREEN_REVIEW);
    reserve_answered();
    tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_SUBMITTING);
}

/* ---- asking --------------------------------------------------------------------------- */

static void test_fetch_asks_the_county_alone_and_for_this_matter_alone(void **state)
{
    char key[300], certificate[300], complaint[JSON_COMPLAINT];
    struct bytes plain AUTO_BYTES = { 0 };
    AUTO(seal_opener_free) struct seal_opener *opener = NULL;
    (void)state;
    setup();
    to_fetching();
    CHECK_EQ(rig.questions, 1);
    CHECK(!memmem(rig.question_sealed.data, rig.question_sealed.length, person_a.number, 18));
    snprintf(key, sizeof(key), "%s/county.key", test_folder());
    snprintf(certificate, sizeof(certificate), "%s/county.pem", test_folder());
    CHECK_EQ(seal_opener_load(&opener, key, certificate), 0);
    CHECK_EQ(seal_open(&plain, opener, rig.question_sealed.data, rig.question_sealed.length), 0);
    AUTO(json_release) json_t *o = json_parse(plain.data, plain.length, complaint);
    CHECK_STR(json_text_at(json_object_get(o, "question"), "id"), rig.question);
    CHECK_STR(json_text_at(json_object_get(o, "question"), "kiosk_id"), "K0012");
    CHECK_STR(json_text_at(json_object_get(o, "question"), "item_code"), "D01");
    CHECK_STR(json_text_at(json_object_get(o, "person"), "number"), person_a.number);
    CHECK_EQ(json_object_size(json_object_get(o, "person")), 2);
    CHECK_EQ(json_array_size(json_object_get(o, "papers")), 4);
    CHECK_EQ(strlen(json_text_at(o, "reply_key")), 64);
    teardown();
}

static void test_fetch_that_nobody_can_answer_costs_no_page(void **state)
{
    (void)state;
    setup(); /* there is nobody to ask */
    to_form();
    CHECK_EQ(screen(), SCREEN_FORM);
    teardown();
    setup();
    let_ask();
    link_is(true, false);
    to_form();
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_EQ(rig.questions, 0);
    CHECK_EQ(session_view(rig.session)->fetched->state, FETCH_UNANSWERED);
    teardown();
}

static void test_fetch_is_left_out_where_nothing_is_asked_for_at_once(void **state)
{
    (void)state;
    setup();
    let_ask();
    to_papers(); /* H03 */
    CHECK_EQ(screen(), SCREEN_PAPERS);
    CHECK_EQ(rig.questions, 0);
    teardown();
}

static void test_fetch_key_is_another_each_time(void **state)
{
    uint8_t key[REPLY_KEY];
    char id[REPLY_ID];
    (void)state;
    setup();
    to_fetching();
    memcpy(key, rig.session->visit.secret.key, sizeof(key));
    memcpy(id, rig.question, sizeof(id));
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_GUIDE);
    CHECK_STR(rig.dropped, id);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FETCHING);
    CHECK(strcmp(rig.question, id));
    CHECK(memcmp(rig.session->visit.secret.key, key, sizeof(key)));
    answer_with(id, key, two_certificates); /* of the question before */
    CHECK_EQ(screen(), SCREEN_FETCHING);
    teardown();
}

/* ---- no answer ------------------------------------------------------------------------ */

static void test_fetch_goes_on_without_an_answer_however_the_screen_is_touched(void **state)
{
    (void)state;
    setup();
    to_fetching();
    for (int i = 0; i < 9; i++) {
        fake_clock_advance(&rig.clock, FETCH_WAIT_MS / 10);
        tap(EV_TOUCHED);
        tap(EV_ELDER);
        tap(EV_TIME);
        CHECK_EQ(screen(), SCREEN_FETCHING);
    }
    fake_clock_advance(&rig.clock, FETCH_WAIT_MS / 10);
    tap(EV_TIME);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_EQ(session_view(rig.session)->fetched->state, FETCH_UNANSWERED);
    teardown();
}

static void test_fetch_skipped_or_late_is_dropped_within_the_visit(void **state)
{
    char id[REPLY_ID];
    uint8_t key[REPLY_KEY];
    (void)state;
    setup();
    to_fetching();
    memcpy(id, rig.session->visit.secret.id, sizeof(id));
    memcpy(key, rig.session->visit.secret.key, sizeof(key));
    tap(EV_NEXT);
    tap(EV_NEXT); /* tapped twice: the form's first page refuses */
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_EQ(rig.drops, 1);
    CHECK(!memmem(rig.session, sizeof(*rig.session), key, sizeof(key)));
    answer_with(id, key, two_certificates);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_EQ(session_view(rig.session)->fetched->found.count, 0);
    CHECK_STR(answer_to("kind"), "");
    teardown();
}

static void test_fetch_answer_after_the_visit_ended_leaves_nothing(void **state)
{
    static const enum event_kind ends[] = { EV_EXIT, EV_CARD_GONE, EV_BACK };
    (void)state;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        char id[REPLY_ID];
        uint8_t key[REPLY_KEY];
        setup();
        to_fetching();
        memcpy(id, rig.session->visit.secret.id, sizeof(id));
        memcpy(key, rig.session->visit.secret.key, sizeof(key));
        tap(ends[i]);
        if (ends[i] != EV_EXIT)
            tap(ends[i] == EV_BACK ? EV_EXIT : EV_END);
        CHECK_EQ(screen(), SCREEN_ATTRACT);
        CHECK_STR(rig.dropped, id);
        answer_with(id, key, two_certificates);
        CHECK_EQ(screen(), SCREEN_ATTRACT);
        CHECK(is_clean());
        CHECK(!memmem(rig.session, sizeof(*rig.session), "HJ-0100013", 10));
        CHECK(!memmem(rig.session, sizeof(*rig.session), key, sizeof(key)));
        /* The next one is asked about alone. */
        card(&person_b);
        answer_with(id, key, two_certificates);
        CHECK_EQ(screen(), SCREEN_HOME);
        teardown();
    }
}

static void test_fetch_answer_that_cannot_be_read_is_none(void **state)
{
    uint8_t other[REPLY_KEY] = { 1 };
    char id[REPLY_ID];
    (void)state;
    setup();
    to_fetching();
    memcpy(id, rig.session->visit.secret.id, sizeof(id));
    answer_with(id, other, two_certificates);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_EQ(session_view(rig.session)->fetched->state, FETCH_UNANSWERED);
    teardown();
    setup();
    to_fetching();
    county_answers("[{\"paper\":7}]");
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_EQ(session_view(rig.session)->fetched->found.count, 0);
    teardown();
}

static void test_fetch_county_says_it_cannot_answer(void **state)
{
    (void)state;
    setup();
    to_fetching();
    struct event e = { .kind = EV_COUNTY_REPLY, .name = rig.session->visit.secret.id };
    session_handle(rig.session, &e);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_EQ(rig.drops, 0); /* it is over by itself */
    teardown();
}

static void test_fetch_answer_behind_a_question_waits_for_it(void **state)
{
    (void)state;
    setup();
    to_fetching();
    tap(EV_CARD_GONE);
    CHECK_EQ(screen(), SCREEN_CARD_REMOVED);
    county_answers(two_certificates);
    CHECK_EQ(screen(), SCREEN_CARD_REMOVED);
    card(&person_a);
    CHECK_EQ(screen(), SCREEN_FETCHED);
    teardown();
}

static void test_fetch_another_card_ends_it(void **state)
{
    (void)state;
    setup();
    to_fetching();
    card(&person_b);
    CHECK_EQ(screen(), SCREEN_HOME);
    CHECK_EQ(rig.drops, 1);
    teardown();
}

/* ---- what was found ------------------------------------------------------------------- */

static void test_fetch_found_nothing_costs_no_page(void **state)
{
    (void)state;
    setup();
    to_fetching();
    county_answers("[]");
    CHECK_EQ(screen(), SCREEN_FORM);
    submit_rest();
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(json_text_at(paper_in(item, "disability-certificate"), "state"), "to-fetch");
    teardown();
}

static void test_fetch_what_nobody_asked_for_is_not_kept(void **state)
{
    (void)state;
    setup();
    to_fetching();
    county_answers("[{\"paper\":\"social-insurance\",\"id\":\"SI-9\",\"version\":\"1\",\"office\":"
                   "{\"zh\":\"甲\",\"en\":\"A\"},\"issued\":\"20190604\"}]");
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK(!memmem(rig.session, sizeof(*rig.session), "SI-9", 4));
    teardown();
}

static void test_fetch_every_certificate_must_be_spoken_to(void **state)
{
    (void)state;
    setup();
    to_fetched();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FETCHED);
    CHECK(session_view(rig.session)->has_errors_shown);
    say("disability-certificate", "right");
    say("household", "maybe");
    say("passport", "right");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FETCHED);
    say("household", "right");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_EQ(session_view(rig.session)->spared, 2);
    teardown();
}

static void test_fetch_one_at_a_time_in_the_elder_version(void **state)
{
    (void)state;
    setup();
    tap(EV_ELDER);
    to_fetched();
    CHECK_EQ(session_view(rig.session)->fetched->at, 0);
    tap(EV_NEXT);
    CHECK_EQ(session_view(rig.session)->fetched->at, 0);
    say("disability-certificate", "right");
    tap(EV_NEXT);
    CHECK_EQ(session_view(rig.session)->fetched->at, 1);
    CHECK_EQ(screen(), SCREEN_FETCHED);
    tap(EV_BACK);
    CHECK_EQ(session_view(rig.session)->fetched->at, 0);
    tap(EV_NEXT);
    say("household", "wrong");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    teardown();
}

static void test_fetch_confirmed_fills_in_and_is_not_handed_in(void **state)
{
    (void)state;
    setup();
    to_fetched();
    say("disability-certificate", "right");
    say("household", "right");
    tap(EV_NEXT);
    CHECK_STR(answer_to("kind"), "limb");
    CHECK_STR(answer_to("grade"), "2");
    submit_rest();
    AUTO(json_release) json_t *item = opened_item();
    const json_t *paper = paper_in(item, "disability-certificate"),
                 *certificate = json_object_get(paper, "certificate");
    CHECK_STR(json_text_at(paper, "state"), "confirmed");
    CHECK_STR(json_text_at(certificate, "id"), "33999919900101001344");
    CHECK_STR(json_text_at(certificate, "version"), "2");
    CHECK(!json_object_get(certificate, "changed"));
    CHECK_STR(json_text_at(paper_in(item, "aid-status"), "state"), "to-fetch");
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK(last_slip_says("the county will look it up"));
    CHECK(!last_slip_says("33999919900101001344")); /* whoever finds the slip learns no number */
    teardown();
}

static void test_fetch_what_is_filled_in_may_be_changed_and_the_county_sees_it(void **state)
{
    (void)state;
    setup();
    to_fetched();
    say("disability-certificate", "right");
    say("household", "right");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "grade", "1");
    submit_rest();
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(json_text_at(json_object_get(item, "form"), "grade"), "1");
    const json_t *changed = json_object_get(
        json_object_get(paper_in(item, "disability-certificate"), "certificate"), "changed");
    CHECK_EQ(json_array_size(changed), 1);
    CHECK_STR(json_string_value(json_array_get(changed, 0)), "grade");
    teardown();
}

static void test_fetch_disputed_the_residents_own_paper_counts(void **state)
{
    (void)state;
    setup();
    to_fetched();
    say("disability-certificate", "right");
    say("disability-certificate", "wrong");
    say("disability-certificate", "old");
    say("household", "right");
    tap(EV_NEXT);
    CHECK_STR(answer_to("kind"), "");
    CHECK_STR(answer_to("grade"), "");
    CHECK_EQ(session_view(rig.session)->spared, 1);
    CHECK(fill_form(rig.session, NULL));
    CHECK_EQ(screen(), SCREEN_PAPERS); /* else this matter asks for none */
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_PAPERS);
    submit_rest();
    AUTO(json_release) json_t *item = opened_item();
    const json_t *paper = paper_in(item, "disability-certificate");
    CHECK_STR(json_text_at(paper, "how"), "fetched");
    CHECK_STR(json_text_at(paper, "state"), "here");
    CHECK(!json_object_get(paper, "certificate"));
    CHECK_STR(json_text_at(json_object_get(paper, "disputed"), "reason"), "out-of-date");
    CHECK_STR(json_text_at(json_object_get(paper, "disputed"), "id"), "33999919900101001344");
    teardown();
}

static void test_fetch_disputed_and_not_here_is_told_once(void **state)
{
    (void)state;
    setup();
    to_fetched();
    say("disability-certificate", "other");
    say("household", "right");
    tap(EV_NEXT);
    CHECK(fill_form(rig.session, NULL));
    happen(EV_ANSWER_PAPER, "disability-certificate", "not");
    happen(EV_ANSWER_PAPER, "household", "not"); /* confirmed: nobody asks */
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_NOTICE);
    CHECK_EQ(session_view(rig.session)->papers.missing_count, 1);
    teardown();
}

static void test_fetch_a_change_of_mind_is_followed(void **state)
{
    (void)state;
    setup();
    to_fetched();
    say("disability-certificate", "wrong");
    say("household", "right");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "kind", "visual");
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_FETCHED);
    say("disability-certificate", "right");
    tap(EV_NEXT);
    CHECK_STR(answer_to("kind"), "limb");
    tap(EV_BACK);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_GUIDE);
    tap(EV_NEXT); /* nobody is asked, or kept waiting, twice */
    CHECK_EQ(screen(), SCREEN_FETCHED);
    CHECK_EQ(rig.questions, 1);
    tap(EV_NEXT);
    CHECK_STR(answer_to("kind"), "limb");
    teardown();
}

static void test_fetch_of_one_matter_says_nothing_in_another(void **state)
{
    (void)state;
    setup();
    to_fetched();
    say("disability-certificate", "right");
    say("household", "right");
    tap(EV_NEXT);
    submit_rest();
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_HOME);
    CHECK(!memmem(rig.session, sizeof(*rig.session), "HJ-0100013", 10));
    happen(EV_OPEN_SERVICE, "D02", "");
    tap(EV_NEXT);
    CHECK_EQ(rig.questions, 2);
    CHECK_EQ(screen(), SCREEN_FETCHING);
    teardown();
}

static void test_fetch_agent_the_next_resident_finds_nothing(void **state)
{
    (void)state;
    setup();
    let_ask();
    to_acting();
    happen(EV_OPEN_SERVICE, "D01", "");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FETCHING);
    county_answers(two_certificates);
    say("disability-certificate", "right");
    agency_release(rig.session);
    CHECK(!memmem(rig.session, sizeof(*rig.session), "HJ-0100013", 10));
    teardown();
}

static void test_fetch_practice_makes_certificates_up(void **state)
{
    (void)state;
    setup();
    let_ask();
    CHECK(session_begin_practice(rig.session));
    happen(EV_OPEN_SERVICE, "D01", "");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FETCHED);
    CHECK_EQ(rig.questions, 0);
    const struct fetched *f = session_view(rig.session)->fetched;
    CHECK_EQ(f->found.count, 4);
    for (size_t i = 0; i < f->found.count; i++)
        say(f->found.list[i].paper, "right");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK(*answer_to("kind") && *answer_to("grade"));
    teardown();
}

RUN(T(test_fetch_asks_the_county_alone_and_for_this_matter_alone),
    T(test_fetch_that_nobody_can_answer_costs_no_page),
    T(test_fetch_is_left_out_where_nothing_is_asked_for_at_once),
    T(test_fetch_key_is_another_each_time),
    T(test_fetch_goes_on_without_an_answer_however_the_screen_is_touched),
    T(test_fetch_skipped_or_late_is_dropped_within_the_visit),
    T(test_fetch_answer_after_the_visit_ended_leaves_nothing),
    T(test_fetch_answer_that_cannot_be_read_is_none), T(test_fetch_county_says_it_cannot_answer),
    T(test_fetch_answer_behind_a_question_waits_for_it), T(test_fetch_another_card_ends_it),
    T(test_fetch_found_nothing_costs_no_page), T(test_fetch_what_nobody_asked_for_is_not_kept),
    T(test_fetch_every_certificate_must_be_spoken_to),
    T(test_fetch_one_at_a_time_in_the_elder_version),
    T(test_fetch_confirmed_fills_in_and_is_not_handed_in),
    T(test_fetch_what_is_filled_in_may_be_changed_and_the_county_sees_it),
    T(test_fetch_disputed_the_residents_own_paper_counts),
    T(test_fetch_disputed_and_not_here_is_told_once), T(test_fetch_a_change_of_mind_is_followed),
    T(test_fetch_of_one_matter_says_nothing_in_another),
    T(test_fetch_agent_the_next_resident_finds_nothing),
    T(test_fetch_practice_makes_certificates_up))
