/* links: tests/golden board/host ui/speech ui/screen ui/input ui/input/rare ui/input/handwriting ui/widget ui/text ui/canvas ui/present firmware/worker firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/service firmware/update drivers/stick firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/visits_rig.h"

/* The calendar that a date is picked from, on every panel, in every size: real pages of a real visit. */

enum { DAYS = 32, TARGET_MM = 20 }; /* UI guide 7.5 */

static const char *opens; /* what has been picked so far */

/* How the days of a month stand; 0 Monday. */
struct month {
    const char *digits;
    int days, first_weekday;
};
static const struct month months[] = {
    { "202302", 28, 2 }, /* five weeks */
    { "202511", 30, 5 }, /* six, from a Saturday */
    { "202603", 31, 6 }, /* six, from a Sunday */
    { "202102", 28, 0 }, /* four */
    { "202402", 29, 3 },
};

static void open_month(struct visits *v)
{
    visits_card(v, &v->other);
    visits_event(v, EV_OPEN_SERVICE, "J01", "");
    tap(v, EV_NEXT);
    visits_event(v, EV_CHOOSE, "work", "stall");
    place_go_to_field(v, "place");
    visits_event(v, EV_TYPE, "", "样例镇长寿村");
    place_go_to_field(v, "since");
    visits_event(v, EV_PICK_DATE, "", opens);
}

static void open_any_year(struct visits *v)
{
    visits_card(v, &v->other);
    visits_event(v, EV_OPEN_SERVICE, "J04", "");
    tap(v, EV_NEXT);
    place_go_to_field(v, "arrival");
}

static void press(struct stage *stage, const char *id)
{
    const struct widget *w = page_find(stage_page(stage), id);
    struct event e;
    CHECK(w);
    struct rect box = page_touch_box(stage_page(stage), w);
    struct touch t = { TOUCH_DOWN, box.x + box.w / 2, box.y + box.h / 2, visits.clock.boot };
    if (stage_touch(stage, t, &e))
        session_handle(visits.session, &e);
    fake_clock_advance(&visits.clock, 700);
    t.phase = TOUCH_UP;
    t.ms = visits.clock.boot;
    if (stage_touch(stage, t, &e))
        session_handle(visits.session, &e);
    (void)stage_update(stage, visits.session);
}

/* ---- under the names of the days ------------------------------------------------------- */

static int middle(const struct widget *w)
{
    return w->box.x + w->box.w / 2;
}

/* The column's name that stands above. */
static const struct widget *head_over(const struct page *p, const struct widget *day,
                                      const char *name)
{
    for (size_t i = 0; i < page_count(p); i++) {
        const struct widget *w = page_at(p, i);
        if (!strcmp(w->kind->role, "text") && !strcmp(w->label, name) &&
            abs(middle(w) - middle(day)) <= 1 && w->box.y + w->box.h <= day->box.y)
            return w;
    }
    return NULL;
}

static size_t see_days(struct stage *stage, const struct month *m, bool is_zh, double px_per_mm,
                       bool seen[DAYS])
{
    static const char *const zh[] = { "一", "二", "三", "四", "五", "六", "日" };
    static const char *const en[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    size_t count = 0;
    for (int day = 1; day <= m->days; day++) {
        char id[32];
        snprintf(id, sizeof(id), "pick:%s%02d", m->digits, day);
        const struct widget *w = page_find(stage_page(stage), id);
        if (!w)
            continue;
        int weekday = (m->first_weekday + day - 1) % 7;
        struct rect touch = rect_grow(w->box, w->touch_grow);
        CHECK(head_over(stage_page(stage), w, (is_zh ? zh : en)[weekday]));
        CHECK(touch.w >= floor(TARGET_MM * px_per_mm) && touch.h >= floor(TARGET_MM * px_per_mm));
        seen[day] = true;
        count++;
    }
    return count;
}

static void check_month(const struct named_panel *panel, struct wishes w, const struct month *m)
{
    const struct place place = { "month", SCREEN_FORM, open_month, 0, false };
    AUTO(stage_free) struct stage *stage = open_stage(panel);
    bool seen[DAYS] = { false };
    opens = m->digits;
    CHECK(show_place(&visits, stage, &place, w));
    bool is_zh = w.language == LANGUAGE_ZH;
    size_t first = see_days(stage, m, is_zh, panel->panel.px_per_mm, seen);
    if (page_find(stage_page(stage), "pick.more")) {
        press(stage, "pick.more");
        size_t second = see_days(stage, m, is_zh, panel->panel.px_per_mm, seen);
        CHECK(second && second < (size_t)m->days);
    } else
        CHECK_EQ(first, m->days);
    for (int day = 1; day <= m->days; day++)
        CHECK(seen[day]);
}

static void test_date_sheet_shows_each_day_under_its_weekday_on_every_panel(void **state)
{
    (void)state;
    for (size_t p = 0; p < panel_count; p++)
        for (int i = 0; i < WISHES; i++)
            for (size_t m = 0; m < sizeof(months) / sizeof(months[0]); m++)
                if (is_possible(&panels[p], wishes_at(i)) && !wishes_at(i).is_contrast)
                    check_month(&panels[p], wishes_at(i), &months[m]);
}

static void test_date_sheet_upright_shows_a_whole_month_at_once(void **state)
{
    (void)state;
    const struct place place = { "month", SCREEN_FORM, open_month, 0, false };
    for (size_t p = 0; p < panel_count; p++)
        for (int is_elder = 0; is_elder < 2; is_elder++) {
            if (panels[p].panel.width > panels[p].panel.height)
                continue;
            AUTO(stage_free) struct stage *stage = open_stage(&panels[p]);
            opens = "202603";
            CHECK(show_place(&visits, stage, &place, (struct wishes){ .is_elder = is_elder }));
            CHECK(!page_find(stage_page(stage), "pick.more"));
        }
}

/* The answer stays in sight above the keys. */
static void test_date_sheet_leaves_the_answer_in_sight(void **state)
{
    (void)state;
    const struct place place = { "month", SCREEN_FORM, open_month, 0, false };
    for (size_t p = 0; p < panel_count; p++)
        for (int i = 0; i < WISHES; i++) {
            if (!is_possible(&panels[p], wishes_at(i)) || wishes_at(i).is_contrast)
                continue;
            AUTO(stage_free) struct stage *stage = open_stage(&panels[p]);
            opens = "202603";
            CHECK(show_place(&visits, stage, &place, wishes_at(i)));
            const struct widget *field = page_find(stage_page(stage), "field:since"),
                                *way = page_find(stage_page(stage), "way:date");
            CHECK(field && way);
            CHECK(field->box.y + field->box.h <= way->box.y ||
                  field->box.x + field->box.w <= way->box.x);
        }
}

/* ---- years long ago -------------------------------------------------------------------- */

/* There, and its words on one line. */
static void check_words(struct stage *stage, const char *id)
{
    const struct widget *w = page_find(stage_page(stage), id);
    CHECK(w);
    CHECK(text_width(stage_text(stage), stage_theme(stage)->types[TYPE_SMALL], w->value) <=
          w->box.w);
}

/* Ten years, then the year: an 80-year-old's year of birth in two touches, without looking through pages. */
static void test_date_sheet_reaches_a_year_long_ago_in_two_touches(void **state)
{
    (void)state;
    const struct place place = { "any-year", SCREEN_FORM, open_any_year, 0, false };
    for (size_t p = 0; p < panel_count; p++)
        for (int i = 0; i < WISHES; i++) {
            if (!is_possible(&panels[p], wishes_at(i)) || wishes_at(i).is_contrast)
                continue;
            AUTO(stage_free) struct stage *stage = open_stage(&panels[p]);
            CHECK(show_place(&visits, stage, &place, wishes_at(i)));
            check_words(stage, "pick:1910s");
            check_words(stage, "pick:2020s");
            press(stage, "pick:1940s");
            CHECK(page_find(stage_page(stage), "pick:1946"));
            press(stage, "pick:1946");
            CHECK(page_find(stage_page(stage), "pick:194601"));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_date_sheet_shows_each_day_under_its_weekday_on_every_panel),
        T(test_date_sheet_upright_shows_a_whole_month_at_once),
        T(test_date_sheet_leaves_the_answer_in_sight),
        T(test_date_sheet_reaches_a_year_long_ago_in_two_touches),
    };
    return cmocka_run_group_tests(tests, open_visits, close_visits);
}
