#include "sync/uplink/answer.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "firmware/base/json.h"

void answer_begin(struct answer *a)
{
    *a = (struct answer){ .retry_after_ms = -1, .range_of = -1 };
}

void answer_clear(struct answer *a)
{
    bytes_clear(&a->body);
    bytes_clear(&a->signature);
    answer_begin(a);
}

int http_date_parse(int64_t *ms, const char *text, size_t length)
{
    static const char *const forms[] = { "%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT",
                                         "%a %b %e %H:%M:%S %Y" };
    char copy[48];
    if (length >= sizeof(copy))
        return -EINVAL;
    memcpy(copy, text, length);
    copy[length] = 0;
    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        struct tm parts = { 0 };
        const char *end = strptime(copy, forms[i], &parts);
        if (!end || *end)
            continue;
        time_t seconds = timegm(&parts);
        /* Nothing before 2000 and nothing absurd: it goes into sums. */
        if (seconds < 946684800 || seconds > 32503680000)
            return -EINVAL;
        *ms = (int64_t)seconds * 1000;
        return 0;
    }
    return -EINVAL;
}

static void take_retry_after(struct answer *a, const char *value, size_t length)
{
    int64_t seconds = 0;
    size_t digits = 0;
    while (digits < length && isdigit((unsigned char)value[digits])) {
        if (seconds < RETRY_AFTER_MAX_MS)
            seconds = seconds * 10 + (value[digits] - '0');
        digits++;
    }
    if (digits && digits == length)
        a->retry_after_ms =
            seconds * 1000 < RETRY_AFTER_MAX_MS ? seconds * 1000 : RETRY_AFTER_MAX_MS;
    else if (http_date_parse(&a->retry_date_ms, value, length))
        a->retry_date_ms = 0;
}

static void take_epoch(struct answer *a, const char *value, size_t length)
{
    uint8_t id[UUID_BYTES];
    a->has_epoch = false;
    if (length != UUID_TEXT - 1)
        return;
    memcpy(a->epoch, value, length);
    a->epoch[length] = 0;
    a->has_epoch = !uuid_parse(id, a->epoch);
}

static bool take_number(int64_t *out, const char **at, size_t *left)
{
    size_t used = 0;
    *out = 0;
    while (used < *left && isdigit((unsigned char)(*at)[used]) && *out < INT64_C(1) << 50)
        *out = *out * 10 + ((*at)[used++] - '0');
    *at += used;
    *left -= used;
    return used;
}

static bool take_mark(char mark, const char **at, size_t *left)
{
    if (!*left || **at != mark)
        return false;
    ++*at;
    --*left;
    return true;
}

/* "bytes 0-1023/4096" (RFC 9110, 14.4); anything else is no range. */
static void take_range(struct answer *a, const char *value, size_t length)
{
    static const char unit[] = "bytes ";
    int64_t from, to, of;
    a->range_of = -1;
    if (length < sizeof(unit) || memcmp(value, unit, sizeof(unit) - 1) != 0)
        return;
    value += sizeof(unit) - 1;
    length -= sizeof(unit) - 1;
    if (!take_number(&from, &value, &length) || !take_mark('-', &value, &length) ||
        !take_number(&to, &value, &length) || !take_mark('/', &value, &length) ||
        !take_number(&of, &value, &length) || length || to < from || of <= to)
        return;
    a->range_from = from;
    a->range_to = to;
    a->range_of = of;
}

static void take_type(struct answer *a, const char *value, size_t length)
{
    size_t n = 0;
    while (n < length && n + 1 < sizeof(a->type) && value[n] != ';' && value[n] != ' ') {
        a->type[n] = (char)tolower((unsigned char)value[n]);
        n++;
    }
    a->type[n] = 0;
}

static void take_etag(struct answer *a, const char *value, size_t length)
{
    if (length && length < sizeof(a->etag) && !memchr(value, 0, length)) {
        memcpy(a->etag, value, length);
        a->etag[length] = 0;
    }
}

static int take_signature(struct answer *a, const char *value, size_t length)
{
    a->signature.length = 0;
    int r = base64_decode(&a->signature, value, length);
    if (r == -EINVAL)
        a->signature.length = 0;
    return r == -EINVAL ? 0 : r;
}

static void take_status(struct answer *a, const char *line, size_t length)
{
    const char *end = line + length, *space = memchr(line, ' ', length);
    int status = 0;
    for (const char *p = space ? space + 1 : end;
         p < end && isdigit((unsigned char)*p) && status < 1000; p++)
        status = status * 10 + (*p - '0');
    a->signature.length = 0;
    struct bytes signature = a->signature, body = a->body;
    answer_begin(a);
    a->signature = signature;
    a->body = body;
    a->status = status;
}

static bool is_name(const char *line, size_t length, const char *name)
{
    return length == strlen(name) && !strncasecmp(line, name, length);
}

int answer_header(struct answer *a, const char *line, size_t length)
{
    while (length && isspace((unsigned char)line[length - 1]))
        length--;
    if (length >= 5 && !memcmp(line, "HTTP/", 5)) {
        take_status(a, line, length);
        return 0;
    }
    const char *colon = memchr(line, ':', length);
    if (!colon)
        return 0;
    size_t name = (size_t)(colon - line), left = length - name - 1;
    const char *value = colon + 1;
    for (; left && (*value == ' ' || *value == '\t'); left--)
        value++;
    if (is_name(line, name, "kiosk-epoch"))
        take_epoch(a, value, left);
    else if (is_name(line, name, "retry-after"))
        take_retry_after(a, value, left);
    else if (is_name(line, name, "content-type"))
        take_type(a, value, left);
    else if (is_name(line, name, "content-range"))
        take_range(a, value, left);
    else if (is_name(line, name, "etag"))
        take_etag(a, value, left);
    else if (is_name(line, name, "document-signature"))
        return take_signature(a, value, left);
    else if (is_name(line, name, "date") && http_date_parse(&a->date_ms, value, left))
        a->date_ms = 0;
    return 0;
}

void answer_finish(struct answer *a, int64_t now_ms)
{
    if (a->retry_after_ms >= 0 || !a->retry_date_ms)
        return;
    int64_t wait = a->retry_date_ms - (a->date_ms ? a->date_ms : now_ms);
    a->retry_after_ms = wait < 0 ? 0 : wait > RETRY_AFTER_MAX_MS ? RETRY_AFTER_MAX_MS : wait;
}

void problem_word(char out[PROBLEM_WORD], const struct answer *a)
{
    char complaint[JSON_COMPLAINT];
    out[0] = 0;
    if (strcmp(a->type, "application/problem+json") != 0)
        return;
    AUTO(json_release) json_t *problem = json_parse(a->body.data, a->body.length, complaint);
    const char *type = json_string_value(json_object_get(problem, "type"));
    if (!type)
        return;
    const char *end = type + strlen(type), *word = end;
    while (word > type && (isalnum((unsigned char)word[-1]) || word[-1] == '-'))
        word--;
    snprintf(out, PROBLEM_WORD, "%s", word);
}
