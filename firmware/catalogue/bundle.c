#include "firmware/catalogue/bundle.h"

#include <string.h>

static bool needs_field(const struct bundle_part *p, size_t field)
{
    for (size_t i = 0; i < p->need_count; i++)
        if (p->needs[i] == field)
            return true;
    return false;
}

static bool department_needs(const struct service *s, const struct department *d, size_t field)
{
    for (size_t i = 0; i < s->part_count; i++)
        if (s->parts[i].department == d && needs_field(&s->parts[i], field))
            return true;
    return false;
}

const struct bundle_part *bundle_visit(const struct service *s)
{
    for (size_t i = 0; i < s->part_count; i++)
        if (s->parts[i].is_visit && !s->parts[i].after_count)
            return &s->parts[i];
    return NULL;
}

size_t bundle_field_departments(const struct service *s, const struct field *f,
                                const struct department **out, size_t max)
{
    size_t count = 0;
    for (unsigned role = ROLE_LEAD; role <= ROLE_DATA; role++)
        for (size_t i = 0; i < s->department_count && count < max; i++)
            if (s->departments[i].role == role &&
                department_needs(s, &s->departments[i], (size_t)(f - s->fields)))
                out[count++] = &s->departments[i];
    return count;
}

bool bundle_part_is_wanted(const struct bundle_part *p,
                           const char *(*value_of)(const void *context, const char *field),
                           const void *context)
{
    return condition_holds(&p->when, value_of, context);
}

/* The loader has made sure that no part waits for itself; so as many rounds as parts are enough. */
int bundle_days(const struct service *s)
{
    int done[BUNDLE_PARTS_MAX] = { 0 }, most = 0;
    for (size_t round = 0; round < s->part_count; round++)
        for (size_t i = 0; i < s->part_count; i++) {
            int begin = 0;
            for (size_t k = 0; k < s->parts[i].after_count; k++)
                if (done[s->parts[i].after[k]] > begin)
                    begin = done[s->parts[i].after[k]];
            done[i] = begin + s->parts[i].promised_days;
            most = done[i] > most ? done[i] : most;
        }
    return most;
}

void bundle_fallout(const struct service *s, size_t failed, bool fallen[BUNDLE_PARTS_MAX])
{
    memset(fallen, 0, BUNDLE_PARTS_MAX * sizeof(*fallen));
    for (size_t round = 0; round < s->part_count; round++)
        for (size_t i = 0; i < s->part_count; i++)
            for (size_t k = 0; k < s->parts[i].after_count; k++)
                fallen[i] |= s->parts[i].after[k] == failed || fallen[s->parts[i].after[k]];
}
