/* An answer under construction: no text twice, never longer than asked. */
#pragma once

#include "ui/input/pinyin/speller.h"

struct list {
    struct speller_answer *answer;
    size_t most;
};

/* Put it at the end. False when it is there already, too long, or the list is full. */
bool list_add(struct list *l, const char *text, size_t letters);
