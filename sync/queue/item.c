#include "sync/queue/item.h"

#include <string.h>

static const char *const kind_words[ITEM_KIND_END] = {
    [ITEM_APPLICATION] = "application", [ITEM_RATING] = "rating", [ITEM_COMPLAINT] = "complaint",
    [ITEM_APPOINTMENT] = "appointment", [ITEM_TICKET] = "ticket", [ITEM_ESCALATION] = "escalation",
    [ITEM_MISMATCH] = "mismatch",       [ITEM_REPEAT] = "repeat", [ITEM_BELL] = "bell",
    [ITEM_WITHDRAWAL] = "withdrawal",
};

static const char *const state_words[ITEM_STATE_END] = {
    [ITEM_QUEUED] = "queued",
    [ITEM_HELD] = "held",
    [ITEM_ACCEPTED] = "accepted",
    [ITEM_DEAD] = "dead",
};

static int find(const char *const *words, int end, const char *word)
{
    for (int i = 0; i < end; i++)
        if (words[i] && !strcmp(words[i], word))
            return i;
    return -EINVAL;
}

const char *item_kind_word(enum item_kind kind)
{
    return (size_t)kind < ITEM_KIND_END && kind_words[kind] ? kind_words[kind] : "";
}

int item_kind_parse(enum item_kind *kind, const char *word)
{
    int i = find(kind_words, ITEM_KIND_END, word);
    if (i >= 0)
        *kind = (enum item_kind)i;
    return i < 0 ? i : 0;
}

const char *item_state_word(enum item_state state)
{
    return (size_t)state < ITEM_STATE_END ? state_words[state] : "";
}

int item_state_parse(enum item_state *state, const char *word)
{
    int i = find(state_words, ITEM_STATE_END, word);
    if (i >= 0)
        *state = (enum item_state)i;
    return i < 0 ? i : 0;
}
