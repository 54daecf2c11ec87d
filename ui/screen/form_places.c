/* An address begins with a place that this point knows: one touch instead of twenty letters. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/form.h"

enum { PLACES_MAX = 6, BESIDE = 14, SIDES = 64 };

static struct widget place_button(struct scene *s, const struct field *f, const struct village *v)
{
    struct widget w = { .kind = &widget_button,
                        .style = STYLE_QUIET,
                        .type = TYPE_BODY,
                        .label = scene_words(s, &v->name),
                        .is_in_scroll = s->is_in_scroll,
                        .action = { EV_TYPE, f->name, v->address } };
    snprintf(w.id, sizeof(w.id), "place:%s", v->id);
    return w;
}

/* Begun otherwise, it is typed to the end. What is being typed must stay in sight: no room, no places. */
static bool has_places(const struct scene *s, const struct field *f)
{
    int bottom = s->is_wide ? scene_bottom(s) : s->sheet.y;
    int needed = 2 * BESIDE + 2 * scene_line(s, TYPE_SMALL) + 8 + s->theme->target;
    return f->kind == FIELD_ADDRESS && !*session_answer(s->session, f) &&
           !*s->view->spelling->letters && s->y + needed <= bottom &&
           catalogue_point(s->view->catalogue)->village_count;
}

void form_add_places(struct scene *s, const struct field *f)
{
    if (!has_places(s, f))
        return;
    const struct point *point = catalogue_point(s->view->catalogue);
    int height = s->theme->target + 7, x = s->x, right = s->x + s->w;
    flow_gap(s, BESIDE);
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2, tr("In one of these? Touch it, then add the rest:"), 2);
    flow_gap(s, 8);
    for (size_t i = 0; i < point->village_count && i < PLACES_MAX; i++) {
        struct widget w = place_button(s, f, &point->villages[i]);
        int width = text_width(s->text, s->theme->types[TYPE_BODY], w.label) + SIDES;
        if (x > s->x && x + width > right) {
            x = s->x;
            s->y += height + BESIDE;
        }
        w.box = (struct rect){ x, s->y, width > s->w ? s->w : width, height };
        page_add(s->page, w);
        x += width + BESIDE;
    }
    s->y += height;
}
