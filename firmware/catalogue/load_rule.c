#include <stdio.h>
#include <string.h>

#include "firmware/catalogue/expression.h"
#include "firmware/catalogue/load.h"

enum { FACTS_MAX = 40, ID_MAX = 24 };

static const char *const types[] = {
    [RULE_YES_NO] = "yes_no", [RULE_NUMBER] = "number", [RULE_DATE] = "date", [RULE_TEXT] = "text"
};

static void load_fact(struct loader *l, struct fact *f, const struct node *json)
{
    static const char *const members[] = { "name", "type", "label", "question", NULL };
    f->name = "";
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    f->type =
        (enum rule_type)load_word(l, json, "type", types, sizeof(types) / sizeof(types[0]), -1);
    f->label = load_words(l, json, "label");
    f->question = load_words_if_any(l, json, "question");
    const char *name = load_id(l, json, "name", LETTERS_DIGITS_UNDERSCORE, FIELD_NAME - 1);
    if (*name && catalogue_find_fact(l->catalogue, name))
        complain_about(l, "name", "%s stands twice", name);
    f->name = name;
}

void load_facts(struct loader *l, const struct node *document)
{
    const struct node *list = doc_want_list(&l->reader, document, "facts", FACTS_MAX), *value;
    struct fact *facts = arena_take(l->arena, doc_size(list), sizeof(*facts));
    size_t i;
    if (!facts)
        return;
    l->catalogue->facts = facts;
    load_enter(l, "facts");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        load_fact(l, &facts[i], value);
        l->catalogue->fact_count = i + 1;
        json_leave(&l->reader);
        load_settle(l);
    }
    json_leave(&l->reader);
}

/* ---- expressions ---------------------------------------------------------------------- */

const struct expression *load_expression(struct loader *l, const struct node *object,
                                         const char *key, const struct field *fields, size_t count)
{
    char complaint[CATALOGUE_COMPLAINT];
    const char *text = doc_need_text(&l->reader, object, key, RULE_BYTES);
    const struct expression_scope scope = { fields, count, l->catalogue->facts,
                                            l->catalogue->fact_count };
    if (!*text)
        return NULL;
    const struct expression *e = expression_parse(l->arena, text, &scope, complaint);
    if (!e && *complaint)
        complain_about(l, key, "%s", complaint);
    return e;
}

const struct expression *load_expression_if_any(struct loader *l, const struct node *object,
                                                const char *key, const struct field *fields,
                                                size_t count)
{
    return doc_get(object, key) ? load_expression(l, object, key, fields, count) : NULL;
}

/* ---- rules of a service --------------------------------------------------------------- */

static void load_rule(struct loader *l, struct service_rule *r, const struct service *s,
                      const struct node *json)
{
    static const char *const members[] = { "id",    "if",      "asks",  "refusal",
                                           "basis", "instead", "where", NULL };
    r->id = "";
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    const char *id = load_id(l, json, "id", LETTERS_DIGITS_DASH, ID_MAX);
    r->must = load_expression(l, json, "if", s->fields, s->field_count);
    r->asks = load_words(l, json, "asks");
    r->refusal = load_words(l, json, "refusal");
    r->basis = load_words_if_any(l, json, "basis");
    r->where = load_words_if_any(l, json, "where");
    r->instead = doc_want_text(&l->reader, json, "instead", 5, NULL);
    for (size_t i = 0; *id && i < s->rule_count; i++)
        if (!strcmp(s->rules[i].id, id))
            complain_about(l, "id", "%s stands twice", id);
    r->id = id;
    if (!r->instead && !*r->where.in[LANGUAGE_ZH])
        complain_about(l, "instead", "is missing: a refusal names what works instead (or where)");
    if (r->instead && !strcmp(r->instead, s->code))
        complain_about(l, "instead", "leads back to the same service");
}

static void load_hint(struct loader *l, struct service *s, const struct node *json)
{
    static const char *const members[] = { "if", "words", NULL };
    const struct node *value = doc_get(json, "hint");
    if (!value)
        return;
    struct service_hint *hint = arena_take(l->arena, 1, sizeof(*hint));
    if (!hint)
        return;
    load_enter(l, "hint");
    if (load_object(l, value)) {
        load_no_others(l, value, members);
        /* Shown before any form: only the card and facts are known. */
        hint->when = load_expression(l, value, "if", NULL, 0);
        hint->words = load_words(l, value, "words");
        s->hint = hint;
    }
    json_leave(&l->reader);
}

void load_rules(struct loader *l, struct service *s, const struct node *json)
{
    const struct node *list = doc_want_list(&l->reader, json, "rules", VERDICTS_MAX), *value;
    struct service_rule *rules = arena_take(l->arena, doc_size(list), sizeof(*rules));
    size_t i;
    load_hint(l, s, json);
    if (!rules)
        return;
    s->rules = rules;
    load_enter(l, "rules");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        load_rule(l, &rules[i], s, value);
        s->rule_count = i + 1;
        json_leave(&l->reader);
        load_collect(l);
    }
    json_leave(&l->reader);
}
