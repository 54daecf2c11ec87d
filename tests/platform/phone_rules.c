/* Which questions of a form are asked, by the same evaluator as the kiosk's (firmware/catalogue/rule.h): a phone has none of its own, and
 * gets the answer for the few answers that the rules ask for. Nothing of it is kept or noted. */
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/catalogue/rule.h"
#include "tests/platform/desk.h"
#include "tests/platform/parcels.h"

struct said {
    const json_t *answers;
    const struct service *service;
    const bool *is_shown; /* of the fields so far */
};

/* What is not asked has no answer, as at the kiosk. */
static const char *answer_of(const void *context, const char *name)
{
    const struct said *said = context;
    for (size_t i = 0; i < said->service->field_count; i++)
        if (!strcmp(said->service->fields[i].name, name) && !said->is_shown[i])
            return "";
    const char *text = json_string_value(json_object_get(said->answers, name));
    return text ? text : "";
}

/* A rule asks for earlier questions alone, so one pass is enough. */
static json_t *judge(const struct service *s, const json_t *answers, const char *today)
{
    bool is_shown[FORM_FIELDS_MAX] = { false };
    const struct said said = { answers, s, is_shown };
    const struct rule_facts facts = { .today = today, .answer_of = answer_of, .context = &said };
    json_t *shown = json_array(), *needed = json_array();
    for (size_t i = 0; i < s->field_count && i < FORM_FIELDS_MAX; i++) {
        const struct field *f = &s->fields[i];
        is_shown[i] = field_is_shown(f, &facts);
        if (is_shown[i])
            json_array_append_new(shown, json_string(f->name));
        if (field_is_needed(f, &facts))
            json_array_append_new(needed, json_string(f->name));
    }
    return json_pack("{so, so}", "shown", shown, "needed", needed);
}

/* Inside the lock; loaded when the first phone asks. */
static const struct service *find(struct platform *p, const char *code)
{
    const struct bytes *body = &p->documents[DOCUMENT_CATALOGUE].body;
    char complaint[CATALOGUE_COMPLAINT];
    if (!p->forms && catalogue_load(&p->forms, (const char *)body->data, body->length, complaint)) {
        log_line(LOG_ERROR, "phone", "the forms' rules cannot be read: %s", complaint);
        p->forms = NULL;
        return NULL;
    }
    return catalogue_find(p->forms, code);
}

void phone_rules(struct platform *p, const struct request_in *q, struct reply *r, const char *today)
{
    struct json_reader reader = { 0 };
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    const char *code = json_need_string(&reader, o, "item_code", 8);
    const json_t *answers = json_object_get(o, "answers");
    if (!json_is_clean(&reader) || !json_is_object(answers)) {
        reply_problem(r, 400, "bad-rules", "item_code and answers are needed");
        return;
    }
    pthread_mutex_lock(&p->lock);
    const struct service *s = find(p, code);
    json_t *said = s ? judge(s, answers, today) : NULL;
    pthread_mutex_unlock(&p->lock);
    if (said)
        reply_json(r, 200, said);
    else
        reply_problem(r, 404, "not-found", "there is no form for this matter");
}

void phone_end(struct platform *p)
{
    catalogue_free(p->forms);
    p->forms = NULL;
}
