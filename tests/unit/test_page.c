/* links: ui/widget ui/text ui/canvas firmware/slip firmware/base */
#include <stdio.h>

#include "tests/support/check.h"
#include "ui/widget/page.h"

static struct widget button(const char *id, struct rect box, int verb)
{
    struct widget w = {
        .kind = &widget_button, .box = box, .label = "x", .action = { verb, "name", "value" }
    };
    snprintf(w.id, sizeof(w.id), "%s", id);
    return w;
}

static void build(struct page *p, int key, struct damage *d)
{
    page_begin(p, key);
    page_add(p, button("one", (struct rect){ 0, 100, 200, 100 }, 1));
    page_add(p, button("two", (struct rect){ 300, 100, 200, 100 }, 2));
    struct widget off = button("off", (struct rect){ 600, 100, 200, 100 }, 3);
    off.is_disabled = true;
    off.detail = "because";
    page_add(p, off);
    page_end(p, d);
}

static struct page_reply tap(struct page *p, int x, int y, int64_t ms)
{
    struct damage d = { 0 };
    page_touch(p, (struct touch){ TOUCH_DOWN, x, y, ms }, &d);
    return page_touch(p, (struct touch){ TOUCH_UP, x, y, ms + 80 }, &d);
}

static void test_page_a_tap_begins_and_ends_inside_its_target(void **state)
{
    (void)state;
    AUTO(page_free) struct page *p = NULL;
    struct damage d = { 0 };
    CHECK_EQ(page_new(&p), 0);
    build(p, 1, &d);
    struct page_reply r = tap(p, 50, 150, 1000);
    CHECK_EQ(r.kind, PAGE_ACTION);
    CHECK_EQ(r.action.verb, 1);
    CHECK_STR(r.action.name, "name");
    page_touch(p, (struct touch){ TOUCH_DOWN, 50, 150, 5000 }, &d);
    CHECK_EQ(page_touch(p, (struct touch){ TOUCH_UP, 350, 150, 5080 }, &d).kind, PAGE_NOTHING);
    page_touch(p, (struct touch){ TOUCH_DOWN, 250, 150, 6000 }, &d);
    CHECK_EQ(page_touch(p, (struct touch){ TOUCH_UP, 50, 150, 6080 }, &d).kind, PAGE_NOTHING);
}

static void test_page_ignores_the_second_tap_of_a_trembling_hand(void **state)
{
    (void)state;
    AUTO(page_free) struct page *p = NULL;
    struct damage d = { 0 };
    CHECK_EQ(page_new(&p), 0);
    build(p, 1, &d);
    CHECK_EQ(tap(p, 50, 150, 1000).kind, PAGE_ACTION);
    build(p, 2, &d); /* the next page has a button of the same name in the same place */
    CHECK_EQ(tap(p, 50, 150, 1300).kind, PAGE_NOTHING);
    CHECK_EQ(tap(p, 50, 150, 1900).kind, PAGE_ACTION);
}

static void test_page_says_why_a_disabled_target_does_nothing(void **state)
{
    (void)state;
    AUTO(page_free) struct page *p = NULL;
    struct damage d = { 0 };
    CHECK_EQ(page_new(&p), 0);
    build(p, 1, &d);
    struct page_reply r = tap(p, 650, 150, 1000);
    CHECK_EQ(r.kind, PAGE_WHY);
    CHECK_STR(r.widget->detail, "because");
}

static void test_page_damages_only_what_differs(void **state)
{
    (void)state;
    AUTO(page_free) struct page *p = NULL;
    struct damage d = { 0 };
    CHECK_EQ(page_new(&p), 0);
    build(p, 1, &d);
    CHECK_EQ(d.count, 1);
    CHECK(d.rects[0].w == PAGE_W && d.rects[0].h == PAGE_H);
    d.count = 0;
    build(p, 1, &d);
    CHECK_EQ(d.count, 0);
    page_begin(p, 1);
    page_add(p, button("one", (struct rect){ 0, 100, 200, 100 }, 1));
    struct widget changed = button("two", (struct rect){ 300, 100, 200, 100 }, 2);
    changed.label = "y";
    page_add(p, changed);
    struct widget off = button("off", (struct rect){ 600, 100, 200, 100 }, 3);
    off.is_disabled = true;
    off.detail = "because";
    page_add(p, off);
    page_end(p, &d);
    CHECK_EQ(d.count, 1);
    CHECK(rect_contains(d.rects[0], 400, 150) && !rect_contains(d.rects[0], 100, 150) &&
          !rect_contains(d.rects[0], 700, 150));
}

/* A list of `rows`, and the keys below it. */
static void build_list(struct page *p, int rows, struct damage *d)
{
    page_begin(p, 1);
    for (int i = 0; i < rows; i++)
        page_add(p, button("row", (struct rect){ 0, 100 + i * 150, 400, 100 }, 1));
    page_add(p, button("key", (struct rect){ 0, 1500, 200, 100 }, 2));
    page_add(p, button("other", (struct rect){ 300, 1500, 200, 100 }, 3));
    page_end(p, d);
}

static void test_page_a_row_that_comes_or_goes_leaves_the_keys_alone(void **state)
{
    (void)state;
    AUTO(page_free) struct page *p = NULL;
    struct damage d = { 0 };
    CHECK_EQ(page_new(&p), 0);
    build_list(p, 3, &d);
    for (int rows = 4; rows >= 0; rows -= 4) {
        d.count = 0;
        build_list(p, rows, &d);
        CHECK(d.count > 0);
        for (int i = 0; i < d.count; i++)
            CHECK(d.rects[i].y + d.rects[i].h < 1400);
    }
    /* but one that comes into their place does not */
    d.count = 0;
    page_begin(p, 1);
    page_add(p, button("other", (struct rect){ 300, 1500, 200, 100 }, 3));
    page_end(p, &d);
    CHECK_EQ(d.count, 1);
    CHECK(rect_contains(d.rects[0], 100, 1550) && !rect_contains(d.rects[0], 450, 1550));
}

static void scrolled(struct page *p, struct damage *d)
{
    page_begin(p, 1);
    page_set_scroll(p, (struct rect){ 0, 200, PAGE_W, 400 }, 1000);
    for (int i = 0; i < 10; i++) {
        char id[8];
        snprintf(id, sizeof(id), "r%d", i);
        struct widget w = button(id, (struct rect){ 0, 200 + i * 100, 500, 90 }, 10 + i);
        w.is_in_scroll = true;
        page_add(p, w);
    }
    page_end(p, d);
}

static void test_page_a_drag_scrolls_and_taps_nothing(void **state)
{
    (void)state;
    AUTO(page_free) struct page *p = NULL;
    struct damage d = { 0 };
    CHECK_EQ(page_new(&p), 0);
    scrolled(p, &d);
    page_touch(p, (struct touch){ TOUCH_DOWN, 50, 550, 1000 }, &d);
    page_touch(p, (struct touch){ TOUCH_MOVE, 50, 500, 1020 }, &d);
    page_touch(p, (struct touch){ TOUCH_MOVE, 50, 350, 1040 }, &d);
    CHECK_EQ(page_touch(p, (struct touch){ TOUCH_UP, 50, 350, 1060 }, &d).kind, PAGE_NOTHING);
    CHECK(page_can_scroll(p, false));
    CHECK_EQ(tap(p, 50, 250, 3000).action.verb, 12); /* 200 px further down */
}

static void test_page_widgets_out_of_sight_cannot_be_touched(void **state)
{
    (void)state;
    AUTO(page_free) struct page *p = NULL;
    struct damage d = { 0 };
    CHECK_EQ(page_new(&p), 0);
    scrolled(p, &d);
    CHECK(rect_is_empty(page_touch_box(p, page_find(p, "r9"))));
    CHECK_EQ(tap(p, 50, 640, 1000).kind, PAGE_NOTHING); /* below the area, over r4's place */
    page_show(p, page_find(p, "r9"), &d);
    CHECK(!rect_is_empty(page_touch_box(p, page_find(p, "r9"))));
}

static void test_page_a_pad_gets_the_whole_path_of_the_finger(void **state)
{
    (void)state;
    AUTO(page_free) struct page *p = NULL;
    struct damage d = { 0 };
    CHECK_EQ(page_new(&p), 0);
    page_begin(p, 1);
    page_add(p, (struct widget){ .id = "pad", .kind = &widget_pad, .box = { 100, 100, 300, 200 } });
    page_end(p, &d);
    struct page_reply r = page_touch(p, (struct touch){ TOUCH_DOWN, 110, 120, 0 }, &d);
    CHECK_EQ(r.kind, PAGE_PAD);
    CHECK(r.x == 10 && r.y == 20);
    r = page_touch(p, (struct touch){ TOUCH_MOVE, 600, 500, 10 },
                   &d); /* off the pad: still its stroke */
    CHECK(r.kind == PAGE_PAD && r.x == 500);
    CHECK_EQ(page_touch(p, (struct touch){ TOUCH_UP, 600, 500, 20 }, &d).phase, TOUCH_UP);
}

static bool arena_has(const struct page *p, const char *text)
{
    for (size_t i = 0; i < page_count(p); i++)
        if (!strcmp(page_at(p, i)->label, text))
            return true;
    return false;
}

static void test_page_too_full_drops_widgets_and_cuts_text_without_harm(void **state)
{
    (void)state;
    AUTO(page_free) struct page *p = NULL;
    struct damage d = { 0 };
    CHECK_EQ(page_new(&p), 0);
    page_begin(p, 1);
    for (int i = 0; i < PAGE_WIDGETS_MAX + 50; i++)
        page_add(p, button("w", (struct rect){ 0, 0, 10, 10 }, 1));
    for (int i = 0; i < 200; i++)
        CHECK(page_format(p, "%01000d", i) != NULL);
    page_end(p, &d);
    CHECK_EQ(page_count(p), PAGE_WIDGETS_MAX);
}

static void test_page_wipe_forgets_every_string(void **state)
{
    (void)state;
    AUTO(page_free) struct page *p = NULL;
    struct damage d = { 0 };
    CHECK_EQ(page_new(&p), 0);
    page_begin(p, 1);
    const char *name = page_text(p, "测试甲");
    page_add(p, (struct widget){ .id = "n", .kind = &widget_label, .label = name });
    page_end(p, &d);
    CHECK(arena_has(p, "测试甲"));
    page_wipe(p);
    CHECK_EQ(page_count(p), 0);
    CHECK_EQ(name[0], 0); /* the arena itself, still mapped */
}

RUN(T(test_page_a_tap_begins_and_ends_inside_its_target),
    T(test_page_ignores_the_second_tap_of_a_trembling_hand),
    T(test_page_says_why_a_disabled_target_does_nothing), T(test_page_damages_only_what_differs),
    T(test_page_a_row_that_comes_or_goes_leaves_the_keys_alone),
    T(test_page_a_drag_scrolls_and_taps_nothing),
    T(test_page_widgets_out_of_sight_cannot_be_touched),
    T(test_page_a_pad_gets_the_whole_path_of_the_finger),
    T(test_page_too_full_drops_widgets_and_cuts_text_without_harm),
    T(test_page_wipe_forgets_every_string))
