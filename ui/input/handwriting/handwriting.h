/* Handwriting: which Chinese characters a drawn one may be. The recogniser holds a model, read-only
 * after opening, and remembers nothing between calls: what was written is only ever on the caller's
 * pad and, while a call runs, on the stack, which is wiped. Any thread may recognise at any time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "firmware/base/fault.h"
#include "firmware/base/ink.h"
#include "ui/input/handwriting/trace.h"

struct handwriting; /* body in handwriting.c */

enum { HANDWRITING_CANDIDATES_MAX = 64 };
enum handwriting_outcome {
    HANDWRITING_E_ABSENT = 1, /* no such file */
    HANDWRITING_E_REFUSED,    /* not a model of this version, or damaged; a line in the log */
};

struct handwriting_candidate {
    char text[8];   /* UTF-8, one character */
    float distance; /* smaller is likelier; compares within one answer only */
};

/* Map the model at `path` and check it: some tens of milliseconds. On 0 the caller owns *out and
 * ends it with handwriting_free(). Returns 0, an outcome, or a fault (< 0). */
NODISCARD int handwriting_open(struct handwriting **out, const char *path);
void handwriting_free(struct handwriting *hw); /* NULL is fine */
AUTO_DEFINE(struct handwriting, handwriting_free)
/* Where the model lies for the running program: assets/handwriting/ of its tree, share/onetrip/ of
 * its installation. Returns false if there is none or `capacity` is too small. */
bool handwriting_find_model(char *path, size_t capacity);
/* Give the model's pages back to the system, which has them in the file as well: when a visit ends.
 * Nothing is lost; the next call takes a few milliseconds more. */
void handwriting_rest(const struct handwriting *hw);
size_t handwriting_class_count(const struct handwriting *hw);

/* Fill at most `max` candidates, likeliest first; `max` beyond HANDWRITING_CANDIDATES_MAX counts as
 * that. Returns how many: 0 if nothing was drawn. No allocation, no file, no lock. Longest block:
 * 5 ms on the desktop board, see tests/bench/handwriting.py. */
size_t handwriting_recognise(const struct handwriting *hw, const struct handwriting_point *points,
                             size_t count, struct handwriting_candidate *out, size_t max);
/* The same for strokes of a pad, `first` to the last: those before it belong to characters that
 * are done. */
size_t handwriting_recognise_ink(const struct handwriting *hw, const struct ink *ink, size_t first,
                                 struct handwriting_candidate *out, size_t max);
