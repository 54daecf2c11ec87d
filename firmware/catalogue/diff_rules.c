/* What changed in conditions, refusals, hints, life events and facts. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/differ.h"

/* ---- rules ---------------------------------------------------------------------------- */

static const struct service_rule *find_rule(const struct service *s, const char *id)
{
    for (size_t i = 0; i < s->rule_count; i++)
        if (!strcmp(s->rules[i].id, id))
            return &s->rules[i];
    return NULL;
}

static void compare_rule(struct differ *d, const char *code, const struct service_rule *was,
                         const struct service_rule *now)
{
    char what[64];
    snprintf(what, sizeof(what), "rules: %s", now->id);
    differ_text(d, code, what, rule_text(was->must), rule_text(now->must));
    snprintf(what, sizeof(what), "rules: %s asks", now->id);
    differ_words(d, code, what, &was->asks, &now->asks);
    snprintf(what, sizeof(what), "rules: %s refusal", now->id);
    differ_words(d, code, what, &was->refusal, &now->refusal);
    snprintf(what, sizeof(what), "rules: %s basis", now->id);
    differ_words(d, code, what, &was->basis, &now->basis);
    snprintf(what, sizeof(what), "rules: %s instead", now->id);
    differ_text(d, code, what, was->instead, now->instead);
    snprintf(what, sizeof(what), "rules: %s where", now->id);
    differ_words(d, code, what, &was->where, &now->where);
}

static void say_came(struct differ *d, const char *code, const struct service_rule *rule)
{
    char shown[200];
    text_copy(shown, sizeof(shown), rule_text(rule->must));
    differ_say(d, "%s rules: %s came: %s", code, rule->id, shown);
}

static void compare_hint(struct differ *d, const struct service *a, const struct service *b)
{
    differ_text(d, b->code, "hint", a->hint ? rule_text(a->hint->when) : NULL,
                b->hint ? rule_text(b->hint->when) : NULL);
    differ_words(d, b->code, "hint", a->hint ? &a->hint->words : NULL,
                 b->hint ? &b->hint->words : NULL);
}

void differ_rules(struct differ *d, const struct service *a, const struct service *b)
{
    for (size_t i = 0; i < b->rule_count; i++) {
        const struct service_rule *now = &b->rules[i], *was = find_rule(a, now->id);
        if (was)
            compare_rule(d, b->code, was, now);
        else
            say_came(d, b->code, now);
    }
    for (size_t i = 0; i < a->rule_count; i++)
        if (!find_rule(b, a->rules[i].id))
            differ_say(d, "%s rules: %s went", a->code, a->rules[i].id);
    compare_hint(d, a, b);
    differ_words(d, b->code, "life_event", &a->life_event, &b->life_event);
}

/* ---- when a question is asked ---------------------------------------------------------- */

static const char *text_of(const struct expression *e)
{
    return e ? rule_text(e) : NULL;
}

static bool is_same(const struct condition *a, const struct condition *b)
{
    bool is = !a->field == !b->field && a->value_count == b->value_count &&
              (!a->field || !strcmp(a->field, b->field));
    for (size_t i = 0; is && i < a->value_count; i++)
        is = !strcmp(a->values[i], b->values[i]);
    return is;
}

void differ_conditions(struct differ *d, const char *code, const struct field *a,
                       const struct field *b)
{
    char what[64];
    snprintf(what, sizeof(what), "form %s show_if", b->name);
    differ_text(d, code, what, text_of(a->show_if), text_of(b->show_if));
    snprintf(what, sizeof(what), "form %s need_if", b->name);
    differ_text(d, code, what, text_of(a->need_if), text_of(b->need_if));
    if (!is_same(&a->visible, &b->visible))
        differ_say(d, "%s form: %s is shown on another condition", code, b->name);
}

/* ---- facts ------------------------------------------------------------------------------ */

void differ_facts(struct differ *d, const struct catalogue *old, const struct catalogue *fresh)
{
    static const char *const types[] = { [RULE_YES_NO] = "yes_no",
                                         [RULE_NUMBER] = "number",
                                         [RULE_DATE] = "date",
                                         [RULE_TEXT] = "text" };
    char what[64];
    for (size_t i = 0; i < fresh->fact_count; i++) {
        const struct fact *now = &fresh->facts[i], *was = catalogue_find_fact(old, now->name);
        if (!was) {
            differ_say(d, "facts: %s came (%s)", now->name, types[now->type]);
            continue;
        }
        differ_text(d, "facts:", now->name, types[was->type], types[now->type]);
        snprintf(what, sizeof(what), "%s label", now->name);
        differ_words(d, "facts:", what, &was->label, &now->label);
        snprintf(what, sizeof(what), "%s question", now->name);
        differ_words(d, "facts:", what, &was->question, &now->question);
    }
    for (size_t i = 0; i < old->fact_count; i++)
        if (!catalogue_find_fact(fresh, old->facts[i].name))
            differ_say(d, "facts: %s went", old->facts[i].name);
}
