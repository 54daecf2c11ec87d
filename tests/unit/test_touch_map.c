/* links: firmware/base */
#include "firmware/base/touch_map.h"

#include <math.h>

#include "firmware/base/json.h"
#include "tests/support/check.h"

enum { W = 1080, H = 1920 };

static const struct touch_point crosses[] = {
    { 130, 576 }, { 950, 576 }, { 950, 1690 }, { 130, 1690 }
};

static bool is_near(double a, double b, double by)
{
    return fabs(a - b) <= by;
}

/* What a panel that is off by `m` says of a finger at (x, y): the inverse is what must be found. */
static struct touch_pair felt(const struct touch_map *m, struct touch_point at)
{
    return (struct touch_pair){ touch_map_apply(m, at.x, at.y), at };
}

static void four(struct touch_pair out[4], const struct touch_map *panel)
{
    for (int i = 0; i < 4; i++)
        out[i] = felt(panel, crosses[i]);
}

static void test_touch_map_undoes_what_a_panel_does(void **state)
{
    (void)state;
    static const struct touch_map panels[] = {
        { { 1, 0, 0, 0, 1, 0 } },            /* nothing wrong */
        { { 1, 0, 25, 0, 1, -18 } },         /* shifted */
        { { 0.93, 0, 40, 0, 1.06, -60 } },   /* stretched */
        { { 0.99, 0.03, 0, -0.03, 1, 12 } }, /* turned a little */
        { { -1, 0, W, 0, 1, 0 } },           /* left is right */
        { { 0, 0.5625, 0, 1.7778, 0, 0 } },  /* lies across */
    };
    for (size_t i = 0; i < sizeof(panels) / sizeof(panels[0]); i++) {
        struct touch_pair pairs[4];
        struct touch_map m;
        four(pairs, &panels[i]);
        CHECK_EQ(touch_map_fit(&m, pairs, 4, W, H), 0);
        struct touch_point corner = touch_map_apply(&panels[i], 1070, 10),
                           back = touch_map_apply(&m, corner.x, corner.y);
        CHECK(is_near(back.x, 1070, 0.01) && is_near(back.y, 10, 0.01));
    }
}

static void test_touch_map_forgives_an_unsteady_finger_but_no_missed_cross(void **state)
{
    (void)state;
    struct touch_pair pairs[4];
    struct touch_map m;
    four(pairs, &touch_map_none);
    pairs[0].felt.x += 9; /* two millimetres */
    pairs[2].felt.y -= 7;
    CHECK_EQ(touch_map_fit(&m, pairs, 4, W, H), 0);
    struct touch_point middle = touch_map_apply(&m, 540, 1000);
    CHECK(is_near(middle.x, 540, 8) && is_near(middle.y, 1000, 8));
    four(pairs, &touch_map_none);
    pairs[1].felt.x -= 90;
    CHECK_EQ(touch_map_fit(&m, pairs, 4, W, H), TOUCH_MAP_E_RESIDUAL);
    four(pairs, &touch_map_none);
    struct touch_point swapped = pairs[0].felt; /* two crosses in the wrong order */
    pairs[0].felt = pairs[1].felt;
    pairs[1].felt = swapped;
    CHECK_EQ(touch_map_fit(&m, pairs, 4, W, H), TOUCH_MAP_E_DEGENERATE);
}

static void test_touch_map_refuses_touches_that_say_nothing(void **state)
{
    (void)state;
    struct touch_pair spot[4], line[4], two[2], small[4];
    struct touch_map m = touch_map_none;
    for (int i = 0; i < 4; i++) {
        spot[i] = (struct touch_pair){ { 500, 900 }, crosses[i] };
        line[i] = (struct touch_pair){ { 100 + 250 * i, 300 + 400 * i }, crosses[i] };
        small[i] =
            (struct touch_pair){ { 500 + crosses[i].x / 20, 900 + crosses[i].y / 20 }, crosses[i] };
    }
    four(line + 0, &(struct touch_map){ { 0.5, 0.25, 0, 1, 0.5, 0 } }); /* onto one line */
    two[0] = felt(&touch_map_none, crosses[0]);
    two[1] = felt(&touch_map_none, crosses[2]);
    CHECK_EQ(touch_map_fit(&m, spot, 4, W, H), TOUCH_MAP_E_DEGENERATE);
    CHECK_EQ(touch_map_fit(&m, line, 4, W, H), TOUCH_MAP_E_DEGENERATE);
    CHECK_EQ(touch_map_fit(&m, small, 4, W, H), TOUCH_MAP_E_DEGENERATE);
    CHECK_EQ(touch_map_fit(&m, two, 2, W, H), TOUCH_MAP_E_DEGENERATE);
    CHECK_EQ(memcmp(&m, &touch_map_none, sizeof(m)), 0); /* untouched by what was refused */
}

static void test_touch_map_knows_when_the_check_cross_was_met(void **state)
{
    (void)state;
    struct touch_pair pair = { { 545, 1070 }, { 540, 1075 } };
    CHECK(touch_map_meets(&touch_map_none, pair, W, H));
    pair.felt.x += 60;
    CHECK(!touch_map_meets(&touch_map_none, pair, W, H));
}

static void test_touch_maps_are_each_panels_own(void **state)
{
    (void)state;
    const struct touch_map a = { { 1, 0, 20, 0, 1, 0 } }, b = { { 1, 0, 0, 0, 1, 30 } };
    struct touch_maps all = { 0 }, back;
    touch_maps_put(&all, "Goodix", &a);
    touch_maps_put(&all, "ILITEK 2514", &b);
    touch_maps_put(&all, "Goodix", &b);
    AUTO(json_release) json_t *list = touch_maps_json(&all);
    touch_maps_read(&back, list);
    CHECK_EQ(back.count, 2);
    CHECK(is_near(touch_maps_find(&back, "Goodix").m[5], 30, 0));
    CHECK_EQ(touch_maps_find(&back, "another").m[2], 0);
    for (int i = 0; i < TOUCH_PANELS; i++)
        touch_maps_put(&all, (const char[]){ (char)('a' + i), 0 }, &a);
    CHECK_EQ(all.count, TOUCH_PANELS);
    CHECK_EQ(touch_maps_find(&all, "Goodix").m[5], 0); /* the oldest had to go */
    CHECK_EQ(touch_maps_find(&all, "d").m[2], 20);
}

static void test_touch_maps_read_nothing_that_would_lose_the_finger(void **state)
{
    (void)state;
    char complaint[JSON_COMPLAINT];
    static const char text[] = "[{\"panel\":\"p\",\"map\":[0,0,540,0,0,960]},"
                               "{\"panel\":\"p\",\"map\":[1,0,0,0,1]},"
                               "{\"panel\":\"p\",\"map\":[1,0,0,0,1,\"0\"]},"
                               "{\"panel\":\"p\",\"map\":[1,0,1e9,0,1,0]},"
                               "{\"panel\":\"\",\"map\":[1,0,0,0,1,0]},"
                               "{\"panel\":\"a/b\",\"map\":[1,0,0,0,1,0]},7]";
    AUTO(json_release) json_t *list = json_parse(text, strlen(text), complaint);
    struct touch_maps all;
    CHECK(list != NULL);
    touch_maps_read(&all, list);
    CHECK_EQ(all.count, 0);
}

RUN(T(test_touch_map_undoes_what_a_panel_does),
    T(test_touch_map_forgives_an_unsteady_finger_but_no_missed_cross),
    T(test_touch_map_refuses_touches_that_say_nothing),
    T(test_touch_map_knows_when_the_check_cross_was_met), T(test_touch_maps_are_each_panels_own),
    T(test_touch_maps_read_nothing_that_would_lose_the_finger))
