/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

/* A course (SS-43): exercises with scores, a drill of wrong cases, and a certificate. */

static const struct course_view *course(void)
{
    return &session_view(rig.session)->course;
}

/* As the table of the exercise in hand says, or otherwise where `wishes` does. */
static void fill(const struct fill_answer *wishes)
{
    struct fill_answer all[EXERCISE_ANSWERS + 4] = { 0 };
    const struct exercise *x = course()->now;
    size_t n = 0;
    for (; wishes && wishes->field; wishes++)
        all[n++] = *wishes;
    for (size_t i = 0; i < x->answer_count; i++)
        all[n++] = (struct fill_answer){ x->answers[i].field, x->answers[i].value };
    CHECK(fill_form(rig.session, all));
}

static void confirm_certificates(void)
{
    for (int i = 0; i < 8 && screen() == SCREEN_FETCHED; i++) {
        const struct service *service = session_view(rig.session)->service;
        for (size_t k = 0; k < service->material_count; k++)
            happen(EV_SAY_CERTIFICATE, service->materials[k].id, "right");
        tap(EV_NEXT);
    }
}

static void begin(const char *id)
{
    happen(EV_OPEN_TASK, id, "");
    CHECK_EQ(screen(), SCREEN_TASK);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_HOME);
}

static void sign_and_send(void)
{
    CHECK_EQ(screen(), SCREEN_REVIEW);
    tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_DONE);
}

/* To the end of the visit. */
static void leave(void)
{
    tap(EV_EXIT);
    if (screen() == SCREEN_LEAVE)
        tap(EV_END);
    CHECK_EQ(screen(), SCREEN_SCORE);
}

static void do_matter(const char *id, const char *code, const char *paper)
{
    begin(id);
    happen(EV_OPEN_SERVICE, code, "");
    tap(EV_NEXT);
    confirm_certificates();
    fill(NULL);
    if (screen() == SCREEN_PAPERS) {
        fill_papers(rig.session, paper);
        tap(EV_NEXT);
    }
}

static void do_refusal(const char *id)
{
    begin(id);
    happen(EV_OPEN_SERVICE, "E02", "");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_CONDITION);
    tap(EV_PRINT_LEAFLET);
    CHECK(last_slip_says("PRACTICE"));
    leave();
}

static void do_well(const struct exercise *x)
{
    if (x->end == EXERCISE_REFUSED) {
        do_refusal(x->id);
        return;
    }
    do_matter(x->id, x->matter, x->end == EXERCISE_NOTICE ? "not" : "later");
    if (x->end == EXERCISE_RECEIPT)
        sign_and_send();
    else
        CHECK_EQ(screen(), SCREEN_NOTICE);
    leave();
}

static void go_on(void)
{
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_COURSE);
}

static bool is_right(enum course_check check, size_t at)
{
    const struct course_view *c = course();
    for (size_t i = 0; i < c->row_count; i++)
        if (c->rows[i].check == check && c->rows[i].at == at)
            return c->rows[i].is_right;
    fail();
    return false;
}

static void test_course_whoever_does_all_right_gets_the_certificate(void **state)
{
    (void)state;
    setup();
    to_course();
    for (size_t i = 0; i < rig.exercises->count; i++) {
        CHECK(!course()->can_print);
        tap(EV_PRINT_CERTIFICATE); /* nothing: not all of them are passed */
        do_well(&rig.exercises->list[i]);
        CHECK_EQ(course()->points, 100);
        go_on();
        CHECK_EQ(course()->tasks[i].best, 100);
    }
    CHECK(course()->is_passed);
    tap(EV_PRINT_CERTIFICATE);
    CHECK(last_slip_says("练习证明") && last_slip_says("PRACTICE"));
    for (size_t i = 0; i < rig.exercises->count; i++) {
        CHECK(last_slip_says(rig.exercises->list[i].title.in[LANGUAGE_ZH]));
        CHECK(!last_slip_says(rig.exercises->list[i].name));
    }
    CHECK(last_slip_says("100 / 100") && last_slip_says("2026-11-25"));
    CHECK(!last_slip_says("339999"));
    CHECK_EQ(course()->paper, PAPER_PRINTING);
    happen(EV_PRINT_STATE, rig.job, "");
    teardown();
}

static void test_course_leaves_nothing_in_queue_figures_or_memory(void **state)
{
    (void)state;
    setup();
    to_course();
    for (size_t i = 0; i < rig.exercises->count; i++) {
        do_well(&rig.exercises->list[i]);
        go_on();
    }
    tap(EV_EXIT);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK(is_clean());
    CHECK_EQ(rig.reserves, 0);
    CHECK_EQ(rig.submits, 0);
    CHECK_EQ(rig.asks, 0);
    CHECK_EQ(rig.notes, 0);
    CHECK_EQ(rig.questions, 0);
    CHECK_EQ(rig.rings, 0);
    CHECK_STR(rig.counted, "");
    CHECK(!course()->is_on);
    submit_subsidy(); /* and the next visit is real */
    CHECK_EQ(rig.submits, 1);
    teardown();
}

static void test_course_says_which_answer_and_which_paper_was_wrong(void **state)
{
    static const struct fill_answer wrong[] = { { "reason", "first" }, { NULL, NULL } };
    (void)state;
    setup();
    to_course();
    begin("photo-at-home");
    happen(EV_OPEN_SERVICE, "E01", "");
    tap(EV_NEXT);
    confirm_certificates();
    fill(wrong);
    fill_papers(rig.session, "here"); /* it is at home */
    tap(EV_NEXT);
    sign_and_send();
    leave();
    CHECK(is_right(CHECK_MATTER, 0) && is_right(CHECK_END, 0));
    CHECK(is_right(CHECK_ANSWER, 0) && !is_right(CHECK_ANSWER, 1) && is_right(CHECK_ANSWER, 2));
    CHECK(!is_right(CHECK_PAPER, 0));
    CHECK_EQ(course()->points, 75); /* 6 of 8 */
    go_on();
    CHECK(course()->tasks[1].best < course()->pass);
    do_well(course()->tasks[1].exercise); /* the better one counts */
    go_on();
    CHECK_EQ(course()->tasks[1].best, 100);
    teardown();
}

static void test_course_wrong_matter_first_and_half_a_form_score_little(void **state)
{
    (void)state;
    setup();
    to_course();
    begin("free-bus");
    happen(EV_OPEN_SERVICE, "H01", "");
    tap(EV_NEXT);
    CHECK(screen() != SCREEN_GUIDE);
    leave();
    CHECK(!is_right(CHECK_MATTER, 0) && !is_right(CHECK_END, 0));
    CHECK_EQ(course()->points, 0);
    tap(EV_BACK); /* once more */
    CHECK_EQ(screen(), SCREEN_TASK);
    tap(EV_NEXT);
    happen(EV_OPEN_SERVICE, "E01", "");
    tap(EV_NEXT);
    confirm_certificates();
    fill(NULL);
    leave(); /* filled in, never handed in */
    CHECK(is_right(CHECK_MATTER, 0) && !is_right(CHECK_ANSWER, 0) && !is_right(CHECK_END, 0));
    CHECK_EQ(course()->points, 14); /* 1 of 7 */
    teardown();
}

static void test_course_wrong_case_that_is_taken_in_all_the_same_fails(void **state)
{
    (void)state;
    setup();
    to_course();
    begin("not-yet-eighty");
    happen(EV_OPEN_SERVICE, "E02", "");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_CONDITION);
    tap(EV_INSIST);
    confirm_certificates();
    fill(NULL);
    sign_and_send();
    leave();
    CHECK(is_right(CHECK_MATTER, 0) && !is_right(CHECK_END, 0) && !is_right(CHECK_SLIP, 0));
    CHECK_EQ(course()->points, 25); /* 1 of 4 */
    teardown();
}

static void test_course_asks_for_no_slip_where_there_is_no_printer(void **state)
{
    (void)state;
    setup();
    number(EV_PRINTER, 0);
    to_course();
    begin("not-yet-eighty");
    happen(EV_OPEN_SERVICE, "E02", "");
    tap(EV_NEXT);
    leave();
    CHECK_EQ(course()->points, 100);
    teardown();
}

static void test_course_leaves_out_what_does_not_fit_the_catalogue(void **state)
{
    (void)state;
    setup();
    know_exercises("\"value\": \"70-plus\"", "\"value\": \"90-plus\"");
    CHECK(session_begin_course(rig.session, LANGUAGE_EN));
    CHECK_EQ(course()->count, rig.exercises->count - 1);
    CHECK_STR(course()->tasks[0].exercise->id, "photo-at-home");
    happen(EV_OPEN_TASK, "free-bus", "");
    CHECK_EQ(screen(), SCREEN_COURSE);
    CHECK_EQ(session_view(rig.session)->language, LANGUAGE_EN);
    teardown();
}

static void test_course_gives_way_to_a_real_card_and_is_forgotten(void **state)
{
    (void)state;
    for (int at = 0; at < 3; at++) {
        setup();
        to_score();
        if (at == 1)
            go_on();
        if (at == 2) {
            tap(EV_BACK);
            tap(EV_NEXT);
        }
        card(&person_a);
        CHECK_EQ(screen(), SCREEN_HOME);
        CHECK(!session_view(rig.session)->is_practice && !course()->is_on);
        CHECK(!memmem(rig.session, sizeof(*rig.session), "练习甲", strlen("练习甲")));
        teardown();
    }
}

static void test_course_begins_only_while_nobody_is_here(void **state)
{
    (void)state;
    setup();
    CHECK(!session_begin_course(rig.session, LANGUAGE_ZH)); /* nothing to practise */
    know_exercises(NULL, "");
    card(&person_a);
    CHECK(!session_begin_course(rig.session, LANGUAGE_ZH));
    CHECK(!session_view(rig.session)->is_practice);
    teardown();
}

RUN(T(test_course_whoever_does_all_right_gets_the_certificate),
    T(test_course_leaves_nothing_in_queue_figures_or_memory),
    T(test_course_says_which_answer_and_which_paper_was_wrong),
    T(test_course_wrong_matter_first_and_half_a_form_score_little),
    T(test_course_wrong_case_that_is_taken_in_all_the_same_fails),
    T(test_course_asks_for_no_slip_where_there_is_no_printer),
    T(test_course_leaves_out_what_does_not_fit_the_catalogue),
    T(test_course_gives_way_to_a_real_card_and_is_forgotten),
    T(test_course_begins_only_while_nobody_is_here))
