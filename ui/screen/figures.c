/* How this point is doing (SS-57), and the five figures of the reform for staff (SS-65): what the county says of the point,
 * and what this kiosk has counted itself. docs/figures.md says what each means. */
#include <stdio.h>

#include "ui/screen/desk.h"
#include "ui/screen/figures.h"

/* ---- what the county says ------------------------------------------------------------ */

static void add_month(struct scene *s, const struct point_month *m)
{
    struct page *p = s->page;
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Month"), page_format(p, "%.4s-%.2s", m->month, m->month + 4), false);
    if (m->cases >= 0)
        flow_fact(s, tr("Cases taken in"), page_format(p, "%d", m->cases), false);
    if (m->on_time_percent >= 0)
        flow_fact(s, tr("Done in time"), page_format(p, "%d %%", m->on_time_percent), false);
    if (m->rating_tenths >= 0)
        flow_fact(s, tr("Rating"),
                  page_format(p, tr("%d.%d of 5, from %d people"), m->rating_tenths / 10,
                              m->rating_tenths % 10, m->ratings < 0 ? 0 : m->ratings),
                  false);
    if (m->minutes >= 0)
        flow_fact(s, tr("Time at the counter"),
                  page_format(p, tr("%d minutes on average"), m->minutes), false);
    flow_fact(s, tr("From"), tr("counted by the county; nobody's name is in it"), true);
    flow_card_end(s, card);
    flow_gap(s, 20);
}

/* ---- what this kiosk has counted ----------------------------------------------------- */

static const char *share(struct scene *s, const struct point_figures *f, int part)
{
    bool is_at_least;
    int percent = figures_share(f, part, &is_at_least);
    return percent < 0   ? tr("too few to tell")
           : is_at_least ? page_format(s->page, tr("at least %d %%"), percent)
                         : page_format(s->page, "%d %%", percent);
}

static const char *people(struct scene *s, int count)
{
    int told = figures_people(count);
    return told < 0 ? tr("fewer than 5") : page_format(s->page, "%d", told);
}

void figures_five(struct scene *s, const struct point_figures *f, const char *done)
{
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Matters handed in"), done, false);
    flow_fact(s, tr("One trip was enough"), share(s, f, f->done - f->again), false);
    flow_fact(s, tr("Nothing left to bring or fetch"), share(s, f, f->zero), false);
    flow_fact(s, tr("Papers not asked for"), page_format(s->page, "%d", f->papers), false);
    flow_fact(s, tr("Forms spared"), page_format(s->page, "%d", f->forms), false);
    flow_fact(s, tr("Waiting spared"), page_format(s->page, tr("%d working days"), f->days), true);
    flow_card_end(s, card);
    flow_gap(s, 20);
}

void figures_month_line(struct scene *s, const struct point_figures *f)
{
    bool has_month = f->month[0] != '0';
    flow_text(s, TYPE_BODY, COLOR_TEXT_2,
              has_month ? page_format(s->page, tr("%.4s-%.2s, counted on this machine"), f->month,
                                      f->month + 4)
                        : tr("Counted on this machine; its clock is not set."),
              2);
    flow_gap(s, 16);
}

static void add_own(struct scene *s, const struct point_figures *f)
{
    if (!f->is_known)
        return;
    flow_heading(s, TYPE_H3, tr("This machine"));
    flow_gap(s, 8);
    figures_month_line(s, f);
    figures_five(s, f, people(s, f->done));
}

void screen_figures(struct scene *s)
{
    const struct desk_view *d = &s->view->desk;
    bool has_month = d->news && *d->news->month.month;
    scene_header(s, tr("How this point is doing"), EV_BACK);
    int bottom = scene_actions_top(s);
    flow_gap(s, s->is_short ? 20 : 36);
    flow_begin(s, bottom);
    if (has_month)
        add_month(s, &d->news->month);
    if (!has_month && !d->figures.is_known)
        flow_notice(s, STYLE_QUIET, "info", tr("These numbers are not known here at the moment."));
    if (has_month)
        desk_age(s);
    if (has_month && d->figures.is_known)
        flow_gap(s, 28);
    add_own(s, &d->figures);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    scene_actions(s, NULL, &back);
}
