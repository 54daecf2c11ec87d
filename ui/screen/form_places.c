/* An address begins with a place that this point knows, and goes on with a road of it: two touches instead of twenty letters. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/form.h"

enum { PLACES_MAX = 6, BESIDE = 14, SIDES = 64 };

/* What is offered: villages, or the roads of the one that was chosen (`in`). */
struct offer {
    const struct village *in;
    size_t count;
};

static struct widget chip(struct scene *s, const char *kind, const char *id, const char *label,
                          struct action action)
{
    struct widget w = { .kind = &widget_button,
                        .style = STYLE_QUIET,
                        .type = TYPE_BODY,
                        .label = label,
                        .is_in_scroll = s->is_in_scroll,
                        .action = action };
    snprintf(w.id, sizeof(w.id), "%s:%s", kind, id);
    return w;
}

static struct widget place_chip(struct scene *s, const struct field *f, const struct offer *o,
                                size_t i)
{
    if (!o->in) {
        const struct village *v = &catalogue_point(s->view->catalogue)->villages[i];
        return chip(s, "place", v->id, scene_words(s, &v->name),
                    (struct action){ EV_TYPE, f->name, v->address });
    }
    const struct words *road = &o->in->roads[i];
    return chip(s, "road", page_format(s->page, "%zu", i), scene_words(s, road),
                (struct action){ EV_TYPE, f->name, road->in[LANGUAGE_ZH] });
}

/* Begun otherwise, it is typed to the end. What is being typed must stay in sight: no room, no places. */
static struct offer offer_for(const struct scene *s, const struct field *f)
{
    struct offer o = { 0 };
    const struct point *point = catalogue_point(s->view->catalogue);
    const char *answer = session_answer(s->session, f);
    int bottom = s->is_wide ? scene_bottom(s) : s->sheet.y;
    int needed = 2 * BESIDE + 2 * scene_line(s, TYPE_SMALL) + 8 + s->theme->target;
    if (f->kind != FIELD_ADDRESS || *s->view->spelling->letters || s->y + needed > bottom)
        return o;
    for (size_t i = 0; *answer && !o.in && i < point->village_count; i++)
        if (!strcmp(point->villages[i].address, answer))
            o.in = &point->villages[i];
    o.count = o.in ? o.in->road_count : *answer ? 0 : point->village_count;
    return o;
}

struct row {
    int x, right, height;
};

static void add_chip(struct scene *s, struct row *row, struct widget w)
{
    int width = text_width(s->text, s->theme->types[TYPE_BODY], w.label) + SIDES;
    if (row->x > s->x && row->x + width > row->right) {
        row->x = s->x;
        s->y += row->height + BESIDE;
    }
    w.box = (struct rect){ row->x, s->y, width > s->w ? s->w : width, row->height };
    page_add(s->page, w);
    row->x += width + BESIDE;
}

void form_add_places(struct scene *s, const struct field *f)
{
    struct offer o = offer_for(s, f);
    struct row row = { s->x, s->x + s->w, s->theme->target + 7 };
    if (!o.count)
        return;
    size_t each = o.count > PLACES_MAX ? PLACES_MAX - 1 : PLACES_MAX;
    size_t pages = (o.count + each - 1) / each,
           first = (size_t)s->around->keyboard.page % pages * each;
    flow_gap(s, BESIDE);
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2,
              o.in ? tr("On one of these roads? Touch it, then add the number:")
                   : tr("In one of these? Touch it, then add the rest:"),
              2);
    flow_gap(s, 8);
    for (size_t i = first; i < o.count && i < first + each; i++)
        add_chip(s, &row, place_chip(s, f, &o, i));
    if (pages > 1)
        add_chip(
            s, &row,
            chip(s, "place", "more", tr("More places"), (struct action){ UI_NEXT_PAGE, "", "" }));
    s->y += row.height;
}
