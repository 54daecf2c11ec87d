#include "tests/golden/places_course.h"

#include "tests/golden/places_inside.h"
#include "tests/support/fill.h"

static const struct course_view *course(const struct visits *v)
{
    return &view(v)->course;
}

void place_course(struct visits *v)
{
    (void)session_begin_course(v->session, view(v)->language);
}

static void take(struct visits *v, const char *id)
{
    visits_event(v, EV_OPEN_TASK, id, "");
    tap(v, EV_NEXT);
}

static void to_form(struct visits *v)
{
    visits_event(v, EV_OPEN_SERVICE, course(v)->now->matter, "");
    tap(v, EV_NEXT);
    for (int i = 0; i < 8 && view(v)->screen == SCREEN_FETCHED; i++) {
        const struct service *service = view(v)->service;
        for (size_t k = 0; k < service->material_count; k++)
            visits_event(v, EV_SAY_CERTIFICATE, service->materials[k].id, "right");
        tap(v, EV_NEXT);
    }
}

static void leave(struct visits *v)
{
    tap(v, EV_EXIT);
    if (view(v)->screen == SCREEN_LEAVE)
        tap(v, EV_END);
}

/* From the list to the score; `is_well`: with the answers that are right. */
static void work_on(struct visits *v, const char *id, bool is_well)
{
    struct fill_answer answers[EXERCISE_ANSWERS + 1] = { 0 };
    take(v, id);
    const struct exercise *x = course(v)->now;
    if (!x) /* somebody is here: no course has begun */
        return;
    for (size_t i = 0; is_well && i < x->answer_count; i++)
        answers[i] = (struct fill_answer){ x->answers[i].field, x->answers[i].value };
    to_form(v);
    if (view(v)->screen == SCREEN_CONDITION && is_well)
        tap(v, EV_PRINT_LEAFLET);
    (void)fill_form(v->session, answers);
    for (int i = 0; i < 8 && view(v)->screen == SCREEN_PAPERS; i++) {
        fill_papers(v->session, x->end == EXERCISE_NOTICE ? "not" : is_well ? "later" : "here");
        tap(v, EV_NEXT);
    }
    if (view(v)->screen == SCREEN_REVIEW) {
        tap(v, EV_CONSENT);
        place_write_stroke(v, 200, 120);
        tap(v, EV_NEXT);
    }
    leave(v);
}

void place_course_passed(struct visits *v)
{
    place_course(v);
    for (size_t i = 0; i < course(v)->count; i++) {
        work_on(v, course(v)->tasks[i].exercise->id, true);
        tap(v, EV_NEXT);
    }
}

void place_course_printed(struct visits *v)
{
    place_course_passed(v);
    tap(v, EV_PRINT_CERTIFICATE);
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}

void place_task(struct visits *v)
{
    place_course(v);
    visits_event(v, EV_OPEN_TASK, "photo-at-home", "");
}

void place_task_help(struct visits *v)
{
    place_task(v);
    tap(v, EV_NEXT);
    tap(v, EV_OPEN_HELP);
}

void place_score(struct visits *v)
{
    place_course(v);
    work_on(v, "old-card-at-home", true);
}

void place_score_wrong(struct visits *v)
{
    place_course(v);
    work_on(v, "photo-at-home", false);
}

void place_score_refused(struct visits *v)
{
    place_course(v);
    work_on(v, "not-yet-eighty", true);
}

void place_course_tried(struct visits *v)
{
    place_score_wrong(v);
    tap(v, EV_NEXT);
    work_on(v, "not-yet-eighty", true);
    tap(v, EV_NEXT);
}
