#include "tests/platform/open/parts.h"

#include <string.h>

enum { PHONE_TAIL = 4 };

static const char *text_in(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "";
}

static json_t *booking(const json_t *item)
{
    const json_t *form = json_object_get(item, "form");
    const char *phone = text_in(form, "phone");
    size_t length = strlen(phone);
    return json_pack("{ss, ss, ss, ss}", "calendar",
                     text_in(json_object_get(item, "booking"), "calendar"), "day",
                     text_in(form, "day"), "half", text_in(form, "half"), "phone_tail",
                     length >= PHONE_TAIL ? phone + length - PHONE_TAIL : "");
}

json_t *parts_told(const json_t *item)
{
    const json_t *list = json_object_get(item, "children");
    if (!item)
        return json_object();
    json_t *out = json_array();
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *child = json_deep_copy(json_array_get(list, i));
        json_object_del(child, "answers");
        json_array_append_new(out, child);
    }
    return json_pack("{so, so, sb, ss}", "children", out, "booking", booking(item),
                     "rests_on_promise", json_is_true(json_object_get(item, "rests_on_promise")),
                     "county", text_in(item, "county"));
}
