/* links: firmware/catalogue firmware/card firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/catalogue.h"

/* A catalogue comes from the network, signed; the loader trusts nothing of it all the same. What
 * loads must then bear every use: search, conditions, answers. */

enum { BYTES_MAX = 64 * 1024, FOUND_MAX = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static const char *answer_of(const void *context, const char *name)
{
    return *name ? context : "";
}

static void use_field(const struct field *f, const char *value)
{
    char out[ANSWER_BYTES];
    (void)answer_check(f, value, "20261124");
    (void)answer_check(f, value, NULL);
    (void)condition_holds(&f->visible, answer_of, value);
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        answer_show(out, f, value, (enum language)language);
        demand(text_is_valid(out, strlen(out)));
        answer_show_masked(out, f, value, (enum language)language);
        demand(text_is_valid(out, strlen(out)));
    }
}

static void use_service(const struct catalogue *c, const struct service *s)
{
    const struct service *found[FOUND_MAX];
    bool is_near;
    size_t count = catalogue_search(c, s->code, found, FOUND_MAX, &is_near);
    demand(count > 0 && !is_near);
    demand(catalogue_find(c, s->code) == s && catalogue_find_theme(c, s->theme) != NULL);
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        (void)catalogue_search(c, s->name.in[language], found, FOUND_MAX, &is_near);
    for (size_t i = 0; i < s->page_count; i++)
        demand(s->pages[i].first_field + s->pages[i].field_count <= s->field_count);
    for (size_t i = 0; i < s->field_count; i++) {
        use_field(&s->fields[i], s->fields[i].name);
        use_field(&s->fields[i], s->gives.in[LANGUAGE_ZH]);
        use_field(&s->fields[i], s->fields[i].preset ? s->fields[i].preset : "20240229");
    }
    for (size_t i = 0; i < s->material_count; i++)
        demand(catalogue_material_name(c, s->materials[i].id) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char complaint[CATALOGUE_COMPLAINT];
    struct catalogue *c = NULL;
    const struct service *popular[FOUND_MAX];
    if (size > BYTES_MAX)
        return 0;
    if (catalogue_load(&c, data, size, complaint)) {
        demand(!c && *complaint && strlen(complaint) < sizeof(complaint));
        return 0;
    }
    for (size_t i = 0; i < catalogue_service_count(c); i++)
        use_service(c, catalogue_service(c, i));
    (void)catalogue_popular(c, 70, popular, FOUND_MAX);
    catalogue_free(c);
    return 0;
}
