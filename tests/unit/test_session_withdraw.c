/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

#include <string.h>

#define WITHDRAWAL "K0012-000001-X"

static const struct withdrawal_view *seen(void)
{
    return &session_view(rig.session)->withdrawal;
}

static const char *inside(const json_t *item, const char *object, const char *key)
{
    return json_string_value(json_object_get(json_object_get(item, object), key));
}

static void begin_with(const struct person *p, const char *state)
{
    setup();
    if (p)
        card(p);
    look_up_item("application", CASE_COUNTY, state);
}

static void confirm(void)
{
    tap(EV_NEXT);
    reserve_answered();
    happen(EV_SUBMITTED, rig.token, WITHDRAWAL);
}

/* ---- it is the applicant's own ------------------------------------------------------- */

static void test_withdrawal_is_sealed_with_the_card_and_the_number_of_the_application(void **state)
{
    (void)state;
    setup();
    to_withdraw();
    CHECK_EQ(rig.reserves, 0);
    confirm();
    CHECK_EQ(seen()->state, WITHDRAWAL_KEPT);
    CHECK_STR(seen()->receipt, WITHDRAWAL);
    CHECK_STR(rig.kind, "withdrawal");
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(inside(item, "manifest", "kind"), "withdrawal");
    CHECK_STR(inside(item, "resident", "number"), person_a.number);
    CHECK_STR(inside(item, "withdraw", "receipt"), seen()->about);
    CHECK(json_object_get(item, "form") == NULL);
    teardown();
}

static void test_withdrawal_without_a_card_is_asked_for_one_and_stays_where_it_was(void **state)
{
    (void)state;
    begin_with(NULL, "received");
    CHECK(seen()->is_offered);
    tap(EV_OPEN_WITHDRAW);
    CHECK_EQ(screen(), SCREEN_WITHDRAW);
    tap(EV_NEXT);
    CHECK_EQ(rig.reserves, 0);
    card(&person_b);
    CHECK_EQ(screen(), SCREEN_WITHDRAW);
    confirm();
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(inside(item, "resident", "number"), person_b.number);
    teardown();
}

static void test_withdrawal_goes_on_after_a_card_that_could_not_be_read(void **state)
{
    (void)state;
    begin_with(NULL, "received");
    tap(EV_OPEN_WITHDRAW);
    number(EV_CARD_TROUBLE, TROUBLE_AGAIN);
    CHECK_EQ(screen(), SCREEN_CARD_TROUBLE);
    card(&person_a);
    CHECK_EQ(screen(), SCREEN_WITHDRAW);
    confirm();
    CHECK_EQ(seen()->state, WITHDRAWAL_KEPT);
    teardown();
}

/* Whoever goes on without a card has given it up, and the next card means what it says. */
static void test_withdrawal_given_up_is_not_what_the_next_card_is_for(void **state)
{
    (void)state;
    begin_with(NULL, "received");
    tap(EV_OPEN_WITHDRAW);
    number(EV_CARD_TROUBLE, TROUBLE_NOT_ID);
    tap(EV_BEGIN);
    CHECK_EQ(screen(), SCREEN_HOME);
    happen(EV_OPEN_SERVICE, "D01", "");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_NEED_CARD);
    card(&person_a);
    CHECK_EQ(screen(), SCREEN_FORM);
    teardown();
}

static void test_withdrawal_is_not_an_agents_to_make(void **state)
{
    (void)state;
    setup();
    to_acting();
    tap(EV_OPEN_PROGRESS);
    look_up_item("application", CASE_COUNTY, "accepted");
    CHECK(!seen()->is_offered);
    tap(EV_OPEN_WITHDRAW);
    CHECK(screen() != SCREEN_WITHDRAW);
    teardown();
}

/* ---- what may be taken back ---------------------------------------------------------- */

static void test_withdrawal_is_offered_for_what_is_under_way_alone(void **state)
{
    (void)state;
    static const struct {
        const char *kind;
        enum case_where where;
        const char *state;
        bool is_offered;
    } rows[] = {
        { "application", CASE_HERE, "", true },
        { "application", CASE_SENT, "", true },
        { "application", CASE_COUNTY, "received", true },
        { "application", CASE_COUNTY, "correction_requested", true },
        { "application", CASE_COUNTY, "accepted", true },
        { "application", CASE_COUNTY, "accepted_gap", true },
        { "application", CASE_COUNTY, "in_review", true },
        { "application", CASE_COUNTY, "suspended", true },
        { "application", CASE_COUNTY, "granted", false },
        { "application", CASE_COUNTY, "denied", false },
        { "application", CASE_COUNTY, "withdrawn", false },
        { "application", CASE_COUNTY, "delivered", false },
        { "application", CASE_COUNTY, "state of tomorrow", false },
        { "application", CASE_NOT_FOUND, "", false },
        { "appointment", CASE_COUNTY, "received", false },
        { "escalation", CASE_COUNTY, "open", false },
        { "withdrawal", CASE_COUNTY, "received", false },
        { "", CASE_COUNTY, "received", false },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        setup();
        card(&person_a);
        look_up_item(rows[i].kind, rows[i].where, rows[i].state);
        CHECK_EQ(seen()->is_offered, rows[i].is_offered);
        tap(EV_OPEN_WITHDRAW);
        CHECK_EQ(screen() == SCREEN_WITHDRAW, rows[i].is_offered);
        teardown();
    }
}

static void test_withdrawal_that_is_not_confirmed_never_was(void **state)
{
    (void)state;
    setup();
    to_withdraw();
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_PROGRESS);
    CHECK(seen()->is_offered && !seen()->is_on_its_way);
    tap(EV_EXIT);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK_EQ(rig.reserves + rig.submits, 0);
    CHECK(is_clean());
    teardown();
}

/* ---- it is kept, once ---------------------------------------------------------------- */

static void test_withdrawal_that_was_not_stored_says_so_and_can_be_sent_again(void **state)
{
    (void)state;
    setup();
    to_withdraw();
    tap(EV_NEXT);
    reserve_answered();
    tap(EV_NEXT); /* impatient */
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_WITHDRAW);
    CHECK_EQ(rig.reserves, 1);
    happen(EV_NOT_SUBMITTED, rig.token, "storage");
    CHECK_EQ(seen()->state, WITHDRAWAL_FAILED);
    CHECK_EQ(rig.prints, 0);
    confirm();
    CHECK_EQ(seen()->state, WITHDRAWAL_KEPT);
    CHECK_EQ(rig.submits, 2);
    teardown();
}

static void test_withdrawal_is_kept_while_the_network_is_away(void **state)
{
    (void)state;
    setup();
    link_is(true, false);
    to_withdraw();
    confirm();
    CHECK_EQ(seen()->state, WITHDRAWAL_KEPT);
    CHECK(last_slip_says("网络暂时不通"));
    teardown();
}

static void test_withdrawal_that_cannot_be_kept_here_is_not_begun(void **state)
{
    (void)state;
    setup();
    to_withdraw();
    link_is(false, false);
    tap(EV_NEXT);
    CHECK_EQ(seen()->state, WITHDRAWAL_FAILED);
    CHECK_EQ(rig.reserves, 0);
    teardown();
}

static void test_withdrawal_of_the_same_application_is_shown_again_not_made_twice(void **state)
{
    (void)state;
    setup();
    to_withdraw();
    confirm();
    int asks = rig.asks;
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_PROGRESS);
    CHECK_EQ(rig.asks, asks + 1);
    struct case_view answer = { .where = CASE_COUNTY, .kind = "application", .state = "accepted" };
    struct event e = { .kind = EV_CASE, .answer = &answer };
    snprintf(answer.receipt, sizeof(answer.receipt), "%s",
             session_view(rig.session)->asked.receipt);
    session_handle(rig.session, &e);
    CHECK(seen()->is_on_its_way);
    tap(EV_OPEN_WITHDRAW);
    CHECK_EQ(seen()->state, WITHDRAWAL_KEPT);
    CHECK_EQ(rig.submits, 1);
    teardown();
}

static void test_withdrawal_whose_card_was_taken_meanwhile_is_kept_all_the_same(void **state)
{
    (void)state;
    setup();
    to_withdraw();
    tap(EV_NEXT);
    tap(EV_CARD_GONE);
    CHECK_EQ(screen(), SCREEN_CARD_REMOVED);
    reserve_answered();
    happen(EV_SUBMITTED, rig.token, WITHDRAWAL);
    CHECK_EQ(rig.prints, 1);
    card(&person_a);
    CHECK_EQ(screen(), SCREEN_WITHDRAW);
    CHECK_EQ(seen()->state, WITHDRAWAL_KEPT);
    tap(EV_CARD_GONE); /* done: taking the card is what one should do */
    CHECK_EQ(screen(), SCREEN_WITHDRAW);
    teardown();
}

/* ---- its slip ------------------------------------------------------------------------ */

static void test_withdrawal_has_a_slip_with_both_numbers_and_no_whole_name(void **state)
{
    (void)state;
    setup();
    to_withdraw();
    confirm();
    CHECK_EQ(rig.prints, 1);
    CHECK(last_slip_says(WITHDRAWAL));
    CHECK(last_slip_says(seen()->about));
    CHECK(!last_slip_says(person_a.name));
    CHECK(!last_slip_says(person_a.number));
    CHECK(!rig.is_reprint);
    number(EV_PRINT_STATE, PAPER_ASK);
    tap(EV_SLIP_BAD);
    CHECK_EQ(rig.prints, 2);
    CHECK(rig.is_reprint);
    number(EV_PRINT_STATE, PAPER_ASK);
    tap(EV_SLIP_GOOD);
    CHECK_EQ(seen()->paper, PAPER_DONE);
    teardown();
}

static void test_withdrawal_without_paper_has_its_number_on_the_screen(void **state)
{
    (void)state;
    setup();
    to_withdraw();
    for (int i = 0; i < 3; i++) {
        if (!i)
            confirm();
        number(EV_PRINT_STATE, PAPER_FAILED);
        tap(EV_SLIP_BAD);
    }
    CHECK_EQ(rig.prints, 3);
    CHECK_EQ(seen()->paper, PAPER_FAILED);
    CHECK(!seen()->can_print_again);
    CHECK_STR(seen()->receipt, WITHDRAWAL);
    teardown();
}

RUN(T(test_withdrawal_is_sealed_with_the_card_and_the_number_of_the_application),
    T(test_withdrawal_without_a_card_is_asked_for_one_and_stays_where_it_was),
    T(test_withdrawal_goes_on_after_a_card_that_could_not_be_read),
    T(test_withdrawal_given_up_is_not_what_the_next_card_is_for),
    T(test_withdrawal_is_not_an_agents_to_make),
    T(test_withdrawal_is_offered_for_what_is_under_way_alone),
    T(test_withdrawal_that_is_not_confirmed_never_was),
    T(test_withdrawal_that_was_not_stored_says_so_and_can_be_sent_again),
    T(test_withdrawal_is_kept_while_the_network_is_away),
    T(test_withdrawal_that_cannot_be_kept_here_is_not_begun),
    T(test_withdrawal_of_the_same_application_is_shown_again_not_made_twice),
    T(test_withdrawal_whose_card_was_taken_meanwhile_is_kept_all_the_same),
    T(test_withdrawal_has_a_slip_with_both_numbers_and_no_whole_name),
    T(test_withdrawal_without_paper_has_its_number_on_the_screen))
