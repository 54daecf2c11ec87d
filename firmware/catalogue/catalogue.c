#include <stdlib.h>
#include <string.h>

#include "firmware/catalogue/parts.h"

int64_t catalogue_version(const struct catalogue *c)
{
    return c->version;
}

const struct point *catalogue_point(const struct catalogue *c)
{
    return &c->point;
}

size_t catalogue_theme_count(const struct catalogue *c)
{
    return c->theme_count;
}

const struct theme *catalogue_theme(const struct catalogue *c, size_t i)
{
    return i < c->theme_count ? &c->themes[i] : NULL;
}

size_t catalogue_service_count(const struct catalogue *c)
{
    return c->service_count;
}

const struct service *catalogue_service(const struct catalogue *c, size_t i)
{
    return i < c->service_count ? &c->services[i] : NULL;
}

static int code_order(const void *key, const void *element)
{
    return strcmp(key, (*(const struct service *const *)element)->code);
}

const struct service *catalogue_find(const struct catalogue *c, const char *code)
{
    const struct service *const *found =
        c->service_count
            ? bsearch(code, c->by_code, c->service_count, sizeof(*c->by_code), code_order)
            : NULL;
    return found ? *found : NULL;
}

const struct theme *catalogue_find_theme(const struct catalogue *c, const char *id)
{
    for (size_t i = 0; i < c->theme_count; i++)
        if (!strcmp(c->themes[i].id, id))
            return &c->themes[i];
    return NULL;
}

static int material_order(const void *key, const void *element)
{
    return strcmp(key, (*(const struct material *const *)element)->id);
}

const struct words *catalogue_material_name(const struct catalogue *c, const char *material_id)
{
    const struct material *const *found =
        c->material_count ? bsearch(material_id, c->materials, c->material_count,
                                    sizeof(*c->materials), material_order)
                          : NULL;
    return found ? &(*found)->name : NULL;
}

size_t catalogue_popular(const struct catalogue *c, int age, const struct service **out, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < c->popular_count && count < max; i++) {
        const struct service *s = c->popular[i];
        if (age < 0 || (age >= s->age_from && age <= s->age_to))
            out[count++] = s;
    }
    return count;
}

size_t catalogue_count_reach(const struct catalogue *c, const char *theme, size_t out[REACH_COUNT])
{
    size_t sum = 0;
    memset(out, 0, REACH_COUNT * sizeof(*out));
    for (size_t i = 0; i < c->service_count; i++) {
        const struct service *s = &c->services[i];
        bool is_counted = !theme || !strcmp(s->theme, theme);
        out[s->reach] += is_counted;
        sum += is_counted;
    }
    return sum;
}

static bool has_part_for(const struct service *bundle, const struct service *s)
{
    for (size_t i = 0; i < bundle->part_count; i++)
        if (bundle->parts[i].item && !strcmp(bundle->parts[i].item, s->code))
            return true;
    return false;
}

const struct service *catalogue_bundle_with(const struct catalogue *c, const struct service *s)
{
    for (size_t i = 0; i < c->service_count; i++)
        if (*c->services[i].life_event.in[LANGUAGE_ZH] && has_part_for(&c->services[i], s))
            return &c->services[i];
    return NULL;
}

const struct service *catalogue_booking(const struct catalogue *c, enum service_booking kind)
{
    for (size_t i = 0; i < c->service_count; i++)
        if (c->services[i].booking == kind)
            return &c->services[i];
    return NULL;
}

struct unsettled catalogue_unsettled(const struct catalogue *c)
{
    return c->unsettled;
}
