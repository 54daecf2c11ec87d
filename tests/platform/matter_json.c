/* A case as text in the database, and back. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/matter.h"

const char *const delivery_words[DELIVERY_KINDS] = {
    "", "post", "pickup", "electronic", "account",
};

/* Every number of struct case_file, by name. */
static const struct number {
    const char *name;
    size_t at;
} numbers[] = {
#define NUMBER(member)                              \
    {                                               \
#member, offsetof(struct case_file, member) \
    }
    NUMBER(promised_days), NUMBER(legal_days), NUMBER(received),   NUMBER(accepted),
    NUMBER(paused),        NUMBER(finished),   NUMBER(correct_by), NUMBER(last),
    NUMBER(paused_days),   NUMBER(notices),
#undef NUMBER
};
_Static_assert(sizeof(day) == sizeof(int), "days and counts are read alike");

static int *place(const struct case_file *c, const struct number *n)
{
    return (int *)(void *)((char *)(uintptr_t)c + n->at);
}

static json_t *write_gaps(const struct case_file *c)
{
    json_t *list = json_array();
    for (size_t i = 0; i < c->gap_count; i++)
        json_array_append_new(list,
                              json_pack("{ss, si, sb}", "material", c->gaps[i].material, "due",
                                        c->gaps[i].due, "closed", c->gaps[i].is_closed));
    return list;
}

static json_t *write_part(const struct matter_part *part)
{
    return json_pack("{si, ss, s[ss], s[ss], si, sb, sb, sb, sb}", "no", part->no, "id", part->id,
                     "name", part->name[0], part->name[1], "office", part->office[0],
                     part->office[1], "after", (int)part->after, "fallen", part->is_fallen,
                     "denied", part->is_denied, "waited", part->has_waited, "begun",
                     part->has_begun);
}

json_t *matter_write(const struct matter *m)
{
    const struct case_file *c = &m->file;
    json_t *missing = json_array();
    for (size_t i = 0; i < m->missing_count; i++)
        json_array_append_new(missing, json_string(m->missing[i]));
    json_t *o = json_pack(
        "{si, si, sb, so, so, ss, ss, ss, ss, ss, ss}", "state", (int)c->state, "before_pause",
        (int)c->before_pause, "alarm", c->has_alarm, "gaps", write_gaps(c), "missing", missing,
        "reason", m->reason, "article", m->article, "delivery", delivery_words[m->delivery.kind],
        "code", m->delivery.code, "counter", m->delivery.counter, "tracking", m->delivery.tracking);
    for (size_t i = 0; o && i < sizeof(numbers) / sizeof(numbers[0]); i++)
        json_object_set_new(o, numbers[i].name, json_integer(*place(c, &numbers[i])));
    if (o && m->part.no)
        json_object_set_new(o, "part", write_part(&m->part));
    if (o && m->knows_parts)
        json_object_set_new(o, "parts", json_integer((json_int_t)m->part_count));
    matter_more_write(o, m);
    return o;
}

/* ---- back ---------------------------------------------------------------------------- */

static int number_of(const json_t *o, const char *name)
{
    return (int)json_integer_value(json_object_get(o, name));
}

static void copy(char *out, size_t size, const json_t *o, const char *name)
{
    const char *text = json_string_value(json_object_get(o, name));
    text_copy(out, size, text ? text : "");
}

static bool read_lists(struct matter *m, const json_t *o)
{
    const json_t *gaps = json_object_get(o, "gaps"), *missing = json_object_get(o, "missing");
    if (json_array_size(gaps) > CASE_GAPS_MAX || json_array_size(missing) > MATTER_MISSING_MAX)
        return false;
    for (size_t i = 0; i < json_array_size(gaps); i++) {
        const json_t *from = json_array_get(gaps, i);
        struct case_gap *gap = &m->file.gaps[m->file.gap_count++];
        copy(gap->material, sizeof(gap->material), from, "material");
        gap->due = number_of(from, "due");
        gap->is_closed = json_is_true(json_object_get(from, "closed"));
    }
    for (size_t i = 0; i < json_array_size(missing); i++) {
        const char *id = json_string_value(json_array_get(missing, i));
        text_copy(m->missing[m->missing_count++], CASE_MATERIAL, id ? id : "");
    }
    return true;
}

static bool flag_of(const json_t *o, const char *name)
{
    return json_is_true(json_object_get(o, name));
}

static void read_part(struct matter_part *out, const json_t *o)
{
    const json_t *name = json_object_get(o, "name"), *office = json_object_get(o, "office");
    *out = (struct matter_part){ .no = number_of(o, "no"),
                                 .after = (unsigned)number_of(o, "after"),
                                 .is_fallen = flag_of(o, "fallen"),
                                 .is_denied = flag_of(o, "denied"),
                                 .has_waited = flag_of(o, "waited"),
                                 .has_begun = flag_of(o, "begun") };
    copy(out->id, sizeof(out->id), o, "id");
    for (size_t i = 0; i < 2; i++) {
        const char *of_name = json_string_value(json_array_get(name, i)),
                   *of_office = json_string_value(json_array_get(office, i));
        text_copy(out->name[i], sizeof(out->name[i]), of_name ? of_name : "");
        text_copy(out->office[i], sizeof(out->office[i]), of_office ? of_office : "");
    }
}

static enum delivery_kind kind_of(const char *word)
{
    int kind = DELIVERY_KINDS - 1;
    while (kind > DELIVERY_NONE && strcmp(delivery_words[kind], word) != 0)
        kind--;
    return (enum delivery_kind)kind;
}

bool matter_read(struct matter *m, const json_t *o)
{
    char kind[16];
    int state = number_of(o, "state"), before = number_of(o, "before_pause");
    if (!json_is_object(o) || state < 0 || state >= CASE_STATES || before < 0 ||
        before >= CASE_STATES)
        return false;
    m->file = (struct case_file){ .state = (enum case_state)state,
                                  .before_pause = (enum case_state)before,
                                  .has_alarm = json_is_true(json_object_get(o, "alarm")) };
    m->missing_count = 0;
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        *place(&m->file, &numbers[i]) = number_of(o, numbers[i].name);
    copy(m->reason, sizeof(m->reason), o, "reason");
    copy(m->article, sizeof(m->article), o, "article");
    copy(kind, sizeof(kind), o, "delivery");
    m->delivery.kind = kind_of(kind);
    copy(m->delivery.code, sizeof(m->delivery.code), o, "code");
    copy(m->delivery.counter, sizeof(m->delivery.counter), o, "counter");
    copy(m->delivery.tracking, sizeof(m->delivery.tracking), o, "tracking");
    read_part(&m->part, json_object_get(o, "part"));
    matter_more_read(m, o);
    m->knows_parts = json_object_get(o, "parts") != NULL;
    m->part_count = (size_t)number_of(o, "parts");
    return m->part_count <= CHILDREN_MAX && read_lists(m, o);
}
