#include "firmware/service/roles.h"

#include <string.h>

static const char *const role_words[ROLE_END] = { "", "paper", "technician", "inspector" };

/* Columns: paper, technician, inspector; needs a clock. An inspector looks and changes nothing. */
static const struct {
    const char *word;
    bool may[ROLE_END];
    bool needs_clock;
} actions[ACTION_END] = {
    [ACTION_PAPER] = { "paper", { false, true, true, false }, false },
    [ACTION_SETTLE] = { "settle", { false, true, true, false }, true },
    [ACTION_CARRY] = { "carry", { false, true, true, true }, false },
    [ACTION_HANDOVER] = { "handover", { false, true, true, false }, true },
    [ACTION_DEVICES] = { "devices", { false, true, true, true }, true },
    [ACTION_CALIBRATE] = { "calibrate", { false, false, true, false }, true },
    [ACTION_COUNTERS] = { "counters", { false, false, true, true }, true },
    [ACTION_FIGURES] = { "figures", { false, true, true, true }, true },
    [ACTION_QUEUE] = { "queue", { false, false, true, true }, true },
    [ACTION_RELEASE] = { "release", { false, false, true, false }, true },
    [ACTION_NETWORK] = { "network", { false, false, true, false }, false },
    [ACTION_READINESS] = { "readiness", { false, true, true, true }, true },
    [ACTION_LOGS] = { "logs", { false, false, true, true }, true },
    [ACTION_UPDATE] = { "update", { false, false, true, false }, true },
};

const char *role_word(enum role role)
{
    return (size_t)role < ROLE_END ? role_words[role] : "";
}

enum role role_parse(const char *word)
{
    for (int i = ROLE_NONE + 1; i < ROLE_END; i++)
        if (!strcmp(role_words[i], word))
            return (enum role)i;
    return ROLE_NONE;
}

bool role_may(enum role role, enum staff_action action)
{
    return (size_t)role < ROLE_END && (size_t)action < ACTION_END && actions[action].may[role];
}

bool role_may_without_clock(enum role role, enum staff_action action)
{
    return role_may(role, action) && !actions[action].needs_clock;
}

const char *staff_action_word(enum staff_action action)
{
    return (size_t)action < ACTION_END ? actions[action].word : "";
}
