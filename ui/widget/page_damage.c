/* What of a page must be drawn again: it is compared with the one before. */
#include <string.h>

#include "ui/widget/page_inside.h"

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
uint64_t page_hash(const struct page *p, const struct widget *w)
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

struct rect page_drawn_box(const struct page *p, const struct widget *w)
{
    struct rect box = page_box(p, w);
    return rect_is_empty(box) ? box : rect_grow(box, PAGE_SHADOW_PX);
}

static struct rect whole_page(const struct page *p)
{
    return (struct rect){ 0, 0, p->width, p->height };
}

/* A screen adds its widgets in the same order each time. Those that are as before, counted from the first and from the last,
 * stay: a row more in a list is no reason to draw the keyboard below it again. Between them widgets are compared by place,
 * and all that differ are drawn again: never too little. */
static size_t shared_head(const struct generation *before, const struct generation *now)
{
    size_t n = 0;
    while (n < before->count && n < now->count && before->widgets[n].hash == now->widgets[n].hash)
        n++;
    return n;
}

static size_t shared_tail(const struct generation *before, const struct generation *now,
                          size_t head)
{
    size_t old_end = before->count, new_end = now->count, n = 0;
    for (; old_end > head && new_end > head; old_end--, new_end--, n++)
        if (before->widgets[old_end - 1].hash != now->widgets[new_end - 1].hash)
            break;
    return n;
}

void page_end(struct page *p, struct damage *damage)
{
    struct generation *now = p->now, *before = p->before;
    if (p->scroll > page_scroll_limit(p))
        p->scroll = page_scroll_limit(p);
    for (size_t i = 0; i < now->count; i++)
        now->widgets[i].hash = page_hash(p, &now->widgets[i]);
    if (p->key != p->key_before) {
        damage_add(damage, whole_page(p));
        return;
    }
    size_t head = shared_head(before, now), tail = shared_tail(before, now, head);
    size_t old_end = before->count - tail, new_end = now->count - tail;
    for (size_t i = head; i < old_end || i < new_end; i++) {
        const struct widget *a = i < old_end ? &before->widgets[i] : NULL;
        const struct widget *b = i < new_end ? &now->widgets[i] : NULL;
        if (a && b && a->hash == b->hash)
            continue;
        if (a)
            damage_add(damage, page_drawn_box(p, a));
        if (b)
            damage_add(damage, page_drawn_box(p, b));
    }
}
