#include "firmware/service/roles.h"

#include <string.h>

static const char *const role_words[ROLE_END] = { "", "paper", "clerk", "technician", "inspector" };

/* A kiosk that has not joined a county has no queue and nothing to report: it is set up, and joins. */
enum when { ONCE_JOINED, ALWAYS, BEFORE };

/* Columns: paper, clerk, technician, inspector; needs a clock; when. An inspector looks and changes nothing; who repairs the
 * machine decides nothing about a matter. */
static const struct {
    const char *word;
    bool may[ROLE_END];
    bool needs_clock;
    enum when when;
} actions[ACTION_END] = {
    [ACTION_PAPER] = { "paper", { false, true, true, true, false }, false, ALWAYS },
    [ACTION_CLEAN] = { "clean", { false, true, true, true, false }, false, ALWAYS },
    [ACTION_SETTLE] = { "settle", { false, true, true, true, false }, true, ONCE_JOINED },
    [ACTION_CARRY] = { "carry", { false, true, true, true, true }, false, ONCE_JOINED },
    [ACTION_HANDOVER] = { "handover", { false, true, true, true, false }, true, ONCE_JOINED },
    [ACTION_PRACTICE] = { "practice", { false, true, true, true, true }, true, ONCE_JOINED },
    [ACTION_WAIVE] = { "waive", { false, false, true, false, false }, true, ONCE_JOINED },
    [ACTION_DEVICES] = { "devices", { false, true, true, true, true }, true, ALWAYS },
    [ACTION_CALIBRATE] = { "calibrate", { false, false, false, true, false }, true, ALWAYS },
    [ACTION_COUNTERS] = { "counters", { false, false, false, true, true }, true, ONCE_JOINED },
    [ACTION_FIGURES] = { "figures", { false, true, true, true, true }, true, ONCE_JOINED },
    [ACTION_QUEUE] = { "queue", { false, false, false, true, true }, true, ONCE_JOINED },
    [ACTION_RELEASE] = { "release", { false, false, false, true, false }, true, ONCE_JOINED },
    [ACTION_NETWORK] = { "network", { false, false, false, true, false }, false, ALWAYS },
    [ACTION_JOIN] = { "join", { false, false, false, true, false }, false, BEFORE },
    [ACTION_READINESS] = { "readiness", { false, true, true, true, true }, true, ONCE_JOINED },
    [ACTION_LOGS] = { "logs", { false, false, false, true, true }, true, ONCE_JOINED },
    [ACTION_UPDATE] = { "update", { false, false, false, true, false }, true, ONCE_JOINED },
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

bool role_may_in_doubt(enum role role, enum staff_action action)
{
    return role_may(role, action) && !actions[action].needs_clock;
}

const char *staff_action_word(enum staff_action action)
{
    return (size_t)action < ACTION_END ? actions[action].word : "";
}

bool staff_action_fits(enum staff_action action, bool has_joined)
{
    enum when when = (size_t)action < ACTION_END ? actions[action].when : ONCE_JOINED;
    return when == ALWAYS || (when == ONCE_JOINED) == has_joined;
}
