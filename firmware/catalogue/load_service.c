#include <stdio.h>
#include <string.h>

#include "firmware/catalogue/load.h"

enum { KEYWORDS_MAX = 40, FIXED_TERMS = 5, AGE_MAX = 200, CODE_DIGITS_MAX = 4 };

static const char *const reaches[] = {
    [REACH_KIOSK] = "kiosk", [REACH_AGENT] = "agent", [REACH_BOOK] = "book", [REACH_INFO] = "info"
};
static const char *const bookings[] = { "none", "window", "home" };
/* The place of a word is the number of its bit in enum service_delivery. */
static const char *const deliveries[] = { "post", "pickup", "account", "electronic", "none" };
enum { DELIVERIES = sizeof(deliveries) / sizeof(deliveries[0]) };

static bool is_code(const char *text)
{
    size_t digits = *text ? strspn(text + 1, "0123456789") : 0;
    return *text >= 'A' && *text <= 'Z' && digits >= 2 && digits <= CODE_DIGITS_MAX &&
           !text[digits + 1];
}

/* From here on the place names the service for people too: "services[2] (E01)". */
static void load_code(struct loader *l, struct service *s, struct term *term,
                      const struct node *json)
{
    s->code = "";
    const char *code = doc_need_text(&l->reader, json, "code", 2 + CODE_DIGITS_MAX);
    if (*code && !is_code(code)) {
        complain_about(l, "code", "must be a capital letter and two to four digits, like D01");
        return;
    }
    size_t at = strlen(l->reader.path);
    if (*code)
        snprintf(l->reader.path + at, sizeof(l->reader.path) - at, " (%s)", code);
    s->code = load_keep(l, code);
    load_term(l, term, s->code, "");
}

static void load_theme_of(struct loader *l, struct service *s, const struct node *json)
{
    const char *id = doc_need_text(&l->reader, json, "theme", 20);
    const struct theme *theme = catalogue_find_theme(l->catalogue, id);
    s->theme = theme ? theme->id : "";
    if (*id && !theme)
        complain_about(l, "theme", "there is no theme of this id");
}

static void load_keywords(struct loader *l, struct service *s, struct term *terms,
                          const struct node *json)
{
    const struct node *list = doc_want_list(&l->reader, json, "keywords", KEYWORDS_MAX), *value;
    struct words *keywords = arena_take(l->arena, doc_size(list), sizeof(*keywords));
    size_t i;
    if (!keywords)
        return;
    load_enter(l, "keywords");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        keywords[i] = load_name(l, value, NULL, &terms[2 * i]);
        terms[2 * i].is_keyword = terms[2 * i + 1].is_keyword = true;
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    s->keywords = keywords;
    s->keyword_count = doc_size(list);
}

static void load_guide(struct loader *l, struct service *s, const struct node *json)
{
    const struct {
        const char *key;
        struct words *out;
    } texts[] = {
        { "gives", &s->gives },
        { "who", &s->who },
        { "department", &s->department },
        { "fee", &s->fee },
        { "fee_basis", &s->fee_basis },
        { "basis", &s->basis },
        { "next", &s->next },
        { "promise", &s->promise },
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        *texts[i].out = load_words(l, json, texts[i].key);
}

/* legal_days must be said: a number, or null when the law names none. */
static int load_legal_days(struct loader *l, const struct node *json, int promised)
{
    const struct node *legal = doc_get(json, "legal_days");
    int days = -1;
    if (!legal || legal->type != NODE_NULL)
        days = (int)doc_need_integer(&l->reader, json, "legal_days", 0, DAYS_MAX);
    if (days >= 0 && promised > days)
        complain_about(l, "promised_days", "%d is more than legal_days %d", promised, days);
    return days;
}

static void load_days(struct loader *l, struct service *s, const struct node *json)
{
    s->promised_days = (int)doc_need_integer(&l->reader, json, "promised_days", 0, DAYS_MAX);
    s->legal_days = load_legal_days(l, json, s->promised_days);
}

void load_part_days(struct loader *l, struct bundle_part *p, const struct node *json)
{
    p->promised_days = (int)doc_need_integer(&l->reader, json, "promised_days", 0, DAYS_MAX);
    p->legal_days = load_legal_days(l, json, p->promised_days);
}

unsigned load_deliveries(struct loader *l, const struct node *json)
{
    return load_word_set(l, json, "delivery", deliveries, DELIVERIES);
}

static void load_terms_of_use(struct loader *l, struct service *s, const struct node *json)
{
    s->minutes = (int)doc_need_integer(&l->reader, json, "minutes", 1, 240);
    s->needs_card = doc_want_bool(&l->reader, json, "needs_card", true);
    s->needs_consent = doc_want_bool(&l->reader, json, "needs_consent", false);
    s->consent = load_words_if_any(l, json, "consent");
    s->age_from = (int)doc_want_integer(&l->reader, json, "age_from", 0, AGE_MAX, 0);
    s->age_to = (int)doc_want_integer(&l->reader, json, "age_to", 0, AGE_MAX, AGE_MAX);
    s->reach = (enum service_reach)load_word(l, json, "reach", reaches,
                                             sizeof(reaches) / sizeof(reaches[0]), -1);
    s->booking = (enum service_booking)load_word(l, json, "booking", bookings, BOOKING_COUNT, 0);
    if (s->booking && s->reach != REACH_BOOK)
        complain_about(l, "booking", "only a service of reach book books anything");
    s->delivery = load_deliveries(l, json);
    if (s->age_from > s->age_to)
        complain_about(l, "age_from", "%d is more than age_to %d", s->age_from, s->age_to);
    if (s->needs_consent != (*s->consent.in[LANGUAGE_ZH] != 0))
        complain_about(l, "consent",
                       s->needs_consent ? "is missing: needs_consent is true"
                                        : "needs_consent is not true");
}

static void load_anonymous(struct loader *l, struct service *s, const struct node *json)
{
    struct condition *when = NULL;
    if (doc_get(json, "anonymous"))
        when = arena_take(l->arena, 1, sizeof(*when));
    if (!when)
        return;
    load_condition_if_any(l, when, json, "anonymous", s->fields, s->field_count);
    s->anonymous = when;
    if (s->needs_card)
        complain_about(l, "anonymous", "needs_card must be false");
}

/* ---- rules between members ----------------------------------------------------------- */

static void check_account(struct loader *l, const struct service *s)
{
    for (size_t i = 0; i < s->field_count; i++)
        if (s->fields[i].kind == FIELD_ACCOUNT && !s->needs_consent)
            complain_about(l, "needs_consent", "must be true: the field %s asks for a bank account",
                           s->fields[i].name);
}

/* What a form lets one choose must be what the guide announces. */
static void check_delivery(struct loader *l, const struct service *s)
{
    const struct field *f = find_field(s->fields, s->field_count, "delivery");
    for (size_t i = 0; f && i < f->choice_count; i++) {
        bool is_offered = false;
        for (unsigned d = 0; d < DELIVERIES; d++)
            is_offered |= (s->delivery & 1u << d) && !strcmp(f->choices[i].value, deliveries[d]);
        if (!is_offered)
            complain_about(l, "delivery", "the field delivery offers %s, which is not in this list",
                           f->choices[i].value);
    }
}

/* A booking or an information must not read as if a matter had been accepted. */
static void check_acceptance(struct loader *l, const struct service *s)
{
    if (s->reach != REACH_BOOK && s->reach != REACH_INFO)
        return;
    if (strstr(s->next.in[LANGUAGE_ZH], "受理") || strstr(s->next.in[LANGUAGE_EN], "accepted"))
        complain_about(l, "next", "a service of reach %s never claims acceptance",
                       reaches[s->reach]);
}

void load_service(struct loader *l, struct service *s, struct terms *terms, const struct node *json)
{
    static const char *const members[] = {
        "code",       "theme",         "icon",       "name",      "short_name", "gives",
        "who",        "department",    "fee",        "fee_basis", "basis",      "next",
        "promise",    "promised_days", "legal_days", "minutes",   "needs_card", "needs_consent",
        "consent",    "age_from",      "age_to",     "reach",     "delivery",   "keywords",
        "materials",  "pages",         "anonymous",  "urgent",    "no_return",  "no_waiver",
        "valid_from", "reviewed",      "rules",      "hint",      "steps",      "levels",
        "replaces",   "departments",   "parts",      "booking",   "instant",    "life_event",
        "elsewhere",  "check",         NULL
    };
    size_t count = FIXED_TERMS + 2 * doc_size(doc_get(json, "keywords"));
    struct term *term = arena_take(l->arena, count, sizeof(*term));
    if (!term)
        return;
    *terms = (struct terms){ term, count };
    load_code(l, s, &term[4], json);
    load_no_others(l, json, members);
    load_theme_of(l, s, json);
    s->icon = load_icon(l, json);
    s->name = load_name(l, json, "name", &term[0]);
    s->short_name = load_name(l, json, "short_name", &term[2]);
    load_collect(l);
    load_guide(l, s, json);
    load_collect(l);
    load_days(l, s, json);
    load_collect(l);
    load_terms_of_use(l, s, json);
    load_collect(l);
    load_keywords(l, s, &term[FIXED_TERMS], json);
    load_collect(l);
    load_form(l, s, json);
    load_materials(l, s, json);
    load_anonymous(l, s, json);
    load_more(l, s, json);
    load_collect(l);
    load_rules(l, s, json);
    load_bundle(l, s, json);
    load_beyond(l, s, json);
    load_collect(l);
    check_account(l, s);
    load_collect(l);
    check_delivery(l, s);
    load_collect(l);
    check_acceptance(l, s);
}
