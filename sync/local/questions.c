#include "sync/local/questions.h"
#include "firmware/base/json.h"

#include <stdio.h>
#include <string.h>

static bool is_id(const char *text)
{
    return strlen(text) == REPLY_ID - 1 && strspn(text, "0123456789abcdef") == REPLY_ID - 1;
}

static bool is_key_id(const char *text)
{
    return *text && strlen(text) < SEAL_KEY_ID;
}

static json_t *op_ask(struct service *s, const json_t *q, struct bytes *body, const char **error,
                      char *reason)
{
    struct bytes sealed AUTO_BYTES = *body;
    const char *id = json_text_at(q, "id"), *key_id = json_text_at(q, "key_id");
    *body = (struct bytes){ 0 };
    if (!is_id(id))
        return service_fail(error, reason, "bad-request", "id must be 32 hex digits");
    if (json_integer_value(json_object_get(q, "suite")) != SEAL_SUITE_CMS_P256)
        return service_fail(error, reason, "bad-request", "suite must be 1");
    if (!is_key_id(key_id))
        return service_fail(error, reason, "bad-request", "key_id must have 1 to 64 bytes");
    if (!sealed.length || sealed.length > QUESTION_MAX)
        return service_fail(error, reason, "bad-request",
                            "the sealed bytes are missing or too many");
    int r = question_ask(s->question, id, key_id, &sealed);
    if (r == QUESTION_E_UNREACHABLE)
        return service_fail(error, reason, "unreachable", "the county cannot be asked now");
    return r ? service_fail(error, reason, "storage", "there is no memory for a question")
             : json_object();
}

static json_t *op_drop(struct service *s, const json_t *q, struct bytes *body, const char **error,
                       char *reason)
{
    const char *id = json_text_at(q, "id");
    (void)body;
    if (!is_id(id))
        return service_fail(error, reason, "bad-request", "id must be 32 hex digits");
    question_drop(s->question, id);
    return json_object();
}

operation questions_find(const char *op)
{
    if (!strcmp(op, "ask"))
        return op_ask;
    return strcmp(op, "ask-drop") ? NULL : op_drop;
}
