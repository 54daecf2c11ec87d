/* What a receipt says of papers, promises and the parts of a bundle: texts to be pointed into. Inside
 * firmware/session only. */
#pragma once

#include "firmware/session/internal.h"
#include "firmware/slip/build.h"

enum {
    PAPER_NOTE_BYTES = 96 + PART_PAPERS_BYTES,
    PART_NAME_BYTES = 224,
    PART_SAID_BYTES = PART_NOTE_BYTES + PART_PAPERS_BYTES,
    COVERS_BYTES = 1024
};

/* Person data (what somebody owes): wiped by whoever has it. */
struct slip_papers {
    struct slip_item not_needed[CHECKLIST_MAX], here[CHECKLIST_MAX], missing[CHECKLIST_MAX],
        waived[CHECKLIST_MAX], owed[CHECKLIST_MAX], promises[CHECKLIST_MAX + 1];
    char notes[CHECKLIST_MAX][LANGUAGE_COUNT][PAPER_NOTE_BYTES];
    char texts[CHECKLIST_MAX][LANGUAGE_COUNT][GAP_PROMISE_BYTES];
    char versions[2][LANGUAGE_COUNT][PAPER_NOTE_BYTES];
    char hand_in[LANGUAGE_COUNT][COVERS_BYTES], if_late[LANGUAGE_COUNT][COVERS_BYTES];
};

struct slip_parts {
    struct slip_item items[BUNDLE_PARTS_MAX];
    char names[BUNDLE_PARTS_MAX][LANGUAGE_COUNT][PART_NAME_BYTES];
    char notes[BUNDLE_PARTS_MAX][LANGUAGE_COUNT][PART_SAID_BYTES];
    char covers[LANGUAGE_COUNT][COVERS_BYTES];
};

/* The last day of a paper that follows, as the note of its line. */
void slip_set_due(struct slip_item *item, struct slip_papers *p, size_t i, const struct session *s,
                  const struct paper_row *row);
void slip_add_papers(struct slip_receipt_text *t, struct slip_papers *p, const struct session *s);
/* Nothing for a matter that is no bundle. */
void slip_add_parts(struct slip_receipt_text *t, struct slip_parts *p, const struct session *s);
