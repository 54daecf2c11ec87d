/* Going through a page by the keys of a tactile keypad: which stop has the ring. Main thread. */
#pragma once

#include "ui/widget/focus.h"

enum stage_key {
    STAGE_KEY_UP,
    STAGE_KEY_DOWN,
    STAGE_KEY_LEFT,
    STAGE_KEY_RIGHT,
    STAGE_KEY_SELECT,
    STAGE_KEY_BACK
};

struct walk {
    bool is_on; /* a finger on the glass ends it */
    bool has_wrapped;
    struct focus focus;
};

/* Between the building of a page and page_end(): put the ring on the stop that has it, or on the
 * first of a new page. Returns the widget, or NULL. */
const struct widget *walk_place(struct walk *w, struct page *p, bool is_new_page);
/* A key: moves (the page must be built again then), or answers what a tap on the stop would have.
 * `pad_verb` is asked for in place of drawing. */
struct page_reply walk_key(struct walk *w, const struct page *p, enum stage_key key, int pad_verb);
/* The stop in focus on the page as it is now; FOCUS_NONE while nobody walks. */
int walk_stop(const struct walk *w, const struct focus_map *m);
