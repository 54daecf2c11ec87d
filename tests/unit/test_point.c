/* links: firmware/point firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "firmware/base/clock.h"
#include "firmware/base/json.h"
#include "firmware/calendar/calendar.h"
#include "firmware/point/point.h"
#include "tests/support/check.h"

static struct point_news *read_corpus(const char *name)
{
    char complaint[POINT_COMPLAINT];
    size_t length;
    struct point_news *p = NULL;
    char *text = test_file(name, &length);
    CHECK_EQ(point_parse(&p, text, length, complaint), 0);
    free(text);
    return p;
}

static struct point_news *whole(void)
{
    return read_corpus("fuzz/corpus/point/whole.json");
}

static int parse(const char *text, char complaint[POINT_COMPLAINT])
{
    AUTO(point_free) struct point_news *p = NULL;
    return point_parse(&p, text, strlen(text), complaint);
}

static void test_point_says_what_the_document_says(void **state)
{
    (void)state;
    AUTO(point_free) struct point_news *p = whole();
    CHECK_EQ(p->version, 7);
    CHECK_STR(p->prefix, "A");
    CHECK_EQ(p->calendars[0].halves[1].free, 4);
    CHECK(p->calendars[0].halves[1].is_afternoon);
    CHECK_STR(p->others[0].phone, "0575-00000001");
    CHECK_EQ(p->month.rating_tenths, 47);
    CHECK_STR(p->places[0].name.en, "Service windows");
}

static void test_point_counts_are_not_todays_once_they_are_old(void **state)
{
    (void)state;
    AUTO(point_free) struct point_news *p = whole();
    CHECK_EQ(point_queue_now(p, "elders", p->made_ms + POINT_FRESH_MS)->waiting, 3);
    CHECK(point_queue_now(p, "elders", p->made_ms + POINT_FRESH_MS + 1) == NULL);
    CHECK(point_queue_now(p, "elders", p->made_ms - POINT_FRESH_MS - 1) == NULL);
    CHECK(point_queue_now(p, "housing", p->made_ms) == NULL);
    CHECK(point_queue_now(NULL, "elders", 0) == NULL);
}

static void test_point_half_day_that_has_begun_is_over(void **state)
{
    (void)state;
    AUTO(point_free) struct point_news *p = whole();
    const struct point_calendar *c = point_calendar_for(p, "F02", "window");
    CHECK_EQ(point_next_half(c, 0, "20261125", 1439), 0);
    CHECK_EQ(point_next_half(c, 0, "20261126", 8 * 60 + 29), 0);
    CHECK_EQ(point_next_half(c, 0, "20261126", 8 * 60 + 30), 1);
    CHECK_EQ(point_next_half(c, 0, "20261126", 14 * 60), 2);
    CHECK_EQ(point_next_half(c, 0, "20261128", 0), 3);
    CHECK_EQ(point_next_half(c, 0, NULL, 0), 0);
    CHECK(point_has_free(c, "20261127", 0));
    CHECK(!point_has_free(c, "20261127", 9 * 60));
    CHECK(!point_has_free(NULL, "20261127", 0));
    CHECK(point_calendar_for(p, "F02", "tour") == NULL);
}

static void test_point_is_closed_at_ten_in_the_evening(void **state)
{
    (void)state;
    AUTO(point_free) struct point_news *p = whole();
    const struct point_other *o = &p->others[0];
    CHECK(point_is_open(o, 3, 10 * 60));
    CHECK(!point_is_open(o, 3, 22 * 60));
    CHECK(!point_is_open(o, 3, 17 * 60));
    CHECK(!point_is_open(o, 6, 10 * 60));
    CHECK(point_can(o, "elders") && point_can(o, NULL) && !point_can(o, "housing"));
}

/* On a holiday the hours of the week hold nowhere but where they are those of every day. */
static void test_point_is_closed_on_a_holiday_unless_it_is_open_every_day(void **state)
{
    (void)state;
    static const char text[] = "{\"type\":\"point\",\"version\":1,\"kiosk_id\":\"K0012\",\"made\":"
                               "\"2026-11-25T07:40:00Z\","
                               "\"points\":[{\"name\":{\"zh\":\"甲\",\"en\":\"A\"},\"address\":{"
                               "\"zh\":\"甲\",\"en\":\"A\"},"
                               "\"road\":{\"zh\":\"甲\",\"en\":\"A\"},\"hours\":{\"zh\":\"甲\","
                               "\"en\":\"A\"},\"phone\":\"1\",\"open\":["
                               "{\"days\":\"123456\",\"from\":\"08:30\",\"to\":\"17:00\"},"
                               "{\"days\":\"7654321\",\"from\":\"18:00\",\"to\":\"19:00\"}]}]}";
    char complaint[POINT_COMPLAINT];
    AUTO(point_free) struct point_news *p = NULL;
    if (point_parse(&p, text, strlen(text), complaint))
        fail_msg("%s", complaint);
    const struct point_other *o = &p->others[0];
    CHECK(point_is_open(o, 4, 600));
    CHECK(!point_is_open(o, CALENDAR_HOLIDAY, 600));
    CHECK(point_is_open(o, 4, 18 * 60));
    CHECK(point_is_open(o, CALENDAR_HOLIDAY, 18 * 60));
}

#define HEAD \
    "{\"type\":\"point\",\"version\":1,\"kiosk_id\":\"K0012\",\"made\":\"2026-11-25T07:40:00Z\""

static struct point_other place_at(int metres, int from, int to, const char *theme)
{
    struct point_other o = { .metres = metres, .span_count = 1, .theme_count = 1 };
    o.spans[0] = (struct point_span){ .days = 1u << 3, .from = from, .to = to };
    snprintf(o.themes[0], sizeof(o.themes[0]), "%s", theme);
    return o;
}

static void test_point_nearest_is_one_that_can_and_is_open(void **state)
{
    (void)state;
    enum { WEDNESDAY = 3, NOON = 720, NIGHT = 1300 };
    struct point_news p = { .other_count = 4 };
    p.others[0] = place_at(0, 0, 1440, "elders"); /* nobody said how far */
    p.others[1] = place_at(6400, 480, 1020, "elders");
    p.others[2] = place_at(800, 960, 1380, "elders");
    p.others[3] = place_at(100, 0, 1440, "medical");
    CHECK(!point_nearest(NULL, "elders", WEDNESDAY, NOON));
    CHECK(!point_nearest(&p, "jobs", WEDNESDAY, NOON));
    CHECK(point_nearest(&p, "elders", WEDNESDAY, NOON) == &p.others[1]);
    CHECK(point_nearest(&p, "elders", WEDNESDAY, NIGHT) == &p.others[2]);
    /* Whether they are open is not known without a clock, nor on a day they do not name: then the way counts alone. */
    CHECK(point_nearest(&p, "elders", 0, NOON) == &p.others[2]);
    CHECK(point_nearest(&p, "elders", 4, NOON) == &p.others[2]);
    CHECK(point_nearest(&p, NULL, WEDNESDAY, NOON) == &p.others[3]);
    p.other_count = 1;
    CHECK(point_nearest(&p, "elders", WEDNESDAY, NOON) == &p.others[0]);
}

static void test_point_refuses_with_the_place_of_the_mistake(void **state)
{
    static const struct {
        const char *text, *said;
    } rows[] = {
        { "", "" },
        { "{}", "type" },
        { "{\"type\":\"config\",\"version\":1,\"kiosk_id\":\"K\",\"made\":\"2026-11-25T07:40:"
          "00Z\"}",
          "type must be point" },
        { HEAD ",\"prefix\":\"a\"}", "prefix" },
        { HEAD ",\"queues\":[{\"theme\":\"e\",\"waiting\":-1}]}", "queues[0]" },
        { HEAD
          ",\"calendars\":[{\"name\":\"window\",\"halves\":[{\"day\":\"2026\",\"half\":\"am\"}]}]}",
          "calendars[0].halves[0]" },
        { HEAD ",\"calendars\":[{\"name\":\"../etc\",\"halves\":[]}]}", "calendars[0]" },
        { HEAD ",\"places\":[{\"name\":{\"zh\":\"a\\u202eb\",\"en\":\"x\"}}]}", "places[0].name" },
        { HEAD ",\"month\":{\"month\":\"202611\",\"on_time\":101}}", "month" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char complaint[POINT_COMPLAINT];
        CHECK_EQ(parse(rows[i].text, complaint), -EBADMSG);
        if (!strstr(complaint, rows[i].said))
            fail_msg("row %zu: %s", i, complaint);
    }
}

static void test_point_of_a_level_offers_what_its_profile_says(void **state)
{
    (void)state;
    AUTO(point_free) struct point_news *unsaid = whole();
    CHECK(point_offers(unsaid, "housing", "P01") && point_has(unsaid, POINT_BELL));
    CHECK(point_offers(NULL, "housing", "P01") && point_prints(NULL));
    CHECK(point_is_staffed(unsaid, 1, 9 * 60, true) && !point_is_staffed(unsaid, 1, 9 * 60, false));
    AUTO(point_free) struct point_news *p = read_corpus("fuzz/corpus/point/village.json");
    CHECK_EQ(p->profile.level, LEVEL_VILLAGE);
    CHECK(point_offers(p, "elders", "E01"));
    CHECK(!point_offers(p, "elders", "E03"));
    CHECK(!point_offers(p, "housing", "P01"));
    CHECK(point_has(p, POINT_HOME) && !point_has(p, POINT_TICKETS) && !point_has(p, POINT_BELL));
    CHECK(!point_prints(p));
    CHECK(point_is_staffed(p, 1, 9 * 60, false) && !point_is_staffed(p, 6, 9 * 60, true));
}

static void test_point_has_matters_of_its_own_in_their_order(void **state)
{
    (void)state;
    AUTO(point_free) struct point_news *p = read_corpus("fuzz/corpus/point/park.json");
    CHECK_EQ(p->profile.level, LEVEL_PARK);
    CHECK_EQ(point_own(p)->count, 6);
    CHECK_STR(point_own(p)->matters[0], "B03");
    CHECK_STR(point_own(p)->name.en, "Road transport");
    CHECK(!point_own(p)->is_large);
    CHECK(point_offers(p, "housing", "P02")); /* all else is done here as well */
    AUTO(point_free) struct point_news *none = read_corpus("fuzz/corpus/point/village.json");
    CHECK(!point_own(none) && !point_own(NULL));
}

static void test_point_profile_of_no_known_level_is_refused(void **state)
{
    static const char *const bad[] = {
        "{}",
        "{\"level\":\"moon\"}",
        "{\"level\":\"town\",\"services\":\"all\"}",
        "{\"level\":\"town\",\"services\":[\"flights\"]}",
        "{\"level\":\"town\",\"away\":[7]}",
        "{\"level\":\"town\",\"themes\":[\"a b\"]}",
        "{\"level\":\"park\",\"own\":{\"name\":{\"zh\":\"a\",\"en\":\"b\"},\"matters\":[]}}",
        "{\"level\":\"park\",\"own\":{\"matters\":[\"B03\"]}}",
        "{\"level\":\"park\",\"own\":{\"name\":{\"zh\":\"a\",\"en\":\"b\"},\"matters\":[\"B 3\"]}}"
    };
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        char complaint[POINT_COMPLAINT], text[400];
        snprintf(text, sizeof(text), HEAD ",\"profile\":%s}", bad[i]);
        CHECK_EQ(parse(text, complaint), -EBADMSG);
    }
}

static void test_point_halves_must_rise(void **state)
{
    char complaint[POINT_COMPLAINT];
    (void)state;
    CHECK_EQ(
        parse(
            HEAD
            ",\"calendars\":[{\"name\":\"window\",\"halves\":["
            "{\"day\":\"20261127\",\"half\":\"am\",\"from\":\"08:30\",\"to\":\"11:30\",\"free\":1},"
            "{\"day\":\"20261126\",\"half\":\"am\",\"from\":\"08:30\",\"to\":\"11:30\",\"free\":1}]"
            "}]}",
            complaint),
        -EBADMSG);
    CHECK(strstr(complaint, "rise") != NULL);
}

RUN(T(test_point_says_what_the_document_says),
    T(test_point_counts_are_not_todays_once_they_are_old),
    T(test_point_half_day_that_has_begun_is_over), T(test_point_is_closed_at_ten_in_the_evening),
    T(test_point_is_closed_on_a_holiday_unless_it_is_open_every_day),
    T(test_point_nearest_is_one_that_can_and_is_open),
    T(test_point_has_matters_of_its_own_in_their_order),
    T(test_point_of_a_level_offers_what_its_profile_says),
    T(test_point_profile_of_no_known_level_is_refused),
    T(test_point_refuses_with_the_place_of_the_mistake), T(test_point_halves_must_rise))
