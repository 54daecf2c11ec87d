/* What answers a finger: every target drawn twice, at rest and pressed. */
#include <string.h>

#include "tests/golden/lint_inside.h"

static void draw_on(struct canvas *c, const struct linter *l, struct widget w, bool is_pressed)
{
    const struct lint_subject *s = l->subject;
    struct look look = { c, s->text, s->theme };
    canvas_fill(c, c->clip, s->theme->colors[COLOR_BG]);
    w.box = (struct rect){ 0, 0, w.box.w, w.box.h };
    w.is_pressed = is_pressed;
    w.kind->draw(&w, &look);
}

static int press(struct linter *l, const struct widget *w)
{
    AUTO(canvas_free) struct canvas *rest = NULL, *pressed = NULL;
    int r = canvas_new(&rest, w->box.w, w->box.h);
    if (!r)
        r = canvas_new(&pressed, w->box.w, w->box.h);
    if (r)
        return r;
    draw_on(rest, l, *w, false);
    draw_on(pressed, l, *w, true);
    size_t bytes = (size_t)w->box.w * (size_t)w->box.h * sizeof(*rest->pixels);
    if (!memcmp(rest->pixels, pressed->pixels, bytes))
        lint_say(l, LINT_PRESS, w, "looks the same under a finger");
    return 0;
}

int lint_presses(struct linter *l)
{
    const struct page *p = l->subject->page;
    for (size_t i = 0; i < page_count(p); i++) {
        const struct widget *w = page_at(p, i);
        bool is_target = w->action.verb && !w->kind->is_pad && !w->is_disabled;
        int r = is_target ? press(l, w) : 0;
        if (r)
            return r;
    }
    return 0;
}
