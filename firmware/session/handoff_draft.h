/* What a parcel says (sync/api/parcel.md): which matter, and answers under their names. Foreign text until it was read by this.
 * Pure; holds person data, so whoever has one wipes it. */
#pragma once

#include <stddef.h>

#include "firmware/catalogue/catalogue.h"

enum { HANDOFF_NAME = 32, HANDOFF_CODE_TEXT = 34 };

struct handoff_answer {
    char name[HANDOFF_NAME], value[ANSWER_BYTES];
};
struct handoff_draft {
    char item[HANDOFF_CODE_TEXT];
    size_t count;
    struct handoff_answer answers[FORM_FIELDS_MAX];
};

/* False (and *out wiped): no such text, or one beyond a limit. Whether the answers fit the matter is not judged here. */
bool handoff_read(struct handoff_draft *out, const void *text, size_t length);
