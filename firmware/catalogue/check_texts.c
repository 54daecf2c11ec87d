/* Both languages complete and each in its own script; nothing said or asked twice. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/checks.h"

enum { KEYWORDS_LEAST = 5 };

static bool has_han(const char *text)
{
    size_t length = strlen(text);
    uint32_t cp;
    for (size_t i = 0; i < length;) {
        i += text_decode(&cp, text + i, length - i);
        if (text_is_han(cp))
            return true;
    }
    return false;
}

/* A text that nobody translated shows itself by its script. */
static void check_words(struct checker *k, const char *item, const char *field,
                        const struct words *w)
{
    char place[96];
    bool is_empty = !*w->in[LANGUAGE_ZH] && !*w->in[LANGUAGE_EN];
    snprintf(place, sizeof(place), "%.80s.en", field);
    if (!is_empty && has_han(w->in[LANGUAGE_EN]))
        check_say(k, FINDING_MISTAKE, item, place, "the English text has Chinese characters in it");
    snprintf(place, sizeof(place), "%.80s.zh", field);
    if (!is_empty && !has_han(w->in[LANGUAGE_ZH]))
        check_say(k, FINDING_MISTAKE, item, place,
                  "the Chinese text has no Chinese character in it");
}

static void check_guide(struct checker *k, const struct service *s)
{
    const struct {
        const char *field;
        const struct words *words;
    } texts[] = { { "name", &s->name },
                  { "short_name", &s->short_name },
                  { "gives", &s->gives },
                  { "who", &s->who },
                  { "department", &s->department },
                  { "fee", &s->fee },
                  { "fee_basis", &s->fee_basis },
                  { "basis", &s->basis },
                  { "next", &s->next },
                  { "promise", &s->promise },
                  { "consent", &s->consent } };
    char field[40];
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        check_words(k, s->code, texts[i].field, texts[i].words);
    for (size_t i = 0; i < s->rule_count; i++) {
        snprintf(field, sizeof(field), "rules[%zu].asks", i);
        check_words(k, s->code, field, &s->rules[i].asks);
        snprintf(field, sizeof(field), "rules[%zu].refusal", i);
        check_words(k, s->code, field, &s->rules[i].refusal);
        snprintf(field, sizeof(field), "rules[%zu].basis", i);
        check_words(k, s->code, field, &s->rules[i].basis);
        snprintf(field, sizeof(field), "rules[%zu].where", i);
        check_words(k, s->code, field, &s->rules[i].where);
    }
    check_words(k, s->code, "life_event", &s->life_event);
    if (s->hint)
        check_words(k, s->code, "hint.words", &s->hint->words);
    for (size_t i = 0; i < s->material_count; i++) {
        snprintf(field, sizeof(field), "materials[%zu].name", i);
        check_words(k, s->code, field, &s->materials[i].name);
    }
}

static void check_field_words(struct checker *k, const struct service *s, const struct field *f)
{
    char field[64];
    snprintf(field, sizeof(field), "%s.label", f->name);
    check_words(k, s->code, field, &f->label);
    snprintf(field, sizeof(field), "%s.help", f->name);
    if (!*f->help.in[LANGUAGE_ZH])
        check_say(k, FINDING_NOTE, s->code, field,
                  "is missing: say why it is asked, or how to answer");
    check_words(k, s->code, field, &f->help);
    for (size_t i = 0; i < f->choice_count; i++) {
        snprintf(field, sizeof(field), "%s.%s", f->name, f->choices[i].value);
        check_words(k, s->code, field, &f->choices[i].label);
    }
}

static void check_asked_once(struct checker *k, const struct service *s)
{
    for (size_t i = 0; i < s->field_count; i++)
        for (size_t n = 0; n < i; n++) {
            const struct field *a = &s->fields[n], *b = &s->fields[i];
            if (!strcmp(a->label.in[LANGUAGE_ZH], b->label.in[LANGUAGE_ZH]) ||
                !strcmp(a->label.in[LANGUAGE_EN], b->label.in[LANGUAGE_EN]))
                check_say(k, FINDING_MISTAKE, s->code, b->name, "asks what %s asks already: %s",
                          a->name, a->label.in[LANGUAGE_EN]);
            else if (b->prefill != PREFILL_NONE && b->prefill == a->prefill && a->is_locked &&
                     b->is_locked)
                check_say(k, FINDING_MISTAKE, s->code, b->name,
                          "takes the same from the card as %s does already", a->name);
        }
}

static void check_keywords(struct checker *k, const struct service *s)
{
    char field[40];
    if (s->keyword_count < KEYWORDS_LEAST)
        check_say(k, FINDING_MISTAKE, s->code, "keywords",
                  "%zu everyday words are too few to be found by; give at least %d",
                  s->keyword_count, KEYWORDS_LEAST);
    for (size_t i = 0; i < s->keyword_count; i++)
        for (size_t n = 0; n < i; n++)
            if (!strcmp(s->keywords[i].in[LANGUAGE_ZH], s->keywords[n].in[LANGUAGE_ZH])) {
                snprintf(field, sizeof(field), "keywords[%zu]", i);
                check_say(k, FINDING_MISTAKE, s->code, field, "stands twice");
            }
}

void check_texts(struct checker *k, const struct service *s)
{
    char field[40];
    check_guide(k, s);
    check_keywords(k, s);
    for (size_t i = 0; i < s->page_count; i++) {
        snprintf(field, sizeof(field), "pages[%zu].title", i);
        check_words(k, s->code, field, &s->pages[i].title);
    }
    for (size_t i = 0; i < s->field_count; i++)
        check_field_words(k, s, &s->fields[i]);
    check_asked_once(k, s);
}

/* What rules ask for is put to residents as well. */
void check_facts(struct checker *k, const struct catalogue *c)
{
    char field[40];
    for (size_t i = 0; i < c->fact_count; i++) {
        snprintf(field, sizeof(field), "facts[%zu].label", i);
        check_words(k, "", field, &c->facts[i].label);
        snprintf(field, sizeof(field), "facts[%zu].question", i);
        check_words(k, "", field, &c->facts[i].question);
    }
}
