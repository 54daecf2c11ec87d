/* links: ui/widget ui/text ui/canvas firmware/slip firmware/base */
#include <stdio.h>

#include "tests/support/check.h"
#include "ui/widget/focus.h"

static struct page *page;
static struct damage damage;
static struct focus_map map;

static void begin(int key)
{
    if (!page)
        CHECK_EQ(page_new(&page), 0);
    page_begin(page, key);
}

static void end(void)
{
    page_end(page, &damage);
    focus_map(&map, page);
}

static struct widget *add(const struct widget_kind *kind, const char *id, const char *label,
                          struct rect box, int verb)
{
    struct widget w = { .kind = kind, .box = box, .label = label, .action = { verb, "n", "" } };
    snprintf(w.id, sizeof(w.id), "%s", id);
    return page_add(page, w);
}

static struct widget *header_button(const char *id, int x)
{
    struct widget *w = add(&widget_button, id, id, (struct rect){ x, 98, 200, 96 }, 7);
    w->style = STYLE_ON_BRAND;
    return w;
}

/* A page as screens make them: header first, then a text that scrolls, then what lies below. */
static void add_frame(void)
{
    header_button("back", 48);
    header_button("exit", 846);
    add(&widget_heading, "title", "Subsidy", (struct rect){ 300, 98, 400, 96 }, 0);
}

static void add_actions(void)
{
    add(&widget_button, "other", "Back", (struct rect){ 24, 1784, 324, 112 }, 8);
    add(&widget_button, "primary", "Next", (struct rect){ 368, 1784, 688, 112 }, 9)->style =
        STYLE_PRIMARY;
}

static void add_choice(const char *id, struct rect box)
{
    add(&widget_choice, id, id, box, 5)->is_in_scroll = true;
}

static void build_form(void)
{
    begin(1);
    add_frame();
    page_set_scroll(page, (struct rect){ 0, 212, PAGE_W, 700 }, 2000);
    add(&widget_heading, "", "About you", (struct rect){ 48, 220, 900, 60 }, 0)->is_in_scroll =
        true;
    add(&widget_label, "", "Four questions", (struct rect){ 48, 280, 900, 60 }, 0)->is_in_scroll =
        true;
    add(&widget_label, "", "Kind (may stay empty)", (struct rect){ 48, 350, 900, 50 }, 0)
        ->is_in_scroll = true;
    add(&widget_label, "", "As on your booklet", (struct rect){ 48, 400, 900, 50 }, 0)
        ->is_in_scroll = true;
    add_choice("a", (struct rect){ 48, 460, 480, 96 });
    add_choice("b", (struct rect){ 548, 460, 480, 96 });
    add_choice("c", (struct rect){ 48, 1572, 480, 96 });
    add_choice("d", (struct rect){ 548, 1572, 480, 96 });
    static const struct field_facts facts = { "choice", false, "", "Please choose one." };
    add(&widget_label, "", "Please choose one.", (struct rect){ 48, 1680, 900, 50 }, 0)
        ->is_in_scroll = true;
    struct widget *group =
        add(&widget_group, "field:kind", "Kind", (struct rect){ 48, 350, 984, 1400 }, 0);
    group->field = &facts;
    group->is_in_scroll = true;
    add(&widget_button, "up", "Up", (struct rect){ 48, 930, 480, 96 }, 20)->is_disabled = true;
    add(&widget_button, "down", "More", (struct rect){ 548, 930, 480, 96 }, 21);
    add_actions();
    end();
}

static void is_order(const char *const *ids, int count)
{
    CHECK_EQ(map.count, count);
    for (int i = 0; i < count; i++) {
        const struct widget *w = map.stops[i].widget;
        CHECK_STR(*w->id ? w->id : w->label, ids[i]);
    }
}

static void test_focus_an_empty_page_has_no_stop_and_no_key_harms(void **state)
{
    (void)state;
    struct focus gone = { .is_set = true, .id = "x" };
    begin(1);
    end();
    CHECK_EQ(map.count, 0);
    CHECK_EQ(focus_first(&map), FOCUS_NONE);
    CHECK_EQ(focus_find(&map, &gone), FOCUS_NONE);
    CHECK_EQ(focus_move(&map, FOCUS_NONE, FOCUS_DOWN, NULL), FOCUS_NONE);
    CHECK_EQ(focus_move(&map, 3, FOCUS_LEFT, NULL), FOCUS_NONE);
    CHECK(!focus_mark(&map, 0).is_set);
    CHECK_EQ(focus_back(&map).kind, PAGE_NOTHING);
}

static void test_focus_reads_the_body_then_actions_then_the_header(void **state)
{
    (void)state;
    static const char *const ids[] = { "About you", "a",       "b",    "c",   "d",
                                       "other",     "primary", "back", "exit" };
    build_form();
    is_order(ids, 9); /* no title, no question, no error line, no buttons that scroll */
    CHECK_STR(map.stops[focus_first(&map)].widget->id, "a");
    CHECK_EQ(map.stops[5].part, FOCUS_ACTIONS);
    CHECK_EQ(map.stops[7].part, FOCUS_HEADER);
}

static void test_focus_left_and_right_reach_every_stop_and_come_back(void **state)
{
    (void)state;
    static const enum focus_move ways[] = { FOCUS_RIGHT, FOCUS_LEFT };
    build_form();
    for (int k = 0; k < 2; k++) {
        bool seen[PAGE_WIDGETS_MAX] = { false };
        int at = focus_first(&map), wraps = 0, from = at;
        for (int i = 0; i < map.count; i++) {
            bool has_wrapped;
            seen[at] = true;
            at = focus_move(&map, at, ways[k], &has_wrapped);
            wraps += has_wrapped;
        }
        CHECK_EQ(at, from);
        CHECK_EQ(wraps, 1);
        for (int i = 0; i < map.count; i++)
            CHECK(seen[i]);
    }
}

static void test_focus_up_and_down_keep_the_column(void **state)
{
    (void)state;
    build_form();
    int b = focus_of(&map, page_find(page, "b"));
    int d = focus_move(&map, b, FOCUS_DOWN, NULL);
    CHECK_STR(map.stops[d].widget->id, "d");
    CHECK_STR(map.stops[focus_move(&map, d, FOCUS_DOWN, NULL)].widget->id, "primary");
    CHECK_STR(map.stops[focus_move(&map, d, FOCUS_UP, NULL)].widget->id, "b");
    bool has_wrapped;
    int exit = focus_of(&map, page_find(page, "exit"));
    CHECK_STR(map.stops[focus_move(&map, exit, FOCUS_DOWN, &has_wrapped)].widget->label,
              "About you");
    CHECK(has_wrapped);
    CHECK_EQ(focus_move(&map, 0, FOCUS_UP, &has_wrapped), focus_of(&map, page_find(page, "back")));
    CHECK(has_wrapped);
}

static void test_focus_stays_on_its_widget_when_the_page_is_built_again(void **state)
{
    (void)state;
    build_form();
    struct focus on_d = focus_mark(&map, focus_of(&map, page_find(page, "d")));
    struct focus on_text = focus_mark(&map, 0);
    begin(1);
    add_frame();
    add(&widget_notice, "", "New above", (struct rect){ 48, 220, 900, 90 }, 0);
    add_choice("d", (struct rect){ 48, 600, 480, 96 });
    add_choice("e", (struct rect){ 48, 700, 480, 96 });
    add_actions();
    end();
    CHECK_STR(map.stops[focus_find(&map, &on_d)].widget->id, "d");
    CHECK_STR(map.stops[focus_find(&map, &on_text)].widget->label, "New above");
}

static void test_focus_goes_to_the_nearest_when_its_widget_is_gone(void **state)
{
    (void)state;
    begin(1);
    add(&widget_pad, "sign.pad", "Sign", (struct rect){ 80, 1300, 920, 360 }, 4);
    add(&widget_button, "sign.clear", "Again", (struct rect){ 804, 1316, 180, 84 }, 6);
    add_actions();
    end();
    struct focus on_clear = focus_mark(&map, focus_of(&map, page_find(page, "sign.clear")));
    begin(1);
    add(&widget_pad, "sign.pad", "Sign", (struct rect){ 80, 1300, 920, 360 }, 4);
    add_actions();
    end();
    CHECK_STR(map.stops[focus_find(&map, &on_clear)].widget->id, "sign.pad");
}

static void test_focus_select_gives_what_a_tap_gives(void **state)
{
    (void)state;
    build_form();
    for (int i = 0; i < map.count; i++) {
        const struct widget *w = map.stops[i].widget;
        if (!map.stops[i].is_target)
            continue;
        struct rect box;
        page_show(page, w, &damage);
        box = page_touch_box(page, w);
        struct touch t = { TOUCH_DOWN, box.x + box.w / 2, box.y + box.h / 2, 1000 + 1000 * i };
        page_touch(page, t, &damage);
        t.phase = TOUCH_UP;
        struct page_reply touched = page_touch(page, t, &damage), keyed = focus_select(w, 0);
        CHECK_EQ(keyed.kind, touched.kind);
        CHECK(keyed.widget == touched.widget);
        CHECK_EQ(keyed.action.verb, touched.action.verb);
        CHECK_STR(keyed.action.name, touched.action.name);
        CHECK_STR(keyed.action.value, touched.action.value);
    }
}

static void test_focus_reaches_a_disabled_button_and_says_why(void **state)
{
    (void)state;
    begin(1);
    struct widget *w = add(&widget_button, "print", "Print", (struct rect){ 48, 300, 400, 100 }, 0);
    w->is_disabled = true;
    w->detail = "There is no paper.";
    add_actions();
    end();
    CHECK_STR(map.stops[focus_first(&map)].widget->id, "print");
    struct page_reply r = focus_select(map.stops[focus_first(&map)].widget, 0);
    CHECK_EQ(r.kind, PAGE_WHY);
    CHECK_STR(r.widget->detail, "There is no paper.");
}

static void test_focus_a_pad_asks_for_its_other_way(void **state)
{
    (void)state;
    begin(1);
    add(&widget_pad, "sign.pad", "Sign", (struct rect){ 80, 1300, 920, 360 }, 4);
    end();
    struct page_reply r = focus_select(page_at(page, 0), 0);
    CHECK_EQ(r.kind, PAGE_NOTHING);
    r = focus_select(page_at(page, 0), 33);
    CHECK_EQ(r.kind, PAGE_ACTION);
    CHECK_EQ(r.action.verb, 33);
    CHECK_STR(r.action.name, "sign.pad");
}

static struct widget *add_key(const char *types, const char *id, struct rect box)
{
    struct widget *w = add(&widget_key, "", page_text(page, types), box, 11);
    snprintf(w->id, sizeof(w->id), "%s%s", *types ? "key:" : "", *types ? types : id);
    w->action.value = page_text(page, types);
    return w;
}

/* Digits as on a telephone, commands at their right, ways in above; `height` of a key. */
static void build_keys(int height)
{
    begin(2);
    add_frame();
    add(&widget_field, "field:phone", "Phone", (struct rect){ 48, 300, 984, 112 }, 5);
    add(&widget_band, "", "", (struct rect){ 0, 1000, PAGE_W, 920 }, 0)->color = COLOR_SHEET;
    add_key("", "way:hand", (struct rect){ 24, 1018, 300, 88 })->action.value = "hand";
    add_key("", "help", (struct rect){ 736, 1018, 320, 88 });
    for (int i = 0; i < 9; i++) {
        char types[2] = { (char)('1' + i), 0 };
        add_key(types, "",
                (struct rect){ 24 + i % 3 * 260, 1120 + i / 3 * (height + 14), 250, height });
    }
    add_key("0", "", (struct rect){ 24, 1120 + 3 * (height + 14), 770, height });
    add_key("", "key:erase", (struct rect){ 804, 1120, 250, height });
    add_key("", "key:clear", (struct rect){ 804, 1120 + height + 14, 250, 3 * height + 28 });
    add_actions();
    end();
}

static int go(const char *id, enum focus_move move)
{
    const struct widget *w = page_find(page, id);
    CHECK(w != NULL);
    return focus_move(&map, focus_of(&map, w), move, NULL);
}

static void test_focus_walks_number_keys_in_two_dimensions(void **state)
{
    (void)state;
    build_keys(142);
    CHECK_STR(map.stops[focus_first(&map)].widget->id, "key:1");
    CHECK_STR(map.stops[go("key:1", FOCUS_RIGHT)].widget->id, "key:2");
    CHECK_STR(map.stops[go("key:2", FOCUS_DOWN)].widget->id, "key:5");
    CHECK_STR(map.stops[go("key:9", FOCUS_UP)].widget->id, "key:6");
    CHECK_STR(map.stops[go("key:8", FOCUS_DOWN)].widget->id, "key:0");
    CHECK_EQ(map.stops[go("key:0", FOCUS_DOWN)].part, FOCUS_ACTIONS);
    CHECK_EQ(map.stops[go("help", FOCUS_UP)].part, FOCUS_BODY);
    CHECK_STR(map.stops[go("primary", FOCUS_UP)].widget->id, "key:0");
}

static void test_focus_reaches_every_key_of_a_sheet(void **state)
{
    (void)state;
    for (int height = 80; height <= 142; height += 31) {
        build_keys(height);
        for (size_t i = 0; i < page_count(page); i++) {
            const struct widget *w = page_at(page, i);
            if (w->action.verb && *w->id)
                CHECK(focus_of(&map, w) != FOCUS_NONE);
        }
        for (int i = 0; i < map.count; i++)
            CHECK(focus_move(&map, i, FOCUS_DOWN, NULL) >= 0 &&
                  map.stops[focus_move(&map, i, FOCUS_UP, NULL)].row != map.stops[i].row);
    }
}

static void test_focus_back_closes_the_keys_first(void **state)
{
    (void)state;
    build_keys(142);
    CHECK_STR(focus_back(&map).widget->id, "other");
    build_form();
    CHECK_STR(focus_back(&map).widget->id, "back");
}

static void test_focus_finds_the_question_of_a_choice_and_its_help(void **state)
{
    (void)state;
    const struct widget *run[FOCUS_RUN_MAX];
    build_form();
    const struct widget *q = focus_question(page, page_find(page, "d"));
    CHECK(q != NULL);
    CHECK_STR(q->label, "Kind (may stay empty)");
    CHECK_EQ(focus_run(page, q, run), 2);
    CHECK_STR(run[1]->label, "As on your booklet");
    CHECK_STR(focus_group(page, page_find(page, "a"))->id, "field:kind");
    CHECK(focus_question(page, page_find(page, "primary")) == NULL);
    CHECK_EQ(focus_run(page, map.stops[0].widget, run), 2); /* the page's heading and its help */
}

static int close_page(void **state)
{
    (void)state;
    page_free(page);
    page = NULL;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_focus_an_empty_page_has_no_stop_and_no_key_harms),
        T(test_focus_reads_the_body_then_actions_then_the_header),
        T(test_focus_left_and_right_reach_every_stop_and_come_back),
        T(test_focus_up_and_down_keep_the_column),
        T(test_focus_stays_on_its_widget_when_the_page_is_built_again),
        T(test_focus_goes_to_the_nearest_when_its_widget_is_gone),
        T(test_focus_select_gives_what_a_tap_gives),
        T(test_focus_reaches_a_disabled_button_and_says_why),
        T(test_focus_a_pad_asks_for_its_other_way),
        T(test_focus_walks_number_keys_in_two_dimensions),
        T(test_focus_reaches_every_key_of_a_sheet),
        T(test_focus_back_closes_the_keys_first),
        T(test_focus_finds_the_question_of_a_choice_and_its_help),
    };
    return cmocka_run_group_tests(tests, NULL, close_page);
}
