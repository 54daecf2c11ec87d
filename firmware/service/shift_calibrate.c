/* The calibration of the glass. What is found is used at once, for half a minute; whoever cannot meet the button any more need do
 * nothing, and whoever has a keypad can confirm by it. */
#include <string.h>

#include "firmware/service/shift_inside.h"

enum { BETWEEN_MS = 400, COORDINATE_BITS = 20 };

/* In thousandths of the glass: below the header, clear of the edges, where a finger is sure. */
struct touch_point shift_cross_at(int cross, int width, int height)
{
    static const int places[CROSSES][2] = {
        { 120, 330 }, { 880, 330 }, { 880, 880 }, { 120, 880 }, { 500, 700 }
    };
    const int *at = places[cross >= 0 && cross < CROSSES ? cross : CROSS_CHECK];
    int x = at[0] * width / 1000, y = at[1] * height / 1000;
    return (struct touch_point){ x, y };
}

int64_t shift_felt(int x, int y)
{
    return (int64_t)x * (INT64_C(1) << COORDINATE_BITS) + y;
}

/* ---- crosses --------------------------------------------------------------------------------- */

static void begin_anew(struct shift *s, enum calibrate_trouble trouble)
{
    s->view.calibration = (struct shift_calibration){ .trouble = trouble };
}

static void try_out(struct shift *s)
{
    struct shift_calibration *c = &s->view.calibration;
    *c = (struct shift_calibration){ .step = CALIBRATE_TRIAL, .left_ms = CALIBRATE_TRIAL_MS };
    s->trial_until_ms = shift_now(s) + CALIBRATE_TRIAL_MS;
    s->ports->calibrate(s->context, &s->map);
    shift_note(s, "devices", "touch on trial");
}

/* All four, or the fifth, are there. */
static void judge(struct shift *s, const struct shift_glass *glass)
{
    struct shift_calibration *c = &s->view.calibration;
    if (c->cross == CROSSES) {
        if (touch_map_meets(&s->map, s->felt[CROSS_CHECK], glass->width, glass->height))
            try_out(s);
        else
            begin_anew(s, CALIBRATE_CHECKED);
        return;
    }
    if (c->cross != CROSS_CHECK)
        return;
    int r = touch_map_fit(&s->map, s->felt, CROSS_CHECK, glass->width, glass->height);
    if (r)
        begin_anew(s, r == TOUCH_MAP_E_RESIDUAL ? CALIBRATE_MISSED : CALIBRATE_TOO_NEAR);
}

enum shift_page shift_calibrate_felt(struct shift *s, const struct shift_cause *c)
{
    struct shift_calibration *v = &s->view.calibration;
    struct shift_glass glass = { 0 };
    int64_t now = shift_now(s), row = INT64_C(1) << COORDINATE_BITS;
    int64_t x = c->number / row, y = c->number % row;
    /* A finger that bounces is one touch. */
    if (v->step != CALIBRATE_CROSSES || (s->felt_ms && now - s->felt_ms < BETWEEN_MS))
        return SHIFT_CALIBRATE;
    s->felt_ms = now;
    s->ports->glass(s->context, &glass);
    s->felt[v->cross] = (struct touch_pair){ { (double)x, (double)y },
                                             shift_cross_at(v->cross, glass.width, glass.height) };
    v->cross++;
    judge(s, &glass);
    return SHIFT_CALIBRATE;
}

/* ---- confirming -------------------------------------------------------------------------------- */

static enum shift_page keep(struct shift *s)
{
    struct shift_glass glass = { 0 };
    struct shift_order order = { .kind = ORDER_TOUCH, .map = s->map };
    s->ports->glass(s->context, &glass);
    memcpy(order.panel, glass.panel, sizeof(order.panel));
    s->view.calibration.step = CALIBRATE_KEEPING;
    s->ports->order(s->context, &order);
    return SHIFT_CALIBRATE;
}

enum shift_page shift_calibrate_go_on(struct shift *s, const struct shift_cause *c)
{
    enum calibrate_step step = s->view.calibration.step;
    (void)c;
    if (step == CALIBRATE_TRIAL)
        return keep(s);
    if (step == CALIBRATE_KEPT || step == CALIBRATE_FELL_BACK)
        begin_anew(s, CALIBRATE_FINE);
    return SHIFT_CALIBRATE;
}

static void fall_back(struct shift *s)
{
    s->ports->calibrate(s->context, NULL);
    s->view.calibration = (struct shift_calibration){ .step = CALIBRATE_FELL_BACK };
    shift_note(s, "devices", "touch fell back");
}

enum shift_page shift_calibrate_kept(struct shift *s, const struct shift_cause *c)
{
    if (s->view.calibration.step != CALIBRATE_KEEPING)
        return SHIFT_CALIBRATE;
    s->view.why = c->news->said;
    if (c->news->said != SAY_WELL) {
        fall_back(s);
        return SHIFT_CALIBRATE;
    }
    s->ports->calibrate(s->context, NULL); /* what is kept is what was tried */
    s->view.calibration.step = CALIBRATE_KEPT;
    shift_note(s, "devices", "touch calibrated");
    return SHIFT_CALIBRATE;
}

void shift_calibrate_tick(struct shift *s)
{
    struct shift_calibration *c = &s->view.calibration;
    if (c->step != CALIBRATE_TRIAL)
        return;
    shift_count_down(s, &c->left_ms, s->trial_until_ms);
    if (!c->left_ms)
        fall_back(s);
}

void shift_calibrate_leave(struct shift *s)
{
    enum calibrate_step step = s->view.calibration.step;
    if (step == CALIBRATE_TRIAL || step == CALIBRATE_KEEPING)
        s->ports->calibrate(s->context, NULL);
    begin_anew(s, CALIBRATE_FINE);
    s->felt_ms = 0;
}
