/* links: firmware/session firmware/practice firmware/case firmware/calendar firmware/point firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

/* A complaint, with or without a name, up to its number. */
static void complain(const char *reply)
{
    happen(EV_OPEN_SERVICE, "L03", "");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "kind", "complaint");
    happen(EV_FOCUS, "words", "");
    happen(EV_TYPE, "", "窗口没有人");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "reply", reply);
    happen(EV_FOCUS, "phone", "");
    happen(EV_TYPE, "", "13800000000");
    for (int i = 0; i < 4 && screen() == SCREEN_FORM; i++)
        tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    reserve_answered();
    sign();
    tap(EV_NEXT);
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(screen(), SCREEN_DONE);
}

static void check_hash(const char *claim)
{
    uint8_t sum[SHA256_BYTES];
    char hash[2 * SHA256_BYTES + 1];
    AUTO(json_release) json_t *item = opened_item();
    sha256(sum, claim, strlen(claim));
    hex_encode(hash, sum, sizeof(sum));
    CHECK_STR(json_string_value(json_object_get(item, "claim")), hash);
}

static void test_complaint_without_a_name_has_a_code_that_only_the_slip_knows(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    complain("anonymous");
    char claim[RECEIPT_TEXT], parsed[RECEIPT_TEXT];
    snprintf(claim, sizeof(claim), "%s", session_view(rig.session)->claim);
    CHECK(!strncmp(claim, "CODE-", 5) && strlen(claim) == 5 + 13 + 2);
    CHECK_EQ(receipt_parse(parsed, claim), 0);
    CHECK(last_slip_says(claim) && !last_slip_says(person_a.number));
    check_hash(claim);
    AUTO(json_release) json_t *item = opened_item();
    CHECK(json_is_null(json_object_get(item, "resident")));
    CHECK(!memmem(rig.sealed.data, rig.sealed.length, claim, strlen(claim)));
    tap(EV_EXIT);
    CHECK(is_clean());
    CHECK(!memmem(rig.session, sizeof(*rig.session), claim, strlen(claim)));
    teardown();
}

/* Outside the seal nothing tells a complaint from any other matter: staff who see the queue learn nothing. */
static void test_complaint_travels_as_every_application(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    complain("call");
    CHECK_STR(rig.kind, "application");
    check_hash(session_view(rig.session)->claim);
    teardown();
}

static void test_claim_is_another_one_each_time_and_other_matters_have_none(void **state)
{
    (void)state;
    char first[RECEIPT_TEXT];
    setup();
    card(&person_a);
    complain("anonymous");
    snprintf(first, sizeof(first), "%s", session_view(rig.session)->claim);
    tap(EV_NEXT);
    complain("anonymous");
    CHECK(strcmp(first, session_view(rig.session)->claim) != 0);
    teardown();
    setup();
    to_done();
    CHECK_STR(session_view(rig.session)->claim, "");
    teardown();
}

static void test_claim_is_looked_up_like_a_number(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    complain("anonymous");
    char claim[RECEIPT_TEXT];
    snprintf(claim, sizeof(claim), "%s", session_view(rig.session)->claim);
    tap(EV_EXIT);
    happen(EV_SCANNED, "", claim);
    CHECK_EQ(screen(), SCREEN_PROGRESS);
    CHECK_EQ(rig.asks, 1);
    CHECK_STR(session_view(rig.session)->asked.receipt, claim);
    teardown();
}

RUN(T(test_complaint_without_a_name_has_a_code_that_only_the_slip_knows),
    T(test_complaint_travels_as_every_application),
    T(test_claim_is_another_one_each_time_and_other_matters_have_none),
    T(test_claim_is_looked_up_like_a_number))
