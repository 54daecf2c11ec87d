/* The finger on a page: which widget it means, what a tremor is, and the scroll area it drags. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/widget/page_inside.h"

enum { DRAG_PX = 24, DOUBLE_TAP_MS = 500, SAME_PLACE = 60 };

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
    w->hash = page_hash(p, w);
    if (w->kind->is_pressed_shown && !w->is_disabled)
        damage_add(damage, page_drawn_box(p, w));
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
    if (!p->is_dragging && is_far && page_scroll_limit(p) &&
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
    struct widget *w = page_widget(p, p->pressed);
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
    int before = p->scroll, limit = page_scroll_limit(p);
    p->scroll += dy;
    if (p->scroll < 0)
        p->scroll = 0;
    if (p->scroll > limit)
        p->scroll = limit;
    if (p->scroll == before)
        return false;
    for (size_t i = 0; i < p->now->count; i++)
        p->now->widgets[i].hash = page_hash(p, &p->now->widgets[i]);
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
    return down ? p->scroll < page_scroll_limit(p) : p->scroll > 0;
}
