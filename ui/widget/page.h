/* A page: the widgets of one screen, their damage, and the finger on them.
 *
 * Building: page_begin(), the screen adds widgets, page_end() compares with the page before and
 * returns what must be drawn again. Strings given to page_text() live in locked memory that is
 * wiped when the page after the next is built and by page_wipe(). Main thread only. */
#pragma once

#include "firmware/base/clock.h"
#include "ui/widget/widget.h"

enum { PAGE_WIDGETS_MAX = 220, PAGE_ARENA = 64 * 1024 };

struct page; /* body in page.c */

NODISCARD int page_new(struct page **out);
void page_free(struct page *p); /* wipes */
AUTO_DEFINE(struct page, page_free)

/* Pixels of the panel; the reference's until this is called. */
void page_set_size(struct page *p, int width, int height);
/* Start anew; `key` names the screen: another key damages the whole page and returns to the top of
 * its scroll area. */
void page_begin(struct page *p, int key);
/* Copy a string into the page. Never NULL: without room the text is cut (and logged once, by length
 * only). */
const char *page_text(struct page *p, const char *text);
const char *page_format(struct page *p, const char *format, ...) PRINTF_LIKE(2, 3);
/* Any other data a widget points to, zeroed. NULL without room. */
void *page_data(struct page *p, size_t size);
/* Add a widget after the others (drawn over them). A page too full drops it, which is logged. */
struct widget *page_add(struct page *p, struct widget w);
/* The area in which widgets marked is_in_scroll are seen and moved; content_h from the area's top.
 */
void page_set_scroll(struct page *p, struct rect area, int content_h);
struct rect page_scroll_area(const struct page *p); /* empty: none */
/* The ring of somebody who walks by keys, around one widget of the page that is being built. */
void page_ring(struct page *p, const struct widget *w);
/* Compare with the page before. */
void page_end(struct page *p, struct damage *damage);

size_t page_count(const struct page *p);
const struct widget *page_at(const struct page *p, size_t i);
const struct widget *page_find(const struct page *p, const char *id);
/* Box of a widget as it is on the screen now (scrolled); empty when it is scrolled out of sight. */
struct rect page_box(const struct page *p, const struct widget *w);
struct rect page_touch_box(const struct page *p, const struct widget *w);

/* Draw what lies in canvas->clip. */
void page_draw(const struct page *p, const struct look *look);

/* ---- the finger ---------------------------------------------------------------------- */
enum touch_phase { TOUCH_DOWN, TOUCH_MOVE, TOUCH_UP, TOUCH_CANCEL };

struct touch {
    enum touch_phase phase;
    int x, y;
    int64_t ms; /* boot clock */
};

enum page_reply_kind {
    PAGE_NOTHING,
    PAGE_ACTION, /* a tap was completed inside its target */
    PAGE_PAD,    /* the finger is on a pad: x, y inside it */
    PAGE_WHY,    /* a disabled widget was tapped: its detail says why */
};

struct page_reply {
    enum page_reply_kind kind;
    const struct widget *widget;
    struct action action;
    enum touch_phase phase;
    int x, y;
};

/* A tap begins and ends inside the same target; a second tap on it within 500 ms is ignored (a
 * tremor, not a wish) unless it is a key; so is one on any pick after a pick. Dragging the scroll area scrolls and cancels the tap.
 * Damage is added to. */
struct page_reply page_touch(struct page *p, struct touch touch, struct damage *damage);
/* What stays in sight when one turns on by a whole area. */
enum { PAGE_TURN_OVERLAP = 120 };
/* Scroll by `dy` px (positive: further down). Returns whether it moved. */
bool page_scroll(struct page *p, int dy, struct damage *damage);
/* Bring a widget into the scroll area if it is not. */
void page_show(struct page *p, const struct widget *w, struct damage *damage);
bool page_can_scroll(const struct page *p, bool down);

/* Wipe strings and forget the widgets; nothing is drawn until the next page_end(). */
void page_wipe(struct page *p);
