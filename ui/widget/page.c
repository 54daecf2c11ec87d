#include "ui/widget/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/locked.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "ui/widget/paint.h"

/* Two generations: the page on the screen and the one before, whose strings the comparison still
 * reads. */
struct generation {
    size_t count, used;
    struct widget widgets[PAGE_WIDGETS_MAX];
    _Alignas(16) char arena[PAGE_ARENA];
};

struct page {
    struct generation *now, *before;
    int key, key_before;
    int width, height;
    struct rect area; /* scroll area, empty: none */
    int content_h, scroll;
    bool is_full_logged;

    /* the finger */
    bool is_down, is_dragging;
    char pressed[WIDGET_ID];
    int down_x, down_y, last_y;
    char tapped[WIDGET_ID];
    int64_t tapped_ms;
    int tapped_x, tapped_y;
};

enum { DRAG_PX = 24, DOUBLE_TAP_MS = 500, SHADOW_PX = 24, SAME_PLACE = 60 };

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

static int scroll_limit(const struct page *p)
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

/* ---- comparing ----------------------------------------------------------------------- */

static uint64_t mix(uint64_t h, const void *data, size_t length)
{
    const uint8_t *p = data;
    for (size_t i = 0; i < length; i++)
        h = (h ^ p[i]) * UINT64_C(0x100000001b3);
    return h;
}

static uint64_t mix_text(uint64_t h, const char *text)
{
    return mix(h, text, strlen(text) + 1);
}

/* All that is drawn of a widget, as one number. A pad is damaged stroke by stroke instead, except
 * when emptied. */
static uint64_t hash_of(const struct page *p, const struct widget *w)
{
    struct rect box = page_box(p, w);
    uint8_t flags[] = { (uint8_t)w->style, (uint8_t)w->align, (uint8_t)w->type, (uint8_t)w->color,
                        w->max_lines,      w->is_disabled,    w->is_selected,   w->is_focused,
                        w->is_error,       w->is_masked,      w->is_caret,      w->is_pressed,
                        w->is_ringed };
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    h = mix(h, &w->kind, sizeof(w->kind));
    h = mix(h, &box, sizeof(box));
    h = mix(h, flags, sizeof(flags));
    h = mix(h, w->number, sizeof(w->number));
    h = mix_text(mix_text(mix_text(mix_text(h, w->label), w->detail), w->value), w->icon);
    if (w->pending)
        h = mix_text(h, w->pending);
    if (w->field)
        h = mix_text(h, w->field->error);
    if (w->ink)
        h = mix(h, &w->ink->point_count, sizeof(w->ink->point_count));
    return h;
}

void page_ring(struct page *p, const struct widget *w)
{
    p->now->widgets[w - p->now->widgets].is_ringed = true;
}

static struct rect drawn_box(const struct page *p, const struct widget *w)
{
    struct rect box = page_box(p, w);
    return rect_is_empty(box) ? box : rect_grow(box, SHADOW_PX);
}

static struct rect whole_page(const struct page *p)
{
    return (struct rect){ 0, 0, p->width, p->height };
}

/* Widgets are compared by place: a screen adds them in the same order each time, so one that comes
 * or goes shifts the rest, and all that differ are drawn again: never too little. */
void page_end(struct page *p, struct damage *damage)
{
    struct generation *now = p->now, *before = p->before;
    if (p->scroll > scroll_limit(p))
        p->scroll = scroll_limit(p);
    for (size_t i = 0; i < now->count; i++)
        now->widgets[i].hash = hash_of(p, &now->widgets[i]);
    if (p->key != p->key_before) {
        damage_add(damage, whole_page(p));
        return;
    }
    size_t most = now->count > before->count ? now->count : before->count;
    for (size_t i = 0; i < most; i++) {
        const struct widget *a = i < before->count ? &before->widgets[i] : NULL;
        const struct widget *b = i < now->count ? &now->widgets[i] : NULL;
        if (a && b && a->hash == b->hash)
            continue;
        if (a)
            damage_add(damage, drawn_box(p, a));
        if (b)
            damage_add(damage, drawn_box(p, b));
    }
}

size_t page_count(const struct page *p)
{
    return p->now->count;
}

const struct widget *page_at(const struct page *p, size_t i)
{
    return &p->now->widgets[i];
}

static struct widget *find(struct page *p, const char *id)
{
    for (size_t i = 0; i < p->now->count && *id; i++)
        if (!strcmp(p->now->widgets[i].id, id))
            return &p->now->widgets[i];
    return NULL;
}

const struct widget *page_find(const struct page *p, const char *id)
{
    return find((struct page *)p, id);
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
    if (rect_is_empty(placed.box) || !rect_touches(rect_grow(placed.box, SHADOW_PX), clip))
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

/* ---- the finger ---------------------------------------------------------------------- */

/* The topmost widget there that can be touched. */
static struct widget *hit(struct page *p, int x, int y)
{
    for (size_t i = p->now->count; i > 0; i--) {
        struct widget *w = &p->now->widgets[i - 1];
        bool is_target = w->action.verb || w->kind->is_pad || w->is_disabled;
        if (is_target && *w->id && rect_contains(page_touch_box(p, w), x, y))
            return w;
    }
    return NULL;
}

static void set_pressed(struct page *p, struct widget *w, bool is_pressed, struct damage *damage)
{
    if (!w || w->is_pressed == is_pressed)
        return;
    w->is_pressed = is_pressed;
    w->hash = hash_of(p, w);
    if (w->kind->is_pressed_shown && !w->is_disabled)
        damage_add(damage, drawn_box(p, w));
}

static struct page_reply pad_reply(const struct page *p, const struct widget *w, struct touch t)
{
    struct rect box = page_box(p, w);
    return (struct page_reply){ PAGE_PAD, w, w->action, t.phase, t.x - box.x, t.y - box.y };
}

static bool is_pick(const char *id)
{
    return !strncmp(id, "pick:", 5);
}

static bool is_tremor(const struct page *p, const struct widget *w, struct touch t)
{
    if (t.ms - p->tapped_ms >= DOUBLE_TAP_MS)
        return false;
    /* Where a year was a month is now: whoever trembles on one place did not mean that one. */
    bool is_same_place = abs(t.x - p->tapped_x) < SAME_PLACE && abs(t.y - p->tapped_y) < SAME_PLACE;
    return (is_pick(w->id) && is_pick(p->tapped) && is_same_place) ||
           (w->kind != &widget_key && !strcmp(w->id, p->tapped));
}

static struct page_reply tapped(struct page *p, const struct widget *w, struct touch t)
{
    if (w->is_disabled)
        return (struct page_reply){ .kind = PAGE_WHY, .widget = w };
    if (is_tremor(p, w, t))
        return (struct page_reply){ .kind = PAGE_NOTHING };
    memcpy(p->tapped, w->id, sizeof(p->tapped));
    p->tapped_ms = t.ms;
    p->tapped_x = t.x;
    p->tapped_y = t.y;
    return (struct page_reply){ .kind = PAGE_ACTION, .widget = w, .action = w->action };
}

static struct page_reply touch_down(struct page *p, struct touch t, struct damage *damage)
{
    struct widget *w = hit(p, t.x, t.y);
    p->is_down = true;
    p->is_dragging = false;
    p->down_x = t.x;
    p->down_y = p->last_y = t.y;
    snprintf(p->pressed, sizeof(p->pressed), "%s", w ? w->id : "");
    if (!w)
        return (struct page_reply){ .kind = PAGE_NOTHING };
    if (w->kind->is_pad)
        return pad_reply(p, w, t);
    set_pressed(p, w, true, damage);
    return (struct page_reply){ .kind = PAGE_NOTHING };
}

static void drag(struct page *p, struct widget *w, struct touch t, struct damage *damage)
{
    bool is_far = abs(t.y - p->down_y) > DRAG_PX;
    if (!p->is_dragging && is_far && scroll_limit(p) &&
        rect_contains(p->area, p->down_x, p->down_y)) {
        p->is_dragging = true;
        set_pressed(p, w, false, damage);
    }
    if (p->is_dragging)
        page_scroll(p, p->last_y - t.y, damage);
    p->last_y = t.y;
}

struct page_reply page_touch(struct page *p, struct touch t, struct damage *damage)
{
    if (t.phase == TOUCH_DOWN)
        return touch_down(p, t, damage);
    if (!p->is_down)
        return (struct page_reply){ .kind = PAGE_NOTHING };
    struct widget *w = find(p, p->pressed);
    if (w && w->kind->is_pad) {
        p->is_down = t.phase == TOUCH_MOVE;
        return pad_reply(p, w, t);
    }
    bool is_inside = w && rect_contains(page_touch_box(p, w), t.x, t.y);
    if (t.phase == TOUCH_MOVE) {
        drag(p, w, t, damage);
        if (!p->is_dragging)
            set_pressed(p, w, is_inside, damage);
        return (struct page_reply){ .kind = PAGE_NOTHING };
    }
    p->is_down = false;
    set_pressed(p, w, false, damage);
    if (t.phase == TOUCH_UP && is_inside && !p->is_dragging)
        return tapped(p, w, t);
    return (struct page_reply){ .kind = PAGE_NOTHING };
}

bool page_scroll(struct page *p, int dy, struct damage *damage)
{
    int before = p->scroll, limit = scroll_limit(p);
    p->scroll += dy;
    if (p->scroll < 0)
        p->scroll = 0;
    if (p->scroll > limit)
        p->scroll = limit;
    if (p->scroll == before)
        return false;
    for (size_t i = 0; i < p->now->count; i++)
        p->now->widgets[i].hash = hash_of(p, &p->now->widgets[i]);
    damage_add(damage, p->area);
    return true;
}

void page_show(struct page *p, const struct widget *w, struct damage *damage)
{
    if (!w->is_in_scroll || rect_is_empty(p->area))
        return;
    int top = w->box.y - p->scroll, bottom = top + w->box.h;
    if (top < p->area.y)
        page_scroll(p, top - p->area.y, damage);
    else if (bottom > p->area.y + p->area.h)
        page_scroll(p, bottom - p->area.y - p->area.h, damage);
}

bool page_can_scroll(const struct page *p, bool down)
{
    return down ? p->scroll < scroll_limit(p) : p->scroll > 0;
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
