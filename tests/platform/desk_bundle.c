/* A clerk's step for the parts of a bundle. Asked of the whole it is taken by every part that may take it now, those that
 * wait after those they wait for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "tests/platform/bundle.h"
#include "tests/platform/carrier.h"
#include "tests/platform/wish.h"

enum { NOTE_CHARACTERS = 200 };

struct attempt {
    struct platform *p;
    struct bundle_case *b;
    const struct wish *w;
    size_t taken;
    bool is_alarmed;
    int outcome; /* of the first part that would not */
    const char *complaint;
    int failed; /* storage */
    bool is_done[CHILDREN_MAX];
};

static int try_event(struct attempt *a, struct matter *part)
{
    struct wish_detail d;
    wish_detail(&d, a->p, part, a->w);
    return bundle_happen(a->p, a->b, part, wish_word(a->w)->event, &d.detail);
}

static void raise_alarm(struct attempt *a, const struct matter *part)
{
    const struct matter_step alarm = { "alarm", "Art. 11; Licensing Law 32", "", a->w->note, NULL };
    a->b->whole.file.has_alarm = a->is_alarmed = true;
    a->failed = matter_note(a->p, part, &alarm);
}

static void keep(struct attempt *a, struct matter *part, const struct case_transition *row)
{
    const struct matter_step step = { a->w->event, row->article, a->w->reason, a->w->note, NULL };
    wish_keep(a->p, part, a->w, row->article);
    if (!a->w->part)
        matter_take(a->p, &a->b->whole, a->w->owner, a->w->phone);
    a->b->parts[part->part.no - 1] = *part;
    a->is_done[part->part.no - 1] = true;
    a->taken++;
    a->failed = carrier_follow(a->p, part);
    if (!a->failed)
        a->failed = matter_note(a->p, part, &step);
}

/* CASE_E_... or 0. */
static int try_part(struct attempt *a, size_t i)
{
    struct matter tried = a->b->parts[i];
    const struct desk_word *word = wish_word(a->w);
    const struct case_transition *row = word->word ? case_row(tried.file.state, word->event) : NULL;
    bool is_set_out = wish_is_set_out(a->w);
    if (!row || (is_set_out && !matter_may_be_set_out(&tried)))
        return CASE_E_EVENT;
    const char *complaint = wish_complain(&tried, a->w);
    if (complaint) {
        a->complaint = complaint;
        return CASE_E_EVENT;
    }
    int outcome = is_set_out ? 0 : try_event(a, &tried);
    if (!outcome)
        keep(a, &tried, row);
    else if (outcome == CASE_E_NOTICE)
        raise_alarm(a, &tried);
    return outcome;
}

/* Told to all at once, the notice goes to those that had none. */
static bool is_meant(const struct attempt *a, size_t i)
{
    bool is_told = a->b->parts[i].file.notices > 0 && !a->w->has_changed;
    bool is_notice = wish_word(a->w)->event == CASE_EV_NOTIFY;
    for (size_t k = 0; !a->w->part && is_notice && is_told && k < a->b->count; k++)
        if (a->b->parts[k].file.state == CASE_RECEIVED || a->is_done[k])
            return false;
    return !a->is_done[i] && (!a->w->part || (size_t)a->w->part == i + 1);
}

/* Until nobody takes it any more: a grant makes way for those that waited. */
static void try_all(struct attempt *a)
{
    size_t before;
    do {
        before = a->taken;
        for (size_t i = 0; !a->failed && i < a->b->count; i++) {
            int outcome = is_meant(a, i) ? try_part(a, i) : 0;
            /* What the paper or the reason lacks says more than that there is no such step. */
            if (outcome && (!a->outcome || a->outcome == CASE_E_EVENT))
                a->outcome = outcome;
        }
    } while (!a->failed && !a->is_alarmed && a->taken > before);
}

/* Words about one part say which. */
static void words_for_resident(char out[MATTER_REASON], const struct attempt *a)
{
    const struct matter *part = a->w->part ? &a->b->parts[a->w->part - 1] : NULL;
    text_copy(out, MATTER_REASON, a->w->note);
    bool fits = part && text_count(part->part.name[0]) + text_count(a->w->note) < NOTE_CHARACTERS;
    if (*a->w->note && fits)
        snprintf(out, MATTER_REASON, "%s：%s", part->part.name[0], a->w->note);
}

/* The alarm stays with the case; its kiosk has nothing to hear of it. */
static int commit(struct attempt *a)
{
    char note[MATTER_REASON];
    words_for_resident(note, a);
    int r = a->failed;
    if (!r && a->taken)
        r = bundle_settle(a->p, a->b, note);
    else if (!r && a->is_alarmed)
        r = matter_store(a->p, &a->b->whole);
    if (!r)
        r = sql_do(a->p, "COMMIT", "");
    if (r)
        sqlite3_exec(a->p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

static void answer(struct attempt *a, struct reply *r)
{
    const struct matter *whole = &a->b->whole;
    if (a->taken) {
        pthread_cond_broadcast(&a->p->news);
        reply_json(r, 200,
                   json_pack("{ss, ss, sI}", "id", whole->id, "state", matter_state(whole), "taken",
                             (json_int_t)a->taken));
    } else if (a->is_alarmed) {
        wish_refuse(r, CASE_E_NOTICE);
    } else if (a->complaint) {
        reply_problem(r, 400, "bad-step", a->complaint);
    } else {
        wish_refuse(r, a->outcome ? a->outcome : CASE_E_EVENT);
    }
}

void desk_step_parts(struct platform *p, struct reply *r, const struct wish *w)
{
    struct attempt a = { .p = p, .w = w };
    int failed = bundle_load(p, &a.b, w->id);
    if (failed || (size_t)w->part > a.b->count) {
        reply_problem(r, failed ? 503 : 404, failed ? "storage" : "not-found",
                      failed ? "the case cannot be read" : "no such part");
        free(a.b);
        return;
    }
    failed = sql_do(p, "BEGIN IMMEDIATE", "");
    if (!failed) {
        try_all(&a);
        failed = commit(&a);
    }
    if (failed)
        reply_problem(r, 503, "storage", "the step could not be stored");
    else
        answer(&a, r);
    free(a.b);
}
