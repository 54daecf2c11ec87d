/* The helper's own words: those of this place and of this office, surnames, characters of given names.
 * Found by whole pinyin, by pinyin that is not finished, by initials ("sfz"), and with the sounds that
 * southern speakers do not tell apart. Immutable after loading; one thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

struct lexicon; /* body in lexicon.c */

/* How the letters fit a word, the best first. */
enum fit {
    FIT_WHOLE,   /* every syllable in full, every letter used */
    FIT_FUZZY,   /* the same with z for zh and the like */
    FIT_PARTIAL, /* the last syllable is not finished */
    FIT_INITIALS,
    FIT_MIXED,  /* some syllables by their initials */
    FIT_LONGER, /* the word goes on */
    FIT_START,  /* the word stands for the first letters only */
    FIT_COUNT
};

struct hit {
    const char *text; /* of the lexicon */
    enum fit fit;
    uint8_t letters;   /* used */
    uint8_t weight;    /* 1 to 9 */
    uint8_t syllables; /* of the word */
    uint8_t missing;   /* FIT_LONGER: syllables not yet typed */
    uint32_t order;    /* of loading */
};

NODISCARD int lexicon_new(struct lexicon **out);
void lexicon_free(struct lexicon *l); /* NULL is fine */
AUTO_DEFINE(struct lexicon, lexicon_free)

/* `syllables` as "shen'fen'zheng". 0, -EINVAL (other letters, too long, not text), -ENOMEM. A word may
 * stand more than once. */
NODISCARD int lexicon_add(struct lexicon *l, const char *syllables, const char *word,
                          unsigned weight);
/* Put the words in order and give back memory that loading needed; once, before lexicon_match(). 0 or
 * -ENOMEM. */
NODISCARD int lexicon_settle(struct lexicon *l);
size_t lexicon_count(const struct lexicon *l);

/* The best `room` hits, sorted by fit, then the heavier, shorter, earlier first. Only words
 * with the first letter are looked at: some 0.03 ms for 5,000 words. */
size_t lexicon_match(const struct lexicon *l, const char *letters, bool is_fuzzy_ng,
                     struct hit *out, size_t room);
