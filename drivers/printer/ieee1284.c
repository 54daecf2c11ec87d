#include "drivers/printer/ieee1284.h"

#include <string.h>

#include "firmware/base/bytes.h"

enum { LENGTH_LEAST = 14 };

static bool is_credible(size_t length)
{
    return length >= LENGTH_LEAST && length <= IEEE1284_MAX;
}

struct span {
    const char *at;
    size_t length;
};

static struct span trimmed(struct span s)
{
    while (s.length && (s.at[0] == ' ' || s.at[0] == '\t' || s.at[0] == '\r' || s.at[0] == '\n')) {
        s.at++;
        s.length--;
    }
    while (s.length && (s.at[s.length - 1] == ' ' || s.at[s.length - 1] == '\t' ||
                        s.at[s.length - 1] == '\r' || s.at[s.length - 1] == '\n'))
        s.length--;
    return s;
}

static void keep(char out[IEEE1284_TEXT], struct span value)
{
    if (*out)
        return;
    size_t n = value.length < IEEE1284_TEXT - 1 ? value.length : IEEE1284_TEXT - 1;
    for (size_t i = 0; i < n; i++)
        out[i] = value.at[i] >= 0x20 && value.at[i] <= 0x7E ? value.at[i] : '?';
    out[n] = 0;
}

static bool is_key(struct span key, const char *name)
{
    return key.length == strlen(name) && !memcmp(key.at, name, key.length);
}

static void keep_pair(struct ieee1284 *out, struct span key, struct span value)
{
    const struct {
        const char *name;
        char *to;
    } keys[] = {
        { "MFG", out->maker },   { "MANUFACTURER", out->maker },  { "MDL", out->model },
        { "MODEL", out->model }, { "CMD", out->commands },        { "COMMAND SET", out->commands },
        { "CLS", out->class },   { "CLASS", out->class },         { "SN", out->serial },
        { "SERN", out->serial }, { "SERIALNUMBER", out->serial },
    };
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (is_key(key, keys[i].name))
            keep(keys[i].to, value);
}

static size_t run_until(const char *at, size_t left, char end)
{
    const char *found = memchr(at, end, left);
    return found ? (size_t)(found - at) : left;
}

int ieee1284_parse(struct ieee1284 *out, const uint8_t *answer, size_t arrived)
{
    memset(out, 0, sizeof(*out));
    if (arrived <= 2) /* an empty id, 00 02, would read as 512 the other way round */
        return IEEE1284_E_NONE;
    size_t length = get_be16(answer);
    if (!is_credible(length))
        length = get_le16(answer);
    if (!is_credible(length))
        return IEEE1284_E_NONE;
    if (length > arrived)
        length = arrived;
    const char *at = (const char *)answer + 2;
    size_t left = length - 2;
    while (left) {
        size_t pair = run_until(at, left, ';');
        size_t key = run_until(at, pair, ':');
        if (key < pair)
            keep_pair(out, trimmed((struct span){ at, key }),
                      trimmed((struct span){ at + key + 1, pair - key - 1 }));
        size_t used = pair < left ? pair + 1 : pair;
        at += used;
        left -= used;
    }
    return 0;
}

enum port_status port_status_of(uint8_t byte)
{
    if (!(byte & 0x10))
        return PORT_NOT_SELECTED;
    if (byte & 0x20)
        return PORT_PAPER_EMPTY;
    return byte & 0x08 ? PORT_FINE : PORT_ERROR;
}

const char *port_status_word(enum port_status s)
{
    static const char *const words[] = { "fine", "paper empty", "error", "not selected" };
    return words[s];
}
