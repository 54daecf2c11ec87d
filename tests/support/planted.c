#include "tests/support/planted.h"

#include <stdio.h>
#include <stdlib.h>

#include "firmware/catalogue/catalogue.h"
#include "tests/support/check.h"

static void set_member(json_t *home, const char *key, const char *value)
{
    json_t *made = value ? json_loads(value, JSON_DECODE_ANY, NULL) : NULL;
    size_t index = (size_t)strtoul(key, NULL, 10);
    if (value && !made)
        fail_msg("the test's own value is no JSON: %s", value);
    if (json_is_object(home) && made)
        CHECK_EQ(json_object_set_new(home, key, made), 0);
    else if (json_is_object(home))
        CHECK_EQ(json_object_del(home, key), 0);
    else if (index == json_array_size(home))
        CHECK_EQ(json_array_append_new(home, made), 0);
    else
        CHECK_EQ(json_array_set_new(home, index, made), 0);
}

void planted_put(json_t *document, const char *path, const char *value)
{
    char copy[200], *rest = copy, *key;
    json_t *home = document;
    snprintf(copy, sizeof(copy), "%s", path);
    while ((key = strsep(&rest, "/")) && rest)
        home = json_is_array(home) ? json_array_get(home, (size_t)strtoul(key, NULL, 10))
                                   : json_object_get(home, key);
    if (!home)
        fail_msg("the good document has no %s", path);
    set_member(home, key, value);
}

static void check_mistake(const json_t *good, const struct planted *m)
{
    struct catalogue *c = NULL;
    char complaint[CATALOGUE_COMPLAINT];
    json_t *document = json_deep_copy(good);
    planted_put(document, m->path, m->value);
    char *text = json_dumps(document, JSON_COMPACT);
    CHECK_EQ(catalogue_load(&c, text, strlen(text), complaint), -EINVAL);
    CHECK(!c);
    CHECK_STR(complaint, m->sentence);
    free(text);
    json_decref(document);
}

static void check_good(const json_t *good)
{
    struct catalogue *c = NULL;
    char complaint[CATALOGUE_COMPLAINT];
    char *text = json_dumps(good, JSON_COMPACT);
    int r = catalogue_load(&c, text, strlen(text), complaint);
    if (r)
        fail_msg("the good document is refused: %s", complaint);
    catalogue_free(c);
    free(text);
}

void planted_check(const struct planted *mistakes, size_t count, const struct planted *base,
                   size_t base_count)
{
    size_t length;
    char *text = test_file("data/catalogue/good.json", &length);
    json_t *good = json_loadb(text, length, 0, NULL);
    CHECK(good);
    for (size_t i = 0; i < base_count; i++)
        planted_put(good, base[i].path, base[i].value);
    check_good(good);
    for (size_t i = 0; i < count; i++)
        check_mistake(good, &mistakes[i]);
    json_decref(good);
    free(text);
}
