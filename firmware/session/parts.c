#include "firmware/session/parts.h"

#include <stdio.h>
#include <string.h>

#include "firmware/session/internal.h"

#define N_(msgid) msgid

bool parts_have_answers(const struct session *s)
{
    enum screen screen = s->visit.screen;
    return s->visit.has_draft && screen != SCREEN_GUIDE && screen != SCREEN_NEED_CARD;
}

/* The way that the form's `delivery` answer names, 0 for none. */
static unsigned chosen_delivery(const struct session *s)
{
    static const struct {
        const char *word;
        unsigned bit;
    } ways[] = { { "post", DELIVERY_POST },
                 { "pickup", DELIVERY_PICKUP },
                 { "account", DELIVERY_ACCOUNT },
                 { "electronic", DELIVERY_ELECTRONIC },
                 { "none", DELIVERY_NONE } };
    const char *answer = parts_have_answers(s) ? draft_value(s, "delivery") : "";
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
        if (!strcmp(answer, ways[i].word))
            return ways[i].bit;
    return 0;
}

/* Before anything is answered every part is possible, so a guide shows them all. */
static bool is_wanted(const struct session *s, const struct bundle_part *p)
{
    return !parts_have_answers(s) || bundle_part_is_wanted(p, draft_value, s);
}

/* A part that is not applied for holds nobody up: what it waited for is waited for instead. */
static unsigned before(const struct parts_view *v, const struct bundle_part *p)
{
    unsigned bits = 0;
    for (size_t k = 0; k < p->after_count; k++) {
        const struct part_row *row = &v->rows[p->after[k]];
        bits |= row->is_wanted ? 1U << p->after[k] : before(v, row->part);
    }
    return bits;
}

void parts_look(struct parts_view *out, const struct session *s)
{
    const struct service *service = s->visit.service;
    unsigned chosen = chosen_delivery(s);
    *out = (struct parts_view){ .count = service->part_count };
    for (size_t i = 0; i < out->count; i++) {
        const struct bundle_part *p = &service->parts[i];
        struct part_row *row = &out->rows[i];
        *row = (struct part_row){ .part = p, .is_wanted = is_wanted(s, p) };
        row->delivery = p->delivery & chosen ? p->delivery & chosen : p->delivery;
        row->no = row->is_wanted ? (unsigned)++out->wanted : 0;
    }
    for (size_t i = 0; i < out->count; i++)
        out->rows[i].after = before(out, out->rows[i].part);
}

/* ---- papers of a part ---------------------------------------------------------------- */

static void join(char *out, const char *between, const char *part)
{
    size_t used = strlen(out);
    if (*part)
        snprintf(out + used, PART_PAPERS_BYTES - used, "%s%s", used ? between : "", part);
}

/* What the resident said of a paper that is asked for; NULL: it is not asked for. */
static const struct paper_row *row_of(const struct checklist_view *papers, const struct material *m)
{
    for (size_t i = 0; i < papers->count; i++)
        if (papers->rows[i].material == m)
            return &papers->rows[i];
    return NULL;
}

static void add_paper(char out[PART_PAPERS_BYTES], const struct session *s,
                      const struct paper_row *row, enum language l)
{
    static const char *const said[] = { [HELD_HERE] = N_("with you"),
                                        [HELD_LATER] = N_("follows later"),
                                        [HELD_NOT] = N_("missing"),
                                        [HELD_WAIVED] = N_("other evidence instead") };
    char text[256];
    if (row->held == HELD_UNSAID)
        snprintf(text, sizeof(text), "%s", row->material->name.in[l]);
    else
        snprintf(text, sizeof(text), l == LANGUAGE_ZH ? "%s（%s）" : "%s (%s)",
                 row->material->name.in[l], session_tr(s, l, said[row->held]));
    join(out, l == LANGUAGE_ZH ? "、" : ", ", text);
}

void session_part_papers(const struct session *s, const struct bundle_part *part,
                         enum language language, char out[PART_PAPERS_BYTES])
{
    const struct service *service = s->visit.service;
    struct checklist_view papers = { 0 };
    char list[PART_PAPERS_BYTES] = "";
    if (parts_have_answers(s))
        checklist_look(&papers, s);
    for (size_t i = 0; i < service->material_count; i++) {
        const struct material *m = &service->materials[i];
        const struct paper_row fresh = { .material = m }, *row = &fresh;
        if (papers.count)
            row = row_of(&papers, m);
        bool is_theirs = row && (m->how != MATERIAL_FETCHED || row->proof == PROOF_DISPUTED);
        if (part->papers & UINT32_C(1) << i && is_theirs)
            add_paper(list, s, row, language);
    }
    out[0] = 0;
    if (*list)
        snprintf(out, PART_PAPERS_BYTES, session_tr(s, language, N_("Papers: %s")), list);
}

void session_paper_parts(const struct session *s, const struct parts_view *parts,
                         const struct material *paper, enum language language,
                         char out[PART_PAPERS_BYTES])
{
    char list[PART_PAPERS_BYTES] = "";
    for (size_t i = 0; i < parts->count; i++) {
        const struct part_row *row = &parts->rows[i];
        char name[256];
        if (!row->is_wanted ||
            !(row->part->papers & UINT32_C(1) << (paper - s->visit.service->materials)))
            continue;
        snprintf(name, sizeof(name), "%u %s", row->no, row->part->name.in[language]);
        join(list, language == LANGUAGE_ZH ? "、" : ", ", name);
    }
    out[0] = 0;
    if (*list)
        snprintf(out, PART_PAPERS_BYTES, session_tr(s, language, N_("for part %s")), list);
}
