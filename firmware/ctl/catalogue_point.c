/* Do the profiles of a county's points fit a catalogue? Codes and themes that it does not have are named. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/ctl/catalogue_inside.h"

enum { POINT_FILE_MAX = 1024 * 1024, SENTENCE = 240 };

struct findings {
    const struct catalogue *catalogue;
    json_t *list; /* NULL: one a line */
    size_t count;
};

static void find(struct findings *f, const char *format, ...) PRINTF_LIKE(2, 3);
static void find(struct findings *f, const char *format, ...)
{
    char sentence[SENTENCE];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof(sentence), format, args);
    va_end(args);
    f->count++;
    if (f->list)
        json_array_append_new(f->list, json_string(sentence));
    else
        puts(sentence);
}

static bool holds(const json_t *list, const char *word)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *each = json_string_value(json_array_get(list, i));
        if (each && !strcmp(each, word))
            return true;
    }
    return false;
}

/* What people come for must be there, be done here, and stand once. */
static void check_own(struct findings *f, const char *level, const json_t *profile)
{
    const json_t *own = json_object_get(profile, "own"), *list = json_object_get(own, "matters"),
                 *themes = json_object_get(profile, "themes");
    const char *code;
    if (own && !json_array_size(list))
        find(f, "%s: own.matters: must name at least one matter", level);
    for (size_t i = 0; i < json_array_size(list); i++) {
        code = json_string_value(json_array_get(list, i));
        const struct service *s = code ? catalogue_find(f->catalogue, code) : NULL;
        if (!s) {
            find(f, "%s: own.matters: the catalogue has no matter %s", level,
                 code ? code : "(no text)");
            continue;
        }
        if (holds(json_object_get(profile, "away"), code) ||
            (json_array_size(themes) && !holds(themes, s->theme)))
            find(f, "%s: own.matters: %s is not done at such a point", level, code);
        if (s->reach == REACH_INFO)
            find(f, "%s: own.matters: %s is only told of, nobody can hand it in", level, code);
        for (size_t k = 0; k < i; k++) {
            const char *before = json_string_value(json_array_get(list, k));
            if (before && !strcmp(before, code))
                find(f, "%s: own.matters: %s stands twice", level, code);
        }
    }
}

static void check_profile(struct findings *f, const char *level, const json_t *profile)
{
    const json_t *away = json_object_get(profile, "away"),
                 *themes = json_object_get(profile, "themes");
    for (size_t i = 0; i < json_array_size(away); i++) {
        const char *code = json_string_value(json_array_get(away, i));
        if (!code || !catalogue_find(f->catalogue, code))
            find(f, "%s: away: the catalogue has no matter %s", level, code ? code : "(no text)");
    }
    for (size_t i = 0; i < json_array_size(themes); i++) {
        const char *id = json_string_value(json_array_get(themes, i));
        if (!id || !catalogue_find_theme(f->catalogue, id))
            find(f, "%s: themes: the catalogue has no theme %s", level, id ? id : "(no text)");
    }
    check_own(f, level, profile);
}

int ctl_catalogue_point(const struct ctl *c, char **argv)
{
    char complaint[JSON_COMPLAINT];
    AUTO(catalogue_free) struct catalogue *catalogue = NULL;
    if (ctl_load(&catalogue, argv[0]))
        return 1;
    AUTO(json_release) json_t *file = json_parse_file(argv[1], POINT_FILE_MAX, complaint);
    if (!file)
        return ctl_fail("%s: %s", argv[1], complaint);
    json_t *profiles = json_object_get(file, "profiles");
    if (!json_is_object(profiles))
        return ctl_fail("%s: it has no profiles of points", argv[1]);
    struct findings f = { .catalogue = catalogue, .list = c->is_json ? json_array() : NULL };
    for (void *at = json_object_iter(profiles); at; at = json_object_iter_next(profiles, at))
        check_profile(&f, json_object_iter_key(at), json_object_iter_value(at));
    if (f.list)
        ctl_print_json(json_pack("{sIso}", "profiles", (json_int_t)json_object_size(profiles),
                                 "findings", f.list));
    else if (!f.count)
        printf("%zu profiles fit\n", json_object_size(profiles));
    return f.count ? 1 : 0;
}
