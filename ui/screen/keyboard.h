/* The keyboard as a screen shows it: which sheet, its words, and the little it remembers by itself
 * (capitals, signs, the radical looked at). Main thread; wiped when a visit ends. */
#pragma once

#include <stdbool.h>

#include "ui/input/sheet.h"

struct scene;
struct session;
struct session_view;

struct keyboard {
    enum keys keys;
    bool is_shifted, is_expanded;
    int strokes;     /* of the radicals shown, 1 to 9 (and more) */
    int rest;        /* strokes besides the chosen one, 1 to 9 (and more); 0: any */
    char radical[8]; /* "" while none is chosen */
    int page;        /* of the radicals, or of the characters of the chosen one */
    int decade;      /* first year of the ten from which one is picked; 0: none are chosen */
    int pick_page;   /* of the grid, which its hundreds tell */
};

/* Verbs of keys that never leave the user interface: UI_KEYBOARD_FIRST to UI_KEYBOARD_LAST. */
bool keyboard_handle(struct keyboard *k, const struct action *action);
/* Another field or screen starts with plain letters. */
void keyboard_reset(struct keyboard *k);

/* The sheet for what the session fills in now, where scene_expect_sheet() made room; `extra`:
 * further keys of a number pad, NULL for none. */
void keyboard_add(struct scene *s, const char *extra);
/* SHEET_RARE: the radicals, or the characters of the chosen one. */
void keyboard_add_rare(const struct scene *s, struct sheet *sheet);
/* SHEET_PICK: the years, months or days of the date that is filled in. `pick` lives as long as the sheet. */
void keyboard_add_date(struct scene *s, struct sheet *sheet, struct sheet_pick *pick);
/* How far the date that is filled in is picked: 0 ten years are asked for (or no date is picked), 1 the year, 2 the month, 3 the
 * day. */
int keyboard_date_step(const struct session *session, const struct session_view *v,
                       const struct keyboard *k);
/* A number pad and nothing else. */
void keyboard_add_digits(struct scene *s);
/* The sheet for a receipt number. */
void keyboard_add_code(struct scene *s);
