#include "firmware/base/json.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/bytes.h"
#include "firmware/base/text.h"

enum { DEPTH_MAX = 32 };

/* Depth without recursion, so that hostile nesting cannot reach jansson's own limit of 2048 frames.
 */
static bool is_too_deep(const char *text, size_t length)
{
    size_t depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > DEPTH_MAX)
                return true;
        } else if ((c == '}' || c == ']') && depth) {
            depth--;
        }
    }
    return false;
}

json_t *json_parse(const void *text, size_t length, char complaint[JSON_COMPLAINT])
{
    json_error_t error;
    complaint[0] = 0;
    if (is_too_deep(text, length)) {
        snprintf(complaint, JSON_COMPLAINT, "nested more than %d levels deep", DEPTH_MAX);
        return NULL;
    }
    json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    /* The library's words may quote what stands near the error; only the place is passed on. */
    if (!json)
        snprintf(
            complaint, JSON_COMPLAINT, "line %d, column %d: no JSON (%s)", error.line, error.column,
            json_error_code(&error) == json_error_duplicate_key            ? "a key stands twice"
            : json_error_code(&error) == json_error_invalid_utf8           ? "not UTF-8"
            : json_error_code(&error) == json_error_premature_end_of_input ? "it ends too early"
            : json_error_code(&error) == json_error_end_of_input_expected
                ? "more text after the end"
            : json_error_code(&error) == json_error_numeric_overflow ? "a number beyond 64 bits"
                                                                     : "syntax");
    return json;
}

json_t *json_parse_file(const char *path, size_t max_bytes, char complaint[JSON_COMPLAINT])
{
    json_t *json = NULL;
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st)) {
        snprintf(complaint, JSON_COMPLAINT, "%.200s: %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    struct bytes text AUTO_BYTES = { 0 };
    if (!S_ISREG(st.st_mode) || (uint64_t)st.st_size > max_bytes) {
        snprintf(complaint, JSON_COMPLAINT, "%.200s: not a regular file of at most %zu bytes", path,
                 max_bytes);
    } else if (bytes_reserve(&text, (size_t)st.st_size + 1)) {
        snprintf(complaint, JSON_COMPLAINT, "%.200s: no memory", path);
    } else {
        ssize_t n;
        while (text.length < (size_t)st.st_size &&
               (n = read(fd, text.data + text.length, (size_t)st.st_size - text.length)) > 0)
            text.length += (size_t)n;
        char inner[JSON_COMPLAINT];
        json = json_parse(text.data, text.length, inner);
        if (!json)
            snprintf(complaint, JSON_COMPLAINT, "%.150s: %.160s", path, inner);
    }
    close(fd);
    return json;
}

char *json_canonical(const json_t *json)
{
    return json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
}

const char *json_text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

void json_text_free(char *text)
{
    json_malloc_t allocate;
    json_free_t release;
    json_get_alloc_funcs(&allocate, &release);
    release(text);
}

void json_enter(struct json_reader *r, const char *key)
{
    size_t at = strlen(r->path);
    snprintf(r->path + at, sizeof(r->path) - at, "%s%s", at ? "." : "", key);
}

void json_enter_index(struct json_reader *r, size_t index)
{
    size_t at = strlen(r->path);
    snprintf(r->path + at, sizeof(r->path) - at, "[%zu]", index);
}

void json_leave(struct json_reader *r)
{
    char *dot = strrchr(r->path, '.'), *bracket = strrchr(r->path, '[');
    char *cut = dot > bracket ? dot : bracket;
    *(cut ? cut : r->path) = 0;
}

void json_complain(struct json_reader *r, const char *format, ...)
{
    if (*r->complaint)
        return;
    va_list args;
    int head = snprintf(r->complaint, sizeof(r->complaint), "%s%s", r->path, *r->path ? ": " : "");
    va_start(args, format);
    vsnprintf(r->complaint + head, sizeof(r->complaint) - (size_t)head, format, args);
    va_end(args);
}

bool json_is_clean(const struct json_reader *r)
{
    return !*r->complaint;
}

static void complain_at(struct json_reader *r, const char *key, const char *words)
{
    json_enter(r, key);
    json_complain(r, "%s", words);
    json_leave(r);
}

static const char *checked_string(struct json_reader *r, const json_t *value, const char *key,
                                  size_t max_length)
{
    if (!json_is_string(value)) {
        complain_at(r, key, value ? "must be a text" : "is missing");
        return "";
    }
    size_t length = json_string_length(value);
    if (!length || length > max_length || strlen(json_string_value(value)) != length) {
        char words[80];
        snprintf(words, sizeof(words), "must be a text of 1 to %zu bytes", max_length);
        complain_at(r, key, words);
        return "";
    }
    return json_string_value(value);
}

const char *json_need_string(struct json_reader *r, const json_t *object, const char *key,
                             size_t max_length)
{
    return checked_string(r, json_object_get(object, key), key, max_length);
}

void json_need_line(struct json_reader *r, char *out, size_t capacity, const json_t *object,
                    const char *key)
{
    const char *text = json_need_string(r, object, key, capacity - 1);
    uint32_t cp;
    for (size_t left = strlen(text), n, at = 0; at < left; at += n) {
        n = text_decode(&cp, text + at, left - at);
        if (text_is_control(cp) || cp == TEXT_REPLACEMENT)
            json_complain(r, "%s must have no control characters", key);
    }
    (void)text_copy(out, capacity, text);
}

const char *json_want_string(struct json_reader *r, const json_t *object, const char *key,
                             size_t max_length, const char *otherwise)
{
    const json_t *value = json_object_get(object, key);
    return value ? checked_string(r, value, key, max_length) : otherwise;
}

static int64_t checked_integer(struct json_reader *r, const json_t *value, const char *key,
                               int64_t least, int64_t most)
{
    if (json_is_integer(value) && json_integer_value(value) >= least &&
        json_integer_value(value) <= most)
        return json_integer_value(value);
    char words[100];
    snprintf(words, sizeof(words), "must be a whole number from %lld to %lld", (long long)least,
             (long long)most);
    complain_at(r, key, value ? words : "is missing");
    return least;
}

int64_t json_need_integer(struct json_reader *r, const json_t *object, const char *key,
                          int64_t least, int64_t most)
{
    return checked_integer(r, json_object_get(object, key), key, least, most);
}

int64_t json_want_integer(struct json_reader *r, const json_t *object, const char *key,
                          int64_t least, int64_t most, int64_t otherwise)
{
    const json_t *value = json_object_get(object, key);
    return value ? checked_integer(r, value, key, least, most) : otherwise;
}

bool json_want_bool(struct json_reader *r, const json_t *object, const char *key, bool otherwise)
{
    const json_t *value = json_object_get(object, key);
    if (value && !json_is_boolean(value))
        complain_at(r, key, "must be true or false");
    return json_is_boolean(value) ? json_is_true(value) : otherwise;
}

static const json_t *checked_array(struct json_reader *r, const json_t *value, const char *key,
                                   size_t least, size_t most)
{
    if (json_is_array(value) && json_array_size(value) >= least && json_array_size(value) <= most)
        return value;
    char words[80];
    snprintf(words, sizeof(words), "must be a list of %zu to %zu elements", least, most);
    complain_at(r, key, value ? words : "is missing");
    return NULL;
}

const json_t *json_need_array(struct json_reader *r, const json_t *object, const char *key,
                              size_t least, size_t most)
{
    return checked_array(r, json_object_get(object, key), key, least, most);
}

const json_t *json_want_array(struct json_reader *r, const json_t *object, const char *key,
                              size_t most)
{
    const json_t *value = json_object_get(object, key);
    return value ? checked_array(r, value, key, 0, most) : NULL;
}

const json_t *json_need_object(struct json_reader *r, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_object(value))
        complain_at(r, key, value ? "must be an object" : "is missing");
    return json_is_object(value) ? value : NULL;
}

void json_no_others(struct json_reader *r, const json_t *object, const char *const *keys)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value)
    {
        size_t i = 0;
        while (keys[i] && strcmp(keys[i], key))
            i++;
        /* A foreign key is shown only if it is plain: it may be anything. */
        if (!keys[i]) {
            bool is_plain = strlen(key) <= 40 &&
                            strspn(key, "abcdefghijklmnopqrstuvwxyz_-0123456789") == strlen(key);
            json_complain(r, "has a member %s that is not known here",
                          is_plain ? key : "with an odd name");
        }
    }
}
