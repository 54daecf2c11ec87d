/* A widget: one thing on a page, with everything that draws it, names it and says what touching it
 * does.
 *
 * Plain data. A screen makes its widgets anew from the session's view whenever that changes; the
 * page compares them with the last ones and draws only the difference. Kinds are rows of functions,
 * one file each. Strings belong to the page's arena (or are static). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/ink.h"
#include "ui/canvas/canvas.h"
#include "ui/widget/theme.h"

struct look {
    struct canvas *canvas;
    struct text *text;
    const struct theme_tokens *theme;
};

/* What a touch asks for. `verb` 0: nothing. The verbs are the screens' business. */
struct action {
    int verb;
    const char *name, *value; /* arguments, "" when there are none */
};

enum widget_style {
    STYLE_PLAIN,
    STYLE_PRIMARY,   /* filled, the way on */
    STYLE_SECONDARY, /* outlined on the page */
    STYLE_ON_BRAND,  /* outlined on the header */
    STYLE_QUIET,     /* soft fill, no outline */
    STYLE_SUCCESS,
    STYLE_WARNING,
    STYLE_DANGER,
};

struct widget;

struct widget_kind {
    const char *role; /* for the robot, speech and the linter: "button", "text", ... */
    void (*draw)(const struct widget *w, const struct look *look);
    bool is_pressed_shown; /* touching it changes its look */
    bool is_pad;           /* takes the finger's whole path instead of a tap */
};

/* What a robot or a reader of the tree may know of a field. */
struct field_facts {
    const char *kind;
    bool is_required;
    const char *value; /* masked where the screen masks it */
    const char *error; /* "" when there is none */
};

enum {
    WIDGET_ID = 64,
    FACT_LABEL_PERCENT = 27,
    FACT_GAP = 24,
    FACT_LINES = 14,
    CONSENT_LINES = 8,
    ROW_LINES = 6,
    SPINNER_PHASES = 12
};

#define WIDGET_FOR_EYES "for-eyes" /* id of words that are said with something else already */

struct widget {
    char id[WIDGET_ID]; /* "" for decoration and plain text */
    const struct widget_kind *kind;
    struct rect box;
    int touch_grow;     /* the touch area is larger than the drawn one by this */
    const char *label;  /* the words on it, and its accessible name */
    const char *detail; /* second line, help or hint */
    const char *value;  /* typed text of a field, badge of a row */
    const char *
        pending; /* letters typed into a field that are no characters yet, or NULL; of a key a line below */
    const char *icon; /* name in the icon table, or "" */
    enum widget_style style;
    enum align align;
    enum type_token type;
    enum color color;
    uint8_t max_lines;
    bool is_disabled, is_selected, is_focused, is_error, is_masked, is_caret;
    bool is_in_scroll; /* moves with the page's scroll area */
    int number[4];     /* kind's own: steps, counts */
    const struct ink *ink;
    const struct field_facts *field;
    struct action action;

    /* page's own */
    bool is_pressed;
    bool is_ringed; /* a keypad is here */
    uint64_t hash;
};

/* ---- kinds --------------------------------------------------------------------------- */
extern const struct widget_kind widget_label, /* text block: label, type, color, align, max_lines */
    widget_heading,                           /* the same with role heading */
    widget_icon,     /* icon in type and color; style QUIET: on a soft disc */
    widget_panel,    /* surface card with shadow; style picks the fill (PLAIN surface, SOFT kinds by
                        style) */
    widget_band,     /* plain rectangle in color */
    widget_button,   /* icon, label; style */
    widget_tile,     /* icon over label on a card */
    widget_row,      /* icon disc, label, badge (value), detail, chevron on a card */
    widget_bar_item, /* icon over small label, no card */
    widget_field,    /* box with a value (or the hint in detail), caret; number[0]: lines */
    widget_compact,  /* a field in one line: label, value or hint (detail) */
    widget_group,    /* invisible: facts of a question whose answers are widgets of their own */
    widget_choice, /* one possible answer: mark, label, detail; number[0]: 1 = several may be chosen
                    */
    widget_key, /* a key of a keyboard; style QUIET for keys that are no letters; pending: a line below
                    */
    widget_candidate, /* one of several words to choose; style PRIMARY: the likeliest */
    widget_cell,      /* paper for one character: ink */
    widget_steps,  /* label: names separated by '\n'; number[0] current step, number[1] of number[2]
                    * inside it
                    */
    widget_pad,    /* ink on paper with a base line; label in the empty pad */
    widget_qr,     /* label: payload */
    widget_notice, /* icon and words on a soft strip; style; number[0]: a spinner instead of the icon
                    */
    widget_fact,   /* label left in text-2, value right, over a thin line; number[0]: 1 = no line,
                      number[1]: 1 = value below the label */
    widget_moment, /* one step of a time line: dot (style), label, detail; number[0]: 1 = line below
                    */
    widget_spinner, /* work is being done; number[0]: phase 1 to SPINNER_PHASES */
    widget_card;    /* picture of an identity card; style tells its kind, label names it */

/* Width left for words, as the kinds lay them out; screens measure with it. */
int widget_row_room(const struct theme_tokens *t, const struct widget *w, int width);
int widget_choice_room(const struct theme_tokens *t, int width);
int widget_compact_room(const struct widget *w, int width); /* two lines */
int widget_notice_room(const struct theme_tokens *t, int width);
/* Pixels that the words of a moment take in a box so wide, without its detail. */
int widget_moment_height(struct text *text, const struct theme_tokens *theme, const char *label,
                         int width);
