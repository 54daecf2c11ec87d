/* What an exercise is scored by: seen from outside, event by event, so that practice walks the same way as the real thing. */
#include "firmware/session/course.h"

#include <string.h>

#include "firmware/session/internal.h"
#include "firmware/session/table.h"

_Static_assert((int)EXERCISE_HERE == (int)HELD_HERE && (int)EXERCISE_LATER == (int)HELD_LATER &&
                   (int)EXERCISE_NOT == (int)HELD_NOT,
               "what is said of a paper has one order");

static void add_row(struct course *c, enum course_check check, size_t at)
{
    c->rows[c->row_count++] = (struct course_row){ .check = check, .at = at };
}

void course_take(struct session *s, const struct exercise *e)
{
    struct course *c = &s->course;
    c->now = e;
    c->is_running = c->is_begun = c->is_handed_in = c->is_noticed = false;
    c->is_insisted = c->is_slip_printed = c->is_condition_met = false;
    c->row_count = 0;
    add_row(c, CHECK_MATTER, 0);
    for (size_t i = 0; i < e->answer_count; i++)
        add_row(c, CHECK_ANSWER, i);
    for (size_t i = 0; i < e->paper_count; i++)
        add_row(c, CHECK_PAPER, i);
    add_row(c, CHECK_END, 0);
    c->is_scored_slip = e->end == EXERCISE_REFUSED && s->has_printer;
    if (c->is_scored_slip)
        add_row(c, CHECK_SLIP, 0);
}

const char *course_answer(const struct session *s, const char *field)
{
    const struct exercise *e = s->course.is_running ? s->course.now : NULL;
    bool is_its = e && s->visit.service && !strcmp(s->visit.service->code, e->matter);
    for (size_t i = 0; is_its && i < e->answer_count; i++)
        if (!strcmp(e->answers[i].field, field))
            return e->answers[i].value;
    return "";
}

/* ---- what is seen -------------------------------------------------------------------------- */

static bool is_answered(const struct session *s, const struct exercise_answer *a)
{
    return !strcmp(draft_value(s, a->field), a->value);
}

static bool is_said(const struct session *s, const struct exercise_paper *p)
{
    const struct service *service = s->visit.service;
    for (size_t i = 0; i < service->material_count && i < CHECKLIST_MAX; i++)
        if (!strcmp(service->materials[i].id, p->material))
            return (int)s->visit.papers.held[i] == (int)p->held;
    return false;
}

/* As the form stands now: what is changed again before it is handed in counts as it is then. */
static void watch_form(struct session *s)
{
    struct course *c = &s->course;
    for (size_t i = 0; i < c->row_count; i++) {
        struct course_row *row = &c->rows[i];
        if (row->check == CHECK_ANSWER)
            row->is_right = is_answered(s, &c->now->answers[row->at]);
        else if (row->check == CHECK_PAPER)
            row->is_right = is_said(s, &c->now->papers[row->at]);
    }
}

static void watch_condition(struct session *s)
{
    struct course *c = &s->course;
    const struct service_rule *failed = s->visit.precheck.failed;
    if (!failed || strcmp(failed->id, c->now->condition) != 0)
        return;
    c->is_condition_met = true;
    c->is_slip_printed |= s->visit.leaflet.paper.prints > 0;
}

void course_watch(struct session *s)
{
    struct course *c = &s->course;
    const struct visit *v = &s->visit;
    uint64_t in = UINT64_C(1) << v->screen;
    if (!c->is_running || !v->service ||
        !(in & (FILLING | IN(FETCHING) | IN(SUBMITTING) | IN(DONE))))
        return;
    bool is_its = !strcmp(v->service->code, c->now->matter);
    if (!c->is_begun)
        c->rows[0].is_right = is_its;
    c->is_begun = true;
    c->is_handed_in |= *v->receipt != 0;
    if (!is_its)
        return;
    c->is_insisted |= v->precheck.insisted != 0;
    c->is_noticed |= v->screen == SCREEN_NOTICE;
    if (v->screen == SCREEN_CONDITION)
        watch_condition(s);
    if (v->has_draft && !*v->receipt)
        watch_form(s);
}

/* ---- the score ------------------------------------------------------------------------------- */

static bool is_well_ended(const struct course *c)
{
    switch (c->now->end) {
    case EXERCISE_REFUSED:
        return c->is_condition_met && !c->is_insisted && !c->is_handed_in;
    case EXERCISE_NOTICE:
        return c->is_noticed;
    default:
        return c->is_handed_in;
    }
}

/* A form that was left half way shows nothing. */
static void settle_rows(struct course *c)
{
    bool is_well = is_well_ended(c);
    for (size_t i = 0; i < c->row_count; i++) {
        struct course_row *row = &c->rows[i];
        if (row->check == CHECK_END)
            row->is_right = is_well;
        else if (row->check == CHECK_SLIP)
            row->is_right = c->is_slip_printed;
        else if (row->check != CHECK_MATTER && c->now->end != EXERCISE_REFUSED)
            row->is_right &= is_well;
    }
}

static int points(const struct course *c)
{
    int all = 0, right = 0;
    for (size_t i = 0; i < c->row_count; i++) {
        int weight = c->rows[i].check == CHECK_END ? 2 : 1;
        all += weight;
        right += c->rows[i].is_right ? weight : 0;
    }
    return all ? right * 100 / all : 0;
}

void course_score(struct session *s)
{
    struct course *c = &s->course;
    size_t place = (size_t)(c->now - s->exercises->list);
    int now;
    settle_rows(c);
    c->is_running = false;
    now = points(c);
    if (now > c->best[place])
        c->best[place] = now;
}

/* ---- what a screen sees ------------------------------------------------------------------------ */

void course_look(struct course_view *out, const struct session *s)
{
    const struct course *c = &s->course;
    *out = (struct course_view){ .is_on = c->is_on };
    if (!c->is_on)
        return;
    out->pass = s->exercises->pass;
    out->is_passed = true;
    for (size_t i = 0; i < s->exercises->count; i++) {
        if (!c->is_fitting[i])
            continue;
        out->tasks[out->count++] = (struct course_task){ &s->exercises->list[i], c->best[i] };
        out->is_passed &= c->best[i] >= out->pass;
    }
    out->now = c->now;
    out->is_running = c->is_running;
    out->row_count = c->row_count;
    memcpy(out->rows, c->rows, sizeof(out->rows));
    out->points = c->now && !c->is_running ? points(c) : 0;
    out->paper = c->paper.state;
    out->can_print =
        out->is_passed && paper_job_can_print(s, &c->paper) && c->paper.state != PAPER_PRINTING;
}
