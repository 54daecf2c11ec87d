/* What the county would hold for whoever practises: a certificate for each paper that is asked for at once. */
#include <stdio.h>
#include <string.h>

#include "firmware/session/internal.h"

/* Something that the question takes. */
static const char *sample(const struct field *f)
{
    static const char *const samples[] = { "演示", "演示县演示镇演示村1号", "20200101",
                                           "100",  "6217000000000000",      "13800000000" };
    if (f->kind == FIELD_YES_NO)
        return "yes";
    if (f->choice_count)
        return f->choices[0].value;
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
        if (!answer_check(f, samples[i], NULL))
            return samples[i];
    return "";
}

static json_t *words(const struct words *w)
{
    return json_pack("{s:s, s:s}", "zh", w->in[LANGUAGE_ZH], "en", w->in[LANGUAGE_EN]);
}

static json_t *values_of(const struct session *s, const struct material *m)
{
    json_t *list = json_array();
    for (size_t i = 0; i < m->fill_count; i++) {
        int n = draft_find(s, m->fills[i].field);
        const struct field *f = n < 0 ? NULL : &s->visit.service->fields[n];
        const char *story = f ? course_answer(s, f->name) : "",
                   *value = !f || *story ? story : sample(f);
        if (*value)
            json_array_append_new(list, json_pack("{s:s, s:o, s:s}", "name", m->fills[i].value,
                                                  "label", words(&f->label), "value", value));
    }
    return list;
}

int practice_certificates(struct bytes *out, const struct session *s)
{
    const struct visit *v = &s->visit;
    struct bytes plain AUTO_BYTES = { 0 };
    json_t *list = json_array();
    for (size_t i = 0; i < v->service->material_count; i++) {
        const struct material *m = &v->service->materials[i];
        char id[32];
        snprintf(id, sizeof(id), "DEMO%04zu", i + 1);
        if (m->is_live)
            json_array_append_new(list,
                                  json_pack("{s:s, s:s, s:s, s:o, s:s, s:o}", "paper", m->id, "id",
                                            id, "version", "1", "office", words(&m->source),
                                            "issued", "20200101", "values", values_of(s, m)));
    }
    AUTO(json_release)
    json_t *o =
        json_pack("{s:i, s:s, s:o}", "schema", 1, "question", v->secret.id, "certificates", list);
    int r = submit_append(&plain, o);
    return r ? r : reply_seal(out, v->secret.key, v->secret.id, plain.data, plain.length);
}
