/* One word against the letters. Pure functions. */
#pragma once

#include "ui/input/pinyin/engine/lexicon.h"

/* Fill in fit, letters and missing of `hit` for the best way in which `letters` fit `syllables`
 * ("shen'fen'zheng"). False when they do not. */
bool fit_word(struct hit *hit, const char *letters, const char *syllables, bool is_fuzzy_ng);

/* Is `s` (length n) a syllable of Mandarin, v for ü? */
bool fit_is_syllable(const char *s, size_t n);
/* Can all letters be read as whole syllables? 0 if not, else the least number of them. Dividers count as borders.
 */
size_t fit_syllables(const char *letters);
/* The longest beginning of the letters with at most so many letters that belong to no whole syllable. */
size_t fit_bounded(const char *letters, unsigned most);
