/* Does an exercise fit the catalogue that is in use? What an editor of either got wrong is said before anybody is scored. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "firmware/catalogue/rule.h"
#include "firmware/practice/exercise.h"

struct judge {
    const struct exercise *exercise;
    const struct service *service;
    char *complaint;
};

static bool complain(const struct judge *j, const char *format, ...) PRINTF_LIKE(2, 3);
static bool complain(const struct judge *j, const char *format, ...)
{
    int used = snprintf(j->complaint, EXERCISE_COMPLAINT, "%s: ", j->exercise->id);
    va_list args;
    va_start(args, format);
    vsnprintf(j->complaint + used, EXERCISE_COMPLAINT - (size_t)used, format, args);
    va_end(args);
    return false;
}

const struct field *exercise_field(const struct service *service, const char *name)
{
    for (size_t i = 0; i < service->field_count; i++)
        if (!strcmp(service->fields[i].name, name))
            return &service->fields[i];
    return NULL;
}

const struct material *exercise_material(const struct service *service, const char *id)
{
    for (size_t i = 0; i < service->material_count; i++)
        if (!strcmp(service->materials[i].id, id))
            return &service->materials[i];
    return NULL;
}

static bool answers_fit(const struct judge *j)
{
    for (size_t i = 0; i < j->exercise->answer_count; i++) {
        const struct exercise_answer *a = &j->exercise->answers[i];
        const struct field *f = exercise_field(j->service, a->field);
        if (!f)
            return complain(j, "%s asks no question %s", j->service->code, a->field);
        if (answer_check(f, a->value, NULL))
            return complain(j, "%s of %s does not take %s", a->field, j->service->code, a->value);
    }
    return true;
}

static bool papers_fit(const struct judge *j)
{
    bool is_missing = false;
    for (size_t i = 0; i < j->exercise->paper_count; i++) {
        const struct exercise_paper *p = &j->exercise->papers[i];
        const struct material *m = exercise_material(j->service, p->material);
        if (!m)
            return complain(j, "%s needs no paper %s", j->service->code, p->material);
        if (m->how == MATERIAL_FETCHED)
            return complain(j, "%s is looked up: nobody is asked for it", p->material);
        if ((p->held == EXERCISE_LATER) != (m->how == MATERIAL_LATER) && p->held != EXERCISE_HERE)
            return complain(j, "%s %s follow later", p->material,
                            m->how == MATERIAL_LATER ? "may" : "may not");
        is_missing |= p->held == EXERCISE_NOT;
    }
    if (is_missing != (j->exercise->end == EXERCISE_NOTICE))
        return complain(j, "a notice, and nothing else, ends a matter of which a paper is missing");
    return true;
}

/* Do the conditions say of this person what the exercise says? Only by the card: what is asked on the way is the
 * trainee's to ask. */
static bool conditions_fit(const struct judge *j, const struct catalogue *c, const char *today)
{
    struct person person;
    struct verdict verdicts[VERDICTS_MAX];
    exercise_person(&person, j->exercise, today);
    const struct rule_facts facts = { .today = today, .card = &person };
    size_t count = service_judge(c, j->service, &facts, verdicts);
    const char *failed = "";
    for (size_t i = 0; i < count && !*failed; i++)
        if (verdicts[i].truth == TRUTH_NO)
            failed = verdicts[i].rule->id;
    if (!strcmp(failed, j->exercise->condition))
        return true;
    return *failed ? complain(j, "%s refuses this person for %s", j->service->code, failed)
                   : complain(j, "%s does not refuse this person for %s", j->service->code,
                              j->exercise->condition);
}

bool exercise_fits(const struct exercise *s, const struct catalogue *c, const char *today,
                   char complaint[EXERCISE_COMPLAINT])
{
    const struct judge j = { s, catalogue_find(c, s->matter), complaint };
    complaint[0] = 0;
    if (!j.service)
        return complain(&j, "the catalogue has no matter %s", s->matter);
    if (j.service->reach == REACH_INFO || j.service->reach == REACH_BOOK)
        return complain(&j, "%s is not handed in here", s->matter);
    return answers_fit(&j) && papers_fit(&j) && conditions_fit(&j, c, today);
}
