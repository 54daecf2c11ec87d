#include "ui/screen/walk.h"

#include <string.h>

int walk_stop(const struct walk *w, const struct focus_map *m)
{
    if (!w->is_on)
        return FOCUS_NONE;
    return w->focus.is_set ? focus_find(m, &w->focus) : focus_first(m);
}

const struct widget *walk_place(struct walk *w, struct page *p, bool is_new_page)
{
    struct focus_map m;
    if (!w->is_on)
        return NULL;
    if (is_new_page)
        w->focus = (struct focus){ 0 };
    focus_map(&m, p);
    int at = walk_stop(w, &m);
    if (at == FOCUS_NONE)
        return NULL;
    w->focus = focus_mark(&m, at);
    page_ring(p, m.stops[at].widget);
    return m.stops[at].widget;
}

/* The pad of a signature can be answered by a key; words cannot be written without seeing. */
static bool is_signature(const struct widget *w)
{
    return !strcmp(w->id, "sign.pad");
}

struct page_reply walk_key(struct walk *w, const struct page *p, enum stage_key key, int pad_verb)
{
    static const enum focus_move moves[] = { [STAGE_KEY_UP] = FOCUS_UP,
                                             [STAGE_KEY_DOWN] = FOCUS_DOWN,
                                             [STAGE_KEY_LEFT] = FOCUS_LEFT,
                                             [STAGE_KEY_RIGHT] = FOCUS_RIGHT };
    struct focus_map m;
    struct page_reply nothing = { .kind = PAGE_NOTHING };
    bool was_on = w->is_on;
    w->is_on = true;
    focus_map(&m, p);
    int at = walk_stop(w, &m);
    if (key == STAGE_KEY_BACK)
        return focus_back(&m);
    if (at == FOCUS_NONE)
        return nothing;
    if (key == STAGE_KEY_SELECT)
        return was_on ? focus_select(m.stops[at].widget,
                                     is_signature(m.stops[at].widget) ? pad_verb : 0)
                      : nothing;
    /* The first press only shows where one is. */
    if (was_on)
        w->focus = focus_mark(&m, focus_move(&m, at, moves[key], &w->has_wrapped));
    return nothing;
}
