#include <stdlib.h>
#include <string.h>

#include "firmware/catalogue/load.h"

/* Same codes in the order of the document, so that the complaint is about the second. */
static int by_code(const void *a, const void *b)
{
    const struct service *x = *(const struct service *const *)a,
                         *y = *(const struct service *const *)b;
    int order = strcmp(x->code, y->code);
    return order ? order : (x > y) - (x < y);
}

void index_codes(struct loader *l)
{
    struct catalogue *c = l->catalogue;
    c->by_code = arena_take(l->arena, c->service_count, sizeof(*c->by_code));
    if (!c->by_code)
        return;
    for (size_t i = 0; i < c->service_count; i++)
        c->by_code[i] = &c->services[i];
    qsort(c->by_code, c->service_count, sizeof(*c->by_code), by_code);
    for (size_t i = 1; i < c->service_count; i++) {
        const struct service *first = c->by_code[i - 1], *second = c->by_code[i];
        if (*second->code && !strcmp(first->code, second->code))
            json_complain(&l->reader,
                          "services[%zu] (%s).code: %s stands twice (first in services[%zu])",
                          (size_t)(second - c->services), second->code, second->code,
                          (size_t)(first - c->services));
    }
}

/* ---- one id, one meaning ------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    const struct material *x = *(const struct material *const *)a,
                          *y = *(const struct material *const *)b;
    return strcmp(x->id, y->id);
}

static size_t gather_materials(const struct catalogue *c, const struct material **out)
{
    size_t count = 0;
    for (size_t i = 0; i < c->service_count; i++) {
        const struct service *s = &c->services[i];
        for (size_t m = 0; m < s->material_count; m++, count++)
            if (out)
                out[count] = &s->materials[m];
    }
    return count;
}

static bool is_same_words(const struct words *a, const struct words *b)
{
    return !strcmp(a->in[LANGUAGE_ZH], b->in[LANGUAGE_ZH]) &&
           !strcmp(a->in[LANGUAGE_EN], b->in[LANGUAGE_EN]);
}

/* Which service a material stands in, for the complaint. */
static const struct service *home_of(const struct catalogue *c, const struct material *m)
{
    for (size_t i = 0; i < c->service_count; i++) {
        const struct service *s = &c->services[i];
        if (m >= s->materials && m < s->materials + s->material_count)
            return s;
    }
    return c->services;
}

/* Equal ids stand in any order after sorting; the later one in the document is at fault. */
static void complain_of_names(struct loader *l, const struct material *a, const struct material *b)
{
    const struct catalogue *c = l->catalogue;
    const struct service *x = home_of(c, a), *y = home_of(c, b);
    const struct service *first = x < y ? x : y, *second = x < y ? y : x;
    json_complain(&l->reader, "services[%zu] (%s).materials: %s has another name in %s",
                  (size_t)(second - c->services), second->code, a->id, first->code);
}

void index_materials(struct loader *l)
{
    struct catalogue *c = l->catalogue;
    size_t count = gather_materials(c, NULL), kept = 0;
    const struct material **all = arena_take(l->arena, count, sizeof(*all));
    if (!all)
        return;
    gather_materials(c, all);
    qsort(all, count, sizeof(*all), by_id);
    for (size_t i = 0; i < count; i++) {
        if (kept && !strcmp(all[kept - 1]->id, all[i]->id)) {
            if (!is_same_words(&all[kept - 1]->name, &all[i]->name))
                complain_of_names(l, all[kept - 1], all[i]);
        } else {
            all[kept++] = all[i];
        }
    }
    c->materials = all;
    c->material_count = kept;
}
