/* The parts of a one-thing bundle as they are applied for with the answers so far (SS-27). Part of the session's
 * view; derived from the catalogue and the answers, nothing is kept. */
#pragma once

#include "firmware/catalogue/bundle.h"

struct part_row {
    const struct bundle_part *part;
    bool is_wanted;
    unsigned no; /* 1, 2, ... among those applied for; 0: not applied for */
    unsigned
        delivery;   /* of enum service_delivery: as chosen in the form, else as the part has it */
    unsigned after; /* bits of places in `rows`: applied for and to be done before */
};

enum { PART_NOTE_BYTES = 448, PART_PAPERS_BYTES = 512 };

struct parts_view {
    size_t count, wanted; /* 0: no bundle */
    struct part_row rows[BUNDLE_PARTS_MAX];
};

struct session;
/* Answers count by now: a guide speaks of the matter, not of anybody's answers. */
bool parts_have_answers(const struct session *s);
/* Office, clock, what it waits for and how the result comes, of a visit when it is, in one line. */
void session_part_note(const struct session *s, const struct parts_view *parts,
                       const struct part_row *row, enum language language,
                       char out[PART_NOTE_BYTES]);
/* Which papers it waits for from the resident, as answered so far: "Papers: floor plan (follows by ...)"; "" none (SS-20). */
void session_part_papers(const struct session *s, const struct bundle_part *part,
                         enum language language, char out[PART_PAPERS_BYTES]);
/* Which parts wait for that paper: "2 Food permit, 4 Fire advice"; "" no bundle, or not said. */
void session_paper_parts(const struct session *s, const struct parts_view *parts,
                         const struct material *paper, enum language language,
                         char out[PART_PAPERS_BYTES]);
