#include "firmware/session/helper.h"

#include <string.h>

static const char *const words[HELP_MODES] = { "", "guide", "assist", "act", "do" };

const char *help_mode_word(enum help_mode mode)
{
    return words[mode];
}

enum help_mode help_mode_named(const char *word)
{
    for (int i = HELP_GUIDE; word && i < HELP_MODES; i++)
        if (!strcmp(words[i], word))
            return (enum help_mode)i;
    return HELP_NONE;
}
