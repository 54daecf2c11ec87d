/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

/* ---- confirmed by keys ------------------------------------------------------------------------ */

static void test_affirm_stands_for_the_signature_of_somebody_who_cannot_see_the_pad(void **state)
{
    (void)state;
    setup();
    fill_subsidy();
    reserve_answered();
    tap(EV_SPEECH);
    tap(EV_CONSENT);
    tap(EV_AFFIRM);
    CHECK(session_view(rig.session)->is_affirmed);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_SUBMITTING);
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(json_string_value(json_object_get(item, "affirmed")), "keypad");
    CHECK(json_object_get(item, "signature") == NULL);
    teardown();
}

static void test_affirm_signs_nothing_for_somebody_who_sees(void **state)
{
    (void)state;
    setup();
    fill_subsidy();
    reserve_answered();
    tap(EV_CONSENT);
    tap(EV_AFFIRM);
    CHECK(!session_view(rig.session)->is_affirmed);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    CHECK_EQ(rig.submits, 0);
    teardown();
}

static void test_affirm_of_one_matter_does_not_sign_the_next(void **state)
{
    (void)state;
    setup();
    tap(EV_SPEECH);
    fill_subsidy();
    tap(EV_AFFIRM);
    tap(EV_EXIT);
    tap(EV_END);
    fill_subsidy();
    CHECK(!session_view(rig.session)->is_affirmed);
    teardown();
}

/* ---- a code held before the scanner ----------------------------------------------------------- */

static void scan(const char *number)
{
    session_handle(rig.session, &(struct event){ .kind = EV_SCANNED, .name = "", .value = number });
}

static void test_scan_of_a_slip_asks_how_it_stands(void **state)
{
    (void)state;
    setup();
    char number[RECEIPT_TEXT];
    receipt_format(number, "K0012", 42);
    scan(number);
    CHECK_EQ(screen(), SCREEN_PROGRESS);
    CHECK_EQ(session_view(rig.session)->asked.where, CASE_ASKING);
    CHECK_STR(session_view(rig.session)->typed, number);
    CHECK_EQ(rig.asks, 1);
    teardown();
}

static void test_scan_while_a_form_is_filled_in_changes_nothing(void **state)
{
    (void)state;
    setup();
    to_form();
    scan("K0012-000042-X");
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_EQ(rig.asks, 0);
    teardown();
}

RUN(T(test_affirm_stands_for_the_signature_of_somebody_who_cannot_see_the_pad),
    T(test_affirm_signs_nothing_for_somebody_who_sees),
    T(test_affirm_of_one_matter_does_not_sign_the_next), T(test_scan_of_a_slip_asks_how_it_stands),
    T(test_scan_while_a_form_is_filled_in_changes_nothing))
