#include "tests/platform/open/holdings.h"

#include <string.h>

#include "firmware/base/json.h"
#include "firmware/seal/reply.h"

enum { PAPERS_MAX = 24 };

/* Both must fit: a number alone may be mistyped, and then it is somebody else's. */
static const json_t *certificates_of(const json_t *holdings, const json_t *person)
{
    const json_t *all = json_object_get(holdings, "persons");
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *one = json_array_get(all, i);
        if (*json_text_at(person, "number") &&
            !strcmp(json_text_at(one, "number"), json_text_at(person, "number")) &&
            !strcmp(json_text_at(one, "name"), json_text_at(person, "name")))
            return json_object_get(one, "certificates");
    }
    return NULL;
}

static bool is_asked(const json_t *papers, const char *paper)
{
    for (size_t i = 0; i < json_array_size(papers); i++) {
        const char *asked = json_string_value(json_array_get(papers, i));
        if (asked && !strcmp(asked, paper))
            return true;
    }
    return false;
}

static json_t *found(const json_t *holdings, const json_t *question)
{
    json_t *list = json_array();
    const json_t *held = certificates_of(holdings, json_object_get(question, "person"));
    for (size_t i = 0; i < json_array_size(held); i++) {
        json_t *c = json_array_get(held, i);
        if (is_asked(json_object_get(question, "papers"), json_text_at(c, "paper")))
            json_array_append(list, c);
    }
    return list;
}

static bool is_question(const json_t *question, const char *kiosk, const char *id)
{
    const json_t *manifest = json_object_get(question, "question");
    return json_integer_value(json_object_get(question, "schema")) == 1 &&
           !strcmp(json_text_at(manifest, "id"), id) &&
           !strcmp(json_text_at(manifest, "kiosk_id"), kiosk) &&
           json_array_size(json_object_get(question, "papers")) <= PAPERS_MAX;
}

int holdings_answer(struct bytes *reply, const json_t *holdings, const json_t *question,
                    const char *kiosk, const char *id)
{
    uint8_t key[REPLY_KEY];
    if (!is_question(question, kiosk, id) ||
        hex_decode(key, sizeof(key), json_text_at(question, "reply_key")))
        return -EBADMSG;
    AUTO(json_release)
    json_t *o = json_pack("{si, ss, so}", "schema", 1, "question", id, "certificates",
                          found(holdings, question));
    char *text = o ? json_canonical(o) : NULL;
    int r = text ? reply_seal(reply, key, id, text, strlen(text)) : fault_raise(-ENOMEM);
    json_text_free(text);
    explicit_bzero(key, sizeof(key));
    return r;
}
