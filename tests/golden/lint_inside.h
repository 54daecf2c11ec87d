/* What the files of the linter share. */
#pragma once

#include "tests/golden/lint.h"

/* One line of words or an icon, as it was drawn. */
struct drawn {
    const struct widget *widget;
    struct rect ink; /* its em boxes */
    bool is_icon;
};

enum { DRAWN_MAX = 800 };

struct linter {
    const struct lint_subject *subject;
    struct findings *out;
    struct canvas_watch watch; /* of the canvas in use */
    const struct widget *widget;
    bool is_in_scroll;
    size_t drawn_count;
    struct drawn drawn[DRAWN_MAX];
};

void lint_say(struct linter *l, enum lint_rule rule, const struct widget *w, const char *format,
              ...) PRINTF_LIKE(4, 5);
bool lint_is_target(const struct widget *w);
/* Draw everything under watch: sizes, contrast, borders, cuts. */
NODISCARD int lint_drawing(struct linter *l);
/* Each target at rest and under a finger: it must look different. */
NODISCARD int lint_presses(struct linter *l);
/* From the tree alone: targets, gaps, names, language, places. After lint_drawing(). */
void lint_tree(struct linter *l);
/* By ear alone: what the stops of a keypad say. */
void lint_ear(struct linter *l);
