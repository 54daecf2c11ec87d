/* Other counties, what they take of a service, and what is checked after its decision. */
#include "firmware/catalogue/county.h"

#include <string.h>

#include "firmware/catalogue/load.h"

enum { COUNTY_ID = 24, CHECK_DAYS_MAX = 60 };

size_t catalogue_county_count(const struct catalogue *c)
{
    return c->county_count;
}

const struct county *catalogue_county(const struct catalogue *c, size_t i)
{
    return i < c->county_count ? &c->counties[i] : NULL;
}

static int place_of(const struct catalogue *c, const char *id)
{
    for (size_t i = 0; id && i < c->county_count; i++)
        if (!strcmp(c->counties[i].id, id))
            return (int)i;
    return -1;
}

const struct county *catalogue_county_for(const struct catalogue *c, const struct service *s,
                                          const char *answer)
{
    int i = s->elsewhere ? place_of(c, answer) : -1;
    return i >= 0 && s->elsewhere->takes & UINT32_C(1) << i ? &c->counties[i] : NULL;
}

/* ---- the list ------------------------------------------------------------------------ */

static void load_county(struct loader *l, struct county *out, const struct node *json)
{
    static const char *const members[] = { "id", "name", "office", "address", "phone", NULL };
    out->id = out->phone = "";
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    const char *id = load_id(l, json, "id", LETTERS_DIGITS_DASH, COUNTY_ID);
    out->name = load_words(l, json, "name");
    out->office = load_words(l, json, "office");
    out->address = load_words(l, json, "address");
    out->phone = load_id(l, json, "phone", "0123456789-", COUNTY_ID);
    if (place_of(l->catalogue, id) >= 0)
        complain_about(l, "id", "%s stands twice", id);
    if (!strcmp(id, COUNTY_HERE))
        complain_about(l, "id", "here is this county");
    out->id = id;
}

void load_counties(struct loader *l, const struct node *document)
{
    const struct node *list = doc_want_list(&l->reader, document, "counties", COUNTIES_MAX), *value;
    struct county *counties = arena_take(l->arena, doc_size(list), sizeof(*counties));
    size_t i;
    if (!counties)
        return;
    l->catalogue->counties = counties;
    load_enter(l, "counties");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        load_county(l, &counties[i], value);
        l->catalogue->county_count = i + 1;
        json_leave(&l->reader);
        load_collect(l);
    }
    json_leave(&l->reader);
}

/* ---- of a service -------------------------------------------------------------------- */

static uint32_t load_takes(struct loader *l, const struct node *json)
{
    const struct node *list = doc_need_list(&l->reader, json, "takes", 1, COUNTIES_MAX), *value;
    uint32_t bits = 0;
    size_t i;
    DOC_EACH(list, i, value)
    {
        int place = place_of(l->catalogue, doc_text(value));
        if (place < 0)
            complain_about(l, "takes", "there is no county of this id");
        else if (bits & UINT32_C(1) << place)
            complain_about(l, "takes", "%s stands twice", l->catalogue->counties[place].id);
        else
            bits |= UINT32_C(1) << place;
    }
    return bits;
}

/* The form must ask where it belongs, with exactly the counties that take it. */
static void check_question(struct loader *l, const struct service *s, uint32_t takes)
{
    const struct field *f = find_field(s->fields, s->field_count, COUNTY_FIELD);
    size_t offered = 1;
    if (!f || f->kind != FIELD_CHOICE || f->visible.field || !field_has_choice(f, COUNTY_HERE)) {
        complain_about(l, "elsewhere",
                       "the form must ask " COUNTY_FIELD ", a choice with " COUNTY_HERE);
        return;
    }
    for (size_t i = 0; i < l->catalogue->county_count; i++) {
        if (!(takes & UINT32_C(1) << i))
            continue;
        offered++;
        if (!field_has_choice(f, l->catalogue->counties[i].id))
            complain_about(l, "elsewhere",
                           "%s takes it, but the field " COUNTY_FIELD " does not offer it",
                           l->catalogue->counties[i].id);
    }
    if (f->choice_count > offered)
        complain_about(l, "elsewhere", "the field " COUNTY_FIELD " offers more than takes it");
}

static void load_elsewhere(struct loader *l, struct service *s, const struct node *json)
{
    static const char *const members[] = { "days", "takes", NULL };
    const struct node *given = doc_get(json, "elsewhere");
    struct service_elsewhere *out = given ? arena_take(l->arena, 1, sizeof(*out)) : NULL;
    if (!out)
        return;
    load_enter(l, "elsewhere");
    if (load_object(l, given)) {
        load_no_others(l, given, members);
        out->days = (int)doc_need_integer(&l->reader, given, "days", 0, DAYS_MAX);
        out->takes = load_takes(l, given);
    }
    json_leave(&l->reader);
    check_question(l, s, out->takes);
    if (s->part_count || s->is_instant || s->anonymous || s->reach == REACH_BOOK)
        complain_about(
            l, "elsewhere",
            "only a single matter with a name, that is not decided as it comes in, is forwarded");
    s->elsewhere = out;
}

static void load_check(struct loader *l, struct service *s, const struct node *json)
{
    static const char *const members[] = { "days", "what", "when", NULL };
    const struct node *given = doc_get(json, "check");
    struct service_check *out = given ? arena_take(l->arena, 1, sizeof(*out)) : NULL;
    if (!out)
        return;
    load_enter(l, "check");
    if (load_object(l, given)) {
        load_no_others(l, given, members);
        out->days = (int)doc_need_integer(&l->reader, given, "days", 1, CHECK_DAYS_MAX);
        out->what = load_words(l, given, "what");
        load_condition_if_any(l, &out->when, given, "when", s->fields, s->field_count);
    }
    json_leave(&l->reader);
    if (s->reach == REACH_BOOK || s->reach == REACH_INFO)
        complain_about(l, "check", "nothing is decided here that could be checked");
    s->check = out;
}

void load_beyond(struct loader *l, struct service *s, const struct node *json)
{
    load_elsewhere(l, s, json);
    load_check(l, s, json);
}
