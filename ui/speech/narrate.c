#include "ui/speech/narrate.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/speech/tell.h"
#include "ui/text/tr.h"

enum { CANDIDATES_TOLD = 3 };

/* ---- hashes instead of words --------------------------------------------------------- */

static uint64_t mix(uint64_t h, const void *data, size_t length)
{
    const uint8_t *p = data;
    for (size_t i = 0; i < length; i++)
        h = (h ^ p[i]) * UINT64_C(0x100000001b3);
    return h;
}

static uint64_t hash(const void *data, size_t length)
{
    return mix(UINT64_C(0xcbf29ce484222325), data, length);
}

static uint64_t choice_hash(const struct page *p)
{
    uint64_t h = 1;
    for (size_t i = 0; i < page_count(p); i++)
        if (page_at(p, i)->kind == &widget_choice && page_at(p, i)->is_selected)
            h = mix(h, page_at(p, i)->id, WIDGET_ID);
    return h;
}

static bool has_error(const struct widget *w)
{
    return w->field && *w->field->error;
}

static uint64_t error_hash(const struct page *p)
{
    uint64_t h = 0;
    for (size_t i = 0; i < page_count(p); i++)
        if (has_error(page_at(p, i)))
            h = mix(mix(h + 1, page_at(p, i)->id, WIDGET_ID), page_at(p, i)->field->error,
                    strlen(page_at(p, i)->field->error));
    return h;
}

/* The likeliest meanings of what was spelt. */
static const struct widget *candidate(const struct page *p, int rank)
{
    char id[WIDGET_ID];
    snprintf(id, sizeof(id), "candidate:%d", rank);
    return page_find(p, id);
}

static uint64_t candidate_hash(const struct page *p)
{
    uint64_t h = 0;
    for (int i = 0; i < CANDIDATES_TOLD && candidate(p, i); i++)
        h = mix(h + 1, candidate(p, i)->label, strlen(candidate(p, i)->label));
    return h;
}

/* ---- changes ------------------------------------------------------------------------- */

/* What was typed into the field since the last look. */
static bool tell_typing(const struct tell *t, const struct narrator *n, const struct focus_map *m,
                        int at)
{
    const struct widget *w = describe_typed_field(t->page);
    const char *value = w ? w->value : "";
    size_t length = strlen(value);
    if (!w || (length == n->value_bytes && hash(value, length) == n->value_hash))
        return false;
    if (length && tell_is_picking(t)) { /* a day: whole, not by its digits */
        tell_private(t, value);
        tell_picking(t);
        tell_end_open(t, tr("Entered."));
        return true;
    }
    bool is_longer = length > n->value_bytes && hash(value, n->value_bytes) == n->value_hash;
    if (!length) {
        tell_add(t, tr("empty"));
        tell_end(t);
    } else if (is_longer && !w->is_masked) {
        describe_typed(t, value, n->value_bytes);
        tell_full_stop(t);
        if (tell_offer(t) && at >= 0) /* a village was chosen: now its roads */
            describe_stop(t, m, at, false);
        tell_end_open(t, tr("Entered."));
    } else {
        tell_add(t, text_count(value) < n->value_count ? tr("Erased.") : tr("Entered."));
        tell_end(t);
    }
    return true;
}

static bool tell_candidates(const struct tell *t, const struct narrator *n)
{
    if (!candidate(t->page, 0) || candidate_hash(t->page) == n->candidate_hash)
        return false;
    for (int i = 0; i < CANDIDATES_TOLD && candidate(t->page, i); i++)
        tell_private(t, candidate(t->page, i)->label);
    tell_end_open(t, tr("Entered."));
    return true;
}

int narrate_error_stop(const struct focus_map *m)
{
    for (int i = 0; i < m->count; i++) {
        const struct widget *w = m->stops[i].widget, *group = focus_group(m->page, w);
        if (has_error(w) || (group && has_error(group)))
            return i;
    }
    return FOCUS_NONE;
}

static bool tell_errors(const struct tell *t, const struct focus_map *m, int at)
{
    int count = 0;
    const struct widget *first = NULL;
    for (size_t i = 0; i < page_count(t->page); i++) {
        const struct widget *w = page_at(t->page, i);
        count += has_error(w);
        first = !first && has_error(w) ? w : first;
    }
    if (!first)
        return false;
    tell_format(t, tr("%d to be put right"), count);
    tell_full_stop(t);
    tell_if(t, t->place->is_delicate, first->label);
    tell_add(t, first->field->error);
    tell_full_stop(t);
    if (at >= 0 && at < m->count)
        describe_stop(t, m, at, false);
    tell_end(t);
    return true;
}

static bool tell_choice(const struct tell *t, const struct focus_map *m, int at)
{
    if (at < 0 || m->stops[at].widget->kind != &widget_choice)
        return false;
    const struct widget *w = m->stops[at].widget;
    bool is_answer = *w->action.name;
    tell_if(t, is_answer, describe_choice(w));
    tell_if(t, is_answer, w->label);
    tell_end_open(t, tr("Noted."));
    return true;
}

static bool has_notice(const struct narrator *n, uint64_t h)
{
    for (size_t i = 0; i < n->notice_count; i++)
        if (n->notices[i] == h)
            return true;
    return false;
}

static bool tell_notice(const struct tell *t, const struct narrator *n)
{
    for (size_t i = 0; i < page_count(t->page); i++) {
        const struct widget *w = page_at(t->page, i);
        if (w->kind != &widget_notice || has_notice(n, hash(w->label, strlen(w->label))))
            continue;
        tell_if(t, describe_is_private(t, w), w->label);
        tell_end(t);
        return true;
    }
    return false;
}

static void remember(struct narrator *n, const struct focus_map *m, int at, int key)
{
    const struct widget *field = describe_typed_field(m->page);
    n->has_begun = true;
    n->has_wrapped = false;
    n->key = key;
    n->focus = focus_mark(m, at);
    n->value_bytes = field ? strlen(field->value) : 0;
    n->value_count = field ? text_count(field->value) : 0;
    n->value_hash = hash(field ? field->value : "", n->value_bytes);
    n->choice_hash = choice_hash(m->page);
    n->error_hash = error_hash(m->page);
    n->candidate_hash = candidate_hash(m->page);
    n->notice_count = 0;
    for (size_t i = 0; i < page_count(m->page) && n->notice_count < NARRATED_NOTICES; i++) {
        const struct widget *w = page_at(m->page, i);
        if (w->kind == &widget_notice)
            n->notices[n->notice_count++] = hash(w->label, strlen(w->label));
    }
}

static bool is_same_stop(const struct focus *a, const struct focus *b)
{
    return a->is_set == b->is_set && !strcmp(a->id, b->id) && a->ordinal == b->ordinal;
}

static bool tell_move(const struct tell *t, const struct narrator *n, const struct focus_map *m,
                      int at)
{
    struct focus now = focus_mark(m, at);
    if (at < 0 || is_same_stop(&now, &n->focus))
        return false;
    const struct widget *w = m->stops[at].widget, *old = page_find(t->page, n->focus.id);
    bool is_same_question = old && old->kind == &widget_choice && w->kind == &widget_choice &&
                            !strcmp(old->action.name, w->action.name);
    if (n->has_wrapped) {
        tell_add(t, tr("From the beginning."));
        tell_full_stop(t);
    }
    describe_stop(t, m, at, !is_same_question);
    tell_end(t);
    return true;
}

bool narrate(struct narrator *n, const struct focus_map *m, int at,
             const struct narrate_place *place, struct utterance *out)
{
    struct tell t = tell_begin(out, place, m->page);
    bool is_new = !n->has_begun || n->key != place->key, is_said = true;
    if (is_new)
        narrate_page(m, at, place, out);
    else if (tell_typing(&t, n, m, at) || tell_candidates(&t, n))
        ;
    else if (error_hash(m->page) != n->error_hash && tell_errors(&t, m, at))
        ;
    else if (tell_move(&t, n, m, at))
        ;
    else if (choice_hash(m->page) != n->choice_hash && tell_choice(&t, m, at))
        ;
    else
        is_said = tell_notice(&t, n);
    remember(n, m, at, place->key);
    return is_said && *out->text;
}

void narrate_forget(struct narrator *n)
{
    explicit_bzero(n, sizeof(*n));
}
