#include "tests/platform/open/parts.h"

#include <string.h>

#include "firmware/base/json.h"

enum { PHONE_TAIL = 4 };

static json_t *booking(const json_t *item)
{
    const json_t *form = json_object_get(item, "form");
    const char *phone = json_text_at(form, "phone");
    size_t length = strlen(phone);
    return json_pack("{ss, ss, ss, ss}", "calendar",
                     json_text_at(json_object_get(item, "booking"), "calendar"), "day",
                     json_text_at(form, "day"), "half", json_text_at(form, "half"), "phone_tail",
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
                     "county", json_text_at(item, "county"));
}
