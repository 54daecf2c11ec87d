/* links: firmware/session firmware/practice firmware/case firmware/calendar firmware/point firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

/* A case that is looked up: the days that are left, and the slip about it. */

static const char told[] =
    "{\"promised_by\":\"2026-12-09\",\"legal_by\":\"2026-12-23\",\"days_left\":12,\"reason\":\"r\","
    "\"office\":{\"zh\":\"民政局\",\"en\":\"Civil Affairs\"},"
    "\"delivery\":{\"kind\":\"pickup\",\"code\":\"004211\",\"counter\":\"3号窗口\"},"
    "\"owed\":[{\"material\":\"photo\",\"due\":\"2026-12-01\"},{\"due\":\"2026-12-01\"},7],"
    "\"steps\":[{\"what\":\"received\",\"day\":\"2026-11-23\",\"lane\":\"front\"},"
    "{\"what\":\"grant\",\"day\":\"2026-11-24\",\"lane\":\"departments\"},"
    "{\"what\":\"set_out\",\"day\":\"2026-11-31\",\"lane\":\"hand-out\"}]}";

static struct timeline timeline_of(const char *json)
{
    struct timeline t;
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *o = json_parse(json, strlen(json), complaint);
    timeline_read(&t, o);
    return t;
}

static const struct case_view *asked(void)
{
    return &session_view(rig.session)->asked;
}

/* The county answers about the number that was typed. */
static void answered(const char *state, struct timeline t)
{
    char number[RECEIPT_TEXT];
    receipt_format(number, "K0012", 42);
    tap(EV_OPEN_PROGRESS);
    tap(EV_CLEAR);
    happen(EV_TYPE, "", number);
    tap(EV_NEXT);
    CHECK_EQ(asked()->where, CASE_ASKING);
    struct case_view c = { .where = CASE_COUNTY, .as_of_ms = wall, .timeline = t };
    snprintf(c.receipt, sizeof(c.receipt), "%s", asked()->receipt);
    snprintf(c.state, sizeof(c.state), "%s", state);
    struct event e = { .kind = EV_CASE, .answer = &c };
    session_handle(rig.session, &e);
}

static bool slip_says(const char *text)
{
    for (size_t i = 0; rig.slip && i < rig.slip->count; i++) {
        const char *line = rig.slip->lines[i].text, *label = rig.slip->lines[i].label;
        if ((line && strstr(line, text)) || (label && strstr(label, text)))
            return true;
    }
    return false;
}

static void test_timeline_says_how_a_parcel_stands_and_how_old_that_is(void **state)
{
    (void)state;
    struct timeline t = timeline_of(
        "{\"delivery\":{\"kind\":\"post\",\"tracking\":\"EX1\",\"parcel\":{\"state\":\"under_way\","
        "\"at\":\"2026-11-24T01:00:00Z\",\"as_of\":\"2026-11-25T01:00:00Z\"}}}");
    CHECK_EQ(t.posted.state, POSTED_UNDER_WAY);
    CHECK_EQ(t.posted.as_of_ms - t.posted.at_ms, 86400000);
    t = timeline_of("{\"delivery\":{\"kind\":\"post\",\"tracking\":\"EX1\"}}");
    CHECK_EQ(t.posted.state, POSTED_NONE); /* no carrier is asked */
    const char *rubbish[] = { "{\"state\":\"eaten\"}", "{\"state\":7}", "{\"at\":\"x\"}",
                              "{\"state\":\"unknown\",\"at\":\"2026-11-24T01:00:00Z\"}" };
    for (size_t i = 0; i < sizeof(rubbish) / sizeof(rubbish[0]); i++) {
        char json[200];
        snprintf(json, sizeof(json), "{\"delivery\":{\"kind\":\"post\",\"parcel\":%s}}",
                 rubbish[i]);
        t = timeline_of(json);
        CHECK(t.posted.state <= POSTED_UNKNOWN && !t.posted.at_ms && !t.posted.as_of_ms);
    }
}

static void test_parcel_stands_on_the_slip_as_the_carrier_said(void **state)
{
    (void)state;
    setup();
    struct timeline t =
        timeline_of("{\"delivery\":{\"kind\":\"post\",\"tracking\":\"EX123\",\"parcel\":{\"state\":"
                    "\"returned\","
                    "\"at\":\"2026-11-24T01:00:00Z\",\"as_of\":\"2026-11-25T01:00:00Z\"}}}");
    answered("delivered", t);
    tap(EV_PRINT_CASE);
    CHECK(slip_says("EX123") && slip_says("It came back to the office"));
    teardown();
}

static void test_timeline_is_read_and_what_is_no_day_is_left_out(void **state)
{
    (void)state;
    struct timeline t = timeline_of(told);
    CHECK(t.is_there && t.has_days_left);
    CHECK_EQ(t.days_left, 12);
    CHECK_STR(t.promised_by, "20261209");
    CHECK_STR(t.office[1], "Civil Affairs");
    CHECK_EQ(t.hand_out, HAND_OUT_PICKUP);
    CHECK_STR(t.code, "004211");
    CHECK_EQ(t.owed_count, 1);
    CHECK_STR(t.owed[0].due, "20261201");
    CHECK_EQ(t.step_count, 2); /* there is no 31 November */
    CHECK_EQ(t.steps[1].lane, LANE_DEPARTMENTS);
    t = timeline_of("{}");
    CHECK(!t.is_there && !t.step_count);
    t = timeline_of("{\"promised_by\":7,\"steps\":{},\"owed\":\"x\",\"delivery\":[]}");
    CHECK(t.is_there && !*t.promised_by && !t.step_count && !t.owed_count);
}

static const char bundle[] =
    "{\"reason\":\"r\",\"parts\":[{\"no\":1,\"name\":{\"zh\":\"出生登记\",\"en\":\"Household "
    "registration\"},\"office\":{\"zh\":\"公安局\",\"en\":\"Police\"},\"state\":\"delivered\","
    "\"delivery\":{\"kind\":\"post\",\"tracking\":\"EX1\"}},{\"no\":2,\"name\":{\"zh\":\"参保\"},"
    "\"state\":\"accepted\",\"promised_by\":\"2026-12-02\",\"days_left\":9},{\"no\":3,\"name\":{"
    "\"zh\":\"报销\",\"en\":\"Costs\"},\"state\":\"denied\",\"reason\":\"已经报销过\"},{\"no\":4,"
    "\"name\":{\"zh\":\"卡\"},\"state\":\"accepted\",\"waits_for\":[2,17,0,\"1\"]},"
    "{\"no\":17,\"name\":{\"zh\":\"x\"},\"state\":\"accepted\"},{\"no\":5,\"state\":\"accepted\"},"
    "{\"no\":6,\"name\":{\"zh\":\"x\"}},7]}";

static void test_parts_are_read_and_what_is_no_part_is_left_out(void **state)
{
    (void)state;
    struct timeline t = timeline_of(bundle);
    unsigned count[PART_ENDS];
    CHECK_EQ(t.parts.count, 4);
    CHECK_STR(t.parts.list[0].name[1], "Household registration");
    CHECK_STR(t.parts.list[1].name[1], "参保"); /* better than nothing */
    CHECK_STR(t.parts.list[2].reason, "已经报销过");
    CHECK_EQ(t.parts.list[3].waits_for, 2U);
    case_parts_tally(count, &t.parts);
    CHECK(count[PART_OPEN] == 2 && count[PART_DONE] == 1 && count[PART_FAILED] == 1);
    CHECK(!case_parts_are_partial(&t.parts)); /* two are still open */
    t = timeline_of("{\"parts\":{\"no\":1}}");
    CHECK_EQ(t.parts.count, 0);
}

static void test_a_bundle_of_some_and_some_is_partial_and_of_one_kind_is_not(void **state)
{
    static const struct {
        const char *a, *b;
        bool is_partial;
    } rows[] = { { "granted", "denied", true },     { "delivered", "terminated", true },
                 { "granted", "delivered", false }, { "denied", "withdrawn", false },
                 { "granted", "accepted", false },  { "denied", "received", false },
                 { "granted", "pigeon", false } };
    (void)state;
    CHECK(!case_parts_are_partial(&(struct case_parts){ 0 }));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct case_parts parts = { .count = 2 };
        snprintf(parts.list[0].state, sizeof(parts.list[0].state), "%s", rows[i].a);
        snprintf(parts.list[1].state, sizeof(parts.list[1].state), "%s", rows[i].b);
        CHECK_EQ(case_parts_are_partial(&parts), rows[i].is_partial);
    }
}

static void test_other_evidence_is_read_and_stands_on_the_slip(void **state)
{
    (void)state;
    setup();
    answered("accepted",
             timeline_of("{\"waived\":[{\"paper\":\"birth year\",\"evidence\":\"the old file\"},"
                         "{\"paper\":\"x\"},{\"evidence\":\"x\"},7]}"));
    CHECK_EQ(asked()->timeline.waived_count, 1);
    tap(EV_PRINT_CASE);
    CHECK(slip_says("birth year") && slip_says("the old file") && slip_says("凭其他证据免交"));
    teardown();
}

static void test_every_step_and_state_of_the_interface_has_words(void **state)
{
    static const char *const whats[] = {
        "received",         "accept",         "accept_gap",     "notify",
        "corrected",        "gap_closed",     "grant",          "deny",
        "set_out",          "deliver",        "pause",          "resume",
        "refuse",           "unlawful",       "gap_failed",     "end",
        "withdraw",         "rate",           "revoked",        "waive",
        "revisit",          "reminded_soon",  "reminded_today", "lapsed",
        "deemed_accepted",  "late",           "late_by_law",    "hand_over",
        "forward",          "arrived",        "promise_kept",   "promise_demand",
        "promise_reminded", "promise_lapsed", "annul"
    };
    static const char *const states[] = { "received",     "correction_requested",
                                          "accepted",     "accepted_gap",
                                          "not_accepted", "revoked",
                                          "in_review",    "suspended",
                                          "granted",      "denied",
                                          "delivered",    "rated",
                                          "annulled",     "withdrawn",
                                          "terminated" };
    (void)state;
    for (size_t i = 0; i < sizeof(whats) / sizeof(whats[0]); i++)
        CHECK(step_words_of(whats[i]) != NULL);
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
        CHECK(case_words_of(states[i]) != NULL);
    CHECK(!step_words_of("pigeon") && !case_words_of("pigeon"));
}

/* 25 November 2026 is a Wednesday; the promise ends on Wednesday 9 December. */
static void test_days_left_are_counted_here_while_the_clock_runs(void **state)
{
    (void)state;
    setup();
    answered("accepted", timeline_of(told));
    CHECK(asked()->timeline.is_counted_here);
    CHECK_EQ(asked()->timeline.days_left, 10);
    teardown();
}

static void test_days_left_stay_as_told_once_paused_or_decided(void **state)
{
    static const char *const states[] = { "granted", "suspended", "revoked" };
    (void)state;
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        setup();
        struct timeline t = timeline_of(told);
        if (i == 1)
            snprintf(t.paused_since, sizeof(t.paused_since), "20261124");
        answered(states[i], t);
        CHECK(!asked()->timeline.is_counted_here);
        CHECK_EQ(asked()->timeline.days_left, 12);
        teardown();
    }
}

static void test_each_part_has_days_of_its_own_and_a_line_on_the_slip(void **state)
{
    (void)state;
    setup();
    answered("accepted", timeline_of(bundle));
    const struct case_parts *parts = &asked()->timeline.parts;
    CHECK(parts->list[1].is_counted_here && !parts->list[0].is_counted_here);
    CHECK_EQ(parts->list[1].days_left, 5);
    tap(EV_PRINT_CASE);
    CHECK(slip_says("1  出生登记") &&
          slip_says("It is done and handed over · 公安局 · By post, number EX1"));
    CHECK(slip_says("Being worked on · working days left: 5, until 12月2日"));
    CHECK(slip_says("Not approved") && slip_says("已经报销过") && slip_says(case_remedy));
    CHECK(slip_says("begins when no. 2 is done"));
    CHECK(slip_says("Accepted") && !slip_says("Partly done")); /* the others are still open */
    teardown();
}

static void test_slip_about_a_case_follows_its_state(void **state)
{
    static const struct {
        const char *state, *title;
    } kinds[] = { { "correction_requested", "一次性告知单" },
                  { "accepted_gap", "容缺受理单" },
                  { "granted", "办件进度单" } };
    (void)state;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        setup();
        answered(kinds[i].state, timeline_of(told));
        tap(EV_PRINT_CASE);
        CHECK_EQ(rig.prints, 1);
        CHECK(slip_says(kinds[i].title));
        CHECK(slip_says("2026-12-01"));
        CHECK_EQ(session_view(rig.session)->progress.paper, PAPER_PRINTING);
        number(EV_PRINT_STATE, PAPER_DONE);
        CHECK_EQ(session_view(rig.session)->progress.paper, PAPER_DONE);
        CHECK_EQ(session_view(rig.session)->paper, PAPER_OFF); /* the receipt's own is another */
        teardown();
    }
}

static void test_status_slip_says_code_counter_reason_and_what_was_done(void **state)
{
    (void)state;
    setup();
    answered("granted", timeline_of(told));
    tap(EV_PRINT_CASE);
    static const char *const said[] = { "004211",     "3号窗口", "2026-12-09", "2026-12-23",
                                        "2026-11-24", "民政局",  "r" };
    for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
        CHECK(slip_says(said[i]));
    teardown();
}

static void
test_slip_about_a_case_is_printed_three_times_at_most_and_never_without_a_printer(void **state)
{
    (void)state;
    setup();
    number(EV_PRINTER, 0);
    answered("granted", timeline_of(told));
    CHECK(!session_view(rig.session)->progress.can_print);
    tap(EV_PRINT_CASE);
    CHECK_EQ(rig.prints, 0);
    number(EV_PRINTER, 1);
    for (int i = 0; i < 5; i++) {
        tap(EV_PRINT_CASE);
        number(EV_PRINT_STATE, PAPER_DONE);
    }
    CHECK_EQ(rig.prints, 3);
    CHECK(rig.is_reprint);
    tap(EV_EXIT);
    CHECK(is_clean());
    teardown();
}

/* A mark is for who holds the first one; paper is counted for the visit all the same. */
static void test_slip_about_another_case_is_no_reprint(void **state)
{
    (void)state;
    setup();
    look_up_item("application", CASE_COUNTY, "granted");
    tap(EV_PRINT_CASE);
    number(EV_PRINT_STATE, PAPER_DONE);
    char other[RECEIPT_TEXT];
    receipt_format(other, "K0012", 43);
    tap(EV_CLEAR);
    happen(EV_TYPE, "", other);
    tap(EV_NEXT);
    struct case_view answer = { .where = CASE_COUNTY, .kind = "application", .state = "granted" };
    snprintf(answer.receipt, sizeof(answer.receipt), "%s", other);
    struct event e = { .kind = EV_CASE, .answer = &answer };
    session_handle(rig.session, &e);
    tap(EV_PRINT_CASE);
    CHECK_EQ(rig.prints, 2);
    CHECK(!rig.is_reprint);
    number(EV_PRINT_STATE, PAPER_DONE);
    tap(EV_PRINT_CASE);
    CHECK(rig.is_reprint);
    number(EV_PRINT_STATE, PAPER_DONE);
    tap(EV_PRINT_CASE);
    CHECK_EQ(rig.prints, 3);
    teardown();
}

/* ---- who has it, what is checked, where it lies ------------------------------------------ */

static void test_owner_check_and_county_are_read_and_what_is_none_is_left_out(void **state)
{
    (void)state;
    struct timeline t = timeline_of("{\"owner\":{\"phone\":\"1\"},\"check\":{\"what\":{\"zh\":"
                                    "\"a\"},\"state\":\"demanded\",\"by\":\"2026-"
                                    "13-40\"},\"elsewhere\":{\"phone\":\"1\"}}");
    char text[CASE_OWNER_TEXT];
    session_case_owner(&t.owner, 0, text);
    CHECK_STR(text, "");
    CHECK_EQ(t.check.state, CHECK_NONE); /* a demand without its day could not be met */
    CHECK(!*t.elsewhere.name[0]);
    t = timeline_of("{\"owner\":{\"name\":\"Wang\",\"phone\":\"<b>\",\"office\":{\"zh\":\"x\"}},"
                    "\"check\":{\"what\":{\"en\":\"a\"},\"state\":\"open\",\"by\":\"2026-12-11\"},"
                    "\"elsewhere\":{\"name\":{\"zh\":\"Y\"},\"ref\":\"7\"}}");
    session_case_owner(&t.owner, 1, text);
    CHECK_STR(text, "x · Wang"); /* no telephone is better than one that is none */
    CHECK_EQ(t.check.state, CHECK_OPEN);
    CHECK_STR(t.check.by, "20261211");
    CHECK_STR(t.elsewhere.name[1], "Y");
}

static void test_article_14_what_to_put_right_stands_on_the_slip_with_its_day(void **state)
{
    (void)state;
    setup();
    answered(
        "granted",
        timeline_of(
            "{\"owner\":{\"name\":\"Wang Min\",\"phone\":\"0575-1\"},\"check\":{\"what\":{\"zh\":"
            "\"premises\"},\"state\":\"demanded\",\"by\":\"2026-12-11\"},\"reason\":\"a "
            "garage\"}"));
    tap(EV_PRINT_CASE);
    CHECK(slip_says("premises"));
    CHECK(slip_says("Wang Min"));
    CHECK(slip_says("a garage"));
    teardown();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_timeline_says_how_a_parcel_stands_and_how_old_that_is),
        T(test_parcel_stands_on_the_slip_as_the_carrier_said),
        T(test_timeline_is_read_and_what_is_no_day_is_left_out),
        T(test_every_step_and_state_of_the_interface_has_words),
        T(test_days_left_are_counted_here_while_the_clock_runs),
        T(test_days_left_stay_as_told_once_paused_or_decided),
        T(test_parts_are_read_and_what_is_no_part_is_left_out),
        T(test_a_bundle_of_some_and_some_is_partial_and_of_one_kind_is_not),
        T(test_other_evidence_is_read_and_stands_on_the_slip),
        T(test_owner_check_and_county_are_read_and_what_is_none_is_left_out),
        T(test_article_14_what_to_put_right_stands_on_the_slip_with_its_day),
        T(test_each_part_has_days_of_its_own_and_a_line_on_the_slip),
        T(test_slip_about_a_case_follows_its_state),
        T(test_status_slip_says_code_counter_reason_and_what_was_done),
        T(test_slip_about_a_case_is_printed_three_times_at_most_and_never_without_a_printer),
        T(test_slip_about_another_case_is_no_reprint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
