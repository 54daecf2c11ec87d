/* Which names are ours, and how much each kind of file may have. */
#include <string.h>

#include "drivers/stick/stick.h"

static const char id_letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char tail_letters[] = "0123456789abcdef-";

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length > tail && !strcmp(name + length - tail, end);
}

/* "<prefix><kiosk>-<hex and dashes><end>" */
static bool is_numbered(const char *name, const char *prefix, const char *end)
{
    if (strncmp(name, prefix, strlen(prefix)) != 0 || !ends_with(name, end))
        return false;
    const char *kiosk = name + strlen(prefix);
    size_t id = strspn(kiosk, id_letters);
    if (id < 4 || id > 16 || kiosk[id] != '-')
        return false;
    const char *tail = kiosk + id + 1;
    size_t length = strspn(tail, tail_letters);
    return length > 0 && !strcmp(tail + length, end);
}

/* "<prefix><uuid><end>" */
static bool is_of_installation(const char *name, const char *prefix, const char *end)
{
    enum { UUID_LENGTH = 36 };
    size_t length = strlen(prefix);
    if (strncmp(name, prefix, length) != 0 || strlen(name) != length + UUID_LENGTH + strlen(end))
        return false;
    return strspn(name + length, tail_letters) >= UUID_LENGTH && ends_with(name, end);
}

static bool is_one_of(const char *name, const char *const *words)
{
    while (*words && strcmp(*words, name) != 0)
        words++;
    return *words != NULL;
}

enum stick_kind stick_kind_of(const char *name)
{
    static const char *const documents[] = { "keys.json", "catalogue.json", "config.json",
                                             "updates.json", NULL };
    static const char *const signatures[] = { "stick.sig",  "keys.sig",    "catalogue.sig",
                                              "config.sig", "updates.sig", NULL };
    if (strlen(name) >= STICK_NAME)
        return STICK_FOREIGN;
    if (!strcmp(name, "stick.json"))
        return STICK_TOKEN;
    if (is_one_of(name, documents))
        return STICK_DOCUMENT;
    if (!strcmp(name, STICK_BUNDLE_NAME))
        return STICK_BUNDLE;
    if (is_one_of(name, signatures) || is_numbered(name, "ack-", ".sig") ||
        is_numbered(name, "log-", ".sig") || is_of_installation(name, "join-", ".sig"))
        return STICK_SIGNATURE;
    if (is_numbered(name, "ack-", ".json"))
        return STICK_ANSWER;
    if (is_numbered(name, "out-", ".1tc"))
        return STICK_LOAD;
    if (is_numbered(name, "log-", ".json"))
        return STICK_LOG;
    if (is_of_installation(name, "request-", ".json"))
        return STICK_REQUEST;
    if (is_of_installation(name, "join-", ".json"))
        return STICK_JOIN;
    return ends_with(name, ".part") ? STICK_PART : STICK_FOREIGN;
}

size_t stick_kind_limit(enum stick_kind kind)
{
    static const size_t limits[STICK_KIND_END] = {
        [STICK_TOKEN] = 8 * 1024,          [STICK_DOCUMENT] = 12 * 1024 * 1024,
        [STICK_ANSWER] = 1024 * 1024,      [STICK_SIGNATURE] = 16 * 1024,
        [STICK_LOAD] = STICK_LOAD_MAX,     [STICK_LOG] = 1024 * 1024,
        [STICK_BUNDLE] = STICK_BUNDLE_MAX, [STICK_REQUEST] = 16 * 1024,
        [STICK_JOIN] = 64 * 1024,
    };
    return (size_t)kind < STICK_KIND_END ? limits[kind] : 0;
}
