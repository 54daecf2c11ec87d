/* Acts on a case that was looked up: its answer, and the slip about it. */
#include <string.h>

#include "firmware/session/acts.h"
#include "firmware/session/timeline_inside.h"

enum screen act_case_answer(struct session *s, const struct event *e)
{
    char day[9];
    struct case_view *asked = &s->visit.asked;
    if (strcmp(e->answer->receipt, asked->receipt) != 0)
        return stay();
    /* A number of another kiosk that was typed: its owner's card may have found it. */
    if (e->answer->where == CASE_NOT_FOUND && elsewhere_open(s, e->answer->receipt))
        return stay();
    *asked = *e->answer;
    timeline_count_down(&asked->timeline, s->config.calendar, session_today(s, day),
                        timeline_is_running(asked->state));
    return stay();
}

static bool can_print(const struct session *s)
{
    const struct progress_visit *p = &s->visit.progress;
    return paper_job_can_print(s, &p->paper) && p->paper.state != PAPER_PRINTING &&
           s->visit.asked.where == CASE_COUNTY;
}

enum screen act_print_case(struct session *s, const struct event *e)
{
    struct progress_visit *p = &s->visit.progress;
    struct slip *slip = NULL;
    (void)e;
    if (!can_print(s))
        return stay();
    int failed = slip_case(&slip, s, paper_job_copy(&p->paper));
    paper_job_send(s, &p->paper, failed, slip, s->visit.asked.receipt);
    return stay();
}

/* Paper is counted for the visit, not for each number that is typed. */
void progress_turn_page(struct session *s)
{
    struct paper_job *paper = &s->visit.progress.paper;
    *paper = (struct paper_job){ .prints = paper->prints };
}

bool progress_print_state(struct session *s, const struct event *e)
{
    return paper_job_heard(&s->visit.progress.paper, e);
}

void progress_look(struct progress_view *view, const struct session *s)
{
    view->paper = s->visit.progress.paper.state;
    const struct matters *m = &s->visit.matters;
    view->can_print = can_print(s);
    view->matters = &m->tasks;
    view->matters_ms = m->as_of_ms;
    const struct elsewhere *w = &s->visit.elsewhere;
    view->elsewhere = &w->tasks;
    view->is_asking_county = w->state == ELSEWHERE_ASKING;
    view->is_this_kiosk_alone = w->state == ELSEWHERE_UNANSWERED;
    view->elsewhere_ms = w->as_of_ms;
    view->is_listing =
        (m->tasks.count || w->tasks.count) && !m->is_typing && s->visit.asked.where == CASE_UNASKED;
}
