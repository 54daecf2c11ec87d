/* What a case has besides its state: who has it, what is checked after its decision, which county it lies with. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/matter.h"

/* ---- as JSON ------------------------------------------------------------------------- */

static void copy(char *out, size_t size, const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    text_copy(out, size, text ? text : "");
}

static json_t *pair(const char (*text)[MATTER_NAME] /* zh, en */)
{
    return json_pack("{ss, ss}", "zh", text[0], "en", text[1]);
}

static void read_pair(char out[2][MATTER_NAME], const json_t *words)
{
    copy(out[0], MATTER_NAME, words, "zh");
    copy(out[1], MATTER_NAME, words, "en");
    if (!*out[1])
        text_copy(out[1], MATTER_NAME, out[0]);
}

static void set_day(json_t *o, const char *key, day d)
{
    char text[11];
    county_day_text(text, d);
    if (*text)
        json_object_set_new(o, key, json_string(text));
}

static json_t *write_owner(const struct matter_owner *w)
{
    return json_pack("{ss, ss, so, si}", "name", w->name, "phone", w->phone, "office",
                     pair(w->office), "since", w->since);
}

static json_t *write_check(const struct matter_check *c)
{
    return json_pack("{si, so, si, si, si, si, si}", "days", c->days, "what", pair(c->what),
                     "state", (int)c->check.state, "decided", c->check.decided, "check_by",
                     c->check.check_by, "demand_by", c->check.demand_by, "closed", c->check.closed);
}

static json_t *write_elsewhere(const struct matter_elsewhere *e)
{
    return json_pack("{ss, so, so, ss, ss, sb, si}", "county", e->county, "name", pair(e->name),
                     "address", pair(e->address), "phone", e->phone, "ref", e->ref, "forwarded",
                     e->is_forwarded, "since", e->since);
}

void matter_more_write(json_t *out, const struct matter *m)
{
    if (out && *m->owner.name)
        json_object_set_new(out, "owner", write_owner(&m->owner));
    if (out && m->check.is_wanted)
        json_object_set_new(out, "check", write_check(&m->check));
    if (out && *m->elsewhere.county)
        json_object_set_new(out, "elsewhere", write_elsewhere(&m->elsewhere));
}

static int number_of(const json_t *o, const char *key)
{
    return (int)json_integer_value(json_object_get(o, key));
}

static void read_check(struct matter_check *c, const json_t *o)
{
    int state = number_of(o, "state");
    *c = (struct matter_check){ .is_wanted = o != NULL, .days = number_of(o, "days") };
    if (!o)
        return;
    read_pair(c->what, json_object_get(o, "what"));
    c->check = (struct promise_check){
        .state = state < 0 || state >= PROMISE_STATES ? PROMISE_NONE : (enum promise_state)state,
        .decided = number_of(o, "decided"),
        .check_by = number_of(o, "check_by"),
        .demand_by = number_of(o, "demand_by"),
        .closed = number_of(o, "closed"),
    };
}

void matter_more_read(struct matter *m, const json_t *o)
{
    const json_t *owner = json_object_get(o, "owner"), *e = json_object_get(o, "elsewhere");
    copy(m->owner.name, sizeof(m->owner.name), owner, "name");
    copy(m->owner.phone, sizeof(m->owner.phone), owner, "phone");
    read_pair(m->owner.office, json_object_get(owner, "office"));
    m->owner.since = number_of(owner, "since");
    read_check(&m->check, json_object_get(o, "check"));
    copy(m->elsewhere.county, sizeof(m->elsewhere.county), e, "county");
    read_pair(m->elsewhere.name, json_object_get(e, "name"));
    read_pair(m->elsewhere.address, json_object_get(e, "address"));
    copy(m->elsewhere.phone, sizeof(m->elsewhere.phone), e, "phone");
    copy(m->elsewhere.ref, sizeof(m->elsewhere.ref), e, "ref");
    m->elsewhere.is_forwarded = json_is_true(json_object_get(e, "forwarded"));
    m->elsewhere.since = number_of(e, "since");
}

/* ---- told ---------------------------------------------------------------------------- */

static json_t *tell_owner(const struct matter_owner *w)
{
    json_t *o = json_pack("{ss, ss}", "name", w->name, "phone", w->phone);
    if (*w->office[0])
        json_object_set_new(o, "office", pair(w->office));
    set_day(o, "since", w->since);
    return o;
}

static json_t *tell_check(const struct matter_check *c)
{
    enum promise_state s = c->check.state;
    json_t *o = json_pack("{so, ss}", "what", pair(c->what), "state", promise_words[s]);
    set_day(o, "by",
            s == PROMISE_OPEN       ? c->check.check_by
            : s == PROMISE_DEMANDED ? c->check.demand_by
                                    : c->check.closed);
    return o;
}

static json_t *tell_elsewhere(const struct matter_elsewhere *e)
{
    json_t *o = json_pack("{so, so, ss}", "name", pair(e->name), "address", pair(e->address),
                          "phone", e->phone);
    if (*e->ref)
        json_object_set_new(o, "ref", json_string(e->ref));
    set_day(o, "since", e->since);
    return o;
}

void matter_more_told(json_t *timeline, const struct matter *m)
{
    if (*m->owner.name)
        json_object_set_new(timeline, "owner", tell_owner(&m->owner));
    if (m->check.check.state != PROMISE_NONE)
        json_object_set_new(timeline, "check", tell_check(&m->check));
    if (m->elsewhere.is_forwarded)
        json_object_set_new(timeline, "elsewhere", tell_elsewhere(&m->elsewhere));
}

/* ---- learnt -------------------------------------------------------------------------- */

static const json_t *county_of(const struct platform *p, const char *id)
{
    const json_t *list = json_object_get(p->catalogue_json, "counties");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *known = json_string_value(json_object_get(json_array_get(list, i), "id"));
        if (known && !strcmp(known, id))
            return json_array_get(list, i);
    }
    return NULL;
}

void matter_more_learn(const struct platform *p, struct matter *m, const char *item,
                       const json_t *said)
{
    const json_t *check = json_object_get(matter_service(p, item), "check");
    const char *id = json_string_value(json_object_get(said, "county"));
    const json_t *county = id ? county_of(p, id) : NULL;
    if (check && json_is_true(json_object_get(said, "rests_on_promise"))) {
        m->check = (struct matter_check){ .is_wanted = true, .days = number_of(check, "days") };
        read_pair(m->check.what, json_object_get(check, "what"));
    }
    if (!county)
        return;
    copy(m->elsewhere.county, sizeof(m->elsewhere.county), county, "id");
    read_pair(m->elsewhere.name, json_object_get(county, "office"));
    read_pair(m->elsewhere.address, json_object_get(county, "address"));
    copy(m->elsewhere.phone, sizeof(m->elsewhere.phone), county, "phone");
    m->file.promised_days +=
        number_of(json_object_get(matter_service(p, item), "elsewhere"), "days");
}

void matter_more_decided(const struct platform *p, struct matter *m)
{
    if (!m->check.is_wanted || m->check.check.state != PROMISE_NONE ||
        m->file.state != CASE_DONE_OK)
        return;
    promise_open(&m->check.check, &p->calendar, m->file.finished, m->check.days);
}

void matter_take(const struct platform *p, struct matter *m, const char *name, const char *phone)
{
    if (!name || !*name || (!strcmp(m->owner.name, name) && !strcmp(m->owner.phone, phone)))
        return;
    text_copy(m->owner.name, sizeof(m->owner.name), name);
    text_copy(m->owner.phone, sizeof(m->owner.phone), phone);
    m->owner.since = county_today(p);
}
