/* What page.c, page_damage.c and page_touch.c share; no other file includes this. Main thread alone. */
#pragma once

#include "ui/widget/page.h"

enum { PAGE_SHADOW_PX = 24 }; /* the widest shadow around a widget */

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

/* The widget of this page by id, NULL when there is none or the id is empty. */
struct widget *page_widget(const struct page *p, const char *id);

/* How far the area can be scrolled, in px; 0: everything is seen. */
int page_scroll_limit(const struct page *p);

/* The place of a widget on the screen with its shadow: what must be drawn again when it changes. */
struct rect page_drawn_box(const struct page *p, const struct widget *w);

/* All that is drawn of a widget, as one number: two pages are compared by it. */
uint64_t page_hash(const struct page *p, const struct widget *w);
