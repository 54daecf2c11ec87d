/* Fills in any form of the catalogue as a resident would: what is wished for by name, else the first answer that the
 * form takes. Synthetic answers only. */
#pragma once

#include "firmware/session/session.h"

struct fill_answer {
    const char *field, *value;
};

/* From the first page of the form to whatever follows it; `wishes` ends with a NULL field and may be NULL. False when
 * the form is still there after as many steps as it can have. */
bool fill_form(struct session *s, const struct fill_answer *wishes);
/* Say the same ("here", "later", "not") of every paper that is asked, where it can be said, else "here". */
void fill_papers(struct session *s, const char *word);
