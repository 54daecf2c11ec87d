/* links: firmware/case firmware/calendar firmware/base */
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "firmware/case/case.h"

static struct calendar cal;

static int learn_years(void **state)
{
    (void)state;
    for (int year = 2025; year <= 2026; year++) {
        char path[80], complaint[CALENDAR_COMPLAINT];
        size_t length;
        snprintf(path, sizeof(path), "../assets/calendar/%d.json", year);
        char *text = test_file(path, &length);
        int r = calendar_learn(&cal, text, length, complaint);
        free(text);
        if (r)
            return r;
    }
    return 0;
}

static day on(const char *text)
{
    return day_from_text(text);
}

static void check_day(day d, const char *text)
{
    char got[9];
    day_to_text(got, d);
    CHECK_STR(got, text);
}

static const struct case_detail county = { .by = ACTOR_COUNTY, .reason = "in writing", .days = 10 };
static const struct case_detail resident = { .by = ACTOR_RESIDENT };
static const struct case_detail at_kiosk = { .by = ACTOR_KIOSK };

/* A case that the county received on `d`. */
static struct case_file received(day d, int promised, int legal)
{
    struct case_file c;
    case_open(&c, promised, legal);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_SIGN, d, &resident), 0);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_COMMIT, d, &at_kiosk), 0);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_RECEIVE, d, &county), 0);
    return c;
}

static struct case_file accepted(day d, int promised, int legal)
{
    struct case_file c = received(d, promised, legal);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_ACCEPT, d, &county), 0);
    return c;
}

static struct case_file with_gap(day d, int late_days)
{
    struct case_file c = received(d, 10, 20);
    const struct case_owed owed[] = { { "guardian-proof", late_days }, { "photo", late_days + 2 } };
    const struct case_detail detail = { .by = ACTOR_COUNTY, .gap_count = 2, .gaps = owed };
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_ACCEPT_GAP, d, &detail), 0);
    return c;
}

/* ---- what must never be ---------------------------------------------------------------- */

static void test_case_paper_that_the_guide_does_not_list_is_never_a_gap(void **state)
{
    (void)state;
    struct case_file c = received(on("20261102"), 10, 20), before = c;
    const struct case_owed main_material[] = { { "photo", 5 }, { "disability-certificate", 0 } };
    struct case_detail detail = { .by = ACTOR_COUNTY, .gap_count = 2, .gaps = main_material };
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_ACCEPT_GAP, on("20261102"), &detail), CASE_E_GAP);
    detail.gap_count = 0;
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_ACCEPT_GAP, on("20261102"), &detail), CASE_E_GAP);
    detail.gap_count = CASE_GAPS_MAX + 1;
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_ACCEPT_GAP, on("20261102"), &detail), CASE_E_FULL);
    CHECK_BYTES(&c, &before, sizeof(c));
}

static void test_case_second_notice_changes_nothing_and_raises_an_alarm(void **state)
{
    (void)state;
    struct case_file c = received(on("20261102"), 10, 20);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_NOTIFY, on("20261103"), &county), 0);
    day by = c.correct_by;
    CHECK(!c.has_alarm);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_NOTIFY, on("20261104"), &county), CASE_E_NOTICE);
    CHECK(c.has_alarm);
    CHECK_EQ(c.correct_by, by);
    CHECK_EQ(c.notices, 1);
    /* Unless the applicant has changed the facts. */
    struct case_detail changed = county;
    changed.has_changed = true;
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_NOTIFY, on("20261105"), &changed), 0);
    CHECK_EQ(c.notices, 2);
}

static void test_case_refusals_without_a_written_reason_are_not_taken(void **state)
{
    (void)state;
    static const struct case_detail silent = { .by = ACTOR_COUNTY };
    for (size_t i = 0; i < case_table_count; i++) {
        const struct case_transition *t = &case_table[i];
        struct case_file c = with_gap(on("20261102"), 5);
        struct case_detail detail = silent;
        detail.by = t->by & ACTOR_COUNTY  ? ACTOR_COUNTY
                    : t->by & ACTOR_CLOCK ? ACTOR_CLOCK
                                          : ACTOR_RESIDENT;
        detail.material = "photo";
        c.state = t->in;
        int r = case_happen(&c, &cal, t->on, on("20261103"), &detail);
        CHECK_EQ(r == CASE_E_REASON, t->has_reason);
    }
}

static void test_case_steps_that_are_not_in_the_table_are_refused(void **state)
{
    (void)state;
    size_t rows = 0;
    for (int s = 0; s < CASE_STATES; s++)
        for (int e = 0; e < CASE_EVENTS; e++) {
            const struct case_transition *row = case_row((enum case_state)s, (enum case_event)e);
            struct case_file c = received(on("20261102"), 10, 20), before;
            c.state = (enum case_state)s;
            before = c;
            rows += row != NULL;
            if (row)
                continue;
            CHECK_EQ(case_happen(&c, &cal, (enum case_event)e, on("20261103"), &county),
                     CASE_E_EVENT);
            CHECK_BYTES(&c, &before, sizeof(c));
        }
    CHECK_EQ(rows, case_table_count); /* no step stands twice */
}

static void test_case_wrong_hands_and_wrong_days_are_refused(void **state)
{
    (void)state;
    struct case_file c = received(on("20261102"), 10, 20);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_ACCEPT, on("20261102"), &at_kiosk), CASE_E_ACTOR);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_ACCEPT, on("20261102"), &resident), CASE_E_ACTOR);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_DEEM, on("20261102"), &county), CASE_E_ACTOR);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_ACCEPT, on("20261101"), &county), CASE_E_TIME);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_ACCEPT, DAY_NONE, &county), CASE_E_TIME);
    CHECK_EQ(c.state, CASE_RECEIVED);
}

/* ---- articles -------------------------------------------------------------------------- */

static void test_case_every_step_names_its_article_and_every_state_its_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < case_table_count; i++)
        CHECK(*case_table[i].article && case_table[i].by);
    for (int s = 0; s < CASE_STATES; s++)
        CHECK(*case_state_name((enum case_state)s, false) &&
              *case_state_name((enum case_state)s, true));
    CHECK_STR(case_row(CASE_RECEIVED, CASE_EV_ACCEPT_GAP)->article, "Art. 11 par. 2");
    CHECK_STR(case_row(CASE_RECEIVED, CASE_EV_NOTIFY)->article, "Art. 11 par. 3");
    CHECK_STR(case_row(CASE_DRAFT, CASE_EV_SIGN)->article, "Art. 10");
}

/* Licensing Law 32: silence for five days is acceptance, from the day of receipt. */
static void test_case_law_32_silence_is_acceptance_from_the_day_of_receipt(void **state)
{
    (void)state;
    struct case_happening out[CASE_HAPPENINGS_MAX];
    struct case_file c = received(on("20261102"), 10, 20); /* a Monday */
    for (day d = on("20261103"); d <= on("20261109"); d++)
        CHECK_EQ(case_day(&c, &cal, d, out), 0);
    CHECK_EQ(case_day(&c, &cal, on("20261110"), out), 1);
    CHECK_EQ(out[0].kind, HAPPENING_DEEMED);
    CHECK_EQ(c.state, CASE_ACCEPTED);
    CHECK_EQ(c.accepted, on("20261102"));
    check_day(case_promised_by(&c, &cal, on("20261110"), NULL), "20261116");
}

/* Art. 11 par. 2: reminded three days before and on the day; late, the acceptance is revoked in writing. */
static void test_case_article_11_2_reminds_twice_and_then_revokes(void **state)
{
    (void)state;
    struct case_happening out[CASE_HAPPENINGS_MAX];
    struct case_file c = with_gap(on("20261102"), 5); /* due Monday 9 and Wednesday 11 */
    check_day(c.gaps[0].due, "20261109");
    CHECK_EQ(case_day(&c, &cal, on("20261103"), out), 0);
    CHECK_EQ(case_day(&c, &cal, on("20261104"), out), 1); /* Wednesday: three working days before */
    CHECK(out[0].kind == HAPPENING_REMIND_SOON && out[0].gap == 0);
    CHECK_EQ(case_day(&c, &cal, on("20261109"), out), 1);
    CHECK_EQ(out[0].kind, HAPPENING_REMIND_TODAY);
    CHECK_EQ(case_day(&c, &cal, on("20261110"), out), 1);
    CHECK(out[0].kind == HAPPENING_REVOKED && out[0].gap == 0);
    CHECK_EQ(c.state, CASE_REVOKED);
    CHECK_EQ(c.finished, on("20261110"));
}

static void test_case_article_11_2_papers_in_time_lead_to_acceptance(void **state)
{
    (void)state;
    struct case_happening out[CASE_HAPPENINGS_MAX];
    struct case_file c = with_gap(on("20261102"), 5);
    struct case_detail paper = { .by = ACTOR_KIOSK, .material = "photo" };
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_GAP_CLOSED, on("20261103"), &paper), 0);
    CHECK_EQ(c.state, CASE_ACCEPTED_GAP);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_GAP_CLOSED, on("20261103"), &paper),
             CASE_E_GAP); /* twice */
    paper.material = "no-such";
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_GAP_CLOSED, on("20261103"), &paper), CASE_E_GAP);
    paper.material = "guardian-proof";
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_GAP_CLOSED, on("20261109"), &paper),
             0); /* on the last day */
    CHECK_EQ(c.state, CASE_ACCEPTED);
    CHECK_EQ(c.accepted, on("20261102")); /* the clock ran all the while */
    CHECK_EQ(case_day(&c, &cal, on("20261110"), out), 0);
}

/* Art. 11 par. 3: what is not corrected in time counts as withdrawn. */
static void test_case_article_11_3_no_correction_in_time_is_withdrawal(void **state)
{
    (void)state;
    struct case_happening out[CASE_HAPPENINGS_MAX];
    struct case_file c = received(on("20261102"), 10, 20);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_NOTIFY, on("20261103"), &county), 0);
    check_day(c.correct_by, "20261117");
    CHECK_EQ(case_day(&c, &cal, on("20261117"), out), 0);
    CHECK_EQ(case_day(&c, &cal, on("20261118"), out), 1);
    CHECK_EQ(out[0].kind, HAPPENING_LAPSED);
    CHECK_EQ(c.state, CASE_WITHDRAWN);
}

static void test_case_late_promise_is_told_once_on_the_day_after(void **state)
{
    (void)state;
    struct case_happening out[CASE_HAPPENINGS_MAX];
    struct case_file c = accepted(on("20261102"), 2, 5);
    size_t late = 0, by_law = 0;
    for (day d = on("20261103"); d < on("20261201"); d++) {
        size_t count = case_day(&c, &cal, d, out);
        for (size_t i = 0; i < count; i++) {
            late += out[i].kind == HAPPENING_LATE;
            by_law += out[i].kind == HAPPENING_LATE_BY_LAW;
            CHECK_EQ(d, out[i].kind == HAPPENING_LATE ? on("20261105") : on("20261110"));
        }
    }
    CHECK_EQ(late, 1);
    CHECK_EQ(by_law, 1);
    CHECK(case_days_left(&c, &cal, on("20261106")) < 0);
}

static void test_case_whole_life_from_draft_to_rating(void **state)
{
    (void)state;
    struct case_file c = accepted(on("20261102"), 10, 20);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_GRANT, on("20261105"), &county), 0);
    CHECK_EQ(case_days_left(&c, &cal, on("20261220")), 7); /* frozen when it was done */
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_DELIVER, on("20261106"), &at_kiosk), 0);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_RATE, on("20261106"), &resident), 0);
    CHECK_EQ(c.state, CASE_RATED);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_RATE, on("20261107"), &resident),
             CASE_E_EVENT); /* one rating */
}

/* ---- properties over two years of holidays --------------------------------------------- */

static void test_case_pause_never_shortens_a_deadline_on_any_day(void **state)
{
    (void)state;
    for (day begin = on("20250101"); begin < on("20260901"); begin++)
        for (int wait = 0; wait < 12; wait += 5)
            for (int length = 0; length < 20; length += 3) {
                struct case_file c = accepted(begin, 7, 15);
                day before = case_promised_by(&c, &cal, begin, NULL),
                    law = case_legal_by(&c, &cal, begin, NULL);
                CHECK_EQ(case_happen(&c, &cal, CASE_EV_PAUSE, begin + wait, &county), 0);
                day during = case_promised_by(&c, &cal, begin + wait + length, NULL);
                CHECK_EQ(case_happen(&c, &cal, CASE_EV_RESUME, begin + wait + length, &county), 0);
                day after = case_promised_by(&c, &cal, begin + wait + length, NULL);
                CHECK(after >= before && after == during);
                CHECK(case_legal_by(&c, &cal, begin + wait + length, NULL) >= law);
                /* And no longer than the clock stood: what is left is what was left. */
                CHECK_EQ(calendar_count(&cal, begin + wait + length, after),
                         calendar_count(&cal, begin + wait, before));
            }
}

static void test_case_promise_is_never_later_than_the_law_on_any_day(void **state)
{
    (void)state;
    for (day begin = on("20250101"); begin < on("20261001"); begin++)
        for (int promised = 0; promised < 30; promised += 4)
            for (int legal = 0; legal < 30; legal += 3) {
                struct case_file c = accepted(begin, promised, legal);
                CHECK(case_promised_by(&c, &cal, begin, NULL) <=
                      case_legal_by(&c, &cal, begin, NULL));
            }
}

static void test_case_papers_get_the_time_that_the_office_took(void **state)
{
    (void)state;
    struct case_happening out[CASE_HAPPENINGS_MAX];
    struct case_file c = with_gap(on("20261102"), 5);
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_PAUSE, on("20261103"), &county), 0);
    CHECK_EQ(case_day(&c, &cal, on("20261120"), out),
             0); /* nothing is revoked while the clock stands */
    CHECK_EQ(case_happen(&c, &cal, CASE_EV_RESUME, on("20261120"), &county), 0);
    CHECK_EQ(c.state, CASE_ACCEPTED_GAP);
    CHECK_EQ(calendar_count(&cal, on("20261120"), c.gaps[0].due), 4);
}

/* ---- escalation ------------------------------------------------------------------------ */

static void test_case_escalation_is_answered_in_one_five_or_ten_days_or_goes_up(void **state)
{
    (void)state;
    static const char *const due[] = { "20261103", "20261109", "20261116" };
    for (int w = 0; w < ESCALATION_WEIGHTS; w++) {
        struct escalation e = { (enum escalation_weight)w, on("20261102"), DAY_NONE, 1 };
        day by = escalation_due(&e, &cal, NULL);
        check_day(by, due[w]);
        CHECK(!escalation_day(&e, &cal, by));
        CHECK(escalation_day(&e, &cal, by + 1));
        CHECK_EQ(e.level, 2);
        CHECK(!escalation_day(&e, &cal, by + 1)); /* the next desk has its own time */
        e.answered = by + 1;
        CHECK(!escalation_day(&e, &cal, by + 300));
    }
    struct escalation top = { ESCALATION_SIMPLE, on("20260105"), DAY_NONE, ESCALATION_LEVELS };
    CHECK(!escalation_day(&top, &cal, on("20261102"))); /* nobody is above the province */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_case_paper_that_the_guide_does_not_list_is_never_a_gap),
        T(test_case_second_notice_changes_nothing_and_raises_an_alarm),
        T(test_case_refusals_without_a_written_reason_are_not_taken),
        T(test_case_steps_that_are_not_in_the_table_are_refused),
        T(test_case_wrong_hands_and_wrong_days_are_refused),
        T(test_case_every_step_names_its_article_and_every_state_its_words),
        T(test_case_law_32_silence_is_acceptance_from_the_day_of_receipt),
        T(test_case_article_11_2_reminds_twice_and_then_revokes),
        T(test_case_article_11_2_papers_in_time_lead_to_acceptance),
        T(test_case_article_11_3_no_correction_in_time_is_withdrawal),
        T(test_case_late_promise_is_told_once_on_the_day_after),
        T(test_case_whole_life_from_draft_to_rating),
        T(test_case_pause_never_shortens_a_deadline_on_any_day),
        T(test_case_promise_is_never_later_than_the_law_on_any_day),
        T(test_case_papers_get_the_time_that_the_office_took),
        T(test_case_escalation_is_answered_in_one_five_or_ten_days_or_goes_up),
    };
    return cmocka_run_group_tests(tests, learn_years, NULL);
}
