/* Parts of the sealed item: papers and what was promised of them, and the children of a bundle
 * (sync/api/sealed-item.md). */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/catalogue/county.h"
#include "firmware/session/internal.h"

/* ---- papers -------------------------------------------------------------------------- */

static const char *state_of(const struct paper_row *row)
{
    static const char *const words[] = { [HELD_UNSAID] = "to-fetch",
                                         [HELD_HERE] = "here",
                                         [HELD_LATER] = "owed",
                                         [HELD_NOT] = "missing",
                                         [HELD_WAIVED] = "waived" };
    bool is_fetched = row->material->how == MATERIAL_FETCHED && row->proof != PROOF_DISPUTED;
    bool is_unsaid = row->held == HELD_UNSAID && !is_fetched;
    if (row->proof == PROOF_CONFIRMED)
        return "confirmed";
    return is_unsaid ? "unsaid" : words[row->held];
}

json_t *submit_materials(const struct session *s)
{
    static const char *const how[] = { "fetched", "to-show", "later" };
    struct checklist_view papers;
    json_t *list = json_array();
    checklist_look(&papers, s);
    for (size_t i = 0; i < papers.count; i++) {
        const struct paper_row *row = &papers.rows[i];
        json_t *o = json_pack("{s:s, s:s, s:s}", "id", row->material->id, "how",
                              how[row->material->how], "state", state_of(row));
        if (row->material->how == MATERIAL_LATER)
            json_object_set_new(o, "within_days", json_integer(row->material->late_days));
        if (row->held == HELD_LATER && *row->due)
            json_object_set_new(o, "due", json_string(row->due));
        if (row->held == HELD_LATER && *row->due && row->is_provisional)
            json_object_set_new(o, "due_is_provisional", json_true());
        fetch_describe(o, s, row->material);
        json_array_append_new(list, o);
    }
    return list;
}

json_t *submit_gaps(const struct session *s)
{
    enum language language = s->visit.language;
    struct checklist_view papers;
    json_t *list = json_array();
    char text[GAP_PROMISE_BYTES], version[PROMISE_VERSION];
    checklist_look(&papers, s);
    gap_promise_version(s, version);
    for (size_t i = 0; i < papers.count; i++) {
        const struct paper_row *row = &papers.rows[i];
        if (row->held != HELD_LATER)
            continue;
        session_gap_promise(s, row, language, text);
        json_t *o = json_pack("{s:s, s:{s:s, s:s, s:s}}", "material", row->material->id, "promise",
                              "version", version, "language", language == LANGUAGE_ZH ? "zh" : "en",
                              "text", text);
        if (*row->due)
            json_object_set_new(o, "due", json_string(row->due));
        json_array_append_new(list, o);
    }
    return list;
}

json_t *submit_notice(const struct session *s)
{
    const struct checklist *c = &s->visit.papers;
    char at[21];
    uint32_t missing = checklist_missing(s);
    if (!missing || missing != c->told)
        return NULL;
    json_t *list = json_array();
    for (size_t i = 0; i < s->visit.service->material_count && i < CHECKLIST_MAX; i++)
        if (missing & UINT32_C(1) << i)
            json_array_append_new(list, json_string(s->visit.service->materials[i].id));
    clock_format_utc(at, c->told_ms);
    return json_pack("{s:s, s:o}", "given_at", at, "missing", list);
}

/* ---- children ------------------------------------------------------------------------ */

static void set_answer(json_t *answers, const struct session *s, const char *name,
                       const struct field *f)
{
    const char *value = f && session_field_is_visible(s, f) ? session_answer(s, f) : "";
    if (*value)
        json_object_set_new(answers, name, json_string(value));
}

static const struct field *find_field(const struct session *s, const char *name)
{
    int i = draft_find(s, name);
    return i < 0 ? NULL : &s->visit.service->fields[i];
}

static const struct part_answer *answer_for(const struct bundle_part *p, const char *field)
{
    for (size_t i = 0; i < p->answer_count; i++)
        if (!strcmp(p->answers[i].field, field))
            return &p->answers[i];
    return NULL;
}

static const char *known_answer(const void *context, const char *field)
{
    const char *value = json_string_value(json_object_get((const json_t *)context, field));
    return value ? value : "";
}

static bool part_needs(const struct session *s, const struct bundle_part *p, const struct field *f)
{
    for (size_t i = 0; i < p->need_count; i++)
        if (&s->visit.service->fields[p->needs[i]] == f)
            return true;
    return false;
}

/* Questions of one name may have other choices there. */
static bool fits(const struct session *s, const struct field *from, const struct field *to)
{
    const char *value = session_answer(s, from);
    return from->kind == to->kind && (to->kind != FIELD_CHOICE || !answer_check(to, value, NULL));
}

/* The form of the service that the part stands for, filled in from the bundle's: what an office did not need
 * it is not told, however the question is called. */
static json_t *answers_of_item(const struct session *s, const struct bundle_part *p,
                               const struct service *item)
{
    json_t *answers = json_object();
    for (size_t i = 0; i < item->field_count; i++) {
        const struct field *to = &item->fields[i];
        const struct part_answer *a = answer_for(p, to->name);
        const struct field *from = find_field(s, a && a->from ? a->from : to->name);
        if (!condition_holds(&to->visible, known_answer, answers))
            continue;
        if (a && a->value)
            json_object_set_new(answers, to->name, json_string(a->value));
        else if (from && part_needs(s, p, from) && fits(s, from, to))
            set_answer(answers, s, to->name, from);
    }
    return answers;
}

static json_t *answers_of(const struct session *s, const struct bundle_part *p)
{
    const struct service *item = p->item ? catalogue_find(s->catalogue, p->item) : NULL;
    json_t *answers = item ? answers_of_item(s, p, item) : json_object();
    for (size_t i = 0; i < p->need_count; i++) {
        const struct field *f = &s->visit.service->fields[p->needs[i]];
        bool is_renamed = false;
        for (size_t k = 0; k < p->answer_count; k++)
            is_renamed |= p->answers[k].from && !strcmp(p->answers[k].from, f->name);
        for (size_t k = 0; item && k < item->field_count; k++)
            is_renamed |=
                !strcmp(item->fields[k].name, f->name); /* it means something else there */
        if (!is_renamed)
            set_answer(answers, s, f->name, f);
    }
    return answers;
}

static json_t *deliveries(unsigned bits)
{
    static const char *const words[] = { "post", "pickup", "account", "electronic", "none" };
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (bits & 1U << i)
            json_array_append_new(list, json_string(words[i]));
    return list;
}

static json_t *after_of(const struct parts_view *parts, const struct part_row *row)
{
    json_t *list = json_array();
    for (size_t i = 0; i < parts->count; i++)
        if (row->after & 1U << i)
            json_array_append_new(list, json_integer((json_int_t)parts->rows[i].no));
    return list;
}

/* Which of the papers this part waits for, of those that are asked for (SS-20). */
static json_t *papers_of(const struct session *s, const struct bundle_part *p)
{
    const struct material *first = s->visit.service->materials;
    struct checklist_view papers;
    json_t *list = json_array();
    checklist_look(&papers, s);
    for (size_t i = 0; i < papers.count; i++)
        if (p->papers & UINT32_C(1) << (papers.rows[i].material - first))
            json_array_append_new(list, json_string(papers.rows[i].material->id));
    return list;
}

/* A promise in place of the proof: the county checks it after the decision (Art. 14). */
static bool rests_on_promise(const struct session *s, const struct bundle_part *p,
                             const json_t *answers)
{
    const struct service *item = p->item ? catalogue_find(s->catalogue, p->item) : NULL;
    return item && item->check && condition_holds(&item->check->when, known_answer, answers);
}

static json_t *child_of(const struct session *s, const struct parts_view *parts,
                        const struct part_row *row)
{
    static const char *const roles[] = { "lead", "support", "data" };
    const struct bundle_part *p = row->part;
    json_t *o = json_pack("{s:i, s:s, s:s, s:{s:s, s:s, s:s}, s:i, s:o, s:o, s:o}", "no",
                          (int)row->no, "id", p->id, "name", p->name.in[LANGUAGE_ZH], "department",
                          "id", p->department->id, "role", roles[p->department->role], "name",
                          p->department->name.in[LANGUAGE_ZH], "promised_days", p->promised_days,
                          "delivery", deliveries(row->delivery), "after", after_of(parts, row),
                          "answers", answers_of(s, p));
    if (o && p->item)
        json_object_set_new(o, "item_code", json_string(p->item));
    if (o && p->papers)
        json_object_set_new(o, "papers", papers_of(s, p));
    if (o && rests_on_promise(s, p, json_object_get(o, "answers")))
        json_object_set_new(o, "rests_on_promise", json_true());
    if (o && p->legal_days >= 0)
        json_object_set_new(o, "legal_days", json_integer(p->legal_days));
    return o;
}

json_t *submit_children(const struct session *s)
{
    struct parts_view parts;
    parts_look(&parts, s);
    if (!parts.count)
        return NULL;
    json_t *list = json_array();
    for (size_t i = 0; i < parts.count; i++)
        if (parts.rows[i].is_wanted)
            json_array_append_new(list, child_of(s, &parts, &parts.rows[i]));
    return list;
}
