/* An address begins with a place that this point knows, and goes on with a road of it: two touches instead of twenty letters. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/form.h"

enum { BESIDE = 14, SIDES = 64 };

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

/* ---- rows of chips --------------------------------------------------------------------- */

static int chip_w(struct scene *s, const char *label)
{
    int width = text_width(s->text, s->theme->types[TYPE_BODY], label) + SIDES;
    return width < s->w ? width : s->w;
}

static const char *label_of(struct scene *s, const struct offer *o, size_t i)
{
    return scene_words(s, o->in ? &o->in->roads[i]
                                : &catalogue_point(s->view->catalogue)->villages[i].name);
}

/* How many from `first` on stand in `rows` rows, of which the last leaves out `kept` px. */
static size_t count_fitting(struct scene *s, const struct offer *o, size_t first, int rows,
                            int kept)
{
    size_t i = first;
    int x = 0;
    for (; i < o->count; i++) {
        int width = chip_w(s, label_of(s, o, i));
        if (x && x + width > s->w - (rows == 1 ? kept : 0)) {
            if (--rows == 0)
                break;
            x = 0;
        }
        x += width + BESIDE;
    }
    return i > first ? i - first : 1;
}

struct row {
    int x, height;
};

static void add_chip(struct scene *s, struct row *row, struct widget w)
{
    int width = chip_w(s, w.label);
    if (row->x > s->x && row->x + width > s->x + s->w) {
        row->x = s->x;
        s->y += row->height + BESIDE;
    }
    w.box = (struct rect){ row->x, s->y, width, row->height };
    page_add(s->page, w);
    row->x += width + BESIDE;
}

/* As many rows as stay in sight above the keys, two at most. What does not fit has pages. */
static void add_chips(struct scene *s, const struct field *f, const struct offer *o)
{
    struct row row = { s->x, s->theme->target + 7 };
    int bottom = s->is_wide ? scene_bottom(s) : s->sheet.y;
    int rows = bottom - s->y - 32 >= 2 * (row.height + BESIDE) ? 2 : 1;
    const char *more = tr("More places");
    int kept = count_fitting(s, o, 0, rows, 0) < o->count ? chip_w(s, more) + BESIDE : 0;
    size_t first = 0, count = count_fitting(s, o, 0, rows, kept);
    for (int page = s->around->keyboard.page; kept && page > 0; page--) {
        first = first + count < o->count ? first + count : 0;
        count = count_fitting(s, o, first, rows, kept);
    }
    for (size_t i = first; i < o->count && i < first + count; i++)
        add_chip(s, &row, place_chip(s, f, o, i));
    if (kept)
        add_chip(s, &row, chip(s, "place", "more", more, (struct action){ UI_NEXT_PAGE, "", "" }));
    s->y += row.height;
}

void form_add_places(struct scene *s, const struct field *f)
{
    struct offer o = offer_for(s, f);
    if (!o.count)
        return;
    flow_gap(s, BESIDE);
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2,
              o.in ? tr("On one of these roads? Touch it, then add the number:")
                   : tr("In one of these? Touch it, then add the rest:"),
              2);
    flow_gap(s, 8);
    add_chips(s, f, &o);
}
