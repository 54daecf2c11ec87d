#include "ui/input/pinyin/engine/list.h"

#include <string.h>

bool list_add(struct list *l, const char *text, size_t letters)
{
    struct speller_answer *a = l->answer;
    size_t length = strlen(text);
    if (a->count >= l->most || !length || length >= SPELLER_TEXT_MAX || !letters)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!strcmp(a->list[i].text, text))
            return false;
    memcpy(a->list[a->count].text, text, length + 1);
    a->list[a->count++].letters = (uint8_t)letters;
    return true;
}
