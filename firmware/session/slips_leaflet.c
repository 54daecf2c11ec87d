/* What the slips about a matter and nobody say: its guide (SS-23), and what works instead of it (SS-44). */
#include <stdio.h>
#include <string.h>

#include "firmware/session/internal.h"
#include "firmware/session/own.h"
#include "firmware/session/slip_both.h"
#include "firmware/slip/build.h"

#define N_(msgid) msgid

enum { DAYS_BYTES = 96, VERSION_BYTES = 48 };

static struct slip_words of_point(const struct point_words *w)
{
    return (struct slip_words){ w->zh, w->en };
}

/* "10 working days" in both languages. */
struct days {
    char in[LANGUAGE_COUNT][DAYS_BYTES];
};

static struct slip_words say_days(struct days *d, const struct session *s, int count)
{
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        if (count)
            snprintf(d->in[l], DAYS_BYTES, session_own(s, (enum language)l, N_("%d working days")),
                     count);
        else
            snprintf(d->in[l], DAYS_BYTES, "%s",
                     session_own(s, (enum language)l, N_("on the spot, once checked")));
    }
    return (struct slip_words){ d->in[LANGUAGE_ZH], d->in[LANGUAGE_EN] };
}

/* ---- the guide --------------------------------------------------------------------------- */

struct guide_texts {
    struct slip_item conditions[VERDICTS_MAX], papers[3][CHECKLIST_MAX], steps[BUNDLE_PARTS_MAX];
    struct days late[CHECKLIST_MAX], step_days[BUNDLE_PARTS_MAX], promised, by_law;
    size_t condition_count, paper_count[3], step_count;
    char version[VERSION_BYTES];
};

static void add_papers(struct guide_texts *t, const struct session *s)
{
    const struct service *service = s->visit.service;
    for (size_t i = 0; i < service->material_count && i < CHECKLIST_MAX; i++) {
        const struct material *m = &service->materials[i];
        struct slip_item *item = &t->papers[m->how][t->paper_count[m->how]++];
        item->what = slip_both(&m->name);
        if (m->how == MATERIAL_LATER)
            item->note = say_days(&t->late[i], s, m->late_days);
    }
}

/* The parts of a bundle, or the offices that a matter goes through. */
static void add_steps(struct guide_texts *t, const struct session *s)
{
    const struct service *service = s->visit.service;
    for (size_t i = 0; i < service->part_count; i++)
        t->steps[t->step_count++] =
            (struct slip_item){ .what = slip_both(&service->parts[i].name),
                                .note = slip_both(&service->parts[i].department->name) };
    for (size_t i = 0; !service->part_count && i < service->step_count; i++) {
        struct slip_item *item = &t->steps[t->step_count];
        item->what = slip_both(&service->steps[i].name);
        if (service->steps[i].days > 0)
            item->note = say_days(&t->step_days[t->step_count], s, service->steps[i].days);
        t->step_count++;
    }
}

static void name_version(struct guide_texts *t, const struct session *s)
{
    const char *day = s->visit.service->reviewed;
    int used = snprintf(t->version, VERSION_BYTES, "%s-%lld", s->visit.service->code,
                        (long long)catalogue_version(s->catalogue));
    if (day)
        snprintf(t->version + used, (size_t)(VERSION_BYTES - used), "  (%.4s-%.2s-%.2s)", day,
                 day + 4, day + 6);
}

int slip_guide(struct slip **out, const struct session *s, unsigned copy)
{
    const struct service *service = s->visit.service;
    const struct point *point = catalogue_point(s->catalogue);
    struct guide_texts t = { 0 };
    char printed[SLIP_TIME];
    struct slip_head head = slip_head_of(printed, s, copy);
    for (size_t i = 0; i < service->rule_count; i++)
        t.conditions[t.condition_count++].what = slip_both(&service->rules[i].asks);
    add_papers(&t, s);
    add_steps(&t, s);
    name_version(&t, s);
    struct slip_guide_text text = {
        .matter = slip_both(&service->name),
        .who = slip_both(&service->who),
        .promised = say_days(&t.promised, s, service->promised_days),
        .fee = slip_both(&service->fee),
        .fee_basis = slip_both(&service->fee_basis),
        .office = slip_both(&service->department),
        .where = service->reach == REACH_KIOSK ? slip_said(s, N_("any kiosk, or the counter"))
                                               : slip_both(&point->window),
        .hours = slip_both(&point->staff_hours),
        .basis = slip_both(&service->basis),
        .conditions = { t.condition_count, t.conditions },
        .not_needed = { t.paper_count[MATERIAL_FETCHED], t.papers[MATERIAL_FETCHED] },
        .bring = { t.paper_count[MATERIAL_BRING], t.papers[MATERIAL_BRING] },
        .later = { t.paper_count[MATERIAL_LATER], t.papers[MATERIAL_LATER] },
        .steps = { t.step_count, t.steps },
        .version = t.version,
    };
    if (service->legal_days > 0)
        text.by_law = say_days(&t.by_law, s, service->legal_days);
    return slip_build_guide(out, &head, &text);
}

/* ---- what works instead -------------------------------------------------------------------- */

struct road {
    char in[LANGUAGE_COUNT][POINT_TEXT + 32];
};

static struct slip_words say_road(struct road *d, const struct point_other *o)
{
    const char *roads[LANGUAGE_COUNT] = { o->road.zh, o->road.en };
    if (!o->metres)
        return of_point(&o->road);
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        snprintf(d->in[l], sizeof(d->in[l]), "%d.%d km  %s", o->metres / 1000, o->metres / 100 % 10,
                 roads[l]);
    return (struct slip_words){ d->in[LANGUAGE_ZH], d->in[LANGUAGE_EN] };
}

int slip_route(struct slip **out, const struct session *s, unsigned copy)
{
    const struct service *service = s->visit.service;
    const struct point *point = catalogue_point(s->catalogue);
    struct precheck_view v = { 0 };
    struct road road;
    char printed[SLIP_TIME];
    struct slip_head head = slip_head_of(printed, s, copy);
    precheck_look(&v, s);
    const struct service_rule *rule = v.failed;
    bool has_where = *rule->where.in[LANGUAGE_ZH] != 0;
    struct slip_route_text text = {
        .matter = slip_both(&service->name),
        .condition = slip_both(&rule->asks),
        .refusal = slip_both(&rule->refusal),
        .basis = slip_both(*rule->basis.in[LANGUAGE_ZH] ? &rule->basis : &service->basis),
        .here = { .name = slip_both(has_where ? &rule->where : &point->window),
                  .hours = slip_both(&point->staff_hours),
                  .phone = point->phone },
    };
    if (v.route)
        text.instead = slip_both(&v.route->name);
    if (v.other)
        text.other = (struct slip_place){ .name = of_point(&v.other->name),
                                          .address = of_point(&v.other->address),
                                          .hours = of_point(&v.other->hours),
                                          .road = say_road(&road, v.other),
                                          .phone = v.other->phone };
    return slip_build_route(out, &head, &text);
}
