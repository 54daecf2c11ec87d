/* links: firmware/session firmware/case firmware/point firmware/slip firmware/seal firmware/catalogue firmware/calendar firmware/card firmware/base */
#include "firmware/base/json.h"
#include "tests/support/session_rig.h"
#include "firmware/calendar/calendar.h"

/* ---- what the county reads ------------------------------------------------------------ */

static const json_t *row_of(const json_t *list, const char *key, const char *value)
{
    size_t i;
    const json_t *row;
    json_array_foreach(list, i, row)
    {
        if (!strcmp(json_text_at(row, key), value))
            return row;
    }
    return NULL;
}

static bool slip_says(const char *words)
{
    for (size_t i = 0; rig.slip && i < rig.slip->count; i++)
        if (strstr(rig.slip->lines[i].text, words) ||
            (rig.slip->lines[i].label && strstr(rig.slip->lines[i].label, words)))
            return true;
    return false;
}

static void hand_in(void)
{
    reserve_answered();
    if (session_view(rig.session)->service->needs_consent)
        tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_SUBMITTING);
    CHECK_EQ(rig.submits, 1);
}

static void open_form(const char *code)
{
    card(&person_a);
    happen(EV_OPEN_SERVICE, code, "");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
}

static const struct paper_row *shown(const char *id)
{
    const struct checklist_view *papers = &session_view(rig.session)->papers;
    for (size_t i = 0; i < papers->count; i++)
        if (!strcmp(papers->rows[i].material->id, id))
            return &papers->rows[i];
    return NULL;
}

/* ---- papers --------------------------------------------------------------------------- */

static void test_papers_that_are_all_looked_up_cost_no_step(void **state)
{
    (void)state;
    setup();
    fill_subsidy(); /* from the form to the review */
    const struct checklist_view *papers = &session_view(rig.session)->papers;
    CHECK(!papers->is_asked && papers->count >= 3);
    teardown();
}

static void test_papers_must_all_be_answered_before_the_review(void **state)
{
    (void)state;
    setup();
    to_papers();
    CHECK_EQ(screen(), SCREEN_PAPERS);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_PAPERS);
    CHECK(session_view(rig.session)->has_errors_shown);
    fill_papers(rig.session, "here");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_PAPERS);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_FORM);
    teardown();
}

static void test_papers_of_the_guide_alone_may_follow(void **state)
{
    (void)state;
    setup();
    to_papers();
    const struct service *s = session_view(rig.session)->service;
    for (size_t i = 0; i < s->material_count; i++) {
        happen(EV_ANSWER_PAPER, s->materials[i].id, "later");
        const struct paper_row *row = shown(s->materials[i].id);
        if (row)
            CHECK_EQ(row->held, s->materials[i].how == MATERIAL_LATER ? HELD_LATER : HELD_UNSAID);
    }
    teardown();
}

static void test_papers_come_one_at_a_time_in_the_elder_version(void **state)
{
    (void)state;
    setup();
    tap(EV_ELDER);
    to_papers();
    int asked = 0;
    for (; asked < 10 && screen() == SCREEN_PAPERS; asked++) {
        const struct checklist_view *papers = &session_view(rig.session)->papers;
        CHECK(papers->only >= 0);
        CHECK(papers->rows[papers->only].material->how != MATERIAL_FETCHED);
        tap(EV_NEXT);
        CHECK(session_view(rig.session)->has_errors_shown);
        happen(EV_ANSWER_PAPER, papers->rows[papers->only].material->id, "here");
        tap(EV_NEXT);
    }
    CHECK_EQ(asked, 4);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    tap(EV_BACK);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_PAPERS); /* the one before the last */
    teardown();
}

static void test_papers_promised_later_are_signed_sealed_and_printed_with_their_day(void **state)
{
    (void)state;
    char version[PROMISE_VERSION];
    setup();
    tap(EV_LANGUAGE); /* English: the slip carries both */
    open_form("D01");
    const struct fill_answer wishes[] = { { "applicant", "guardian" }, { NULL, NULL } };
    CHECK(fill_form(rig.session, wishes));
    CHECK_EQ(screen(), SCREEN_PAPERS);
    happen(EV_ANSWER_PAPER, "guardian-proof", "later");
    const struct paper_row *row = shown("guardian-proof");
    CHECK(row && row->held == HELD_LATER);
    char due[9];
    bool is_provisional;
    session_day_after(rig.session, 10, due, &is_provisional);
    CHECK_STR(row->due, due);
    CHECK(row->is_provisional); /* no calendar was given */
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    hand_in();
    AUTO(json_release) json_t *item = opened_item();
    const json_t *paper = row_of(json_object_get(item, "materials"), "id", "guardian-proof");
    CHECK_STR(json_text_at(paper, "state"), "owed");
    CHECK_STR(json_text_at(paper, "due"), due);
    CHECK_STR(json_text_at(row_of(json_object_get(item, "materials"), "id", "household"), "state"),
              "to-fetch");
    const json_t *gap = row_of(json_object_get(item, "gaps"), "material", "guardian-proof");
    const json_t *promise = json_object_get(gap, "promise");
    gap_promise_version(rig.session, version);
    CHECK_STR(json_text_at(gap, "due"), due);
    CHECK_STR(json_text_at(promise, "version"), version);
    CHECK_STR(json_text_at(promise, "language"), "en");
    CHECK(strstr(json_text_at(promise, "text"), "I promise") != NULL);
    CHECK(json_object_get(item, "signature") != NULL);
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    char dashed[12];
    snprintf(dashed, sizeof(dashed), "%.4s-%.2s-%.2s", due, due + 4, due + 6);
    CHECK(slip_says(dashed));
    CHECK(slip_says(version));
    CHECK(slip_says("revoked"));
    teardown();
}

static void test_papers_answered_anew_want_a_new_signature(void **state)
{
    (void)state;
    setup();
    to_papers();
    fill_papers(rig.session, "here");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    sign();
    CHECK(ink_is_written(session_view(rig.session)->signature));
    tap(EV_OPEN_PAPERS);
    CHECK_EQ(screen(), SCREEN_PAPERS);
    fill_papers(rig.session, "later");
    CHECK(!ink_is_written(session_view(rig.session)->signature));
    teardown();
}

static void test_papers_a_promised_day_stays_what_was_seen(void **state)
{
    (void)state;
    static struct calendar holidays;
    char complaint[CALENDAR_COMPLAINT];
    setup();
    CHECK_EQ(calendar_learn_file(&holidays, "assets/calendar/2026.json", complaint), 0);
    rig.session->config.calendar = &holidays;
    to_papers();
    fill_papers(rig.session, "later");
    const struct checklist_view *papers = &session_view(rig.session)->papers;
    char due[9] = "";
    for (size_t i = 0; i < papers->count; i++)
        if (papers->rows[i].held == HELD_LATER)
            snprintf(due, sizeof(due), "%s", papers->rows[i].due);
    CHECK_EQ(strlen(due), 8);
    fake_clock_advance(&rig.clock, INT64_C(3) * 86400000);
    papers = &session_view(rig.session)->papers;
    for (size_t i = 0; i < papers->count; i++)
        if (papers->rows[i].held == HELD_LATER)
            CHECK_STR(papers->rows[i].due, due);
    teardown();
}

/* ---- what is missing ------------------------------------------------------------------ */

static void test_notice_names_all_that_is_missing_at_once_and_is_given_once(void **state)
{
    (void)state;
    setup();
    to_notice();
    CHECK_EQ(screen(), SCREEN_NOTICE);
    CHECK_EQ(rig.prints, 1);
    const struct service *s = session_view(rig.session)->service;
    for (size_t i = 0; i < s->material_count; i++)
        if (s->materials[i].how == MATERIAL_BRING && shown(s->materials[i].id))
            CHECK(slip_says(s->materials[i].name.in[LANGUAGE_ZH]));
    CHECK_EQ(session_view(rig.session)->papers.missing_count, 3);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_PAPERS);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_NOTICE);
    CHECK_EQ(rig.prints, 1); /* the same list is not said twice */
    teardown();
}

static void test_notice_leads_on_to_the_window_and_the_county_knows_what_was_said(void **state)
{
    (void)state;
    setup();
    to_notice();
    number(EV_PRINT_STATE, PAPER_DONE);
    CHECK_EQ(session_view(rig.session)->papers.slip, PAPER_DONE);
    tap(EV_HAND_IN);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    hand_in();
    AUTO(json_release) json_t *item = opened_item();
    const json_t *notice = json_object_get(item, "notice");
    CHECK_EQ(json_array_size(json_object_get(notice, "missing")), 3);
    CHECK_EQ(strlen(json_text_at(notice, "given_at")), 20);
    size_t missing = 0, i;
    const json_t *row;
    json_array_foreach(json_object_get(item, "materials"), i, row)
    {
        missing += !strcmp(json_text_at(row, "state"), "missing");
    }
    CHECK_EQ(missing, 3);
    teardown();
}

static void test_notice_come_back_ends_the_visit_and_submits_nothing(void **state)
{
    (void)state;
    setup();
    to_notice();
    tap(EV_END);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK_EQ(rig.submits, 0);
    CHECK(is_clean());
    teardown();
}

static void test_notice_that_did_not_come_out_is_printed_again_and_marked(void **state)
{
    (void)state;
    setup();
    to_notice();
    number(EV_PRINT_STATE, PAPER_ASK);
    tap(EV_SLIP_BAD);
    CHECK_EQ(rig.prints, 2);
    CHECK(rig.is_reprint);
    tap(EV_SLIP_BAD);
    tap(EV_SLIP_BAD);
    CHECK_EQ(rig.prints, 3);
    CHECK_EQ(session_view(rig.session)->papers.slip, PAPER_FAILED);
    teardown();
}

RUN(T(test_papers_that_are_all_looked_up_cost_no_step),
    T(test_papers_must_all_be_answered_before_the_review),
    T(test_papers_of_the_guide_alone_may_follow),
    T(test_papers_come_one_at_a_time_in_the_elder_version),
    T(test_papers_promised_later_are_signed_sealed_and_printed_with_their_day),
    T(test_papers_answered_anew_want_a_new_signature),
    T(test_papers_a_promised_day_stays_what_was_seen),
    T(test_notice_names_all_that_is_missing_at_once_and_is_given_once),
    T(test_notice_leads_on_to_the_window_and_the_county_knows_what_was_said),
    T(test_notice_come_back_ends_the_visit_and_submits_nothing),
    T(test_notice_that_did_not_come_out_is_printed_again_and_marked))
