#include "tests/platform/carrier_ask.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"

enum { ANSWER_MAX = 16 * 1024, URL_MAX = 512 };

const char *const parcel_words[PARCEL_STATES] = { "unknown", "collected", "under_way", "delivered",
                                                  "returned" };

/* ---- one question ------------------------------------------------------------------------ */

static size_t take(char *data, size_t size, size_t count, void *context)
{
    struct bytes *out = context;
    size_t length = size * count;
    if (out->length + length > ANSWER_MAX || bytes_append(out, data, length))
        return 0; /* more than any answer has: broken off */
    return length;
}

static bool set_up(CURL *c, const char *url, struct bytes *answer, const char *body,
                   struct curl_slist *headers)
{
    bool is_set = !curl_easy_setopt(c, CURLOPT_URL, url) &&
                  !curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") &&
                  !curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)CARRIER_MS) &&
                  !curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) &&
                  !curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take) &&
                  !curl_easy_setopt(c, CURLOPT_WRITEDATA, answer);
    if (is_set && body)
        is_set = !curl_easy_setopt(c, CURLOPT_POSTFIELDS, body) &&
                 !curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    return is_set;
}

/* The answer's document, to be released; NULL with *outcome set. `body` NULL: GET. */
static json_t *ask(const char *url, const char *body, int *outcome)
{
    struct bytes answer AUTO_BYTES = { 0 };
    char complaint[JSON_COMPLAINT];
    long status = 0;
    CURL *c = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    CURLcode failed = CURLE_FAILED_INIT;
    if (c && headers && set_up(c, url, &answer, body, headers))
        failed = curl_easy_perform(c);
    if (!failed)
        failed = curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(c);
    bool is_unknown = status >= 400 && status < 500;
    *outcome = failed == CURLE_WRITE_ERROR ? CARRIER_E_RUBBISH
               : failed                    ? CARRIER_E_AWAY
               : is_unknown                ? CARRIER_E_UNKNOWN
               : status >= 500             ? CARRIER_E_AWAY
                                           : CARRIER_E_RUBBISH;
    bool is_good = !failed && (status == 200 || status == 201);
    return is_good ? json_parse(answer.data, answer.length, complaint) : NULL;
}

/* ---- what it says -------------------------------------------------------------------------- */

bool carrier_is_number(const char *text)
{
    size_t length = strlen(text);
    return length >= 6 && length < CARRIER_NUMBER &&
           strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length;
}

int carrier_ask_number(char out[CARRIER_NUMBER], const char *url, const char *order,
                       const struct parcel_to *to)
{
    char where[URL_MAX];
    int outcome;
    AUTO(json_release)
    json_t *o = json_pack("{ss, s{ss, ss, ss}}", "order", order, "to", "name", to->name, "address",
                          to->address, "phone", to->phone);
    char *body = o ? json_canonical(o) : NULL;
    if (!body)
        return fault_raise(-ENOMEM);
    snprintf(where, sizeof(where), "%.400s/parcels", url);
    AUTO(json_release) json_t *said = ask(where, body, &outcome);
    explicit_bzero(body, strlen(body));
    json_text_free(body);
    const char *number = json_string_value(json_object_get(said, "number"));
    if (!number || !carrier_is_number(number))
        return outcome;
    snprintf(out, CARRIER_NUMBER, "%.40s", number);
    return 0;
}

int carrier_ask_state(struct parcel_news *out, const char *url, const char *number)
{
    char where[URL_MAX];
    int outcome;
    int64_t at;
    snprintf(where, sizeof(where), "%.400s/parcels/%.40s", url, number);
    AUTO(json_release) json_t *said = ask(where, NULL, &outcome);
    const char *named = json_string_value(json_object_get(said, "number")),
               *state = json_string_value(json_object_get(said, "state")),
               *since = json_string_value(json_object_get(said, "at"));
    if (!named || strcmp(named, number) != 0 || !state || !since || clock_parse_utc(&at, since))
        return outcome;
    for (int i = PARCEL_COLLECTED; i < PARCEL_STATES; i++)
        if (!strcmp(parcel_words[i], state)) {
            out->state = (enum parcel_state)i;
            clock_format_utc(out->at, at);
            return 0;
        }
    return outcome;
}
