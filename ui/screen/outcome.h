/* Parts of the pages that tell what came of something. Inside ui/screen only. */
#pragma once

#include "ui/screen/frame.h"

/* A tick, one word, one sentence. */
void outcome_add_title(struct scene *s, const char *title, const char *where);
/* A number to keep, large, and as a code to photograph; `id` names the number's widget. */
void outcome_add_number(struct scene *s, const char *id, const char *title, const char *number,
                        const char *explanation);
/* The same where the code to photograph says more than the number does. */
void outcome_add_code(struct scene *s, const char *id, const char *title, const char *number,
                      const char *payload, const char *explanation);
/* What became of the slip, and the question whether it is good. */
void outcome_add_paper(struct scene *s, enum paper_state paper, bool can_print_again);
