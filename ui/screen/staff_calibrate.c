/* The calibration of the glass: crosses to be touched, then half a minute to confirm what came of it. */
#include <stdio.h>

#include "ui/screen/staff.h"

enum { CROSS_SIDE = 120 };

static const char *trouble_words(enum calibrate_trouble trouble)
{
    static const char *const words[] = {
        [CALIBRATE_FINE] = "",
        [CALIBRATE_TOO_NEAR] = N_("Those were no four corners. Once more, one cross after the "
                                  "other."),
        [CALIBRATE_MISSED] = N_("One touch was not on its cross. Once more, please."),
        [CALIBRATE_CHECKED] = N_("The last cross was not met. Once more, please."),
    };
    return *words[trouble] ? tr(words[trouble]) : "";
}

static void add_cross(struct scene *s, int cross)
{
    struct touch_point at = shift_cross_at(cross, s->panel.width, s->panel.height);
    struct widget w = { .kind = &widget_cross,
                        .box = { (int)at.x - CROSS_SIDE / 2, (int)at.y - CROSS_SIDE / 2, CROSS_SIDE,
                                 CROSS_SIDE },
                        .label = page_format(s->page, tr("Cross %d of %d"), cross + 1, CROSSES) };
    snprintf(w.id, sizeof(w.id), "cross:%d", cross);
    page_add(s->page, w);
}

/* Between the upper crosses and the lower ones. */
static void add_words(struct scene *s, int cross)
{
    const char *trouble = trouble_words(s->shift->calibration.trouble);
    bool has_trouble = cross == 0 && *trouble;
    scene_use(s, (struct rect){ s->panel.width * 22 / 100, 0, s->panel.width * 56 / 100, 0 });
    s->y = s->panel.height * 42 / 100;
    flow_text(s, has_trouble ? TYPE_BODY : TYPE_H3, COLOR_TEXT,
              has_trouble           ? trouble
              : cross < CROSS_CHECK ? tr("Touch the red dot in the middle of the cross.")
                                    : tr("And this one, to check."),
              4)
        ->align = ALIGN_CENTER;
    flow_gap(s, 12);
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2,
              page_format(s->page, tr("Cross %d of %d"), cross + 1, CROSSES), 1)
        ->align = ALIGN_CENTER;
}

static void add_trial(struct scene *s)
{
    int seconds = (int)((s->shift->calibration.left_ms + 999) / 1000);
    struct widget *w =
        flow_notice(s, STYLE_WARNING, "timer",
                    page_format(s->page,
                                tr("The new calibration holds. Touch the button below to keep it. "
                                   "Otherwise it is as before in %d seconds."),
                                seconds));
    snprintf(w->id, sizeof(w->id), "trial");
    flow_gap(s, 24);
    flow_text(s, TYPE_BODY, COLOR_TEXT_2,
              tr("If a finger no longer meets the button, wait, or confirm with the keypad."), 3);
}

void staff_calibrate(struct scene *s, int bottom)
{
    const struct shift_calibration *c = &s->shift->calibration;
    (void)bottom;
    switch (c->step) {
    case CALIBRATE_CROSSES:
        add_cross(s, c->cross);
        add_words(s, c->cross);
        break;
    case CALIBRATE_TRIAL:
        add_trial(s);
        break;
    case CALIBRATE_KEEPING:
        flow_notice(s, STYLE_QUIET, "hourglass_empty", tr("One moment"))->number[0] =
            scene_spinner(s);
        break;
    case CALIBRATE_KEPT:
        flow_notice(s, STYLE_SUCCESS, "check_circle", tr("The glass is calibrated."));
        break;
    case CALIBRATE_FELL_BACK:
        flow_notice(s, STYLE_WARNING, "history",
                    s->shift->why == SAY_WELL ? tr("Nobody confirmed it: the glass is as before.")
                                              : staff_saying(s, s->shift->why));
        break;
    }
}
