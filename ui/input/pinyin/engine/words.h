/* Where the helper's words come from: files of the assets, the catalogue, words that kiosk hands over.
 * Every line is checked; a bad one is left out and counted. */
#pragma once

#include "ui/input/pinyin/engine/guess.h"
#include "ui/input/pinyin/engine/lexicon.h"

struct words {
    struct lexicon *here;     /* of the place and the office */
    struct lexicon *surnames; /* weights by frequency */
    struct lexicon *given;    /* characters of given names */
};

/* Lines of "letters word [weight]" (letters by syllable, apart by ') or "word initials" or a word alone; blanks or
 * tabs between, # begins a remark. How a word without letters is read, `g` says. Returns the lines that
 * were of no use. */
size_t words_add_lines(struct words *w, struct guess *g, const char *text, size_t length);
/* A file of such lines. 0, -ENOENT or another fault. */
NODISCARD int words_add_file(struct words *w, struct guess *g, const char *path);
/* Names, keywords, themes and materials of a catalogue (assets/catalogue/FORMAT.md). 0 or a fault. */
NODISCARD int words_add_catalogue(struct words *w, struct guess *g, const char *path);
/* surnames.tsv ("letters surname", the most frequent first), given.tsv ("letters characters"). 0 or a
 * fault. */
NODISCARD int words_add_names(struct words *w, const char *surnames, const char *given);
/* Once, when all are there, and before anything is looked up. 0 or -ENOMEM. */
NODISCARD int words_settle(struct words *w);
void words_free(struct words *w);
