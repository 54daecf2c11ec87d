/* The sheet of keys or the pad at the bottom of a page (or beside it): how a field is filled in.
 *
 * Pure construction: area, words and verbs come from the screen. Keys have the id "key:<what it
 * types>", candidates "candidate:<rank>", ways "way:<name>". Everything is as large as the theme's
 * target, whatever the area (UI guide 7.5). */
#pragma once

#include "ui/widget/page.h"

enum sheet_kind {
    SHEET_PINYIN, /* letters and what they may mean */
    SHEET_HAND,   /* a pad for one character and what it may be */
    SHEET_LATIN,  /* letters, digits, signs */
    SHEET_PICK,   /* one of a grid: a year, a month, a day */
    SHEET_DIGITS, /* and what `extra` adds ("X", "-", ".") */
    SHEET_CODE,   /* capital letters and digits: receipt numbers */
    SHEET_RARE,   /* radical, strokes, character */
    SHEET_PICTURE /* a pad whose ink is kept as it is */
};

enum keys { KEYS_LETTERS, KEYS_SIGNS };

enum {
    SHEET_WAYS = 6,
    SHEET_CANDIDATES = 40,
    SHEET_RADICALS = SHEET_CANDIDATES,
    SHEET_ITEMS = 32,
    SHEET_CRUMBS = 2,
    SHEET_WEEK = 7,
    SHEET_MORE = 2 /* places that "more" takes at the end of a SHEET_RARE */
};

struct sheet_way {
    const char *name, *icon, *label; /* name: argument of verbs.way */
    bool is_selected;
};

/* One of the things to pick; its id is "pick:<id>". */
struct sheet_item {
    const char *id;
    const char *name, *shown,
        *note; /* spoken; written; smaller below it where there is room, or "" */
    struct action action;
    bool is_disabled, is_selected;
    const char *why; /* it is disabled */
};

struct sheet_pick {
    const char *question;
    size_t crumb_count; /* what was chosen before: touched, it is chosen anew */
    struct sheet_item crumbs[SHEET_CRUMBS];
    size_t count;
    struct sheet_item items[SHEET_ITEMS];
    int columns; /* that look best */
    const char
        *heads[SHEET_WEEK]; /* names over seven columns: a month; `lead` places are left out */
    int lead;
    const char *later, *earlier; /* keys for the weeks of a month that there is no room for */
    int page; /* of those that do not fit on one; < 0: that of the one selected, else of the first that can be */
    int first_page; /* its number for verbs.pick_page */
};

struct sheet {
    struct rect area;
    struct text *text;
    const struct theme_tokens *theme;
    enum sheet_kind kind;
    size_t way_count;
    struct sheet_way ways[SHEET_WAYS];
    /* SHEET_LATIN */
    enum keys keys;
    bool is_shifted;
    const struct sheet_pick *pick; /* SHEET_PICK; else NULL */
    /* SHEET_DIGITS: further keys, one character each, at most two; NULL: none */
    const char *extra;
    /* SHEET_PINYIN, SHEET_HAND, SHEET_RARE */
    size_t candidate_count;
    const char *candidates[SHEET_CANDIDATES];
    bool is_expanded; /* all of them instead of the keys */
    const char *note; /* a sentence in place of candidates, "" for none */
    bool is_warning;  /* ... about something that is wrong */
    bool may_picture; /* offers to keep the ink as it is */
    /* SHEET_HAND, SHEET_PICTURE */
    const struct ink *ink;
    /* SHEET_RARE: radicals of so many strokes, then characters of the radical that is chosen */
    int strokes;         /* of the radicals shown, or besides the one chosen; 0: any */
    const char *radical; /* "" while none is chosen */
    size_t radical_count;
    const char *radicals[SHEET_RADICALS];
    bool has_more; /* more than fit: another page of them */

    struct {
        const char *clear, *erase, *space, *first, *divide, *shift, *letters, *signs, *picture,
            *undo, *restart, *pad_hint, *help, *more, *less, *other_radical, *strokes, *next_page;
    } words;
    struct {
        int type, erase, clear, letters, signs, shift, way, letter, pick, more, undo, restart, draw,
            help, strokes, radical, next_page, pick_page;
    } verbs;
};

/* How many characters a SHEET_RARE of this area and theme shows; at most SHEET_CANDIDATES. */
size_t sheet_rare_room(const struct sheet *s);
/* How high an area must be in which a SHEET_PICK shows the longest month with keys of the theme's target. */
int sheet_month_h(const struct theme_tokens *theme);
/* Add the sheet to the page. */
void sheet_add(struct page *p, const struct sheet *s);
