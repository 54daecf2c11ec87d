#include <string.h>

#include "firmware/catalogue/bundle.h"
#include "firmware/catalogue/expression.h"
#include "firmware/catalogue/parts.h"

enum { ROUTE_STEPS = 4 };

const struct fact *catalogue_find_fact(const struct catalogue *c, const char *name)
{
    for (size_t i = 0; i < c->fact_count; i++)
        if (!strcmp(c->facts[i].name, name))
            return &c->facts[i];
    return NULL;
}

/* A fact with a question can be asked here; a card can be tapped, an answer given: those have none. */
static const struct fact *question_for(const struct catalogue *c, const char *missing)
{
    const struct fact *f =
        missing && !strncmp(missing, "fact.", 5) ? catalogue_find_fact(c, missing + 5) : NULL;
    return f && *f->question.in[LANGUAGE_ZH] ? f : NULL;
}

size_t service_judge(const struct catalogue *c, const struct service *s,
                     const struct rule_facts *facts, struct verdict out[VERDICTS_MAX])
{
    size_t count = s->rule_count < VERDICTS_MAX ? s->rule_count : VERDICTS_MAX;
    for (size_t i = 0; i < count; i++) {
        out[i] = (struct verdict){ .rule = &s->rules[i] };
        out[i].truth = rule_holds(s->rules[i].must, facts, &out[i].missing);
        out[i].ask = question_for(c, out[i].missing);
    }
    return count;
}

enum truth service_is_open(const struct catalogue *c, const struct service *s,
                           const struct rule_facts *facts)
{
    enum truth whole = TRUTH_YES;
    (void)c;
    for (size_t i = 0; i < s->rule_count; i++) {
        enum truth one = rule_holds(s->rules[i].must, facts, NULL);
        if (one == TRUTH_NO)
            return TRUTH_NO;
        whole = one == TRUTH_UNKNOWN ? TRUTH_UNKNOWN : whole;
    }
    return whole;
}

/* The rule of `s` that fails, or NULL. */
static const struct service_rule *failing_rule(const struct service *s,
                                               const struct rule_facts *facts)
{
    for (size_t i = 0; i < s->rule_count; i++)
        if (rule_holds(s->rules[i].must, facts, NULL) == TRUTH_NO)
            return &s->rules[i];
    return NULL;
}

const struct service *service_route(const struct catalogue *c, const struct service_rule *rule,
                                    const struct rule_facts *facts)
{
    /* Answers belong to the form at hand: another service is judged by what is known of the person. */
    struct rule_facts person = *facts;
    person.answer_of = NULL;
    for (int step = 0; rule && rule->instead && step < ROUTE_STEPS; step++) {
        const struct service *s = catalogue_find(c, rule->instead);
        const struct service_rule *failed = s ? failing_rule(s, &person) : NULL;
        if (s && !failed)
            return s;
        rule = failed;
    }
    return NULL;
}

size_t catalogue_hints(const struct catalogue *c, const struct rule_facts *facts,
                       const struct service **out, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < c->service_count && count < max; i++) {
        const struct service *s = &c->services[i];
        if (s->hint && rule_holds(s->hint->when, facts, NULL) == TRUTH_YES)
            out[count++] = s;
    }
    return count;
}

bool field_is_shown(const struct field *f, const struct rule_facts *facts)
{
    const char *answer = f->visible.field && facts->answer_of
                             ? facts->answer_of(facts->context, f->visible.field)
                             : NULL;
    bool holds = !f->visible.field;
    for (size_t i = 0; answer && i < f->visible.value_count; i++)
        holds |= !strcmp(answer, f->visible.values[i]);
    return holds && (!f->show_if || rule_holds(f->show_if, facts, NULL) != TRUTH_NO);
}

bool field_is_needed(const struct field *f, const struct rule_facts *facts)
{
    if (!field_is_shown(f, facts))
        return false;
    return f->need_if ? rule_holds(f->need_if, facts, NULL) == TRUTH_YES : f->is_required;
}
