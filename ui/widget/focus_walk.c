/* Going from stop to stop, and what keys do there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/widget/focus.h"

static bool is_typing_key(const struct widget *w)
{
    bool is_key = !strncmp(w->id, "key:", 4) || !strncmp(w->id, "pick:", 5);
    return w->kind == &widget_key && *w->action.value && is_key && !w->is_disabled &&
           w->style != STYLE_QUIET; /* what was picked before stands above, in quiet */
}

/* Places offered in place of spelling stand before the keys. */
static bool is_offer(const struct widget *w)
{
    return w->action.verb && (!strncmp(w->id, "place:", 6) || !strncmp(w->id, "road:", 5));
}

const struct widget *focus_offer(const struct page *p)
{
    for (size_t i = 0; i < page_count(p); i++)
        if (is_offer(page_at(p, i)))
            return page_at(p, i);
    return NULL;
}

int focus_of(const struct focus_map *m, const struct widget *w)
{
    for (int i = 0; i < m->count; i++)
        if (m->stops[i].widget == w)
            return i;
    return FOCUS_NONE;
}

int focus_first(const struct focus_map *m)
{
    int body = FOCUS_NONE, action = FOCUS_NONE, primary = FOCUS_NONE;
    for (int i = 0; i < m->count; i++) {
        const struct focus_stop *stop = &m->stops[i];
        if (is_typing_key(stop->widget) || is_offer(stop->widget))
            return i;
        if (body == FOCUS_NONE && stop->part == FOCUS_BODY && stop->is_target)
            body = i;
        if (action == FOCUS_NONE && stop->is_target)
            action = i;
        if (!strcmp(stop->widget->id, "primary"))
            primary = i;
    }
    return body != FOCUS_NONE      ? body
           : primary != FOCUS_NONE ? primary
           : action != FOCUS_NONE  ? action
           : m->count              ? 0
                                   : FOCUS_NONE;
}

static int ordinal_of(const struct focus_map *m, const struct widget *w)
{
    int ordinal = 0;
    for (size_t i = 0; page_at(m->page, i) != w; i++)
        ordinal += !*page_at(m->page, i)->id;
    return ordinal;
}

struct focus focus_mark(const struct focus_map *m, int at)
{
    struct focus f = { 0 };
    if (at < 0 || at >= m->count)
        return f;
    const struct focus_stop *stop = &m->stops[at];
    snprintf(f.id, sizeof(f.id), "%s", stop->widget->id);
    f.ordinal = *f.id ? 0 : ordinal_of(m, stop->widget);
    f.box = stop->box;
    f.is_set = true;
    return f;
}

static bool is_at(const struct focus_map *m, const struct focus_stop *stop, const struct focus *f)
{
    if (*f->id)
        return !strcmp(stop->widget->id, f->id);
    return !*stop->widget->id && stop->box.x == f->box.x &&
           ordinal_of(m, stop->widget) == f->ordinal;
}

static int64_t distance(struct rect a, struct rect b)
{
    int64_t dx = (int64_t)(a.x + a.w / 2) - (b.x + b.w / 2);
    int64_t dy = (int64_t)(a.y + a.h / 2) - (b.y + b.h / 2);
    return dx * dx + dy * dy;
}

int focus_find(const struct focus_map *m, const struct focus *f)
{
    int nearest = FOCUS_NONE;
    if (!f->is_set)
        return focus_first(m);
    for (int i = 0; i < m->count; i++) {
        if (is_at(m, &m->stops[i], f))
            return i;
        if (nearest == FOCUS_NONE ||
            distance(m->stops[i].box, f->box) < distance(m->stops[nearest].box, f->box))
            nearest = i;
    }
    return nearest;
}

/* How far a stop lies aside of the column x. */
static int aside(struct rect box, int x)
{
    if (x < box.x)
        return box.x - x;
    return x >= box.x + box.w ? x - box.x - box.w + 1 : 0;
}

static int in_row(const struct focus_map *m, int row, int x)
{
    int best = FOCUS_NONE;
    for (int i = 0; i < m->count; i++) {
        if (m->stops[i].row != row)
            continue;
        if (best == FOCUS_NONE || aside(m->stops[i].box, x) < aside(m->stops[best].box, x))
            best = i;
    }
    return best;
}

int focus_move(const struct focus_map *m, int at, enum focus_move move, bool *has_wrapped)
{
    bool is_forward = move == FOCUS_RIGHT || move == FOCUS_DOWN;
    int to;
    if (has_wrapped)
        *has_wrapped = false;
    if (!m->count)
        return FOCUS_NONE;
    if (at < 0 || at >= m->count)
        return focus_first(m);
    if (move == FOCUS_LEFT || move == FOCUS_RIGHT) {
        to = (at + (is_forward ? 1 : m->count - 1)) % m->count;
    } else {
        int row = (m->stops[at].row + (is_forward ? 1 : m->row_count - 1)) % m->row_count;
        to = in_row(m, row, m->stops[at].box.x + m->stops[at].box.w / 2);
    }
    if (has_wrapped)
        *has_wrapped = is_forward ? to <= at : to >= at;
    return to;
}

/* ---- keys ---------------------------------------------------------------------------- */

struct page_reply focus_select(const struct widget *w, int pad_verb)
{
    if (w->is_disabled)
        return (struct page_reply){ .kind = PAGE_WHY, .widget = w };
    if (w->kind->is_pad && pad_verb)
        return (struct page_reply){ .kind = PAGE_ACTION,
                                    .widget = w,
                                    .action = { pad_verb, w->id, "" } };
    if (w->kind->is_pad || !w->action.verb)
        return (struct page_reply){ .kind = PAGE_NOTHING, .widget = w };
    return (struct page_reply){ .kind = PAGE_ACTION, .widget = w, .action = w->action };
}

struct page_reply focus_back(const struct focus_map *m)
{
    static const char *const ways[] = { "other", "back" };
    bool has_keys = false;
    for (int i = 0; i < m->count; i++)
        has_keys |= m->stops[i].part == FOCUS_SHEET;
    /* While keys are open the button beside the primary one closes them; else the header's button
     * is the surer name: "other" may be another matter. */
    for (size_t i = 0; i < 2; i++) {
        const struct widget *w = page_find(m->page, ways[has_keys ? i : 1 - i]);
        if (w && w->action.verb && !w->is_disabled)
            return focus_select(w, 0);
    }
    return (struct page_reply){ .kind = PAGE_NOTHING };
}
