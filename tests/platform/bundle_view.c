/* A bundle as the kiosk is told it, and as the clerk sees it. */
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/bundle.h"
#include "tests/platform/visits.h"

/* ---- the kiosk ----------------------------------------------------------------------- */

static json_t *waits_for(const struct bundle_case *b, size_t i)
{
    json_t *list = json_array();
    for (size_t k = 0; k < b->count; k++) {
        enum case_state s = b->children.children[k].state;
        bool is_done = s == CASE_DONE_OK || s == CASE_DELIVERED;
        if (b->children.children[i].after & 1U << k && !is_done)
            json_array_append_new(list, json_integer((json_int_t)k + 1));
    }
    return list;
}

static json_t *pair(const char text[2][201])
{
    return json_pack("{ss, ss}", "zh", text[0], "en", text[1]);
}

/* The timeline of its own case, without what only the whole says. */
static json_t *told(struct platform *p, const struct bundle_case *b, size_t i)
{
    static const char *const of_whole[] = { "steps", "article", "office", "no_return" };
    const struct matter *m = &b->parts[i];
    char since[11];
    county_day_text(since, m->file.last);
    json_t *o = matter_timeline(p, m), *waits = waits_for(b, i);
    for (size_t k = 0; k < sizeof(of_whole) / sizeof(of_whole[0]); k++)
        json_object_del(o, of_whole[k]);
    json_object_set_new(o, "no", json_integer(m->part.no));
    json_object_set_new(o, "name", pair(m->part.name));
    if (*m->part.office[0])
        json_object_set_new(o, "office", pair(m->part.office));
    json_object_set_new(o, "state", json_string(matter_state(m)));
    json_object_set_new(o, "since", json_string(since));
    if (json_array_size(waits) && !case_is_over(m->file.state))
        json_object_set(o, "waits_for", waits);
    json_decref(waits);
    json_t *visit = visit_told(p, m->id);
    if (visit)
        json_object_set_new(o, "visit", visit);
    return o;
}

json_t *bundle_told(struct platform *p, const struct matter *whole)
{
    struct bundle_case *b = NULL;
    json_t *list = json_array();
    if (!bundle_load(p, &b, whole->id))
        for (size_t i = 0; i < b->count; i++)
            json_array_append_new(list, told(p, b, i));
    free(b);
    return list;
}

/* ---- the clerk's page ---------------------------------------------------------------- */

/* What waits is not granted, and a denial that was handed over is at its end. */
static json_t *allowed(const struct bundle_case *b, size_t i)
{
    AUTO(json_release) json_t *all = matter_allowed(&b->parts[i]);
    json_t *list = json_array();
    for (size_t k = 0; k < json_array_size(all); k++) {
        json_t *step = json_array_get(all, k);
        bool is_grant = !strcmp(json_string_value(json_object_get(step, "event")), "grant");
        if (!is_grant || !children_is_waiting(&b->children, i))
            json_array_append(list, step);
    }
    return list;
}

static bool has_event(const json_t *list, const json_t *step)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_equal(json_object_get(json_array_get(list, i), "event"),
                       json_object_get(step, "event")))
            return true;
    return false;
}

static json_t *part_of(struct platform *p, const struct bundle_case *b, size_t i, json_t *for_all)
{
    json_t *steps = allowed(b, i), *own = matter_desk(p, &b->parts[i]);
    for (size_t k = 0; k < json_array_size(steps); k++)
        if (!has_event(for_all, json_array_get(steps, k)))
            json_array_append(for_all, json_array_get(steps, k));
    json_object_set_new(own, "allowed", steps);
    return json_pack("{si, ss, s[ss], s[ss], so, so, so*}", "no", b->parts[i].part.no, "id",
                     b->parts[i].part.id, "name", b->parts[i].part.name[0],
                     b->parts[i].part.name[1], "office", b->parts[i].part.office[0],
                     b->parts[i].part.office[1], "waits_for", waits_for(b, i), "case", own, "visit",
                     visit_told(p, b->parts[i].id));
}

/* In the order of the page's words, as for a case of its own. */
static json_t *in_order(const json_t *steps)
{
    json_t *list = json_array();
    for (const struct desk_word *w = desk_words; w->word; w++)
        for (size_t i = 0; i < json_array_size(steps); i++) {
            json_t *step = json_array_get(steps, i);
            if (!strcmp(json_string_value(json_object_get(step, "event")), w->word))
                json_array_append(list, step);
        }
    return list;
}

json_t *bundle_desk(struct platform *p, const struct matter *whole)
{
    struct bundle_case *b = NULL;
    if (bundle_load(p, &b, whole->id))
        return NULL;
    AUTO(json_release) json_t *steps = json_array();
    json_t *parts = json_array();
    for (size_t i = 0; i < b->count; i++)
        json_array_append_new(parts, part_of(p, b, i, steps));
    free(b);
    return json_pack("{so, so}", "parts", parts, "allowed", in_order(steps));
}
