/* What one service says of another, once all are known. */
#include <stdio.h>
#include <string.h>

#include "firmware/catalogue/load.h"

static const struct part_answer *answer_for(const struct bundle_part *p, const char *field)
{
    for (size_t i = 0; i < p->answer_count; i++)
        if (!strcmp(p->answers[i].field, field))
            return &p->answers[i];
    return NULL;
}

/* A choice of the bundle that fills in a choice of the item must only have values that exist there. */
static bool fits(const struct field *from, const struct field *to)
{
    if (from->kind != to->kind)
        return false;
    for (size_t i = 0; to->kind == FIELD_CHOICE && i < from->choice_count; i++)
        if (!field_has_choice(to, from->choices[i].value))
            return false;
    return true;
}

static bool part_needs(const struct service *s, const struct bundle_part *p, const struct field *f)
{
    for (size_t i = 0; i < p->need_count; i++)
        if (&s->fields[p->needs[i]] == f)
            return true;
    return false;
}

/* Every question that the item cannot do without is answered by the bundle. */
static void check_question(struct loader *l, const struct service *s, const struct bundle_part *p,
                           const struct field *to)
{
    const struct part_answer *a = answer_for(p, to->name);
    if (a && a->value) {
        if (answer_check(to, a->value, NULL))
            complain_about(l, "gives", "\"%s\" is no answer to %s of %s", a->value, to->name,
                           p->item);
        return;
    }
    const struct field *from = find_field(s->fields, s->field_count, a ? a->from : to->name);
    bool is_sure = to->is_required && !to->visible.field && !to->show_if && !to->need_if &&
                   !to->preset && to->kind != FIELD_SIGNATURE;
    if (!from && is_sure)
        complain_about(l, "item", "%s asks %s, and the bundle has no such answer", p->item,
                       to->name);
    else if (from && !fits(from, to) && (a || is_sure))
        complain_about(l, "as", "the answer %s does not fit %s of %s", from->name, to->name,
                       p->item);
    else if (from && (a || is_sure) && !part_needs(s, p, from))
        complain_about(l, "needs", "%s is missing, but %s of %s is filled in with it", from->name,
                       to->name, p->item);
}

static void check_part(struct loader *l, const struct service *s, const struct bundle_part *p)
{
    const struct service *item = p->item ? catalogue_find(l->catalogue, p->item) : NULL;
    if (p->item && !item)
        complain_about(l, "item", "there is no service %.5s", p->item);
    else if (item && item->part_count)
        complain_about(l, "item", "%s is a bundle itself; bundles do not stand in one another",
                       item->code);
    for (size_t i = 0; item && i < item->field_count; i++)
        check_question(l, s, p, &item->fields[i]);
    for (size_t i = 0; item && i < p->answer_count; i++)
        if (!find_field(item->fields, item->field_count, p->answers[i].field))
            complain_about(l, "as", "%s asks no %.31s", item->code, p->answers[i].field);
}

static void check_parts(struct loader *l, const struct service *s)
{
    load_enter(l, "parts");
    for (size_t i = 0; i < s->part_count; i++) {
        load_enter_index(l, i);
        check_part(l, s, &s->parts[i]);
        json_leave(&l->reader);
        load_settle(l);
    }
    json_leave(&l->reader);
}

static void check_rules(struct loader *l, const struct service *s)
{
    load_enter(l, "rules");
    for (size_t i = 0; i < s->rule_count; i++) {
        load_enter_index(l, i);
        if (s->rules[i].instead && !catalogue_find(l->catalogue, s->rules[i].instead))
            complain_about(l, "instead", "there is no service of this code");
        json_leave(&l->reader);
        load_settle(l);
    }
    json_leave(&l->reader);
}

void check_references(struct loader *l)
{
    struct catalogue *c = l->catalogue;
    for (size_t i = 0; i < c->service_count; i++) {
        const struct service *s = &c->services[i];
        if (!s->rule_count && !s->part_count)
            continue;
        snprintf(l->reader.path, sizeof(l->reader.path), "services[%zu] (%s)", i, s->code);
        check_rules(l, s);
        check_parts(l, s);
        l->reader.path[0] = 0;
    }
}
