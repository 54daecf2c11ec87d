/* links: firmware/base */
#include <stdlib.h>

#include "firmware/base/ink.h"
#include "tests/support/check.h"

static struct ink *pad(void)
{
    static struct ink ink;
    memset(&ink, 0, sizeof(ink));
    ink.width = 920;
    ink.height = 360;
    return &ink;
}

static void test_ink_a_dot_is_no_signature_but_a_stroke_is(void **state)
{
    (void)state;
    struct ink *ink = pad();
    ink_begin(ink, 100, 100, 1000);
    ink_end(ink);
    CHECK(!ink_is_written(ink));
    ink_begin(ink, 100, 100, 2000);
    ink_move(ink, 160, 100, 2050);
    ink_end(ink);
    CHECK(ink_is_written(ink));
    CHECK_EQ(ink->points[2].ms, 1050);
}

static void test_ink_undo_takes_back_one_stroke_and_wipes_it(void **state)
{
    (void)state;
    struct ink *ink = pad();
    for (int s = 0; s < 3; s++) {
        ink_begin(ink, 10 * s, 10, s);
        ink_move(ink, 10 * s + 50, 60, s + 1);
        ink_end(ink);
    }
    CHECK(ink_undo(ink));
    CHECK_EQ(ink->stroke_count, 2);
    CHECK_EQ(ink->point_count, 4);
    CHECK_EQ(ink->points[4].x, 0);
    CHECK(ink_undo(ink) && ink_undo(ink) && !ink_undo(ink));
    CHECK_EQ(ink->point_count, 0);
}

static void test_ink_clamps_points_and_stops_when_full(void **state)
{
    (void)state;
    struct ink *ink = pad();
    ink_begin(ink, -100, 5000, 0);
    CHECK(ink->points[0].x == 0 && ink->points[0].y == 359);
    for (int i = 0; i < 3 * INK_POINTS_MAX; i++)
        ink_move(ink, rand() % 920, rand() % 360, i);
    CHECK_EQ(ink->point_count, INK_POINTS_MAX);
    ink_end(ink);
    CHECK(!ink_begin(ink, 1, 1, 9));
    ink_clear(ink);
    CHECK_EQ(ink->width, 920);
    CHECK_EQ(ink->point_count, 0);
    CHECK(ink_begin(ink, 1, 1, 9));
}

RUN(T(test_ink_a_dot_is_no_signature_but_a_stroke_is),
    T(test_ink_undo_takes_back_one_stroke_and_wipes_it),
    T(test_ink_clamps_points_and_stops_when_full))
