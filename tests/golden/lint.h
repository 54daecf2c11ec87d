/* A linter for pages: measures targets, gaps, sizes of type, contrast of what is really drawn, words
 * that are cut, and words of the other language. Design: UI guide 7.1 to 7.5 and 8.
 *
 * Every widget is drawn once on a canvas that watches; what it scrolls is judged where it lies in
 * the whole list. Keys are measured by 20 mm in the elder version too, and by their own gap of
 * 8 px: ten columns leave no more (UI guide 7.5). */
#pragma once

#include "firmware/catalogue/catalogue.h"
#include "ui/widget/page.h"

enum lint_rule {
    LINT_TARGET,   /* a touch target under 20 mm (elder: 120 px) */
    LINT_GAP,      /* two targets nearer than 12 px */
    LINT_OVERLAP,  /* targets or words one over the other */
    LINT_SIZE,     /* type under 28 px */
    LINT_CONTRAST, /* words under 4.5:1 (elder 10:1), icons under 3:1 */
    LINT_BORDER,   /* the edge of a field under 3:1 */
    LINT_CUT,      /* words that do not fit */
    LINT_ICON,     /* an icon without a word */
    LINT_NAME,     /* a target without an accessible name */
    LINT_LANGUAGE, /* words of the other language */
    LINT_PANEL,    /* something outside the panel */
    LINT_PRIMARY,  /* the primary action is not at the bottom right */
    LINT_PRESS,    /* a finger on a target changes nothing to see */
    LINT_ALIKE,    /* two targets that do different things sound the same */
    LINT_REACH,    /* what lies below has no button that leads there */
    LINT_RULES,
};
extern const char *const lint_rule_names[LINT_RULES];

struct lint_subject {
    const struct page *page;
    struct text *text;
    const struct theme_tokens *theme;
    struct panel panel;
    enum language language;
    const char *name;  /* of the person, which stays in its own script; "" for nobody */
    const char *agent; /* of whoever acts for them, likewise; "" or NULL */
    const char *staff; /* of whoever comes when somebody was called, likewise */
};

struct finding {
    enum lint_rule rule;
    char widget[WIDGET_ID]; /* id, or the beginning of its words */
    char text[160];         /* what is wrong */
};

enum { FINDINGS_MAX = 64 };

struct findings {
    size_t count; /* may be greater than FINDINGS_MAX: the rest was dropped */
    struct finding list[FINDINGS_MAX];
};

/* Adds to `out`. 0 or -ENOMEM. */
NODISCARD int lint_page(struct findings *out, const struct lint_subject *subject);

/* Relative luminance contrast of two colours, 1 to 21 (WCAG 2.2, 1.4.3). */
double lint_contrast(uint32_t a, uint32_t b);
