/* The sheet at the bottom of a page with keys or a pad: what a field is filled in with.
 *
 * Pure construction: verbs and words come from the screen. Every key has the id "key:<what it
 * types>"; a numeric pad has keys of 20 mm and more, letters of 94 x 118 px (UI guide 7.5). */
#pragma once

#include "ui/widget/page.h"

enum sheet_kind {
    SHEET_TEXT,   /* letters, digits, signs */
    SHEET_NUMBER, /* digits and what `extra` adds ("X", "-", ".") */
    SHEET_CODE,   /* capital letters and digits: receipt numbers */
    SHEET_INK,    /* a pad to write on */
};

enum keys { KEYS_LETTERS, KEYS_SIGNS };

struct sheet {
    enum sheet_kind kind;
    enum keys keys;
    bool is_shifted;
    bool may_ink; /* offers the pad beside the keys */
    const char
        *extra; /* further keys of a numeric pad, one character each, at most two; NULL: none */
    const struct ink *ink; /* SHEET_INK */
    struct {
        const char *clear, *erase, *space, *shift, *letters, *signs, *by_hand, *by_keys, *undo,
            *restart, *pad_hint, *help;
    } words;
    struct {
        int type, erase, clear, letters, signs, shift, by_hand, by_keys, undo, restart, draw, help;
    } verbs;
};

enum { SHEET_TOP = PAGE_H - SHEET_H };

/* Add the sheet to the page. The lower 136 px are left to the screen's actions. */
void sheet_add(struct page *p, const struct sheet *s);
