#include "firmware/card/person_json.h"

static void put(json_t *o, const char *name, const char *value)
{
    if (*value)
        json_object_set_new(o, name, json_string(value));
}

json_t *person_json(const struct person *p)
{
    char layout[2] = { (char)p->layout, 0 }, sex[2] = { p->sex, 0 };
    json_t *o = json_object();
    put(o, "layout", layout);
    put(o, "name", p->name);
    put(o, "english_name", p->english_name);
    put(o, "sex", sex);
    put(o, "nation", p->nation);
    put(o, "birth", p->birth);
    put(o, "address", p->address);
    put(o, "number", p->number);
    put(o, "authority", p->authority);
    put(o, "valid_from", p->valid_from);
    put(o, "valid_to", p->is_long_term ? "长期" : p->valid_to);
    put(o, "permit_number", p->permit_number);
    put(o, "issue_count", p->issue_count);
    put(o, "nationality", p->nationality);
    put(o, "renewals", p->renewals);
    put(o, "old_number_link", p->old_number_link);
    put(o, "layout_version", p->layout_version);
    return o;
}
