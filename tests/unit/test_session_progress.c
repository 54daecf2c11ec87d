/* links: firmware/session firmware/case firmware/calendar firmware/point firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
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

static void test_every_step_and_state_of_the_interface_has_words(void **state)
{
    static const char *const whats[] = {
        "received",   "accept",        "accept_gap",     "notify",  "corrected",       "gap_closed",
        "grant",      "deny",          "set_out",        "deliver", "pause",           "resume",
        "refuse",     "unlawful",      "gap_failed",     "end",     "withdraw",        "rate",
        "revoked",    "reminded_soon", "reminded_today", "lapsed",  "deemed_accepted", "late",
        "late_by_law"
    };
    static const char *const states[] = { "received",     "correction_requested",
                                          "accepted",     "accepted_gap",
                                          "not_accepted", "revoked",
                                          "in_review",    "suspended",
                                          "granted",      "denied",
                                          "delivered",    "rated",
                                          "withdrawn",    "terminated" };
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_timeline_is_read_and_what_is_no_day_is_left_out),
        T(test_every_step_and_state_of_the_interface_has_words),
        T(test_days_left_are_counted_here_while_the_clock_runs),
        T(test_days_left_stay_as_told_once_paused_or_decided),
        T(test_slip_about_a_case_follows_its_state),
        T(test_status_slip_says_code_counter_reason_and_what_was_done),
        T(test_slip_about_a_case_is_printed_three_times_at_most_and_never_without_a_printer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
