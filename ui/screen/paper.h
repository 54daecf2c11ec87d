/* What became of a slip, told the same way wherever one is printed. Inside ui/screen only. */
#pragma once

#include "ui/screen/frame.h"

/* Sentences of one kind of slip, translated. `failed` says what to do without it. */
struct paper_words {
    const char *printing, *done, *failed;
};

/* Nothing for PAPER_OFF; the question whether it is good for PAPER_ASK; a button when it failed and the printer works
 * again. With the gap behind it. */
void paper_add_state(struct scene *s, const struct paper_words *words, enum paper_state paper,
                     bool can_print_again);
/* A secondary button over the whole column, with the gap behind it. */
void paper_add_button(struct scene *s, const char *id, const char *icon, const char *label,
                      int verb);
