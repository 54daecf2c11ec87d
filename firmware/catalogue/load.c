#include "firmware/catalogue/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT = 1, POPULAR_MAX = 24 };
static const size_t MEMORY_MAX = (size_t)256 * 1024 * 1024;
static const int64_t VERSION_MAX = 9007199254740991; /* what every JSON reader can hold */

static void load_point(struct loader *l, const json_t *document)
{
    static const char *const members[] = { "name",   "address", "hours", "staff_hours",
                                           "window", "phone",   NULL };
    const json_t *json = json_need_object(&l->reader, document, "point");
    struct point *p = &l->catalogue->point;
    if (!json)
        return;
    json_enter(&l->reader, "point");
    load_no_others(l, json, members);
    p->name = load_words(l, json, "name");
    p->address = load_words(l, json, "address");
    p->hours = load_words(l, json, "hours");
    p->staff_hours = load_words(l, json, "staff_hours");
    p->window = load_words(l, json, "window");
    const char *phone = json_need_string(&l->reader, json, "phone", 20);
    if (*phone && !is_id(phone, "0123456789-", 20))
        complain_about(l, "phone", "must be digits and dashes");
    p->phone = load_keep(l, phone);
    json_leave(&l->reader);
}

static void load_theme(struct loader *l, struct theme *t, const json_t *json)
{
    static const char *const members[] = { "id", "icon", "name", "window", NULL };
    t->id = t->icon = "";
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    t->icon = load_icon(l, json);
    t->name = load_words(l, json, "name");
    t->window = load_words_if_any(l, json, "window");
    const char *id = load_id(l, json, "id", LETTERS_DASH, 20);
    if (*id && catalogue_find_theme(l->catalogue, id))
        complain_about(l, "id", "%s stands twice", id);
    t->id = id;
}

static void load_themes(struct loader *l, const json_t *document)
{
    const json_t *list = json_need_array(&l->reader, document, "themes", 1, CATALOGUE_THEMES_MAX),
                 *value;
    struct theme *themes = arena_take(l->arena, json_array_size(list), sizeof(*themes));
    size_t i;
    if (!themes)
        return;
    l->catalogue->themes = themes;
    json_enter(&l->reader, "themes");
    json_array_foreach(list, i, value)
    {
        json_enter_index(&l->reader, i);
        load_theme(l, &themes[i], value);
        l->catalogue->theme_count = i + 1;
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
}

static void load_services(struct loader *l, const json_t *document)
{
    struct catalogue *c = l->catalogue;
    const json_t *list =
                     json_need_array(&l->reader, document, "services", 1, CATALOGUE_SERVICES_MAX),
                 *value;
    size_t count = json_array_size(list), i;
    c->services = arena_take(l->arena, count, sizeof(*c->services));
    c->terms = arena_take(l->arena, count, sizeof(*c->terms));
    if (!c->services || !c->terms)
        return;
    json_enter(&l->reader, "services");
    json_array_foreach(list, i, value)
    {
        json_enter_index(&l->reader, i);
        if (load_object(l, value))
            load_service(l, &c->services[i], &c->terms[i], value);
        json_leave(&l->reader);
        /* What follows one mistake may rest on what is missing now. */
        if (!json_is_clean(&l->reader) || l->arena->is_short)
            break;
        c->service_count = i + 1;
    }
    json_leave(&l->reader);
}

static void load_popular(struct loader *l, const json_t *document)
{
    struct catalogue *c = l->catalogue;
    const json_t *list = json_want_array(&l->reader, document, "popular", POPULAR_MAX), *value;
    size_t i;
    c->popular = arena_take(l->arena, json_array_size(list), sizeof(*c->popular));
    if (!c->popular)
        return;
    json_enter(&l->reader, "popular");
    json_array_foreach(list, i, value)
    {
        const char *code = json_string_value(value);
        const struct service *s = code ? catalogue_find(c, code) : NULL;
        json_enter_index(&l->reader, i);
        if (!s)
            json_complain(&l->reader, "there is no service of this code");
        for (size_t k = 0; k < i; k++)
            if (s && c->popular[k] == s)
                json_complain(&l->reader, "%s stands twice", s->code);
        c->popular[i] = s;
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    c->popular_count = json_array_size(list);
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

static void load_document(struct loader *l, const json_t *document)
{
    static const char *const members[] = { "format",  "version",  "point", "themes",
                                           "popular", "services", NULL };
    if (!json_is_object(document)) {
        json_complain(&l->reader, "the document must be an object");
        return;
    }
    json_need_integer(&l->reader, document, "format", FORMAT, FORMAT);
    l->catalogue->version = json_need_integer(&l->reader, document, "version", 1, VERSION_MAX);
    load_no_others(l, document, members);
    load_point(l, document);
    load_themes(l, document);
    load_services(l, document);
    if (!json_is_clean(&l->reader) || l->arena->is_short)
        return;
    index_codes(l);
    index_materials(l);
    if (!l->arena->is_short) {
        load_popular(l, document);
        check_themes(l);
    }
}

static int catalogue_build(struct catalogue **out, const json_t *document, size_t limit_bytes,
                           char complaint[CATALOGUE_COMPLAINT])
{
    AUTO(catalogue_free) struct catalogue *c = calloc(1, sizeof(*c));
    if (!c)
        return fault_raise(-ENOMEM);
    c->arena.limit_bytes = limit_bytes;
    struct loader l = { .arena = &c->arena, .catalogue = c };
    load_document(&l, document);
    if (c->arena.is_short) {
        snprintf(complaint, CATALOGUE_COMPLAINT, "not enough memory for this catalogue");
        return fault_raise(-ENOMEM);
    }
    snprintf(complaint, CATALOGUE_COMPLAINT, "%s", l.reader.complaint);
    if (*complaint)
        return -EINVAL;
    *out = TAKE(c);
    return 0;
}

int catalogue_load_within(struct catalogue **out, const void *json, size_t length,
                          size_t limit_bytes, char complaint[CATALOGUE_COMPLAINT])
{
    _Static_assert((int)CATALOGUE_COMPLAINT == (int)JSON_COMPLAINT, "one sentence, one size");
    *out = NULL;
    if (length > CATALOGUE_BYTES_MAX) {
        snprintf(complaint, CATALOGUE_COMPLAINT, "the document has more than %d bytes",
                 CATALOGUE_BYTES_MAX);
        return -EINVAL;
    }
    AUTO(json_release) json_t *document = json_parse(json, length, complaint);
    return document ? catalogue_build(out, document, limit_bytes, complaint) : -EINVAL;
}

int catalogue_load(struct catalogue **out, const void *json, size_t length,
                   char complaint[CATALOGUE_COMPLAINT])
{
    return catalogue_load_within(out, json, length, MEMORY_MAX, complaint);
}

int catalogue_load_file(struct catalogue **out, const char *path,
                        char complaint[CATALOGUE_COMPLAINT])
{
    *out = NULL;
    AUTO(json_release) json_t *document = json_parse_file(path, CATALOGUE_BYTES_MAX, complaint);
    return document ? catalogue_build(out, document, MEMORY_MAX, complaint) : -EINVAL;
}

void catalogue_free(struct catalogue *c)
{
    if (c)
        arena_free(&c->arena);
    free(c);
}
