/* links: firmware/session firmware/practice firmware/case firmware/calendar firmware/point firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

/* The joint visit of a bundle (SS-30): a half-day before its form, what is sealed and printed of it, how it is looked up and
 * given back. */

static const char joint[] = "{\"name\":\"joint\",\"halves\":["
                            "{\"day\":\"20261126\",\"half\":\"am\",\"from\":\"09:00\",\"to\":"
                            "\"11:30\",\"free\":0},{\"day\":\"20261127\",\"half\":\"pm\",\"from\":"
                            "\"14:00\",\"to\":\"16:30\",\"free\":%d}]}";

/* The point's news, with a calendar of joint visits in which so many places are left. */
static void know_visits(int free_places)
{
    char complaint[POINT_COMPLAINT], text[400];
    size_t length;
    struct point_news *news = NULL;
    char *whole = test_file("fuzz/corpus/point/whole.json", &length);
    AUTO(json_release) json_t *o = json_parse(whole, length, complaint);
    free(whole);
    snprintf(text, sizeof(text), joint, free_places);
    json_t *calendar = json_parse(text, strlen(text), complaint);
    CHECK_EQ(json_array_append_new(json_object_get(o, "calendars"), calendar), 0);
    char *made = json_canonical(o);
    CHECK_EQ(point_parse(&news, made, strlen(made), complaint), 0);
    json_text_free(made);
    session_set_point(rig.session, news);
}

static void to_form_of_connections(void)
{
    card(&person_a);
    happen(EV_OPEN_SERVICE, "P04", "");
    CHECK_EQ(screen(), SCREEN_GUIDE);
    tap(EV_NEXT);
}

static void hand_in(const struct fill_answer *wishes)
{
    CHECK(fill_form(rig.session, wishes));
    if (screen() == SCREEN_PAPERS) {
        fill_papers(rig.session, "later");
        tap(EV_NEXT);
    }
    CHECK_EQ(screen(), SCREEN_REVIEW);
    reserve_answered();
    sign();
    tap(EV_NEXT);
    CHECK_EQ(rig.submits, 1);
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(screen(), SCREEN_DONE);
}

static const char *inside(const json_t *item, const char *part, const char *member)
{
    const char *text = json_string_value(json_object_get(json_object_get(item, part), member));
    return text ? text : "";
}

static void test_visit_takes_a_half_day_before_the_form_and_seals_and_prints_it(void **state)
{
    (void)state;
    setup();
    know_visits(2);
    to_form_of_connections();
    CHECK_EQ(screen(), SCREEN_CALENDAR);
    happen(EV_CHOOSE, "20261126", "am"); /* full */
    CHECK_EQ(screen(), SCREEN_CALENDAR);
    happen(EV_CHOOSE, "20261127", "pm");
    CHECK_EQ(screen(), SCREEN_FORM);
    happen(EV_CHOOSE, "half", "am"); /* not to be changed behind the calendar's back */
    hand_in(NULL);
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(inside(item, "manifest", "kind"), "application");
    CHECK_STR(inside(item, "booking", "calendar"), "joint");
    CHECK_STR(inside(item, "booking", "day"), "20261127");
    CHECK_STR(inside(item, "booking", "half"), "pm");
    CHECK_STR(inside(item, "form", "day"), "20261127");
    CHECK_STR(inside(item, "form", "half"), "pm");
    CHECK(last_slip_says("2026-11-27") && last_slip_says("once the county confirms it"));
    teardown();
}

static void test_visit_that_fits_nobody_is_a_wish_and_says_that_the_county_sets_it(void **state)
{
    static const struct fill_answer wishes[] = { { "day", "20261201" }, { NULL, NULL } };
    (void)state;
    setup();
    know_visits(0); /* every half-day is taken: nobody is turned away for that */
    to_form_of_connections();
    CHECK_EQ(screen(), SCREEN_CALENDAR);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    hand_in(wishes);
    AUTO(json_release) json_t *item = opened_item();
    CHECK(!json_object_get(item, "booking"));
    CHECK_STR(inside(item, "form", "day"), "20261201");
    CHECK(last_slip_says("wished for: 2026-12-01"));
    teardown();
}

static void test_visit_without_a_calendar_is_asked_for_in_the_form(void **state)
{
    (void)state;
    setup();
    to_form_of_connections();
    CHECK_EQ(screen(), SCREEN_FORM);
    hand_in(NULL);
    AUTO(json_release) json_t *item = opened_item();
    CHECK(!json_object_get(item, "booking") && *inside(item, "form", "day"));
    CHECK(last_slip_says("the county sets the time"));
    teardown();
}

static void test_visit_goes_back_by_way_of_the_calendar_and_leaves_no_day_behind(void **state)
{
    (void)state;
    setup();
    know_visits(2);
    to_form_of_connections();
    happen(EV_CHOOSE, "20261127", "pm");
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_CALENDAR);
    tap(EV_NEXT);
    CHECK_STR(session_view(rig.session)->desk.day, "");
    teardown();
}

/* ---- looked up ----------------------------------------------------------------------- */

static void look_up(const char *visit, const char *part_state)
{
    char complaint[JSON_COMPLAINT], number[RECEIPT_TEXT], text[600];
    struct case_view c = { .where = CASE_COUNTY, .as_of_ms = wall, .kind = "application" };
    snprintf(
        text, sizeof(text),
        "{\"parts\":[{\"no\":1,\"name\":{\"zh\":\"联合踏勘\",\"en\":\"Joint visit\"},\"state\":"
        "\"%s\",\"visit\":%s}]}",
        part_state, visit);
    AUTO(json_release) json_t *o = json_parse(text, strlen(text), complaint);
    CHECK(o);
    timeline_read(&c.timeline, o);
    receipt_format(number, "K0012", 42);
    tap(EV_OPEN_PROGRESS);
    tap(EV_CLEAR);
    happen(EV_TYPE, "", number);
    tap(EV_NEXT);
    snprintf(c.receipt, sizeof(c.receipt), "%s", session_view(rig.session)->asked.receipt);
    snprintf(c.state, sizeof(c.state), "received");
    struct event e = { .kind = EV_CASE, .answer = &c };
    session_handle(rig.session, &e);
}

static const char *said(int language)
{
    static char out[CASE_VISIT_TEXT];
    session_case_part_visit(rig.session, &session_view(rig.session)->asked.timeline.parts.list[0],
                            language, out);
    return out;
}

static void test_visit_is_said_as_it_stands_and_what_is_no_visit_is_not(void **state)
{
    static const struct {
        const char *visit, *says;
    } rows[] = {
        { "{\"state\":\"confirmed\",\"day\":\"2026-11-30\",\"half\":\"am\",\"hours\":\"09:00–11:"
          "30\"}",
          "They come: 30 Nov 2026, morning, 09:00–11:30" },
        { "{\"state\":\"moved\",\"day\":\"2026-11-30\",\"half\":\"pm\"}",
          "They come at another time: 30 Nov 2026, afternoon" },
        { "{\"state\":\"held\",\"day\":\"2026-11-30\",\"half\":\"pm\"}",
          "They come: 30 Nov 2026, afternoon, once the county confirms it" },
        { "{\"state\":\"asked\"}", "They come: the county sets the time and tells you here" },
        { "{\"state\":\"asked\",\"day\":\"2026-11-30\",\"half\":\"am\"}",
          "They come: you wished for 30 Nov 2026, morning; the county sets the time" },
        { "{\"state\":\"full\",\"day\":\"2026-11-30\",\"half\":\"am\"}",
          "The half-day you chose was full by then; the county sets another time and tells you "
          "here" },
        { "{\"state\":\"confirmed\",\"day\":\"2026-11-31\",\"half\":\"am\"}", "" },
        { "{\"state\":\"dreamt\",\"day\":\"2026-11-30\"}", "" },
        { "7", "" },
    };
    (void)state;
    setup();
    card(&person_a);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        look_up(rows[i].visit, "received");
        CHECK_STR(said(1), rows[i].says);
    }
    look_up(rows[0].visit, "terminated");
    CHECK_STR(said(1), ""); /* nobody comes to what is over */
    teardown();
}

static void test_visit_stands_on_the_slip_about_the_case(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    look_up(
        "{\"state\":\"moved\",\"day\":\"2026-11-30\",\"half\":\"pm\",\"hours\":\"14:00–16:30\"}",
        "received");
    tap(EV_PRINT_CASE);
    CHECK(last_slip_says("They come at another time: ") && last_slip_says("14:00–16:30"));
    teardown();
}

static void test_visit_is_given_back_only_while_it_holds_a_time(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    look_up("{\"state\":\"asked\"}", "received");
    tap(EV_OPEN_CANCEL);
    CHECK_EQ(screen(), SCREEN_PROGRESS);
    look_up("{\"state\":\"held\",\"day\":\"2026-11-30\",\"half\":\"pm\"}", "received");
    tap(EV_OPEN_CANCEL);
    CHECK_EQ(screen(), SCREEN_CANCEL);
    happen(EV_TYPE, "", "1234");
    tap(EV_NEXT);
    reserve_answered();
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(inside(item, "manifest", "kind"), "appointment");
    CHECK_STR(inside(item, "cancel", "phone_tail"), "1234");
    CHECK_STR(inside(item, "cancel", "receipt"), session_view(rig.session)->asked.receipt);
    teardown();
}

RUN(T(test_visit_takes_a_half_day_before_the_form_and_seals_and_prints_it),
    T(test_visit_that_fits_nobody_is_a_wish_and_says_that_the_county_sets_it),
    T(test_visit_without_a_calendar_is_asked_for_in_the_form),
    T(test_visit_goes_back_by_way_of_the_calendar_and_leaves_no_day_behind),
    T(test_visit_is_said_as_it_stands_and_what_is_no_visit_is_not),
    T(test_visit_stands_on_the_slip_about_the_case),
    T(test_visit_is_given_back_only_while_it_holds_a_time))
