/* How the result leaves the house, why it was refused, and the slip about it. */
#include <string.h>

#include "ui/screen/progress.h"

/* ---- the way out -------------------------------------------------------------------------- */

/* The code large: it is read out at a counter, or held up. */
void progress_add_pickup(struct scene *s)
{
    const struct timeline *t = &s->view->asked.timeline;
    if (t->hand_out != HAND_OUT_PICKUP || !*t->code || !strcmp(s->view->asked.state, "delivered"))
        return;
    struct widget *card = flow_card(s);
    int x = s->x, w = s->w;
    flow_gap(s, 16);
    s->x += 40;
    s->w -= 80;
    flow_text(s, TYPE_BODY, COLOR_TEXT_2, tr("Pickup code"), 1);
    struct widget *code = flow_text(s, TYPE_DISPLAY, COLOR_TEXT, t->code, 1);
    memcpy(code->id, "pickup", sizeof("pickup"));
    /* The county's own words, in whatever language it wrote them. */
    struct widget *where =
        flow_text(s, TYPE_BODY, COLOR_TEXT,
                  page_format(s->page, tr("Your result waits at: %s"), t->counter), 3);
    memcpy(where->id, "counter", sizeof("counter"));
    s->x = x;
    s->w = w;
    flow_gap(s, 16);
    flow_card_end(s, card);
    flow_gap(s, 24);
}

void progress_add_comfort(struct scene *s)
{
    if (!s->view->asked.timeline.needs_no_return)
        return;
    flow_notice(s, STYLE_SUCCESS, "check_circle",
                tr("There is no need to come again: the result comes to you."));
    flow_gap(s, 24);
}

void progress_add_reason(struct scene *s)
{
    const struct timeline *t = &s->view->asked.timeline;
    if (!*t->reason)
        return;
    struct widget *reason = flow_notice(s, STYLE_DANGER, "error",
                                        page_format(s->page, tr("The reason: %s"), t->reason));
    memcpy(reason->id, "reason", sizeof("reason"));
    flow_gap(s, 24);
}

/* ---- the slip -------------------------------------------------------------------------------- */

void progress_add_paper(struct scene *s)
{
    const struct progress_view *p = &s->view->progress;
    bool is_notice = s->view->asked.timeline.owed_count > 0;
    if (p->paper == PAPER_PRINTING) {
        flow_notice(s, STYLE_QUIET, "print", tr("Your slip is being printed"))->number[0] =
            scene_spinner(s);
        flow_gap(s, 24);
        return;
    }
    if (p->paper != PAPER_OFF) {
        bool is_good = p->paper == PAPER_DONE || p->paper == PAPER_ASK;
        flow_notice(s, is_good ? STYLE_SUCCESS : STYLE_WARNING,
                    is_good ? "receipt_long" : "print_disabled",
                    is_good ? tr("Your slip is ready: please take it")
                            : tr("No slip can be printed now. What stands here is enough."));
        flow_gap(s, 16);
    }
    if (!p->can_print)
        return;
    page_add(s->page, (struct widget){ .id = "print-case",
                                       .kind = &widget_button,
                                       .box = { s->x, s->y, s->w, s->theme->button_h },
                                       .style = STYLE_SECONDARY,
                                       .icon = "print",
                                       .label = p->paper != PAPER_OFF ? tr("Print it once more")
                                                : is_notice           ? tr("Print what is missing")
                                                                      : tr("Print how it stands"),
                                       .is_in_scroll = true,
                                       .action = scene_action(EV_PRINT_CASE, "", "") });
    flow_gap(s, s->theme->button_h + 24);
}
