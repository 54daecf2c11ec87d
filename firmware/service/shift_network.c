/* The way to the county: tested when staff say so, and how the cable is set up. */
#include <stdlib.h>
#include <string.h>

#include "firmware/service/shift_inside.h"

/* ---- the test ----------------------------------------------------------------------------- */

static void begin_test(struct shift *s)
{
    s->view.work = STEP_NOW;
    s->view.tries_before = s->view.facts.way.tries;
    shift_order(s, ORDER_SYNC, 0);
}

enum shift_page shift_try_now(struct shift *s, const struct shift_cause *c)
{
    (void)c;
    if (s->view.work == STEP_NOW)
        return SHIFT_NETWORK;
    begin_test(s);
    shift_note(s, "network", "try now");
    return SHIFT_NETWORK;
}

void shift_judge_way(struct shift *s)
{
    const struct reach_facts *f = &s->view.facts.way;
    reach_judge(&s->view.way, f);
    if (s->view.page == SHIFT_NETWORK && s->view.work == STEP_NOW &&
        f->tries != s->view.tries_before)
        s->view.work = STEP_WELL;
}

/* ---- joining ------------------------------------------------------------------------------- */

enum shift_page shift_join(struct shift *s, const struct shift_cause *c)
{
    (void)c;
    if (s->view.is_busy || s->view.joining.step == JOIN_DONE)
        return SHIFT_JOIN;
    s->view.is_busy = true;
    s->view.join = STEP_NOW;
    s->view.why = SAY_WELL;
    shift_order(s, ORDER_JOIN, 0);
    return SHIFT_JOIN;
}

enum shift_page shift_joined(struct shift *s, const struct shift_cause *c)
{
    static const char *const words[] = { "nothing", "requested", "joined" };
    if (!s->view.is_busy)
        return SHIFT_JOIN;
    s->view.is_busy = false;
    s->view.why = c->news->said;
    s->view.joining = c->news->join;
    s->view.join = c->news->said == SAY_WELL ? STEP_WELL : STEP_FAILED;
    shift_note(s, "join", "%s %s", saying_word(c->news->said), words[c->news->join.step]);
    shift_order(s, ORDER_FACTS, 0);
    return SHIFT_JOIN;
}

/* ---- the cable ------------------------------------------------------------------------------ */

void shift_ask_wired(struct shift *s)
{
    shift_order(s, ORDER_SETTINGS, 0);
}

/* What somebody is typing already is theirs. */
enum shift_page shift_wired_told(struct shift *s, const struct shift_cause *c)
{
    struct shift_wired *w = &s->view.wired;
    if (w->is_changed)
        return SHIFT_WIRED;
    w->is_known = c->news->said == SAY_WELL;
    w->typed = c->news->wired;
    s->view.why = c->news->said;
    return SHIFT_WIRED;
}

static void change(struct shift_wired *w)
{
    w->is_changed = true;
    w->trouble = WIRED_FINE;
    w->step = STEP_OFF;
}

enum shift_page shift_wired_mode(struct shift *s, const struct shift_cause *c)
{
    struct shift_wired *w = &s->view.wired;
    if (w->step == STEP_NOW || !w->is_known)
        return SHIFT_WIRED;
    change(w);
    w->typed.is_fixed = !strcmp(c->value, "fixed");
    return SHIFT_WIRED;
}

enum shift_page shift_wired_field(struct shift *s, const struct shift_cause *c)
{
    long field = strtol(c->value, NULL, 10);
    if (field >= 0 && field < WIRED_FIELDS)
        s->view.wired.field = (enum wired_field)field;
    return SHIFT_WIRED;
}

enum shift_page shift_wired_digit(struct shift *s, const struct shift_cause *c)
{
    struct shift_wired *w = &s->view.wired;
    char *text = w->typed.text[w->field], key = c->value[0];
    size_t length = strlen(text);
    bool is_key = ((key >= '0' && key <= '9') || key == '.') && !c->value[1];
    if (!is_key || !w->typed.is_fixed || w->step == STEP_NOW || length + 1 >= WIRED_TEXT)
        return SHIFT_WIRED;
    change(w);
    text[length] = key;
    text[length + 1] = 0;
    return SHIFT_WIRED;
}

enum shift_page shift_wired_erase(struct shift *s, const struct shift_cause *c)
{
    struct shift_wired *w = &s->view.wired;
    char *text = w->typed.text[w->field];
    size_t length = strlen(text);
    (void)c;
    if (!length || !w->typed.is_fixed || w->step == STEP_NOW)
        return SHIFT_WIRED;
    change(w);
    text[length - 1] = 0;
    return SHIFT_WIRED;
}

enum shift_page shift_wired_set(struct shift *s, const struct shift_cause *c)
{
    struct shift_wired *w = &s->view.wired;
    struct shift_order order = { .kind = ORDER_WIRED, .wired = w->typed };
    (void)c;
    if (w->step == STEP_NOW || !w->is_known)
        return SHIFT_WIRED;
    w->trouble = wired_judge(&w->typed, &w->wrong);
    if (w->trouble) {
        w->field = w->wrong;
        return SHIFT_WIRED;
    }
    w->step = STEP_NOW;
    shift_note(s, "network", "set %s %s", w->typed.is_fixed ? "fixed" : "dhcp",
               w->typed.is_fixed ? w->typed.text[WIRED_ADDRESS] : "");
    s->ports->order(s->context, &order);
    return SHIFT_WIRED;
}

/* Then the way is tested with it. */
enum shift_page shift_wired_kept(struct shift *s, const struct shift_cause *c)
{
    struct shift_wired *w = &s->view.wired;
    if (w->step != STEP_NOW)
        return SHIFT_WIRED;
    w->step = c->news->said == SAY_WELL ? STEP_WELL : STEP_FAILED;
    s->view.why = c->news->said;
    if (w->step == STEP_FAILED)
        return SHIFT_WIRED;
    begin_test(s);
    return SHIFT_NETWORK;
}
