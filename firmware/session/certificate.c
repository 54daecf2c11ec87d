#include "firmware/session/certificate.h"

#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"

static bool is_plain(const char *text)
{
    size_t left = strlen(text);
    uint32_t cp;
    for (size_t n; left; text += n, left -= n) {
        n = text_decode(&cp, text, left);
        if (text_is_control(cp))
            return false;
    }
    return true;
}

static void take(struct json_reader *r, char *out, size_t size, const json_t *o, const char *key)
{
    const char *text = json_need_string(r, o, key, size - 1);
    if (!is_plain(text))
        json_complain(r, "%s has control characters", key);
    text_copy(out, size, text);
}

static void take_words(struct json_reader *r, char out[LANGUAGE_COUNT][CERTIFICATE_WORDS],
                       const json_t *o, const char *key)
{
    static const char *const members[] = { "zh", "en", NULL };
    const json_t *words = json_need_object(r, o, key);
    json_no_others(r, words, members);
    take(r, out[LANGUAGE_ZH], CERTIFICATE_WORDS, words, "zh");
    take(r, out[LANGUAGE_EN], CERTIFICATE_WORDS, words, "en");
}

static void take_day(struct json_reader *r, char out[9], const json_t *o, const char *key,
                     bool is_needed)
{
    static const struct field date = { .kind = FIELD_DATE };
    const char *text =
        is_needed ? json_need_string(r, o, key, 8) : json_want_string(r, o, key, 8, "");
    if (*text && answer_check(&date, text, NULL))
        json_complain(r, "%s is no day", key);
    text_copy(out, 9, text);
}

static bool is_word(const char *text, const char *set)
{
    return *text && strspn(text, set) == strlen(text);
}

static void take_mask(struct json_reader *r, struct certificate_value *v, const json_t *o)
{
    static const char *const words[] = {
        [MASK_NONE] = "none",   [MASK_NAME] = "name",       [MASK_NUMBER] = "number",
        [MASK_PHONE] = "phone", [MASK_ACCOUNT] = "account", [MASK_OTHER] = "other"
    };
    const char *word = json_want_string(r, o, "mask", 10, "none");
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (!strcmp(words[i], word)) {
            v->mask = (enum field_mask)i;
            return;
        }
    json_complain(r, "mask is none that is known here");
}

static void take_value(struct json_reader *r, struct certificate *c, const json_t *o)
{
    static const char *const members[] = { "name", "label", "mask", "value", NULL };
    struct certificate_value *v = &c->values[c->value_count];
    json_no_others(r, o, members);
    take(r, v->name, sizeof(v->name), o, "name");
    if (!is_word(v->name, "abcdefghijklmnopqrstuvwxyz0123456789_"))
        json_complain(r, "name is no name of a value");
    if (certificate_find(c, v->name))
        json_complain(r, "a value stands twice");
    take_words(r, v->label, o, "label");
    take_mask(r, v, o);
    take(r, v->value, sizeof(v->value), o, "value");
    c->value_count++;
}

static void take_certificate(struct json_reader *r, struct certificates *all, const json_t *o)
{
    static const char *const members[] = { "paper",  "id",    "version", "office",
                                           "issued", "until", "values",  NULL };
    struct certificate *c = &all->list[all->count];
    json_no_others(r, o, members);
    take(r, c->paper, sizeof(c->paper), o, "paper");
    if (!is_word(c->paper, "abcdefghijklmnopqrstuvwxyz0123456789-"))
        json_complain(r, "paper is no id of a material");
    for (size_t i = 0; i < all->count; i++)
        if (!strcmp(all->list[i].paper, c->paper))
            json_complain(r, "a paper stands twice");
    take(r, c->id, sizeof(c->id), o, "id");
    take(r, c->version, sizeof(c->version), o, "version");
    take_words(r, c->office, o, "office");
    take_day(r, c->issued, o, "issued", true);
    take_day(r, c->until, o, "until", false);
    const json_t *values = json_want_array(r, o, "values", CERTIFICATE_VALUES);
    for (size_t i = 0; json_is_clean(r) && i < json_array_size(values); i++)
        take_value(r, c, json_array_get(values, i));
    all->count++;
}

static void take_answer(struct json_reader *r, struct certificates *out, const json_t *o,
                        const char *question)
{
    static const char *const members[] = { "schema", "question", "certificates", NULL };
    json_no_others(r, o, members);
    (void)json_need_integer(r, o, "schema", 1, 1);
    if (strcmp(json_need_string(r, o, "question", 32), question) != 0)
        json_complain(r, "it answers another question");
    const json_t *list = json_need_array(r, o, "certificates", 0, CERTIFICATES_MAX);
    for (size_t i = 0; json_is_clean(r) && i < json_array_size(list); i++)
        take_certificate(r, out, json_array_get(list, i));
}

int certificates_read(struct certificates *out, const void *json, size_t length,
                      const char *question)
{
    struct json_reader r = { 0 };
    memset(out, 0, sizeof(*out));
    AUTO(json_release) json_t *o = json_parse(json, length, r.complaint);
    if (o)
        take_answer(&r, out, o, question);
    if (o && json_is_clean(&r))
        return 0;
    explicit_bzero(out, sizeof(*out));
    explicit_bzero(&r, sizeof(r)); /* a complaint may quote what it is about */
    return -EBADMSG;
}

const struct certificate_value *certificate_find(const struct certificate *c, const char *name)
{
    for (size_t i = 0; i < c->value_count; i++)
        if (!strcmp(c->values[i].name, name))
            return &c->values[i];
    return NULL;
}
