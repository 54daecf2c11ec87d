/* Letters put together out of words of this place: 办 + 结婚证, 平水镇 + 同康村, 我要 + 申请 + 轮椅. What stands
 * between them the tables guess. */
#pragma once

#include "ui/input/pinyin/engine/guess.h"
#include "ui/input/pinyin/engine/words.h"

struct cover {
    char text[SPELLER_TEXT_MAX]; /* empty: no words of this place in the letters */
    bool is_mostly_here;         /* they are at least half of the letters */
};

/* The reading with the fewest words, the heavier of equal ones. */
void cover_letters(struct cover *out, struct guess *g, const struct words *w, const char *letters);
