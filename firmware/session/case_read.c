/* A case as the county tells it: the same members over the local socket and in the answer to a live question. */
#include "firmware/base/clock.h"
#include "firmware/base/text.h"
#include "firmware/session/timeline_inside.h"
#include "firmware/session/view.h"

#define COPY(to, o, key) text_copy((to), sizeof(to), timeline_text((o), (key)))

int64_t case_read_wall(const json_t *o, const char *key)
{
    int64_t wall_ms = 0;
    const char *text = timeline_text(o, key);
    return *text && !clock_parse_utc(&wall_ms, text) ? wall_ms : 0;
}

static void take_facts(struct case_view *c, const json_t *facts)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)facts, name, value)
    {
        if (c->fact_count == CASE_FACTS_MAX || !json_is_string(value))
            continue;
        struct case_fact *f = &c->facts[c->fact_count++];
        text_copy(f->name, sizeof(f->name), name);
        text_copy(f->value, sizeof(f->value), json_string_value(value));
    }
}

void case_read(struct case_view *c, const json_t *o)
{
    const json_t *missing = json_object_get(o, "missing");
    COPY(c->kind, o, "kind");
    COPY(c->state, o, "state");
    COPY(c->server_ref, o, "server_ref");
    COPY(c->note, o, "note");
    c->changed_ms = case_read_wall(o, "changed_at");
    c->due_ms = case_read_wall(o, "due");
    take_facts(c, json_object_get(o, "facts"));
    timeline_read(&c->timeline, json_object_get(o, "timeline"));
    for (size_t i = 0; i < json_array_size(missing) && c->missing_count < CASE_MISSING_MAX; i++)
        if (json_is_string(json_array_get(missing, i)))
            text_copy(c->missing[c->missing_count++], sizeof(c->missing[0]),
                      json_string_value(json_array_get(missing, i)));
}
