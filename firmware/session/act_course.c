/* Acts of a course: its list, an exercise, its score, the certificate. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/bytes.h"
#include "firmware/base/log.h"
#include "firmware/session/acts.h"

void session_set_exercises(struct session *s, const struct exercises *exercises)
{
    s->exercises = exercises;
}

static bool fits(const struct session *s, const struct exercise *x,
                 char complaint[EXERCISE_COMPLAINT])
{
    char day[9];
    return exercise_fits(x, s->catalogue, session_today(s, day), complaint);
}

bool session_has_exercises(const struct session *s)
{
    char complaint[EXERCISE_COMPLAINT];
    for (size_t i = 0; s->catalogue && s->exercises && i < s->exercises->count; i++)
        if (fits(s, &s->exercises->list[i], complaint))
            return true;
    return false;
}

/* Which of them can be practised with this catalogue, on this day. */
static bool fit(struct session *s)
{
    struct course *c = &s->course;
    char complaint[EXERCISE_COMPLAINT];
    bool any = false;
    for (size_t i = 0; i < s->exercises->count; i++) {
        c->best[i] = -1;
        c->is_fitting[i] = fits(s, &s->exercises->list[i], complaint);
        any |= c->is_fitting[i];
        if (!c->is_fitting[i])
            log_line(LOG_WARNING, "practice", "left out: %s", complaint);
    }
    return any;
}

bool session_begin_course(struct session *s, enum language language)
{
    if (s->visit.screen != SCREEN_ATTRACT || !s->catalogue || !s->exercises || !fit(s))
        return false;
    practice_begin(s);
    s->course.is_on = true;
    s->visit.language = language;
    s->revision++;
    session_enter(s, SCREEN_COURSE);
    return true;
}

/* The visit is wiped, the course goes on in the language and letters it was read in. */
static void clear_visit(struct session *s)
{
    struct course kept = s->course;
    enum language language = s->visit.language;
    struct preferences preferences = s->visit.preferences;
    session_forget(s);
    s->course = kept;
    practice_begin(s);
    s->visit.language = language;
    s->visit.preferences = preferences;
}

bool course_is_running(const struct session *s)
{
    return s->course.is_running;
}

enum screen course_leave_visit(struct session *s)
{
    course_score(s);
    clear_visit(s);
    return SCREEN_SCORE;
}

static const struct exercise *named(const struct session *s, const char *id)
{
    for (size_t i = 0; i < s->exercises->count; i++)
        if (s->course.is_fitting[i] && !strcmp(s->exercises->list[i].id, id))
            return &s->exercises->list[i];
    return NULL;
}

enum screen act_course_open(struct session *s, const struct event *e)
{
    const struct exercise *x = named(s, e->name ? e->name : "");
    if (!x)
        return stay();
    course_take(s, x);
    return SCREEN_TASK;
}

enum screen act_course_again(struct session *s, const struct event *e)
{
    (void)e;
    course_take(s, s->course.now);
    return SCREEN_TASK;
}

enum screen act_course_begin(struct session *s, const struct event *e)
{
    struct person person;
    char day[9];
    (void)e;
    exercise_person(&person, s->course.now, session_today(s, day));
    visit_take_person(s, &person);
    s->visit.is_card_present = false; /* there is no card to forget */
    s->course.is_running = true;
    return SCREEN_HOME;
}

enum screen act_course_list(struct session *s, const struct event *e)
{
    (void)e;
    s->course.now = NULL;
    return SCREEN_COURSE;
}

/* ---- the certificate ------------------------------------------------------------------------- */

static void print(struct session *s)
{
    struct course *c = &s->course;
    struct slip *slip = NULL;
    int failed = slip_certificate(&slip, s, paper_job_copy(&c->paper));
    paper_job_send(s, &c->paper, failed, slip, "");
}

enum screen act_course_print(struct session *s, const struct event *e)
{
    struct course_view view;
    (void)e;
    course_look(&view, s);
    if (view.can_print)
        print(s);
    return stay();
}

bool course_printed(struct session *s, const struct event *e)
{
    return paper_job_heard(&s->course.paper, e);
}

enum screen act_course_slip(struct session *s, const struct event *e)
{
    struct course *c = &s->course;
    if (e->kind == EV_PRINT_STATE)
        (void)course_printed(s, e);
    else if (e->kind == EV_SLIP_GOOD && c->paper.state == PAPER_ASK)
        c->paper.state = PAPER_DONE;
    else if (e->kind == EV_SLIP_BAD)
        return act_course_print(s, e);
    return stay();
}
