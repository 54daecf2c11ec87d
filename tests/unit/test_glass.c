/* links: firmware/loop firmware/base */
#include "firmware/loop/glass.h"

#include "tests/support/check.h"

static void check_at(struct glass *g, const char *panel, int x, int y, int to_x, int to_y)
{
    glass_place(g, panel, &x, &y);
    CHECK_EQ(x, to_x);
    CHECK_EQ(y, to_y);
}

static void test_glass_places_each_panels_fingers_by_its_own_calibration(void **state)
{
    (void)state;
    struct glass g;
    struct touch_maps kept = { 0 };
    touch_maps_put(&kept, "Goodix", &(struct touch_map){ { 1, 0, -30, 0, 1, 20 } });
    glass_open(&g, 1080, 1920);
    check_at(&g, "Goodix", 530, 80, 530, 80); /* nothing is known yet */
    glass_learn(&g, &kept);
    check_at(&g, "Goodix", 530, 80, 500, 100);
    check_at(&g, "another", 530, 80, 530, 80); /* it was exchanged */
    check_at(&g, "Goodix", 530, 80, 500, 100);
}

static void test_glass_tries_a_map_and_goes_back_to_what_is_kept(void **state)
{
    (void)state;
    struct glass g;
    struct touch_maps kept = { 0 };
    touch_maps_put(&kept, "p", &(struct touch_map){ { 1, 0, 5, 0, 1, 0 } });
    glass_open(&g, 1080, 1920);
    glass_learn(&g, &kept);
    glass_try(&g, &(struct touch_map){ { 1, 0, 100, 0, 1, 0 } });
    check_at(&g, "p", 10, 10, 110, 10);
    glass_try(&g, NULL);
    check_at(&g, "p", 10, 10, 15, 10);
}

static void test_glass_leaves_no_finger_beside_itself(void **state)
{
    (void)state;
    struct glass g;
    glass_open(&g, 1080, 1920);
    glass_try(&g, &(struct touch_map){ { 2, 0, -500, 0, 2, 0 } });
    check_at(&g, "p", 10, 1900, 0, 1919);
    check_at(&g, "p", 1079, 0, 1079, 0);
}

RUN(T(test_glass_places_each_panels_fingers_by_its_own_calibration),
    T(test_glass_tries_a_map_and_goes_back_to_what_is_kept),
    T(test_glass_leaves_no_finger_beside_itself))
