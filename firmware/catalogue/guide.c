#include "firmware/catalogue/guide.h"

#include <stdlib.h>
#include <string.h>

#include "firmware/catalogue/parts.h"
#include "firmware/base/text.h"

static const struct words no_words = { { "", "" } };

struct lines {
    struct guide_line *out;
    size_t count, max;
};

static struct guide_line *add(struct lines *l, enum guide_section section,
                              const struct words *words)
{
    static _Thread_local struct guide_line nowhere; /* what has no room or no words goes here */
    if (!*words->in[LANGUAGE_ZH] && section != GUIDE_PROMISED && section != GUIDE_LEGAL)
        return &nowhere;
    struct guide_line *line = l->count < l->max ? &l->out[l->count++] : &nowhere;
    *line = (struct guide_line){
        .section = section, .words = *words, .extra = no_words, .days = -1, .truth = TRUTH_UNKNOWN
    };
    return line;
}

static void add_rules(struct lines *l, const struct service *s, const struct rule_facts *facts)
{
    for (size_t i = 0; i < s->rule_count; i++) {
        struct guide_line *line = add(l, GUIDE_RULE, &s->rules[i].asks);
        if (facts)
            line->truth = rule_holds(s->rules[i].must, facts, NULL);
    }
}

static void add_materials(struct lines *l, const struct service *s)
{
    static const enum guide_section sections[] = { [MATERIAL_FETCHED] = GUIDE_FETCHED,
                                                   [MATERIAL_BRING] = GUIDE_BRING,
                                                   [MATERIAL_LATER] = GUIDE_LATER };
    for (unsigned how = MATERIAL_FETCHED; how <= MATERIAL_LATER; how++)
        for (size_t i = 0; i < s->material_count; i++) {
            const struct material *m = &s->materials[i];
            if (m->how != how)
                continue;
            struct guide_line *line = add(l, sections[how], &m->name);
            line->extra = m->source;
            line->days = how == MATERIAL_LATER ? m->late_days : -1;
        }
}

static void add_days(struct lines *l, const struct service *s)
{
    add(l, GUIDE_PROMISED, &no_words)->days = s->promised_days;
    if (s->legal_days >= 0)
        add(l, GUIDE_LEGAL, &no_words)->days = s->legal_days;
    for (size_t i = 0; i < s->step_count; i++) {
        struct guide_line *line = add(l, GUIDE_STEP, &s->steps[i].name);
        line->extra = s->steps[i].department;
        line->days = s->steps[i].days;
    }
    for (size_t i = 0; i < s->level_count; i++)
        add(l, GUIDE_LEVEL, &s->levels[i].name)->days = s->levels[i].days;
    for (size_t i = 0; i < s->part_count; i++) {
        struct guide_line *line = add(l, GUIDE_PART, &s->parts[i].name);
        line->extra = s->parts[i].department->name;
        line->days = s->parts[i].promised_days;
    }
}

size_t guide_lines(const struct catalogue *c, const struct service *s,
                   const struct rule_facts *facts, struct guide_line *out, size_t max)
{
    struct lines l = { out, 0, max };
    (void)c;
    add(&l, GUIDE_NAME, &s->name);
    add(&l, GUIDE_GIVES, &s->gives);
    add(&l, GUIDE_WHO, &s->who);
    add_rules(&l, s, facts);
    add_materials(&l, s);
    add_days(&l, s);
    for (size_t i = 0; i < s->replaces_count; i++)
        add(&l, GUIDE_REPLACES, &s->replaces[i]);
    add(&l, GUIDE_FEE, &s->fee);
    add(&l, GUIDE_FEE_BASIS, &s->fee_basis);
    add(&l, GUIDE_OFFICE, &s->department);
    add(&l, GUIDE_BASIS, &s->basis);
    add(&l, GUIDE_NEXT, &s->next);
    return l.count;
}

/* ---- how fresh ------------------------------------------------------------------------ */

static int day_number(const char *date)
{
    int all = 0;
    (void)text_to_int(&all, date); /* checked at load */
    int y = all / 10000, m = all / 100 % 100, d = all % 100;
    y -= m <= 2;
    int era = y / 400, of_era = y - era * 400,
        of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
}

enum guide_freshness guide_freshness(const struct catalogue *c, const struct service *s,
                                     const char *today, int *age_days)
{
    bool is_dated = s->reviewed && today && date_is_real(today);
    int age = is_dated ? day_number(today) - day_number(s->reviewed) : -1;
    if (age_days)
        *age_days = age;
    if (!is_dated)
        return GUIDE_UNDATED;
    if (s->valid_from && strcmp(s->valid_from, today) > 0)
        return GUIDE_EARLY;
    return age > c->review_days ? GUIDE_STALE : GUIDE_FRESH;
}
