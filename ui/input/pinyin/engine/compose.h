/* One list of candidates out of the helper's words and the tables' guesses. */
#pragma once

#include "ui/input/pinyin/engine/guess.h"
#include "ui/input/pinyin/engine/words.h"
#include "ui/input/pinyin/wire.h"

/* Answer a question that was checked. The order, without a name:
 *   words of this place that are the letters in full; sentences over all letters; words with sounds alike, words almost
 *   finished, initials (before the sentences when the letters are no whole syllables); two words that go on;
 *   then words for the first letters, the longest first.
 * For a name: single characters first, surnames or characters of given names, with whole names between. */
void compose(struct speller_answer *out, struct guess *g, const struct words *w,
             const struct wire_question *question);
/* The tables' own order alone, to compare with. */
void compose_plain(struct speller_answer *out, struct guess *g,
                   const struct wire_question *question);
