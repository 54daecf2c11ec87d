#include <string.h>

#include "firmware/base/text.h"
#include "firmware/card/person.h"
#include "firmware/catalogue/load.h"

enum { CHOICES_MAX = 24, VALUE_MAX = 24, LINES_MAX = 6, CHARACTERS_MAX = 200 };
static const int64_t FEN_MAX = 99999999999; /* nine digits of yuan */

static const char *const kinds[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = "text",           [FIELD_HAN] = "han",
    [FIELD_NUMBER] = "number",       [FIELD_PHONE] = "phone",
    [FIELD_DATE] = "date",           [FIELD_CHOICE] = "choice",
    [FIELD_AMOUNT] = "amount",       [FIELD_YES_NO] = "yes_no",
    [FIELD_ACCOUNT] = "account",     [FIELD_ADDRESS] = "address",
    [FIELD_SIGNATURE] = "signature",
};

#define OF(kind) (1u << (kind))
#define OF_WRITTEN (OF(FIELD_TEXT) | OF(FIELD_HAN) | OF(FIELD_ADDRESS))
#define OF_CHOSEN (OF(FIELD_CHOICE) | OF(FIELD_YES_NO))

/* Members that only some kinds know. */
static const struct {
    const char *key;
    unsigned kinds;
} particular[] = {
    { "may_ink", OF(FIELD_HAN) },
    { "lines", OF(FIELD_HAN) },
    { "min_length", OF_WRITTEN },
    { "max_length", OF_WRITTEN },
    { "min_date", OF(FIELD_DATE) },
    { "max_date", OF(FIELD_DATE) },
    { "min_fen", OF(FIELD_AMOUNT) },
    { "max_fen", OF(FIELD_AMOUNT) },
    { "choices", OF(FIELD_CHOICE) },
    { "preset", OF_CHOSEN },
    { "acting", OF_CHOSEN },
    { "prefill", ~(OF(FIELD_PHONE) | OF(FIELD_AMOUNT) | OF(FIELD_YES_NO) | OF(FIELD_ACCOUNT) |
                   OF(FIELD_SIGNATURE)) },
    { "same_as", ~(OF_CHOSEN | OF(FIELD_SIGNATURE)) },
    { "mask", ~(OF(FIELD_YES_NO) | OF(FIELD_SIGNATURE)) },
};

static void check_particular(struct loader *l, enum field_kind kind, const struct node *json)
{
    for (size_t i = 0; i < sizeof(particular) / sizeof(particular[0]); i++)
        if (!(particular[i].kinds & OF(kind)) && doc_get(json, particular[i].key))
            complain_about(l, particular[i].key, "has no meaning for a field of kind %s",
                           kinds[kind]);
}

const struct field *find_field(const struct field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(fields[i].name, name))
            return &fields[i];
    return NULL;
}

bool field_has_choice(const struct field *f, const char *value)
{
    if (f->kind == FIELD_YES_NO)
        return !strcmp(value, "yes") || !strcmp(value, "no");
    for (size_t i = 0; i < f->choice_count; i++)
        if (!strcmp(f->choices[i].value, value))
            return true;
    return false;
}

static void load_choice(struct loader *l, struct choice *out, const struct node *json,
                        const struct choice *before, size_t count)
{
    static const char *const members[] = { "value", "label", "help", NULL };
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    out->value = load_id(l, json, "value", LETTERS_DIGITS_DASH, VALUE_MAX);
    out->label = load_words(l, json, "label");
    out->help = load_words_if_any(l, json, "help");
    for (size_t i = 0; i < count; i++)
        if (!strcmp(before[i].value, out->value))
            complain_about(l, "value", "%s stands twice", out->value);
}

static void load_choices(struct loader *l, struct field *f, const struct node *json)
{
    const struct node *list = doc_need_list(&l->reader, json, "choices", 2, CHOICES_MAX), *value;
    struct choice *choices = arena_take(l->arena, doc_size(list), sizeof(*choices));
    size_t i;
    if (!choices)
        return;
    load_enter(l, "choices");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        choices[i].value = "";
        load_choice(l, &choices[i], value, choices, i);
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    f->choices = choices;
    f->choice_count = doc_size(list);
}

/* ---- lengths, dates, amounts --------------------------------------------------------- */

static void load_lengths(struct loader *l, struct field *f, const struct node *json)
{
    f->lines = (int)doc_want_integer(&l->reader, json, "lines", 1, LINES_MAX, 1);
    int usual = f->kind == FIELD_ADDRESS ? 100 : f->lines > 1 ? CHARACTERS_MAX : 60;
    int most = f->kind == FIELD_HAN ? CHARACTERS_MAX : 100;
    f->min_length = (int)doc_want_integer(&l->reader, json, "min_length", 1, most, 1);
    f->max_length = (int)doc_want_integer(&l->reader, json, "max_length", 1, most, usual);
    if (f->min_length > f->max_length)
        complain_about(l, "min_length", "%d is more than max_length %d", f->min_length,
                       f->max_length);
}

static const char *load_date(struct loader *l, const struct node *json, const char *key)
{
    const char *date = doc_want_text(&l->reader, json, key, 8, NULL);
    if (date && *date && strcmp(date, "today") && !date_is_real(date))
        complain_about(l, key, "must be today or a day as YYYYMMDD");
    return load_keep(l, date);
}

static void load_dates(struct loader *l, struct field *f, const struct node *json)
{
    f->min_date = load_date(l, json, "min_date");
    f->max_date = load_date(l, json, "max_date");
    if (f->min_date && f->max_date && strcmp(f->min_date, "today") &&
        strcmp(f->max_date, "today") && strcmp(f->min_date, f->max_date) > 0)
        complain_about(l, "min_date", "%s is later than max_date %s", f->min_date, f->max_date);
}

static void load_amounts(struct loader *l, struct field *f, const struct node *json)
{
    f->min_fen = doc_want_integer(&l->reader, json, "min_fen", 0, FEN_MAX, 0);
    f->max_fen = doc_want_integer(&l->reader, json, "max_fen", 1, FEN_MAX, FEN_MAX);
    if (f->min_fen > f->max_fen)
        complain_about(l, "min_fen", "is more than max_fen");
}

/* ---- prefill, mask, preset, same_as -------------------------------------------------- */

static const struct {
    const char *word;
    unsigned kinds;
} prefills[] = {
    [PREFILL_NONE] = { "none", ~0u },
    [PREFILL_NAME] = { "name", OF(FIELD_HAN) },
    [PREFILL_ENGLISH_NAME] = { "english_name", OF(FIELD_TEXT) },
    [PREFILL_SEX] = { "sex", OF(FIELD_CHOICE) },
    [PREFILL_NATION] = { "nation", OF(FIELD_HAN) },
    [PREFILL_BIRTH] = { "birth", OF(FIELD_DATE) },
    [PREFILL_ADDRESS] = { "address", OF(FIELD_ADDRESS) },
    [PREFILL_NUMBER] = { "number", OF(FIELD_NUMBER) },
    [PREFILL_AGENT_NAME] = { "agent_name", OF(FIELD_HAN) },
    [PREFILL_AGENT_NUMBER] = { "agent_number", OF(FIELD_NUMBER) },
};
enum { PREFILLS = sizeof(prefills) / sizeof(prefills[0]) };

static void load_prefill(struct loader *l, struct field *f, const struct node *json)
{
    const char *words[PREFILLS];
    for (size_t i = 0; i < PREFILLS; i++)
        words[i] = prefills[i].word;
    f->prefill = (enum prefill)load_word(l, json, "prefill", words, PREFILLS, PREFILL_NONE);
    f->is_locked = doc_want_bool(&l->reader, json, "locked", false);
    if (!(prefills[f->prefill].kinds & OF(f->kind)))
        complain_about(l, "prefill", "%s does not fit a field of kind %s",
                       prefills[f->prefill].word, kinds[f->kind]);
    if (f->prefill == PREFILL_SEX && !(field_has_choice(f, "1") && field_has_choice(f, "2")))
        complain_about(l, "choices", "must have 1 (male) and 2 (female), the codes of the card");
    if (f->is_locked && f->prefill == PREFILL_NONE)
        complain_about(l, "locked", "only a field that the card fills in can be locked");
}

/* What is masked unless the catalogue says otherwise: privacy by default. */
static enum field_mask usual_mask(const struct field *f)
{
    static const enum field_mask of_kind[FIELD_KIND_COUNT] = {
        [FIELD_NUMBER] = MASK_NUMBER,
        [FIELD_PHONE] = MASK_PHONE,
        [FIELD_ACCOUNT] = MASK_ACCOUNT,
        [FIELD_ADDRESS] = MASK_OTHER,
    };
    bool is_name = f->prefill == PREFILL_NAME || f->prefill == PREFILL_ENGLISH_NAME ||
                   f->prefill == PREFILL_AGENT_NAME;
    return is_name ? MASK_NAME : of_kind[f->kind];
}

static void load_mask(struct loader *l, struct field *f, const struct node *json)
{
    static const char *const words[] = { "none", "name", "number", "phone", "account", "other" };
    f->mask = (enum field_mask)load_word(l, json, "mask", words, sizeof(words) / sizeof(words[0]),
                                         (int)usual_mask(f));
    if (f->mask == MASK_NONE && usual_mask(f) != MASK_NONE)
        complain_about(l, "mask", "a field of this kind is never shown unmasked");
}

static void load_preset(struct loader *l, struct field *f, const struct node *json)
{
    const char *preset = doc_want_text(&l->reader, json, "preset", VALUE_MAX, NULL);
    if (preset && *preset && !field_has_choice(f, preset))
        complain_about(l, "preset", "is not one of the choices");
    if (preset && f->prefill != PREFILL_NONE)
        complain_about(l, "preset", "a field that the card fills in has no preset");
    f->preset = load_keep(l, preset);
}

static void load_acting(struct loader *l, struct field *f, const struct node *json)
{
    const char *acting = doc_want_text(&l->reader, json, "acting", VALUE_MAX, NULL);
    if (acting && *acting && !field_has_choice(f, acting))
        complain_about(l, "acting", "is not one of the choices");
    f->acting = load_keep(l, acting);
}

static void load_same_as(struct loader *l, struct field *f, const struct node *json,
                         const struct field *before, size_t count)
{
    const char *name = doc_want_text(&l->reader, json, "same_as", FIELD_NAME - 1, NULL);
    const struct field *other = name ? find_field(before, count, name) : NULL;
    if (name && *name && !other)
        complain_about(l, "same_as", "no field of this name stands before");
    else if (other && other->kind != f->kind)
        complain_about(l, "same_as", "%s is of kind %s, not %s", other->name, kinds[other->kind],
                       kinds[f->kind]);
    f->same_as = other ? other->name : NULL;
}

/* ---- one field ----------------------------------------------------------------------- */

static void load_particular(struct loader *l, struct field *f, const struct node *json)
{
    if (OF_WRITTEN & OF(f->kind))
        load_lengths(l, f, json);
    if (f->kind == FIELD_DATE)
        load_dates(l, f, json);
    if (f->kind == FIELD_AMOUNT)
        load_amounts(l, f, json);
    if (f->kind == FIELD_CHOICE)
        load_choices(l, f, json);
}

void load_field(struct loader *l, struct field *f, const struct node *json,
                const struct field *before, size_t count)
{
    static const char *const members[] = { "name",     "kind",       "label",      "help",
                                           "required", "may_ink",    "locked",     "lines",
                                           "choices",  "min_length", "max_length", "min_date",
                                           "max_date", "min_fen",    "max_fen",    "prefill",
                                           "mask",     "visible",    "same_as",    "preset",
                                           "acting",   "show_if",    "need_if",    NULL };
    f->name = load_id(l, json, "name", LETTERS_DIGITS_UNDERSCORE, FIELD_NAME - 1);
    if (*f->name && find_field(before, count, f->name))
        complain_about(l, "name", "%s stands twice in this form", f->name);
    f->kind = (enum field_kind)load_word(l, json, "kind", kinds, FIELD_KIND_COUNT, -1);
    load_no_others(l, json, members);
    check_particular(l, f->kind, json);
    f->label = load_words(l, json, "label");
    f->help = load_words_if_any(l, json, "help");
    f->is_required = doc_want_bool(&l->reader, json, "required", true);
    f->may_ink = doc_want_bool(&l->reader, json, "may_ink", false);
    load_particular(l, f, json);
    load_prefill(l, f, json);
    load_mask(l, f, json);
    load_preset(l, f, json);
    load_acting(l, f, json);
    load_same_as(l, f, json, before, count);
    load_condition_if_any(l, &f->visible, json, "visible", before, count);
    f->show_if = load_expression_if_any(l, json, "show_if", before, count);
    f->need_if = load_expression_if_any(l, json, "need_if", before, count);
    if (f->need_if && doc_get(json, "required"))
        complain_about(l, "required", "need_if says when it is");
}
