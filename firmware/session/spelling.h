/* Chinese on its way into a field: letters of pinyin or strokes on a pad, and what they may mean.
 * Person data as much as the answer itself; it lives and ends with the visit. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/ink.h"

/* How a field is filled in. */
enum way_in {
    WAY_PINYIN,
    WAY_HAND, /* one character at a time, recognised */
    WAY_LATIN,
    WAY_DATE, /* year, month and day, each picked */
    WAY_DIGITS,
    WAY_RARE,    /* by radical and number of strokes */
    WAY_PICTURE, /* handwriting kept as it is: nobody has to recognise it now */
    WAY_COUNT
};

enum { LETTERS_MAX = 32, CANDIDATES_MAX = 40, CANDIDATE_BYTES = 64, HAND_PAD = 560 };

struct candidate {
    char text[CANDIDATE_BYTES]; /* UTF-8 */
    uint8_t letters;            /* how many of the typed letters it stands for; 0 for strokes */
};

struct candidates {
    size_t count;
    struct candidate list[CANDIDATES_MAX]; /* the likeliest first */
};

struct spelling {
    enum way_in way;
    char letters[LETTERS_MAX + 1]; /* a to z and ', not yet turned into characters */
    struct ink ink;                /* WAY_HAND: the character being written */
    struct candidates found;
    bool is_away;     /* the pinyin engine does not answer: other ways still work */
    bool must_choose; /* "next" was refused because letters are left: choose a word or erase them */
};
