/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

#include <string.h>

#include "firmware/session/handoff_draft.h"

static const char code[] = "1234567890123450";

static const struct handoff_view *seen(void)
{
    return &session_view(rig.session)->handoff;
}

static void answered(const char *word)
{
    happen(EV_PARCEL, rig.parcel_label, word);
}

/* The county's answer with what a phone has made for `owner`. */
static void fetched(const char *with_code, const char *owner, const char *text)
{
    struct parcel_keys keys;
    struct bytes parcel AUTO_BYTES = { 0 };
    CHECK_EQ(parcel_keys(&keys, with_code), 0);
    CHECK_EQ(parcel_seal(&parcel, &keys, owner, text, strlen(text)), 0);
    struct event e = {
        .kind = EV_PARCEL, .name = rig.parcel_label, .value = "well", .parcel = &parcel
    };
    session_handle(rig.session, &e);
}

static const char draft[] =
    "{\"schema\":1,\"item_code\":\"D01\",\"answers\":{\"kind\":\"limb\",\"grade\":\"1\","
    "\"care\":\"family\",\"phone\":\"13800000000\",\"home\":\"样例镇样例村1号\"}}";

static void to_asked(void)
{
    card(&person_a);
    tap(EV_OPEN_FROM_PHONE);
    happen(EV_TYPE, "", "1234567890");
    happen(EV_TYPE, "", "123450");
    tap(EV_NEXT);
}

/* ---- to a phone ------------------------------------------------------------------------------- */

static void test_handoff_offline_has_its_sentence_and_loses_nothing(void **state)
{
    (void)state;
    setup();
    link_is(true, false);
    to_leave();
    tap(EV_TO_PHONE);
    CHECK_EQ(screen(), SCREEN_TO_PHONE);
    CHECK_EQ(seen()->step, HANDOFF_FAILED);
    CHECK_EQ(seen()->trouble, HANDOFF_OFFLINE);
    CHECK_EQ(rig.puts, 0);
    link_is(true, true);
    tap(EV_NEXT);
    CHECK_EQ(rig.puts, 1);
    answered("unreachable");
    CHECK_EQ(seen()->trouble, HANDOFF_OFFLINE);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_STR(answer_to("kind"), "limb");
    teardown();
}

static void test_handoff_what_the_card_says_stays_on_the_card(void **state)
{
    (void)state;
    struct parcel_keys keys;
    struct bytes text AUTO_BYTES = { 0 };
    char complaint[JSON_COMPLAINT];
    setup();
    fill_subsidy();
    happen(EV_EDIT, "2", "");
    happen(EV_CHOOSE, "home", "address"); /* the same as on the card */
    tap(EV_EXIT);
    CHECK_EQ(screen(), SCREEN_LEAVE);
    tap(EV_TO_PHONE);
    CHECK_EQ(seen()->step, HANDOFF_MOVING);
    answered("well");
    CHECK_EQ(seen()->step, HANDOFF_READY);
    CHECK_EQ(seen()->until_ms, wall + 24 * 3600000);
    CHECK(strstr(seen()->address, "https://county.example/phone#"));
    CHECK(strstr(seen()->address, seen()->code));
    CHECK_EQ(parcel_keys(&keys, seen()->code), 0);
    CHECK_EQ(parcel_open(&text, &keys, "", rig.parcel.data, rig.parcel.length), PARCEL_E_OWNER);
    CHECK_EQ(parcel_open(&text, &keys, person_a.number, rig.parcel.data, rig.parcel.length), 0);
    AUTO(json_release) json_t *o = json_parse(text.data, text.length, complaint);
    json_t *answers = json_object_get(o, "answers");
    CHECK_STR(json_string_value(json_object_get(answers, "phone")), "13800000000");
    CHECK_STR(json_string_value(json_object_get(answers, "kind")), "limb");
    CHECK(!memmem(text.data, text.length, person_a.number, 18));
    CHECK(!memmem(text.data, text.length, person_a.name, strlen(person_a.name)));
    CHECK(!memmem(text.data, text.length, person_a.address, strlen(person_a.address)));
    tap(EV_EXIT);
    CHECK(is_clean());
    teardown();
}

static void test_handoff_slip_has_the_code_and_names_nobody(void **state)
{
    (void)state;
    char shown[HANDOFF_SHOWN];
    setup();
    to_phone();
    handoff_show(shown, seen()->code);
    tap(EV_PRINT_HANDOFF);
    CHECK_EQ(rig.prints, 1);
    CHECK(last_slip_says(shown) && last_slip_says(seen()->address));
    CHECK(last_slip_says("2026-11-26"));
    CHECK(!last_slip_says("试甲") && !last_slip_says("3399"));
    number(EV_PRINT_STATE, PAPER_ASK);
    tap(EV_SLIP_BAD);
    CHECK_EQ(rig.prints, 2);
    CHECK(rig.is_reprint);
    number(EV_PRINT_STATE, PAPER_DONE);
    CHECK_EQ(seen()->paper, PAPER_DONE);
    teardown();
}

static void test_handoff_is_not_offered_without_a_page_nor_for_what_may_be_stored(void **state)
{
    (void)state;
    setup();
    rig.session->config.phone_url = "";
    to_leave();
    CHECK(!seen()->is_offered);
    tap(EV_TO_PHONE);
    CHECK_EQ(screen(), SCREEN_LEAVE);
    teardown();
    setup();
    submit_subsidy();
    happen(EV_NOT_SUBMITTED, rig.token, "unknown-outcome");
    tap(EV_TO_PHONE);
    CHECK_EQ(screen(), SCREEN_NOT_SAVED);
    CHECK_EQ(rig.puts, 0);
    teardown();
}

/* ---- from a phone ----------------------------------------------------------------------------- */

static void test_handoff_each_trouble_has_its_own_sentence(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        enum handoff_trouble trouble;
    } rows[] = { { "not-found", HANDOFF_UNKNOWN },   { "expired", HANDOFF_EXPIRED },
                 { "used", HANDOFF_USED },           { "unreachable", HANDOFF_OFFLINE },
                 { "away", HANDOFF_OFFLINE },        { "busy", HANDOFF_OFFLINE },
                 { "bad-request", HANDOFF_REFUSED }, { "", HANDOFF_REFUSED } };
    setup();
    to_asked();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CHECK_EQ(seen()->step, HANDOFF_MOVING);
        answered(rows[i].word);
        CHECK_EQ(seen()->step, HANDOFF_FAILED);
        CHECK_EQ(seen()->trouble, rows[i].trouble);
        CHECK_EQ(screen(), SCREEN_FROM_PHONE);
        tap(EV_NEXT);
    }
    fetched(code, person_b.number, draft);
    CHECK_EQ(seen()->trouble, HANDOFF_OTHER_CARD);
    tap(EV_NEXT);
    fetched(code, "", draft); /* made for nobody: anybody could have */
    CHECK_EQ(seen()->trouble, HANDOFF_OTHER_CARD);
    tap(EV_NEXT);
    fetched("9999999999999990", person_a.number, draft);
    CHECK_EQ(seen()->trouble, HANDOFF_DAMAGED);
    tap(EV_NEXT);
    fetched(code, person_a.number, "{\"schema\":2}");
    CHECK_EQ(seen()->trouble, HANDOFF_DAMAGED);
    tap(EV_NEXT);
    fetched(code, person_a.number, "{\"schema\":1,\"item_code\":\"ZZ9\",\"answers\":{}}");
    CHECK_EQ(seen()->trouble, HANDOFF_NO_MATTER);
    CHECK_EQ(rig.ends, 0); /* what was not filled in was not used */
    happen(EV_CLEAR, "", "");
    happen(EV_TYPE, "", "1234567890123457");
    tap(EV_NEXT);
    CHECK_EQ(seen()->trouble, HANDOFF_BAD_CODE);
    link_is(true, false);
    happen(EV_ERASE, "", "");
    happen(EV_TYPE, "", "0");
    tap(EV_NEXT);
    CHECK_EQ(seen()->trouble, HANDOFF_OFFLINE);
    teardown();
}

static void test_handoff_fills_the_form_once_the_county_knows_it_is_used(void **state)
{
    (void)state;
    char taker[33];
    setup();
    to_asked();
    CHECK_EQ(rig.gets, 1);
    fetched(code, person_a.number, draft);
    CHECK_EQ(screen(), SCREEN_FROM_PHONE);
    CHECK_EQ(rig.ends, 1);
    memcpy(taker, rig.taker, sizeof(taker));
    CHECK_EQ(strlen(taker), 32);
    answered("used"); /* somebody was faster */
    CHECK_EQ(seen()->trouble, HANDOFF_USED);
    CHECK(!memmem(&rig.session->visit, sizeof(rig.session->visit), "13800000000", 11));
    tap(EV_NEXT);
    fetched(code, person_a.number, draft);
    CHECK(strcmp(taker, rig.taker) != 0);
    answered("well");
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK(seen()->is_filled);
    CHECK_STR(answer_to("kind"), "limb");
    CHECK_STR(answer_to("name"), "测试甲");
    CHECK_STR(answer_to("home"), "样例镇样例村1号");
    for (int i = 0; i < 3; i++) { /* page by page */
        CHECK_EQ(screen(), SCREEN_FORM);
        tap(EV_NEXT);
    }
    CHECK_EQ(screen(), SCREEN_REVIEW);
    CHECK(seen()->is_filled);
    tap(EV_EXIT);
    tap(EV_END);
    CHECK(is_clean());
    teardown();
}

static void test_handoff_takes_nothing_that_the_form_would_not(void **state)
{
    (void)state;
    setup();
    to_asked();
    fetched(code, person_a.number,
            "{\"schema\":1,\"item_code\":\"D01\",\"answers\":{\"kind\":\"wings\",\"grade\":\"1\","
            "\"name\":\"别人\",\"number\":\"339999199001010021\",\"phone\":\"1380000x0000\","
            "\"account\":\"62\",\"nothing\":\"x\"}}");
    answered("well");
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_STR(answer_to("kind"), "");
    CHECK_STR(answer_to("grade"), "1");
    CHECK_STR(answer_to("name"), "测试甲");
    CHECK_STR(answer_to("number"), person_a.number);
    CHECK_STR(answer_to("phone"), "1380000");
    CHECK_STR(answer_to("account"), ""); /* not asked: paid into the citizen card */
    teardown();
}

static void test_handoff_scanned_before_the_card_waits_for_it(void **state)
{
    (void)state;
    setup();
    happen(EV_SCANNED_CODE, "", code);
    CHECK_EQ(screen(), SCREEN_FROM_PHONE);
    CHECK_EQ(rig.gets, 0);
    CHECK_STR(seen()->code, code);
    number(EV_CARD_TROUBLE, TROUBLE_AGAIN);
    CHECK_EQ(screen(), SCREEN_CARD_TROUBLE);
    card(&person_a);
    CHECK_EQ(screen(), SCREEN_FROM_PHONE);
    CHECK_EQ(rig.gets, 1);
    happen(EV_SCANNED_CODE, "", code); /* held on before the scanner */
    CHECK_EQ(rig.gets, 1);
    fetched(code, person_a.number, draft);
    answered("well");
    CHECK_EQ(screen(), SCREEN_FORM);
    teardown();
}

static void test_handoff_late_answers_change_nothing(void **state)
{
    (void)state;
    char label[33];
    setup();
    to_asked();
    memcpy(label, rig.parcel_label, sizeof(label));
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_HOME);
    fetched(code, person_a.number, draft);
    CHECK_EQ(screen(), SCREEN_HOME);
    CHECK_EQ(rig.ends, 0);
    tap(EV_OPEN_FROM_PHONE);
    happen(EV_TYPE, "", code);
    tap(EV_NEXT);
    happen(EV_PARCEL, "00000000000000000000000000000000", "well");
    CHECK_EQ(seen()->step, HANDOFF_MOVING);
    tap(EV_OPEN_HELP);
    fetched(code, person_a.number, draft); /* under a page that cannot go on: one more touch */
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_FROM_PHONE);
    CHECK_EQ(seen()->trouble, HANDOFF_OFFLINE);
    tap(EV_EXIT);
    CHECK(is_clean());
    teardown();
}

static void test_handoff_is_practised_without_the_county(void **state)
{
    (void)state;
    setup();
    link_is(true, false);
    CHECK(session_begin_practice(rig.session));
    happen(EV_OPEN_SERVICE, "L03", "");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "kind", "complaint");
    tap(EV_EXIT);
    tap(EV_TO_PHONE);
    CHECK_EQ(seen()->step, HANDOFF_READY);
    CHECK_EQ(rig.puts, 0);
    teardown();
}

static void test_handoff_text_beyond_its_limits_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "[]",
        "{\"schema\":1}",
        "{\"schema\":1,\"item_code\":\"D01\",\"answers\":[]}",
        "{\"schema\":1,\"item_code\":\"\",\"answers\":{}}",
        "{\"schema\":1,\"item_code\":\"D01\",\"answers\":{\"a\":1}}",
        "{\"schema\":1,\"item_code\":\"D01\",\"answers\":{\"\":\"x\"}}",
        "{\"schema\":1,\"item_code\":\"D01\",\"answers\":{\"a\":\"x\\u0000y\"}}",
        ("{\"schema\":1,\"item_code\":\"D01\",\"answers\":"
         "{\"a23456789012345678901234567890123\":\"\"}}"),
        "{\"schema\":1,\"item_code\":\"D0123456789012345678901234567890123\",\"answers\":{}}"
    };
    struct handoff_draft d;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK(!handoff_read(&d, bad[i], strlen(bad[i])));
        CHECK_EQ(d.count, 0);
    }
    CHECK(handoff_read(&d, draft, strlen(draft)));
    CHECK_EQ(d.count, 5);
    CHECK_STR(d.item, "D01");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_handoff_offline_has_its_sentence_and_loses_nothing),
        cmocka_unit_test(test_handoff_what_the_card_says_stays_on_the_card),
        cmocka_unit_test(test_handoff_slip_has_the_code_and_names_nobody),
        cmocka_unit_test(test_handoff_is_not_offered_without_a_page_nor_for_what_may_be_stored),
        cmocka_unit_test(test_handoff_each_trouble_has_its_own_sentence),
        cmocka_unit_test(test_handoff_fills_the_form_once_the_county_knows_it_is_used),
        cmocka_unit_test(test_handoff_takes_nothing_that_the_form_would_not),
        cmocka_unit_test(test_handoff_scanned_before_the_card_waits_for_it),
        cmocka_unit_test(test_handoff_late_answers_change_nothing),
        cmocka_unit_test(test_handoff_is_practised_without_the_county),
        cmocka_unit_test(test_handoff_text_beyond_its_limits_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
