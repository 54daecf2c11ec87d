/* Where a page can be gone to without touching it: the stops of a tactile keypad, their order, and
 * what its keys do there.
 *
 * Pure functions over a page. A stop is whatever a finger could touch, and every text that stands
 * by itself: without eyes a page is what its stops say. Not stops: the title (read when the page
 * comes), the question above a field (read with the field), and the buttons that scroll (moving
 * scrolls).
 *
 * One ring of stops: the body from top to bottom and from left to right in its rows, then the keys
 * of a sheet, the actions, the bar and the buttons of the header. Left and right are the stop
 * before and the stop behind, so that every stop is reached and none traps (EN 301 549 5.1.6.2);
 * up and down go by rows to the nearest in sight. Main thread only. */
#pragma once

#include "ui/widget/page.h"

enum focus_part { FOCUS_BODY, FOCUS_SHEET, FOCUS_ACTIONS, FOCUS_BAR, FOCUS_HEADER };

enum { FOCUS_NONE = -1, FOCUS_RUN_MAX = 6 };

struct focus_stop {
    const struct widget *widget; /* the first of a text of several lines */
    enum focus_part part;
    int band;        /* above, in, below the scroll area: 0, 1, 2 */
    int row;         /* counted through the ring */
    struct rect box; /* in the page, not scrolled */
    bool is_target;  /* select does something, or says why not; else it is only read */
};

struct focus_map {
    const struct page *page;
    int count, row_count;
    struct focus_stop stops[PAGE_WIDGETS_MAX];
};

/* Valid until the page is built again. */
void focus_map(struct focus_map *out, const struct page *p);

/* A place kept over a rebuilding. */
struct focus {
    char id[WIDGET_ID]; /* "": a text, found by `ordinal` among those without id */
    int ordinal;
    struct rect box;
    bool is_set;
};

enum focus_move { FOCUS_LEFT, FOCUS_RIGHT, FOCUS_UP, FOCUS_DOWN };

/* The first of the places that may be chosen instead of typing one; NULL: none are offered. */
const struct widget *focus_offer(const struct page *p);
/* The first stop of a new page: a place that is offered; while keys are shown the first of them that types, else the first
 * target of the body, else the primary action. FOCUS_NONE: the page has no stop. */
int focus_first(const struct focus_map *m);
/* Where `f` is now; when that is gone, what is nearest to where it was. */
int focus_find(const struct focus_map *m, const struct focus *f);
/* The stop of a widget; FOCUS_NONE. */
int focus_of(const struct focus_map *m, const struct widget *w);
/* `has_wrapped` (may be NULL): went over the end of the ring. */
int focus_move(const struct focus_map *m, int at, enum focus_move move, bool *has_wrapped);
struct focus focus_mark(const struct focus_map *m, int at);

/* What a tap on it would give. On a pad, which a finger draws on, `pad_verb` is asked for instead,
 * with the pad's id as its name; 0: nothing. */
struct page_reply focus_select(const struct widget *w, int pad_verb);
/* What the back key does: closes the keys if they are open, else goes back as the page's own button
 * does. PAGE_NOTHING where there is no way back. */
struct page_reply focus_back(const struct focus_map *m);

/* ---- texts --------------------------------------------------------------------------- */
/* The texts that belong together with the one at `first` (heading or text, then the lines right
 * behind it), into `out`. Returns how many. */
size_t focus_run(const struct page *p, const struct widget *first,
                 const struct widget *out[FOCUS_RUN_MAX]);
/* The question above a field or a choice: the first widget of its run; NULL: none. */
const struct widget *focus_question(const struct page *p, const struct widget *w);
/* The facts of the question that a choice answers; NULL for anything else. */
const struct widget *focus_group(const struct page *p, const struct widget *choice);
