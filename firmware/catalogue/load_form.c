#include <string.h>

#include "firmware/catalogue/load.h"

enum { VALUES_MAX = 24, PAGES_MAX = FORM_FIELDS_MAX };

static const char *load_condition_value(struct loader *l, const struct node *value,
                                        const struct field *f, const char *const *before,
                                        size_t count)
{
    const char *text = doc_text(value);
    if (!text) {
        json_complain(&l->reader, "must be a text");
        return "";
    }
    if (!field_has_choice(f, text))
        json_complain(&l->reader, "is not one of the choices of %s", f->name);
    for (size_t i = 0; i < count; i++)
        if (!strcmp(before[i], text))
            json_complain(&l->reader, "stands twice");
    return load_keep(l, text);
}

static void load_condition_values(struct loader *l, struct condition *out, const struct node *json,
                                  const struct field *f)
{
    const struct node *list = doc_need_list(&l->reader, json, "values", 1, VALUES_MAX), *value;
    const char **values = arena_take(l->arena, doc_size(list), sizeof(*values));
    size_t i;
    if (!values)
        return;
    load_enter(l, "values");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        values[i] = load_condition_value(l, value, f, values, i);
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    *out = (struct condition){ f->name, doc_size(list), values };
}

void load_condition(struct loader *l, struct condition *out, const struct node *json,
                    const struct field *before, size_t count)
{
    static const char *const members[] = { "field", "values", NULL };
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    const char *name = doc_need_text(&l->reader, json, "field", FIELD_NAME - 1);
    const struct field *f = find_field(before, count, name);
    if (*name && !f)
        complain_about(l, "field", "no field of this name stands before");
    else if (f && f->kind != FIELD_CHOICE && f->kind != FIELD_YES_NO)
        complain_about(l, "field", "%s is neither choice nor yes_no", f->name);
    else if (f)
        load_condition_values(l, out, json, f);
}

void load_condition_if_any(struct loader *l, struct condition *out, const struct node *object,
                           const char *key, const struct field *before, size_t count)
{
    const struct node *json = doc_get(object, key);
    if (!json)
        return;
    load_enter(l, key);
    load_condition(l, out, json, before, count);
    json_leave(&l->reader);
}

static void load_page_fields(struct loader *l, struct service *s, struct form_page *p,
                             struct field *fields, const struct node *list)
{
    const struct node *value;
    size_t i;
    p->first_field = s->field_count;
    load_enter(l, "fields");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        struct field *f = &fields[s->field_count];
        f->name = "";
        if (load_object(l, value))
            load_field(l, f, value, fields, s->field_count);
        s->field_count++;
        json_leave(&l->reader);
        load_collect(l);
    }
    json_leave(&l->reader);
    p->field_count = s->field_count - p->first_field;
}

static void load_page(struct loader *l, struct service *s, struct form_page *p,
                      struct field *fields, const struct node *json)
{
    static const char *const members[] = { "title", "help", "fields", NULL };
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    p->title = load_words(l, json, "title");
    p->help = load_words_if_any(l, json, "help");
    const struct node *list = doc_need_list(&l->reader, json, "fields", 1, PAGE_FIELDS_MAX);
    if (s->field_count + doc_size(list) > FORM_FIELDS_MAX)
        complain_about(l, "fields", "a form has at most %d fields on all its pages",
                       FORM_FIELDS_MAX);
    else
        load_page_fields(l, s, p, fields, list);
}

void load_form(struct loader *l, struct service *s, const struct node *json)
{
    bool is_information = s->reach == REACH_INFO;
    const struct node *list = is_information
                                  ? doc_want_list(&l->reader, json, "pages", PAGES_MAX)
                                  : doc_need_list(&l->reader, json, "pages", 1, PAGES_MAX);
    const struct node *value;
    size_t count = doc_size(list), room = 1, i;
    if (count && is_information)
        complain_about(l, "pages", "information only: there is nothing to fill in");
    DOC_EACH(list, i, value) room += doc_size(doc_get(value, "fields"));
    struct form_page *pages = arena_take(l->arena, count, sizeof(*pages));
    struct field *fields =
        arena_take(l->arena, room < FORM_FIELDS_MAX ? room : FORM_FIELDS_MAX, sizeof(*fields));
    if (!pages || !fields)
        return;
    s->pages = pages;
    s->fields = fields;
    s->page_count = count;
    load_enter(l, "pages");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        load_page(l, s, &pages[i], fields, value);
        json_leave(&l->reader);
        load_collect(l);
    }
    json_leave(&l->reader);
}
