#include "ui/widget/focus.h"

#include <stdlib.h>
#include <string.h>

/* ---- texts --------------------------------------------------------------------------- */

static bool has_id(const struct widget *w, const char *id)
{
    return !strcmp(w->id, id);
}

/* Names of columns are for eyes: each day says its own. */
static bool is_text(const struct widget *w)
{
    return (w->kind == &widget_label || w->kind == &widget_heading) && !has_id(w, WIDGET_FOR_EYES);
}

static size_t index_of(const struct page *p, const struct widget *w)
{
    return (size_t)(w - page_at(p, 0));
}

/* The words above a field begin with the field's name. */
static bool is_question(const struct page *p, const struct widget *w)
{
    for (size_t i = 0; w->kind == &widget_label && i < page_count(p); i++) {
        const struct widget *f = page_at(p, i);
        if (f->field && *f->label && !strncmp(w->label, f->label, strlen(f->label)))
            return true;
    }
    return false;
}

/* The sentence below a field repeats what the field's facts say. */
static bool is_error_text(const struct page *p, const struct widget *w)
{
    for (size_t i = 0; w->kind == &widget_label && *w->label && i < page_count(p); i++) {
        const struct widget *f = page_at(p, i);
        if (f->field && !strcmp(f->field->error, w->label))
            return true;
    }
    return false;
}

static bool starts_run(const struct page *p, const struct widget *w)
{
    size_t i = index_of(p, w);
    return w->kind == &widget_heading || !i || !is_text(page_at(p, i - 1)) || is_question(p, w) ||
           is_error_text(p, page_at(p, i - 1));
}

size_t focus_run(const struct page *p, const struct widget *first,
                 const struct widget *out[FOCUS_RUN_MAX])
{
    size_t count = 0;
    for (size_t i = index_of(p, first); i < page_count(p) && count < FOCUS_RUN_MAX; i++) {
        const struct widget *w = page_at(p, i);
        if (count && (!is_text(w) || starts_run(p, w) || is_error_text(p, w)))
            break;
        out[count++] = w;
    }
    return count;
}

static const struct widget *run_start(const struct page *p, const struct widget *w)
{
    size_t i = index_of(p, w);
    for (int lines = 1; lines < FOCUS_RUN_MAX && i && !starts_run(p, page_at(p, i)); lines++)
        i--;
    return page_at(p, i);
}

const struct widget *focus_question(const struct page *p, const struct widget *w)
{
    if (w->kind != &widget_field && w->kind != &widget_choice)
        return NULL;
    for (size_t i = index_of(p, w); i > 0; i--) {
        const struct widget *text = page_at(p, i - 1);
        if (is_question(p, text))
            return text;
        bool is_between = is_text(text) || text->kind == &widget_choice;
        if (!is_between)
            return NULL;
    }
    return NULL;
}

const struct widget *focus_group(const struct page *p, const struct widget *choice)
{
    for (size_t i = 0; i < page_count(p) && choice->kind == &widget_choice; i++) {
        const struct widget *w = page_at(p, i);
        int y = choice->box.y + choice->box.h / 2, x = choice->box.x + choice->box.w / 2;
        if (w->kind == &widget_group && rect_contains(w->box, x, y))
            return w;
    }
    return NULL;
}

/* ---- which widgets are stops --------------------------------------------------------- */

static bool is_scroller(const struct page *p, const struct widget *w)
{
    return !rect_is_empty(page_scroll_area(p)) && (has_id(w, "up") || has_id(w, "down"));
}

static bool is_target(const struct widget *w)
{
    return *w->id && (w->action.verb || w->kind->is_pad || w->is_disabled) &&
           w->kind != &widget_group;
}

static bool lies_on_target(const struct page *p, const struct widget *w)
{
    for (size_t i = 0; i < index_of(p, w); i++) {
        const struct widget *under = page_at(p, i);
        if (is_target(under) && rect_contains(under->box, w->box.x, w->box.y) &&
            rect_contains(under->box, w->box.x + w->box.w - 1, w->box.y + w->box.h - 1))
            return true;
    }
    return false;
}

/* Texts on the header's band are the title, the place and the clock. */
static bool is_on_brand(const struct widget *w)
{
    return w->color == COLOR_ON_BRAND || w->color == COLOR_ON_BRAND_2;
}

static bool is_text_stop(const struct page *p, const struct widget *w)
{
    if (!*w->label || is_on_brand(w) || has_id(w, "title") || is_error_text(p, w) ||
        !starts_run(p, w))
        return false;
    return !is_question(p, w) && !has_id(run_start(p, w), "title");
}

static bool is_read(const struct page *p, const struct widget *w)
{
    if (is_text(w))
        return is_text_stop(p, w);
    bool is_known = w->kind == &widget_notice || w->kind == &widget_fact ||
                    w->kind == &widget_moment || w->kind == &widget_qr ||
                    w->kind == &widget_field || w->kind == &widget_compact;
    return is_known && !has_id(w, "why") && !lies_on_target(p, w);
}

/* ---- parts --------------------------------------------------------------------------- */

struct marks {
    struct rect sheet; /* behind the keys, empty: none */
    size_t action;     /* the first of the row of actions */
    struct rect row;   /* its box */
};

static struct marks marks_of(const struct page *p)
{
    struct marks m = { .action = page_count(p) };
    for (size_t i = 0; i < page_count(p); i++) {
        const struct widget *w = page_at(p, i);
        if (w->kind == &widget_band && w->color == COLOR_SHEET)
            m.sheet = w->box;
        bool is_action = has_id(w, "primary") || has_id(w, "other");
        if (is_action && !w->is_in_scroll && m.action == page_count(p)) {
            m.action = i;
            m.row = w->box;
        }
    }
    return m;
}

/* Do two boxes stand side by side: half of the lower one's height beside the other? */
static bool is_beside(struct rect a, struct rect b)
{
    int top = a.y > b.y ? a.y : b.y;
    int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    int least = a.h < b.h ? a.h : b.h;
    return bottom - top >= (least + 1) / 2;
}

static enum focus_part part_of(const struct page *p, const struct marks *m, const struct widget *w)
{
    if (w->kind == &widget_bar_item)
        return FOCUS_BAR;
    if (w->style == STYLE_ON_BRAND && w->kind == &widget_button)
        return FOCUS_HEADER;
    bool is_free = w->kind == &widget_button && !w->is_in_scroll;
    if (is_free && index_of(p, w) >= m->action)
        return FOCUS_ACTIONS;
    bool is_in_sheet = rect_contains(m->sheet, w->box.x + w->box.w / 2, w->box.y + w->box.h / 2);
    if (w->kind == &widget_key || (is_in_sheet && !w->is_in_scroll))
        return FOCUS_SHEET;
    bool is_in_row = m->action < page_count(p) && is_beside(w->box, m->row);
    return is_free && is_in_row ? FOCUS_ACTIONS : FOCUS_BODY;
}

static int band_of(const struct page *p, const struct widget *w)
{
    struct rect area = page_scroll_area(p);
    if (rect_is_empty(area))
        return 0;
    return w->is_in_scroll ? 1 : w->box.y < area.y ? 0 : 2;
}

/* ---- the ring ------------------------------------------------------------------------ */

static int by_place(const void *left, const void *right)
{
    const struct focus_stop *a = left, *b = right;
    if (a->part != b->part)
        return (int)a->part - (int)b->part;
    if (a->band != b->band)
        return a->band - b->band;
    if (a->box.y != b->box.y)
        return a->box.y - b->box.y;
    return a->box.x != b->box.x ? a->box.x - b->box.x : (a->widget > b->widget) * 2 - 1;
}

static int by_row(const void *left, const void *right)
{
    const struct focus_stop *a = left, *b = right;
    if (a->row != b->row)
        return a->row - b->row;
    return a->box.x != b->box.x ? a->box.x - b->box.x : (a->widget > b->widget) * 2 - 1;
}

static void number_rows(struct focus_map *m)
{
    const struct focus_stop *first = NULL;
    m->row_count = 0;
    for (int i = 0; i < m->count; i++) {
        struct focus_stop *stop = &m->stops[i];
        bool is_same = first && first->part == stop->part && first->band == stop->band &&
                       is_beside(first->box, stop->box);
        if (!is_same) {
            first = stop;
            m->row_count++;
        }
        stop->row = m->row_count - 1;
    }
}

void focus_map(struct focus_map *out, const struct page *p)
{
    struct marks marks = marks_of(p);
    out->page = p;
    out->count = 0;
    for (size_t i = 0; i < page_count(p); i++) {
        const struct widget *w = page_at(p, i);
        bool target = is_target(w) && !is_scroller(p, w);
        if (!target && (is_target(w) || !is_read(p, w)))
            continue;
        out->stops[out->count++] = (struct focus_stop){ .widget = w,
                                                        .part = part_of(p, &marks, w),
                                                        .band = band_of(p, w),
                                                        .box = w->box,
                                                        .is_target = target };
    }
    if (!out->count)
        return;
    qsort(out->stops, (size_t)out->count, sizeof(out->stops[0]), by_place);
    number_rows(out);
    qsort(out->stops, (size_t)out->count, sizeof(out->stops[0]), by_row);
}
