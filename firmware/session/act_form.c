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
    if (!checklist_is_asked(s))
        return s->visit.helper.is_helping ? SCREEN_HELPER_BACK : SCREEN_REVIEW;
    checklist_show(s, CHECKLIST_FIRST_OPEN);
    return SCREEN_PAPERS;
}

enum screen form_first(struct session *s)
{
    draft_show_page(s, 0, DRAFT_FIRST);
    if (!session_page_is_asked(s, 0) && !draft_step(s, 1))
        return form_close(s);
    return SCREEN_FORM;
}

/* A booking begins with its day, when the county says which are left. */
enum screen form_open(struct session *s)
{
    if (precheck_stops(s))
        return SCREEN_CONDITION;
    s->visit.desk.day[0] = 0;
    draft_open(s);
    return desk_has_calendar(s) ? SCREEN_CALENDAR : fetch_begin(s);
}

enum screen act_next_page(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    (void)e;
    if (spelling_is_pending(s))
        return stay();
    int wrong = draft_first_problem(s, v->page);
    if (wrong >= 0) {
        /* The first one that is typed and still empty opens by itself; anything else is shown with
         * its sentence. */
        bool was_editing = v->focus >= 0;
        v->has_errors_shown = !was_editing || wrong == v->focus || draft_first_empty(s) < 0;
        draft_focus(s, was_editing && draft_first_empty(s) != v->focus ? draft_first_empty(s) : -1);
        return stay();
    }
    return form_go_on(s);
}

enum screen form_go_on(struct session *s)
{
    if (precheck_stops(s))
        return SCREEN_CONDITION;
    return draft_step(s, 1) ? SCREEN_FORM : form_close(s);
}

enum screen act_last_page(struct session *s, const struct event *e)
{
    (void)e;
    bool has_moved = draft_step(s, -1);
    draft_focus(s, -1); /* who goes back wants to look first */
    if (has_moved)
        return stay();
    if (fetch_has_page(s))
        return fetch_last(s);
    return desk_has_calendar(s) ? SCREEN_CALENDAR : SCREEN_GUIDE;
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
    if (!spelling_erase(s))
        draft_erase(s);
    return stay();
}

enum screen act_clear_field(struct session *s, const struct event *e)
{
    (void)e;
    spelling_clear(s);
    draft_clear(s);
    return stay();
}

/* A date as far as it is picked: nothing, a year, its month, its day. */
static bool is_begun_date(const char *text)
{
    size_t length = strlen(text);
    return strspn(text, "0123456789") == length && length <= 8 && length != 2 && length % 2 == 0;
}

enum screen act_pick_date(struct session *s, const struct event *e)
{
    const struct field *f = draft_focused(s);
    if (!f || f->kind != FIELD_DATE || !e->value || !is_begun_date(e->value))
        return stay();
    struct answer *a = draft_answer(s, f);
    explicit_bzero(a, sizeof(*a));
    text_copy(a->text, sizeof(a->text), e->value);
    s->visit.is_dirty = true;
    return stay();
}

enum screen act_choose(struct session *s, const struct event *e)
{
    if (e->name && e->value)
        draft_choose(s, e->name, e->value);
    return stay();
}

static bool draw_on(struct ink *ink, const struct event *e, int64_t now)
{
    switch (e->kind) {
    case EV_INK_BEGIN:
        return ink_begin(ink, e->x, e->y, now);
    case EV_INK_MOVE:
        return ink_move(ink, e->x, e->y, now);
    case EV_INK_END:
        return ink_end(ink);
    case EV_INK_UNDO:
        return ink_undo(ink);
    default:
        ink_clear(ink);
        return true;
    }
}

/* On the pad for one character every finished stroke is looked at again. */
static void draw_character(struct session *s, const struct event *e)
{
    if (e->kind == EV_INK_BEGIN)
        spelling_stroke_begins(s, e->x);
    draw_on(spelling_ink(s), e, session_now(s));
    if (e->kind == EV_INK_END || e->kind == EV_INK_UNDO || e->kind == EV_INK_CLEAR)
        spelling_recognise(s);
}

enum screen act_draw(struct session *s, const struct event *e)
{
    struct ink *ink = draft_ink(s, false);
    if (spelling_ink(s))
        draw_character(s, e);
    else if (ink)
        s->visit.is_dirty |= draw_on(ink, e, session_now(s));
    return stay();
}
