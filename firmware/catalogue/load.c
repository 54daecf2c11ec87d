#include "firmware/catalogue/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT = 1, POPULAR_MAX = 24, REVIEW_DAYS = 365 };
static const size_t MEMORY_MAX = (size_t)256 * 1024 * 1024;
static const int64_t VERSION_MAX = 9007199254740991; /* what every JSON reader can hold */

static void load_theme(struct loader *l, struct theme *t, const struct node *json)
{
    static const char *const members[] = { "id", "icon", "name", "window", "delicate", NULL };
    t->id = t->icon = "";
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    t->icon = load_icon(l, json);
    t->name = load_words(l, json, "name");
    t->window = load_words_if_any(l, json, "window");
    t->is_delicate = doc_want_bool(&l->reader, json, "delicate", false);
    const char *id = load_id(l, json, "id", LETTERS_DASH, 20);
    if (*id && catalogue_find_theme(l->catalogue, id))
        complain_about(l, "id", "%s stands twice", id);
    t->id = id;
}

static void load_themes(struct loader *l, const struct node *document)
{
    const struct node *list =
                          doc_need_list(&l->reader, document, "themes", 1, CATALOGUE_THEMES_MAX),
                      *value;
    struct theme *themes = arena_take(l->arena, doc_size(list), sizeof(*themes));
    size_t i;
    if (!themes)
        return;
    l->catalogue->themes = themes;
    load_enter(l, "themes");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        load_theme(l, &themes[i], value);
        l->catalogue->theme_count = i + 1;
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
}

static void load_services(struct loader *l, const struct node *document)
{
    struct catalogue *c = l->catalogue;
    const struct node *list = doc_need_list(&l->reader, document, "services", 1,
                                            CATALOGUE_SERVICES_MAX),
                      *value;
    size_t count = doc_size(list), i;
    c->services = arena_take(l->arena, count, sizeof(*c->services));
    c->terms = arena_take(l->arena, count, sizeof(*c->terms));
    if (!c->services || !c->terms)
        return;
    load_enter(l, "services");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        struct service *s = &c->services[c->service_count];
        *s = (struct service){ 0 };
        if (load_object(l, value))
            load_service(l, s, &c->terms[c->service_count], value);
        json_leave(&l->reader);
        c->service_count += !load_settle(l);
        /* What follows one mistake may rest on what is missing now. */
        if (!json_is_clean(&l->reader) || l->arena->is_short)
            break;
    }
    json_leave(&l->reader);
}

static void load_popular(struct loader *l, const struct node *document)
{
    struct catalogue *c = l->catalogue;
    const struct node *list = doc_want_list(&l->reader, document, "popular", POPULAR_MAX), *value;
    size_t i;
    c->popular = arena_take(l->arena, doc_size(list), sizeof(*c->popular));
    if (!c->popular)
        return;
    load_enter(l, "popular");
    DOC_EACH(list, i, value)
    {
        const char *code = doc_text(value);
        const struct service *s = code ? catalogue_find(c, code) : NULL;
        load_enter_index(l, i);
        if (!s)
            json_complain(&l->reader, "there is no service of this code");
        for (size_t k = 0; k < i; k++)
            if (s && c->popular[k] == s)
                json_complain(&l->reader, "%s stands twice", s->code);
        c->popular[i] = s;
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    c->popular_count = doc_size(list);
}

enum { WORD_BYTES = 32 };

static const char *keep_text(struct loader *l, const char *text)
{
    return arena_text(l->arena, text, strlen(text));
}

static const struct field *field_of(const struct service *s, const char *name)
{
    for (size_t i = 0; s && i < s->field_count; i++)
        if (!strcmp(s->fields[i].name, name))
            return &s->fields[i];
    return NULL;
}

/* The way for what was not settled must lead somewhere. */
static void load_unsettled(struct loader *l, const struct node *document)
{
    static const char *const members[] = { "service", "field", "value", "owner", "phone", NULL };
    struct unsettled *u = &l->catalogue->unsettled;
    const struct node *given = doc_get(document, "unsettled");
    if (!given)
        return;
    load_enter(l, "unsettled");
    load_no_others(l, given, members);
    const char *code = doc_need_text(&l->reader, given, "service", WORD_BYTES);
    u->field = keep_text(l, doc_need_text(&l->reader, given, "field", WORD_BYTES));
    u->value = keep_text(l, doc_need_text(&l->reader, given, "value", WORD_BYTES));
    u->owner = load_words_if_any(l, given, "owner");
    u->phone = keep_text(l, doc_want_text(&l->reader, given, "phone", WORD_BYTES, ""));
    u->service = catalogue_find(l->catalogue, code);
    const struct field *f = u->field ? field_of(u->service, u->field) : NULL;
    if (!u->service)
        json_complain(&l->reader, "service: there is no service of this code");
    else if (!f || f->kind != FIELD_CHOICE || !u->value || answer_check(f, u->value, NULL))
        json_complain(&l->reader, "field, value: are no answer to a question of that service");
    json_leave(&l->reader);
}

/* No tile may lead nowhere. */
static void check_themes(struct loader *l)
{
    const struct catalogue *c = l->catalogue;
    for (size_t t = 0; t < c->theme_count; t++) {
        bool is_empty = true;
        for (size_t i = 0; is_empty && i < c->service_count; i++)
            is_empty = strcmp(c->services[i].theme, c->themes[t].id) != 0;
        if (is_empty && !*c->themes[t].window.in[LANGUAGE_ZH])
            json_complain(&l->reader,
                          "themes[%zu] (%s).window: is missing, and the theme has no service", t,
                          c->themes[t].id);
    }
}

static void load_document(struct loader *l, const struct node *document)
{
    static const char *const members[] = { "format",    "version",  "point", "themes",
                                           "popular",   "services", "facts", "review_days",
                                           "unsettled", "counties", NULL };
    if (!doc_is_object(document)) {
        json_complain(&l->reader, "the document must be an object");
        return;
    }
    doc_need_integer(&l->reader, document, "format", FORMAT, FORMAT);
    l->catalogue->version = doc_need_integer(&l->reader, document, "version", 1, VERSION_MAX);
    load_no_others(l, document, members);
    load_point(l, document);
    load_settle(l);
    load_themes(l, document);
    load_settle(l);
    load_facts(l, document);
    load_counties(l, document);
    l->catalogue->review_days =
        (int)doc_want_integer(&l->reader, document, "review_days", 1, 3650, REVIEW_DAYS);
    load_services(l, document);
    load_settle(l);
    check_agents(l);
    load_settle(l);
    if (!json_is_clean(&l->reader) || l->arena->is_short || l->findings)
        return;
    index_codes(l);
    index_materials(l);
    if (!l->arena->is_short) {
        load_popular(l, document);
        load_unsettled(l, document);
        check_themes(l);
        check_references(l);
    }
}

/* The tree of `json` in `nodes`, its texts in `texts`. NULL: `complaint` says why, or an arena is short. */
static const struct node *read_document(struct arena *texts, struct arena *nodes, const void *json,
                                        size_t length, char complaint[CATALOGUE_COMPLAINT])
{
    char *copy = arena_take(texts, length + 1, 1);
    const struct node *document = NULL;
    complaint[0] = 0;
    if (copy && length)
        memcpy(copy, json, length);
    if (copy)
        document = doc_parse(copy, length, nodes);
    if (document || texts->is_short || nodes->is_short)
        return document;
    /* Where it stands and why is said by the parser that everything else here uses. */
    AUTO(json_release) json_t *accepted = json_parse(json, length, complaint);
    if (accepted)
        snprintf(complaint, CATALOGUE_COMPLAINT, "an object has more than 64 members");
    return NULL;
}

static int run_loader(struct loader *l, const void *json, size_t length,
                      char complaint[CATALOGUE_COMPLAINT])
{
    struct arena nodes = { .limit_bytes = l->arena->limit_bytes };
    const struct node *document = read_document(l->arena, &nodes, json, length, complaint);
    if (document)
        load_document(l, document);
    load_settle(l);
    bool is_short = l->arena->is_short || nodes.is_short;
    arena_free(&nodes);
    if (is_short) {
        snprintf(complaint, CATALOGUE_COMPLAINT, "not enough memory for this catalogue");
        return fault_raise(-ENOMEM);
    }
    if (document)
        snprintf(complaint, CATALOGUE_COMPLAINT, "%s", l->reader.complaint);
    return *complaint || l->findings ? -EINVAL : 0;
}

int catalogue_load_with(struct catalogue **out, const void *json, size_t length, size_t limit_bytes,
                        const struct load_sink *sink, char complaint[CATALOGUE_COMPLAINT])
{
    _Static_assert((int)CATALOGUE_COMPLAINT == (int)JSON_COMPLAINT, "one sentence, one size");
    *out = NULL;
    if (length > CATALOGUE_BYTES_MAX) {
        snprintf(complaint, CATALOGUE_COMPLAINT, "the document has more than %d bytes",
                 CATALOGUE_BYTES_MAX);
        return -EINVAL;
    }
    AUTO(catalogue_free) struct catalogue *c = calloc(1, sizeof(*c));
    if (!c)
        return fault_raise(-ENOMEM);
    c->arena.limit_bytes = limit_bytes;
    struct loader l = { .arena = &c->arena, .catalogue = c, .sink = sink };
    int r = run_loader(&l, json, length, complaint);
    if (!r)
        *out = TAKE(c);
    return r;
}

int catalogue_load_within(struct catalogue **out, const void *json, size_t length,
                          size_t limit_bytes, char complaint[CATALOGUE_COMPLAINT])
{
    return catalogue_load_with(out, json, length, limit_bytes, NULL, complaint);
}

int catalogue_load_all(const void *json, size_t length, const struct load_sink *sink,
                       struct catalogue **out, char complaint[CATALOGUE_COMPLAINT])
{
    return catalogue_load_with(out, json, length, MEMORY_MAX, sink, complaint);
}

int catalogue_load(struct catalogue **out, const void *json, size_t length,
                   char complaint[CATALOGUE_COMPLAINT])
{
    return catalogue_load_within(out, json, length, MEMORY_MAX, complaint);
}

void catalogue_free(struct catalogue *c)
{
    if (c)
        arena_free(&c->arena);
    free(c);
}
