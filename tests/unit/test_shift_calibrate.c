/* links: firmware/service firmware/update drivers/stick firmware/seal firmware/base */
#include "tests/support/shift_rig.h"

enum { W = 1080, H = 1920 };

/* A panel that feels every finger 30 px too far right and 20 px too high. */
static const struct touch_map off = { { 1, 0, 30, 0, 1, -20 } };

static void touch(double x, double y)
{
    fake_clock_advance(&rig.clock, 600);
    shift_handle(rig.shift, SHIFT_FELT, "", shift_felt((int)x, (int)y));
}

static void touch_cross(const struct touch_map *panel)
{
    struct touch_point at = shift_cross_at(view()->calibration.cross, W, H);
    at = touch_map_apply(panel, at.x, at.y);
    touch(at.x, at.y);
}

static void open_page(void)
{
    come_in(ROLE_TECHNICIAN);
    walk_to(SHIFT_CALIBRATE);
    CHECK_EQ(view()->page, SHIFT_CALIBRATE);
}

static void try_it(void)
{
    open_page();
    for (int i = 0; i < CROSSES; i++)
        touch_cross(&off);
    CHECK_EQ(view()->calibration.step, CALIBRATE_TRIAL);
    CHECK(rig.is_tried);
}

static void test_shift_calibrates_by_four_crosses_and_a_fifth(void **state)
{
    (void)state;
    try_it();
    struct touch_point at = touch_map_apply(&rig.tried, 530, 80);
    CHECK((int)(at.x + 0.5) == 500 && (int)(at.y + 0.5) == 100);
    press(SHIFT_DO, "");
    CHECK_EQ(rig.last.kind, ORDER_TOUCH);
    CHECK_STR(rig.last.panel, "Goodix");
    CHECK_EQ(memcmp(&rig.last.map, &rig.tried, sizeof(rig.tried)), 0);
    hear((struct shift_news){ .kind = SHIFT_KEPT });
    CHECK_EQ(view()->calibration.step, CALIBRATE_KEPT);
    CHECK(!rig.is_tried); /* what is kept holds */
    CHECK_STR(rig.note, "devices touch calibrated");
}

static void test_shift_goes_back_by_itself_when_nobody_confirms(void **state)
{
    (void)state;
    try_it();
    later(29000);
    CHECK(rig.is_tried);
    CHECK_EQ(view()->calibration.left_ms, 1000);
    later(1000);
    CHECK(!rig.is_tried);
    CHECK_EQ(view()->calibration.step, CALIBRATE_FELL_BACK);
    CHECK_EQ(rig.orders[ORDER_TOUCH], 0);
    press(SHIFT_DO, ""); /* once more */
    CHECK_EQ(view()->calibration.step, CALIBRATE_CROSSES);
}

static void test_shift_counts_the_trial_down_second_by_second(void **state)
{
    (void)state;
    try_it();
    int64_t now = rig.clock.base.boot_ms(&rig.clock.base);
    CHECK(shift_deadline_ms(rig.shift) <= now + 1000);
    uint64_t revision = view()->revision;
    later(1000);
    CHECK(view()->revision > revision);
}

static void test_shift_forgets_a_trial_when_its_page_is_left(void **state)
{
    (void)state;
    try_it();
    press(SHIFT_BACK, "");
    CHECK(!rig.is_tried);
    CHECK_EQ(view()->page, SHIFT_DEVICES);
    try_it();
    hear((struct shift_news){ .kind = SHIFT_GONE });
    CHECK(!rig.is_tried);
    try_it();
    press(SHIFT_END, "");
    CHECK(!rig.is_tried);
}

static void test_shift_begins_the_crosses_anew_when_one_was_missed(void **state)
{
    (void)state;
    open_page();
    for (int i = 0; i < 3; i++)
        touch_cross(&off);
    touch(540, 1400); /* somewhere */
    CHECK_EQ(view()->calibration.trouble, CALIBRATE_MISSED);
    CHECK_EQ(view()->calibration.cross, 0);
    for (int i = 0; i < 4; i++)
        touch(500, 900);
    CHECK_EQ(view()->calibration.trouble, CALIBRATE_TOO_NEAR);
    for (int i = 0; i < 4; i++)
        touch_cross(&off);
    touch(200, 1000); /* not the fifth */
    CHECK_EQ(view()->calibration.trouble, CALIBRATE_CHECKED);
    CHECK_EQ(view()->calibration.cross, 0);
    CHECK(!rig.is_tried);
}

static void test_shift_takes_a_finger_that_bounces_for_one_touch(void **state)
{
    (void)state;
    open_page();
    touch_cross(&off);
    fake_clock_advance(&rig.clock, 100);
    shift_handle(rig.shift, SHIFT_FELT, "", shift_felt(160, 610));
    CHECK_EQ(view()->calibration.cross, 1);
}

static void test_shift_goes_back_when_the_calibration_cannot_be_kept(void **state)
{
    (void)state;
    try_it();
    press(SHIFT_DO, "");
    hear((struct shift_news){ .kind = SHIFT_KEPT, .said = SAY_NO_SETTINGS });
    CHECK(!rig.is_tried);
    CHECK_EQ(view()->calibration.step, CALIBRATE_FELL_BACK);
    CHECK_EQ(view()->why, SAY_NO_SETTINGS);
}

static void test_shift_crosses_lie_on_every_glass(void **state)
{
    (void)state;
    static const int sizes[][2] = { { 1080, 1920 }, { 1920, 1080 }, { 1280, 800 } };
    for (int i = 0; i < 3; i++)
        for (int cross = 0; cross < CROSSES; cross++) {
            struct touch_point at = shift_cross_at(cross, sizes[i][0], sizes[i][1]);
            CHECK(at.x >= 60 && at.x <= sizes[i][0] - 60 && at.y >= 60 && at.y <= sizes[i][1] - 60);
        }
}

RUN(T(test_shift_calibrates_by_four_crosses_and_a_fifth),
    T(test_shift_goes_back_by_itself_when_nobody_confirms),
    T(test_shift_counts_the_trial_down_second_by_second),
    T(test_shift_forgets_a_trial_when_its_page_is_left),
    T(test_shift_begins_the_crosses_anew_when_one_was_missed),
    T(test_shift_takes_a_finger_that_bounces_for_one_touch),
    T(test_shift_goes_back_when_the_calibration_cannot_be_kept),
    T(test_shift_crosses_lie_on_every_glass))
