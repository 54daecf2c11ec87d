/* A page by ear: no two stops of the keypad that do different things say the same. */
#include <stdlib.h>
#include <string.h>

#include "tests/golden/lint_inside.h"
#include "ui/speech/narrate.h"

static bool is_same_action(const struct action *a, const struct action *b)
{
    return a->verb == b->verb && !strcmp(a->name ? a->name : "", b->name ? b->name : "") &&
           !strcmp(a->value ? a->value : "", b->value ? b->value : "");
}

/* A target that can be gone to before, and sounds like this one. */
static void look_back(struct linter *l, const struct focus_map *m, char *const *said, int at)
{
    const struct focus_stop *stop = &m->stops[at];
    for (int i = 0; i < at; i++) {
        const struct focus_stop *other = &m->stops[i];
        if (!other->is_target || strcmp(said[i], said[at]) != 0 ||
            is_same_action(&other->widget->action, &stop->widget->action))
            continue;
        lint_say(l, LINT_ALIKE, stop->widget, "sounds like %s: %.80s", other->widget->id, said[at]);
        return;
    }
}

void lint_ear(struct linter *l)
{
    static char *said[PAGE_WIDGETS_MAX];
    static struct utterance u;
    static struct focus_map map;
    const struct narrate_place place = { .language = l->subject->language == LANGUAGE_ZH ? SAY_ZH
                                                                                         : SAY_EN };
    focus_map(&map, l->subject->page);
    for (int i = 0; i < map.count; i++) {
        narrate_stop(&map, i, &place, &u);
        said[i] = strdup(u.text);
        if (!said[i])
            abort();
        /* An answer is told with its question when one comes to it. */
        if (map.stops[i].is_target && map.stops[i].widget->kind != &widget_choice)
            look_back(l, &map, said, i);
    }
    for (int i = 0; i < map.count; i++)
        free(said[i]);
}
