#include "sync/local/by_hand.h"

#include <stdio.h>
#include <string.h>

#include "sync/local/errands.h"

/* Words that staff are told a sentence for (firmware/service/words.h). */
static json_t *say(int r)
{
    static const char *const words[HAND_E_END] = {
        [0] = "well",
        [HAND_E_FORMAT] = "format",
        [HAND_E_OTHER] = "not-listed",
        [HAND_E_SAME] = "same-firmware",
        [HAND_E_OLDER] = "older-firmware",
        [HAND_E_WAITS] = "one-waits",
        [HAND_E_ROOM] = "no-room",
        [HAND_E_DISK] = "not-now",
        [HAND_E_PLACE] = "broken-off",
    };
    return json_pack("{ss}", "said", r >= 0 && r < HAND_E_END ? words[r] : "not-now");
}

static json_t *op_begin(struct service *s, const json_t *q, struct bytes *body, const char **error,
                        char *reason)
{
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    uint8_t sum[SHA256_BYTES];
    const char *hex = json_string_value(json_object_get(q, "sha256"));
    int64_t have = 0;
    bool is_whole = errand_split(body, &document, &signature);
    bytes_clear(body);
    if (!is_whole || !hex || hex_decode(sum, sizeof(sum), hex))
        return service_fail(error, reason, "bad-request",
                            "sha256 of the bundle; the body must be signature and document");
    if (!s->updater || !store_is_up(s->store))
        return service_fail(error, reason, "storage", "updates cannot be kept at the moment");
    json_t *o = say(updater_hand_begin(s->updater, &have, &document, &signature, sum));
    if (o)
        json_object_set_new(o, "have", json_integer((json_int_t)have));
    return o;
}

static json_t *op_piece(struct service *s, const json_t *q, struct bytes *body, const char **error,
                        char *reason)
{
    struct bytes piece AUTO_BYTES = *body;
    *body = (struct bytes){ 0 };
    if (!s->updater)
        return service_fail(error, reason, "storage", "updates cannot be kept at the moment");
    return say(updater_hand_piece(s->updater, json_integer_value(json_object_get(q, "at")),
                                  piece.data, piece.length));
}

static json_t *op_end(struct service *s, const json_t *q, struct bytes *body, const char **error,
                      char *reason)
{
    (void)body;
    if (!s->updater)
        return service_fail(error, reason, "storage", "updates cannot be kept at the moment");
    return say(updater_hand_end(s->updater, json_is_true(json_object_get(q, "whole"))));
}

operation by_hand_find(const char *op)
{
    static const struct {
        const char *name;
        operation run;
    } operations[] = { { "update-begin", op_begin },
                       { "update-piece", op_piece },
                       { "update-end", op_end } };
    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
        if (!strcmp(operations[i].name, op))
            return operations[i].run;
    return NULL;
}
