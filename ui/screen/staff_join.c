/* Joining a county by this stick: the request goes to the county on it, the certificate comes back on it. */
#include <stdio.h>

#include "ui/screen/staff.h"

static void add_requested(struct scene *s)
{
    struct widget *w = flow_notice(
        s, STYLE_SUCCESS, "check_circle",
        tr("The request is on the stick. Take it to the county, then plug it in here again and "
           "come back to this page."));
    snprintf(w->id, sizeof(w->id), "requested");
    flow_gap(s, 24);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Code to compare"), s->shift->joining.code, true);
    flow_card_end(s, card);
    flow_gap(s, 16);
    flow_text(s, TYPE_BODY, COLOR_TEXT_2,
              tr("The county's desk sees the same code. If it is another one, the request is not "
                 "this kiosk's."),
              4);
}

static void add_joined(struct scene *s)
{
    struct widget *w =
        flow_notice(s, STYLE_SUCCESS, "check_circle",
                    page_format(s->page, tr("This kiosk has joined as %s. You may pull the stick."),
                                s->shift->joining.kiosk));
    snprintf(w->id, sizeof(w->id), "joined");
    flow_gap(s, 24);
}

static void add_how(struct scene *s)
{
    static const char *const steps[] = {
        N_("1. Touch the button below: this kiosk's request goes onto the stick."),
        N_("2. Take the stick to the county's office, where the certificate is made."),
        N_("3. Plug it in here again, open this page and touch the button once more."),
    };
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        flow_text(s, TYPE_BODY, COLOR_TEXT, tr(steps[i]), 4);
        flow_gap(s, 20);
    }
    flow_notice(s, STYLE_QUIET, "lock",
                tr("The key is made here and never leaves this kiosk. What travels is of no use to "
                   "anybody else."));
}

void staff_join(struct scene *s, int bottom)
{
    const struct shift_view *v = s->shift;
    const struct staff_said said = { tr("Working. Leave the stick in."), NULL, NULL,
                                     staff_saying(s, v->why) };
    (void)bottom;
    if (v->join != STEP_WELL)
        staff_step(s, v->join, &said);
    if (v->joining.step == JOIN_REQUESTED)
        add_requested(s);
    else if (v->joining.step == JOIN_DONE)
        add_joined(s);
    else
        add_how(s);
}
