#include "sync/uplink/verdicts.h"

#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"

static const char *const words[OUTCOME_END] = {
    [OUTCOME_ACCEPTED] = "accepted",
    [OUTCOME_DUPLICATE] = "duplicate",
    [OUTCOME_CONFLICT] = "conflict",
    [OUTCOME_REJECTED] = "rejected",
    [OUTCOME_MISSING_BLOBS] = "missing_blobs",
    [OUTCOME_WAIT] = "wait",
    [OUTCOME_RETRY] = "retry",
};

static enum outcome outcome_of(const char *word)
{
    for (int i = 1; i < OUTCOME_END; i++)
        if (!strcmp(words[i], word))
            return (enum outcome)i;
    return OUTCOME_NONE;
}

/* Control characters would travel into lists and logs. */
static void take_text(char *out, size_t capacity, const char *text)
{
    size_t n = 0;
    text_copy(out, capacity, text);
    for (const char *p = out; *p; p++)
        if ((unsigned char)*p >= 0x20 && *p != 0x7f)
            out[n++] = *p;
    out[n] = 0;
}

static void read_problem(struct result *result, const json_t *problem)
{
    const char *title = json_string_value(json_object_get(problem, "title"));
    if (title)
        take_text(result->problem, sizeof(result->problem), title);
}

/* An entry that is not well formed is no verdict on anything. */
static bool read_result(struct result *out, const json_t *entry)
{
    struct json_reader r = { 0 };
    *out = (struct result){ 0 };
    const char *id = json_need_string(&r, entry, "id", UUID_TEXT - 1);
    const char *outcome = json_need_string(&r, entry, "outcome", 40);
    out->retry_after_s = json_want_integer(&r, entry, "retry_after", 0, INT64_MAX, -1);
    take_text(out->server_ref, sizeof(out->server_ref),
              json_want_string(&r, entry, "server_ref", RESULT_REF - 1, ""));
    if (!json_is_clean(&r) || uuid_parse(out->id, id))
        return false;
    if (out->retry_after_s > 86400)
        out->retry_after_s = 86400;
    out->outcome = outcome_of(outcome);
    read_problem(out, json_object_get(entry, "problem"));
    return true;
}

static struct result *find(struct results *results, const uint8_t id[UUID_BYTES])
{
    for (size_t i = 0; i < results->count; i++)
        if (!memcmp(results->of[i].id, id, UUID_BYTES))
            return &results->of[i];
    return NULL;
}

const struct result *verdicts_find(const struct results *results, const uint8_t id[UUID_BYTES])
{
    const struct result *result = find((struct results *)(uintptr_t)results, id);
    return result && result->outcome != OUTCOME_NONE ? result : NULL;
}

int verdicts_parse(struct results *out, const void *json, size_t length)
{
    char complaint[JSON_COMPLAINT];
    out->count = 0;
    AUTO(json_release) json_t *document = json_parse(json, length, complaint);
    const json_t *list = json_object_get(document, "results");
    if (!json_is_array(list) || json_array_size(list) > RESULTS_MAX)
        return VERDICTS_E_BAD;
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct result result;
        if (!read_result(&result, json_array_get(list, i)))
            continue;
        struct result *twin = find(out, result.id);
        if (twin)
            twin->outcome = OUTCOME_NONE; /* two words on one item are none */
        else
            out->of[out->count++] = result;
    }
    return 0;
}

int blob_state_parse(struct blob_state *out, const uint8_t hash[SHA256_BYTES], const void *json,
                     size_t length)
{
    char complaint[JSON_COMPLAINT];
    uint8_t named[SHA256_BYTES];
    struct json_reader r = { 0 };
    *out = (struct blob_state){ 0 };
    AUTO(json_release) json_t *document = json_parse(json, length, complaint);
    const char *text = json_need_string(&r, document, "sha256", 2 * SHA256_BYTES);
    out->is_complete = json_want_bool(&r, document, "complete", false);
    const json_t *parts = json_want_array(&r, document, "parts", BLOB_PARTS_MAX);
    if (!json_is_clean(&r) || hex_decode(named, sizeof(named), text) ||
        memcmp(named, hash, sizeof(named)) != 0)
        return VERDICTS_E_BAD;
    for (size_t i = 0; i < json_array_size(parts); i++) {
        const json_t *part = json_array_get(parts, i);
        if (json_is_integer(part) && json_integer_value(part) >= 0 &&
            json_integer_value(part) < BLOB_PARTS_MAX)
            out->has[json_integer_value(part)] = true;
    }
    return 0;
}
