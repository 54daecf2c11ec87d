/* Which papers other evidence may stand for, and what goes along with the application of it. */
#include "firmware/session/waive.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/internal.h"
#include "firmware/session/own.h"

#define N_(msgid) msgid

static const struct {
    const char *word, *label;
} kinds[EVIDENCE_KINDS] = {
    [EVIDENCE_NONE] = { "", "" },
    [EVIDENCE_ARCHIVE] = { "archive", N_("A record of an archive") },
    [EVIDENCE_LETTER] = { "letter", N_("A letter of another office, a village or an employer") },
    [EVIDENCE_OLD] = { "old", N_("An older certificate or card") },
    [EVIDENCE_COURT] = { "court", N_("A paper of a court or a notary") },
    [EVIDENCE_RECORD] = { "record", N_("A record that staff looked up themselves") },
};

const char *evidence_word(enum evidence e)
{
    return (size_t)e < EVIDENCE_KINDS ? kinds[e].word : "";
}

const char *evidence_label(enum evidence e)
{
    return (size_t)e < EVIDENCE_KINDS ? kinds[e].label : "";
}

enum evidence evidence_named(const char *word)
{
    for (int i = EVIDENCE_NONE + 1; i < EVIDENCE_KINDS; i++)
        if (!strcmp(kinds[i].word, word))
            return (enum evidence)i;
    return EVIDENCE_NONE;
}

/* Only a paper that the resident said is not here, and only where the guide lets other evidence stand for it. In practice
 * nobody's stick is asked for; at an hour without staff it is offered to whoever has one in. */
bool waive_is_offered(const struct session *s, size_t i)
{
    const struct visit *v = &s->visit;
    enum held held = (enum held)v->papers.held[i];
    if (v->is_practice || !s->config.ports->prove_staff || session_is_anonymous(s))
        return false;
    if (v->service->is_no_waiver || v->service->materials[i].is_no_waiver)
        return false;
    if (hours_are_unattended(s) && s->pass.right != PASS_MAY)
        return false;
    return held == HELD_NOT || held == HELD_LATER;
}

/* ---- which one: a title, a number ----------------------------------------------------- */

static const struct field words_field = {
    .name = "evidence", .kind = FIELD_HAN, .lines = 2, .max_length = EVIDENCE_WORDS_MAX
};

const struct field *waive_field(const struct session *s)
{
    return s->visit.screen == SCREEN_WAIVE_TEXT ? &words_field : NULL;
}

void waive_type(struct session *s, const char *text)
{
    char *out = s->visit.waive.now.words;
    size_t used = strlen(out), left = strlen(text);
    uint32_t cp;
    for (size_t n; left; text += n, left -= n) {
        n = text_decode(&cp, text, left);
        bool fits = used + n < EVIDENCE_WORDS_BYTES && text_count(out) < EVIDENCE_WORDS_MAX;
        if (!answer_accepts(&words_field, cp) || !fits)
            continue;
        memcpy(out + used, text, n);
        used += n;
        out[used] = 0;
    }
}

void waive_erase(struct session *s)
{
    char *out = s->visit.waive.now.words;
    size_t length = strlen(out), count = text_count(out);
    size_t keep = count ? text_offset(out, count - 1) : 0;
    explicit_bzero(out + keep, length - keep);
}

/* ---- told ------------------------------------------------------------------------------ */

void waive_look(struct waive_view *out, const struct session *s)
{
    const struct waive *w = &s->visit.waive;
    *out = (struct waive_view){ .step = w->step, .trouble = w->trouble, .now = w->now };
    if (w->is_open && s->visit.service)
        out->material = &s->visit.service->materials[w->material];
    out->digits = (int)strlen(w->pin);
}

void waive_note(char out[WAIVE_NOTE], const struct session *s, enum language language,
                const struct waived *w)
{
    char evidence[WAIVE_NOTE];
    snprintf(evidence, sizeof(evidence), "%s",
             session_own(s, language, evidence_label(w->evidence)));
    snprintf(out, WAIVE_NOTE,
             session_own(s, language, N_("%s; accepted by a clerk, staff stick %s")), evidence,
             w->serial);
}

static json_t *waiver_json(const struct paper_row *row)
{
    const struct waived *w = row->waived;
    char at[21];
    clock_format_utc(at, w->at_ms);
    json_t *o = json_pack("{s:s, s:{s:s}, s:{s:s, s:s}, s:s, s:s}", "material", row->material->id,
                          "evidence", "kind", evidence_word(w->evidence), "approver", "stick",
                          w->serial, "role", "clerk", "at", at, "article", "Art. 9");
    if (*w->words)
        json_object_set_new(json_object_get(o, "evidence"), "words", json_string(w->words));
    return o;
}

json_t *waive_json(const struct session *s)
{
    struct checklist_view papers;
    json_t *list = NULL;
    checklist_look(&papers, s);
    for (size_t i = 0; i < papers.count; i++) {
        if (!papers.rows[i].waived)
            continue;
        list = list ? list : json_array();
        json_array_append_new(list, waiver_json(&papers.rows[i]));
    }
    return list;
}
