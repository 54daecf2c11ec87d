#include "ui/widget/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/locked.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "ui/widget/page_inside.h"
#include "ui/widget/paint.h"

int page_new(struct page **out)
{
    struct page *p = calloc(1, sizeof(*p));
    if (!p)
        return fault_raise(-ENOMEM);
    p->now = locked_new(sizeof(*p->now));
    p->before = locked_new(sizeof(*p->before));
    p->key = p->key_before = -1;
    p->width = PAGE_W;
    p->height = PAGE_H;
    if (!p->now || !p->before) {
        page_free(p);
        return fault_raise(-ENOMEM);
    }
    *out = p;
    return 0;
}

void page_free(struct page *p)
{
    if (!p)
        return;
    locked_free(p->now, sizeof(*p->now));
    locked_free(p->before, sizeof(*p->before));
    free(p);
}

void page_set_size(struct page *p, int width, int height)
{
    p->width = width;
    p->height = height;
}

/* ---- building ------------------------------------------------------------------------ */

static void generation_reset(struct generation *g)
{
    explicit_bzero(g->arena, g->used);
    explicit_bzero(g->widgets, g->count * sizeof(g->widgets[0]));
    g->count = g->used = 0;
}

void page_begin(struct page *p, int key)
{
    struct generation *old = p->before;
    p->before = p->now;
    p->now = old;
    generation_reset(old);
    p->key_before = p->key;
    p->key = key;
    p->area = (struct rect){ 0 };
    p->content_h = 0;
    if (key != p->key_before)
        p->scroll = 0;
}

static void log_full(struct page *p, const char *what)
{
    if (!p->is_full_logged)
        log_line(LOG_ERROR, "page", "page %d has no room for %s", p->key, what);
    p->is_full_logged = true;
}

void *page_data(struct page *p, size_t size)
{
    struct generation *g = p->now;
    size_t at = (g->used + 15) & ~(size_t)15;
    if (at + size > PAGE_ARENA) {
        log_full(p, "data");
        return NULL;
    }
    g->used = at + size;
    return g->arena + at;
}

const char *page_text(struct page *p, const char *text)
{
    struct generation *g = p->now;
    size_t room = PAGE_ARENA - g->used;
    if (!text || !*text || room < 8)
        return "";
    char *copy = g->arena + g->used;
    if (!text_copy(copy, room, text))
        log_full(p, "text");
    g->used += strlen(copy) + 1;
    return copy;
}

const char *page_format(struct page *p, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    const char *copy = page_text(p, text);
    explicit_bzero(text, sizeof(text));
    return copy;
}

static const char *never_null(const char *s)
{
    return s ? s : "";
}

struct widget *page_add(struct page *p, struct widget w)
{
    struct generation *g = p->now;
    if (g->count == PAGE_WIDGETS_MAX) {
        log_full(p, "widgets");
        return &g->widgets[PAGE_WIDGETS_MAX - 1];
    }
    w.label = never_null(w.label);
    w.detail = never_null(w.detail);
    w.value = never_null(w.value);
    w.icon = never_null(w.icon);
    w.action.name = never_null(w.action.name);
    w.action.value = never_null(w.action.value);
    w.is_pressed = p->is_down && !p->is_dragging && *w.id && !strcmp(w.id, p->pressed);
    g->widgets[g->count] = w;
    return &g->widgets[g->count++];
}

int page_scroll_limit(const struct page *p)
{
    int over = p->content_h - p->area.h;
    return over > 0 ? over : 0;
}

void page_set_scroll(struct page *p, struct rect area, int content_h)
{
    p->area = area;
    p->content_h = content_h;
}

struct rect page_scroll_area(const struct page *p)
{
    return p->area;
}

void page_ring(struct page *p, const struct widget *w)
{
    p->now->widgets[w - p->now->widgets].is_ringed = true;
}

size_t page_count(const struct page *p)
{
    return p->now->count;
}

const struct widget *page_at(const struct page *p, size_t i)
{
    return &p->now->widgets[i];
}

struct widget *page_widget(const struct page *p, const char *id)
{
    for (size_t i = 0; i < p->now->count && *id; i++)
        if (!strcmp(p->now->widgets[i].id, id))
            return &p->now->widgets[i];
    return NULL;
}

const struct widget *page_find(const struct page *p, const char *id)
{
    return page_widget(p, id);
}

struct rect page_box(const struct page *p, const struct widget *w)
{
    if (!w->is_in_scroll || rect_is_empty(p->area))
        return w->box;
    struct rect moved = w->box;
    moved.y -= p->scroll;
    return rect_touches(moved, p->area) ? moved : (struct rect){ 0 };
}

struct rect page_touch_box(const struct page *p, const struct widget *w)
{
    struct rect box = page_box(p, w);
    if (rect_is_empty(box))
        return box;
    box = rect_grow(box, w->touch_grow);
    return w->is_in_scroll && !rect_is_empty(p->area) ? rect_intersect(box, p->area) : box;
}

/* ---- drawing ------------------------------------------------------------------------- */

static void draw_widget(const struct page *p, const struct widget *w, const struct look *look)
{
    struct canvas *c = look->canvas;
    struct rect clip = c->clip;
    struct widget placed = *w;
    placed.box = page_box(p, w);
    if (rect_is_empty(placed.box) || !rect_touches(rect_grow(placed.box, PAGE_SHADOW_PX), clip))
        return;
    if (w->is_in_scroll && !rect_is_empty(p->area))
        c->clip = rect_intersect(clip, p->area);
    w->kind->draw(&placed, look);
    if (w->is_ringed)
        paint_focus(look, placed.box, look->theme->radius_button);
    c->clip = clip;
}

void page_draw(const struct page *p, const struct look *look)
{
    canvas_fill(look->canvas, look->canvas->clip, look->theme->colors[COLOR_BG]);
    for (size_t i = 0; i < p->now->count; i++)
        draw_widget(p, &p->now->widgets[i], look);
}

void page_wipe(struct page *p)
{
    generation_reset(p->now);
    generation_reset(p->before);
    explicit_bzero(p->pressed, sizeof(p->pressed));
    explicit_bzero(p->tapped, sizeof(p->tapped));
    p->is_down = false;
    p->key = p->key_before = -1;
}
