/* Rules over what is known of whoever is here. */
#include "firmware/session/precheck.h"

#include <stdio.h>
#include <string.h>

#include "firmware/calendar/calendar.h"
#include "firmware/session/internal.h"

static const struct fact_said *said_of(const struct session *s, const char *fact)
{
    const struct precheck *p = &s->visit.precheck;
    for (size_t i = 0; i < p->said_count; i++)
        if (!strcmp(p->said[i].fact->name, fact))
            return &p->said[i];
    return NULL;
}

static const char *fact_of(const void *context, const char *fact)
{
    const struct fact_said *said = said_of(context, fact);
    return !said ? "" : said->is_yes ? "yes" : "no";
}

/* An answer counts once its question was passed: what the form proposes further on nobody has said yet. */
static const char *answer_of(const void *context, const char *field)
{
    const struct session *s = context;
    const struct visit *v = &s->visit;
    int i = draft_find(s, field);
    const struct form_page *page = draft_page(s);
    int last = v->only >= 0 ? v->only : (int)(page->first_field + page->field_count) - 1;
    return i < 0 || i > last ? "" : v->answers[i].text;
}

static struct rule_facts known(const struct session *s, bool is_in_form, char date[9])
{
    const struct visit *v = &s->visit;
    return (struct rule_facts){ .today = session_today(s, date),
                                .card = v->has_person ? &v->person : NULL,
                                .answer_of = is_in_form ? answer_of : NULL,
                                .fact_of = fact_of,
                                .context = s };
}

/* ---- questions of a form under rules -------------------------------------------------- */

bool session_field_is_visible(const struct session *s, const struct field *f)
{
    char date[9];
    if (!condition_holds(&f->visible, draft_value, s))
        return false;
    if (!f->show_if)
        return true;
    struct rule_facts facts = known(s, false, date);
    facts.answer_of = draft_value; /* earlier questions alone: the loader saw to it */
    return rule_holds(f->show_if, &facts, NULL) != TRUTH_NO;
}

bool session_field_is_needed(const struct session *s, const struct field *f)
{
    char date[9];
    if (!session_field_is_visible(s, f))
        return false;
    if (!f->need_if)
        return f->is_required;
    struct rule_facts facts = known(s, false, date);
    facts.answer_of = draft_value;
    return rule_holds(f->need_if, &facts, NULL) == TRUTH_YES;
}

/* ---- conditions of a matter ----------------------------------------------------------- */

void precheck_begin(struct session *s)
{
    struct precheck *p = &s->visit.precheck;
    p->about = s->visit.service;
    p->insisted = 0;
    p->failed = NULL;
    leaflet_begin(s);
}

bool precheck_stops(struct session *s)
{
    struct visit *v = &s->visit;
    struct precheck *p = &v->precheck;
    struct verdict verdicts[VERDICTS_MAX];
    char date[9];
    bool is_in_form = v->screen == SCREEN_FORM;
    const struct rule_facts facts = known(s, is_in_form, date);
    if (p->about != v->service)
        precheck_begin(s);
    size_t count = service_judge(s->catalogue, v->service, &facts, verdicts);
    p->failed = NULL;
    for (size_t i = 0; i < count && !p->failed; i++)
        if (verdicts[i].truth == TRUTH_NO && !(p->insisted & 1u << i))
            p->failed = verdicts[i].rule;
    if (!p->failed)
        return false;
    p->is_in_form = is_in_form;
    draft_focus(s, -1);
    leaflet_begin(s);
    return true;
}

/* ---- what a screen sees ------------------------------------------------------------------ */

/* A question stays while its answer decides: whoever said it can take it back. */
static const struct fact *question_of(const struct session *s, const struct verdict *v)
{
    if (v->ask)
        return v->ask->type == RULE_YES_NO ? v->ask : NULL;
    const struct precheck *p = &s->visit.precheck;
    for (size_t i = 0; i < p->said_count; i++) {
        char name[FIELD_NAME + 8];
        snprintf(name, sizeof(name), "fact.%s", p->said[i].fact->name);
        if (rule_asks_for(v->rule->must, name))
            return p->said[i].fact;
    }
    return NULL;
}

static void look_at_rules(struct precheck_view *out, const struct session *s)
{
    struct verdict verdicts[VERDICTS_MAX];
    char date[9];
    const struct rule_facts facts = known(s, false, date);
    out->count = service_judge(s->catalogue, s->visit.service, &facts, verdicts);
    for (size_t i = 0; i < out->count; i++) {
        const struct fact *ask = question_of(s, &verdicts[i]);
        const struct fact_said *said = ask ? said_of(s, ask->name) : NULL;
        out->rows[i] = (struct precheck_row){ .rule = verdicts[i].rule,
                                              .truth = verdicts[i].truth,
                                              .ask = ask,
                                              .said = !said          ? TRUTH_UNKNOWN
                                                      : said->is_yes ? TRUTH_YES
                                                                     : TRUTH_NO };
    }
}

static void look_at_failed(struct precheck_view *out, const struct session *s)
{
    const struct visit *v = &s->visit;
    char date[9];
    const struct rule_facts facts = known(s, false, date);
    out->failed = v->precheck.failed;
    out->route = service_route(s->catalogue, out->failed, &facts);
    out->other = point_nearest(desk_news(s), (out->route ? out->route : v->service)->theme,
                               hours_weekday(s), desk_minute(s));
    out->can_insist = v->service->reach != REACH_INFO;
}

void precheck_look(struct precheck_view *out, const struct session *s)
{
    const struct visit *v = &s->visit;
    enum screen screen = v->screen;
    /* What lies under a question is drawn too. */
    if (screen == SCREEN_STILL_THERE || screen == SCREEN_CARD_REMOVED || screen == SCREEN_LEAVE)
        screen = v->under;
    if (v->service && screen == SCREEN_GUIDE)
        look_at_rules(out, s);
    if (v->service && v->precheck.failed && screen == SCREEN_CONDITION)
        look_at_failed(out, s);
}

/* ---- what the county reads ----------------------------------------------------------------- */

json_t *precheck_json(const struct session *s)
{
    const struct visit *v = &s->visit;
    const struct precheck *p = &v->precheck;
    if (p->about != v->service || !p->insisted)
        return NULL;
    json_t *list = json_array();
    for (size_t i = 0; i < v->service->rule_count; i++)
        if (p->insisted & 1u << i)
            json_array_append_new(list,
                                  json_pack("{s:s, s:s}", "rule", v->service->rules[i].id, "told",
                                            v->service->rules[i].refusal.in[v->language]));
    return list;
}
