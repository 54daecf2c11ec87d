#include "sync/local/join.h"

#include <stdio.h>
#include <string.h>

#include "sync/local/errands.h"

enum { CODE_BYTES = 4 };

static json_t *fail(const char **error, char *reason, const char *word, const char *sentence)
{
    *error = word;
    snprintf(reason, FEED_REASON_TEXT, "%s", sentence);
    return NULL;
}

/* What people compare: the beginning of the key's hash, as the county's tool shows it too. */
static json_t *request_json(const struct service *s, const uint8_t key_hash[SHA256_BYTES])
{
    char install[UUID_TEXT], hex[2 * CODE_BYTES + 1];
    uuid_format(install, s->install_id);
    hex_encode(hex, key_hash, CODE_BYTES);
    return json_pack("{ss, ss}", "install_id", install, "code", hex);
}

static json_t *op_request(struct service *s, const json_t *q, struct bytes *body,
                          const char **error, char *reason)
{
    uint8_t key_hash[SHA256_BYTES];
    (void)q;
    int r = feed_join_request(s->feed, body, key_hash);
    if (r == -EALREADY)
        return fail(error, reason, "enrolled", "this kiosk has joined already");
    if (r)
        return fail(error, reason, "storage", "the key of this kiosk could not be made or stored");
    return request_json(s, key_hash);
}

/* Words that staff are told a sentence for (firmware/service/words.h). */
static json_t *op_in(struct service *s, const json_t *q, struct bytes *body, const char **error,
                     char *reason)
{
    static const char *const words[] = {
        [FEED_JOINED] = "well",
        [FEED_JOIN_SAME] = "same",
        [FEED_JOIN_FORMAT] = "format",
        [FEED_JOIN_SIGNATURE] = "signature",
        [FEED_JOIN_OTHER] = "other-kiosk",
        [FEED_JOIN_KEY] = "other-request",
        [FEED_JOIN_EXPIRED] = "join-expired",
        [FEED_JOIN_AGAIN] = "joined",
        [FEED_JOIN_NOT_NOW] = "not-now",
    };
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    bool is_whole = errand_split(body, &document, &signature);
    (void)q;
    bytes_clear(body);
    if (!is_whole)
        return fail(error, reason, "bad-request", "the body must be signature and document");
    return json_pack("{ss, ss}", "said", words[feed_join(s->feed, &document, &signature)],
                     "kiosk_id", store_kiosk(s->store));
}

operation join_find(const char *op)
{
    return !strcmp(op, "join-request") ? op_request : !strcmp(op, "join-in") ? op_in : NULL;
}
