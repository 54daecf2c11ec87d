/* What the card found: each matter that was handed in here with it, what waits for the resident first. */
#include <stdio.h>

#include "ui/screen/progress.h"

/* Whether one has to come stands on the matter's own page: many results come by themselves. */
static const char *duty_words(enum agency_duty duty)
{
    return duty == DUTY_HAND_IN ? tr("Hand in") : duty == DUTY_WAIT ? "" : tr("There is a result");
}

static void add_matter(struct scene *s, size_t i)
{
    const struct agency_task *t = &s->view->progress.matters->list[i];
    const struct service *service = catalogue_find(s->view->catalogue, t->code);
    enum agency_duty duty = agency_duty_of(t);
    const char *state = *t->state ? scene_case_title(t->state) : tr("No answer yet");
    struct widget row = { .icon = service ? service->icon : "description",
                          .label = service ? scene_words(s, &service->short_name) : t->code,
                          .detail = page_format(s->page, "%s · %s", t->receipt, state),
                          .value = duty_words(duty),
                          .style = duty == DUTY_WAIT ? STYLE_QUIET : STYLE_WARNING,
                          .action = scene_action(EV_OPEN_MATTER, t->receipt, "") };
    snprintf(row.id, sizeof(row.id), "matter:%zu", i);
    flow_row(s, row);
    flow_gap(s, s->theme->gutter);
}

void progress_add_list(struct scene *s)
{
    const struct progress_view *p = &s->view->progress;
    int bottom = scene_actions_top(s);
    flow_gap(s, s->is_short ? 16 : 40);
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H2, tr("Your matters from this kiosk"));
    flow_gap(s, 20);
    for (size_t i = 0; i < p->matters->count; i++)
        add_matter(s, i);
    if (p->matters_ms) {
        char day[48];
        scene_date(day, s, p->matters_ms, true);
        flow_text(s, TYPE_SMALL, COLOR_TEXT_2, page_format(s->page, tr("As of %s"), day), 1);
    } else
        flow_text(s, TYPE_SMALL, COLOR_TEXT_2, tr("The county has not been heard yet"), 2);
    flow_gap(s, 12);
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2,
              tr("Found by this card alone. What was handed in elsewhere is found by its number."),
              4);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec other = { "primary",      tr("Another number"),
                                 "receipt_long", EV_FOCUS,
                                 "receipt",      "" };
    scene_actions(s, &other, &back);
}
