/* The five figures of the reform, for staff (SS-65). */
#include "ui/screen/figures.h"
#include "ui/screen/staff.h"

void staff_figures(struct scene *s, int bottom)
{
    const struct shift_view *v = s->shift;
    const struct point_figures *f = &v->facts.figures;
    const struct staff_said printing = { tr("The figures are being printed"),
                                         tr("The figures are printed"),
                                         tr("Look whether the figures came out whole."),
                                         tr("The figures did not come out") };
    (void)bottom;
    if (!f->is_known) {
        flow_notice(s, STYLE_WARNING, "warning", staff_saying(s, SAY_SYNCD));
        return;
    }
    staff_step(s, v->slip, &printing);
    figures_month_line(s, f);
    figures_five(s, f, staff_number(s, f->done));
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Somebody helped"), staff_number(s, f->helped), false);
    flow_fact(s, tr("By an agent of the village"), staff_number(s, f->by_agent), false);
    flow_fact(s, tr("Second trips"), staff_number(s, f->again), false);
    flow_fact(s, tr("Forms left unfinished"), staff_number(s, f->left), false);
    flow_fact(s, tr("Faults of this machine"), staff_number(s, f->faults), true);
    flow_card_end(s, card);
}
