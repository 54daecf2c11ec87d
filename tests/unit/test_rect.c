/* links: ui/canvas firmware/base */
#include <stdlib.h>

#include "tests/support/check.h"
#include "ui/canvas/rect.h"

static void test_rect_intersection_of_strangers_is_empty(void **state)
{
    (void)state;
    struct rect a = { 0, 0, 10, 10 }, b = { 10, 0, 5, 5 };
    CHECK(!rect_touches(a, b));
    CHECK(rect_is_empty(rect_intersect(a, b)));
    CHECK(rect_equals(rect_unite(a, b), (struct rect){ 0, 0, 15, 10 }));
    CHECK(rect_equals(rect_unite((struct rect){ 0 }, b), b));
}

static bool is_covered(const struct damage *d, int x, int y)
{
    for (int i = 0; i < d->count; i++)
        if (rect_contains(d->rects[i], x, y))
            return true;
    return false;
}

/* Whatever is added stays covered, and no two rectangles overlap (a pixel would be drawn twice). */
static void test_damage_covers_all_that_was_added_without_overlap(void **state)
{
    (void)state;
    srand(7);
    for (int round = 0; round < 200; round++) {
        struct damage d = { 0 };
        struct rect added[60];
        for (int i = 0; i < 60; i++) {
            added[i] =
                (struct rect){ rand() % 1000, rand() % 1800, 1 + rand() % 80, 1 + rand() % 80 };
            damage_add(&d, added[i]);
        }
        CHECK(d.count >= 1 && d.count <= DAMAGE_RECTS);
        for (int i = 0; i < 60; i++) {
            CHECK(is_covered(&d, added[i].x, added[i].y));
            CHECK(is_covered(&d, added[i].x + added[i].w - 1, added[i].y + added[i].h - 1));
        }
        for (int i = 0; i < d.count; i++)
            for (int k = i + 1; k < d.count; k++)
                CHECK(!rect_touches(d.rects[i], d.rects[k]));
    }
}

static void test_damage_ignores_empty_rectangles(void **state)
{
    (void)state;
    struct damage d = { 0 };
    damage_add(&d, (struct rect){ 5, 5, 0, 10 });
    damage_add(&d, (struct rect){ 5, 5, 10, -3 });
    CHECK_EQ(d.count, 0);
}

RUN(T(test_rect_intersection_of_strangers_is_empty),
    T(test_damage_covers_all_that_was_added_without_overlap),
    T(test_damage_ignores_empty_rectangles))
