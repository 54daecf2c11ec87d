/* Practice with scores (SS-43): what there is to practise, whoever comes, and what of it was right. */
#include <stdio.h>
#include <string.h>

#include "firmware/catalogue/rule.h"
#include "ui/screen/paper.h"

static const char *titled(const struct scene *s, const struct exercise *e)
{
    return e->title.in[s->view->language];
}

/* Header, a column that scrolls between it and the buttons; returns where it ends. */
static int begin(struct scene *s, const char *title, int back_verb)
{
    scene_header(s, title, back_verb);
    int bottom = scene_actions_top(s);
    flow_gap(s, s->is_short ? 20 : 36);
    flow_begin(s, bottom);
    return bottom;
}

/* ---- the list ------------------------------------------------------------------------- */

static void add_task(struct scene *s, const struct course_task *t)
{
    const struct course_view *c = &s->view->course;
    bool is_tried = t->best >= 0, is_passed = t->best >= c->pass;
    struct widget row = { .icon = is_passed  ? "check_circle"
                                  : is_tried ? "refresh"
                                             : "description",
                          .label = titled(s, t->exercise),
                          .detail = is_passed  ? tr("Passed")
                                    : is_tried ? tr("Not passed yet: try it again")
                                               : tr("Not tried yet"),
                          .value = is_tried ? page_format(s->page, tr("%d points"), t->best) : "",
                          .action = scene_action(EV_OPEN_TASK, t->exercise->id, "") };
    snprintf(row.id, sizeof(row.id), "task:%s", t->exercise->id);
    flow_row(s, row);
    flow_gap(s, s->theme->gutter);
}

static void add_certificate(struct scene *s)
{
    const struct course_view *c = &s->view->course;
    const struct paper_words words = {
        .printing = tr("The certificate is being printed."),
        .done = tr("The certificate came out. Write your name on it."),
        .failed = tr("The certificate could not be printed. Please look at the paper."),
    };
    if (!c->is_passed) {
        flow_notice(
            s, STYLE_QUIET, "info",
            page_format(s->page,
                        tr("Whoever has at least %d points in each gets a certificate. "
                           "Nobody in these exercises exists, and nothing is kept or sent."),
                        c->pass));
        flow_gap(s, s->theme->gutter);
        return;
    }
    flow_notice(s, STYLE_SUCCESS, "check_circle", tr("All passed. Well done!"));
    flow_gap(s, s->theme->gutter);
    paper_add_state(s, &words, c->paper, c->can_print);
}

void screen_course(struct scene *s)
{
    const struct course_view *c = &s->view->course;
    int bottom = begin(s, tr("Practice"), 0);
    add_certificate(s);
    for (size_t i = 0; i < c->count; i++)
        add_task(s, &c->tasks[i]);
    flow_end(s, bottom);
    struct button_spec print = { "primary", tr("Print the certificate"),
                                 "print",   EV_PRINT_CERTIFICATE,
                                 "",        "" };
    bool can_print = c->can_print && c->paper == PAPER_OFF;
    scene_actions(s, can_print ? &print : NULL, NULL);
}

/* ---- whoever comes -------------------------------------------------------------------- */

void screen_task(struct scene *s)
{
    const struct exercise *e = s->view->course.now;
    int bottom = begin(s, titled(s, e), EV_BACK);
    flow_text(s, TYPE_H2, COLOR_TEXT, e->story.in[s->view->language], 20);
    flow_gap(s, 28);
    flow_notice(s, STYLE_QUIET, "info",
                tr("Do at the kiosk what is to be done for this person, to the slip; then touch "
                   "Exit. Their card lies on the reader. You can read this again under Help."));
    flow_end(s, bottom);
    struct button_spec go = { "primary", tr("Begin"), "arrow_forward", EV_NEXT, "", "" },
                       back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    scene_actions(s, &go, &back);
}

/* ---- the score ------------------------------------------------------------------------ */

static const char *value_words(struct scene *s, const struct exercise_answer *a,
                               const struct field *f)
{
    char shown[ANSWER_BYTES];
    answer_show(shown, f, a->value, s->view->language);
    return page_text(s->page, shown);
}

static const char *held_words(enum exercise_held held)
{
    return held == EXERCISE_HERE    ? tr("it is here")
           : held == EXERCISE_LATER ? tr("it follows by a day that is promised")
                                    : tr("it is missing and may not follow");
}

/* The condition that is not met, as the guide says it. */
static const char *condition_words(const struct scene *s, const struct service *service,
                                   const char *id)
{
    for (size_t i = 0; i < service->rule_count; i++)
        if (!strcmp(service->rules[i].id, id))
            return scene_words(s, &service->rules[i].asks);
    return "";
}

static void end_words(const struct scene *s, const struct service *service, const char **name,
                      const char **right)
{
    const struct exercise *e = s->view->course.now;
    switch (e->end) {
    case EXERCISE_RECEIPT:
        *name = tr("It was handed in");
        *right = tr("to the number and the slip");
        break;
    case EXERCISE_NOTICE:
        *name = tr("What is missing was said at once");
        *right = tr("with the notice, once and completely");
        break;
    case EXERCISE_REFUSED:
        *name = tr("It was not taken in, and the reason was found");
        *right = condition_words(s, service, e->condition);
        break;
    }
}

static void add_check(struct scene *s, const struct service *service, const struct course_row *row)
{
    const struct exercise *e = s->view->course.now;
    const char *name = "", *right = "";
    if (row->check == CHECK_MATTER) {
        name = tr("The right matter was begun first");
        right = scene_words(s, &service->name);
    } else if (row->check == CHECK_ANSWER) {
        const struct exercise_answer *a = &e->answers[row->at];
        const struct field *f = exercise_field(service, a->field);
        name = scene_words(s, &f->label);
        right = value_words(s, a, f);
    } else if (row->check == CHECK_PAPER) {
        const struct exercise_paper *p = &e->papers[row->at];
        name = scene_words(s, &exercise_material(service, p->material)->name);
        right = held_words(p->held);
    } else if (row->check == CHECK_SLIP) {
        name = tr("The slip that says where to go was printed");
        right = tr("so that nobody has to remember it");
    } else {
        end_words(s, service, &name, &right);
    }
    flow_mark(s, row->is_right ? STYLE_SUCCESS : STYLE_DANGER,
              row->is_right ? "check_circle" : "error", name,
              row->is_right ? right : page_format(s->page, tr("Right is: %s"), right));
    flow_gap(s, 12);
}

void screen_score(struct scene *s)
{
    const struct course_view *c = &s->view->course;
    const struct service *service = catalogue_find(s->view->catalogue, c->now->matter);
    bool is_passed = c->points >= c->pass;
    int bottom = begin(s, titled(s, c->now), 0);
    struct widget *score =
        flow_heading(s, TYPE_H1, page_format(s->page, tr("%d points"), c->points));
    snprintf(score->id, sizeof(score->id), "points");
    flow_text(s, TYPE_BODY, COLOR_TEXT_2,
              is_passed ? tr("Passed") : page_format(s->page, tr("%d points are needed"), c->pass),
              1);
    flow_gap(s, 24);
    for (size_t i = 0; service && i < c->row_count; i++)
        add_check(s, service, &c->rows[i]);
    flow_gap(s, 12);
    flow_notice(s, STYLE_QUIET, "info", c->now->lesson.in[s->view->language]);
    flow_end(s, bottom);
    struct button_spec on = { "primary", tr("All exercises"), "arrow_forward", EV_NEXT, "", "" },
                       again = { "other", tr("Try it again"), "refresh", EV_BACK, "", "" };
    scene_actions(s, &on, &again);
}
