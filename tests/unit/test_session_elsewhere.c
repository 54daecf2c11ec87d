/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

/* What a card finds beyond this kiosk: asked of the county with the proof of the card, kept nowhere, told for what it is. */

static struct person owner;
static char here[RECEIPT_TEXT], there[RECEIPT_TEXT];

static const struct progress_view *seen(void)
{
    return &session_view(rig.session)->progress;
}

static void begin(void)
{
    setup();
    let_ask();
    owner = person_a;
    memset(owner.chip, 7, sizeof(owner.chip));
    receipt_format(here, "K0012", 1);
    receipt_format(there, "K0044", 7);
}

static void to_list(const struct person *p)
{
    card(p);
    tap(EV_OPEN_PROGRESS);
    CHECK_EQ(screen(), SCREEN_PROGRESS);
}

/* The county's answer, sealed under the key of the question that is under way. */
static void answer(const char *question, const char *matters)
{
    char text[2048];
    struct bytes sealed AUTO_BYTES = { 0 };
    snprintf(text, sizeof(text), "{\"schema\":1,\"question\":\"%s\",\"matters\":%s}", question,
             matters);
    CHECK_EQ(reply_seal(&sealed, rig.session->visit.elsewhere.secret.key, rig.question, text,
                        strlen(text)),
             0);
    struct event e = { .kind = EV_COUNTY_REPLY, .name = rig.question, .reply = &sealed };
    session_handle(rig.session, &e);
}

static const char *one_of(const char *receipt)
{
    static char text[1024];
    snprintf(text, sizeof(text),
             "[{\"receipt\":\"%s\",\"item_code\":\"E01\",\"kind\":\"application\",\"entry\":"
             "{\"state\":\"granted\",\"changed_at\":\"2026-11-24T08:00:00Z\",\"note\":\"请带存折\","
             "\"timeline\":{\"delivery\":{\"kind\":\"pickup\",\"code\":\"123456\",\"counter\":"
             "\"3号窗口\"}}}}]",
             receipt);
    return text;
}

static void nobody_answers(void)
{
    struct event e = { .kind = EV_COUNTY_REPLY, .name = rig.question };
    session_handle(rig.session, &e);
}

static void test_elsewhere_is_asked_for_with_the_cards_proof_alone(void **state)
{
    (void)state;
    begin();
    to_list(&person_a); /* number and name, but no picture from a chip: as a copy has them */
    CHECK_EQ(rig.questions, 0);
    tap(EV_EXIT);
    tap(EV_BEGIN);
    tap(EV_OPEN_PROGRESS); /* nor without a card */
    CHECK_EQ(rig.questions, 0);
    tap(EV_EXIT);
    to_list(&owner);
    CHECK_EQ(rig.questions, 1);
    CHECK(seen()->is_asking_county);
    CHECK(!memmem(rig.question_sealed.data, rig.question_sealed.length, owner.number, 18));
    teardown();
}

static void test_elsewhere_is_listed_opened_and_forgotten(void **state)
{
    (void)state;
    begin();
    to_list(&owner);
    answer(rig.question, one_of(there));
    CHECK(seen()->is_listing && !seen()->is_asking_county && !seen()->is_this_kiosk_alone);
    CHECK_EQ(seen()->elsewhere->count, 1);
    CHECK_STR(seen()->elsewhere->list[0].receipt, there);
    CHECK_STR(seen()->elsewhere->list[0].code, "E01");
    CHECK_EQ(seen()->elsewhere_ms, wall);
    happen(EV_OPEN_MATTER, there, "");
    const struct case_view *c = &session_view(rig.session)->asked;
    CHECK_EQ(rig.asks, 0); /* the kiosk's own store was not asked */
    CHECK_EQ(c->where, CASE_COUNTY);
    CHECK_STR(c->state, "granted");
    CHECK_STR(c->note, "请带存折");
    CHECK_STR(c->timeline.code, "123456");
    CHECK_EQ(c->as_of_ms, wall);
    tap(EV_BACK);
    CHECK(seen()->is_listing);
    CHECK_EQ(rig.questions, 1); /* once in a visit */
    tap(EV_EXIT);
    CHECK(is_clean());
    teardown();
}

static void test_elsewhere_what_this_kiosk_lists_is_not_listed_twice(void **state)
{
    (void)state;
    begin();
    to_list(&owner);
    answer(rig.question, one_of(here));
    CHECK_EQ(seen()->elsewhere->count, 1);
    struct agency_notes notes = { .is_known = true, .count = 1, .as_of_ms = wall };
    CHECK_EQ(agent_note_seal(&rig.note, &rig.session->visit.matters.mark, here, "E01"), 0);
    snprintf(notes.list[0].receipt, sizeof(notes.list[0].receipt), "%s", here);
    memcpy(notes.list[0].sealed, rig.note.data, rig.note.length);
    notes.list[0].length = rig.note.length;
    struct event e = { .kind = EV_AGENT_NOTES, .notes = &notes };
    session_handle(rig.session, &e);
    CHECK_EQ(seen()->matters->count, 1);
    CHECK_EQ(seen()->elsewhere->count, 0);
    teardown();
}

static void test_elsewhere_a_typed_number_is_answered_when_the_card_found_it(void **state)
{
    (void)state;
    begin();
    to_list(&owner);
    answer(rig.question, one_of(there));
    happen(EV_FOCUS, "receipt", "");
    struct case_view unknown = { .where = CASE_NOT_FOUND };
    tap(EV_CLEAR);
    happen(EV_TYPE, "", there);
    tap(EV_NEXT);
    CHECK_EQ(rig.asks, 1);
    snprintf(unknown.receipt, sizeof(unknown.receipt), "%s",
             session_view(rig.session)->asked.receipt);
    struct event e = { .kind = EV_CASE, .answer = &unknown };
    session_handle(rig.session, &e);
    bool is_theirs = !strcmp(unknown.receipt, there);
    CHECK_EQ(session_view(rig.session)->asked.where, is_theirs ? CASE_COUNTY : CASE_NOT_FOUND);
    CHECK(is_theirs);
    teardown();
}

static void test_elsewhere_offline_says_that_this_kiosk_alone_is_known(void **state)
{
    (void)state;
    begin();
    link_is(true, false);
    to_list(&owner);
    CHECK_EQ(rig.questions, 0);
    CHECK(seen()->is_this_kiosk_alone && !seen()->is_asking_county);
    link_is(true, true);
    tap(EV_BACK);
    tap(EV_OPEN_PROGRESS); /* the network is back */
    CHECK_EQ(rig.questions, 1);
    nobody_answers();
    CHECK(seen()->is_this_kiosk_alone);
    teardown();
}

static void test_elsewhere_an_answer_that_is_none_or_too_late_counts_for_nothing(void **state)
{
    static const char *const wrong[] = { "{}", "[{\"receipt\":\"K0044-000007-0\",\"entry\":{}}]",
                                         "[{\"receipt\":5}]", "[null,7]" };
    (void)state;
    begin();
    to_list(&owner);
    answer("00000000000000000000000000000000", one_of(there)); /* to another question */
    CHECK_EQ(seen()->elsewhere->count, 0);
    CHECK(seen()->is_this_kiosk_alone);
    for (size_t i = 0; i < 4; i++) {
        tap(EV_EXIT);
        to_list(&owner);
        answer(rig.question, wrong[i]);
        CHECK_EQ(seen()->elsewhere->count, 0);
    }
    tap(EV_EXIT);
    to_list(&owner);
    char late[REPLY_ID];
    memcpy(late, rig.question, sizeof(late));
    tap(EV_EXIT);
    CHECK_STR(rig.dropped, late);
    CHECK(is_clean());
    to_list(&owner);
    struct event e = { .kind = EV_COUNTY_REPLY, .name = late };
    session_handle(rig.session, &e);
    CHECK(seen()->is_asking_county); /* for its own answer */
    teardown();
}

RUN(T(test_elsewhere_is_asked_for_with_the_cards_proof_alone),
    T(test_elsewhere_is_listed_opened_and_forgotten),
    T(test_elsewhere_what_this_kiosk_lists_is_not_listed_twice),
    T(test_elsewhere_a_typed_number_is_answered_when_the_card_found_it),
    T(test_elsewhere_offline_says_that_this_kiosk_alone_is_known),
    T(test_elsewhere_an_answer_that_is_none_or_too_late_counts_for_nothing))
