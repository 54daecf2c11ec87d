#include "sync/uplink/policy.h"

#include <string.h>

static const char *const link_words[LINK_STATE_END] = { "down", "up", "captive", "blocked" };

const char *link_state_word(enum link_state state)
{
    return link_words[state];
}

enum batch_size { ANY_SIZE, MANY, ONE_INLINE, ONE_BLOB };

struct rule {
    enum transport transport;
    int from, to;     /* status */
    bool needs_epoch; /* the rule is for the platform's own answers only */
    enum batch_size of;
    struct ruling ruling;
};

/* First row that fits. An answer without Kiosk-Epoch passes all rows that need it: it is a portal's
 * or a proxy's, and counts as no answer. */
static const struct rule rules[] = {
    { TRANSPORT_DOWN, 0, 999, false, ANY_SIZE, { MOVE_BACK_OFF, LINK_DOWN, NULL } },
    { TRANSPORT_TLS, 0, 999, false, ANY_SIZE, { MOVE_BACK_OFF, LINK_DOWN, "tls-untrusted" } },
    { TRANSPORT_TLS_DATES, 0, 999, false, ANY_SIZE, { MOVE_BACK_OFF, LINK_DOWN, "tls-dates" } },
    { TRANSPORT_TOO_LARGE,
      0,
      999,
      false,
      ANY_SIZE,
      { MOVE_BACK_OFF, LINK_UP, "answer-too-large" } },

    { TRANSPORT_OK, 200, 200, true, ANY_SIZE, { MOVE_READ, LINK_UP, NULL } },
    { TRANSPORT_OK, 201, 299, true, ANY_SIZE, { MOVE_BACK_OFF, LINK_UP, "odd-answer" } },
    { TRANSPORT_OK, 400, 400, true, MANY, { MOVE_SPLIT, LINK_UP, NULL } },
    { TRANSPORT_OK, 400, 400, true, ANY_SIZE, { MOVE_ASIDE, LINK_UP, "bad-item" } },
    { TRANSPORT_OK, 401, 401, true, ANY_SIZE, { MOVE_BLOCK, LINK_BLOCKED, "identity-refused" } },
    { TRANSPORT_OK, 403, 403, true, ANY_SIZE, { MOVE_BLOCK, LINK_BLOCKED, "identity-refused" } },
    { TRANSPORT_OK, 404, 406, true, ANY_SIZE, { MOVE_STOP, LINK_UP, "wrong-server" } },
    { TRANSPORT_OK, 408, 408, true, ANY_SIZE, { MOVE_BACK_OFF, LINK_UP, NULL } },
    { TRANSPORT_OK, 409, 409, true, ANY_SIZE, { MOVE_WAIT, LINK_UP, NULL } },
    { TRANSPORT_OK, 413, 413, true, MANY, { MOVE_SHRINK, LINK_UP, NULL } },
    { TRANSPORT_OK, 413, 413, true, ONE_INLINE, { MOVE_AS_BLOB, LINK_UP, NULL } },
    { TRANSPORT_OK, 413, 413, true, ONE_BLOB, { MOVE_HOLD, LINK_UP, "too-large" } },
    { TRANSPORT_OK, 415, 415, true, ANY_SIZE, { MOVE_STOP, LINK_UP, "wrong-server" } },
    { TRANSPORT_OK, 422, 422, true, ANY_SIZE, { MOVE_NEW_KEY, LINK_UP, "key-reused" } },
    { TRANSPORT_OK, 425, 425, true, ANY_SIZE, { MOVE_BACK_OFF, LINK_UP, NULL } },
    { TRANSPORT_OK, 426, 426, true, ANY_SIZE, { MOVE_STOP, LINK_UP, "firmware-too-old" } },
    { TRANSPORT_OK, 429, 429, true, ANY_SIZE, { MOVE_WAIT, LINK_UP, NULL } },
    { TRANSPORT_OK, 402, 499, true, MANY, { MOVE_SPLIT, LINK_UP, "odd-answer" } },
    { TRANSPORT_OK, 402, 499, true, ANY_SIZE, { MOVE_ASIDE, LINK_UP, "odd-answer" } },
    { TRANSPORT_OK, 503, 503, true, ANY_SIZE, { MOVE_WAIT, LINK_UP, NULL } },
    { TRANSPORT_OK, 511, 511, false, ANY_SIZE, { MOVE_BACK_OFF, LINK_CAPTIVE, "captive-portal" } },
    { TRANSPORT_OK, 500, 599, true, ANY_SIZE, { MOVE_STORM, LINK_UP, NULL } },

    /* Not from the platform. */
    { TRANSPORT_OK, 429, 429, false, ANY_SIZE, { MOVE_WAIT, LINK_DOWN, NULL } },
    { TRANSPORT_OK, 503, 503, false, ANY_SIZE, { MOVE_WAIT, LINK_DOWN, NULL } },
    { TRANSPORT_OK, 500, 599, false, ANY_SIZE, { MOVE_BACK_OFF, LINK_DOWN, NULL } },
    { TRANSPORT_OK, 200, 499, false, ANY_SIZE, { MOVE_BACK_OFF, LINK_CAPTIVE, "captive-portal" } },
    { TRANSPORT_OK, 0, 999, false, ANY_SIZE, { MOVE_BACK_OFF, LINK_DOWN, NULL } },
};

static bool fits(const struct rule *r, const struct answer *a, enum batch_size size)
{
    if (r->transport != a->transport || a->status < r->from || a->status > r->to)
        return false;
    if (r->needs_epoch && !a->has_epoch)
        return false;
    return r->of == ANY_SIZE || r->of == size;
}

struct ruling policy_rule(const struct answer *answer, const struct situation *situation)
{
    enum batch_size size = situation->items > 1      ? MANY
                           : situation->is_all_blobs ? ONE_BLOB
                                                     : ONE_INLINE;
    for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
        if (fits(&rules[i], answer, size))
            return rules[i].ruling;
    return (struct ruling){ MOVE_BACK_OFF, LINK_DOWN, NULL };
}
