#include "firmware/session/handoff_draft.h"

#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "firmware/seal/parcel.h"

static bool take_answer(struct handoff_answer *out, const char *name, const json_t *value)
{
    const char *text = json_string_value(value);
    size_t length = json_string_length(value);
    if (!text || !*name || strlen(name) >= sizeof(out->name) || length >= sizeof(out->value) ||
        strlen(text) != length)
        return false;
    text_copy(out->name, sizeof(out->name), name);
    text_copy(out->value, sizeof(out->value), text);
    return true;
}

static bool read_all(struct handoff_draft *out, struct json_reader *r, json_t *o)
{
    const char *name;
    json_t *value;
    int64_t schema = json_need_integer(r, o, "schema", 1, 1);
    const char *item = json_need_string(r, o, "item_code", HANDOFF_CODE_TEXT - 1);
    json_t *answers = json_object_get(o, "answers");
    if (!json_is_clean(r) || schema != 1 || !json_is_object(answers) ||
        json_object_size(answers) > FORM_FIELDS_MAX)
        return false;
    text_copy(out->item, sizeof(out->item), item);
    json_object_foreach(answers, name, value)
    {
        if (!take_answer(&out->answers[out->count++], name, value))
            return false;
    }
    return true;
}

bool handoff_read(struct handoff_draft *out, const void *text, size_t length)
{
    char complaint[JSON_COMPLAINT];
    struct json_reader r = { 0 };
    memset(out, 0, sizeof(*out));
    AUTO(json_release)
    json_t *o = length <= PARCEL_TEXT_MAX ? json_parse(text, length, complaint) : NULL;
    bool is_read = o && read_all(out, &r, o);
    if (!is_read)
        explicit_bzero(out, sizeof(*out));
    explicit_bzero(complaint, sizeof(complaint)); /* it may quote what could not be read */
    explicit_bzero(&r, sizeof(r));
    return is_read;
}
