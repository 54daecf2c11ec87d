#include "tests/platform/bundle.h"
#include "tests/platform/visits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"

enum { REASON_CHARACTERS = 200 };

/* ---- from the store ------------------------------------------------------------------ */

void part_id(char out[MATTER_ID], const char *whole, size_t no)
{
    snprintf(out, MATTER_ID, "%.36s.%u", whole, (unsigned)(no % 100));
}

static int read_parts(struct platform *p, struct bundle_case *b)
{
    char id[MATTER_ID];
    int r = 0;
    b->count = b->children.count = b->whole.part_count;
    for (size_t i = 0; !r && i < b->count; i++) {
        struct matter *m = &b->parts[i];
        part_id(id, b->whole.id, i + 1);
        r = matter_load(p, m, id);
        b->children.children[i] = (struct case_child){
            .state = m->part.is_denied ? CASE_DONE_NO : m->file.state,
            .before_pause = m->file.before_pause,
            .after = m->part.after,
            .is_fallen = m->part.is_fallen,
        };
    }
    return r;
}

int bundle_load(struct platform *p, struct bundle_case **out, const char *id)
{
    struct bundle_case *b = calloc(1, sizeof(*b));
    *out = NULL;
    if (!b)
        return -ENOMEM;
    int r = matter_load(p, &b->whole, id);
    if (!r)
        r = b->whole.part_count ? read_parts(p, b) : -ENOENT;
    *out = r ? NULL : b;
    if (r)
        free(b);
    return r;
}

/* ---- events -------------------------------------------------------------------------- */

int bundle_happen(struct platform *p, struct bundle_case *b, struct matter *tried,
                  enum case_event on, const struct case_detail *detail)
{
    size_t i = (size_t)tried->part.no - 1;
    struct case_children children = b->children;
    int r = children_happen(&children, i, on, (enum case_actor)detail->by);
    if (!r)
        r = case_happen(&tried->file, &p->calendar, on, county_today(p), detail);
    if (r)
        return r;
    tried->part.is_denied |= on == CASE_EV_DENY;
    children_follow(&children, i, tried->file.state);
    b->children = children;
    b->parts[i] = *tried;
    return 0;
}

/* ---- what follows -------------------------------------------------------------------- */

/* Which of those before it came to nothing. */
static const char *culprit(const struct bundle_case *b, size_t part)
{
    for (size_t k = 0; k < b->count; k++) {
        enum case_state s = b->children.children[k].state;
        bool is_before = b->children.children[part].after & 1U << k;
        if (is_before && case_is_over(s) && s != CASE_DONE_OK && s != CASE_DELIVERED)
            return b->parts[k].part.name[0];
    }
    return "";
}

static int let_fall(struct platform *p, struct bundle_case *b, size_t i)
{
    static const char article[] = "Art. 13";
    struct matter *m = &b->parts[i];
    if (!b->children.children[i].is_fallen || m->part.is_fallen)
        return 0;
    char reason[MATTER_REASON];
    snprintf(reason, sizeof(reason), "要先办好的“%.400s”没有办成，这一件不再办理。", culprit(b, i));
    m->part.is_fallen = true;
    children_close(&m->file, county_today(p));
    text_copy(m->reason, sizeof(m->reason), reason);
    text_copy(m->article, sizeof(m->article), article);
    return matter_note(p, m, &(struct matter_step){ "end", article, m->reason, "", NULL });
}

static void let_begin(const struct bundle_case *b, struct matter *m, day today)
{
    size_t i = (size_t)m->part.no - 1;
    if (m->file.accepted == DAY_NONE || m->part.has_begun || case_is_over(m->file.state))
        return;
    if (children_is_waiting(&b->children, i)) {
        m->part.has_waited = true;
        return;
    }
    if (m->part.has_waited)
        children_start(&m->file, today);
    m->part.has_begun = true;
}

/* ---- the whole ----------------------------------------------------------------------- */

/* A paper that several offices wait for is handed in once, by the first of their days. */
static void owe(void *context, const char *material, day due)
{
    struct case_file *whole = context;
    for (size_t i = 0; i < whole->gap_count; i++)
        if (!strcmp(whole->gaps[i].material, material)) {
            whole->gaps[i].due = due < whole->gaps[i].due ? due : whole->gaps[i].due;
            return;
        }
    if (whole->gap_count == CASE_GAPS_MAX)
        return;
    struct case_gap *gap = &whole->gaps[whole->gap_count++];
    *gap = (struct case_gap){ .due = due };
    text_copy(gap->material, sizeof(gap->material), material);
}

/* Kiosks that know no parts must not read "granted" and nothing else. */
static void gather_reasons(struct bundle_case *b)
{
    char all[2 * MATTER_REASON] = "";
    for (size_t i = 0; i < b->count; i++) {
        const struct matter *m = &b->parts[i];
        size_t used = strlen(all);
        bool is_told = case_is_over(m->file.state) && *m->reason;
        if (is_told && text_count(all) + text_count(m->reason) + 40 < REASON_CHARACTERS)
            snprintf(all + used, sizeof(all) - used, "%s%.120s：%s", used ? " " : "",
                     m->part.name[0], m->reason);
    }
    text_copy(b->whole.reason, sizeof(b->whole.reason), all);
}

static const struct matter_step *step_to(enum case_state from, enum case_state to)
{
    static const struct matter_step steps[CASE_STATES] = {
        [CASE_ACCEPTED] = { "accept", "Art. 11 par. 1", "", "", NULL },
        [CASE_ACCEPTED_GAP] = { "accept_gap", "Art. 11 par. 2", "", "", NULL },
        [CASE_CORRECT] = { "notify", "Art. 11 par. 3", "", "", NULL },
        [CASE_PAUSED] = { "pause", "Licensing Law 45", "", "", NULL },
        [CASE_DONE_OK] = { "grant", "Art. 13", "", "", NULL },
        [CASE_DONE_NO] = { "deny", "Art. 13", "", "", NULL },
        [CASE_REFUSED] = { "refuse", "Licensing Law 32 (1), (2)", "", "", NULL },
        [CASE_WITHDRAWN] = { "withdraw", "the applicant's own will", "", "", NULL },
        [CASE_DELIVERED] = { "deliver", "Licensing Law 44", "", "", NULL },
        [CASE_ANNULLED] = { "annul", "Art. 14", "", "", NULL },
    };
    static const struct matter_step resumed = { "resume", "Licensing Law 45", "", "", NULL };
    if (from == to || !steps[to].what)
        return NULL;
    return from == CASE_PAUSED && to == CASE_ACCEPTED ? &resumed : &steps[to];
}

static int lead(struct platform *p, struct bundle_case *b)
{
    struct matter *whole = &b->whole;
    enum case_state was = whole->file.state;
    struct children_tally tally = children_tally(&b->children);
    whole->file.gap_count = 0;
    for (size_t i = 0; i < b->count; i++)
        matter_each_owed(&b->parts[i], &whole->file, owe);
    gather_reasons(b);
    children_lead(&whole->file, &p->calendar, &tally, county_today(p));
    const struct matter_step *step = step_to(was, whole->file.state);
    if (!step)
        return matter_store(p, whole);
    text_copy(whole->article, sizeof(whole->article), step->article);
    return matter_note(p, whole, step);
}

int bundle_settle(struct platform *p, struct bundle_case *b, const char *note)
{
    int r = 0;
    for (size_t i = 0; !r && i < b->count; i++)
        r = let_fall(p, b, i);
    for (size_t i = 0; !r && i < b->count; i++) {
        let_begin(b, &b->parts[i], county_today(p));
        r = matter_store(p, &b->parts[i]);
        if (!r)
            r = visit_follow(p, &b->parts[i]);
    }
    if (!r)
        r = lead(p, b);
    return r ? r : matter_tell(p, &b->whole, note);
}

/* ---- a day --------------------------------------------------------------------------- */

int bundle_day(struct platform *p, const char *id, day today, size_t *happened)
{
    struct bundle_case *b = NULL;
    size_t before = *happened;
    int r = bundle_load(p, &b, id);
    for (size_t i = 0; !r && i < b->count; i++) {
        struct matter *m = &b->parts[i];
        if (case_is_over(m->file.state) || m->file.last > today)
            continue;
        r = matter_day(p, m, today, happened, matter_note);
        children_follow(&b->children, i, m->file.state);
    }
    if (!r && *happened != before)
        r = bundle_settle(p, b, "");
    free(b);
    return r;
}
