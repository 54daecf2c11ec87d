/* links: firmware/session firmware/practice firmware/case firmware/calendar firmware/point firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

/* What a visit adds to the figures of the month: once, in words of the table, and nothing that tells who or what was said. */

static void submitted(void)
{
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(screen(), SCREEN_DONE);
}

static bool has_counted(const char *figure)
{
    return strstr(rig.counted, figure) != NULL;
}

static void test_figures_count_nothing_before_it_is_stored_and_once_when_it_is_said_twice(void **st)
{
    (void)st;
    setup();
    submit_subsidy();
    CHECK_STR(rig.counted, "");
    submitted();
    CHECK(has_counted("done  alone 1;"));
    CHECK(has_counted("papers   "));
    char before[sizeof(rig.counted)];
    memcpy(before, rig.counted, sizeof(before));
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    tap(EV_EXIT);
    CHECK_STR(rig.counted, before); /* nor is a form left that was handed in */
    CHECK(!has_counted("D01"));     /* how much a matter needs is told, not which it was */
    teardown();
}

static void test_figures_say_that_somebody_helped_and_came_again(void **st)
{
    (void)st;
    setup();
    submit_subsidy();
    submitted();
    tap(EV_EXIT);
    rig.counted[0] = 0;
    rig.submits = 0;
    fill_subsidy();
    tap(EV_OPEN_HELP);
    tap(EV_HELPER_TAKES);
    happen(EV_HELP_MODE, "", "assist");
    reserve_answered();
    tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_HELPER_BACK); /* nothing is signed in the helper's hands */
    tap(EV_HELPER_RETURNS);
    sign();
    tap(EV_NEXT);
    submitted();
    CHECK(has_counted("done  assist 1;"));
    CHECK(has_counted("again   1;"));
    CHECK(!memmem(rig.counted, sizeof(rig.counted), person_a.number, 18));
    teardown();
}

static void test_figures_what_was_helped_with_goes_along_and_a_second_touch_takes_it_back(void **st)
{
    (void)st;
    setup();
    to_form();
    tap(EV_OPEN_HELP);
    tap(EV_HELPER_TAKES);
    happen(EV_HELP_MODE, "", "assist");
    happen(EV_CHOOSE, "grade", "1");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "care", "family");
    tap(EV_NEXT);
    happen(EV_TYPE, "", "13800000000");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_HELPER_BACK);
    happen(EV_HELP_SERVICE, "", "nonsense");
    CHECK_EQ(session_view(rig.session)->helper.service, HELP_WITH_NONE);
    happen(EV_HELP_SERVICE, "", "upload");
    happen(EV_HELP_SERVICE, "", "upload");
    CHECK_EQ(session_view(rig.session)->helper.service, HELP_WITH_NONE);
    happen(EV_HELP_SERVICE, "", "phone");
    tap(EV_HELPER_RETURNS);
    reserve_answered();
    tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(json_string_value(json_object_get(item, "help_mode")), "assist");
    CHECK_STR(json_string_value(json_object_get(item, "help_service")), "phone");
    teardown();
}

static void test_figures_tell_the_page_at_which_a_form_was_left(void **st)
{
    (void)st;
    setup();
    to_form();
    tap(EV_EXIT);
    CHECK_EQ(screen(), SCREEN_LEAVE);
    CHECK_STR(rig.counted, "");
    tap(EV_END);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK_STR(rig.counted, "left D01 page-1 1;");
    rig.counted[0] = 0;
    fill_subsidy();
    fake_clock_advance(&rig.clock, 3600000); /* walked away: the question, then the wipe */
    tap(EV_TIME);
    fake_clock_advance(&rig.clock, 3600000);
    tap(EV_TIME);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK_STR(rig.counted, "left D01 review 1;");
    teardown();
}

/* Back past the guide, and then away: from no page of the form. */
static void test_figures_of_a_form_that_was_gone_back_from_are_none(void **st)
{
    (void)st;
    setup();
    to_form();
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_GUIDE);
    tap(EV_BACK);
    tap(EV_EXIT);
    if (screen() == SCREEN_LEAVE)
        tap(EV_END);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK_STR(rig.counted, "");
    teardown();
}

static void test_figures_are_silent_about_whoever_only_looked(void **st)
{
    (void)st;
    setup();
    to_guide();
    tap(EV_EXIT);
    to_search();
    tap(EV_EXIT);
    CHECK_STR(rig.counted, "");
    teardown();
}

/* Which page of which form: beside the moment that would tell that somebody was about to complain. */
static void test_figures_do_not_tell_that_a_complaint_was_begun_or_made(void **st)
{
    (void)st;
    setup();
    card(&person_a);
    happen(EV_OPEN_SERVICE, "L03", "");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "kind", "complaint");
    tap(EV_EXIT);
    tap(EV_END);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK_STR(rig.counted, "left  page-1 1;");
    teardown();
}

static void test_figures_of_practice_go_nowhere(void **st)
{
    (void)st;
    setup();
    CHECK(session_begin_practice(rig.session));
    happen(EV_OPEN_SERVICE, "D01", "");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "kind", "limb");
    tap(EV_EXIT);
    tap(EV_END);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK_STR(rig.counted, "");
    teardown();
}

static void test_figures_of_the_kiosk_are_asked_for_and_shown(void **st)
{
    (void)st;
    const struct point_figures figures = { .is_known = true, .month = "202611", .done = 7 };
    setup();
    tap(EV_OPEN_POINT);
    tap(EV_OPEN_FIGURES);
    CHECK_EQ(screen(), SCREEN_FIGURES);
    CHECK_EQ(rig.figure_asks, 1);
    CHECK(!session_view(rig.session)->desk.figures.is_known);
    session_handle(rig.session, &(struct event){ .kind = EV_FIGURES, .figures = &figures });
    CHECK_EQ(session_view(rig.session)->desk.figures.done, 7);
    teardown();
}

RUN(T(test_figures_count_nothing_before_it_is_stored_and_once_when_it_is_said_twice),
    T(test_figures_say_that_somebody_helped_and_came_again),
    T(test_figures_what_was_helped_with_goes_along_and_a_second_touch_takes_it_back),
    T(test_figures_tell_the_page_at_which_a_form_was_left),
    T(test_figures_of_a_form_that_was_gone_back_from_are_none),
    T(test_figures_are_silent_about_whoever_only_looked),
    T(test_figures_do_not_tell_that_a_complaint_was_begun_or_made),
    T(test_figures_of_practice_go_nowhere), T(test_figures_of_the_kiosk_are_asked_for_and_shown))
