/* How the result leaves the house, why it was refused, and the slip about it. */
#include <string.h>

#include "ui/screen/paper.h"
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
    if (!s->view->asked.timeline.needs_no_return ||
        s->view->asked.timeline.posted.state == POSTED_RETURNED)
        return;
    flow_notice(s, STYLE_SUCCESS, "check_circle",
                tr("There is no need to come again: the result comes to you."));
    flow_gap(s, 24);
}

/* What was handed to a carrier is not there yet, and may come back. */
void progress_parcel_words(struct state_words *w, const struct case_view *c)
{
    enum posted_state state = c->timeline.posted.state;
    if (strcmp(c->state, "delivered") != 0 || state == POSTED_NONE || state == POSTED_DELIVERED)
        return;
    w->title = N_("Sent by post");
    w->text = N_("The result is with the carrier. How far it is stands below.");
    if (state != POSTED_RETURNED)
        return;
    w->title = N_("The parcel came back");
    w->text = N_("The result lies at the office again.");
    w->icon = "warning";
    w->style = STYLE_WARNING;
}

enum { OLD_MS = 2 * 24 * 3600 * 1000 };

/* When it was last heard, and in words when that is long ago: what is shown may be old. */
const char *progress_age(struct scene *s, int64_t as_of)
{
    char when[48];
    int64_t age = s->around->wall_ms - as_of;
    scene_date(when, s, as_of, true);
    if (!s->around->is_clock_set || age < OLD_MS)
        return page_text(s->page, when);
    return page_format(s->page, tr("%s (%d days old: it may have changed)"), when,
                       (int)(age / (OLD_MS / 2)));
}

/* The carrier's word comes by way of the county: both ages count. */
void progress_parcel_facts(struct scene *s)
{
    const struct posted *p = &s->view->asked.timeline.posted;
    char when[48];
    if (p->state == POSTED_NONE)
        return;
    const char *words = tr(posted_words(p->state));
    if (p->at_ms) {
        scene_date(when, s, p->at_ms, true);
        words = page_format(s->page, "%s · %s", words, when);
    }
    flow_fact(s, tr("Parcel"), words, false);
    if (p->as_of_ms)
        flow_fact(s, tr("The carrier said so"), progress_age(s, p->as_of_ms), false);
}

/* It is no use to wait at home for what lies at the office. */
void progress_add_returned(struct scene *s)
{
    if (s->view->asked.timeline.posted.state != POSTED_RETURNED)
        return;
    struct widget *w =
        flow_notice(s, STYLE_WARNING, "warning",
                    page_format(s->page,
                                tr("The parcel could not be handed over and came back. Please "
                                   "call %s, or fetch it at: %s"),
                                catalogue_point(s->view->catalogue)->phone,
                                scene_words(s, &catalogue_point(s->view->catalogue)->window)));
    memcpy(w->id, "returned", sizeof("returned"));
    flow_gap(s, 24);
}

static void add_waived(struct scene *s, const char *paper, const char *evidence)
{
    const struct words *name = catalogue_material_name(s->view->catalogue, paper);
    flow_notice(s, STYLE_SUCCESS, "check_circle",
                page_format(s->page, tr("You need not prove by paper: %s. Accepted instead: %s"),
                            name ? scene_words(s, name) : paper, evidence));
    flow_gap(s, 24);
}

void progress_add_waived(struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    for (size_t i = 0; i < c->timeline.waived_count; i++)
        add_waived(s, c->timeline.waived[i].paper, c->timeline.waived[i].evidence);
    if (*case_fact(c, "waived") && *case_fact(c, "evidence"))
        add_waived(s, case_fact(c, "waived"), case_fact(c, "evidence"));
}

void progress_add_reason(struct scene *s)
{
    const struct timeline *t = &s->view->asked.timeline;
    if (t->parts.count) /* each says its own */
        return;
    if (*t->reason) {
        struct widget *reason = flow_notice(s, STYLE_DANGER, "error",
                                            page_format(s->page, tr("The reason: %s"), t->reason));
        memcpy(reason->id, "reason", sizeof("reason"));
        flow_gap(s, 24);
    }
    /* The office decided nothing about a withdrawal that it could not follow. */
    if (case_is_refused(s->view->asked.state) && !progress_is_of_desk(&s->view->asked))
        progress_add_remedy(s);
}

/* ---- the slip -------------------------------------------------------------------------------- */

void progress_add_paper(struct scene *s)
{
    const struct progress_view *p = &s->view->progress;
    bool is_notice = s->view->asked.timeline.owed_count > 0;
    struct paper_words words = {
        .printing = tr("Your slip is being printed"),
        .done = tr("Your slip is ready: please take it"),
        .failed = tr("No slip can be printed now. What stands here is enough."),
    };
    /* Printing it once more is offered below, so nobody is asked whether it is whole. */
    paper_add_state(s, &words, p->paper == PAPER_ASK ? PAPER_DONE : p->paper, false);
    if (p->paper != PAPER_PRINTING && p->can_print)
        paper_add_button(s, "print-case", "print",
                         p->paper != PAPER_OFF ? tr("Print it once more")
                         : is_notice           ? tr("Print what is missing")
                                               : tr("Print how it stands"),
                         EV_PRINT_CASE);
}
