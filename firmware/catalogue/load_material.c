#include <string.h>

#include "firmware/catalogue/load.h"

enum { MATERIALS_MAX = 24, MATERIAL_ID = 40, LATE_DAYS_MAX = 60, FILLS_MAX = 6 };

static const char *const hows[] = {
    [MATERIAL_FETCHED] = "fetched", [MATERIAL_BRING] = "bring", [MATERIAL_LATER] = "later"
};

/* Rules: a fetched material needs a plan for the day without a network; a main material can never
 * follow later. */
static void check_how(struct loader *l, const struct material *m, const struct node *json)
{
    bool is_fetched = m->how == MATERIAL_FETCHED, is_later = m->how == MATERIAL_LATER;
    if (is_fetched && !*m->source.in[LANGUAGE_ZH])
        complain_about(l, "source", "is missing: say who keeps what is fetched");
    if (is_fetched && !*m->offline.in[LANGUAGE_ZH])
        complain_about(l, "offline", "is missing: say what happens when fetching is not possible");
    if (!is_fetched && *m->offline.in[LANGUAGE_ZH])
        complain_about(l, "offline", "only a fetched material has an offline plan");
    if (is_later && !m->late_days)
        complain_about(l, "late_days", "is missing: within how many working days may it follow");
    if (!is_later && doc_get(json, "late_days"))
        complain_about(l, "late_days", "a main material can never follow later");
}

static void check_alone(struct loader *l, const struct material *m, const struct material *before,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(before[i].id, m->id))
            continue;
        if (before[i].how != m->how &&
            (before[i].how == MATERIAL_LATER || m->how == MATERIAL_LATER))
            complain_about(l, "id", "%s is a main material too: it can never follow later", m->id);
        else
            complain_about(l, "id", "%s stands twice", m->id);
    }
}

/* ---- what a certificate fills in ----------------------------------------------------- */

/* Is the question answered by another paper, or by this one, already? `m` is the last of the papers loaded so far. */
static bool is_filled(const struct material *first, const struct material *m, size_t count,
                      const char *field)
{
    for (const struct material *p = first; p <= m; p++)
        for (size_t i = 0; i < (p == m ? count : p->fill_count); i++)
            if (!strcmp(p->fills[i].field, field))
                return true;
    return false;
}

static void load_fill(struct loader *l, struct material_fill *out, const struct service *s,
                      const struct node *json)
{
    static const char *const members[] = { "value", "field", NULL };
    *out = (struct material_fill){ "", "" };
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    out->value = load_id(l, json, "value", LETTERS_DIGITS_UNDERSCORE, FIELD_NAME - 1);
    out->field = load_id(l, json, "field", LETTERS_DIGITS_UNDERSCORE, FIELD_NAME - 1);
    const struct field *f = find_field(s->fields, s->field_count, out->field);
    if (*out->field && !f)
        complain_about(l, "field", "the form asks no %s", out->field);
    else if (f && (f->is_locked || f->kind == FIELD_SIGNATURE))
        complain_about(l, "field", "%s cannot be filled in from a certificate", out->field);
}

/* A certificate is only asked for at once where its answer is waited for: not when it is shown at a desk anyway. */
static void load_fills(struct loader *l, struct material *m, const struct service *s,
                       const struct material *first, const struct node *json)
{
    const struct node *list = doc_want_list(&l->reader, json, "fills", FILLS_MAX), *value;
    struct material_fill *fills = arena_take(l->arena, doc_size(list), sizeof(*fills));
    size_t i;
    m->is_live = list != NULL;
    if (m->is_live && m->how != MATERIAL_FETCHED)
        complain_about(l, "fills", "only a fetched material fills anything in");
    if (m->is_live && s->reach == REACH_BOOK)
        complain_about(l, "fills", "a booking asks for no papers");
    if (!fills)
        return;
    m->fills = fills;
    load_enter(l, "fills");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        load_fill(l, &fills[i], s, value);
        if (*fills[i].field && is_filled(first, m, i, fills[i].field))
            complain_about(l, "field", "%s is filled in twice", fills[i].field);
        json_leave(&l->reader);
        load_collect(l);
    }
    json_leave(&l->reader);
    m->fill_count = doc_size(list);
}

static void load_material(struct loader *l, struct material *m, const struct service *s,
                          const struct material *first, const struct node *json)
{
    static const char *const members[] = { "id",        "how",  "name",  "source",    "offline",
                                           "late_days", "when", "fills", "no_waiver", NULL };
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    m->id = load_id(l, json, "id", LETTERS_DIGITS_DASH, MATERIAL_ID);
    m->how = (enum material_how)load_word(l, json, "how", hows, sizeof(hows) / sizeof(hows[0]), -1);
    m->name = load_words(l, json, "name");
    m->source = load_words_if_any(l, json, "source");
    m->offline = load_words_if_any(l, json, "offline");
    m->late_days = (int)doc_want_integer(&l->reader, json, "late_days", 1, LATE_DAYS_MAX, 0);
    m->is_no_waiver = doc_want_bool(&l->reader, json, "no_waiver", false);
    check_how(l, m, json);
    load_condition_if_any(l, &m->when, json, "when", s->fields, s->field_count);
    load_fills(l, m, s, first, json);
}

void load_materials(struct loader *l, struct service *s, const struct node *json)
{
    const struct node *list = doc_want_list(&l->reader, json, "materials", MATERIALS_MAX), *value;
    struct material *materials = arena_take(l->arena, doc_size(list), sizeof(*materials));
    size_t i;
    if (!materials)
        return;
    load_enter(l, "materials");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        materials[i].id = "";
        load_material(l, &materials[i], s, materials, value);
        check_alone(l, &materials[i], materials, i);
        json_leave(&l->reader);
        load_collect(l);
    }
    json_leave(&l->reader);
    s->materials = materials;
    s->material_count = doc_size(list);
}
