/* What the card found: each matter that was handed in here with it, what waits for the resident first; then what the county
 * has of it from other kiosks. */
#include <stdio.h>

#include "ui/screen/progress.h"

/* Whether one has to come stands on the matter's own page: many results come by themselves. */
static const char *duty_words(enum agency_duty duty)
{
    return duty == DUTY_HAND_IN ? tr("Hand in") : duty == DUTY_WAIT ? "" : tr("There is a result");
}

static void add_matter(struct scene *s, const char *id, const struct agency_tasks *tasks, size_t i)
{
    const struct agency_task *t = &tasks->list[i];
    const struct service *service = catalogue_find(s->view->catalogue, t->code);
    enum agency_duty duty = agency_duty_of(t);
    const char *state = *t->state ? scene_case_title(t->state) : tr("No answer yet");
    struct widget row = { .icon = service ? service->icon : "description",
                          .label = service ? scene_words(s, &service->short_name) : t->code,
                          .detail = page_format(s->page, "%s · %s", t->receipt, state),
                          .value = duty_words(duty),
                          .style = duty == DUTY_WAIT ? STYLE_QUIET : STYLE_WARNING,
                          .action = scene_action(EV_OPEN_MATTER, t->receipt, "") };
    snprintf(row.id, sizeof(row.id), "%s:%zu", id, i);
    flow_row(s, row);
    flow_gap(s, s->theme->gutter);
}

static void add_age(struct scene *s, int64_t as_of_ms)
{
    char day[48];
    scene_date(day, s, as_of_ms, true);
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2,
              as_of_ms ? page_format(s->page, tr("As of %s"), day)
                       : tr("The county has not been heard yet"),
              2);
    flow_gap(s, 12);
}

static void add_here(struct scene *s)
{
    const struct progress_view *p = &s->view->progress;
    flow_heading(s, TYPE_H2, tr("Your matters from this kiosk"));
    flow_gap(s, 20);
    for (size_t i = 0; i < p->matters->count; i++)
        add_matter(s, "matter", p->matters, i);
    add_age(s, p->matters_ms);
}

/* Whoever misses a matter must know whether it was looked for. */
void progress_add_reach(struct scene *s)
{
    const struct progress_view *p = &s->view->progress;
    flow_gap(s, 8);
    if (p->is_asking_county)
        flow_notice(s, STYLE_QUIET, "schedule", tr("The county is asked for your other matters"))
            ->number[0] = scene_spinner(s);
    else if (p->is_this_kiosk_alone)
        flow_notice(
            s, STYLE_WARNING, "wifi_off",
            tr("The county cannot be asked now: only what was handed in at this kiosk is "
               "known. For matters from elsewhere please look again later, or call 12345."));
    else
        return;
    flow_gap(s, 16);
}

static void add_elsewhere(struct scene *s)
{
    const struct progress_view *p = &s->view->progress;
    if (p->elsewhere->count) {
        flow_gap(s, p->matters->count ? 20 : 0);
        flow_heading(s, TYPE_H2, tr("Your matters from elsewhere"));
        flow_gap(s, 20);
        for (size_t i = 0; i < p->elsewhere->count; i++)
            add_matter(s, "elsewhere", p->elsewhere, i);
        add_age(s, p->elsewhere_ms);
    }
    progress_add_reach(s);
}

void progress_add_list(struct scene *s)
{
    const struct progress_view *p = &s->view->progress;
    int bottom = scene_actions_top(s);
    flow_gap(s, s->is_short ? 16 : 40);
    flow_begin(s, bottom);
    if (p->matters->count)
        add_here(s);
    add_elsewhere(s);
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2, tr("Found by this card alone."), 2);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec other = { "primary",      tr("Another number"),
                                 "receipt_long", EV_FOCUS,
                                 "receipt",      "" };
    scene_actions(s, &other, &back);
}
