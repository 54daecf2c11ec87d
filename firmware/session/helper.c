#include "firmware/session/helper.h"

#include <string.h>

static const char *const words[HELP_MODES] = { "", "guide", "assist", "act", "do" };
static const char *const services[HELP_SERVICES] = { "",      "form",   "online",
                                                     "phone", "upload", "whole" };

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

const char *help_service_word(enum help_service service)
{
    return services[service];
}

enum help_service help_service_named(const char *word)
{
    for (int i = HELP_WITH_FORM; word && i < HELP_SERVICES; i++)
        if (!strcmp(services[i], word))
            return (enum help_service)i;
    return HELP_WITH_NONE;
}
