/* The calibration of the glass, in each of its states. */
#include "tests/golden/places_staff_inside.h"

static void touch(struct visits *v, int x, int y)
{
    fake_clock_advance(&v->clock, 600);
    shift_handle(v->shift, SHIFT_FELT, "", shift_felt(x, y));
}

static void touch_crosses(struct visits *v, int count)
{
    for (int i = 0; i < count; i++) {
        struct touch_point at = shift_cross_at(i, 1080, 1920);
        touch(v, (int)at.x, (int)at.y);
    }
}

void place_staff_calibrate(struct visits *v)
{
    staff_page(v, "devices");
    staff_open(v, "calibrate");
}

void place_staff_calibrate_check(struct visits *v)
{
    place_staff_calibrate(v);
    touch_crosses(v, CROSS_CHECK);
}

void place_staff_calibrate_missed(struct visits *v)
{
    place_staff_calibrate(v);
    touch_crosses(v, 3);
    touch(v, 540, 1400);
}

void place_staff_calibrate_trial(struct visits *v)
{
    place_staff_calibrate(v);
    touch_crosses(v, CROSSES);
}

void place_staff_calibrate_kept(struct visits *v)
{
    place_staff_calibrate_trial(v);
    staff_press(v, SHIFT_DO, "");
    shift_hear(v->shift, &(struct shift_news){ .kind = SHIFT_KEPT });
}

void place_staff_calibrate_back(struct visits *v)
{
    place_staff_calibrate_trial(v);
    fake_clock_advance(&v->clock, CALIBRATE_TRIAL_MS);
    staff_press(v, SHIFT_TIME, "");
}
