/* Which papers a matter asks for with these answers, and what was said of each. */
#include "firmware/session/checklist.h"

#include <stdio.h>
#include <string.h>

#include "firmware/calendar/calendar.h"
#include "firmware/seal/seal.h"
#include "firmware/session/internal.h"

#define N_(msgid) msgid

static const char with_day[] =
    N_("I promise to hand in: %s, by %s at the latest. If it does not come in time, the acceptance "
       "is revoked; I may apply again.");
static const char without_day[] =
    N_("I promise to hand in: %s, within %d working days. If it does not come in time, the "
       "acceptance is revoked; I may apply again.");

/* ---- which papers -------------------------------------------------------------------- */

static size_t count_of(const struct session *s)
{
    size_t count = s->visit.service->material_count;
    return count > CHECKLIST_MAX ? CHECKLIST_MAX : count;
}

static bool is_needed(const struct session *s, size_t i)
{
    return condition_holds(&s->visit.service->materials[i].when, draft_value, s);
}

/* A paper that is looked up is asked for after all when the resident says that what was found is wrong: then theirs counts. */
static bool is_asked(const struct session *s, size_t i)
{
    const struct material *m = &s->visit.service->materials[i];
    bool is_theirs = m->how != MATERIAL_FETCHED || fetch_proof(s, m) == PROOF_DISPUTED;
    return is_theirs && is_needed(s, i);
}

/* A booking only says when: its papers are shown at the desk, and stand on its slip. */
bool session_needs_no_return(const struct session *s)
{
    /* What was disputed is to be shown on paper after all. */
    return s->visit.service && s->visit.service->is_no_return && !checklist_is_asked(s);
}

bool checklist_is_asked(const struct session *s)
{
    if (s->visit.service->reach == REACH_BOOK)
        return false;
    for (size_t i = 0; i < count_of(s); i++)
        if (is_asked(s, i))
            return true;
    return false;
}

uint32_t checklist_missing(const struct session *s)
{
    uint32_t missing = 0;
    for (size_t i = 0; i < count_of(s); i++)
        if (is_asked(s, i) && s->visit.papers.held[i] == HELD_NOT)
            missing |= UINT32_C(1) << i;
    return missing;
}

/* ---- one after the other ------------------------------------------------------------- */

/* The paper that is asked next from the `from`th on, up or down; -1: none. */
static int question(const struct session *s, int from, int step)
{
    for (int i = from; i >= 0 && i < (int)count_of(s); i += step)
        if (is_asked(s, (size_t)i))
            return i;
    return -1;
}

static int first_open(const struct session *s)
{
    for (size_t i = 0; i < count_of(s); i++)
        if (is_asked(s, i) && s->visit.papers.held[i] == HELD_UNSAID)
            return (int)i;
    return question(s, 0, 1);
}

void checklist_show(struct session *s, enum checklist_from from)
{
    struct checklist *c = &s->visit.papers;
    int at = from == CHECKLIST_FIRST_OPEN ? first_open(s)
             : from == CHECKLIST_LAST     ? question(s, (int)count_of(s) - 1, -1)
                                          : question(s, 0, 1);
    c->is_single = s->visit.preferences.is_elder && at >= 0;
    c->at = at < 0 ? 0 : (size_t)at;
    s->visit.has_errors_shown = false;
}

bool checklist_step(struct session *s, int step)
{
    struct checklist *c = &s->visit.papers;
    int at = c->is_single ? question(s, (int)c->at + step, step) : -1;
    if (at < 0)
        return false;
    c->at = (size_t)at;
    s->visit.has_errors_shown = false;
    return true;
}

bool checklist_is_answered(const struct session *s)
{
    const struct checklist *c = &s->visit.papers;
    for (size_t i = 0; i < count_of(s); i++) {
        bool is_shown = !c->is_single || c->at == i;
        if (is_shown && is_asked(s, i) && c->held[i] == HELD_UNSAID)
            return false;
    }
    return true;
}

/* ---- days ---------------------------------------------------------------------------- */

void session_day_after(const struct session *s, int days, char out[9], bool *is_provisional)
{
    static const struct calendar weekends;
    char today[9];
    *out = 0;
    *is_provisional = true;
    if (session_today(s, today))
        day_to_text(out, calendar_add(s->config.calendar ? s->config.calendar : &weekends,
                                      day_from_text(today), days, is_provisional));
}

/* A promise names the day that was seen when it was given, also after midnight. */
static void set_due(struct paper_row *row, const struct session *s, size_t i)
{
    const struct checklist *c = &s->visit.papers;
    if (row->material->how != MATERIAL_LATER)
        return;
    if (c->held[i] == HELD_LATER) {
        day_to_text(row->due, c->due[i]);
        row->is_provisional = c->is_provisional[i];
    } else {
        session_day_after(s, row->material->late_days, row->due, &row->is_provisional);
    }
}

void checklist_look(struct checklist_view *out, const struct session *s)
{
    const struct checklist *c = &s->visit.papers;
    *out = (struct checklist_view){ .only = -1, .slip = (int)c->slip.state, .is_last = true };
    for (size_t i = 0; i < count_of(s); i++) {
        struct paper_row *row = &out->rows[out->count];
        if (!is_needed(s, i))
            continue;
        *row = (struct paper_row){ .material = &s->visit.service->materials[i],
                                   .held = (enum held)c->held[i],
                                   .proof = fetch_proof(s, &s->visit.service->materials[i]) };
        set_due(row, s, i);
        row->waived = row->held == HELD_WAIVED ? &c->waived[i] : NULL;
        row->can_be_waived = is_asked(s, i) && waive_is_offered(s, i);
        if (c->is_single && c->at == i)
            out->only = (int)out->count;
        out->is_asked |= is_asked(s, i);
        out->is_last = out->is_last && !(c->is_single && i > c->at && is_asked(s, i));
        out->missing_count += is_asked(s, i) && row->held == HELD_NOT;
        out->count++;
    }
    out->can_print_again = paper_job_can_print(s, &c->slip);
}

/* ---- promises ------------------------------------------------------------------------ */

void session_gap_promise(const struct session *s, const struct paper_row *row,
                         enum language language, char out[GAP_PROMISE_BYTES])
{
    const char *name = row->material->name.in[language];
    static const struct field date = { .kind = FIELD_DATE };
    char shown[ANSWER_BYTES];
    *out = 0;
    if (row->material->how != MATERIAL_LATER)
        return;
    answer_show(shown, &date, row->due, language);
    if (*row->due)
        snprintf(out, GAP_PROMISE_BYTES, session_tr(s, language, with_day), name, shown);
    else
        snprintf(out, GAP_PROMISE_BYTES, session_tr(s, language, without_day), name,
                 row->material->late_days);
}

void promise_version(char out[PROMISE_VERSION], const char *zh, const char *en)
{
    uint8_t sum[SHA256_BYTES], both[2 * SHA256_BYTES];
    sha256(both, zh, strlen(zh));
    sha256(both + SHA256_BYTES, en, strlen(en));
    sha256(sum, both, sizeof(both));
    hex_encode(out, sum, (PROMISE_VERSION - 1) / 2);
}

void gap_promise_version(const struct session *s, char out[PROMISE_VERSION])
{
    char zh[ANSWER_BYTES];
    /* One buffer of the translator may serve both languages. */
    snprintf(zh, sizeof(zh), "%s", session_tr(s, LANGUAGE_ZH, with_day));
    promise_version(out, zh, session_tr(s, LANGUAGE_EN, with_day));
}
