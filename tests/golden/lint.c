#include "tests/golden/lint_inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const lint_rule_names[LINT_RULES] = {
    "target", "gap",      "overlap", "size",    "contrast", "border", "cut",   "icon",
    "name",   "language", "panel",   "primary", "press",    "alike",  "reach",
};

void lint_say(struct linter *l, enum lint_rule rule, const struct widget *w, const char *format,
              ...)
{
    struct findings *out = l->out;
    if (out->count >= FINDINGS_MAX) {
        out->count++;
        return;
    }
    struct finding *f = &out->list[out->count++];
    va_list args;
    f->rule = rule;
    snprintf(f->widget, sizeof(f->widget), "%s", *w->id ? w->id : w->label);
    va_start(args, format);
    vsnprintf(f->text, sizeof(f->text), format, args);
    va_end(args);
}

bool lint_is_target(const struct widget *w)
{
    return *w->id && (w->action.verb || w->kind->is_pad || w->is_disabled);
}

int lint_page(struct findings *out, const struct lint_subject *subject)
{
    struct linter *l = calloc(1, sizeof(*l));
    if (!l)
        return fault_raise(-ENOMEM);
    l->subject = subject;
    l->out = out;
    int r = lint_drawing(l);
    if (!r)
        r = lint_presses(l);
    if (!r)
        lint_tree(l), lint_ear(l);
    free(l);
    return r;
}
