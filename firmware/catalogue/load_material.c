#include <string.h>

#include "firmware/catalogue/load.h"

enum { MATERIALS_MAX = 24, MATERIAL_ID = 40, LATE_DAYS_MAX = 60 };

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

static void load_material(struct loader *l, struct material *m, const struct service *s,
                          const struct node *json)
{
    static const char *const members[] = { "id",      "how",       "name", "source",
                                           "offline", "late_days", "when", NULL };
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    m->id = load_id(l, json, "id", LETTERS_DIGITS_DASH, MATERIAL_ID);
    m->how = (enum material_how)load_word(l, json, "how", hows, sizeof(hows) / sizeof(hows[0]), -1);
    m->name = load_words(l, json, "name");
    m->source = load_words_if_any(l, json, "source");
    m->offline = load_words_if_any(l, json, "offline");
    m->late_days = (int)doc_want_integer(&l->reader, json, "late_days", 1, LATE_DAYS_MAX, 0);
    check_how(l, m, json);
    load_condition_if_any(l, &m->when, json, "when", s->fields, s->field_count);
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
        load_material(l, &materials[i], s, value);
        check_alone(l, &materials[i], materials, i);
        json_leave(&l->reader);
        load_collect(l);
    }
    json_leave(&l->reader);
    s->materials = materials;
    s->material_count = doc_size(list);
}
