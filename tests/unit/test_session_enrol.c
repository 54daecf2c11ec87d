/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

static char asked[32];

static void port_enrol(void *context, const char *code)
{
    (void)context;
    snprintf(asked, sizeof(asked), "%s", code);
}

static void link_says(const char *refusal)
{
    struct link_facts facts = { .is_there = true, .clock_quality = CLOCK_NTP };
    snprintf(facts.refusal, sizeof(facts.refusal), "%s", refusal);
    facts.is_accepting = facts.is_up = !*refusal;
    session_handle(rig.session, &(struct event){ .kind = EV_LINK, .link = &facts });
}

static const struct enrol_view *enrol(void)
{
    return &session_view(rig.session)->enrol;
}

static const char *typed(void)
{
    return session_view(rig.session)->typed;
}

static void begin(void)
{
    setup();
    rig_ports.enrol = port_enrol;
    asked[0] = 0;
    link_says("unenrolled");
    CHECK_EQ(screen(), SCREEN_ENROL);
}

static void test_enrol_nobody_can_begin_a_visit_before_it(void **state)
{
    (void)state;
    static const enum event_kind hands[] = { EV_BEGIN,      EV_OPEN_PROGRESS, EV_OPEN_HELP,
                                             EV_OPEN_AGENT, EV_OPEN_POINT,    EV_CARD_COMING,
                                             EV_EXIT,       EV_END,           EV_BACK };
    begin();
    card(&person_a);
    CHECK_EQ(screen(), SCREEN_ENROL);
    for (size_t i = 0; i < sizeof(hands) / sizeof(hands[0]); i++)
        tap(hands[i]);
    CHECK_EQ(screen(), SCREEN_ENROL);
    CHECK(!session_is_busy(rig.session) && !session_view(rig.session)->has_card);
    teardown();
}

static void test_enrol_takes_digits_alone_and_no_code_that_is_too_short(void **state)
{
    (void)state;
    begin();
    happen(EV_TYPE, "", "12a4 -5");
    CHECK_STR(typed(), "1245");
    tap(EV_NEXT);
    CHECK_EQ(enrol()->trouble, ENROL_SHORT);
    CHECK_STR(asked, "");
    tap(EV_ERASE);
    CHECK_STR(typed(), "124");
    CHECK_EQ(enrol()->trouble, ENROL_FINE);
    for (int i = 0; i < 20; i++)
        happen(EV_TYPE, "", "7");
    CHECK_EQ(strlen(typed()), ENROL_CODE_MAX);
    tap(EV_CLEAR);
    CHECK_STR(typed(), "");
    teardown();
}

static void test_enrol_joins_and_begins_service_without_a_restart(void **state)
{
    (void)state;
    begin();
    happen(EV_TYPE, "", "11112222");
    tap(EV_NEXT);
    CHECK_STR(asked, "11112222");
    CHECK(enrol()->is_moving);
    happen(EV_TYPE, "", "3"); /* the county is being asked: nothing is changed under it */
    CHECK_STR(typed(), "11112222");
    happen(EV_ENROLLED, "", "");
    CHECK_EQ(screen(), SCREEN_ENROL);
    link_says("no-key"); /* its keys come a moment later */
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK_STR(typed(), "");
    card(&person_a);
    CHECK_EQ(screen(), SCREEN_HOME);
    teardown();
}

static void test_enrol_says_why_not_and_may_be_tried_again(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        enum enrol_trouble trouble;
        bool is_kept; /* the code stays for the next try */
    } rows[] = { { "refused", ENROL_WRONG_CODE, false },
                 { "unreachable", ENROL_NO_ANSWER, true },
                 { "away", ENROL_NO_ANSWER, true },
                 { "storage", ENROL_NOT_KEPT, true },
                 { "nonsense", ENROL_NOT_KEPT, true } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        begin();
        happen(EV_TYPE, "", "11112222");
        tap(EV_NEXT);
        happen(EV_ENROLLED, "", rows[i].word);
        CHECK_EQ(enrol()->trouble, rows[i].trouble);
        CHECK_STR(typed(), rows[i].is_kept ? "11112222" : "");
        happen(EV_TYPE, "", "3344556");
        tap(EV_NEXT);
        CHECK(enrol()->is_moving);
        teardown();
    }
}

static void test_enrol_leaves_no_code_lying_there(void **state)
{
    (void)state;
    begin();
    CHECK_EQ(session_deadline_ms(rig.session), INT64_MAX);
    happen(EV_TYPE, "", "1111");
    fake_clock_advance(&rig.clock, 180000);
    tap(EV_TIME);
    CHECK_STR(typed(), "");
    CHECK_EQ(screen(), SCREEN_ENROL);
    teardown();
}

static void test_enrol_news_of_the_link_change_nothing_on_the_page(void **state)
{
    (void)state;
    begin();
    happen(EV_TYPE, "", "1111");
    link_says("unenrolled");
    CHECK_STR(typed(), "1111");
    link_is(false, false); /* kiosk-syncd is started anew: nobody knows */
    CHECK_EQ(screen(), SCREEN_ENROL);
    CHECK_STR(typed(), "1111");
    teardown();
}

static void test_enrol_is_read_as_chosen_and_residents_find_the_usual_page(void **state)
{
    (void)state;
    setup();
    happen(EV_LANGUAGE, "", "en");
    tap(EV_CONTRAST);
    link_says("unenrolled");
    CHECK_EQ(session_view(rig.session)->language, LANGUAGE_EN);
    CHECK(session_view(rig.session)->preferences.is_contrast);
    link_says("");
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK_EQ(session_view(rig.session)->language, LANGUAGE_ZH);
    CHECK(!session_view(rig.session)->preferences.is_contrast);
    teardown();
}

/* The county has revoked this kiosk, or its disk was made new: whoever is here ends in peace first. */
static void test_enrol_waits_for_a_visit_to_end(void **state)
{
    (void)state;
    setup();
    rig_ports.enrol = port_enrol;
    card(&person_a);
    link_says("unenrolled");
    CHECK_EQ(screen(), SCREEN_HOME);
    tap(EV_EXIT);
    CHECK_EQ(screen(), SCREEN_ENROL);
    CHECK(is_clean());
    teardown();
}

static void test_enrol_without_a_catalogue_and_with_staff(void **state)
{
    (void)state;
    begin();
    session_set_catalogue(rig.session, NULL);
    CHECK_EQ(screen(), SCREEN_ENROL);
    tap(EV_STAFF_BEGIN);
    CHECK_EQ(screen(), SCREEN_STAFF);
    tap(EV_STAFF_END);
    CHECK_EQ(screen(), SCREEN_ENROL);
    link_says("");
    CHECK_EQ(screen(), SCREEN_OUT_OF_SERVICE);
    teardown();
}

RUN(T(test_enrol_nobody_can_begin_a_visit_before_it),
    T(test_enrol_takes_digits_alone_and_no_code_that_is_too_short),
    T(test_enrol_joins_and_begins_service_without_a_restart),
    T(test_enrol_says_why_not_and_may_be_tried_again), T(test_enrol_leaves_no_code_lying_there),
    T(test_enrol_news_of_the_link_change_nothing_on_the_page),
    T(test_enrol_is_read_as_chosen_and_residents_find_the_usual_page),
    T(test_enrol_waits_for_a_visit_to_end), T(test_enrol_without_a_catalogue_and_with_staff))
