/* Names: the surname first, then characters that people are called. */
#pragma once

#include "ui/input/pinyin/engine/list.h"
#include "ui/input/pinyin/engine/words.h"

/* Single characters for the first syllable of `letters` (and compound surnames), with a few whole names
 * between when there are more letters. `found`: the tables' guesses for the same letters. `is_first`: nothing of the
 * name stands yet. */
void name_compose(struct list *l, const struct words *w, const char *letters, bool is_first,
                  bool is_fuzzy_ng, const struct speller_candidate *found, size_t found_count);
