#include <stdlib.h>
#include <string.h>

#include "firmware/catalogue/load.h"

enum { ID_MAX = 24, ANSWERS_MAX = FORM_FIELDS_MAX, PAPERS_MAX = 24 };

static const char *const roles[] = {
    [ROLE_LEAD] = "lead", [ROLE_SUPPORT] = "support", [ROLE_DATA] = "data"
};

/* ---- departments ---------------------------------------------------------------------- */

static const struct department *find_department(const struct service *s, const char *id)
{
    for (size_t i = 0; i < s->department_count; i++)
        if (!strcmp(s->departments[i].id, id))
            return &s->departments[i];
    return NULL;
}

static void load_department(struct loader *l, struct service *s, struct department *d,
                            const struct node *json)
{
    static const char *const members[] = { "id", "role", "name", NULL };
    d->id = "";
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    d->role = (enum department_role)load_word(l, json, "role", roles,
                                              sizeof(roles) / sizeof(roles[0]), -1);
    d->name = load_words(l, json, "name");
    const char *id = load_id(l, json, "id", LETTERS_DIGITS_DASH, ID_MAX);
    if (*id && find_department(s, id))
        complain_about(l, "id", "%s stands twice", id);
    for (size_t i = 0; d->role == ROLE_LEAD && i < s->department_count; i++)
        if (s->departments[i].role == ROLE_LEAD)
            complain_about(l, "role", "%s leads already", s->departments[i].id);
    d->id = id;
}

static void load_departments(struct loader *l, struct service *s, const struct node *json)
{
    const struct node *list =
                          doc_need_list(&l->reader, json, "departments", 1, BUNDLE_DEPARTMENTS_MAX),
                      *value;
    struct department *departments = arena_take(l->arena, doc_size(list), sizeof(*departments));
    bool has_lead = false;
    size_t i;
    if (!departments)
        return;
    s->departments = departments;
    load_enter(l, "departments");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        load_department(l, s, &departments[i], value);
        has_lead |= departments[i].role == ROLE_LEAD;
        s->department_count = i + 1;
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    if (!has_lead)
        complain_about(l, "departments", "none of them leads");
}

/* ---- what a part needs ---------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    return (int)*(const unsigned char *)a - (int)*(const unsigned char *)b;
}

static void load_needs(struct loader *l, struct bundle_part *p, const struct service *s,
                       const struct node *json)
{
    const struct node *list = doc_need_list(&l->reader, json, "needs", 1, FORM_FIELDS_MAX), *value;
    unsigned char *needs = arena_take(l->arena, doc_size(list), 1);
    size_t i;
    if (!needs)
        return;
    load_enter(l, "needs");
    DOC_EACH(list, i, value)
    {
        const char *name = doc_text(value);
        const struct field *f = name ? find_field(s->fields, s->field_count, name) : NULL;
        load_enter_index(l, i);
        if (!f)
            json_complain(&l->reader, "no field of this name stands in the form");
        needs[i] = (unsigned char)(f ? f - s->fields : 0);
        for (size_t k = 0; f && k < i; k++)
            if (needs[k] == needs[i])
                json_complain(&l->reader, "%s stands twice", f->name);
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    qsort(needs, doc_size(list), 1, by_place);
    p->needs = needs;
    p->need_count = doc_size(list);
}

/* Which of the bundle's papers it waits for (SS-20). */
static void load_papers(struct loader *l, struct bundle_part *p, const struct service *s,
                        const struct node *json)
{
    const struct node *list = doc_want_list(&l->reader, json, "papers", PAPERS_MAX), *value;
    size_t i;
    DOC_EACH(list, i, value)
    {
        size_t k = 0;
        while (k < s->material_count &&
               !(doc_text(value) && !strcmp(s->materials[k].id, doc_text(value))))
            k++;
        if (k == s->material_count)
            complain_about(l, "papers", "the bundle has no such paper");
        else if (p->papers & UINT32_C(1) << k)
            complain_about(l, "papers", "%s stands twice", s->materials[k].id);
        else
            p->papers |= UINT32_C(1) << k;
    }
}

/* "as": {"place": "village"} takes an answer of the bundle, "gives": {"who": "family"} is always the same. */
static void load_answers(struct loader *l, struct bundle_part *p, const struct service *s,
                         const struct node *json)
{
    const struct node *as = doc_get(json, "as"), *gives = doc_get(json, "gives"), *m;
    size_t count = doc_size(as) + doc_size(gives), at = 0, i;
    struct part_answer *answers = arena_take(l->arena, count, sizeof(*answers));
    if ((as && !doc_is_object(as)) || (gives && !doc_is_object(gives)))
        complain_about(l, doc_is_object(as) || !as ? "gives" : "as", "must be an object");
    if (count && !p->item)
        complain_about(l, "item", "is missing: as and gives fill in the form of an item");
    if (!answers || !p->item || count > ANSWERS_MAX)
        return;
    DOC_EACH(as, i, m)
    {
        const struct field *f =
            doc_text(m) ? find_field(s->fields, s->field_count, doc_text(m)) : NULL;
        if (!f)
            complain_about(l, "as", "no field of this name stands in the form of the bundle");
        answers[at++] = (struct part_answer){ .field = m->key, .from = f ? f->name : "" };
    }
    DOC_EACH(gives, i, m)
    {
        if (!doc_text(m))
            complain_about(l, "gives", "an answer must be a text");
        answers[at++] =
            (struct part_answer){ .field = m->key, .value = doc_text(m) ? doc_text(m) : "" };
    }
    p->answers = answers;
    p->answer_count = at;
}

/* ---- one part, all parts -------------------------------------------------------------- */

static void load_part(struct loader *l, struct bundle_part *p, const struct service *s,
                      const struct node *json)
{
    static const char *const members[] = {
        "id",   "name",  "department", "item",  "promised_days", "legal_days", "delivery", "after",
        "when", "needs", "as",         "gives", "papers",        "visit",      NULL
    };
    p->id = "";
    p->legal_days = -1;
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    const char *id = load_id(l, json, "id", LETTERS_DIGITS_DASH, ID_MAX);
    const char *department = doc_need_text(&l->reader, json, "department", ID_MAX);
    p->name = load_words(l, json, "name");
    p->item = doc_want_text(&l->reader, json, "item", 5, NULL);
    p->department = find_department(s, department);
    if (*department && !p->department)
        complain_about(l, "department", "is none of the departments of the bundle");
    load_part_days(l, p, json);
    p->delivery = load_deliveries(l, json);
    p->is_visit = doc_want_bool(&l->reader, json, "visit", false);
    load_condition_if_any(l, &p->when, json, "when", s->fields, s->field_count);
    load_needs(l, p, s, json);
    load_papers(l, p, s, json);
    load_answers(l, p, s, json);
    for (size_t i = 0; *id && i < s->part_count; i++)
        if (!strcmp(s->parts[i].id, id))
            complain_about(l, "id", "%s stands twice", id);
    p->id = id;
}

static void load_after(struct loader *l, struct service *s, struct bundle_part *p,
                       const struct node *json)
{
    const struct node *list = doc_want_list(&l->reader, json, "after", BUNDLE_PARTS_MAX), *value;
    unsigned char *after = arena_take(l->arena, doc_size(list), 1);
    size_t i;
    if (!after)
        return;
    DOC_EACH(list, i, value)
    {
        size_t k = 0;
        while (k < s->part_count && !(doc_text(value) && !strcmp(s->parts[k].id, doc_text(value))))
            k++;
        if (k == s->part_count)
            complain_about(l, "after", "there is no part of this id");
        after[i] = (unsigned char)(k == s->part_count ? 0 : k);
    }
    p->after = after;
    p->after_count = doc_size(list);
}

/* Parts that could begin are taken away until none is left; what then remains waits for itself. */
static void check_order(struct loader *l, const struct service *s)
{
    bool done[BUNDLE_PARTS_MAX] = { false };
    for (size_t round = 0; round < s->part_count; round++)
        for (size_t i = 0; i < s->part_count; i++) {
            bool can_begin = true;
            for (size_t k = 0; k < s->parts[i].after_count; k++)
                can_begin &= done[s->parts[i].after[k]];
            done[i] |= can_begin;
        }
    for (size_t i = 0; i < s->part_count; i++)
        if (!done[i]) {
            complain_about(l, "parts", "%s waits for itself, by way of what it comes after",
                           s->parts[i].id);
            return;
        }
    if (bundle_days(s) > s->promised_days)
        complain_about(l, "promised_days", "%d, but its parts take %d days one behind the other",
                       s->promised_days, bundle_days(s));
}

static bool has_choice(const struct field *f, const char *value)
{
    for (size_t i = 0; f && i < f->choice_count; i++)
        if (!strcmp(f->choices[i].value, value))
            return true;
    return false;
}

/* Its half-day is booked from a calendar, or wished for where none is known; and given back by the telephone number. */
static void check_visit(struct loader *l, const struct service *s)
{
    const struct field *day = find_field(s->fields, s->field_count, VISIT_DAY),
                       *half = find_field(s->fields, s->field_count, VISIT_HALF),
                       *phone = find_field(s->fields, s->field_count, "phone");
    const struct bundle_part *visit = bundle_visit(s);
    if (!visit)
        return;
    for (const struct bundle_part *p = visit + 1; p < s->parts + s->part_count; p++)
        if (p->is_visit && !p->after_count)
            complain_about(l, "parts", "%s and %s are both first visits: one can be booked",
                           visit->id, p->id);
    if (!day || day->kind != FIELD_DATE || !has_choice(half, "am") || !has_choice(half, "pm") ||
        !phone || phone->kind != FIELD_PHONE)
        complain_about(l, "parts",
                       "%s is a visit: the form must ask day (date), half (am, pm) and phone",
                       visit->id);
}

void load_bundle(struct loader *l, struct service *s, const struct node *json)
{
    const struct node *list = doc_get(json, "parts"), *value;
    size_t i;
    s->life_event = load_words_if_any(l, json, "life_event");
    if (!list && *s->life_event.in[LANGUAGE_ZH])
        complain_about(l, "life_event", "leads to a bundle: a single matter has none");
    if (!list && !doc_get(json, "departments"))
        return;
    load_departments(l, s, json);
    list = doc_need_list(&l->reader, json, "parts", 2, BUNDLE_PARTS_MAX);
    struct bundle_part *parts = arena_take(l->arena, doc_size(list), sizeof(*parts));
    if (!parts)
        return;
    s->parts = parts;
    load_enter(l, "parts");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        load_part(l, &parts[i], s, value);
        s->part_count = i + 1;
        json_leave(&l->reader);
        load_collect(l);
    }
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        load_after(l, s, &parts[i], value);
        json_leave(&l->reader);
        load_collect(l);
    }
    json_leave(&l->reader);
    check_order(l, s);
    check_visit(l, s);
}
