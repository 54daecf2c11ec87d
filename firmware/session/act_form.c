/* Acts that fill in a form and review it. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/acts.h"

/* ---- the form -------------------------------------------------------------------------------- */

static enum screen form_close(struct session *s)
{
    s->visit.has_errors_shown = false;
    draft_focus(s, -1);
    submit_reserve(s);
    return SCREEN_REVIEW;
}

enum screen form_open(struct session *s)
{
    draft_open(s);
    draft_show_page(s, 0, DRAFT_FIRST);
    if (!session_page_is_asked(s, 0) && !draft_step(s, 1))
        return form_close(s);
    return SCREEN_FORM;
}

enum screen act_next_page(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    (void)e;
    int wrong = draft_first_problem(s, v->page);
    if (wrong >= 0) {
        /* The first one that is typed and still empty opens by itself; anything else is shown with
         * its sentence. */
        bool was_editing = v->focus >= 0;
        v->has_errors_shown = !was_editing || wrong == v->focus || draft_first_empty(s) < 0;
        draft_focus(s, was_editing && draft_first_empty(s) != v->focus ? draft_first_empty(s) : -1);
        return stay();
    }
    return draft_step(s, 1) ? stay() : form_close(s);
}

enum screen act_last_page(struct session *s, const struct event *e)
{
    (void)e;
    bool has_moved = draft_step(s, -1);
    draft_focus(s, -1); /* who goes back wants to look first */
    return has_moved ? stay() : SCREEN_GUIDE;
}

enum screen act_focus_field(struct session *s, const struct event *e)
{
    draft_focus(s, e->name && *e->name ? draft_find(s, e->name) : -1);
    return stay();
}

enum screen act_type_field(struct session *s, const struct event *e)
{
    draft_type(s, e->value ? e->value : "");
    return stay();
}

enum screen act_erase_field(struct session *s, const struct event *e)
{
    (void)e;
    draft_erase(s);
    return stay();
}

enum screen act_clear_field(struct session *s, const struct event *e)
{
    (void)e;
    draft_clear(s);
    return stay();
}

enum screen act_choose(struct session *s, const struct event *e)
{
    if (e->name && e->value)
        draft_choose(s, e->name, e->value);
    return stay();
}

enum screen act_use_ink(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.is_ink_focus = draft_ink(s, true) != NULL;
    return stay();
}

enum screen act_use_keys(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.is_ink_focus = false;
    return stay();
}

enum screen act_draw(struct session *s, const struct event *e)
{
    struct ink *ink = draft_ink(s, false);
    int64_t now = session_now(s);
    if (!ink)
        return stay();
    bool has_changed = e->kind == EV_INK_BEGIN  ? ink_begin(ink, e->x, e->y, now)
                       : e->kind == EV_INK_MOVE ? ink_move(ink, e->x, e->y, now)
                       : e->kind == EV_INK_END  ? ink_end(ink)
                       : e->kind == EV_INK_UNDO ? ink_undo(ink)
                                                : (ink_clear(ink), true);
    s->visit.is_dirty |= has_changed;
    return stay();
}
