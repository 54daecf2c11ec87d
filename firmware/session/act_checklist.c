/* Acts of the check-list of papers, and of the notice of what is missing. */
#include <stdio.h>
#include <string.h>

#include "firmware/calendar/calendar.h"
#include "firmware/session/acts.h"
#include "firmware/slip/slip.h"

enum screen act_open_papers(struct session *s, const struct event *e)
{
    (void)e;
    if (!checklist_is_asked(s))
        return stay();
    checklist_show(s, CHECKLIST_FIRST);
    return SCREEN_PAPERS;
}

static enum held held_of(const struct session *s, const struct material *m, const char *word)
{
    if (m->how == MATERIAL_FETCHED && fetch_proof(s, m) != PROOF_DISPUTED)
        return HELD_UNSAID;
    if (!strcmp(word, "here"))
        return HELD_HERE;
    if (m->how == MATERIAL_LATER)
        return !strcmp(word, "later") ? HELD_LATER : HELD_UNSAID;
    return !strcmp(word, "not") ? HELD_NOT : HELD_UNSAID;
}

static void promise_day(struct session *s, size_t i)
{
    struct checklist *c = &s->visit.papers;
    char due[9];
    session_day_after(s, s->visit.service->materials[i].late_days, due, &c->is_provisional[i]);
    c->due[i] = day_from_text(due);
}

/* What is promised is signed: another answer asks for a new signature. */
enum screen act_answer_paper(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    for (size_t i = 0; e->name && e->value && i < v->service->material_count; i++) {
        const struct material *m = &v->service->materials[i];
        enum held held = strcmp(m->id, e->name) ? HELD_UNSAID : held_of(s, m, e->value);
        if (held == HELD_UNSAID || i >= CHECKLIST_MAX || v->papers.held[i] == held)
            continue;
        v->papers.held[i] = (unsigned char)held;
        explicit_bzero(&v->papers.waived[i], sizeof(v->papers.waived[i]));
        if (held == HELD_LATER)
            promise_day(s, i);
        ink_clear(&v->signature);
        v->is_affirmed = false;
        v->is_dirty = true;
    }
    return stay();
}

/* ---- what is missing ----------------------------------------------------------------- */

static void print_notice(struct session *s)
{
    struct checklist *c = &s->visit.papers;
    struct slip *slip = NULL;
    int failed = s->has_printer ? slip_notice(&slip, s, paper_job_copy(&c->slip)) : -ENODEV;
    paper_job_send(s, &c->slip, failed, slip, "");
}

/* Told once. Only when other papers are missing than before is there anything new to say. */
static enum screen tell_missing(struct session *s, uint32_t missing)
{
    struct checklist *c = &s->visit.papers;
    if (c->told == missing && c->is_handing_in)
        return SCREEN_REVIEW;
    c->is_handing_in = false;
    if (c->told == missing)
        return SCREEN_NOTICE;
    c->told = missing;
    c->told_ms = s->config.clock->wall_ms(s->config.clock);
    c->slip = (struct paper_job){ 0 };
    print_notice(s);
    return SCREEN_NOTICE;
}

enum screen act_next_paper(struct session *s, const struct event *e)
{
    (void)e;
    if (!checklist_is_answered(s)) {
        s->visit.has_errors_shown = true;
        return stay();
    }
    if (checklist_step(s, 1))
        return stay();
    s->visit.has_errors_shown = false;
    uint32_t missing = checklist_missing(s);
    return missing ? tell_missing(s, missing) : SCREEN_REVIEW;
}

enum screen act_last_paper(struct session *s, const struct event *e)
{
    return checklist_step(s, -1) ? stay() : act_back_to_form(s, e);
}

enum screen act_back_to_papers(struct session *s, const struct event *e)
{
    (void)e;
    checklist_show(s, CHECKLIST_LAST);
    return SCREEN_PAPERS;
}

enum screen act_hand_in(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.papers.is_handing_in = true;
    return SCREEN_REVIEW;
}

enum screen act_notice_state(struct session *s, const struct event *e)
{
    if (!leaflet_printed(s, e))
        (void)paper_job_heard(&s->visit.papers.slip, e);
    return stay();
}

enum screen act_notice_good(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.papers.slip.state = PAPER_DONE;
    return stay();
}

enum screen act_notice_bad(struct session *s, const struct event *e)
{
    struct checklist *c = &s->visit.papers;
    (void)e;
    if (paper_job_can_print(s, &c->slip))
        print_notice(s);
    else
        c->slip.state = PAPER_FAILED;
    return stay();
}
